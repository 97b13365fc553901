"""What a question costs: `who` and pages of claims beside a look-up by primary key over the same store.

    python -m benchmarks.queries SIMULATED TARGET [--places 20000] [--json]

SIMULATED is a folder that `../shared/sim/simulate.py` wrote; its claims are told of real towns (`benchmarks.queries.made_up`).
TARGET is a file or postgresql://…: a store that was made so before is asked as it is, else it is made and fused, with the time
of both. Each figure is the median time of many calls in one process, spread over many towns and days, processor and waiting
together, and its ratio to the median of `SELECT … FROM reports WHERE number = ?` on one connection that is open, in its own
transaction, through SQLAlchemy; the same on the driver's own cursor is told beside it. "Claims" are the claims of one town; a
page is asked of a town that has as many, and the answers are counted.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from statistics import mean, median
from time import perf_counter

from benchmarks.queries.made_up import DAY_ZERO, readings, towns
from sqlalchemy import func, select

from whoholds.errors import StoreMissingError
from whoholds.model import Place
from whoholds.ports import ClaimFilter
from whoholds.queries.claims import Wanted, claims
from whoholds.queries.desk import Desk, desk_of
from whoholds.queries.who import Asked, who
from whoholds.store import SqlStore, open_store
from whoholds.store.tables import claims as claims_table
from whoholds.store.tables import reports

CALLS = 1000
PAGES = (1, 10, 25, 100)
SAMPLE = 200
"""How many towns are asked, one after the other."""


@dataclass(frozen=True, slots=True)
class Figure:
    """The median of a question in microseconds, its ratio to a look-up by key, and the mean count of claims in an answer."""

    question: str
    median_us: float
    ratio: float
    claims: float


def timed(call: Callable[[], int]) -> tuple[float, float]:
    """Return the median time of a call in microseconds, and the mean of what it counts."""
    taken, counted = [], []
    for _ in range(CALLS):
        begun = perf_counter()
        count = call()
        taken.append(perf_counter() - begun)
        counted.append(count)
    return median(taken) * 1e6, mean(counted)


def made(folder: Path, target: str, most: int) -> Iterator[str]:
    """Make a store of a simulation and fuse it, telling how long each took."""
    with open_store(target, create=True) as store:
        desk = desk_of(store)
        begun = perf_counter()
        recorded = len(store.record_all(readings(folder, towns(desk.places, most))))
        yield f"{recorded:,} claims kept in {perf_counter() - begun:.0f} s"
        begun = perf_counter()
        yield f"{desk.refresh():,} places fused in {perf_counter() - begun:.0f} s"


def look_ups(store: SqlStore) -> tuple[float, float]:
    """Return the median time of a look-up by primary key, through SQLAlchemy and on the driver's cursor, in microseconds."""
    with store.database.reading() as connection:
        last = connection.scalar(select(func.max(reports.c.number))) or 1
    numbers = cycle(range(1, last + 1, max(1, last // SAMPLE)))
    with store.database.engine.connect() as connection:

        def by_key() -> int:
            with connection.begin():
                return len(connection.execute(select(reports).where(reports.c.number == next(numbers))).all())

        through, _ = timed(by_key)
        query = str(select(reports).where(reports.c.number == 1).compile(connection, compile_kwargs={"literal_binds": True}))
        cursor = connection.connection.cursor()

        def on_cursor() -> int:
            cursor.execute(query)
            return len(cursor.fetchall())

        return through, timed(on_cursor)[0]


def talked_of(store: SqlStore, at_least: int) -> list[str]:
    """Return towns that have so many claims, spread over the whole."""
    counted = select(claims_table.c.place).where(claims_table.c.place > "").group_by(claims_table.c.place)
    with store.database.reading() as connection:
        found = list(connection.scalars(counted.having(func.count() >= at_least).order_by(claims_table.c.place)))
    return found[:: max(1, len(found) // SAMPLE)]


def questions(desk: Desk, store: SqlStore, places: Sequence[Place]) -> Iterator[tuple[str, Callable[[], int]]]:
    """Yield each question by name, as a call that counts the claims of its answer."""
    days = cycle(DAY_ZERO + timedelta(days=day) for day in range(20, 110, 7))
    known = cycle([place.id for place in places[:: max(1, len(places) // SAMPLE)]])

    def held() -> int:
        answer = who(desk, Asked(next(known), next(days)))
        return len(answer.denials) + len(answer.dissent)

    yield "who", held
    for size in PAGES:
        busy = cycle(talked_of(store, size) or [places[0].id])

        def page(size: int = size, busy: Iterator[str] = busy) -> int:
            return len(claims(desk, Wanted(ClaimFilter(places=(next(busy),)), limit=size)).claims)

        yield f"claims of a town, a page of {size}", page


def figures(target: str, most: int) -> Iterator[Figure]:
    """Yield what each question costs in a store that is there."""
    with open_store(target) as store:
        desk = desk_of(store)
        through, on_cursor = look_ups(store)
        yield Figure("look-up by primary key", through, 1.0, 0)
        yield Figure("the same on the driver's cursor", on_cursor, on_cursor / through, 0)
        for name, call in questions(desk, store, towns(desk.places, most)):
            taken, counted = timed(call)
            yield Figure(name, taken, taken / through, counted)


def main() -> None:
    """Measure, and tell the figures."""
    parser = argparse.ArgumentParser(prog="benchmarks.queries")
    parser.add_argument("simulated", type=Path)
    parser.add_argument("target")
    parser.add_argument("--places", type=int, default=20_000)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    for line in () if _is_there(given.target) else made(given.simulated, given.target, given.places):
        sys.stderr.write(f"{line}\n")
    for figure in figures(given.target, given.places):
        told = f"{figure.question}: {figure.median_us:.0f} µs, {figure.ratio:.1f} ×, {figure.claims:.1f} claims an answer"
        sys.stdout.write(f"{json.dumps(asdict(figure)) if given.json else told}\n")
        sys.stdout.flush()


def _is_there(target: str) -> bool:
    """Tell whether a store was made at `target`, with claims in it."""
    try:
        with open_store(target) as store:
            return store.counts().claims > 0
    except StoreMissingError:
        return False


if __name__ == "__main__":
    main()
