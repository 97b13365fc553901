"""Countries by name or by ISO 3166 code."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from whoholds.locate.names import plain
from whoholds.locate.words import words
from whoholds.model import Place

if TYPE_CHECKING:
    from whoholds.locate.place_index import PlaceIndex


def country_id(index: PlaceIndex, given: str) -> str | None:
    """Return the id of the country with this name or two-letter code, None where there is none."""
    wanted = plain(words().country_codes.get(given.upper(), given))
    for row in index.countries():
        if row.id == f"ne:{given.upper()}" or wanted in {plain(name) for name in (row.name, *row.names)}:
            return row.id
    return None


def codes_of(places: Iterable[Place]) -> list[str]:
    """Return the ISO 3166 codes of the countries that places lie in, one for each place whose country has a known one."""
    codes = _codes()
    named = (plain(place.admin[0] if place.admin else place.name) for place in places)
    return [codes[name] for name in named if name in codes]


@cache
def _codes() -> dict[str, str]:
    return {plain(name): code for code, name in words().country_codes.items()}
