"""A map of some day as claims of the source whose map it is: read, checked row by row, kept, listed and taken back.

Each day of a file becomes one report of the named source, with one claim of control a row under the rule `baseline`: in
fusion it weighs nothing, so that any account of an event ends it. Nothing kept is ever deleted: a newer map of the same
source and day takes the place of the older one, and what is removed stays for audit.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from whoholds.errors import BadRecordError, UsageError
from whoholds.fuse.accounts import BASELINE_RULE
from whoholds.identity import report_id, with_claim_ids, with_statement_id
from whoholds.ingest.canonical import CANONICALISER, canonicalise
from whoholds.locate.countries import codes_of
from whoholds.locate.names import strict_key
from whoholds.model import (
    Attribution,
    Claim,
    DateRange,
    Extracted,
    Extraction,
    Mention,
    Place,
    Reading,
    Report,
    Resolution,
    Span,
    Statement,
)
from whoholds.ports import ClaimFilter, Outcome, Store
from whoholds.queries.baseline_files import MOST_TOLD, GivenRow, ReadRows
from whoholds.queries.places import PlaceBook
from whoholds.registry.lookup import Registry
from whoholds.taxonomy import Certainty, Feature, GeoPrecision, Kind, Manner, Role, Stance

VERSION, REMOVED = "baseline-1", "baseline-removed"
"""What stands as the version of an extraction: of a map as imported, and of one that was taken back."""

_DRAWN = (Feature.SETTLEMENT, Feature.REGION, Feature.DISTRICT)


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row of which place and war are known."""

    given: GivenRow
    place: Place
    conflict: str | None


@dataclass(frozen=True, slots=True)
class Baseline:
    """A map that a store holds: whose, of which day, its report's id and how many places it has."""

    source: str
    day: date
    report: str
    places: int


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: the maps kept, those that were there already, and those whose place they took."""

    kept: tuple[Baseline, ...]
    known: int
    replaced: tuple[Baseline, ...]


class Baselines:
    """The maps of a store."""

    def __init__(self, store: Store, places: PlaceBook, registry: Registry) -> None:
        """Take the store, the places that rows may name, and the registry that knows their holders."""
        self._store, self._places, self._registry = store, places, registry

    def add(self, given: ReadRows, source: str) -> Imported:
        """Keep the rows of a file as the map of `source`, all or none; where the file has wrong rows, none.

        Raises:
            BadRecordError: when a row names no place or holder that is known, or a place twice; the message lists the lines.
            UsageError: when `source` is empty.
        """
        name = " ".join(canonicalise(source).split())
        if not name:
            raise UsageError("--source: name whose map this is, as in --source 'Desk map'")
        placed = self._placed(given)
        readings = [_reading(name, day, conflict, group) for (day, conflict), group in _by_report(placed).items()]
        earlier = [each for each in self.listed(name) if each.day in {row.given.day for row in placed}]
        new = {reading.report.id for reading in readings}
        replaced = tuple(each for each in earlier if each.report not in new)
        outcomes = self._store.record_all([*readings, *(self._emptied(each) for each in replaced)])
        known = sum(outcome.outcome is Outcome.KNOWN for outcome in outcomes[: len(readings)])
        return Imported(tuple(_told(reading) for reading in readings), known, replaced)

    def listed(self, source: str | None = None) -> tuple[Baseline, ...]:
        """Return the maps that stand, of one source or of all, by source and day."""
        counted: dict[str, Baseline] = {}
        for claim in self._store.claims(ClaimFilter(source=source, kinds=frozenset((Kind.CONTROL,)))):
            report = claim.report
            if claim.statement.rule == BASELINE_RULE and report.published is not None:
                before = counted[report.id].places if report.id in counted else 0
                counted[report.id] = Baseline(report.publisher or "", report.published, report.id, before + 1)
        return tuple(sorted(counted.values(), key=lambda each: (each.source, each.day, each.report)))

    def remove(self, source: str, day: date | None = None) -> tuple[Baseline, ...]:
        """Take the maps of a source back (of one day, where it is given), and return them.

        Raises:
            UsageError: when there is none.
        """
        gone = tuple(each for each in self.listed(source) if day in (None, each.day))
        if not gone:
            when = f" of {day}" if day else ""
            message = f"--remove {source!r}: no baseline{when} of that source; `whoholds baseline --list` shows what there is"
            raise UsageError(message)
        self._store.record_all([self._emptied(each) for each in gone])
        return gone

    def _emptied(self, baseline: Baseline) -> Reading:
        report = self._store.report(baseline.report)
        assert report is not None  # noqa: S101  its claims have just been read
        return Reading(report, Extracted(_extraction(report.id, REMOVED), (), ()), {}, {})

    def _placed(self, given: ReadRows) -> list[PlacedRow]:
        placed: list[PlacedRow] = []
        wrong = list(given.wrong)
        seen: dict[tuple[str, date], str] = {}
        for row in given.rows:
            try:
                one = self._place_of(row)
                _refuse_twice(one, seen)
                placed.append(one)
            except BadRecordError as error:
                wrong.append(str(error))
        _refuse(sorted(wrong, key=_turn))
        return placed

    def _place_of(self, row: GivenRow) -> PlacedRow:
        place = self._places.get(row.place) or self._found(row)
        if place.feature not in _DRAWN:
            message = (
                f"{row.where}: {place.name} is a {place.feature.value}; a baseline tells of settlements and regions: name its settlement"
            )
            raise BadRecordError(message)
        conflict = self._registry.conflict_for(codes_of([place]), row.day)
        if conflict is not None and self._registry.actor_named(row.holder, conflict.id, row.day) is None:
            message = (
                f"{row.where}: {row.holder!r} is no force or body of the {conflict.name} that the registry knows; "
                "write a name of it, such as those in the registry's file of that war"
            )
            raise BadRecordError(message)
        return PlacedRow(row, place, conflict.id if conflict else None)

    def _found(self, row: GivenRow) -> Place:
        """Return the place of a name: one that is called so, whatever the spelling, never one that merely resembles it."""
        near = [place for place in self._places.find(row.place) if row.country is None or _lies_in(place, row.country)]
        called = strict_key(row.place)
        found = next((place for place in near if called in {strict_key(name) for name in (place.name, *place.names)}), None)
        if found is None:
            where = f" in {row.country}" if row.country else ""
            nearest = f"; the nearest is {near[0].name} ({near[0].id})" if near else ""
            message = (
                f"{row.where}: no place {row.place!r}{where} is known{nearest}; correct it, or give an id (`whoholds locate` shows them)"
            )
            raise BadRecordError(message)
        return found


def _turn(said: str) -> int:
    """Return the number in the words that a message begins with ("line 7: …")."""
    return int(said.split(":", 1)[0].rsplit(maxsplit=1)[-1])


def _refuse(wrong: Sequence[str]) -> None:
    """Refuse a file as a whole where rows are wrong."""
    if wrong:
        more = f"; and {len(wrong) - MOST_TOLD} more" if len(wrong) > MOST_TOLD else ""
        count = "1 row" if len(wrong) == 1 else f"{len(wrong)} rows"
        message = f"nothing was imported, {count} cannot be used: {'; '.join(wrong[:MOST_TOLD])}{more}"
        raise BadRecordError(message)


def _lies_in(place: Place, country: str) -> bool:
    wanted = country.casefold()
    return wanted in {code.casefold() for code in codes_of([place])} or (bool(place.admin) and place.admin[0].casefold() == wanted)


def _refuse_twice(row: PlacedRow, seen: dict[tuple[str, date], str]) -> None:
    key = (row.place.id, row.given.day)
    if key in seen:
        message = f"{row.given.where}: {row.place.name} ({row.place.id}) stands on {seen[key]} already; leave one out"
        raise BadRecordError(message)
    seen[key] = row.given.where


def _by_report(placed: Iterable[PlacedRow]) -> Mapping[tuple[date, str | None], list[PlacedRow]]:
    groups: dict[tuple[date, str | None], list[PlacedRow]] = defaultdict(list)
    for row in placed:
        groups[row.given.day, row.conflict].append(row)
    return groups


def _told(reading: Reading) -> Baseline:
    report = reading.report
    assert report.published is not None  # noqa: S101  made with its day
    return Baseline(report.publisher or "", report.published, report.id, len(reading.extracted.claims))


def _extraction(report: str, version: str) -> Extraction:
    return Extraction(report, version, "none", "none", datetime.now(UTC))


def _reading(source: str, day: date, conflict: str | None, rows: Sequence[PlacedRow]) -> Reading:
    title = f"Baseline of {source}, {day.isoformat()}"
    lines = [_line(row) for row in rows]
    text = "\n".join([title, *lines])
    report = Report(
        id=report_id(text, source, day, None),
        origin_id=None,
        publisher=source,
        title=title,
        text=text,
        url=None,
        published=day,
        published_at=None,
        language="en",
        conflict=conflict,
        raw_sha256=hashlib.sha256(text.encode()).hexdigest(),
        canonicaliser=CANONICALISER,
        body=len(title) + 1,
    )
    pairs = [_claim(report, start, line, row) for (start, line), row in zip(_starts(lines, report.body), rows, strict=True)]
    resolutions = {
        claim.id: _resolution(claim.toponym, row.place) for (_, claim), row in zip(pairs, rows, strict=True) if claim.toponym is not None
    }
    extracted = Extracted(_extraction(report.id, VERSION), tuple(statement for statement, _ in pairs), tuple(claim for _, claim in pairs))
    return Reading(report, extracted, resolutions, {})


def _line(row: PlacedRow) -> str:
    given = row.given
    cited = f" ({given.citation})" if given.citation else ""
    return f"{given.holder} holds {given.place}.{cited}"


def _starts(lines: Iterable[str], start: int) -> Iterator[tuple[int, str]]:
    for line in lines:
        yield start, line
        start += len(line) + 1


def _claim(report: Report, start: int, line: str, row: PlacedRow) -> tuple[Statement, Claim]:
    given = row.given
    holds = start + len(given.holder) + 1
    place = holds + len("holds ")
    actor, toponym = _mention(report, start, given.holder), _mention(report, place, given.place)
    source = Mention(report.id, 0, 0, "", report.publisher or "", None)
    statement = with_statement_id(
        Statement(
            id="",
            report=report.id,
            evidence=Span(start, start + len(line)),
            predicate=Span(holds, holds + len("holds")),
            cue=None,
            kind=Kind.CONTROL,
            stance=Stance.ASSERTS,
            certainty=Certainty.CERTAIN,
            actor=actor,
            target=None,
            attribution=Attribution(source, (), report.publisher, Role.UNKNOWN, own_voice=True),
            event_date=DateRange(given.day, given.day),
            manner=Manner.UNSTATED,
            rule=BASELINE_RULE,
        )
    )
    return statement, with_claim_ids(Claim("", "", statement.id, toponym), statement)


def _mention(report: Report, start: int, words: str) -> Mention:
    span = Span(start, start + len(words))
    return Mention(report.id, span.start, span.end, words, words, span)


def _resolution(toponym: Mention, place: Place) -> Resolution:
    precision = GeoPrecision.SETTLEMENT if place.feature is Feature.SETTLEMENT else GeoPrecision.REGION
    return Resolution(toponym, place, 1.0, precision, None, "baseline", (), VERSION, datetime.now(UTC))
