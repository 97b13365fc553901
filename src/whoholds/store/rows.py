"""A reading as rows: what of it goes into which column."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from whoholds.model import Claim, DistanceCheck, Mention, Reading, Report, Resolution, Statement
from whoholds.ports import Rules
from whoholds.store.codec import (
    Columns,
    clean,
    cleaned,
    folded,
    listed,
    mention_column,
    mentions_column,
    microseconds,
    ordinal,
    range_columns,
)

Key = int
"""A number that the store gave to a row."""


def rules_of(reading: Reading, gazetteer: str) -> Rules:
    """Return what a reading depends on; the gazetteer is that of its resolutions where it is not given."""
    made = reading.extracted.extraction
    versions = gazetteer or ",".join(sorted({found.gazetteer_version for found in reading.resolutions.values()}))
    return Rules(made.version, made.lexicon_hash, made.model, versions)


def report_columns(number: Key, report: Report, signature: bytes, now: int) -> Columns:
    """Return the row of a report."""
    return {
        "number": number,
        "id": report.id,
        "origin_id": cleaned(report.origin_id),
        "publisher": cleaned(report.publisher),
        "title": cleaned(report.title),
        "text": clean(report.text),
        "url": cleaned(report.url),
        "published": ordinal(report.published),
        "published_at": report.published_at.isoformat() if report.published_at else None,
        "language": report.language,
        "conflict": report.conflict,
        "raw_sha256": report.raw_sha256,
        "canonicaliser": report.canonicaliser,
        "revises": report.revises,
        "body": report.body,
        "signature": signature,
        "recorded_at": now,
    }


def extraction_columns(number: Key, report: Key, rules: Rules, made_at: datetime, now: int) -> Columns:
    """Return the row of an extraction, active."""
    return {
        "number": number,
        "report": report,
        "version": rules.version,
        "lexicon_hash": rules.lexicon_hash,
        "model": rules.model,
        "gazetteer": rules.gazetteer,
        "made_at": microseconds(made_at),
        "recorded_at": now,
        "superseded_at": None,
    }


def statement_columns(statement: Statement, quote: str, toponyms: Sequence[Mention]) -> Columns:
    """Return the row of a statement, but for its keys; its words are those of its quote and of all its names."""
    attribution = statement.attribution
    first, last = range_columns(statement.event_date)
    named = [attribution.source, statement.actor, statement.target, *toponyms]
    return {
        "id": statement.id,
        "evidence_start": statement.evidence.start,
        "evidence_end": statement.evidence.end,
        "predicate_start": statement.predicate.start,
        "predicate_end": statement.predicate.end,
        "cue_start": statement.cue.start if statement.cue else None,
        "cue_end": statement.cue.end if statement.cue else None,
        "kind": statement.kind.value,
        "stance": statement.stance.value,
        "certainty": statement.certainty.value,
        "actor": mention_column(statement.actor),
        "target": mention_column(statement.target),
        "source": mention_column(attribution.source),
        "via": mentions_column(attribution.via),
        "publisher": cleaned(attribution.publisher),
        "role": attribution.role.value,
        "own_voice": int(attribution.own_voice),
        "event_first": first,
        "event_last": last,
        "manner": statement.manner.value,
        "rule": statement.rule,
        "background": int(statement.background),
        "presupposed": int(statement.presupposed),
        "euphemism": int(statement.euphemism),
        "quote": clean(quote),
        "words": folded(clean(" ".join([quote, *(mention.referent for mention in named if mention)]))),
    }


def claim_columns(claim: Claim) -> Columns:
    """Return the columns of a claim that say what it says itself."""
    distance = claim.distance
    return {
        "id": claim.id,
        "anchor": claim.anchor,
        "toponym": mention_column(claim.toponym),
        "relation": claim.relation.value,
        "extent": claim.extent.kind.value,
        "percent": claim.extent.percent,
        "km_low": distance.km_low if distance else None,
        "km_high": distance.km_high if distance else None,
        "reference": mention_column(distance.reference) if distance else None,
        "distance_as_written": clean(distance.as_written) if distance else None,
    }


def filter_columns(statement: Statement, report: Report, resolution: Resolution | None) -> Columns:
    """Return the columns of a claim that queries ask by; names are folded, the source in its own voice is the publisher."""
    first, last = range_columns(statement.event_date)
    return {
        "place": resolution.place.id if resolution and resolution.place else None,
        "geo_precision": int(resolution.geo_precision) if resolution and resolution.geo_precision else None,
        "kind": statement.kind.value,
        "stance": statement.stance.value,
        "source": folded(clean(source_name(statement, report))),
        "actor": folded(clean(statement.actor.referent)) if statement.actor else None,
        "event_first": first,
        "event_last": last,
        "published": ordinal(report.published),
        "conflict": report.conflict,
    }


def source_name(statement: Statement, report: Report) -> str:
    """Return who vouches, as written; the publisher where it speaks in its own voice."""
    attribution = statement.attribution
    if attribution.own_voice:
        return attribution.publisher or report.publisher or ""
    return attribution.source.referent


def resolution_columns(claim: Key, resolution: Resolution) -> Columns:
    """Return the row of a resolution."""
    return {
        "claim": claim,
        "mention": mention_column(resolution.mention),
        "place": resolution.place.id if resolution.place else None,
        "score": resolution.score,
        "geo_precision": int(resolution.geo_precision) if resolution.geo_precision else None,
        "radius_km": resolution.radius_km,
        "method": resolution.method,
        "gazetteer_version": resolution.gazetteer_version,
        "made_at": microseconds(resolution.recorded_at),
    }


def runner_up_columns(claim: Key, resolution: Resolution) -> list[Columns]:
    """Return the rows of the places that it may have been."""
    return [
        {"claim": claim, "position": position, "place": other.place.id, "score": other.score, "reasons": listed(other.reasons)}
        for position, other in enumerate(resolution.runners_up)
    ]


def check_columns(claim: Key, check: DistanceCheck) -> Columns:
    """Return the row of a checked distance."""
    return {
        "claim": claim,
        "verdict": check.verdict.value,
        "start": check.start.id if check.start else None,
        "reference": check.reference.id if check.reference else None,
        "straight_km": check.straight_km,
        "tolerance_km": check.tolerance_km,
    }
