"""What a settlement inherits from the region around it, at reading time. Nothing is interpolated, nothing is stored.

Only a region that is held as a whole hands down its holder, and not on that holder's word alone, but in the account of
that side itself: "our forces remain in the province" tells of no single town. What is contested, left or risen up in
stays where it was said. A settlement's own word comes first, unless the region changed hands later and the settlement's holder was the one
that lost it. A third side's holding is never overruled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from whoholds.fuse.views import FUSED
from whoholds.model import State, Timeline
from whoholds.taxonomy import Holding, Tier

SideOf = Callable[[str], str]
"""What tells the side of an actor."""


@dataclass(frozen=True, slots=True)
class Held:
    """The state of a place on a day; `inherited_from` is the region whose state it is, None for the place's own."""

    state: State
    inherited_from: str | None = None


def state_on(timeline: Timeline, day: date) -> State | None:
    """Return the state of a timeline on `day`, None where it has none."""
    for state in reversed(timeline.states):
        first, last = state.interval.first, state.interval.last
        if (first is None or first <= day) and (last is None or day <= last):
            return state
    return None


def inherited(place: str, own: State | None, around: Iterable[Timeline], day: date, side_of: SideOf) -> Held | None:
    """Return what holds for `place` on `day`: its own state, or that of the smallest region around it that overrules it.

    `around` are the timelines of the regions that contain the place, the smallest first. An encirclement of the place
    itself stays.
    """
    for region in around:
        state = state_on(region, day)
        if state is None or state.holding is not Holding.CONTROLLED or (region.view == FUSED.name and state.tier is Tier.ONE_SIDED):
            continue
        if own is None or own.holding is Holding.UNKNOWN or _overruled(own, state, region, side_of):
            ring = own.encircled_by if own is not None else ()
            return Held(replace(state, place=place, tier=Tier.INHERITED, encircled_by=ring), region.place)
    return Held(own) if own is not None else None


def _overruled(own: State, state: State, region: Timeline, side_of: SideOf) -> bool:
    """Tell whether the region was taken, later than the settlement's state began, from the side that holds the settlement."""
    if own.holding is not Holding.CONTROLLED or state.interval.first is None:
        return False
    if own.interval.first is not None and own.interval.first >= state.interval.first:
        return False
    holder = {side_of(actor) for actor in own.holders}
    return holder == _outgoing(state, region, side_of)


def _outgoing(state: State, region: Timeline, side_of: SideOf) -> set[str]:
    """Return the sides that held the region before `state`, through any days on which nobody did."""
    earlier = [
        other for other in region.states if other.interval.last and state.interval.first and other.interval.last < state.interval.first
    ]
    now = {side_of(actor) for actor in state.holders}
    for other in reversed(earlier):
        held = {side_of(actor) for actor in other.holders}
        if held and held != now:
            return held
    return set()
