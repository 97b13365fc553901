"""Timelines in the shape of VIINA's table of control: a place, a day, and what each view says of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from whoholds.export.cells import Cell, csv_lines
from whoholds.model import State, Timeline
from whoholds.taxonomy import Holding

FUSED = "fused"
"""The view that stands in the last column, `status`."""

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PlaceTimelines:
    """All that is told of one place: a timeline for each view that spoke of it."""

    place: str
    timelines: tuple[Timeline, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days that are written: `first` (None: from the first day that is known of a place) to `last`; every day, or only changes."""

    first: date | None
    last: date
    every_day: bool = False


def viina_lines(places: Iterable[PlaceTimelines], views: Sequence[str], calendar: Calendar) -> Iterator[str]:
    """Yield the header and the lines of each place in order of days; `views` are the columns before the fused one.

    Without `every_day` a place has a line for each day on which one of its columns changes.
    """
    return csv_lines(viina_columns(views), (row for told in places for row in _rows(told, views, calendar)))


def viina_columns(views: Sequence[str]) -> list[str]:
    """Return the columns: geonameid, date, a status for each view but the fused one, and `status`, the fused one."""
    return ["geonameid", "date", *(status_column(view) for view in views if view != FUSED), "status"]


def status_column(view: str) -> str:
    """Return the column of a view: `status_side_syria_government`, `status_source_sohr`."""
    return "status_" + re.sub(r"\W+", "_", view)


def status(state: State | None) -> str:
    """Return a state as one word: its holders, or what there is instead of one; empty where the view has not spoken."""
    if state is None:
        return ""
    if state.holding is Holding.CONTROLLED and state.holders:
        return ";".join(state.holders)
    return state.holding.value.upper()


def _rows(told: PlaceTimelines, views: Sequence[str], calendar: Calendar) -> Iterator[list[Cell]]:
    by_view = {timeline.view: timeline.states for timeline in told.timelines}
    columns = [by_view.get(view, ()) for view in (*(view for view in views if view != FUSED), FUSED)]
    number = told.place.removeprefix("gn:")
    place: Cell = int(number) if number.isdigit() else told.place
    before: list[str] | None = None
    for day in _days(columns, calendar):
        now = [status(_on(states, day)) for states in columns]
        changed = now != before and (before is not None or any(now))
        if changed or (calendar.every_day and any(now)):
            yield [place, int(f"{day:%Y%m%d}"), *now]
        before = now


def _days(columns: Sequence[Sequence[State]], calendar: Calendar) -> list[date] | Iterator[date]:
    """Return the days to look at: all, or those on which some state begins or has just ended."""
    states = [state for column in columns for state in column]
    known = [day for state in states for day in (state.interval.first, state.interval.last) if day]
    first = calendar.first or min(known, default=None)
    if first is None:
        return []
    if calendar.every_day:
        return (first + ONE_DAY * number for number in range((calendar.last - first).days + 1))
    begun = {state.interval.first for state in states if state.interval.first}
    over = {state.interval.last + ONE_DAY for state in states if state.interval.last}
    return sorted(day for day in {first} | begun | over if first <= day <= calendar.last)


def _on(states: Sequence[State], day: date) -> State | None:
    for state in states:
        first, last = state.interval.first, state.interval.last
        if (first is None or first <= day) and (last is None or day <= last):
            return state
    return None
