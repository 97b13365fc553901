"""What tells the name of a body from that of a person: words of titles, and words that are no name by themselves."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Naming:
    """`bodies` stand in the names of bodies, as written there; `particles` in those of persons, `offices` beside them, in lower case."""

    bodies: frozenset[str]
    particles: frozenset[str]
    offices: frozenset[str]


@cache
def naming() -> Naming:
    """Return the words as they are shipped."""
    table = tomllib.loads(files("whoholds.registry").joinpath("data", "naming.toml").read_text(encoding="utf-8"))
    return Naming(frozenset(table["bodies"]), frozenset(table["particles"]), frozenset(table["offices"]))
