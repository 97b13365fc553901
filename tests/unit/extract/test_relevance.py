"""The look at a report's words before the parse: is it on armed conflict?"""

from __future__ import annotations

import pytest

from whoholds.extract.relevance import is_relevant, signs_of
from whoholds.registry.lexicon import Lexicon


@pytest.mark.parametrize(
    "text",
    [
        "Rebels captured the town.",
        "The army withdrew.",
        "Shelling was heard.",
        "TROOPS pulled back.",
    ],
)
def test_a_report_on_war(lexicon: Lexicon, text: str) -> None:
    assert is_relevant(signs_of(text, lexicon.actors))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "🙂",
        "The minister opened a school.",
        "The striker captured the championship, the league's coach said after the game.",
        "Rain swept the coast and temperatures fell; showers are forecast.",
        "The film is a thriller about a raid.",
    ],
)
def test_another_report(lexicon: Lexicon, text: str) -> None:
    assert not is_relevant(signs_of(text, lexicon.actors))


def test_a_party_of_a_war_makes_it_one(lexicon: Lexicon) -> None:
    text = "They took the town."
    assert not is_relevant(signs_of(text, lexicon.actors))
    assert is_relevant(signs_of(text, lexicon.actors), parties=1)


def test_words_of_sport_need_a_party_or_a_place_beside_those_of_war(lexicon: Lexicon) -> None:
    text = "The coach of the rebels' league team fled as troops shelled it."
    assert not is_relevant(signs_of(text, lexicon.actors))
    assert is_relevant(signs_of(text, lexicon.actors), places=1)


LONG = "The council met in the hall of the town and spoke of roads, pipes and schools for most of the day. " * 4


@pytest.mark.parametrize(
    ("text", "quiet"),
    [
        (LONG, True),
        (LONG * 3 + "An officer withdrew a remark.", True),
        (LONG + "Rebels entered the town.", False),
        (LONG * 9 + "Troops left. Shelling went on. Rebels fled.", False),
        ("They took the town.", False),
    ],
)
def test_a_long_text_with_hardly_a_word_of_war_is_quiet_whatever_it_names(lexicon: Lexicon, text: str, *, quiet: bool) -> None:
    signs = signs_of(text, lexicon.actors)
    assert signs.quiet is quiet
    assert not quiet or not is_relevant(signs, places=9, parties=9)


def test_words_that_peace_uses_as_pictures_are_enough_in_a_clause_alone(lexicon: Lexicon) -> None:
    clause = "The town was captured on Friday."
    longer = clause + " Its mayor, who had moved there with his family in the spring, said that nobody had asked him about it, and left."
    assert is_relevant(signs_of(clause, lexicon.actors), places=1)
    assert not is_relevant(signs_of(longer, lexicon.actors), places=1)
    assert is_relevant(signs_of(longer + " Soldiers came.", lexicon.actors), places=1)
    assert is_relevant(signs_of(longer, lexicon.actors), places=1, parties=1)
