"""Countries by name or by ISO 3166 code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whoholds.locate.names import plain
from whoholds.locate.words import words

if TYPE_CHECKING:
    from whoholds.locate.gazetteer import PlaceIndex


def country_id(index: PlaceIndex, given: str) -> str | None:
    """Return the id of the country with this name or two-letter code, None where there is none."""
    wanted = plain(words().country_codes.get(given.upper(), given))
    for row in index.countries():
        if row.id == f"ne:{given.upper()}" or wanted in {plain(name) for name in (row.name, *row.names)}:
            return row.id
    return None
