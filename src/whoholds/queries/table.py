"""The table of control: the state of every place on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from whoholds.fuse.accounts import BASELINE_RULE
from whoholds.fuse.rules import Flag
from whoholds.fuse.views import FUSED, View
from whoholds.model import State
from whoholds.queries.cited import Party, Where, party, place_of
from whoholds.queries.desk import Desk
from whoholds.queries.hearing import Heard, hear


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of a place on a day, with names; `pale` where nothing but an imported map tells it.

    `inherited_from` is the region whose state it is, None for the place's own.
    """

    place: Where
    state: State
    holders: tuple[Party, ...]
    encircled_by: tuple[Party, ...]
    pale: bool
    inherited_from: Where | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Who held what on a day, as it could be known on `known_by`; by name of place."""

    day: date
    known_by: date
    conflict: str | None
    view: str
    rows: tuple[Standing, ...]


def table(desk: Desk, day: date, conflict: str | None = None, view: View = FUSED, known_by: date | None = None) -> Table:
    """Return the state of every place that has one on `day`, in one war or in all, as known on that day or on `known_by`.

    A place without a state of its own has that of the region around it, as `who` tells it.

    Raises:
        UsageError: when there is no such war in the registry.
    """
    known = known_by or day
    heard = hear(desk, known, conflict, view)
    rows = (standing(desk, heard, place, day) for place in heard.places)
    return Table(day, known, conflict, view.name, tuple(sorted(filter(None, rows), key=_by_name)))


def standing(desk: Desk, heard: Heard, place: str, day: date) -> Standing | None:
    """Return the state of a place on a day with names, None where it has none."""
    held = heard.state(desk, place, day)
    if held is None:
        return None
    state = held.state
    holders = tuple(party(desk, actor, day) for actor in state.holders)
    around = tuple(party(desk, actor, day) for actor in state.encircled_by)
    region = place_of(desk, held.inherited_from) if held.inherited_from else None
    return Standing(place_of(desk, place), state, holders, around, _is_pale(desk, state), region)


def _is_pale(desk: Desk, state: State) -> bool:
    return Flag.BASELINE in state.flags and all(claim.statement.rule == BASELINE_RULE for claim in desk.named(state.supporting))


def _by_name(row: Standing) -> tuple[str, str]:
    return row.place.name.casefold(), row.place.id
