"""The states of a place in order, in one view."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from whoholds.fuse.views import FUSED, View
from whoholds.model import State
from whoholds.queries.cited import Cited, Party, Where, cite, party, where
from whoholds.queries.desk import Desk
from whoholds.queries.who import Denied, denials, view_name
from whoholds.taxonomy import Stance


@dataclass(frozen=True, slots=True)
class Stretch:
    """One state of a place, with names, and who objects."""

    state: State
    holders: tuple[Party, ...]
    encircled_by: tuple[Party, ...]
    denials: tuple[Denied, ...]
    dissent: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class PlaceTimeline:
    """All states of a place in one view, ordered and disjoint; empty where the view has not spoken of it."""

    asked: str
    place: Where
    view: str
    view_name: str
    known_by: date | None
    stretches: tuple[Stretch, ...]
    views: tuple[str, ...]


def timeline(desk: Desk, asked: str, view: View = FUSED, known_by: date | None = None) -> PlaceTimeline:
    """Return the timeline of a place; `views` of the answer are those that have spoken of it.

    Raises:
        UsageError: when nothing has the name of the place.
    """
    place = desk.place(asked)
    states = desk.timeline(place.id, view, known_by).states
    return PlaceTimeline(
        asked,
        where(place),
        view.name,
        view_name(desk, view),
        known_by,
        tuple(_stretch(desk, place.id, state) for state in states),
        tuple(desk.store.views(place.id)),
    )


def _stretch(desk: Desk, place: str, state: State) -> Stretch:
    day = state.interval.last or state.interval.first or date.max
    opposing = list(desk.named(state.opposing)) if state.opposing else []
    return Stretch(
        state,
        tuple(party(desk, actor, day) for actor in state.holders),
        tuple(party(desk, actor, day) for actor in state.encircled_by),
        tuple(denials(desk, place, opposing)),
        tuple(cite(desk, one) for one in opposing if one.statement.stance is not Stance.DENIES),
    )
