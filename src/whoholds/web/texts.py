"""A report with its statements marked: where each stands in the text, in the units that a browser counts (UTF-16)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection

from whoholds.export.records import plain
from whoholds.export.rows import Row
from whoholds.export.spans import Entry, entries
from whoholds.model import Distance, Place, Reading, Span
from whoholds.queries.words import SAFETY
from whoholds.web.service import Json, Service
from whoholds.web.shield import is_hidden, web_address

_BEYOND = 0xFFFF


class Units:
    """Offsets of a text in UTF-16 units, from code points: signs beyond the basic plane (emoji) count two."""

    def __init__(self, text: str) -> None:
        """Note where the wide signs are."""
        self._wide = [at for at, sign in enumerate(text) if ord(sign) > _BEYOND]

    def span(self, span: Span) -> Json:
        """Return the ends of a span."""
        return {"start": self.at(span.start), "end": self.at(span.end)}

    def at(self, offset: int) -> int:
        """Return one offset."""
        return offset + bisect_left(self._wide, offset)


def report_document(service: Service, reading: Reading, hidden: Collection[str] = ()) -> Json:
    """Return a reading as a page shows it, without the statements of `hidden` claims; its text is as it may be shown."""
    report = reading.report
    found = entries(reading)
    shown = [entry for entry in found if not is_hidden(entry, hidden)]
    units = Units(report.text)
    return {
        "note": SAFETY,
        "id": report.id,
        "publisher": report.publisher,
        "title": None if len(shown) < len(found) else report.title,
        "url": web_address(report.url),
        "published": report.published,
        "language": report.language,
        "conflict": report.conflict,
        "revises": report.revises,
        "text": report.text,
        "body": units.at(report.body),
        "statements": [_statement(service, entry, units) for entry in shown],
        "withheld": len(found) - len(shown),
    }


def _statement(service: Service, entry: Entry, units: Units) -> Json:
    statement, first = entry.statement, entry.rows[0]
    marks = [units.span(mark.span) | {"role": mark.part, "referent": mark.referent} for mark in entry.marks]
    return {
        "number": entry.number,
        "id": statement.id,
        "kind": statement.kind,
        "stance": statement.stance,
        "certainty": statement.certainty,
        "manner": statement.manner,
        "source": first.source,
        "role": first.role,
        "own_voice": statement.attribution.own_voice,
        "via": [relay.referent for relay in statement.attribution.via],
        "actor": first.actor,
        "target": first.target,
        "when": first.when,
        "rule": statement.rule,
        "euphemism": statement.euphemism,
        "presupposed": statement.presupposed,
        "background": statement.background,
        "quote": first.quote,
        "evidence": units.span(entry.evidence),
        "spans": [units.span(entry.evidence) | {"role": "evidence", "referent": None}, *marks],
        "claims": [_claim(service, row) for row in entry.rows],
    }


def _claim(service: Service, row: Row) -> Json:
    toponym = row.claim.toponym
    return {
        "claim": row.claim.id,
        "anchor": row.claim.anchor,
        "place": None if row.place is None else _place(service, row.place),
        "place_as_written": (toponym.referent or toponym.as_written) if toponym else None,
        "relation": row.claim.relation,
        "extent": row.claim.extent.kind,
        "distance": stated(row.claim.distance),
        "check": None if row.check is None else plain(row.check),
    }


def stated(distance: Distance | None) -> Json | None:
    """Return a distance as a source states it, None where it states none."""
    return None if distance is None else {"km_low": distance.km_low, "km_high": distance.km_high, "as_written": distance.as_written}


def _place(service: Service, place: Place) -> Json:
    drawn = service.shield().place(place.id) or place
    return {"id": place.id, "name": place.name, "feature": place.feature, "lat": drawn.lat, "lon": drawn.lon}
