from __future__ import annotations

import pytest

from whoholds.locate.gazetteer import Gazetteer
from whoholds.locate.hits import Hits
from whoholds.locate.places import Match

NAMES = (
    "Homs",
    "حمص",
    "As-Sweida",
    "Kunaytra",
    "Dscharabulus",
    "Paris",
    "Paris",
    "",
    "'",
    "San Jose",
    "Xqzwv",
    "Deir ez-Zor",
    "U.S.",
    "x" * 90,
)


def told(hits: Hits) -> list[tuple[str, Match, float]]:
    return [(hit.row.id, hit.match, hit.similarity) for hit in hits]


def test_names_looked_up_together_are_found_as_each_alone(gazetteer: Gazetteer) -> None:
    look_up = gazetteer.index.look_up
    together = look_up.named(NAMES)
    assert [told(hits) for hits in together] == [told(look_up.named([name])[0]) for name in NAMES]
    assert [len(hits) > 0 for hits in together] == [name not in {"", "'", "Xqzwv", "x" * 90} for name in NAMES]


@pytest.mark.parametrize(
    ("name", "match"),
    [("Deir ez-Zor", Match.EXACT), ("DEIR EZ ZOR", Match.EXACT), ("Deyr ez Zor", Match.FOLDED), ("Dschablah", Match.FOLDED)],
)
def test_a_place_is_met_by_its_spelling_or_by_its_key(gazetteer: Gazetteer, name: str, match: Match) -> None:
    hits = gazetteer.index.named(name)
    assert not hits.guessed
    assert max(hit.match for hit in hits) is match


def test_what_only_consonants_meet_is_ordered_by_likeness(gazetteer: Gazetteer) -> None:
    hits = gazetteer.index.alike("Qunaytra")
    likeness = [hit.similarity for hit in hits]
    assert hits.guessed
    assert likeness == sorted(likeness, reverse=True)
    assert len({hit.row.id for hit in hits}) == len(hits)


def test_an_unknown_name_has_no_places_and_nothing_to_rank(gazetteer: Gazetteer) -> None:
    hits = gazetteer.index.named("Xqzwv")
    assert (len(hits), list(hits), hits.guessed) == (0, [], False)
