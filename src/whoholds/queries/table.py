"""The table of control: the state of every place on a day, in one pass over the claims of a war."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from whoholds.errors import UsageError
from whoholds.fuse.accounts import BASELINE_RULE, Account
from whoholds.fuse.regions import state_on
from whoholds.fuse.rules import Flag
from whoholds.fuse.views import FUSED, View
from whoholds.model import State, Timeline
from whoholds.ports import ClaimFilter, RecordedClaim
from whoholds.queries.cited import Party, Where, party, place_of
from whoholds.queries.desk import Desk


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of a place on a day, with names; `pale` where nothing but an imported map tells it."""

    place: Where
    state: State
    holders: tuple[Party, ...]
    encircled_by: tuple[Party, ...]
    pale: bool


@dataclass(frozen=True, slots=True)
class Table:
    """Who held what on a day, as it could be known on `known_by`; by name of place."""

    day: date
    known_by: date
    conflict: str | None
    view: str
    rows: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """All that a war's reports say up to a day: the claims by id, their accounts, and a timeline for each place."""

    conflict: str | None
    claims: Mapping[str, RecordedClaim]
    accounts: tuple[Account, ...]
    timelines: Mapping[str, Timeline]


def table(desk: Desk, day: date, conflict: str | None = None, view: View = FUSED, known_by: date | None = None) -> Table:
    """Return the state of every place that has one on `day`, in one war or in all, as known on that day or on `known_by`.

    Raises:
        UsageError: when there is no such war in the registry.
    """
    known = known_by or day
    heard = hear(desk, known, conflict, view)
    rows = (standing(desk, heard, place, day) for place in heard.timelines)
    return Table(day, known, conflict, view.name, tuple(sorted(filter(None, rows), key=_by_name)))


def hear(desk: Desk, known_by: date, conflict: str | None, view: View = FUSED) -> Heard:
    """Return what the reports of a war, or of all, say up to a day.

    Raises:
        UsageError: when there is no such war in the registry.
    """
    check_conflict(desk, conflict)
    told = list(desk.told(desk.store.claims(ClaimFilter(conflict=conflict, known_by=known_by))))
    accounts = tuple(desk.joiner.accounts(told))
    timelines = {timeline.place: timeline for timeline in desk.fusion.timelines(accounts, view)}
    return Heard(conflict, {each.claim.id: each for each in told}, accounts, timelines)


def check_conflict(desk: Desk, conflict: str | None) -> None:
    """Refuse a war that the registry does not know.

    Raises:
        UsageError: when there is none of that id.
    """
    if conflict is not None and conflict not in desk.registry.conflicts:
        message = f"--conflict {conflict!r}: no such war; there are {', '.join(sorted(desk.registry.conflicts))}"
        raise UsageError(message)


def standing(desk: Desk, heard: Heard, place: str, day: date) -> Standing | None:
    """Return the state of a place on a day with names, None where it has none."""
    state = state_on(heard.timelines[place], day) if place in heard.timelines else None
    if state is None:
        return None
    holders = tuple(party(desk, actor, day) for actor in state.holders)
    around = tuple(party(desk, actor, day) for actor in state.encircled_by)
    return Standing(place_of(desk, place), state, holders, around, _is_pale(state, heard.claims))


def _is_pale(state: State, claims: Mapping[str, RecordedClaim]) -> bool:
    return Flag.BASELINE in state.flags and all(_of_map(claims, state.supporting))


def _of_map(claims: Mapping[str, RecordedClaim], ids: Iterable[str]) -> Iterable[bool]:
    return (claims[claim].statement.rule == BASELINE_RULE for claim in ids if claim in claims)


def _by_name(row: Standing) -> tuple[str, str]:
    return row.place.name.casefold(), row.place.id
