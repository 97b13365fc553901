"""Names, evidence and pairs: the definitions by which a claim counts as read right."""

from __future__ import annotations

from typing import Any

import pytest

from whoholds.evaluate.align import ACTOR_WORDS, PLACE_WORDS, SOURCE_WORDS, Comparison, Level, Names, Unit, agreement, fold, overlaps, pair
from whoholds.taxonomy import Kind, Stance

QUOTE = "rebels seized the town of Barwish on Sunday"
PLACES = Names(PLACE_WORDS, (("Kyiv", "Kiev"), ("Al-Quds", "Jerusalem")))
COMPARE = Comparison(PLACES, Names(SOURCE_WORDS, (("SOHR", "Syrian Observatory"),)), Names(ACTOR_WORDS))


def unit(**fields: Any) -> Unit:
    given: dict[str, Any] = {"quote": QUOTE, "kind": Kind.CAPTURE, "stance": Stance.ASSERTS, "actor": "rebels", "place": "Barwish"}
    return Unit(**(given | fields))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Deir ez-Zor", ("deir", "ez", "zor")),
        ("Syria’s Idlib", ("syria", "idlib")),
        ("Sana'a, Ṣanʿāʾ", ("sanaa", "sana")),
        ("DONETSK — Donétsk", ("donetsk", "donetsk")),
        ("", ()),
        (None, ()),
    ],
)
def test_words_are_folded(text: str | None, words: tuple[str, ...]) -> None:
    assert fold(text) == words


@pytest.mark.parametrize(
    ("gold", "predicted", "same"),
    [
        ("the town of Barwish", "Barwish", True),
        ("Barwish", "Barwish crossing", True),
        ("Barwish", "Barwish in the southern Tall Rifaat hills", False),
        ("Tall Rifaat", "Rifaat", True),
        ("Tall Rifaat", "Tall Abyad", False),
        ("Kyiv", "Kiev", True),
        ("the city", "the city", True),
        ("the city", "the town", False),
        ("Homs province", "Homs city", True),
        (None, None, True),
        ("", None, True),
        ("Homs", None, False),
    ],
)
def test_places_by_name(gold: str | None, predicted: str | None, same: bool) -> None:  # noqa: FBT001  a table's column
    assert PLACES.same(gold, predicted) is same


@pytest.mark.parametrize(
    ("evidence", "enough"),
    [
        (QUOTE, True),
        ("seized the town of", True),
        ("of Barwish", False),
        ("seized the old mill of somewhere else", False),
        ("In the night, rebels seized Barwish on Sunday, residents said.", True),
        (" ".join([QUOTE, *["word"] * 60]), False),
    ],
)
def test_evidence_carries_the_quote(evidence: str, enough: bool) -> None:  # noqa: FBT001  a table's column
    assert overlaps(QUOTE, evidence) is enough


@pytest.mark.parametrize(
    ("read", "levels"),
    [
        (unit(), set(Level)),
        (unit(place="Homs"), set()),
        (unit(quote="nothing of the sort"), set()),
        (unit(kind=Kind.LOSS), {Level.PLACE, Level.FAMILY}),
        (unit(kind=Kind.STRIKE), {Level.PLACE}),
        (unit(stance=Stance.HEDGES), {Level.PLACE, Level.FAMILY, Level.KIND, Level.SOURCE}),
        (unit(source="a general"), {Level.PLACE, Level.FAMILY, Level.KIND, Level.STANCE}),
        (unit(source="The Daily"), set(Level)),
        (unit(actor="the navy"), set(Level) - {Level.FULL}),
        (unit(actor=None), set(Level) - {Level.FULL}),
    ],
)
def test_levels_build_on_each_other(read: Unit, levels: set[Level]) -> None:
    assert agreement(unit(), read, "The Daily", COMPARE) == levels


@pytest.mark.parametrize(
    ("gold", "read", "same"),
    [
        ("SOHR", "Syrian Observatory", True),
        ("SOHR; a general", "a general", True),
        ("residents", "outlet", False),
        ("outlet", "The Daily; SOHR", True),
        ("outlet", "SOHR", False),
    ],
)
def test_one_of_joint_sources_is_enough(gold: str, read: str, same: bool) -> None:  # noqa: FBT001  a table's column
    assert (Level.SOURCE in agreement(unit(source=gold), unit(source=read), "The Daily", COMPARE)) is same


def test_an_actor_is_asked_for_only_where_the_gold_has_one() -> None:
    assert Level.FULL in agreement(unit(actor=None), unit(actor="anybody"), None, COMPARE)


def test_those_that_agree_most_are_paired_first_and_each_once() -> None:
    gold = [unit(), unit(stance=Stance.DENIES)]
    read = [unit(stance=Stance.DENIES), unit(kind=Kind.LOSS), unit()]
    assert [(found.gold, found.predicted) for found in pair(gold, read, None, COMPARE)] == [(0, 2), (1, 0)]


def test_two_units_without_a_place_agree_on_it() -> None:
    assert agreement(unit(place=None), unit(place=None), None, COMPARE)
    assert not agreement(unit(place=None), unit(), None, COMPARE)
