"""Measures spellings that no list has: python -m benchmarks.locating.unseen [--errors].

Each spelling of tests/data/places/unseen_spellings.tsv goes through the look-up and the ranking, once with its country
known, as in a report, and once bare. False is another place given with confidence; nothing given is neither.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whoholds.locate import open_gazetteer
from whoholds.locate.places import Asked
from whoholds.locate.rank import LEAST_SURE, Context, Ranked, ranked

if TYPE_CHECKING:
    from whoholds.locate.gazetteer import Gazetteer

TABLE = Path(__file__).parents[2] / "tests/data/places/unseen_spellings.tsv"


@dataclass(frozen=True, slots=True)
class Spelling:
    """A spelling, the place that it means (any of `ids`), the rule that made it, and "town" or "obscure"."""

    country: str
    ids: tuple[str, ...]
    name: str
    spelled: str
    rule: str
    size: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the look-up said: the best place, or None below confidence; `known` whether the gazetteer has the place at all."""

    spelling: Spelling
    best: Ranked | None
    right: bool
    known: bool

    @property
    def false(self) -> bool:
        """Whether another place was given."""
        return self.best is not None and not self.right


def read_spellings(path: Path = TABLE) -> tuple[Spelling, ...]:
    """Return the table of spellings."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple(
            Spelling(row["country"], tuple(row["ids"].split("|")), row["name"], row["spelled"], row["rule"], row["size"]) for row in rows
        )


def look_up(gazetteer: Gazetteer, spelling: Spelling, *, country_known: bool) -> Told:
    """Look a spelling up and take the best-ranked place, if it is sure enough."""
    ids = {gazetteer.index.canonical_id(place_id) for place_id in spelling.ids}
    rows = [row for row in map(gazetteer.index.by_id, sorted(ids)) if row]
    country = next((row.admin[0] for row in rows if row.admin), None)
    context = Context({country: 1.0} if country and country_known else {}, ())
    choices = ranked(gazetteer.index.named(spelling.spelled), Asked.ANY, context)
    best = choices[0] if choices and choices[0].score >= LEAST_SURE else None
    return Told(spelling, best, best is not None and best.row.id in ids, bool(rows))


def share_right(told: Sequence[Told]) -> float:
    """Return the share of spellings that found their place first."""
    return sum(one.right for one in told) / max(len(told), 1)


def share_false(told: Sequence[Told]) -> float:
    """Return the share of spellings that another place was given for."""
    return sum(one.false for one in told) / max(len(told), 1)


@click.command()
@click.option("--errors", is_flag=True, help="List what was not found or false, with the country known.")
@click.option("--data", type=click.Path(path_type=Path), help="Folder of other shards than the shipped ones.")
def main(*, errors: bool, data: Path | None) -> None:
    """Print shares right and false."""
    gazetteer = open_gazetteer(data)
    spellings = read_spellings()
    for country_known in (True, False):
        told = [look_up(gazetteer, spelling, country_known=country_known) for spelling in spellings]
        inside = [one for one in told if one.known]
        setting = "country known" if country_known else "bare"
        click.echo(f"{setting:14} {_line(told)}   of the {len(inside)} places in the gazetteer: {_line(inside)}")
        if country_known:
            for key, _ in sorted(Counter(spelling.rule for spelling in spellings).items()):
                click.echo(f"  {key:17} {_line([one for one in told if one.spelling.rule == key])}")
            for size in ("town", "obscure"):
                click.echo(f"  {size:17} {_line([one for one in told if one.spelling.size == size])}")
            if errors:
                _list_errors(told)


def _line(told: Sequence[Told]) -> str:
    return f"right {share_right(told):.3f} false {share_false(told):.3f} ({len(told)})"


def _list_errors(told: Sequence[Told]) -> None:
    for one in told:
        if not one.right:
            said = f"{one.best.row.id} {one.best.row.name} {one.best.score}" if one.best else "nothing"
            spelling = one.spelling
            meant = f"{spelling.country} {spelling.spelled} ({spelling.name}, {spelling.rule}, known {one.known})"
            click.echo(f"{meant}: {said}", file=sys.stderr)


if __name__ == "__main__":
    main()
