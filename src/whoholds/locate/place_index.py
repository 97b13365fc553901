"""The places of the open index files: by name and by id, with what lies around a point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from whoholds.locate.areas import holds
from whoholds.locate.memory import Memory
from whoholds.locate.places import Row, feature_of
from whoholds.locate.shards import Origin
from whoholds.locate.table import PlaceTable
from whoholds.model import Place

if TYPE_CHECKING:
    from whoholds.locate.hits import Hits
    from whoholds.locate.look_up import LookUp

CACHED_NAMES = 1 << 13


class PlaceIndex:
    """Places by name and by id: those of the user first, then the embedded ones."""

    def __init__(self, tables: Sequence[PlaceTable], origins: Mapping[str, Origin]) -> None:
        """Take the open index files, the one that wins first, and the table of origins."""
        self._tables = tuple(tables)
        self._origins = origins
        self._kept: Memory[str, Hits] = Memory(self._named, CACHED_NAMES)
        self.by_id = lru_cache(maxsize=CACHED_NAMES)(self._by_id)
        self.place = lru_cache(maxsize=CACHED_NAMES)(self._place)

    def let_go(self) -> None:
        """Give back the memory that look-ups took from the files; a report later it is read anew, from the system's cache."""
        for table in self._tables:
            table.let_go()

    def named(self, name: str) -> Hits:
        """Return the places that bear `name`: by strict key, and only where that finds none by skeleton."""
        return self.named_all([name])[0]

    def named_all(self, names: Sequence[str]) -> list[Hits]:
        """Return for each of `names` the places that bear it; many at once cost a fraction of one by one."""
        return self._kept.of(names)

    def none(self) -> Hits:
        """Return no finds."""
        return self.look_up.none

    def alike(self, name: str) -> Hits:
        """Return the places whose names have the consonants of `name` and resemble it, the likest first."""
        return self.look_up.alike([name])[0]

    def has_key(self, key: str) -> bool:
        """Tell whether a name of some place has this strict key."""
        return self.look_up.has_key(key)

    @cached_property
    def look_up(self) -> LookUp:
        """What looks names up; it is made, and numpy imported, when the first name is."""
        from whoholds.locate.look_up import LookUp  # noqa: PLC0415

        return LookUp(self._tables)

    def canonical_id(self, place_id: str) -> str:
        """Return the id under which the place with `place_id` is kept (itself where it is)."""
        return next((kept for table in self._tables if (kept := table.canonical_id(place_id))), place_id)

    def other_ids(self, place_id: str) -> tuple[str, ...]:
        """Return the other ids of the place with `place_id`, P-codes among them."""
        return tuple(other for table in self._tables for other in table.other_ids(place_id))

    def countries(self) -> tuple[Row, ...]:
        """Return all countries."""
        return self._seats("PCLI")

    def capital(self, country_id: str) -> Row | None:
        """Return the capital of a country, if the gazetteer knows it."""
        rows = [row for row in self._seats("PPLC") if row.admin[:1] == (country_id,)]
        return max(rows, key=lambda row: row.population or 0, default=None)

    def shape(self, place_id: str) -> bytes | None:
        """Return the packed shape (see `whoholds.locate.areas`) of an area, or of the built-up land of a town."""
        return next((shape for table in self._tables if (shape := table.shape(place_id))), None)

    def areas_around(self, lat: float, lon: float) -> tuple[Row, ...]:
        """Return the areas whose shape holds the point, the country first, then the larger before the smaller."""
        found = {place_id for table in self._tables for place_id, shape in table.areas_around(lat, lon) if holds(shape, lat, lon)}
        rows = [row for row in map(self.by_id, found) if row and row.code.startswith(("ADM", "PCL"))]
        return tuple(sorted(rows, key=lambda row: (not row.code.startswith("PCL"), row.code, row.id)))

    def close(self) -> None:
        """Let go of the files."""
        self._kept.clear()
        self.__dict__.pop("look_up", None)
        for table in self._tables:
            table.close()

    def count(self) -> int:
        """Return how many places there are."""
        return sum(table.count() for table in self._tables)

    def _named(self, names: Sequence[str]) -> list[Hits]:
        return self.look_up.named(names)

    def _place(self, row: Row) -> Place:
        """Return `row` as the model's Place; `admin` holds names, from the country down."""
        above = (self.by_id(step) for step in row.admin)
        origins = [self._origins[code] for code in row.origins]
        return Place(
            id=row.id,
            name=row.name,
            names=row.names,
            lat=row.lat,
            lon=row.lon,
            feature=feature_of(row.code),
            admin=tuple(area.name for area in above if area),
            population=row.population,
            origin="; ".join(origin.name for origin in origins),
            licence=" AND ".join(dict.fromkeys(part for origin in origins for part in origin.licence.split(" AND "))),
        )

    def _seats(self, code: str) -> tuple[Row, ...]:
        rows = {row.id: row for table in reversed(self._tables) for row in table.seats(code)}
        return tuple(rows.values())

    def _by_id(self, place_id: str) -> Row | None:
        return next((row for table in self._tables if (row := table.by_id(place_id))), None)
