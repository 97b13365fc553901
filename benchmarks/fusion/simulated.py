"""A made-up war (`../shared/sim`), fused: claims.jsonl → the columns of truth.csv.

    python -m benchmarks.fusion.simulated DIR PREDICTED.csv

Each row of the simulation becomes an Account as a reading of such a report would: sides, sources and relays as the row
names them; a publisher that names nobody speaks in its own voice. Nothing else of the simulation is used.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from whoholds.fuse.accounts import DAY_STEP, Account
from whoholds.fuse.fusion import Fusion
from whoholds.fuse.rules import effect_of
from whoholds.model import Timeline
from whoholds.taxonomy import ExtentKind, Kind, Relation, Stance

DAY_ZERO = date(2000, 1, 1).toordinal()
"""The calendar day that stands for the simulation's day 0."""


class Apart:
    """Sides of which no two are friends, as the simulation makes them."""

    def allied(self, one: str, other: str, _day: int) -> bool:
        """Only a side itself is its friend."""
        return one == other

    def hostile(self, one: str, other: str, _day: int) -> bool:
        """All others are its enemies."""
        return one != other

    def ended(self, _side: str) -> int | None:
        """No side ends."""
        return None


class Flat:
    """Places of which none lies in another."""

    def ancestors(self, _place_id: str) -> Sequence[str]:
        """Nothing is around a place."""
        return ()

    def within(self, inner: str, outer: str) -> bool:
        """A place lies in itself alone."""
        return inner == outer


def read_accounts(file: Path) -> Iterator[Account]:
    """Yield the accounts of a claims.jsonl."""
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield account_of(json.loads(line))


def account_of(row: dict[str, str | int | None]) -> Account:
    """Return the account of one row of the simulation."""
    kind, stance = Kind(str(row["kind"])), Stance(str(row["stance"]))
    effect = effect_of(kind, stance, Relation.IN, ExtentKind.UNSTATED)
    day = DAY_ZERO + int(row["event_day"] or 0)
    own = row["relays"] is None
    source = str(row["source"])
    return Account(
        claim=str(row["report"]),
        anchor=str(row["report"]),
        report=str(row["report"]),
        place=str(row["place"]),
        kind=kind,
        effect=effect,
        when=day * DAY_STEP + effect,
        day=day,
        dated=kind is not Kind.CONTROL,
        published=DAY_ZERO + int(row["published"] or 0),
        side=str(row["actor"]),
        actor=str(row["actor"]),
        speaker=source,
        speaker_side=row["side"] if row["side"] is None else str(row["side"]),
        origin=source,
        derived=own and row["source_kind"] == "media",
    )


def rows_of(timelines: Iterable[Timeline], days: int) -> Iterator[tuple[str, int, int, str]]:
    """Yield (place, from_day, to_day, holder) of half-open intervals; what nobody is known to hold is left out."""
    for timeline in timelines:
        for state in timeline.states:
            if state.holders:
                first = state.interval.first.toordinal() - DAY_ZERO if state.interval.first else 0
                last = state.interval.last.toordinal() - DAY_ZERO + 1 if state.interval.last else days
                yield timeline.place, max(first, 0), last, state.holders[0]


def main() -> None:
    """Fuse the war in the first argument, and write who held what to the second."""
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    accounts = list(read_accounts(folder / "claims.jsonl"))
    days = max(account.published for account in accounts) - DAY_ZERO + 1
    with out.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("place", "from_day", "to_day", "holder"))
        writer.writerows(rows_of(Fusion(Apart(), Flat()).timelines(accounts), days))


if __name__ == "__main__":
    main()
