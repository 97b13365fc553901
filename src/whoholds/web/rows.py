"""States as rows: one place on one day, with names, as lists and exports of features give them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fastapi import Request

from whoholds.fuse.views import View
from whoholds.model import Place, State
from whoholds.ports import Box
from whoholds.queries.cited import party
from whoholds.web.service import Json, Service, page


@dataclass(frozen=True, slots=True)
class StateQuery:
    """Which states are wanted: of a day in a view, inside a box, those after a place id."""

    day: date
    view: View
    box: Box | None = None
    limit: int = 100
    after: str = ""


def found_states(service: Service, wanted: StateQuery) -> tuple[list[Json], str | None]:
    """Return a page of states with names, and the place id after which the next page begins.

    Raises:
        StoreError: when the store cannot be used.
    """
    states = service.overview.states_on(wanted.day, wanted.view.name, wanted.box, (wanted.after, wanted.limit + 1))
    rows = states[: wanted.limit]
    places = service.store.places([state.place for state in rows])
    told = [state_row(service, state, places.get(state.place), wanted) for state in rows]
    return told, rows[-1].place if len(states) > len(rows) else None


def found_state(service: Service, place_id: str, wanted: StateQuery) -> Json | None:
    """Return the state of one place on the day, None where the view has none."""
    state = service.store.state_on(place_id, wanted.view.name, wanted.day)
    return None if state is None else state_row(service, state, service.store.place(place_id), wanted)


def state_row(service: Service, state: State, place: Place | None, wanted: StateQuery) -> Json:
    """Return one state as a row of words and numbers."""
    drawn = service.shield().drawn(place) if place else None
    return {
        "id": f"{wanted.view.name}/{state.place}/{state.interval.first or '..'}",
        "place": state.place,
        "name": place.name if place else state.place,
        "feature": place.feature if place else None,
        "lat": drawn.lat if drawn else None,
        "lon": drawn.lon if drawn else None,
        "view": wanted.view.name,
        "on": wanted.day,
        "first": state.interval.first,
        "last": state.interval.last,
        "start_known": state.starts_known,
        "holding": state.holding,
        "holders": [_named(service, actor, wanted.day) for actor in state.holders],
        "agreement": state.agreement,
        "tier": state.tier,
        "encircled_by": [_named(service, actor, wanted.day) for actor in state.encircled_by],
        "flags": sorted(state.flags),
        "last_said": state.last_said,
        "supporting": len(state.supporting),
        "opposing": len(state.opposing),
    }


def _named(service: Service, actor: str, day: date) -> Json:
    found = party(service.desk, actor, day)
    return {"id": found.id, "name": found.name, "side": found.side}


def state_rows(service: Service, request: Request, wanted: StateQuery) -> Json:
    """Return a page of states."""
    rows, after = found_states(service, wanted)
    return {**page(request, list(rows), after), "on": wanted.day, "view": wanted.view.name}
