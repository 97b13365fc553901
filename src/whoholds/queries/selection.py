"""What an export takes from the store: states, claims and timelines, as they may leave the desk.

Everything comes as it is read; a report's reading is kept at hand only while its claims come.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice

from whoholds.export.features import StateRow
from whoholds.export.redaction import Curtain
from whoholds.export.rows import Row, rows
from whoholds.export.viina import PlaceTimelines
from whoholds.fuse.views import FUSED, View, ViewKind
from whoholds.locate.place_index import PlaceIndex
from whoholds.model import DateRange, Place, Reading
from whoholds.ports import ClaimFilter, RecordedClaim
from whoholds.queries.desk import Desk
from whoholds.queries.reviewed import Reviewed
from whoholds.taxonomy import Feature, Verdict

AT_HAND = 512
"""Readings kept at hand: claims of one place come from many reports."""

_DRAWN = frozenset((Feature.SETTLEMENT, Feature.REGION, Feature.COUNTRY))


@dataclass(slots=True)
class Tally:
    """What an export left out or changed: claims too young to leave, or that analysts dismissed; reports whose people lost their names."""

    written: int = 0
    hidden: set[str] = field(default_factory=set)
    dismissed: set[str] = field(default_factory=set)
    undated: set[str] = field(default_factory=set)
    veiled: dict[str, int] = field(default_factory=dict)
    held_back: int = 0

    @property
    def people(self) -> int:
        """How many private persons are called residents."""
        return sum(self.veiled.values())


@dataclass(frozen=True, slots=True)
class Scope:
    """Which days (None: all) and views an export is about; `every_day` is for tables of days."""

    days: DateRange | None = None
    views: tuple[View, ...] = ()
    every_day: bool = False

    def holds(self, days: DateRange | None) -> bool:
        """Tell whether some day of `days` is wanted; what has no days is wanted only where all are."""
        if self.days is None:
            return True
        if days is None:
            return False
        wanted = self.days
        begins_in_time = wanted.last is None or days.first is None or days.first <= wanted.last
        return begins_in_time and (wanted.first is None or days.last is None or wanted.first <= days.last)


class Selection:
    """The states and claims of a desk that an export may have."""

    def __init__(self, desk: Desk, index: PlaceIndex, curtain: Curtain | None, scope: Scope) -> None:
        """Take the desk; without a curtain nothing is hidden or redacted."""
        self.desk, self.scope, self.tally = desk, scope, Tally()
        self._index, self._curtain = index, curtain
        self._readings: dict[str, Mapping[str, Row]] = {}
        self._place = lru_cache(maxsize=65_536)(self._drawn)
        self._reviewed = Reviewed.of(desk.store)

    @property
    def complete(self) -> bool:
        """Whether nothing is hidden or redacted."""
        return self._curtain is None

    def state_rows(self) -> Iterator[StateRow]:
        """Yield the states of the wanted views on the wanted days, place by place."""
        views = self.scope.views or (FUSED,)
        for told in self._timelines([view.name for view in views]):
            for timeline in told.timelines:
                for state in timeline.states:
                    if self.scope.holds(state.interval):
                        yield StateRow(timeline.view, state, self.place(told.place))

    def claim_rows(self) -> Iterator[Row]:
        """Yield the claims that speak of the wanted days, in the order of recording."""
        yield from self.rows_of(each for each in self.heard() if self.scope.holds(told_days(each)))

    def heard(self, wanted: ClaimFilter | None = None) -> Iterator[RecordedClaim]:
        """Yield the claims that analysts let stand, each at the place where it belongs; the others are counted."""
        for recorded in self.desk.store.claims(wanted or ClaimFilter()):
            stands = next(self._reviewed.applied((recorded,)), None)
            if stands is None:
                self.tally.dismissed.add(recorded.claim.id)
            else:
                yield stands

    def places(self) -> list[str]:
        """Return the ids of all places that claims are about, as located or as analysts moved them."""
        moved = {review.value for review in self._reviewed.standing.values() if review.verdict is Verdict.MOVED and review.value}
        return sorted(moved.union(self.desk.store.claimed_places()))

    def rows_of(self, claims: Iterable[RecordedClaim]) -> Iterator[Row]:
        """Yield the row of each claim that may be shown; what may not is counted."""
        yield from (row for _, row in self.with_rows(claims) if row is not None)

    def with_rows(self, claims: Iterable[RecordedClaim]) -> Iterator[tuple[RecordedClaim, Row | None]]:
        """Yield each claim with its row as it may be shown, None where it may not; readings are had some hundred at a time."""
        rest = iter(claims)
        while together := list(islice(rest, AT_HAND // 2)):
            self.have_at_hand(together)
            for recorded in together:
                yield recorded, self.row(recorded)

    def have_at_hand(self, claims: Collection[RecordedClaim]) -> None:
        """Read the reports of claims whose rows are asked for next, at once."""
        wanted = {recorded.report.id for recorded in claims}.difference(self._readings)
        if len(self._readings) + len(wanted) > AT_HAND:
            self._readings.clear()
            wanted = {recorded.report.id for recorded in claims}
        for report, reading in self.desk.store.readings(wanted).items() if wanted else ():
            self._readings[report] = {row.claim.id: self._located(row) for row in rows(self.reading(reading))}

    def row(self, recorded: RecordedClaim) -> Row | None:
        """Return a claim as it may be shown, None where it may not."""
        if recorded.report.id not in self._readings:
            self.have_at_hand((recorded,))
        row = self._readings.get(recorded.report.id, {}).get(recorded.claim.id)
        if row is None:
            return None
        if row.resolution is not None and recorded.place != (row.place.id if row.place else None):
            place = self.place(recorded.place) if recorded.place else None
            row = replace(row, resolution=replace(row.resolution, place=place))
        if self._curtain is not None and self._curtain.hides(row, recorded.report.recorded_at):
            self.tally.hidden.add(recorded.claim.id)
            return None
        return row

    def timelines(self, views: Sequence[str]) -> Iterator[PlaceTimelines]:
        """Yield the timelines of every place in these views."""
        return self._timelines([FUSED.name, *(view for view in views if view != FUSED.name)])

    def column_views(self) -> list[str]:
        """Return the views that a table of days has columns for: those asked for, else the fused one and every side."""
        if self.scope.views:
            return [view.name for view in self.scope.views]
        return [view for view in self.desk.store.every_view() if not view.startswith(f"{ViewKind.SOURCE}:")]

    def reading(self, reading: Reading) -> Reading:
        """Return a reading as it may be shown."""
        if self._curtain is None:
            return reading
        shown, people = self._curtain.redacted(reading)
        if people:
            self.tally.veiled[reading.report.id] = people
        return shown

    def holds_back(self, reading: Reading) -> bool:
        """Tell whether a whole report is too young to leave, for a claim of it that is."""
        since = reading.extracted.extraction.recorded_at
        young = self._curtain is not None and any(self._curtain.hides(row, since) for row in rows(reading))
        self.tally.held_back += young
        return young

    def place(self, place_id: str) -> Place | None:
        """Return a place as it is drawn: a facility, quarter or road at its settlement or area (DESIGN §7)."""
        return self._place(place_id)

    def _timelines(self, views: Sequence[str]) -> Iterator[PlaceTimelines]:
        for place in self.places():
            told = (self.desk.store.states(place, view) for view in views)
            spoken = tuple(timeline for timeline in told if timeline.states)
            if spoken:
                yield PlaceTimelines(place, spoken)

    def _located(self, row: Row) -> Row:
        """Return a row with its place as it is drawn."""
        if row.resolution is None or row.resolution.place is None or row.resolution.place.feature in _DRAWN:
            return row
        return replace(row, resolution=replace(row.resolution, place=self.place(row.resolution.place.id)))

    def _drawn(self, place_id: str) -> Place | None:
        place = self.desk.store.place(place_id) or self.desk.places.get(place_id)
        if place is None or place.feature in _DRAWN:
            return place
        known = self._index.by_id(place_id)
        steps = (known.settlement if known else None, *self.desk.places.ancestors(place_id))
        found = (self.desk.places.get(step) for step in steps if step)
        at = next((each for each in found if each and each.feature in _DRAWN), None)
        return at and replace(place, lat=at.lat, lon=at.lon)


def told_days(recorded: RecordedClaim) -> DateRange | None:
    """Return the days that a claim speaks of, else that of its publication."""
    published = recorded.report.published
    return recorded.statement.event_date or (DateRange(published, published) if published else None)
