"""The nouns of this room: a row of the gazetteer, a find by name, the kind of place that words ask for; pure."""

from __future__ import annotations

import math
from enum import IntEnum, StrEnum
from functools import cache, lru_cache
from typing import NamedTuple, Protocol

from whoholds.taxonomy import Feature

LEAST_SIMILARITY = 0.75
"""A skeleton's find counts from this similarity of strict keys on."""
_RANKS = {
    "PPLC": 1.0,
    "PPLA": 0.75,
    "PPLA2": 0.5,
    "PPLA3": 0.4,
    "PPLA4": 0.3,
    "PCLI": 1.0,
    "ADM1": 0.7,
    "RGN": 0.6,
    "ADM2": 0.35,
    "ADM3": 0.2,
    "AIRP": 0.3,
}


class Row(Protocol):
    """One place, as look-up and ranking read it."""

    @property
    def id(self) -> str:
        """The id."""

    @property
    def name(self) -> str:
        """The name."""

    @property
    def lat(self) -> float:
        """The latitude, in degrees."""

    @property
    def lon(self) -> float:
        """The longitude, in degrees."""

    @property
    def code(self) -> str:
        """The GeoNames feature code (PPL, PPLC, ADM1, AIRP, …), which says both what the place is and its rank."""

    @property
    def admin(self) -> tuple[str, ...]:
        """The ids of the areas around it, from the country down."""

    @property
    def population(self) -> int | None:
        """How many people live there, None where it is unknown."""

    @property
    def radius_km(self) -> float | None:
        """Half the diagonal of an area's box, None for other places."""

    @property
    def settlement(self) -> str | None:
        """The id of the settlement at which a district or facility is drawn."""

    @property
    def origins(self) -> tuple[str, ...]:
        """The codes of its origins, as `origins.toml` has them."""

    @property
    def names(self) -> tuple[str, ...]:
        """The other names."""

    @property
    def country(self) -> str:
        """The id of the country that the place is or lies in."""

    @property
    def standing(self) -> float:
        """How prominent the place is, 0 to 1: its rank in the administration or its people, whichever is more."""

    def __hash__(self) -> int: ...


class ShardRow(NamedTuple):
    """One place as a shard keeps it and as the build makes it (a `Row`).

    `keys` are the strict keys of name and names, kept so that the first use need not fold two million names; `write_rows`
    fills them in.
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

    @property
    def country(self) -> str:
        """The id of the country that the place is or lies in."""
        return self.admin[0] if self.admin else self.id

    @property
    def standing(self) -> float:
        """How prominent the place is, 0 to 1."""
        return standing_of(self.code, self.population or 0)


@lru_cache(maxsize=1 << 16)
def standing_of(code: str, population: int) -> float:
    """Return how prominent a place of this feature code and with so many people is, 0 to 1."""
    people = (math.log10(max(population, 100)) - 2) / 5
    return max(_RANKS.get(code, 0.0), min(people, 1.0))


class Match(IntEnum):
    """How a name met a place: by its spelling, by its strict key, or only by its consonants."""

    SKELETON = 1
    FOLDED = 2
    EXACT = 3


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
