"""What the map costs on a large store: its first view, and states asked by many clients at once beside Datasette.

    python -m benchmarks.web STORE [--clients 20] [--requests 2000] [--chromium PATH] [--json]

STORE is one that `python -m benchmarks.queries` made of a simulated war (20,000 places). The first view is all that a browser
is sent on the wire until the page is quiet. The load is a page of 100 states of a day, over and over, of ten days in turn, from
clients that keep their connections, in a process of their own. Ours answers from what it keeps (`kept`), and with an address
that was never asked before each time (`new`), so that every answer is computed; Datasette serves the same rows from a table of
its own with an index on the day, without counting. The three take turns, three times; p95 is over all turns.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import date, timedelta
from itertools import count, cycle, islice
from pathlib import Path

from benchmarks.web.load import Load, load
from benchmarks.web.servers import TABLE, copy_rows, datasette_command, free_port, our_command, running

DAYS = [date(2024, 2, 1) + timedelta(days=10 * number) for number in range(10)]
TURNS = 3
MOST_BYTES = 1_500_000


def loads(store: str, clients: int, requests: int) -> dict[str, Load]:
    """Return what came of each load, over all turns."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as servers:
        rows = Path(folder) / "rows.db"
        said(f"{copy_rows(store, DAYS, rows):,} rows of {len(DAYS)} days copied for Datasette")
        ports = free_port(), free_port()
        ours = servers.enter_context(running(our_command(store, ports[0]), f"http://127.0.0.1:{ports[0]}"))
        other = servers.enter_context(running(datasette_command(rows, ports[1]), f"http://127.0.0.1:{ports[1]}"))
        never = count()
        days = cycle(DAYS)
        made = {
            "ours, kept": (ours, (f"/api/v1/states?on={day}&limit=100" for day in days)),
            "ours, new": (ours, (f"/api/v1/states?on={day}&limit=100&n={next(never)}" for day in cycle(DAYS))),
            "Datasette": (
                other,
                (f"/rows/{TABLE}.json?on__exact={day}&_size=100&_shape=objects&_nocount=1&_nofacet=1" for day in cycle(DAYS)),
            ),
        }
        found: dict[str, list[Load]] = {name: [] for name in made}
        for _ in range(TURNS):
            for name, (address, paths) in made.items():
                found[name].append(load(address, list(islice(paths, requests)), clients))
        return {name: together(turns) for name, turns in found.items()}


def together(turns: Sequence[Load]) -> Load:
    """Return several loads as one."""
    return Load(tuple(sorted(taken for turn in turns for taken in turn.taken_ms)), sum(turn.failed for turn in turns), turns[-1].size)


def figures(given: argparse.Namespace) -> Iterator[tuple[str, object]]:
    """Yield the name and value of each figure."""
    if given.chromium != "none":
        # Late: a browser is needed for this figure alone.
        from benchmarks.web.first_view import first_view  # noqa: PLC0415

        port = free_port()
        with running(our_command(given.store, port), f"http://127.0.0.1:{port}") as address:
            seen = first_view(address, given.chromium)
        yield "first view, bytes beyond MapLibre", seen.beyond
        yield "MapLibre, bytes", seen.library
        yield "first view, requests to other hosts", len(seen.foreign)
        yield "first view, largest", [f"{size:,} {address.rpartition('/')[2][:60]}" for address, size in seen.sent.most_common(6)]
    found = loads(given.store, given.clients, given.requests)
    for name, each in found.items():
        yield f"{name}: p50, p95, p99 (ms)", [round(each.at(share), 1) for share in (0.5, 0.95, 0.99)]
        yield f"{name}: requests, failed, bytes", [len(each.taken_ms), each.failed, each.size]
    ours, other = found["ours, kept"], found["Datasette"]
    yield "p95 of ours, kept / Datasette (target 1 at most)", round(ours.at(0.95) / other.at(0.95), 3)
    yield "p95 of ours, new / Datasette", round(found["ours, new"].at(0.95) / other.at(0.95), 3)


def said(line: str) -> None:
    """Tell how far it is."""
    sys.stderr.write(f"{line}\n")


def main() -> None:
    """Measure, and print a line for each figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store")
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--requests", type=int, default=2000, help="requests of each load and turn")
    parser.add_argument("--chromium", help="the browser's program; none leaves the first view out")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    told = dict(figures(given))
    if given.json:
        sys.stdout.write(json.dumps(told, indent=1) + "\n")
        return
    for name, value in told.items():
        sys.stdout.write(f"{name}: {value:,}\n" if isinstance(value, int) else f"{name}: {value}\n")


if __name__ == "__main__":
    main()
