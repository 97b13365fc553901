"""Which texts are one, and that what they tell counts once."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import pytest

from whoholds.fuse.signatures import SAME, VERSION, Signed, likeness, originals, signature_of

Told = Callable[..., list[str]]

WIRE = (
    "The army pulled out of the river town of Velm on Thursday after three days of shelling, residents and a monitoring group "
    "said. Fighters of the northern alliance moved in from the east and took up positions at the bridge and the grain silos, "
    "and the command said that its units had been redeployed to the hills south of the town to spare the population. The loss of "
    "Velm would open the road to the port, a key link between the coast and the capital."
)
REWRITE = (
    "CAPITAL, Thursday - The army has pulled out of the river town of Velm after three days of shelling, a monitoring group said. "
    "Fighters of the northern alliance moved in from the east and took up positions at the bridge and the grain silos. The command "
    "said that its units had been redeployed to the hills south of the town to spare the population there. Losing Velm opens the "
    "road to the port, a key link between the coast and the capital."
)
OTHER = (
    "Velm has fallen to the northern alliance, in the heaviest blow to the government since the spring. Witnesses described columns "
    "of trucks leaving before dawn. A spokesman for the army spoke of a redeployment to the hills, while the alliance published "
    "pictures of its fighters at the bridge. The port, thirty kilometres away, is now within reach of its artillery."
)


def test_a_signature_is_the_same_everywhere() -> None:
    """The bytes stand in stores: other ones need another version."""
    made = signature_of(WIRE)
    assert made.startswith(VERSION)
    assert len(made) == len(VERSION) + 128 * 4
    assert made[len(VERSION) : len(VERSION) + 8].hex() == "ad4c3dc1e7859e2b"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (WIRE, WIRE, True),
        (WIRE, WIRE.upper().replace(" ", "  "), True),
        (WIRE, REWRITE, True),
        (WIRE, OTHER, False),
        (REWRITE, OTHER, False),
        (WIRE, "", False),
    ],
)
def test_a_rewrite_is_told_from_another_text_on_the_event(one: str, other: str, same: bool) -> None:  # noqa: FBT001  a column
    assert (likeness(signature_of(one), signature_of(other)) >= SAME) is same


def test_a_text_of_few_words_has_no_signature() -> None:
    assert signature_of("Rebels took the town of Velm, a monitor said.") == b""


def test_signatures_of_two_versions_are_not_compared() -> None:
    made = signature_of(WIRE)
    assert likeness(made, b"0:" + made[len(VERSION) :]) == 0


def test_the_earliest_is_what_the_others_repeat() -> None:
    texts = {"a": (7, OTHER), "b": (6, REWRITE), "c": (5, WIRE), "d": (5, WIRE + " More follows.")}
    reports = [Signed(day, name, signature_of(text)) for name, (day, text) in texts.items()]
    for order in permutations(reports):
        assert originals(order) == {"b": "c", "d": "c"}


CASES = {
    "three rewrites of one wire, each with another source": (
        "5 m1 A gains sig:w\n5 m2 A gains <6 sig:w\n6 m3 A gains <7 sig:w",
        ["5- controlled A single unopposed"],
    ),
    "three texts of three sources": ("5 m1 A gains sig:w\n5 m2 A gains <6\n6 m3 A gains <7 sig:v", ["5- controlled A independent agreed"]),
    "a reprint dated later starts nothing anew": (
        "5 m1 A gains sig:w\n6 m2 B gains\n8 m3 A gains sig:w",
        ["5 controlled A single unopposed", "6- controlled B single unopposed"],
    ),
    "what a reprint adds is its own": (
        "5 m1 A gains sig:w\n6 m2 A holds sig:w",
        ["5- controlled A independent agreed"],
    ),
    "an outlet of a side speaks for it, whatever it reprints": (
        "5 m1 A gains sig:w\n6 B A gains sig:w",
        ["5- controlled A cross_party agreed"],
    ),
    "a denial reprinted is no later denial": (
        "5 B A gains denies sig:w\n7 m1 A gains\n9 n1 A gains denies sig:w",
        ["7- controlled A single unopposed"],
    ),
}


@pytest.mark.parametrize(("story", "states"), CASES.values(), ids=CASES)
def test_a_reprint_counts_as_what_it_repeats(told: Told, story: str, states: list[str]) -> None:
    assert told(story) == states


def test_a_reprint_confirms_nothing(linked: Told) -> None:
    assert linked("5 m1 A gains sig:w\n6 m2 A gains sig:w") == []
