"""How much was heard of each place: where nobody has spoken, nothing is known, and blank is not quiet."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from whoholds.fuse.accounts import Account
from whoholds.model import DateRange
from whoholds.ports import ClaimFilter
from whoholds.queries.cited import Where, place_of
from whoholds.queries.desk import Desk
from whoholds.queries.hearing import check_conflict
from whoholds.taxonomy import Verdict


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
    check_conflict(desk, conflict)
    first = day - timedelta(days=days - 1)
    recent: dict[str, list[Account]] = defaultdict(list)
    for account in desk.joiner.accounts(desk.told(desk.store.claims(ClaimFilter(conflict=conflict, published=DateRange(first, day))))):
        if not account.baseline:
            recent[account.place].append(account)
    last = _last_heard(desk, day, conflict)
    found = [_cover(desk, place, recent.get(place, []), heard) for place, heard in last.items()]
    return Coverage(
        conflict, first, day, tuple(sorted(found, key=lambda cover: (-cover.reports, cover.place.name.casefold(), cover.place.id)))
    )


def _last_heard(desk: Desk, day: date, conflict: str | None) -> dict[str, date]:
    """Return when each place was last spoken of; places of claims that analysts rejected or moved are looked at claim by claim."""
    last = dict(desk.store.last_published(day, conflict))
    reviewed = desk.decisions.of(desk.store).standing.values()
    seen = desk.store.claims_named([review.claim for review in reviewed if review.claim])
    looked_at = {claim.place for claim in seen if claim.place} | {review.value for review in reviewed if review.verdict is Verdict.MOVED}
    for place in looked_at:
        if place is None:
            continue
        last.pop(place, None)
        if days := [account.published for account in desk.accounts(place, day) if not account.baseline]:
            last[place] = date.fromordinal(max(days))
    return last


def _cover(desk: Desk, place: str, recent: list[Account], last: date) -> Cover:
    sides = {account.speaker_side for account in recent if account.speaker_side is not None}
    named = sorted(desk.registry.sides[side].name if side in desk.registry.sides else side for side in sides)
    unsided = {account.origin for account in recent if account.speaker_side is None}
    return Cover(place_of(desk, place), len({account.report for account in recent}), tuple(named), len(unsided), last)
