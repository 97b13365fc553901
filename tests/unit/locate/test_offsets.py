from __future__ import annotations

import pytest

from whoholds.locate.geometry import moved, rough_km
from whoholds.locate.offsets import offset_before

READ = [
    ("20 km north of ", (0.0, 20.0, True)),
    ("about 15 kilometres to the south-east of the town of ", (135.0, 15.0, True)),
    ("10 miles west of ", (270.0, 16.1, True)),
    ("5-7 km northeast of ", (45.0, 6.0, True)),
    ("southeast of ", (135.0, 15.0, False)),
    ("the countryside of ", None),
    ("the north of ", (0.0, 15.0, False)),
    ("", None),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_offsets_in_words(text: str, expected: tuple[float, float, bool] | None) -> None:
    offset = offset_before(text)
    assert (offset and (offset.bearing, offset.km, offset.stated)) == expected


@pytest.mark.parametrize("bearing", [0.0, 90.0, 225.0])
def test_a_point_lies_as_far_away_as_the_words_say(bearing: float) -> None:
    lat, lon = moved(35.0, 36.0, bearing, 20.0)
    assert rough_km(35.0, 36.0, lat, lon) == pytest.approx(20.0, rel=0.01)


def test_what_is_stated_is_surer_than_a_direction_alone() -> None:
    stated, alone = offset_before("20 km north of "), offset_before("north of ")
    assert stated is not None
    assert alone is not None
    assert (stated.words, stated.spread_km, alone.words, alone.spread_km) == ("20 km north", 6.0, "north", 15.0)
