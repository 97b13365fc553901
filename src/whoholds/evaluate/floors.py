"""Figures that were once reached, and must not be lost: floors per set, pinned to its texts by a hash.

[seed]
gold = "../../shared/eval/gold/seed.gold.jsonl"   # from the folder of this file
corpus = "5e1f…"                                  # hash of annotations and texts
measured = 2026-11-22
epsilon = 0.01                                    # how far a figure may lie below its floor
floors = { control = 1.0, kind = 0.98 }           # figures as measured: F1 of a level or slice, share of when, distance
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from os.path import relpath
from pathlib import Path

from whoholds.errors import DataError, MissingInputError
from whoholds.evaluate.align import Level
from whoholds.evaluate.gold import GoldSet
from whoholds.evaluate.metrics import Scores, Slice, figures

FIGURES = frozenset({*(level.value for level in Level), *(name.value for name in Slice), "when", "distance"})
"""What a floor may be set for."""

PINNED = ("control", "kind", "full", "denies", "hedges", "named", "when", "distance")
"""What gets a floor when floors are raised: the figures that the documents show."""

FEWEST = 10
"""A slice or share with fewer gold units gets no floor: a single one would be more than a tenth of it."""


@dataclass(frozen=True, slots=True)
class Floors:
    """The floors of one set; `gold` is a path that can be opened, `corpus` the hash of the texts they were measured on."""

    name: str
    gold: Path
    corpus: str
    measured: date
    epsilon: float
    floors: Mapping[str, float]


def read_floors(path: Path) -> dict[str, Floors]:
    """Return the floors in `path` by name of the set.

    Raises:
        MissingInputError: when there is no such file.
        DataError: when an entry lacks a field, or a floor is for no known figure or no share.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        message = f"{path}: no such file"
        raise MissingInputError(message) from None
    except (OSError, ValueError) as error:
        message = f"{path}: cannot be read ({error})"
        raise DataError(message) from None
    return {name: _floors(name, table, path) for name, table in tables.items()}


def corpus_hash(chosen: GoldSet) -> str:
    """Return the hash of a set's annotations and texts, 16 hexadecimal digits of SHA-256; line ends do not count."""
    joined = b"\0".join(b"\n".join(file.read_bytes().splitlines()) for file in (chosen.gold, chosen.texts))
    return hashlib.sha256(joined).hexdigest()[:16]


def below(floors: Floors, scores: Scores) -> Iterator[str]:
    """Yield a line for each figure that lies below its floor by more than epsilon; a figure that is gone counts as 0."""
    found = figures(scores)
    for figure, floor in floors.floors.items():
        reached = found.get(figure, 0.0)
        if reached < floor - floors.epsilon:
            yield f"{floors.name}.{figure} is {reached:.3f}, below {floor:.3f} (measured {floors.measured}, epsilon {floors.epsilon:g})"


def raised(floors: Floors, scores: Scores, corpus: str, today: date) -> Floors:
    """Return the floors with every figure that is now higher, and those that are new; none is lowered."""
    reached, kept = {figure: round(value, 3) for figure, value in _telling(scores)}, floors.floors
    higher = {
        figure: max(reached.get(figure, 0.0), kept.get(figure, 0.0)) for figure in (*PINNED, *kept) if figure in reached or figure in kept
    }
    return floors if higher == kept and corpus == floors.corpus else replace(floors, corpus=corpus, measured=today, floors=higher)


def floors_text(all_floors: Iterable[Floors], folder: Path) -> Iterator[str]:
    """Yield the entries as TOML; `folder` is where the file lies."""
    for entry in all_floors:
        figures_text = ", ".join(f"{figure} = {floor!r}" for figure, floor in entry.floors.items())
        gold = Path(relpath(entry.gold, folder)).as_posix()
        yield f'\n[{entry.name}]\ngold = "{gold}"\ncorpus = "{entry.corpus}"\nmeasured = {entry.measured}\n'
        yield f"epsilon = {entry.epsilon!r}\nfloors = {{ {figures_text} }}\n"


def _telling(scores: Scores) -> Iterator[tuple[str, float]]:
    counts = {name.value: tally.gold for name, tally in scores.slices.items()} | {"when": scores.when.of, "distance": scores.distance.of}
    found = figures(scores)
    return ((figure, found[figure]) for figure in PINNED if figure in found and counts.get(figure, scores.gold) >= FEWEST)


def _floors(name: str, table: object, path: Path) -> Floors:
    match table:
        case {"gold": str(gold), "corpus": str(corpus), "measured": date() as measured, "epsilon": float(epsilon), "floors": dict(floors)}:
            wrong = [
                figure for figure, floor in floors.items() if figure not in FIGURES or not isinstance(floor, float) or not 0 <= floor <= 1
            ]
            if wrong:
                message = (
                    f"{path}: [{name}] floors: {', '.join(wrong)}: give a figure ({', '.join(sorted(FIGURES))}) and a share from 0.0 to 1.0"
                )
                raise DataError(message)
            return Floors(name, path.parent / gold, corpus, measured, epsilon, floors)
    message = (
        f"{path}: [{name}] needs gold (a path), corpus (a hash), measured (a day), epsilon (a number such as 0.01) and floors (a table)"
    )
    raise DataError(message)
