"""Recording: a reading becomes rows, whole or not at all; one that is kept already changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Connection, Table, func, insert, select, update

from whoholds.model import Claim, Place, Reading, Report, Statement
from whoholds.ports import Outcome, Recorded, Rules
from whoholds.store import rows
from whoholds.store.codec import Columns, microseconds, place_columns
from whoholds.store.dialects import Flavour, index_words
from whoholds.store.marks import advance, mark_dirty
from whoholds.store.reviews import reviewed_claims, sorted_reviews
from whoholds.store.rows import Key
from whoholds.store.tables import checks, claims, extractions, places, reports, resolutions, runners_up, statements

_CHUNK = 500
"""Keys asked for in one query: well below what either database takes."""

_INSERTED = (reports, extractions, statements, claims, resolutions, runners_up, checks)
"""In this order, so that every row finds the row that it refers to."""


@dataclass(frozen=True, slots=True)
class Known:
    """A report that is kept, and its active extraction."""

    report: Key
    extraction: Key
    rules: Rules


@dataclass(slots=True)
class Writer:
    """Collects the rows of readings in one transaction; `finish` writes them."""

    connection: Connection
    flavour: Flavour
    now: int = field(default_factory=lambda: microseconds(datetime.now(UTC)))
    waiting: dict[str, list[Columns]] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    numbers: dict[str, Key] = field(default_factory=dict)
    met: dict[str, Known] = field(default_factory=dict)

    def record(self, reading: Reading, gazetteer: str, signature: bytes) -> Recorded:
        """Take a reading in, unless it is kept already."""
        report, rules = reading.report, rows.rules_of(reading, gazetteer)
        known = self.met.get(report.id) or self._kept(report.id)
        if known and known.rules == rules:
            return Recorded(report.id, Outcome.KNOWN)
        outcome = Recorded(report.id, Outcome.NEW)
        if known is None:
            key = self._next(reports)
            self._add(reports, rows.report_columns(key, report, signature, self.now))
        else:
            key = known.report
            outcome = self._superseded(known, reading)
        self.met[report.id] = Known(key, self._extraction(key, reading, rules), rules)
        return outcome

    def finish(self) -> None:
        """Write what was taken in, and mark the places of it dirty."""
        for table in _INSERTED:
            self._flush(table)
        self._put_places()
        if self.touched or self.met:
            mark_dirty(self.connection, self.touched, advance(self.connection))

    def _kept(self, report_id: str) -> Known | None:
        wanted = (
            select(reports.c.number, extractions)
            .join(extractions, (extractions.c.report == reports.c.number) & extractions.c.superseded_at.is_(None))
            .where(reports.c.id == report_id)
        )
        row = self.connection.execute(wanted).mappings().first()
        if row is None:
            return None
        rules = Rules(row[extractions.c.version], row[extractions.c.lexicon_hash], row[extractions.c.model], row[extractions.c.gazetteer])
        return Known(row[reports.c.number], row[extractions.c.number], rules)

    def _superseded(self, known: Known, reading: Reading) -> Recorded:
        """End the reading that is active, and tell what becomes of the reviews of its claims."""
        self._flush_all()
        read_before = reviewed_claims(self.connection, known.extraction)
        old = self.connection.execute(select(claims.c.place).distinct().where(claims.c.extraction == known.extraction))
        self.touched.update(place for place in old.scalars() if place is not None)
        for table in (extractions, claims):
            column = table.c.number if table is extractions else table.c.extraction
            self.connection.execute(update(table).where(column == known.extraction).values(superseded_at=self.now))
        return sorted_reviews(reading, read_before)

    def _extraction(self, report: Key, reading: Reading, rules: Rules) -> Key:
        key = self._next(extractions)
        extracted = reading.extracted
        self._add(extractions, rows.extraction_columns(key, report, rules, extracted.extraction.recorded_at, self.now))
        toponyms: dict[str, list[Claim]] = {}
        for claim in extracted.claims:
            toponyms.setdefault(claim.statement, []).append(claim)
        keys: dict[str, tuple[Key, Statement]] = {}
        for position, statement in enumerate(extracted.statements):
            named = [claim.toponym for claim in toponyms.get(statement.id, ()) if claim.toponym]
            columns = rows.statement_columns(statement, statement.evidence.of(reading.report.text), named)
            number = self._next(statements)
            self._add(statements, {"number": number, "extraction": key, "position": position, **columns})
            keys.setdefault(statement.id, (number, statement))
        for position, claim in enumerate(extracted.claims):
            statement_key, statement = keys[claim.statement]
            owners: Columns = {"statement": statement_key, "extraction": key, "report": report, "position": position}
            self._claim(reading, claim, statement, owners)
        return key

    def _claim(self, reading: Reading, claim: Claim, statement: Statement, owners: Columns) -> None:
        number, resolution, check = self._next(claims), reading.resolutions.get(claim.id), reading.checks.get(claim.id)
        asked = rows.filter_columns(statement, reading.report, resolution)
        recorded: Columns = {"number": number, "recorded_at": self.now, "superseded_at": None}
        self._add(claims, {**recorded, **owners, **rows.claim_columns(claim), **asked})
        if resolution:
            self._add(resolutions, rows.resolution_columns(number, resolution))
            for columns in rows.runner_up_columns(number, resolution):
                self._add(runners_up, columns)
        if check:
            self._add(checks, rows.check_columns(number, check))
        self.places |= {place.id: place for place in places_of(reading, claim)}
        if resolution and resolution.place:
            self.touched.add(resolution.place.id)

    def _next(self, table: Table) -> Key:
        """Return the next number of a table: in this transaction nobody else gives any out."""
        if table.name not in self.numbers:
            self.numbers[table.name] = self.connection.scalar(select(func.max(table.c.number))) or 0
        self.numbers[table.name] += 1
        return self.numbers[table.name]

    def _add(self, table: Table, columns: Columns) -> None:
        self.waiting.setdefault(table.name, []).append(columns)

    def _flush_all(self) -> None:
        for table in _INSERTED:
            self._flush(table)

    def _flush(self, table: Table) -> None:
        if waiting := self.waiting.pop(table.name, None):
            self.connection.execute(insert(table), waiting)
            if table is statements:
                index_words(self.flavour, self.connection, [(_key(row), str(row["words"])) for row in waiting])

    def _put_places(self) -> None:
        """Keep each place as the gazetteer has it now."""
        kept = {place["id"]: place for place in _places_kept(self.connection, self.places)}
        for place in self.places.values():
            columns = place_columns(place)
            if place.id not in kept:
                self._add(places, columns)
            elif kept[place.id] != columns:
                self.connection.execute(update(places).where(places.c.id == place.id).values(**columns))
        self._flush(places)


def places_of(reading: Reading, claim: Claim) -> Iterator[Place]:
    """Yield every place that the reading of a claim speaks of."""
    resolution, check = reading.resolutions.get(claim.id), reading.checks.get(claim.id)
    if resolution:
        if resolution.place:
            yield resolution.place
        yield from (other.place for other in resolution.runners_up)
    if check:
        yield from (place for place in (check.start, check.reference) if place)


def previous_version(connection: Connection, report: Report) -> str | None:
    """Return the id of the newest other report of the same publisher and address."""
    if report.url is None:
        return None
    same = (reports.c.url == report.url) & (reports.c.publisher.is_not_distinct_from(report.publisher)) & (reports.c.id != report.id)
    return connection.scalar(select(reports.c.id).where(same).order_by(reports.c.number.desc()).limit(1))


def _places_kept(connection: Connection, wanted: Iterable[str]) -> Iterator[Columns]:
    ids = sorted(wanted)
    for start in range(0, len(ids), _CHUNK):
        found = connection.execute(select(places).where(places.c.id.in_(ids[start : start + _CHUNK])))
        yield from (dict(row) for row in found.mappings())


def _key(columns: Columns) -> Key:
    number = columns["number"]
    assert isinstance(number, int)  # noqa: S101  every row has one
    return number
