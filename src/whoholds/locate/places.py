"""The nouns of this room: a row of the gazetteer, a find by name, the kind of place that words ask for; pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cache
from typing import NamedTuple

from whoholds.locate.names import plain
from whoholds.taxonomy import Feature

_LAST_LATIN = "\u0250"


class Row(NamedTuple):
    """One place as a shard keeps it.

    `code` is a GeoNames feature code (PPL, PPLC, ADM1, AIRP, …), which says both what the place is and its rank.
    `admin` holds ids from the country down, `settlement` the id of the settlement at which a district or facility is
    drawn, `radius_km` half the diagonal of an area's box, `origins` the codes of `origins.toml`. `keys` are the strict keys
    of name and names, kept so that the first use need not fold two million names; `write_rows` fills them in. A tuple, as
    look-up makes ten of them a name.
    """

    id: str
    name: str
    lat: float
    lon: float
    code: str
    admin: tuple[str, ...]
    population: int | None
    radius_km: float | None
    settlement: str | None
    origins: tuple[str, ...]
    names: tuple[str, ...]
    keys: tuple[str, ...] = ()


class Match(IntEnum):
    """How a name met a place: by its spelling, by its strict key, or only by its consonants."""

    SKELETON = 1
    FOLDED = 2
    EXACT = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that may bear a name; `similarity` is 1 but for finds by skeleton."""

    row: Row
    match: Match
    similarity: float


def is_spelled(row: Row, written: str, spelled: str) -> bool:
    """Tell whether one of the names of `row` is spelled as `written`, whose plain form is `spelled`; the script must agree."""
    if row.name == written or written in row.names:
        return True
    latin = spelled[:1] < _LAST_LATIN
    for name in (row.name, *row.names):
        if name.isalpha() and name.isascii():
            if name.lower() == spelled:
                return True
        elif (name[:1] < _LAST_LATIN) == latin and plain(name) == spelled:
            return True
    return False


@cache
def feature_of(code: str) -> Feature:
    """Return what a place with this GeoNames feature code is."""
    if code == "PPLX":
        return Feature.DISTRICT
    return {"PPL": Feature.SETTLEMENT, "ADM": Feature.REGION, "RGN": Feature.REGION, "PCL": Feature.COUNTRY}.get(code[:3], Feature.FACILITY)


class Asked(StrEnum):
    """The kind of place that the wording asks for."""

    ANY = "any"
    SETTLEMENT = "settlement"
    REGION = "region"
    SUBREGION = "subregion"
    COUNTRY = "country"
