"""What a question costs: `who` and a page of claims beside a look-up by primary key over the same store.

    python -m benchmarks.queries SIMULATED TARGET

SIMULATED is a folder that `../shared/sim/simulate.py` wrote; its claims are told of real towns, so that regions are asked
too, and kept in the new store TARGET (a file or postgresql://…). Each figure is the median of processor and waiting time
of many calls in one run, and the ratio to the median of `SELECT … WHERE number = ?`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import select

from whoholds.identity import report_id, with_claim_ids, with_statement_id
from whoholds.locate import open_gazetteer
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
from whoholds.ports import ClaimFilter
from whoholds.queries.claims import Wanted, claims
from whoholds.queries.desk import desk_of
from whoholds.queries.places import GazetteerBook
from whoholds.queries.who import Asked, who
from whoholds.store import open_store
from whoholds.store.tables import reports
from whoholds.taxonomy import Certainty, GeoPrecision, Kind, Manner, Role, Stance

CALLS = 300
DAY_ZERO = date(2024, 1, 1)
TOWNS = ("Hama", "Homs", "Aleppo", "Idlib", "Daraa", "Raqqa", "Manbij", "Palmyra", "Latakia", "Tartus", "Salamiyah", "Saraqib")
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def towns() -> list[Place]:
    """Return the towns that the made-up claims are told of."""
    book = GazetteerBook(open_gazetteer())
    return [book.find(name)[0] for name in TOWNS]


def reading(row: dict[str, str | int | None], places: list[Place]) -> Reading:
    """Return a reading of one row of the simulation."""
    place = places[int(row["place"] or 0) % len(places)]
    said = [str(row["source"]), f"side {row['actor']}", str(row["kind"]), place.name]
    text = f"{row['report']}: {said[0]} on {said[1]}: {said[2]} of {said[3]}."
    published = DAY_ZERO + timedelta(days=int(row["published"] or 0))
    report = Report(
        report_id(text, str(row["publisher"]), published, None), None, str(row["publisher"]), None, text, None, published, None,
        "en", "syria", "0" * 64, "1",
    )  # fmt: skip

    def mention(words: str) -> Mention:
        start = text.index(words, len(str(row["report"])))
        return Mention(report.id, start, start + len(words), words, words, Span(start, start + len(words)))

    source, actor, toponym = mention(said[0]), mention(said[1]), mention(said[3])
    day = DAY_ZERO + timedelta(days=int(row["event_day"] or 0))
    statement = with_statement_id(
        Statement(
            "", report.id, Span(0, len(text)), mention(said[2]).span, None, Kind(said[2]), Stance(str(row["stance"])), Certainty.CERTAIN,
            actor, None, Attribution(source, (), report.publisher, Role.MONITOR, own_voice=False), DateRange(day, day),
            Manner.UNSTATED, "made",
        )
    )  # fmt: skip
    claim = with_claim_ids(Claim("", "", statement.id, toponym), statement)
    found = Resolution(toponym, place, 0.9, GeoPrecision.SETTLEMENT, 2.0, "made", (), "made", NOW)
    return Reading(report, Extracted(Extraction(report.id, "1", "made", "made", NOW), (statement,), (claim,)), {claim.id: found}, {})


def timed(call: Callable[[], object]) -> float:
    """Return the median time of a call, in microseconds."""
    taken = []
    for _ in range(CALLS):
        begun = perf_counter()
        call()
        taken.append(perf_counter() - begun)
    return median(taken) * 1e6


def figures(folder: Path, target: str) -> Iterator[str]:
    """Yield a line for each question."""
    places = towns()
    rows = (json.loads(line) for line in (folder / "claims.jsonl").open(encoding="utf-8"))
    with open_store(target, create=True) as store:
        recorded = len(store.record_all(reading(row, places) for row in rows))
        desk = desk_of(store)
        fused = desk.refresh()
        yield f"{recorded:,} claims, {fused} places"
        key = select(reports).where(reports.c.number == 7)  # noqa: PLR2004  any number that is kept

        def by_key() -> object:
            with store.database.reading() as connection:
                return connection.execute(key).one()

        day = DAY_ZERO + timedelta(days=50)
        base = timed(by_key)
        yield f"by primary key: {base:.0f} µs"
        for name, call in {
            "who": lambda: who(desk, Asked(places[0].id, day)),
            "claims of a place, a page of one": lambda: claims(desk, Wanted(ClaimFilter(places=(places[0].id,)), limit=1)),
            "claims of a place, a page of ten": lambda: claims(desk, Wanted(ClaimFilter(places=(places[0].id,)), limit=10)),
        }.items():
            taken = timed(call)
            yield f"{name}: {taken:.0f} µs, {taken / base:.1f} × the look-up by key"


if __name__ == "__main__":
    for line in figures(Path(sys.argv[1]), sys.argv[2]):
        sys.stdout.write(f"{line}\n")
