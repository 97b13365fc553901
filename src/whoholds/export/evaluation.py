"""The exchange form of the scorer: a line for each report, with its claims as gold annotations write them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from whoholds.export.records import Json, written
from whoholds.export.rows import OWN_VOICE, Row, report_name, rows
from whoholds.model import Distance, Mention, Reading
from whoholds.registry import load_registry
from whoholds.registry.bodies import canonical_body, country_of


def evaluation_lines(readings: Iterable[Reading]) -> Iterator[str]:
    """Yield one line for each reading: {"id", "claims": [...]}, a claim for each place."""
    for reading in readings:
        claims: list[Json] = [_claim(row) for row in rows(reading)]
        yield written({"id": report_name(reading.report), "claims": claims}) + "\n"


def _claim(row: Row) -> dict[str, Json]:
    attribution, toponym, distance = row.statement.attribution, row.claim.toponym, row.claim.distance
    return {
        "kind": row.statement.kind.value,
        "place": toponym.as_written or toponym.referent if toponym else None,
        "place_name": toponym.referent if toponym else None,
        "source": OWN_VOICE if attribution.own_voice else _named(row.report.text, attribution.source),
        "stance": row.statement.stance.value,
        "actor": _actor(row),
        "evidence": row.quote,
        "when": _closed_days(row),
        "distance_km": kilometres(distance) if distance else None,
        "distance_ref": distance.reference.referent if distance else None,
    }


def _named(text: str, source: Mention) -> str:
    """Return a source as annotators write it: a body by its usual name, an unnamed one with its article, a capital as its country."""
    at = source.referent_span
    article = text[max(0, at.start - 4) : at.start].lower() if at else ""
    unnamed = source.referent[:1].islower() and article.endswith("the ")
    return f"the {source.referent}" if unnamed else country_of(source.referent) or canonical_body(source.referent)


def _actor(row: Row) -> str | None:
    """Return the actor; for the men of a person whom the registry knows, the body that the person speaks for."""
    mention = row.statement.actor
    if mention is None:
        return None
    pronoun = mention.referent_span != mention.span
    known = load_registry().source_named(mention.referent) if pronoun else None
    if known is not None and known.speaks_for is not None and not known.organisation:
        return load_registry().sources[known.speaks_for].name
    return canonical_body(mention.referent)


def _closed_days(row: Row) -> str | None:
    """Return the event's day or days; a range with an open end counts as unknown, as annotators count it."""
    event = row.statement.event_date
    return event.edtf if event and event.first and event.last else None


def kilometres(distance: Distance) -> Json:
    """Return one number for a bound or an exact distance, [low, high] for a range."""
    low, high = distance.km_low, distance.km_high
    if low is not None and high is not None and low != high:
        return [_short(low), _short(high)]
    known = high if low is None else low
    return None if known is None else _short(known)


def _short(km: float) -> int | float:
    return int(km) if float(km).is_integer() else km
