"""Time and memory of fusion on a large made-up war, beside a plain reading of the same accounts.

    python -m benchmarks.fusion.speed [WAR] [--places 50000 --days 365 --claims 1000000 --seed 1 --world biased] [--json]

WAR is a folder that `../shared/sim/simulate.py` wrote; without one, a war is made. The plain reading is "the last claim
wins": accounts sorted by place and day of publication, a new interval whenever another side is said to have or gain a place.
Both read the same Account objects in the same process, one after the other, in CPU seconds, the median of the rounds; the
plain reading is told a second time, written down as fusion writes it (a State with its dates and claims), without a target. What
was loaded is frozen out of garbage collection first, which stays on for both. Timelines are read one by one and let go, as
a store is given them. Peak memory is `ru_maxrss` of a process of its own that reads the accounts and holds them, beside that
of one that fuses them too. Adding a report is what a refresh does: the places that it touches are found, and fused anew; the
accounts of a place are at hand, as a store gives them. Its figure is the median over reports taken evenly from the whole; the
mean is told beside it, and is that of the few places with tens of thousands of accounts, which take as long as they are long.
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import click
from benchmarks.fusion.simulated import Apart, Flat, read_accounts

from whoholds.fuse.accounts import Account
from whoholds.fuse.dirty import Neighbourhood, changed, refreshed
from whoholds.fuse.fusion import Fusion
from whoholds.fuse.rules import Effect
from whoholds.model import DateRange, State, Timeline
from whoholds.taxonomy import Agreement, Holding, Tier

TARGETS = {"time": 6.0, "memory": 1.5, "one report": 0.001}
"""Fusion over the plain reading, its peak over that of holding the accounts, and one report over the whole: at most."""

REPORTS = 500
"""Reports whose claims are added one by one."""

FUSION = Fusion(Apart(), Flat())
ASSERTED = (Effect.GAINS, Effect.HOLDS)


@dataclass(frozen=True, slots=True)
class Times:
    """CPU seconds for the whole corpus, and for one report's claims (median and mean)."""

    accounts: int
    states: int
    plain: float
    plain_states: float
    fused: float
    one_report: float
    one_report_mean: float


def last_claim_wins(accounts: Sequence[Account]) -> Iterator[list[tuple[str, int, int | None, str | None]]]:
    """Yield the intervals (place, first day, last day, holder) of every place, as its last claim has it."""
    by_place: dict[str, list[Account]] = defaultdict(list)
    for account in accounts:
        if account.effect in ASSERTED:
            by_place[account.place].append(account)
    for place, rows in by_place.items():
        rows.sort(key=attrgetter("published"))
        intervals: list[tuple[str, int, int | None, str | None]] = []
        first, holder = rows[0].published, rows[0].side
        for account in rows:
            if account.side != holder:
                intervals.append((place, first, account.published - 1, holder))
                first, holder = account.published, account.side
        intervals.append((place, first, None, holder))
        yield intervals


def written_as_states(accounts: Sequence[Account]) -> Iterator[Timeline]:
    """Yield the same reading as timelines of states, with the claims of each."""
    claims: dict[str, list[Account]] = defaultdict(list)
    for account in accounts:
        if account.effect in ASSERTED:
            claims[account.place].append(account)
    for place, rows in claims.items():
        rows.sort(key=attrgetter("published"))
        runs = [list(run) for _, run in groupby(rows, key=attrgetter("side"))]
        ends: list[int | None] = [run[0].published - 1 for run in runs[1:]]
        yield Timeline(place, "fused", tuple(_state(place, run, end) for run, end in zip(runs, [*ends, None], strict=True)))


def _state(place: str, run: Sequence[Account], end: int | None) -> State:
    first, last = run[0].published, run[-1].published
    days = DateRange(date.fromordinal(first), None if end is None else date.fromordinal(max(first, end)))
    holders, told = (str(run[0].actor),), tuple(account.claim for account in run)
    said, known = date.fromordinal(last), run[0].dated
    judged = Holding.CONTROLLED, holders, Agreement.AGREED, Tier.SINGLE
    return State(place, days, known, end is not None, *judged, (), frozenset(), told, (), said)


def timed(work: Callable[[], int]) -> tuple[float, int]:
    """Return the CPU seconds that `work` took, and what it counted."""
    gc.collect()
    start = time.process_time()
    counted = work()
    return time.process_time() - start, counted


def times(war: Path, rounds: int) -> Times:
    """Return how long the two readings take, in turns."""
    accounts = list(read_accounts(war / "claims.jsonl"))
    gc.collect()
    gc.freeze()
    plain, written, fused, states = [], [], [], 0
    for _ in range(rounds):
        plain.append(timed(lambda: sum(map(len, last_claim_wins(accounts))))[0])
        written.append(timed(lambda: sum(len(timeline.states) for timeline in written_as_states(accounts)))[0])
        seconds, states = timed(lambda: sum(len(timeline.states) for timeline in FUSION.timelines(accounts)))
        fused.append(seconds)
    single = one_report(accounts)
    whole = [statistics.median(seconds) for seconds in (plain, written, fused)]
    return Times(len(accounts), states, *whole, statistics.median(single), statistics.mean(single))


def one_report(accounts: Sequence[Account]) -> list[float]:
    """Return the CPU seconds that each of many reports takes: which places it touches, and their timelines."""
    by_place: dict[str, list[Account]] = defaultdict(list)
    for account in accounts:
        by_place[account.place].append(account)
    near = Neighbourhood(by_place, FUSION.tree)

    def added(account: Account) -> int:
        dirty = near.dirty(changed((), (account,)))
        return sum(len(timeline.states) for timeline in refreshed(FUSION, dirty, near, by_place.__getitem__))

    gc.freeze()
    return [timed(partial(added, account))[0] for account in accounts[:: max(1, len(accounts) // REPORTS)]]


def peak(work: str, war: Path) -> float:
    """Return the peak memory (MB) of a process of its own that holds the accounts (`hold`) or fuses them too (`fuse`)."""
    command = [sys.executable, "-m", "benchmarks.fusion.speed", str(war), "--only", work]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # noqa: S603  our own command


def alone(work: str, war: Path) -> None:
    """Do one thing, and print the peak memory of this process."""
    accounts = list(read_accounts(war / "claims.jsonl"))
    if work == "fuse":
        timed(lambda: sum(len(timeline.states) for timeline in FUSION.timelines(accounts)))
    click.echo(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def report(measured: Times, held: float, fused: float, *, as_json: bool) -> None:
    """Print the figures, and what they come to against the targets."""
    ratios = {
        "time": measured.fused / measured.plain,
        "memory": fused / held,
        "one report": measured.one_report / measured.fused,
    }
    if as_json:
        click.echo(json.dumps({**asdict(measured), "held_mb": held, "fused_mb": fused, "ratios": ratios, "targets": TARGETS}))
        return
    click.echo(f"{measured.accounts:,} accounts, {measured.states:,} states")
    click.echo(
        f"last claim wins {measured.plain:.2f} s, written as states {measured.plain_states:.2f} s, fused {measured.fused:.2f} s (CPU)"
    )
    click.echo(f"fused over the plain reading written as states {measured.fused / measured.plain_states:.2f}")
    click.echo(f"one report in the median {measured.one_report * 1000:.2f} ms")
    click.echo(
        f"one report in the mean {measured.one_report_mean * 1000:.2f} ms, {measured.one_report_mean / measured.fused:.5f} of the whole"
    )
    click.echo(f"peak memory: accounts held {held:.0f} MB, fused too {fused:.0f} MB")
    for name, ratio in ratios.items():
        click.echo(f"{name:<12}{ratio:>10.5f}   target <= {TARGETS[name]:<6} {'met' if ratio <= TARGETS[name] else 'NOT MET'}")


def main() -> None:
    """Measure, on a war that is given or made."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("war", type=Path, nargs="?")
    parser.add_argument("--sim", type=Path, default=Path("../shared/sim"))
    for option, default in (("places", "50000"), ("days", "365"), ("claims", "1000000"), ("seed", "1"), ("world", "biased")):
        parser.add_argument(f"--{option}", default=default)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--only", choices=("hold", "fuse"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.only:
        alone(asked.only, asked.war)
        return
    with tempfile.TemporaryDirectory() as folder:
        war = asked.war or Path(folder)
        if not asked.war:
            size = [f"--{name}={getattr(asked, name)}" for name in ("places", "days", "claims", "seed", "world")]
            subprocess.run([sys.executable, str(asked.sim / "simulate.py"), folder, *size], check=True, capture_output=True)  # noqa: S603
        held, fused = peak("hold", war), peak("fuse", war)
        report(times(war, asked.rounds), held, fused, as_json=asked.json)


if __name__ == "__main__":
    main()
