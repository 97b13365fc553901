"""Rows as the model has them: reports, statements, claims, readings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
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
    return None if row is None else _report(row)


def _report(row: AnyRow) -> Report:
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


def readings_of(connection: Connection, report_ids: Iterable[str]) -> Iterator[Reading]:
    """Yield the active readings of reports, in the order of recording; as many queries for some hundred reports as for one."""
    ids = sorted(set(report_ids))
    for start in range(0, len(ids), _CHUNK):
        wanted = (
            select(extractions, *REPORT, reports.c.id.label("report_id"))
            .join(reports, extractions.c.report == reports.c.number)
            .where(reports.c.id.in_(ids[start : start + _CHUNK]), extractions.c.superseded_at.is_(None))
            .order_by(reports.c.number)
        )
        made = {row[0]: row for row in connection.execute(wanted)}
        yield from _together(connection, made)


def _together(connection: Connection, made: Mapping[int, AnyRow]) -> Iterator[Reading]:
    """Yield the readings of extractions that are given by their number, each with its report."""
    said: dict[int, dict[int, Statement]] = {number: {} for number in made}
    of_it = select(statements.c.extraction, statements.c.number, *STATEMENT).where(statements.c.extraction.in_(list(made)))
    for row in connection.execute(of_it.order_by(statements.c.extraction, statements.c.position)):
        said[row[0]][row[1]] = statement(row[2:], made[row[0]].report_id)
    found: dict[int, dict[int, Claim]] = {number: {} for number in made}
    about = select(claims.c.extraction, claims.c.number, claims.c.statement, *CLAIM).where(claims.c.extraction.in_(list(made)))
    for row in connection.execute(about.order_by(claims.c.extraction, claims.c.position)):
        found[row[0]][row[1]] = claim(row[3:], made[row[0]].report_id, said[row[0]][row[2]].id)
    placed, checked = _resolutions(connection, made), _checks(connection, made)
    for number, row in made.items():
        extraction = Extraction(row.report_id, row.version, row.lexicon_hash, row.model, codec.instant(row.made_at))
        extracted = Extracted(extraction, tuple(said[number].values()), tuple(found[number].values()))
        resolutions_of = {found[number][claim_number].id: of for claim_number, of in placed.get(number, {}).items()}
        checks_of = {found[number][claim_number].id: of for claim_number, of in checked.get(number, {}).items()}
        checks_of = {identity: replace(check, claim=identity) for identity, check in checks_of.items()}
        yield Reading(_report(row), extracted, resolutions_of, checks_of)


def places_of(connection: Connection, place_ids: Iterable[str]) -> Mapping[str, Place]:
    """Return those of the places that are kept, by id."""
    ids = sorted(set(place_ids))
    chunks = (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))
    rows = (row for chunk in chunks for row in connection.execute(select(places).where(places.c.id.in_(chunk))))
    return {row.id: codec.place(tuple(row)) for row in rows}


def _resolutions(connection: Connection, made: Mapping[int, AnyRow]) -> Mapping[int, dict[int, Resolution]]:
    """Return the resolutions of extractions, by the numbers of extraction and claim."""
    ours = claims.c.extraction.in_(list(made))
    others: dict[int, list[AnyRow]] = {}
    beside = select(runners_up).join(claims, claims.c.number == runners_up.c.claim).where(ours)
    for row in connection.execute(beside.order_by(runners_up.c.claim, runners_up.c.position)):
        others.setdefault(row.claim, []).append(row)
    wanted = select(resolutions, claims.c.extraction).join(claims, claims.c.number == resolutions.c.claim).where(ours)
    chosen = list(connection.execute(wanted.order_by(resolutions.c.claim)))
    named = {row.place for row in chosen if row.place} | {row.place for rows in others.values() for row in rows}
    known = places_of(connection, named)
    found: dict[int, dict[int, Resolution]] = {}
    for row in chosen:
        found.setdefault(row.extraction, {})[row.claim] = Resolution(
            mention=codec.some_mention(made[row.extraction].report_id, row.mention),
            place=known[row.place] if row.place else None,
            score=row.score,
            geo_precision=GeoPrecision(row.geo_precision) if row.geo_precision else None,
            radius_km=row.radius_km,
            method=row.method,
            runners_up=tuple(Candidate(known[each.place], each.score, codec.unlisted(each.reasons)) for each in others.get(row.claim, ())),
            gazetteer_version=row.gazetteer_version,
            recorded_at=codec.instant(row.made_at),
        )
    return found


def _checks(connection: Connection, made: Mapping[int, AnyRow]) -> Mapping[int, dict[int, DistanceCheck]]:
    """Return the checked distances of extractions, by the numbers of extraction and claim; without the ids of their claims."""
    ours = claims.c.extraction.in_(list(made))
    rows_of = list(connection.execute(select(checks, claims.c.extraction).join(claims, claims.c.number == checks.c.claim).where(ours)))
    known = places_of(connection, {place for row in rows_of for place in (row.start, row.reference) if place})
    found: dict[int, dict[int, DistanceCheck]] = {}
    for row in rows_of:
        found.setdefault(row.extraction, {})[row.claim] = DistanceCheck(
            claim="",
            verdict=DistanceVerdict(row.verdict),
            start=known[row.start] if row.start else None,
            reference=known[row.reference] if row.reference else None,
            straight_km=row.straight_km,
            tolerance_km=row.tolerance_km,
        )
    return found
