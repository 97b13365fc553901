"""What "the city", "the province", "the capital", "he" and "they" refer to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from whoholds.extract.discourse import Discourse, Seen
from whoholds.extract.findings import Form, PlacePhrase
from whoholds.extract.sources import SourcePhrase
from whoholds.extract.syntax import Sentence
from whoholds.model import Span
from whoholds.registry.lexicon import Lexicon
from whoholds.taxonomy import Role

Parse = Callable[..., Sentence]


def seen(text: str, at: int, *, region: bool = False, gloss: bool = False, capital: bool = False) -> Seen:
    return Seen(Span(at, at + len(text)), text, region=region, gloss=gloss, capital=capital)


HOMS, HAMA = seen("Homs", 10), seen("Hama", 30)
DARAA = seen("Daraa province", 50, region=True)
DAMASCUS = seen("Damascus", 70, capital=True)
LATER = seen("Rastan", 900)
NAMED = [HOMS, HAMA, DARAA, DAMASCUS]


def anaphor(parse: Parse, noun: str, at: int = 100) -> PlacePhrase:
    sentence = parse(f"the DT det>{noun} / {noun} NN ROOT", at=at)
    return PlacePhrase(sentence, sentence.words[0], sentence.words[1], Form.ANAPHOR, noun=noun)


@pytest.mark.parametrize(
    ("noun", "named", "claimed", "referent"),
    [
        ("city", [HOMS], [], HOMS),
        ("city", [HOMS, HAMA], [], HAMA),
        ("city", [HOMS, DARAA], [], HOMS),
        ("province", NAMED, [], DARAA),
        ("capital", NAMED, [], DAMASCUS),
        # A place that carried a claim outranks one merely named.
        ("city", [HOMS, HAMA], [HOMS], HOMS),
        ("town", [HOMS, HAMA], [HAMA], HAMA),
        ("province", [HOMS, DARAA], [HOMS], DARAA),
        # A name that only helps to find another is not what is meant.
        ("city", [HOMS, seen("Hama", 30, gloss=True)], [], HOMS),
        # Nothing that fits, or nothing yet.
        ("province", [HOMS], [], None),
        ("capital", [HOMS], [], None),
        ("city", [], [], None),
        ("city", [LATER], [], None),
    ],
)
def test_a_place_referred_back_to(
    parse: Parse, lexicon: Lexicon, noun: str, named: list[Seen], claimed: list[Seen], referent: Seen | None
) -> None:
    discourse = Discourse(lexicon)
    discourse.name_places(named)
    for place in claimed:
        discourse.claim_place(place)
    assert discourse.place(anaphor(parse, noun)) == referent


def test_the_last_actor_before_the_words(lexicon: Lexicon) -> None:
    army, rebels = seen("army", 0), seen("rebels", 20)
    discourse = Discourse(lexicon)
    assert discourse.actor(100) is None
    discourse.act(army)
    discourse.act(rebels)
    assert discourse.actor(100) == rebels
    assert discourse.actor(15) == army
    assert discourse.actor(100, not_in=rebels.span) == army


@pytest.mark.parametrize(
    ("pronoun", "referent"), [("he", "Abu Omar"), ("she", "Abu Omar"), ("it", "the observatory"), ("they", "the observatory")]
)
def test_the_last_source_that_fits_a_pronoun(parse: Parse, lexicon: Lexicon, pronoun: str, referent: str) -> None:
    head = parse("x NN ROOT").words[0]
    discourse = Discourse(lexicon)
    assert discourse.source(pronoun, 100) is None
    for name, at, person in (("Abu Omar", 0, True), ("the observatory", 20, False)):
        discourse.speak(seen(name, at), SourcePhrase(Span(at, at + len(name)), head, Role.UNKNOWN, person=person))
    found = discourse.source(pronoun, 100)
    assert found is not None
    assert found[0].text == referent
