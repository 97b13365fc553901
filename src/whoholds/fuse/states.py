"""Segments → States: what supports each, who objects, and so its tier and its agreement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from operator import attrgetter

from whoholds.fuse.accounts import Account
from whoholds.fuse.interest import interest_of, lost_by
from whoholds.fuse.linking import Bearing, Denials, Objection, names_several
from whoholds.fuse.rules import Effect, Flag
from whoholds.fuse.segments import Segment
from whoholds.fuse.weight import CROSS_PARTY, SINGLE, Bonds, Weight, weigh
from whoholds.model import DateRange, State
from whoholds.taxonomy import Agreement, Holding, LinkScope, Tier

_VACATED, _UNKNOWN, _LEAVES, _ENTERS = Holding.VACATED, Holding.UNKNOWN, Effect.LEAVES, Effect.ENTERS
_WHEN, _CLAIM, _BY_CLAIM = attrgetter("when"), attrgetter("claim"), attrgetter("when", "claim")
_NO_FLAGS: frozenset[str] = frozenset()
_DENIED = frozenset((str(Flag.DENIED),))
_date = lru_cache(maxsize=65_536)(date.fromordinal)


def states_of(place: str, segments: Sequence[Segment], objections: Sequence[Objection], index: Denials, bonds: Bonds) -> tuple[State, ...]:
    """Return the states of a place, ordered and disjoint; a stretch of which nothing at all is known has none."""
    states: list[State] = []
    denied = Bearing.of(objections, index) if objections else None
    for segment in segments:
        holder = segment.holder
        ended = bonds.ended(holder) if holder is not None else None
        for part in (segment,) if ended is None else _cut(segment, ended):
            if part.first is not None or part.last is not None:
                _add(states, place, part, denied, bonds)
    return tuple(states)


def _cut(segment: Segment, ended: int) -> Sequence[Segment]:
    """Return the segment, cut where its holder's side ended: what such a side held, nobody is known to hold."""
    if (segment.last is not None and segment.last <= ended) or (segment.first is not None and segment.first > ended):
        return (segment,)
    after = Segment(ended + 1, known=True, holding=Holding.UNKNOWN, last=segment.last, encircled_by=segment.encircled_by)
    after.flags = frozenset((Flag.SIDE_ENDED,))
    return replace(segment, last=ended), after


def _add(states: list[State], place: str, segment: Segment, denied: Bearing | None, bonds: Bonds) -> None:
    """Add the state of a segment: two, where it is objected to from some day on."""
    support = segment.support
    if len(support) > 1:
        support.sort(key=_WHEN)
    serves = _gainer(segment, bonds)
    weight = weigh(serves, support, bonds)
    if weight.against_interest or weight.alleged:
        told = (interest_of(account, serves, lost_by(segment), bonds).flag for account in support)
        segment.flags |= {flag for flag in told if flag is not None}
    unopposed = _unopposed(segment, weight)
    denials = _standing(segment, denied) if denied is not None else ()
    if not (denials or segment.against):
        states.append(_state(place, segment, weight, (), unopposed))
        return
    last = segment.last
    opposing = [objection.denial for objection in denials]
    dissent = segment.against
    if dissent:
        if last is not None:
            dissent = [account for account in dissent if account.day <= last]
        opposing = sorted(opposing + dissent, key=_BY_CLAIM)
    agreement = Agreement.DISPUTED if _is_disputed(weight, denials, dissent, bonds) else unopposed
    cut = opposing[0].day if opposing else None
    if cut is not None and segment.first is not None and segment.first < cut <= (last or cut):
        segment.last = cut - 1
        states.append(_state(place, segment, weight, (), unopposed))
        segment.first, segment.last = cut, last
    states.append(_state(place, segment, weight, opposing, agreement, denied=bool(denials)))


def _gainer(segment: Segment, bonds: Bonds) -> str:
    """Return the side that a state serves: its holder; of a vacated place an enemy that says so, if any."""
    left = segment.sides[0] if segment.sides else ""
    if segment.holding is not _VACATED:
        return left
    speakers = (account.speaker_side for account in segment.support)
    return next((side for side in speakers if side is not None and bonds.hostile(side, left, segment.first or 0)), "")


def _standing(segment: Segment, denied: Bearing) -> Sequence[Objection]:
    """Return the denials of what supports a segment that their own side has not given up since."""
    index, support = denied.index, segment.support
    if not support or (segment.flags and Flag.PRESUPPOSED in segment.flags):
        return ()
    about = denied.about(support[0].day, support[-1].day)
    if not about:
        return ()
    sides = {account.side for account in support}
    if not any(map(names_several, sides)):
        about = [objection for objection in about if objection.only is None or objection.only in sides]
    opposed = index.opposed
    found = [objection for objection in about if next(opposed(objection, support), None) is not None]
    if not found:
        return ()
    conceded: dict[str | None, int] = {account.speaker_side: account.published for account in support if account.speaker_side}
    found = [objection for objection in found if conceded.get(objection.denial.speaker_side, -1) < objection.denial.published]
    return _outliving(found, support, index) if segment.holder is not None else found


def _outliving(objections: Sequence[Objection], support: Sequence[Account], index: Denials) -> Sequence[Objection]:
    """Return the denials that are not only of the departure before, made earlier than the taking was claimed."""
    taking = [account for account in support if account.effect is not _LEAVES]
    if not taking or len(taking) == len(support):
        return objections
    last = taking[-1].day
    return [objection for objection in objections if last <= objection.denial.published or next(index.opposed(objection, taking), None)]


def _is_disputed(weight: Weight, denials: Sequence[Objection], dissent: Sequence[Account], bonds: Bonds) -> bool:
    """Tell whether accounts conflict; a wider denial disputes only what one origin or one side tells."""
    for objection in denials:
        if weight.rank < CROSS_PARTY if objection.scope is not LinkScope.CONTAINS else weight.rank <= SINGLE:
            return True
    for side in {account.side for account in dissent if account.side is not None and account.effect is not _ENTERS}:
        voices = [account for account in dissent if account.side == side]
        if weigh(side, voices, bonds).rank >= max(weight.rank, 1):
            return True
    return False


def _unopposed(segment: Segment, weight: Weight) -> Agreement:
    """Return how the accounts agree where none is in the way."""
    if weight.rank == 0 or weight.tier is Tier.ONE_SIDED:
        return Agreement.CLAIMED
    if not weight.against_interest and _only_entered(segment.support):
        return Agreement.CLAIMED
    alone = weight.tier is Tier.SINGLE or (weight.tier is Tier.OBSERVED and weight.origins == 1)
    return Agreement.UNOPPOSED if alone else Agreement.AGREED


def _only_entered(support: Sequence[Account]) -> bool:
    return not support or (support[0].effect is _ENTERS and all(account.effect is _ENTERS for account in support))


def _state(
    place: str, segment: Segment, weight: Weight, opposing: Sequence[Account], agreement: Agreement, *, denied: bool = False
) -> State:
    last, holding, support = segment.last, segment.holding, segment.support
    said = support[-1].day if support else None
    return State(  # in the order of its fields, which is quicker: there may be millions
        place,
        _days(segment.first, last),
        segment.known,
        last is not None,
        holding,
        () if holding is _VACATED or holding is _UNKNOWN else _actors(segment.sides, support),
        agreement,
        None if holding is _UNKNOWN else weight.tier,
        segment.encircled_by,
        _flags(segment.flags, denied, weight.rank > 0) if segment.flags else _DENIED if denied else _NO_FLAGS,
        tuple(map(_CLAIM, support)),
        tuple(dict.fromkeys(map(_CLAIM, opposing))) if opposing else (),
        None if said is None else _date(said if last is None or said < last else last),
    )


def _days(first: int | None, last: int | None) -> DateRange:
    return DateRange(None if first is None else _date(first), None if last is None else _date(last))


@lru_cache(maxsize=4_096)
def _flags(flags: frozenset[Flag], denied: bool, firm: bool) -> frozenset[str]:  # noqa: FBT001
    said = set(flags)
    if firm:
        said.discard(Flag.HEDGED)
    if denied:
        said.add(Flag.DENIED)
    return frozenset(map(str, said))


def _actors(sides: Sequence[str], support: Sequence[Account]) -> tuple[str, ...]:
    return (_actor(sides[0], support),) if len(sides) == 1 else tuple([_actor(side, support) for side in sides])


def _actor(side: str, support: Sequence[Account]) -> str:
    """Return the actor that holds for a side: the first that its support names, a unit only for want of its whole."""
    unit = None
    for account in support:
        if account.side == side and account.actor is not None:
            if not account.unit:
                return account.actor
            unit = unit or account.actor
    return unit or side
