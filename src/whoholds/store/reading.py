"""Rows as the model has them: reports, statements, claims, readings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from whoholds.model import (
    Attribution,
    Candidate,
    Claim,
    Distance,
    DistanceCheck,
    Extent,
    Extracted,
    Extraction,
    Place,
    Reading,
    Report,
    Resolution,
    Span,
    Statement,
)
from whoholds.ports import ReportHead, Rules
from whoholds.store import codec
from whoholds.store.tables import checks, claims, extractions, places, reports, resolutions, runners_up, statements
from whoholds.taxonomy import (
    Certainty,
    DistanceVerdict,
    ExtentKind,
    GeoPrecision,
    Kind,
    Manner,
    Relation,
    Role,
    Stance,
)

AnyRow = Row[*tuple[Any, ...]]
"""A row whose columns are asked for by name; `tables` says of what type each is."""

Values = Sequence[Any]
"""The values of a row, in the order in which its columns were asked for."""

_CHUNK: Final = 500

REPORT: Final = tuple(column for column in reports.c if column.name not in {"number", "signature", "recorded_at"})
HEAD: Final = (
    reports.c.id,
    reports.c.publisher,
    reports.c.title,
    reports.c.url,
    reports.c.published,
    reports.c.conflict,
    reports.c.recorded_at,
    reports.c.signature,
)
_KINDS: Final = {each.value: each for each in Kind}
_STANCES: Final = {each.value: each for each in Stance}
_CERTAINTIES: Final = {each.value: each for each in Certainty}
_ROLES: Final = {each.value: each for each in Role}
_MANNERS: Final = {each.value: each for each in Manner}
_RELATIONS: Final = {each.value: each for each in Relation}
_EXTENTS: Final = {each.value: each for each in ExtentKind}
# Look-ups of our own: a class of Enum takes as long for one as a row's numbers together, and a page has many rows.

_KEYS: Final = frozenset({"number", "extraction", "position"})
STATEMENT: Final = tuple(column for column in statements.c if column.name not in _KEYS | {"quote", "words"})
CLAIM: Final = (
    claims.c.id,
    claims.c.anchor,
    claims.c.toponym,
    claims.c.relation,
    claims.c.extent,
    claims.c.percent,
    claims.c.km_low,
    claims.c.km_high,
    claims.c.reference,
    claims.c.distance_as_written,
)


def head(row: Values) -> ReportHead:
    """Return the report without its text of the columns of `HEAD`."""
    identity, publisher, title, url, published, conflict, recorded_at, signature = row
    return ReportHead(identity, publisher, title, url, codec.day(published), conflict, codec.instant(recorded_at), bytes(signature))


def statement(row: Values, report: str) -> Statement:
    """Return the statement of the columns of `STATEMENT`."""
    (
        (identity, evidence_start, evidence_end, predicate_start, predicate_end, cue_start, cue_end),
        (kind, stance, certainty, actor, target, source, via, publisher, role, own_voice),
        (event_first, event_last, manner, rule, background, presupposed, euphemism),
    ) = row[:7], row[7:17], row[17:]
    return Statement(
        id=identity,
        report=report,
        evidence=Span(evidence_start, evidence_end),
        predicate=Span(predicate_start, predicate_end),
        cue=None if cue_start is None else Span(cue_start, cue_end),
        kind=_KINDS[kind],
        stance=_STANCES[stance],
        certainty=_CERTAINTIES[certainty],
        actor=codec.mention(report, actor),
        target=codec.mention(report, target),
        attribution=Attribution(
            codec.some_mention(report, source), codec.mentions(report, via), publisher, _ROLES[role], own_voice=bool(own_voice)
        ),
        event_date=codec.date_range(event_first, event_last),
        manner=_MANNERS[manner],
        rule=rule,
        background=bool(background),
        presupposed=bool(presupposed),
        euphemism=bool(euphemism),
    )


def claim(row: Values, report: str, statement_id: str) -> Claim:
    """Return the claim of the columns of `CLAIM`."""
    identity, anchor, toponym, relation, extent, percent, km_low, km_high, reference, as_written = row
    distance = None if reference is None else Distance(km_low, km_high, codec.some_mention(report, reference), as_written)
    return Claim(
        identity,
        anchor,
        statement_id,
        codec.mention(report, toponym),
        _RELATIONS[relation],
        Extent(_EXTENTS[extent], percent),
        distance,
    )


def report_of(connection: Connection, report_id: str) -> Report | None:
    """Return a report with its text."""
    row = connection.execute(select(*REPORT).where(reports.c.id == report_id)).first()
    if row is None:
        return None
    return Report(
        id=row.id,
        origin_id=row.origin_id,
        publisher=row.publisher,
        title=row.title,
        text=row.text,
        url=row.url,
        published=codec.day(row.published),
        published_at=datetime.fromisoformat(row.published_at) if row.published_at else None,
        language=row.language,
        conflict=row.conflict,
        raw_sha256=row.raw_sha256,
        canonicaliser=row.canonicaliser,
        revises=row.revises,
        body=row.body,
    )


def active_extraction(connection: Connection, report_id: str) -> AnyRow | None:
    """Return the row of the extraction of a report that is active."""
    wanted = (
        select(extractions)
        .join(reports, extractions.c.report == reports.c.number)
        .where(reports.c.id == report_id, extractions.c.superseded_at.is_(None))
    )
    return connection.execute(wanted).first()


def rules_in(row: AnyRow) -> Rules:
    """Return the rules of an extraction's row."""
    return Rules(row.version, row.lexicon_hash, row.model, row.gazetteer)


def reading_of(connection: Connection, report_id: str) -> Reading | None:
    """Return the active reading of a report."""
    report, made = report_of(connection, report_id), active_extraction(connection, report_id)
    if report is None or made is None:
        return None
    of_it = select(statements.c.number, *STATEMENT).where(statements.c.extraction == made.number).order_by(statements.c.position)
    said = {row[0]: statement(row[1:], report_id) for row in connection.execute(of_it)}
    about = select(claims.c.number, claims.c.statement, *CLAIM).where(claims.c.extraction == made.number).order_by(claims.c.position)
    found = {row[0]: claim(row[2:], report_id, said[row[1]].id) for row in connection.execute(about)}
    extraction = Extraction(report_id, made.version, made.lexicon_hash, made.model, codec.instant(made.made_at))
    extracted = Extracted(extraction, tuple(said.values()), tuple(found.values()))
    return Reading(report, extracted, _resolutions(connection, made, report_id, found), _checks(connection, made.number, found))


def places_of(connection: Connection, place_ids: Iterable[str]) -> Mapping[str, Place]:
    """Return those of the places that are kept, by id."""
    ids = sorted(set(place_ids))
    chunks = (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))
    rows = (row for chunk in chunks for row in connection.execute(select(places).where(places.c.id.in_(chunk))))
    return {row.id: codec.place(tuple(row)) for row in rows}


def _resolutions(connection: Connection, made: AnyRow, report_id: str, found: Mapping[int, Claim]) -> Mapping[str, Resolution]:
    ours = claims.c.extraction == made.number
    others: dict[int, list[AnyRow]] = {}
    beside = select(runners_up).join(claims, claims.c.number == runners_up.c.claim).where(ours)
    for row in connection.execute(beside.order_by(runners_up.c.claim, runners_up.c.position)):
        others.setdefault(row.claim, []).append(row)
    chosen = list(connection.execute(select(resolutions).join(claims, claims.c.number == resolutions.c.claim).where(ours)))
    named = {row.place for row in chosen if row.place} | {row.place for rows in others.values() for row in rows}
    known = places_of(connection, named)
    return {
        found[row.claim].id: Resolution(
            mention=codec.some_mention(report_id, row.mention),
            place=known[row.place] if row.place else None,
            score=row.score,
            geo_precision=GeoPrecision(row.geo_precision) if row.geo_precision else None,
            radius_km=row.radius_km,
            method=row.method,
            runners_up=tuple(Candidate(known[each.place], each.score, codec.unlisted(each.reasons)) for each in others.get(row.claim, ())),
            gazetteer_version=row.gazetteer_version,
            recorded_at=codec.instant(row.made_at),
        )
        for row in chosen
    }


def _checks(connection: Connection, extraction: int, found: Mapping[int, Claim]) -> Mapping[str, DistanceCheck]:
    wanted = select(checks).join(claims, claims.c.number == checks.c.claim).where(claims.c.extraction == extraction)
    made = list(connection.execute(wanted))
    known = places_of(connection, {place for row in made for place in (row.start, row.reference) if place})
    return {
        found[row.claim].id: DistanceCheck(
            claim=found[row.claim].id,
            verdict=DistanceVerdict(row.verdict),
            start=known[row.start] if row.start else None,
            reference=known[row.reference] if row.reference else None,
            straight_km=row.straight_km,
            tolerance_km=row.tolerance_km,
        )
        for row in made
    }
