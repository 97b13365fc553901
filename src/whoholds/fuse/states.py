"""Segments → States: what supports each, who objects, and so its tier and its agreement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from whoholds.fuse.accounts import Account
from whoholds.fuse.linking import DenialLink
from whoholds.fuse.rules import Effect, Flag
from whoholds.fuse.sweep import Segment
from whoholds.fuse.weight import CROSS_PARTY, SINGLE, Bonds, Weight, weigh
from whoholds.model import DateRange, State
from whoholds.taxonomy import Agreement, Holding, LinkScope, Tier

Links = Mapping[str, Sequence[DenialLink]]


def states_of(place: str, segments: Sequence[Segment], links: Links, bonds: Bonds) -> tuple[State, ...]:
    """Return the states of a place, ordered and disjoint; a stretch of which nothing at all is known has none."""
    return tuple(state for segment in segments for part in _ended(segment, bonds) for state in _states(place, part, links, bonds))


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


def _states(place: str, segment: Segment, links: Links, bonds: Bonds) -> Iterator[State]:
    if segment.first is None and segment.last is None:
        return
    weight = weigh(_gainer(segment, bonds), segment.support, bonds)
    denials = _standing(segment, links)
    dissent = [account for account in segment.against if segment.last is None or account.day <= segment.last]
    opposing = sorted({*(link.denial for link in denials), *dissent}, key=lambda account: (account.when, account.claim))
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


def _standing(segment: Segment, links: Links) -> list[DenialLink]:
    """Return the denials of what supports a segment that their own side has not given up since."""
    if not links:
        return []
    found = [link for account in segment.support for link in links.get(account.claim, ())]
    if not found:
        return []
    conceded = {account.speaker_side: account.published for account in segment.support if account.speaker_side is not None}
    return [link for link in found if conceded.get(link.denial.speaker_side, -1) < link.denial.published]


def _agreement(segment: Segment, weight: Weight, denials: Sequence[DenialLink], dissent: Sequence[Account], bonds: Bonds) -> Agreement:
    """Return whether the accounts agree; a wider denial disputes only what one origin or one side tells."""
    if any(weight.rank < CROSS_PARTY if link.scope is not LinkScope.CONTAINS else weight.rank <= SINGLE for link in denials):
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
    unknown = segment.holding is Holding.UNKNOWN
    held = segment.holding is not Holding.VACATED and not unknown
    return State(
        place=place,
        interval=DateRange(_date(segment.first), _date(segment.last)),
        starts_known=segment.known,
        ends_known=segment.last is not None,
        holding=segment.holding,
        holders=tuple(_actor(side, segment.support) for side in segment.sides) if held else (),
        agreement=agreement,
        tier=None if unknown else weight.tier,
        encircled_by=segment.encircled_by,
        flags=frozenset(str(flag) for flag in _flags(segment, weight, denied=denied)),
        supporting=tuple(account.claim for account in segment.support),
        opposing=tuple(dict.fromkeys(account.claim for account in opposing)),
        last_said=_date(max((account.day for account in segment.support), default=None)),
    )


def _flags(segment: Segment, weight: Weight, *, denied: bool) -> Iterator[Flag]:
    yield from segment.flags - {Flag.HEDGED}
    if denied:
        yield Flag.DENIED
    if segment.support and all(account.hedged or account.baseline for account in segment.support) and Flag.HEDGED in segment.flags:
        yield Flag.HEDGED
    if weight.against_interest:
        yield Flag.AGAINST_INTEREST
    if any(account.hostile_relay for account in segment.support):
        yield Flag.ALLEGED_ADMISSION


def _actor(side: str, support: Sequence[Account]) -> str:
    """Return the actor that holds for a side: the first that its support names, or the side itself."""
    return next((account.actor for account in support if account.side == side and account.actor is not None), side)


def _date(ordinal: int | None) -> date | None:
    return date.fromordinal(ordinal) if ordinal is not None else None
