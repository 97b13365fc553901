"""A simulated war as a store would hold it: its claims told of real towns, its sides those of a real registry.

Simulated places are numbers, sides letters. Each number becomes a town of the shards, in their order, so that regions are
asked too; each letter a side of the Syrian conflict, so that there are views of sides. What is said is made up.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import chain, islice
from pathlib import Path

from whoholds.identity import report_id, with_claim_ids, with_statement_id
from whoholds.locate.gazetteer import DATA
from whoholds.locate.shards import read_rows
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
from whoholds.queries.places import PlaceBook
from whoholds.taxonomy import Certainty, GeoPrecision, Kind, Manner, Role, Stance

DAY_ZERO = date(2024, 1, 1)
NOW = datetime(2026, 1, 1, tzinfo=UTC)
COUNTRIES = ("SY", "IQ", "LB", "TR")
FORCES = {"A": "the Syrian army", "B": "Hayat Tahrir al-Sham", "C": "the Syrian Democratic Forces"}
VOICES = {"A": "the Syrian Defense Ministry", "B": "Hayat Tahrir al-Sham", "C": "the Syrian Democratic Forces"}

Said = dict[str, str | int | None]
"""A line of the simulation."""


def towns(book: PlaceBook, most: int) -> list[Place]:
    """Return so many towns, in the order of the shards."""
    rows = chain.from_iterable(read_rows(DATA / f"{country}.tsv.gz") for country in COUNTRIES)
    found = (book.get(row.id) for row in rows if row.code.startswith("PPL"))
    return list(islice((place for place in found if place is not None), most))


def readings(folder: Path, places: list[Place]) -> Iterator[Reading]:
    """Yield a reading of each line of the simulation in a folder."""
    with (folder / "claims.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield _reading(json.loads(line), places)


def _reading(row: Said, places: list[Place]) -> Reading:
    place = places[int(row["place"] or 0) % len(places)]
    voice = VOICES.get(str(row["side"]), str(row["source"]))
    words = {"source": voice, "kind": str(row["kind"]), "actor": FORCES[str(row["actor"])], "place": place.name}
    text = f"{row['report']}: {words['source']} tells of {words['kind']} by {words['actor']}, namely at {words['place']}."
    published = DAY_ZERO + timedelta(days=int(row["published"] or 0))
    publisher = str(row["publisher"])
    report = Report(
        report_id(text, publisher, published, None), None, publisher, None, text, None, published, None, "en", "syria", "0" * 64, "1"
    )
    statement, claim = _claimed(report, row, words)
    found = Resolution(claim.toponym, place, 0.9, GeoPrecision.SETTLEMENT, 2.0, "made", (), "made", NOW) if claim.toponym else None
    extracted = Extracted(Extraction(report.id, "1", "made", "made", NOW), (statement,), (claim,))
    return Reading(report, extracted, {claim.id: found} if found else {}, {})


def _claimed(report: Report, row: Said, words: dict[str, str]) -> tuple[Statement, Claim]:
    at, found = 0, {}
    for name, written in words.items():
        at = report.text.index(written, at)
        found[name] = Mention(report.id, at, at + len(written), written, written, Span(at, at + len(written)))
        at += len(written)
    day = DAY_ZERO + timedelta(days=int(row["event_day"] or 0))
    statement = Statement(
        id="",
        report=report.id,
        evidence=Span(0, len(report.text)),
        predicate=found["kind"].span,
        cue=None,
        kind=Kind(words["kind"]),
        stance=Stance(str(row["stance"])),
        certainty=Certainty.CERTAIN,
        actor=found["actor"],
        target=None,
        attribution=Attribution(found["source"], (), report.publisher, Role.OFFICIAL if row["side"] else Role.MONITOR, own_voice=False),
        event_date=DateRange(day, day),
        manner=Manner.UNSTATED,
        rule="made",
    )
    statement = with_statement_id(statement)
    return statement, with_claim_ids(Claim("", "", statement.id, found["place"]), statement)
