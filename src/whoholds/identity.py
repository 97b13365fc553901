"""Identities: what makes two reports, statements or claims the same one.

An identity is a SHA-256 over canonical JSON (version prefix, NFC, sorted keys, integers only), cut to 24 hex digits.
It depends on the report's words and on the coded values, never on a side, a registry, a gazetteer or an extractor's
version, so that a changed rule that reads a sentence as before leaves its claims' ids as they were.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date

from whoholds.model import Claim, Distance, Mention, Review, Span, Statement

Coded = str | int | bool | None | Sequence["Coded"] | Mapping[str, "Coded"]

VERSION = "wh1"
DIGITS = 24
METRES = 1000


def digest(noun: str, value: Coded) -> str:
    """Return the identity of `value` as a `noun`: 24 hex digits, the same on every machine and run."""
    canonical = json.dumps([VERSION, noun, value], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(unicodedata.normalize("NFC", canonical).encode()).hexdigest()[:DIGITS]


def report_id(text: str, publisher: str | None, published: date | None, url: str | None) -> str:
    """Return the id of a report from its canonical text, publisher, day of publication and address."""
    return digest("report", [text, publisher, published.isoformat() if published else None, url])


def with_statement_id(statement: Statement) -> Statement:
    """Return `statement` with its id filled in."""
    return replace(statement, id=digest("statement", _coded_statement(statement)))


def with_claim_ids(claim: Claim, statement: Statement) -> Claim:
    """Return `claim`, one of `statement`'s, with its id and its anchor filled in."""
    coded: list[Coded] = [
        _coded_statement(statement),
        _coded_mention(claim.toponym),
        claim.relation,
        [claim.extent.kind, claim.extent.percent],
        _coded_distance(claim.distance),
    ]
    anchor: list[Coded] = [
        statement.report,
        _coded_span(statement.predicate),
        _anchor_span(claim.toponym),
        _anchor_span(statement.attribution.source),
    ]
    return replace(claim, id=digest("claim", coded), anchor=digest("anchor", anchor))


def review_id(review: Review) -> str:
    """Return the id of an analyst's decision: the same decision said twice is one."""
    when = review.at.astimezone(UTC).isoformat()
    said: list[Coded] = [review.subject, review.verdict, review.reason, review.reviewer, when, review.claim, review.value, review.replaces]
    return digest("review", said)


def _coded_statement(statement: Statement) -> Coded:
    event = statement.event_date
    return {
        "report": statement.report,
        "evidence": _coded_span(statement.evidence),
        "predicate": _coded_span(statement.predicate),
        "cue": _coded_span(statement.cue),
        "kind": statement.kind,
        "stance": statement.stance,
        "certainty": statement.certainty,
        "actor": _coded_mention(statement.actor),
        "target": _coded_mention(statement.target),
        "source": _coded_mention(statement.attribution.source),
        "via": [_coded_mention(relay) for relay in statement.attribution.via],
        "event_date": event.edtf if event else None,
        "manner": statement.manner,
        "background": statement.background,
        "presupposed": statement.presupposed,
        "euphemism": statement.euphemism,
    }


def _coded_span(span: Span | None) -> Coded:
    return [span.start, span.end] if span else None


def _coded_mention(mention: Mention | None) -> Coded:
    return [mention.start, mention.end, _coded_span(mention.referent_span)] if mention else None


def _anchor_span(mention: Mention | None) -> Coded:
    """Return the words a mention stands on; for an implied one, the words it refers to."""
    if mention is None:
        return None
    return _coded_span(mention.referent_span if mention.implied else mention.span)


def _coded_distance(distance: Distance | None) -> Coded:
    if distance is None:
        return None
    low, high = (None if km is None else round(km * METRES) for km in (distance.km_low, distance.km_high))
    return [low, high, _coded_mention(distance.reference)]
