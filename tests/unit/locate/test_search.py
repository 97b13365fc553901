from __future__ import annotations

import pytest

from whoholds.errors import UsageError
from whoholds.locate.gazetteer import Gazetteer
from whoholds.locate.search import search

FOUND = [
    ("Khan Al-Sheh", "Damascus", None, "gn:168353"),
    ("Khan Al-Sheh", None, "SY", "gn:168353"),
    ("Daraa province", None, "Syria", "gn:170903"),
    ("Tripoli", None, "LB", "gn:266826"),
    ("Tripoli", "Misrata", "LY", "gn:2210247"),
    ("Бахмут", None, None, "gn:713174"),
    ("Artemivsk", None, "UA", "gn:713174"),
    ("دير الزور", None, None, "gn:170794"),
    ("20 km north of Hama", None, None, "gn:170017"),
]


@pytest.mark.parametrize(("phrase", "near", "country", "expected"), FOUND)
def test_a_name_is_found_with_hints(gazetteer: Gazetteer, phrase: str, near: str | None, country: str | None, expected: str) -> None:
    answer = search(gazetteer, phrase, near, country)
    assert answer.candidates[0].place.id == expected
    assert answer.sure
    assert all(candidate.reasons for candidate in answer.candidates)


def test_words_with_a_distance_give_a_point(gazetteer: Gazetteer) -> None:
    point = search(gazetteer, "20 km north of Hama").point
    assert point is not None
    assert list(point) == pytest.approx([35.312, 36.758, 6.0], abs=0.01)
    assert search(gazetteer, "Hama").point is None


def test_what_is_not_known_is_not_made_up(gazetteer: Gazetteer) -> None:
    answer = search(gazetteer, "Qwxqwxqwx")
    assert (answer.candidates, answer.sure) == ((), False)


@pytest.mark.parametrize(("near", "country"), [("Qwxqwxqwx", None), (None, "Nowhereland")])
def test_hints_that_are_not_known_are_errors(gazetteer: Gazetteer, near: str | None, country: str | None) -> None:
    with pytest.raises(UsageError, match=r"correct it|no such country"):
        search(gazetteer, "Hama", near, country)
