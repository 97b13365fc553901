"""Distances as stated, in kilometres."""

from __future__ import annotations

import pytest

from whoholds.extract.distances import StatedDistance, distances


def only(text: str) -> StatedDistance:
    (found,) = distances(text, 0)
    return found


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("20 kilometers from Homs", 20, 20),
        ("20 kilometres from Homs", 20, 20),
        ("20km from Homs", 20, 20),
        ("20 kms from Homs", 20, 20),
        ("a 20-kilometer drive", 20, 20),
        ("2.5 km from Homs", 2.5, 2.5),
        ("1,200 km from Homs", 1200, 1200),
        ("ten kilometers from Homs", 10, 10),
        ("twenty kilometers from Homs", 20, 20),
        ("10 miles from Homs", 16.1, 16.1),
        ("one mile from Homs", 1.6, 1.6),
        ("some 35 miles north of Homs", 56.3, 56.3),
        ("about 20 kilometers from Homs", 20, 20),
        ("just 5 km from Homs", 5, 5),
        ("less than 20 kilometers from Homs", None, 20),
        ("no more than 20 kilometers from Homs", None, 20),
        ("within 10 kilometers of Homs", None, 10),
        ("within just ten kilometers of Homs", None, 10),
        ("up to 10 km from Homs", None, 10),
        ("under 3 km from Homs", None, 3),
        ("more than 5 km from Homs", 5, None),
        ("over 5 km from Homs", 5, None),
        ("at least 5 km from Homs", 5, None),
        ("10-15 km from Homs", 10, 15),
        ("10–15 km from Homs", 10, 15),
        ("10 to 15 kilometers from Homs", 10, 15),
        ("two or three kilometers from Homs", 2, 3),
    ],
)
def test_a_distance_is_read_with_its_bounds(text: str, low: float | None, high: float | None) -> None:
    found = only(text)
    assert (found.km_low, found.km_high) == (low, high)


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("20 km from Homs", True),
        ("20 km away from Homs", True),
        ("20 km north of Homs", True),
        ("20 km south-west of Homs", True),
        ("20 km to the northeast of Homs", True),
        ("20 km outside Homs", True),
        ("20 km short of Homs", True),
        ("20 km (12 miles) from Homs", True),
        ("Homs is 20 km away.", False),
        ("They advanced 20 km.", False),
    ],
)
def test_a_distance_says_whether_a_place_follows(text: str, linked: bool) -> None:  # noqa: FBT001  a column of the table
    assert only(text).linked is linked


@pytest.mark.parametrize("text", ["", "20 people", "5 minutes", "300 million", "the 20th", "20 kilograms", "kilometers", "twenty towns"])
def test_no_distance(text: str) -> None:
    assert list(distances(text, 0)) == []


@pytest.mark.parametrize("text", ["a few kilometers from Homs", "several miles from Homs", "kilometers away from Homs"])
def test_a_vague_distance_has_no_number(text: str) -> None:
    assert all(stated.km_low is None and stated.km_high is None for stated in distances(text, 0))


def test_offsets_are_the_report_s_and_cover_the_bound() -> None:
    text = "They are less than 20 kilometers from Homs and 5 km from Hama."
    found = list(distances(text, 7))
    assert [text[s.span.start - 7 : s.span.end - 7] for s in found] == ["less than 20 kilometers from", "5 km from"]
