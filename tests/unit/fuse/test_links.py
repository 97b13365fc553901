"""What claims do to each other: one story a row, its links and its placeholders."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Told = Callable[..., list[str]]

CASES = {
    "an exact denial": ("5 A A gains\n6 B A gains denies", ["B.1 denies A.0 event exact"]),
    "a denial for the region": ("5 m1 B leaves\n6 B B leaves denies @region", ["B.1 denies m1.0 event contains"]),
    "a denial of a claim of a later day": (
        "9 m1 A gains\n5 B A gains denies",
        ["unnamed reports for c1 of p A"],
    ),
    "a denial that the whole was taken is of the extent": (
        "5 m1 A gains\n6 B A gains denies part:extent",
        ["B.1 denies m1.0 extent exact"],
    ),
    "a denial that a part was taken, of a claim of a part": (
        "5 m1 A divides part:extent\n6 B A divides denies part:extent",
        ["B.1 denies m1.0 event exact"],
    ),
    "a denial about the surroundings is not of the town": (
        "5 m1 A gains\n6 B A gains denies part:place",
        ["unnamed reports for c1 of p A"],
    ),
    "a denial of what nobody asserts": ("5 B A gains denies", ["unnamed reports for c0 of p A"]),
    "the placeholder goes when an asserter arrives": ("6 B A gains denies\n4 A A gains", ["B.0 denies A.1 event exact"]),
    "a negative finding has no placeholder": ("5 m1 A gains denies not", []),
    "a negative finding opposes all the same": ("5 A A gains\n6 m1 A gains denies not", ["m1.1 denies A.0 event exact"]),
    "a source takes back what it said": ("5 m1 A gains\n7 m1 A gains denies", ["m1.1 retracts m1.0 event exact"]),
    "what a source denies and says on one day": ("5 m1 A gains\n5 m1 A gains denies", ["m1.1 contradicts m1.0 event exact"]),
    "residents do not speak for each other": ("5 w A gains some\n7 w A gains denies some", ["w.1 denies w.0 event exact"]),
    "one voice of a side denies what another said": ("5 B1 A gains\n7 B2 A gains denies", ["B2.1 denies B1.0 event exact"]),
    "a later claim of another origin confirms the first": (
        "5 m1 A gains\n5 m2 A gains <6\n6 A A gains",
        ["m2.1 confirms m1.0 event exact", "A.2 confirms m1.0 event exact"],
    ),
    "the same origin confirms nothing": ("5 m1 A gains\n6 m1 A gains", []),
    "an ally confirms nothing": ("5 A A gains\n6 a A gains", []),
    "own voice confirms nothing": ("5 A A gains\n6 n1 A gains", []),
    "what is hedged confirms nothing": ("5 A A gains\n6 m1 A gains ?", []),
    "a claim of long after is of another event": ("5 m1 A gains\n30 m2 A gains", []),
    "another kind confirms nothing": ("5 m1 A gains\n5 m2 A enters", []),
    "one report, two holders": (
        "5 A A gains report:x\n6 n1 B holds report:x",
        ["n1.1 contradicts A.0 event exact"],
    ),
    "one report, two that gain on a day": (
        "5 A A gains report:x\n5 B B gains report:x",
        ["A.0 contradicts B.1 event exact"],
    ),
    "one report, lost and retaken": (
        "5 m1 A gains report:x\n7 m1 B gains report:x\n8 m1 B holds report:x",
        [],
    ),
    "one report, what was so before": ("5 m1 A gains report:x\n4 m1 B holds report:x", []),
    "one report, two allies": ("5 m1 A gains report:x\n6 m1 a holds report:x", []),
    "two reports contradict each other in the state": ("5 m1 A gains\n6 m2 B holds", []),
}


@pytest.mark.parametrize(("story", "found"), CASES.values(), ids=CASES)
def test_a_story_has_these_links(linked: Told, story: str, found: list[str]) -> None:
    assert linked(story) == found


def test_a_denial_of_the_extent_or_of_the_surroundings_touches_no_holder(told: Told) -> None:
    alone = told("5 m1 A gains")
    assert told("5 m1 A gains\n6 B A gains denies part:extent") == alone
    assert told("5 m1 A gains\n6 B A gains denies part:place") == alone


def test_a_claim_of_another_place_has_no_links_here(linked: Told) -> None:
    assert linked("5 m1 A gains @q\n6 B A gains denies", "q") == ["unnamed reports for c1 of p A"]
