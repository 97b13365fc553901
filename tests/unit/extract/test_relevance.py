"""The look at a report's words before the parse: is it on armed conflict?"""

from __future__ import annotations

import pytest

from whoholds.extract.relevance import is_relevant
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
    assert is_relevant(text, lexicon.actors)


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
    assert not is_relevant(text, lexicon.actors)


def test_a_party_of_a_war_makes_it_one(lexicon: Lexicon) -> None:
    text = "They took the town."
    assert not is_relevant(text, lexicon.actors)
    assert is_relevant(text, lexicon.actors, parties=1)


def test_words_of_sport_need_a_party_or_a_place_beside_those_of_war(lexicon: Lexicon) -> None:
    text = "The coach of the rebels' league team fled as troops shelled the stadium."
    assert not is_relevant(text, lexicon.actors)
    assert is_relevant(text, lexicon.actors, places=1)
