from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.locate.areas import edge_km, holds, packed, simplified, unpacked
from whoholds.locate.gazetteer import Gazetteer

SQUARE = [(36.0, 34.0), (37.0, 34.0), (37.0, 35.0), (36.0, 35.0), (36.0, 34.0)]
HOLE = [(36.4, 34.4), (36.6, 34.4), (36.6, 34.6), (36.4, 34.6), (36.4, 34.4)]


@pytest.mark.parametrize(("lat", "lon", "inside"), [(34.2, 36.2, True), (34.5, 36.5, False), (35.2, 36.2, False), (-34.2, 36.2, False)])
def test_a_point_in_an_area_with_a_hole(lat: float, lon: float, *, inside: bool) -> None:
    assert holds(packed([SQUARE, HOLE]), lat, lon) is inside


def test_the_way_to_the_edge_in_kilometres() -> None:
    assert edge_km(packed([SQUARE]), 34.5, 37.5) == pytest.approx(45.8, abs=0.5)
    assert edge_km(packed([SQUARE]), 34.1, 36.5) == pytest.approx(11.1, abs=0.1)


@given(st.lists(st.tuples(st.integers(-180_000, 180_000), st.integers(-90_000, 90_000)), min_size=4, max_size=30, unique=True))
def test_a_shape_comes_back_as_it_was(points: list[tuple[int, int]]) -> None:
    ring = [(x / 1000, y / 1000) for x, y in [*points, points[0]]]
    assert unpacked(packed([ring])) == [ring]


def test_geometry_that_crosses_itself_is_mended() -> None:
    bow = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
    kept = simplified(bow, 0.001)
    assert kept is not None
    assert holds(kept[1], 0.5, 0.1)


def test_nothing_is_left_of_a_line() -> None:
    assert simplified({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0]]]}, 0.001) is None


IN_AREA = [
    ("gn:169577", "gn:169575", True),
    ("gn:172469", "gn:170903", True),
    ("gn:172469", "ocha:SY12", True),
    ("gn:169577", "gn:170903", False),
    ("gn:169577", "gn:163843", True),
    ("gn:169577", "gn:169577", True),
    ("gn:713174", "gn:690791", True),
]


@pytest.mark.parametrize(("inner", "outer", "expected"), IN_AREA)
def test_places_lie_in_areas(gazetteer: Gazetteer, inner: str, outer: str, *, expected: bool) -> None:
    assert gazetteer.tree().within(inner, outer) is expected


def test_areas_around_a_point_run_from_the_country_down(gazetteer: Gazetteer) -> None:
    areas = gazetteer.index.areas_around(34.73, 36.72)
    assert [row.code for row in areas][:2] == ["PCLI", "ADM1"]
    assert [row.name for row in areas][:2] == ["Syria", "Homs"]


def test_a_ring_of_one_point_has_no_edge() -> None:
    assert edge_km(packed([SQUARE, [(37.0, 34.0)]]), 34.5, 37.5) == pytest.approx(45.8, abs=0.5)
    assert math.isinf(edge_km(packed([[(37.0, 34.0)]]), 34.5, 37.5))
