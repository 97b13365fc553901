"""Measures the folding of names on real pairs: python -m benchmarks.locating.name_pairs [--errors] [--gazetteer].

The table (tests/data/places/name_pairs.tsv) has pairs that are two spellings of one place ("yes") and pairs of
different places with similar names ("no"). A pair meets at the strict key when the keys are one; at the loose key when
the consonants are one and the strict keys are as alike as the look-up asks.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whoholds.locate import open_gazetteer
from whoholds.locate.names import loose_key, similarity, strict_key
from whoholds.locate.places import LEAST_SIMILARITY

if TYPE_CHECKING:
    from whoholds.locate.gazetteer import Gazetteer

PAIRS = Path(__file__).parents[2] / "tests/data/places/name_pairs.tsv"


class Level(StrEnum):
    """How far two names must agree."""

    STRICT = "strict key"
    LOOSE = "strict or loose key"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names; `same` where they are spellings of one place. `kind` says of what sort the spellings are."""

    country: str
    kind: str
    one: str
    other: str
    same: bool


def read_pairs(path: Path = PAIRS) -> tuple[Pair, ...]:
    """Return the table of pairs."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple(Pair(row["country"], row["kind"], row["one"], row["other"], row["same"] == "yes") for row in rows)


def meets(pair: Pair, level: Level) -> bool:
    """Tell whether the names of a pair meet."""
    one, other = strict_key(pair.one), strict_key(pair.other)
    if one == other:
        return True
    if level is Level.STRICT:
        return False
    bones = loose_key(pair.one)
    return bool(bones) and bones == loose_key(pair.other) and similarity(one, other) >= LEAST_SIMILARITY


def rate(pairs: Sequence[Pair], level: Level) -> float:
    """Return the share of pairs that meet."""
    return sum(meets(pair, level) for pair in pairs) / max(len(pairs), 1)


def folded(pairs: Sequence[Pair], *, same: bool) -> list[Pair]:
    """Return the pairs that are, or are not, one place; two scripts never meet by folding and are left out."""
    return [pair for pair in pairs if pair.same is same and pair.kind != "cross"]


def _share_a_place(gazetteer: Gazetteer, pair: Pair) -> bool:
    one, other = ({hit.row.id for hit in gazetteer.index.named(name)} for name in (pair.one, pair.other))
    return bool(one & other)


@click.command()
@click.option("--errors", is_flag=True, help="List spellings that do not meet and different places that do.")
@click.option("--gazetteer", "through", is_flag=True, help="Also ask whether both names find a common place in the gazetteer.")
def main(*, errors: bool, through: bool) -> None:
    """Print match rates by sort of spelling, and the rates of false matches."""
    pairs = read_pairs()
    same, different = folded(pairs, same=True), folded(pairs, same=False)
    click.echo(f"{len(same)} pairs of one place, {len(different)} of different places")
    for level in Level:
        click.echo(f"{level:20} match {rate(same, level):.3f}  false match {rate(different, level):.3f}")
    for kind, count in sorted(Counter(pair.kind for pair in same).items()):
        of_kind = [pair for pair in same if pair.kind == kind]
        click.echo(f"  {kind:10} {count:4}  strict {rate(of_kind, Level.STRICT):.3f}  loose {rate(of_kind, Level.LOOSE):.3f}")
    if through:
        gazetteer = open_gazetteer()
        spelled = [pair for pair in pairs if pair.same]
        shared = sum(_share_a_place(gazetteer, pair) for pair in spelled)
        across = [pair for pair in spelled if pair.kind == "cross"]
        click.echo(f"through the gazetteer: {shared / len(spelled):.3f} of all spellings find a common place", nl=False)
        click.echo(f", of two scripts {sum(_share_a_place(gazetteer, pair) for pair in across) / len(across):.3f}")
    if errors:
        for pair in same:
            if not meets(pair, Level.LOOSE):
                click.echo(f"apart  {pair.country} {pair.kind} {pair.one} | {pair.other}", file=sys.stderr)
        for pair in different:
            if meets(pair, Level.LOOSE):
                level = Level.STRICT if meets(pair, Level.STRICT) else Level.LOOSE
                click.echo(f"false  {pair.country} {level} {pair.one} | {pair.other}", file=sys.stderr)


if __name__ == "__main__":
    main()
