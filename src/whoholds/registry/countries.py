"""Countries as other event data write them: ISO 3166 codes, and the regions of ACLED."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

FILE = "countries.tsv"
"""Codes and names from Natural Earth (public domain); the regions are those that ACLED's codebook lists."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country: ISO 3166-1 alpha-2 `code` and numeric `number`, ACLED's `region`, and a name."""

    code: str
    number: int
    region: str
    name: str


@cache
def countries() -> dict[str, Country]:
    """Return all countries, by two-letter code."""
    written = files("whoholds.registry").joinpath("data", FILE).read_text(encoding="utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in written)
    return {code: Country(code, int(number), region, name) for code, number, region, name in rows}
