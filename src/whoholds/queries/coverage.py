"""How much was heard of each place: where nobody has spoken, nothing is known, and blank is not quiet."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from whoholds.fuse.accounts import Account
from whoholds.queries.cited import Where, place_of
from whoholds.queries.desk import Desk
from whoholds.queries.table import hear


@dataclass(frozen=True, slots=True)
class Cover:
    """What was heard of a place in the days asked for: reports, publishers' words apart from sides, and when it was last spoken of.

    `sides` are the names of the sides that spoke; `unsided` counts the sources without a side.
    """

    place: Where
    reports: int
    sides: tuple[str, ...]
    unsided: int
    last_heard: date


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was heard from `first` to `last`; places ever spoken of, those heard most first, the silent ones at the end."""

    conflict: str | None
    first: date
    last: date
    places: tuple[Cover, ...]


def coverage(desk: Desk, day: date, days: int = 7, conflict: str | None = None) -> Coverage:
    """Return the reports and sides heard of each place in the `days` days up to `day`; imported maps are not heard.

    Raises:
        UsageError: when there is no such war in the registry.
    """
    first = day - timedelta(days=days - 1)
    spoken: dict[str, list[Account]] = defaultdict(list)
    for account in hear(desk, day, conflict).accounts:
        if not account.baseline:
            spoken[account.place].append(account)
    found = [_cover(desk, place, accounts, first) for place, accounts in spoken.items()]
    return Coverage(
        conflict, first, day, tuple(sorted(found, key=lambda cover: (-cover.reports, cover.place.name.casefold(), cover.place.id)))
    )


def _cover(desk: Desk, place: str, accounts: list[Account], first: date) -> Cover:
    recent = [account for account in accounts if account.published >= first.toordinal()]
    sides = {account.speaker_side for account in recent if account.speaker_side is not None}
    named = sorted(desk.registry.sides[side].name if side in desk.registry.sides else side for side in sides)
    unsided = {account.origin for account in recent if account.speaker_side is None}
    last = date.fromordinal(max(account.published for account in accounts))
    return Cover(place_of(desk, place), len({account.report for account in recent}), tuple(named), len(unsided), last)
