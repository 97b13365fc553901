"""What the pass over a place works with: the state in the making, and its accounts in order."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from operator import attrgetter

from whoholds.fuse.accounts import ADVERSARY, Account
from whoholds.fuse.rules import Flag
from whoholds.fuse.weight import Bonds
from whoholds.taxonomy import Holding

NEVER = 1 << 40
"""A day beyond all days."""

HELD = (Holding.CONTROLLED, Holding.SHARED, Holding.DIVIDED, Holding.CONTESTED)

NO_FLAGS: frozenset[Flag] = frozenset()
"""What most states say of themselves."""

IN_ORDER = attrgetter("when", "published", "claim")
"""The order in which accounts of a place act: day of the event, effect, day of publication."""


@dataclass(slots=True, eq=False)
class Segment:
    """A state in the making, of days (ordinals); `first` is None where nothing tells a start at all."""

    first: int | None
    known: bool
    holding: Holding
    sides: tuple[str, ...] = ()
    support: list[Account] = field(default_factory=list)
    against: list[Account] = field(default_factory=list)
    last: int | None = None
    encircled_by: tuple[str, ...] = ()
    flags: frozenset[Flag] = NO_FLAGS
    before: Segment | None = None
    firm: bool = False

    @property
    def holder(self) -> str | None:
        """The side that holds the place, the first of several; None where nobody is known to."""
        return self.sides[0] if self.holding in HELD and self.sides else None

    @property
    def imported(self) -> bool:
        """Whether only an imported map says so: any account ends it."""
        return bool(self.support) and all(account.baseline for account in self.support)


def named(accounts: list[Account], bonds: Bonds, shown: AbstractSet[str | None] = frozenset()) -> list[Account]:
    """Return the accounts with each unspecified adversary named, where only one side told of at the place can be meant.

    `shown` are the sides of claims of the place that change nothing.
    """
    sides = {account.side for account in accounts if account.side is not None}
    unnamed = [side for side in sides if side.startswith(ADVERSARY)]
    if not unnamed:
        return accounts
    meant: dict[str | None, str] = {}
    day = accounts[0].day
    known = [side for side in sides | shown if side is not None and not side.startswith(ADVERSARY)]
    for side in unnamed:
        enemies = [other for other in known if bonds.hostile(other, side.removeprefix(ADVERSARY), day)]
        if len(enemies) == 1:
            meant[side] = enemies[0]
    return [replace(account, side=meant[account.side]) if account.side in meant else account for account in accounts]


def of_those_who_left(segment: Segment, account: Account, side: str, bonds: Bonds) -> bool:
    """Tell whether a part of a vacated place is said to be held by an ally of the side that left: no new holder."""
    return segment.holding is Holding.VACATED and any(bonds.allied(side, left, account.day) for left in segment.sides)


def flags_of(account: Account) -> frozenset[Flag]:
    """Return what a state that begins with `account` says of itself."""
    said = ((account.hedged, Flag.HEDGED), (account.euphemism, Flag.EUPHEMISM), (account.baseline, Flag.BASELINE))
    return frozenset(flag for true, flag in said if true)
