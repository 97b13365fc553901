"""Segments → States: what supports each, who objects, and so its tier and its agreement."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from operator import attrgetter

from whoholds.fuse.accounts import Account
from whoholds.fuse.interest import interest_of, lost_by
from whoholds.fuse.linking import Denials, Objection, names_several
from whoholds.fuse.rules import Effect, Flag
from whoholds.fuse.segments import Segment
from whoholds.fuse.weight import CROSS_PARTY, SINGLE, Bonds, Weight, weigh
from whoholds.model import DateRange, State
from whoholds.taxonomy import Agreement, Holding, LinkScope, Tier

Denied = tuple[Sequence[Objection], Denials]
"""The denials that bear on a place, and the index that tells what each opposes."""

_NO_FLAGS: frozenset[str] = frozenset()
_VACATED, _UNKNOWN = Holding.VACATED, Holding.UNKNOWN
_WHEN, _CLAIM, _BY_CLAIM, _DENIED_DAY = attrgetter("when"), attrgetter("claim"), attrgetter("when", "claim"), attrgetter("denial.day")
_date = lru_cache(maxsize=65_536)(date.fromordinal)


def states_of(place: str, segments: Sequence[Segment], denied: Denied, bonds: Bonds) -> tuple[State, ...]:
    """Return the states of a place, ordered and disjoint; a stretch of which nothing at all is known has none."""
    states: list[State] = []
    for segment in segments:
        for part in _ended(segment, bonds):
            if part.first is not None or part.last is not None:
                states += _states(place, part, denied, bonds)
    return tuple(states)


def _ended(segment: Segment, bonds: Bonds) -> Sequence[Segment]:
    """Return the segment, cut where its holder's side ended: what such a side held, nobody is known to hold."""
    holder = segment.holder
    ended = bonds.ended(holder) if holder is not None else None
    if ended is None or (segment.last is not None and segment.last <= ended) or (segment.first is not None and segment.first > ended):
        return (segment,)
    after = Segment(ended + 1, known=True, holding=Holding.UNKNOWN, last=segment.last, encircled_by=segment.encircled_by)
    after.flags = frozenset((Flag.SIDE_ENDED,))
    return replace(segment, last=ended), after


def _states(place: str, segment: Segment, denied: Denied, bonds: Bonds) -> Sequence[State]:
    support = segment.support
    if len(support) > 1:
        support.sort(key=_WHEN)
    serves = _gainer(segment, bonds)
    weight = weigh(serves, support, bonds)
    if weight.against_interest or weight.alleged:
        told = (interest_of(account, serves, lost_by(segment), bonds).flag for account in support)
        segment.flags |= {flag for flag in told if flag is not None}
    denials = _standing(segment, denied)
    if not denials and not segment.against:
        return (_state(place, segment, weight, (), _unopposed(segment, weight)),)
    dissent = [account for account in segment.against if segment.last is None or account.day <= segment.last]
    opposing = sorted([*[objection.denial for objection in denials], *dissent], key=_BY_CLAIM)
    agreement = Agreement.DISPUTED if _is_disputed(weight, denials, dissent, bonds) else _unopposed(segment, weight)
    cut = opposing[0].day if opposing else None
    if cut is None or segment.first is None or not segment.first < cut <= (segment.last or cut):
        return (_state(place, segment, weight, opposing, agreement, denied=bool(denials)),)
    quiet, rest = replace(segment, last=cut - 1), replace(segment, first=cut)
    return (
        _state(place, quiet, weight, (), _unopposed(quiet, weight)),
        _state(place, rest, weight, opposing, agreement, denied=bool(denials)),
    )


def _gainer(segment: Segment, bonds: Bonds) -> str:
    """Return the side that a state serves: its holder; of a vacated place an enemy that says so, if any."""
    left = segment.sides[0] if segment.sides else ""
    if segment.holding is not _VACATED:
        return left
    speakers = (account.speaker_side for account in segment.support)
    return next((side for side in speakers if side is not None and bonds.hostile(side, left, segment.first or 0)), "")


def _standing(segment: Segment, denied: Denied) -> list[Objection]:
    """Return the denials of what supports a segment that their own side has not given up since."""
    objections, index = denied
    support = segment.support
    if not objections or not support or Flag.PRESUPPOSED in segment.flags:
        return []
    sides = {account.side for account in support}
    several = any(map(names_several, sides))
    earliest = support[0].day
    since, until = earliest - index.reach, support[-1].day + index.reach
    found = []
    for position in range(bisect_left(objections, since, key=_DENIED_DAY), len(objections)):
        objection = objections[position]
        if objection.denial.day > until:
            break
        fits = several or objection.only is None or objection.only in sides
        if fits and objection.denial.published >= earliest and index.opposes_any(objection, support):
            found.append(objection)
    if not found:
        return found
    conceded: dict[str | None, int] = {account.speaker_side: account.published for account in support if account.speaker_side}
    found = [objection for objection in found if conceded.get(objection.denial.speaker_side, -1) < objection.denial.published]
    return [objection for objection in found if not _outlived(objection, segment, index)] if segment.holder is not None else found


def _outlived(objection: Objection, segment: Segment, index: Denials) -> bool:
    """Tell whether a denial is only of the departure before, and the taking was claimed after it was made."""
    taking = [account for account in segment.support if account.effect is not Effect.LEAVES]
    later = any(account.day > objection.denial.published for account in taking)
    return later and next(index.opposed(objection, taking), None) is None


def _is_disputed(weight: Weight, denials: Sequence[Objection], dissent: Sequence[Account], bonds: Bonds) -> bool:
    """Tell whether accounts conflict; a wider denial disputes only what one origin or one side tells."""
    for objection in denials:
        if weight.rank < CROSS_PARTY if objection.scope is not LinkScope.CONTAINS else weight.rank <= SINGLE:
            return True
    for side in {account.side for account in dissent if account.side is not None and account.effect is not Effect.ENTERS}:
        voices = [account for account in dissent if account.side == side]
        if weigh(side, voices, bonds).rank >= max(weight.rank, 1):
            return True
    return False


def _unopposed(segment: Segment, weight: Weight) -> Agreement:
    """Return how the accounts agree where none is in the way."""
    if weight.rank == 0 or weight.tier is Tier.ONE_SIDED:
        return Agreement.CLAIMED
    if not weight.against_interest and all(account.effect is Effect.ENTERS for account in segment.support):
        return Agreement.CLAIMED
    return Agreement.UNOPPOSED if weight.tier is Tier.SINGLE else Agreement.AGREED


def _state(
    place: str, segment: Segment, weight: Weight, opposing: Sequence[Account], agreement: Agreement, *, denied: bool = False
) -> State:
    first, last, holding, support = segment.first, segment.last, segment.holding, segment.support
    held = holding is not _VACATED and holding is not _UNKNOWN
    said = support[-1].day if support else None
    return State(  # in the order of its fields, which is quicker: there may be millions
        place,
        DateRange(None if first is None else _date(first), None if last is None else _date(last)),
        segment.known,
        last is not None,
        holding,
        tuple([_actor(side, support) for side in segment.sides]) if held else (),
        agreement,
        None if holding is _UNKNOWN else weight.tier,
        segment.encircled_by,
        _flags(segment, weight, denied=denied),
        tuple(map(_CLAIM, support)),
        tuple(dict.fromkeys(map(_CLAIM, opposing))) if opposing else (),
        None if said is None else _date(said if last is None or said < last else last),
    )


def _flags(segment: Segment, weight: Weight, *, denied: bool) -> frozenset[str]:
    if not (segment.flags or denied):
        return _NO_FLAGS
    flags = set(segment.flags)
    if weight.rank > 0:
        flags.discard(Flag.HEDGED)
    if denied:
        flags.add(Flag.DENIED)
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
