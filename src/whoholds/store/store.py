"""The store: what `ports.Store` promises, on SQLite or PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import groupby
from operator import attrgetter
from types import TracebackType
from typing import Final, Self

from sqlalchemy import Table, func, insert, select

from whoholds.model import Failure, Link, Place, Reading, Report, Review, State, Timeline
from whoholds.ports import Box, ClaimFilter, FiledFailure, Fused, Recorded, RecordedClaim, Rules, StoreCounts
from whoholds.store import about, codec, marks, reading, states
from whoholds.store import claims as asking
from whoholds.store.dialects import Database
from whoholds.store.prepared import FastLane, Prepared, prepared
from whoholds.store.reviews import add_review, kept_reviews
from whoholds.store.tables import claims, dirty, extractions, failures, places, reports, reviews
from whoholds.store.tables import states as states_table
from whoholds.store.writing import Writer, previous_version
from whoholds.taxonomy import Stance

_CHUNK: Final = 500
"""Keys asked for in one query: well below what either database takes."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """The queries that must cost next to nothing."""

    state: Prepared
    timeline: Prepared
    last_review: Prepared


@dataclass(slots=True)
class SqlStore:
    """A store in a database that is open; close it, or use it in a `with`. Threads may share it."""

    database: Database
    _lane: FastLane = field(init=False)
    _asked: _Asked = field(init=False)
    _reviews: tuple[int | None, list[Review]] = field(default_factory=lambda: (None, []))

    def __post_init__(self) -> None:
        """Compile the queries that are asked most."""
        self._lane = FastLane(self.database)
        place = {"place": "", "view": ""}
        self._asked = _Asked(
            prepared(self.database, states.state_query(), {**place, "day": 0}),
            prepared(self.database, states.timeline_query(), place),
            prepared(self.database, select(func.max(reviews.c.number)), {}),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._lane.close()
        self.database.close()

    def record(self, reading: Reading, *, gazetteer: str = "", signature: bytes = b"") -> Recorded:
        """Keep a reading, see `ports.Recorder`."""
        with self.database.writing() as connection:
            writer = Writer(connection, self.database.flavour)
            outcome = writer.record(reading, gazetteer, signature)
            writer.finish()
        return outcome

    def record_all(self, readings: Iterable[Reading]) -> Sequence[Recorded]:
        """Keep many readings, all or none."""
        with self.database.writing() as connection:
            writer = Writer(connection, self.database.flavour)
            outcomes = [writer.record(each, "", b"") for each in readings]
            writer.finish()
        return outcomes

    def file(self, failure: Failure) -> None:
        """Keep a failure; the same one again says only when it was filed last."""
        said = {"report": codec.clean(failure.report), "stage": failure.stage, "error": codec.clean(failure.error)}
        same = [failures.c[name] == value for name, value in said.items()]
        with self.database.writing() as connection:
            now = codec.microseconds(datetime.now(UTC))
            if connection.execute(failures.update().where(*same).values(recorded_at=now)).rowcount:
                return
            number = (connection.scalar(select(func.max(failures.c.number))) or 0) + 1
            connection.execute(insert(failures).values(number=number, recorded_at=now, **said))

    def review(self, review: Review) -> None:
        """Keep an analyst's decision."""
        with self.database.writing() as connection:
            add_review(connection, review, codec.microseconds(datetime.now(UTC)))

    def put_timelines(self, fused: Iterable[Fused], generation: int) -> None:
        """Replace the states and links of places."""
        with self.database.writing() as connection:
            states.put(connection, fused, generation)

    def read_with(self, report_id: str) -> Rules | None:
        """Return the rules that the active reading of a report was made with."""
        with self.database.reading() as connection:
            row = reading.active_extraction(connection, report_id)
        return reading.rules_in(row) if row else None

    def earlier(self, report: Report) -> str | None:
        """Return the newest other report of the same publisher and address."""
        with self.database.reading() as connection:
            return previous_version(connection, report)

    def report(self, report_id: str) -> Report | None:
        """Return a report with its text."""
        with self.database.reading() as connection:
            return reading.report_of(connection, report_id)

    def reading(self, report_id: str) -> Reading | None:
        """Return the active reading of a report."""
        return self.readings([report_id]).get(report_id)

    def readings(self, report_ids: Iterable[str]) -> Mapping[str, Reading]:
        """Return the active readings of those of the reports that are kept, by id, in the order of recording."""
        with self.database.reading() as connection:
            return {found.report.id: found for found in reading.readings_of(connection, report_ids)}

    def report_ids(self) -> Sequence[str]:
        """Return the ids of all reports, in the order of recording."""
        with self.database.reading() as connection:
            return list(connection.execute(select(reports.c.id).order_by(reports.c.number)).scalars())

    def place(self, place_id: str) -> Place | None:
        """Return a place that some claim points at."""
        return self.places([place_id]).get(place_id)

    def places(self, place_ids: Iterable[str]) -> Mapping[str, Place]:
        """Return those of the places that are kept, by id."""
        with self.database.reading() as connection:
            return reading.places_of(connection, place_ids)

    def claimed_places(self, conflict: str | None = None, later_than: date | None = None) -> Sequence[str]:
        """Return the ids of all places that active claims point at; those of one war, or told of after a day, alone."""
        with self.database.reading() as connection:
            return list(connection.execute(about.places_query(conflict, later_than)).scalars())

    def last_published(self, until: date, conflict: str | None = None) -> Mapping[str, date]:
        """Return for each place when it was last reported on up to a day, by an active claim that is of no imported map."""
        with self.database.reading() as connection:
            return {place: date.fromordinal(day) for place, day in connection.execute(about.last_query(until, conflict))}

    def denied(self, place_ids: Iterable[str]) -> frozenset[str]:
        """Return those of the places of which anything was ever denied."""
        denials = select(claims.c.place).where(claims.c.stance == Stance.DENIES.value).distinct()
        with self.database.reading() as connection:
            found = [connection.execute(denials.where(claims.c.place.in_(part))).scalars() for part in _parts(sorted(set(place_ids)))]
            return frozenset(place for places in found for place in places)

    def claims(self, wanted: ClaimFilter) -> Iterator[RecordedClaim]:
        """Yield the claims that satisfy `wanted`."""
        yield from asking.found(self._lane, wanted)

    def claims_at(self, place_ids: Iterable[str], as_of: datetime | None = None) -> Iterator[RecordedClaim]:
        """Yield the claims about these places, in the order of recording."""
        ids = sorted(set(place_ids))
        with self.database.reading() as connection:
            together = [asking.at_places(connection, part, as_of, self.database.flavour) for part in _parts(ids)]
            yield from together[0] if len(together) == 1 else sorted((each for part in together for each in part), key=_turn)

    def claims_named(self, claim_ids: Iterable[str]) -> Iterator[RecordedClaim]:
        """Yield the active claims of these ids, in the order of recording."""
        found = [each for part in _parts(sorted(set(claim_ids))) for each in asking.named(self._lane, part)]
        yield from sorted(found, key=_turn)

    def generation(self) -> int:
        """Return the count of changes to what states are made of."""
        with self.database.reading() as connection:
            return marks.generation(connection)

    def dirty(self) -> Sequence[str]:
        """Return the places whose states must be computed anew."""
        with self.database.reading() as connection:
            return list(connection.execute(select(dirty.c.place).order_by(dirty.c.place)).scalars())

    def state_on(self, place_id: str, view: str, day: date) -> State | None:
        """Return the state of one place on one day."""
        rows = self._lane.rows(self._asked.state, {"place": place_id, "view": view, "day": day.toordinal()})
        return states.state(rows[0]) if rows and not states.ended(rows[0], day) else None

    def states(self, place_id: str, view: str) -> Timeline:
        """Return the timeline of a place in a view."""
        rows = self._lane.rows(self._asked.timeline, {"place": place_id, "view": view})
        return Timeline(place_id, view, tuple(map(states.state, rows)))

    def timelines(self, view: str) -> Iterator[Timeline]:
        """Yield the timeline of every place that has states in a view."""
        with self.database.reading() as connection, asking.streamed(connection, states.view_query(view)) as rows:
            for place, of_it in groupby(map(states.state, rows), key=attrgetter("place")):
                yield Timeline(place, view, tuple(of_it))

    def views(self, place_id: str) -> Sequence[str]:
        """Return the views that have states of a place."""
        wanted = select(states_table.c.view).where(states_table.c.place == place_id).distinct().order_by(states_table.c.view)
        with self.database.reading() as connection:
            return list(connection.execute(wanted).scalars())

    def every_view(self) -> Sequence[str]:
        """Return the views that have states of any place."""
        with self.database.reading() as connection:
            return list(connection.execute(select(states_table.c.view).distinct().order_by(states_table.c.view)).scalars())

    def states_on(self, day: date, view: str, box: Box | None = None) -> Iterator[State]:
        """Yield the state of every place that has one on `day` in `view`."""
        with self.database.reading() as connection, asking.streamed(connection, states.day_query(view, day, box)) as rows:
            yield from map(states.state, rows)

    def links(self, anchors: Iterable[str]) -> Sequence[Link]:
        """Return the links from or to the claims of these anchors."""
        with self.database.reading() as connection:
            return list(states.links_of(connection, anchors))

    def reviews(self, anchor: str | None = None) -> Sequence[Review]:
        """Return the reviews of a claim's anchor, or all; these are read again only where there are new ones."""
        if anchor is None and self._reviews[0] == (last := self._lane.rows(self._asked.last_review, {})[0][0]):
            return self._reviews[1]
        with self.database.reading() as connection:
            found = list(kept_reviews(connection, anchor))
        if anchor is None:
            self._reviews = last, found
        return found

    def failures(self) -> Sequence[FiledFailure]:
        """Return the failures filed, oldest first."""
        wanted = select(failures).where(failures.c.number > 0).order_by(failures.c.number)
        with self.database.reading() as connection:
            rows = connection.execute(wanted).all()
        return [FiledFailure(Failure(row.report, row.stage, row.error), codec.instant(row.recorded_at)) for row in rows]

    def counts(self) -> StoreCounts:
        """Return how much is kept."""
        active = {extractions: extractions.c.superseded_at.is_(None), claims: claims.c.superseded_at.is_(None)}
        with self.database.reading() as connection:

            def count(table: Table) -> int:
                query = select(func.count()).select_from(table)
                return connection.scalar(query.where(active[table]) if table in active else query) or 0

            tables = (reports, extractions, claims, places, reviews, failures, states_table, dirty)
            return StoreCounts(*map(count, tables))


def _parts(ids: Sequence[str]) -> list[Sequence[str]]:
    return [ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK)]


def _turn(claim: RecordedClaim) -> int:
    return claim.number
