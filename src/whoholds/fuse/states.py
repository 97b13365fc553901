"""Segments → States: what supports each, who objects, and so its tier and its agreement."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter

from whoholds.fuse.accounts import Account
from whoholds.fuse.linking import Denials, Objection
from whoholds.fuse.rules import Effect, Flag
from whoholds.fuse.segments import Segment
from whoholds.fuse.weight import CROSS_PARTY, SINGLE, Bonds, Weight, weigh
from whoholds.model import DateRange, State
from whoholds.taxonomy import Agreement, Holding, LinkScope, Tier

Denied = tuple[Sequence[Objection], Denials]
"""The denials that bear on a place, and the index that tells what each opposes."""

_DATES: dict[int, date] = {}
_NO_FLAGS: frozenset[str] = frozenset()
_WHEN, _CLAIM, _denied_day = attrgetter("when"), attrgetter("claim"), attrgetter("denial.day")


def states_of(place: str, segments: Sequence[Segment], denied: Denied, bonds: Bonds) -> tuple[State, ...]:
    """Return the states of a place, ordered and disjoint; a stretch of which nothing at all is known has none."""
    return tuple(state for segment in segments for part in _ended(segment, bonds) for state in _states(place, part, denied, bonds))


def _ended(segment: Segment, bonds: Bonds) -> Iterator[Segment]:
    """Yield the segment, cut where its holder's side ended: what such a side held, nobody is known to hold."""
    ended = bonds.ended(segment.holder) if segment.holder is not None else None
    if ended is None or (segment.last is not None and segment.last <= ended) or (segment.first is not None and segment.first > ended):
        yield segment
        return
    yield replace(segment, last=ended)
    after = Segment(ended + 1, known=True, holding=Holding.UNKNOWN, last=segment.last, encircled_by=segment.encircled_by)
    after.flags = frozenset((Flag.SIDE_ENDED,))
    yield after


def _states(place: str, segment: Segment, denied: Denied, bonds: Bonds) -> Iterator[State]:
    if segment.first is None and segment.last is None:
        return
    segment.support.sort(key=_WHEN)
    weight = weigh(_gainer(segment, bonds), segment.support, bonds)
    denials = _standing(segment, denied)
    if not denials and not segment.against:
        yield _state(place, segment, weight, (), _agreement(segment, weight, [], [], bonds))
        return
    dissent = [account for account in segment.against if segment.last is None or account.day <= segment.last]
    opposing = sorted([*(objection.denial for objection in denials), *dissent], key=attrgetter("when", "claim"))
    cut = opposing[0].day if opposing else None
    if cut is not None and segment.first is not None and segment.first < cut <= (segment.last or cut):
        quiet = replace(segment, last=cut - 1)
        yield _state(place, quiet, weight, (), _agreement(quiet, weight, [], [], bonds))
        segment = replace(segment, first=cut)
    yield _state(place, segment, weight, opposing, _agreement(segment, weight, denials, dissent, bonds), denied=bool(denials))


def _gainer(segment: Segment, bonds: Bonds) -> str:
    """Return the side that a state serves: its holder; of a vacated place an enemy that says so, if any."""
    if segment.holding is not Holding.VACATED:
        return segment.sides[0] if segment.sides else ""
    left = segment.sides[0] if segment.sides else ""
    speakers = (account.speaker_side for account in segment.support)
    return next((side for side in speakers if side is not None and bonds.hostile(side, left, segment.first or 0)), "")


def _standing(segment: Segment, denied: Denied) -> list[Objection]:
    """Return the denials of what supports a segment that their own side has not given up since."""
    objections, index = denied
    if not objections or not segment.support or Flag.PRESUPPOSED in segment.flags:
        return []
    support = segment.support
    since, until = support[0].day - index.reach, support[-1].day + index.reach
    found = []
    for objection in objections[bisect_left(objections, since, key=_denied_day) :]:
        if objection.denial.day > until:
            break
        if next(index.opposed(objection, support), None) is not None:
            found.append(objection)
    if not found:
        return []
    conceded: dict[str | None, int] = {account.speaker_side: account.published for account in segment.support if account.speaker_side}
    return [objection for objection in found if conceded.get(objection.denial.speaker_side, -1) < objection.denial.published]


def _agreement(segment: Segment, weight: Weight, denials: Sequence[Objection], dissent: Sequence[Account], bonds: Bonds) -> Agreement:
    """Return whether the accounts agree; a wider denial disputes only what one origin or one side tells."""
    if any(weight.rank < CROSS_PARTY if objection.scope is not LinkScope.CONTAINS else weight.rank <= SINGLE for objection in denials):
        return Agreement.DISPUTED
    for side in {account.side for account in dissent if account.side is not None and account.effect is not Effect.ENTERS}:
        voices = [account for account in dissent if account.side == side]
        if weigh(side, voices, bonds).rank >= max(weight.rank, 1):
            return Agreement.DISPUTED
    entered = all(account.effect is Effect.ENTERS for account in segment.support)
    if weight.rank == 0 or (weight.tier is Tier.ONE_SIDED) or (entered and not weight.against_interest):
        return Agreement.CLAIMED
    return Agreement.UNOPPOSED if weight.tier is Tier.SINGLE else Agreement.AGREED


def _state(
    place: str, segment: Segment, weight: Weight, opposing: Sequence[Account], agreement: Agreement, *, denied: bool = False
) -> State:
    holding, support = segment.holding, segment.support
    held = holding is not Holding.VACATED and holding is not Holding.UNKNOWN
    return State(
        place=place,
        interval=DateRange(_date(segment.first), _date(segment.last)),
        starts_known=segment.known,
        ends_known=segment.last is not None,
        holding=holding,
        holders=tuple([_actor(side, support) for side in segment.sides]) if held else (),
        agreement=agreement,
        tier=None if holding is Holding.UNKNOWN else weight.tier,
        encircled_by=segment.encircled_by,
        flags=_flags(segment, weight, denied=denied),
        supporting=tuple(map(_CLAIM, support)),
        opposing=tuple(dict.fromkeys(map(_CLAIM, opposing))),
        last_said=_date(min(support[-1].day, segment.last or support[-1].day) if support else None),
    )


def _flags(segment: Segment, weight: Weight, *, denied: bool) -> frozenset[str]:
    if not (segment.flags or denied or weight.against_interest or weight.alleged):
        return _NO_FLAGS
    flags = set(segment.flags)
    if weight.rank > 0:
        flags.discard(Flag.HEDGED)
    if denied:
        flags.add(Flag.DENIED)
    if weight.against_interest:
        flags.add(Flag.AGAINST_INTEREST)
    if weight.alleged:
        flags.add(Flag.ALLEGED_ADMISSION)
    return frozenset(map(str, flags))


def _actor(side: str, support: Sequence[Account]) -> str:
    """Return the actor that holds for a side: the first that its support names, a unit only for want of its whole."""
    unit = None
    for account in support:
        if account.side == side and account.actor is not None:
            if not account.unit:
                return account.actor
            unit = unit or account.actor
    return unit or side


def _date(ordinal: int | None) -> date | None:
    if ordinal is None:
        return None
    found = _DATES.get(ordinal)
    return found or _DATES.setdefault(ordinal, date.fromordinal(ordinal))
