"""When a claim goes against its source's interest: one rule, with its reason in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from whoholds.fuse.accounts import Account
from whoholds.fuse.interest import interest_of
from whoholds.fuse.weight import Bonds

Told = Callable[..., list[str]]
Write = Callable[[str], Account]

CASES = {
    "a monitor": ("5 m1 A gains", "A", "B", None, "no side"),
    "the winner": ("5 A A gains", "A", "B", None, "holds the place"),
    "an ally of the winner": ("5 a A gains", "A", "B", None, "ally"),
    "the loser admits the gain": ("5 B A gains", "A", "B", "against_interest", "lost the place"),
    "the loser admits having left": ("5 B B leaves", "A", None, "against_interest", "lost the place"),
    "a place left to nobody": ("5 B B leaves", "", None, "against_interest", "lost the place"),
    "an ally of the loser": ("5 b A gains", "A", "B", "against_interest", "lost the place"),
    "a third side tells": ("5 C A gains", "A", "B", None, "does not speak for the side that lost"),
    "who lost is not known": ("5 B A gains", "A", None, None, "does not speak for the side that lost"),
    "the claim says from whom": ("5 B A gains from:B", "A", None, "against_interest", "lost the place"),
    "the loser admits the entry by which it lost": ("5 B A enters", "A", "B", "against_interest", "lost the place"),
    "the enemy is inside, and who held is not known": ("5 B A enters", "A", None, None, "does not speak for the side that lost"),
    "the enemy holds": ("5 B A holds", "A", "B", None, "justify force"),
    "hedged": ("5 B A gains ?", "A", "B", None, "commit"),
    "told by a hostile relay": ("5 B B leaves alleged", "A", None, "alleged_admission", "hostile"),
}


@pytest.mark.parametrize(("line", "serves", "lost", "flag", "why"), CASES.values(), ids=CASES)
def test_interest_and_its_reason(  # noqa: PLR0917  the columns of the table
    write: Write, sides: Bonds, line: str, serves: str, lost: str | None, flag: str | None, why: str
) -> None:
    found = interest_of(write(line), serves, lost, sides)
    assert (found.flag, why in found.why) == (flag, True), found.why


STORIES = {
    "a third side's word is no admission": (
        "1 m1 B gains\n5 m1 A gains\n5 C A gains",
        ["1-4 controlled B single unopposed", "5- controlled A cross_party agreed"],
    ),
    "the holder before admits it": (
        "1 m1 B gains\n5 m1 A gains\n5 B A gains",
        ["1-4 controlled B single unopposed", "5- controlled A cross_party agreed against_interest"],
    ),
}


@pytest.mark.parametrize(("story", "states"), STORIES.values(), ids=STORIES)
def test_a_state_has_the_flag_by_that_rule_alone(told: Told, story: str, states: list[str]) -> None:
    assert told(story) == states
