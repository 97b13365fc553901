"""What changed between two days, or what differs between two accounts on one day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from whoholds.fuse.views import FUSED, View
from whoholds.model import State
from whoholds.queries.cited import Party, Where, party, place_of
from whoholds.queries.desk import Desk
from whoholds.queries.who import view_name


@dataclass(frozen=True, slots=True)
class Moment:
    """One account of the war on one day."""

    day: date
    view: View = FUSED


@dataclass(frozen=True, slots=True)
class Shown:
    """A state with the names of its holders."""

    state: State
    holders: tuple[Party, ...]
    encircled_by: tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A place that two moments tell differently; None where a moment has no state of it."""

    place: Where
    before: Shown | None
    after: Shown | None


@dataclass(frozen=True, slots=True)
class Difference:
    """All places that two moments tell differently, by name; what both tell alike is counted."""

    before: date
    after: date
    before_view: str
    after_view: str
    before_name: str
    after_name: str
    changes: tuple[Change, ...]
    alike: int


def diff(desk: Desk, one: Moment, other: Moment) -> Difference:
    """Return what differs in holder, holding, dispute or encirclement from `one` to `other`.

    Only what was said of a place itself is compared, not what it would inherit. Between two views on a day only places of
    which both have spoken are compared: silence is no contradiction.
    """
    before = {state.place: state for state in desk.store.states_on(one.day, one.view.name)}
    after = {state.place: state for state in desk.store.states_on(other.day, other.view.name)}
    compared = before.keys() & after.keys() if one.view != other.view else before.keys() | after.keys()
    changed = [place for place in compared if _told(desk, before.get(place), one.day) != _told(desk, after.get(place), other.day)]
    changes = [
        Change(place_of(desk, place), _shown(desk, before.get(place), one.day), _shown(desk, after.get(place), other.day))
        for place in changed
    ]
    changes.sort(key=lambda change: (change.place.name.casefold(), change.place.id))
    return Difference(
        one.day,
        other.day,
        one.view.name,
        other.view.name,
        view_name(desk, one.view),
        view_name(desk, other.view),
        tuple(changes),
        len(compared) - len(changes),
    )


def _told(desk: Desk, state: State | None, day: date) -> tuple[object, ...]:
    """Return what makes a difference: who holds it how, whether it is disputed, who surrounds it."""
    if state is None:
        return ()
    return (state.holding, frozenset(_sides(desk, state.holders, day)), state.agreement, frozenset(state.encircled_by))


def _sides(desk: Desk, actors: tuple[str, ...], day: date) -> Iterator[str]:
    return (desk.joiner.side_of(actor, day) for actor in actors)


def _shown(desk: Desk, state: State | None, day: date) -> Shown | None:
    if state is None:
        return None
    holders, ring = (tuple(party(desk, actor, day) for actor in actors) for actors in (state.holders, state.encircled_by))
    return Shown(state, holders, ring)
