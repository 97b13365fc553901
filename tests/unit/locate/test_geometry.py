from __future__ import annotations

import pytest

from whoholds.locate.geometry import box_radius_km, built_up_km, distance_verdict, rough_km, straight_km, tolerance_km
from whoholds.model import Distance, Mention, Place
from whoholds.taxonomy import DistanceVerdict, Feature

REFERENCE = Mention("r", 0, 8, "Damascus", "Damascus", None)


def place(lat: float, lon: float, population: int | None = None) -> Place:
    return Place("x:1", "X", (), lat, lon, Feature.SETTLEMENT, (), population, "made up", "CC0-1.0")


def test_straight_line_on_the_ellipsoid() -> None:
    assert straight_km(place(0, 0), place(0, 1)) == pytest.approx(111.3195, abs=0.001)
    assert straight_km(place(33.5102, 36.29128), place(34.72682, 36.72339)) == pytest.approx(
        rough_km(33.5102, 36.29128, 34.72682, 36.72339), rel=0.006
    )


@pytest.mark.parametrize(("population", "expected"), [(None, 0.0), (10_000, 0.91), (1_569_394, 11.39), (20_000_000, 15.0)])
def test_built_up_radius(population: int | None, expected: float) -> None:
    assert built_up_km(place(0, 0, population)) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize(("stated", "expected"), [(1, 2.0), (10, 2.0), (20, 4.0), (100, 20.0)])
def test_tolerance(stated: float, expected: float) -> None:
    assert tolerance_km(stated) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("straight", "low", "high", "edge", "verdict"),
    [
        (8, None, 10, 0, DistanceVerdict.REPRODUCIBLE),
        (12, None, 10, 0, DistanceVerdict.REPRODUCIBLE),
        (17, None, 10, 11, DistanceVerdict.ONLY_FROM_EDGE),
        (46, None, 20, 11, DistanceVerdict.NOT_REPRODUCIBLE),
        (20, 20, 20, 0, DistanceVerdict.REPRODUCIBLE),
        (3, 20, 20, 5, DistanceVerdict.NOT_REPRODUCIBLE),
        (30, 20, None, 0, DistanceVerdict.REPRODUCIBLE),
        (3, 20, None, 0, DistanceVerdict.NOT_REPRODUCIBLE),
        (12, 5, 10, 0, DistanceVerdict.REPRODUCIBLE),
    ],
)
def test_verdicts(straight: float, low: float | None, high: float | None, edge: float, verdict: DistanceVerdict) -> None:
    assert distance_verdict(straight, Distance(low, high, REFERENCE, ""), edge)[0] is verdict


def test_half_the_diagonal_of_a_box() -> None:
    assert box_radius_km((0, 0, 0, 2)) == pytest.approx(111.19, abs=0.1)
