"""Who holds a place on a day, in one view: the state, who denies it, and what presses on the place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from whoholds.fuse.views import FUSED, View
from whoholds.model import DistanceCheck, State
from whoholds.ports import RecordedClaim
from whoholds.queries.cited import Cited, Party, Where, cite, party, place_of, side_name, where
from whoholds.queries.desk import Desk
from whoholds.taxonomy import DistanceVerdict, Holding, Kind, LinkScope, Stance

RECENT = timedelta(days=7)
"""How long a stated distance is told as pressing on a place."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: a place (an id or a name), a day, whose account, and what was known by which day (None: all)."""

    place: str
    day: date
    view: View = FUSED
    known_by: date | None = None


@dataclass(frozen=True, slots=True)
class Denied:
    """A denial, and how the place that it was made of stands to the place asked about."""

    by: Cited
    scope: LinkScope


@dataclass(frozen=True, slots=True)
class Pressure:
    """A force at a stated distance of the place, and how the straight line compares (km)."""

    cited: Cited
    km_low: float | None
    km_high: float | None
    as_written: str
    verdict: DistanceVerdict
    start: str | None
    straight_km: float | None
    tolerance_km: float | None


@dataclass(frozen=True, slots=True)
class Who:
    """Who holds a place on a day.

    `state` is None where the view has none. `spoken` tells whether the view has spoken of the place at all, or of a region
    around it. `supporting` counts the claims that bear the state.
    """

    asked: str
    place: Where
    day: date
    view: str
    view_name: str
    known_by: date | None
    state: State | None
    inherited_from: Where | None
    spoken: bool
    holders: tuple[Party, ...] = ()
    encircled_by: tuple[Party, ...] = ()
    denials: tuple[Denied, ...] = ()
    dissent: tuple[Cited, ...] = ()
    pressure: tuple[Pressure, ...] = ()


def who(desk: Desk, asked: Asked) -> Who:
    """Return who holds a place on a day.

    Raises:
        UsageError: when nothing has the name of the place.
    """
    place = desk.place(asked.place)
    held = desk.state(place.id, asked.day, asked.view, asked.known_by)
    state = held.state if held else None
    opposing = list(_opposing(desk, state, asked.day)) if state and state.opposing else []
    unheld = state is None or state.holding is Holding.UNKNOWN
    return Who(
        asked=asked.place,
        place=where(place),
        day=asked.day,
        view=asked.view.name,
        view_name=view_name(desk, asked.view),
        known_by=asked.known_by,
        state=state,
        inherited_from=place_of(desk, held.inherited_from) if held and held.inherited_from else None,
        spoken=held is not None or bool(desk.timeline(place.id, asked.view, asked.known_by).states),
        holders=tuple(party(desk, actor, asked.day) for actor in state.holders) if state else (),
        encircled_by=tuple(party(desk, actor, asked.day) for actor in state.encircled_by) if state else (),
        denials=tuple(denials(desk, place.id, opposing)),
        dissent=tuple(cite(desk, one) for one in opposing if one.statement.stance is not Stance.DENIES),
        pressure=tuple(_pressure(desk, place.id, asked)) if unheld else (),
    )


def _opposing(desk: Desk, state: State, day: date) -> Iterator[RecordedClaim]:
    """Yield the claims against a state that speak of a day up to `day`; an imported map weighs nothing and opposes nothing."""
    for recorded in desk.named(state.opposing):
        account = desk.joiner.account(recorded)
        if account is not None and not account.baseline and account.day <= day.toordinal():
            yield recorded


def view_name(desk: Desk, view: View) -> str:
    """Return whose account a view is, by name; empty for the fused one."""
    side, source = desk.registry.sides.get(view.subject), desk.registry.sources.get(view.subject)
    return side_name(side.name) if side else source.name if source else view.subject


def denials(desk: Desk, place: str, opposing: Iterable[RecordedClaim]) -> Iterator[Denied]:
    """Yield the denials among claims that oppose a state of `place`."""
    for recorded in opposing:
        if recorded.statement.stance is Stance.DENIES:
            yield Denied(cite(desk, recorded), scope_of(desk, place, recorded.place))


def scope_of(desk: Desk, place: str, made_of: str | None) -> LinkScope:
    """Return how the place that a denial was made of stands to another."""
    if made_of is None or made_of == place:
        return LinkScope.EXACT
    return LinkScope.CONTAINS if desk.places.within(place, made_of) else LinkScope.WITHIN


def _pressure(desk: Desk, place: str, asked: Asked) -> Iterator[Pressure]:
    """Yield what is said of forces at some distance of a place that nobody is known to hold."""
    checks: dict[str, DistanceCheck] = {}
    for recorded in desk.heard([place]):
        distance, said = recorded.claim.distance, recorded.statement
        told = said.event_date.last if said.event_date and said.event_date.last else recorded.report.published
        if distance is None or said.kind not in (Kind.POSITION, Kind.ADVANCE) or told is None or said.stance is Stance.DENIES:
            continue
        known = asked.known_by is None or (recorded.report.published is not None and recorded.report.published <= asked.known_by)
        if not known or not asked.day - RECENT <= told <= asked.day:
            continue
        if recorded.claim.id not in checks:
            reading = desk.store.reading(recorded.report.id)
            checks |= dict(reading.checks) if reading else {}
        check = checks.get(recorded.claim.id)
        yield Pressure(
            cite(desk, recorded),
            distance.km_low,
            distance.km_high,
            distance.as_written,
            check.verdict if check else DistanceVerdict.UNCHECKABLE,
            check.start.name if check and check.start else None,
            check.straight_km if check else None,
            check.tolerance_km if check else None,
        )
