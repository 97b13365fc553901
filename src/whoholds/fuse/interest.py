"""Whether a claim goes against the interest of its source, and why: the one rule for the flags, and for the words of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from whoholds.fuse.accounts import Account
from whoholds.fuse.rules import Effect, Flag
from whoholds.fuse.segments import Segment
from whoholds.fuse.weight import Bonds
from whoholds.taxonomy import Holding

_LOSSES = (Effect.LEAVES, Effect.ENTERS, Effect.GAINS, Effect.DIVIDES)


@dataclass(frozen=True, slots=True)
class Interest:
    """The flag that a claim gives to the state that it supports, if any, and the reason in words."""

    flag: Flag | None
    why: str


def interest_of(account: Account, serves: str, lost_by: str | None, bonds: Bonds) -> Interest:
    """Return whether an account that supports a state goes against the interest of its source.

    `serves` is the side that holds by that state, empty where nobody does; `lost_by` the side that held before it, None
    where none is known. A claim that names whom the place was taken from, or who left, says itself who lost.
    """
    speaker, day = account.speaker_side, account.day
    if speaker is None:
        return Interest(None, "its source speaks for no side")
    if serves and bonds.allied(speaker, serves, day):
        return Interest(None, "its source speaks for the side that holds the place by this account, or for an ally of it")
    loser = account.side if account.effect is Effect.LEAVES else account.target_side or lost_by
    if loser is None or not bonds.allied(speaker, loser, day):
        return Interest(None, "its source does not speak for the side that lost the place")
    if account.effect not in _LOSSES:
        return Interest(None, "that its enemy holds the place may serve its source to justify force")
    if account.hedged:
        return Interest(None, "its source does not commit itself to it")
    if account.hostile_relay:
        return Interest(Flag.ALLEGED_ADMISSION, "only a publisher hostile to its source says that it admitted the loss")
    return Interest(Flag.AGAINST_INTEREST, "its source speaks for the side that lost the place")


def lost_by(segment: Segment) -> str | None:
    """Return the side at whose cost a state came about: the one that left, else the holder before it; None where none is known."""
    before = segment if segment.holding is Holding.VACATED else segment.before
    return before.sides[0] if before is not None and before.sides else None
