"""The catalogue of places: look-up by name and id, and which place lies in which."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from whoholds.errors import DataError
from whoholds.locate.index import open_index
from whoholds.locate.names import plain, similarity, skeleton, strict_key
from whoholds.locate.places import Hit, Match, Row, feature_of
from whoholds.locate.shards import Origin, read_origins
from whoholds.model import Place

if TYPE_CHECKING:
    from whoholds.ports import PlaceTree, Resolver, ToponymFinder

DATA = Path(__file__).with_name("data")
LEAST_SIMILARITY = 0.75
"""A skeleton's find counts from this similarity of strict keys on."""
MOST_SKELETON_FINDS = 400
CACHED_NAMES = 1 << 15


class PlaceIndex:
    """Places by name and by id, from the index file."""

    def __init__(self, connection: sqlite3.Connection, origins: dict[str, Origin]) -> None:
        """Take an open index and the table of origins."""
        self._connection = connection
        self._origins = origins
        self.rows_of = lru_cache(maxsize=CACHED_NAMES)(self._rows_of)
        self.by_id = lru_cache(maxsize=CACHED_NAMES)(self._by_id)

    def named(self, name: str) -> tuple[Hit, ...]:
        """Return the places that bear `name`: by strict key, and only where that finds none by skeleton."""
        key, spelled = strict_key(name), plain(name)
        rows = self.rows_of(key) if key else ()
        if rows:
            return tuple(Hit(row, _match(row, spelled), 1.0) for row in rows)
        return self._alike(key)

    def place(self, row: Row) -> Place:
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

    def canonical_id(self, place_id: str) -> str:
        """Return the id under which the place with `place_id` is kept (itself where it is)."""
        found = self._connection.execute("SELECT place FROM other_id WHERE id = ?", (place_id,)).fetchone()
        return str(found[0]) if found else place_id

    def other_ids(self, place_id: str) -> tuple[str, ...]:
        """Return the other ids of the place with `place_id`, P-codes among them."""
        found = self._connection.execute("SELECT id FROM other_id WHERE place = ? ORDER BY id", (place_id,))
        return tuple(str(other) for (other,) in found)

    def countries(self) -> tuple[Row, ...]:
        """Return all countries."""
        return tuple(_row(cells) for cells in self._connection.execute("SELECT * FROM place WHERE code LIKE 'PCL%' ORDER BY id"))

    def capital(self, country_id: str) -> Row | None:
        """Return the capital of a country, if the gazetteer knows it."""
        found = self._connection.execute(
            "SELECT * FROM place WHERE code = 'PPLC' AND admin LIKE ? || '%' ORDER BY population DESC", (country_id,)
        )
        rows = [row for row in map(_row, found) if row.admin[:1] == (country_id,)]
        return rows[0] if rows else None

    def _rows_of(self, key: str) -> tuple[Row, ...]:
        found = self._connection.execute("SELECT place.* FROM name_key JOIN place USING (n) WHERE key = ?", (key,))
        return tuple(map(_row, found))

    def _by_id(self, place_id: str) -> Row | None:
        found = self._connection.execute("SELECT * FROM place WHERE id = ?", (place_id,)).fetchone()
        return _row(found) if found else None

    def _alike(self, key: str) -> tuple[Hit, ...]:
        bones = skeleton(key)
        if not bones:
            return ()
        query = "SELECT place.* FROM skeleton JOIN place USING (n) WHERE key = ? ORDER BY population IS NULL, population DESC LIMIT ?"
        rows = map(_row, self._connection.execute(query, (bones, MOST_SKELETON_FINDS)))
        hits = [Hit(row, Match.SKELETON, max(similarity(key, strict_key(name)) for name in (row.name, *row.names))) for row in rows]
        return tuple(hit for hit in hits if hit.similarity >= LEAST_SIMILARITY)


class Tree:
    """Which place lies in which (implements `ports.PlaceTree`)."""

    def __init__(self, index: PlaceIndex) -> None:
        """Take the places."""
        self._index = index

    def ancestors(self, place_id: str) -> Sequence[str]:
        """Return the ids of the places that contain `place_id`, the smallest first.

        Raises:
            DataError: when the place is unknown.
        """
        row = self._index.by_id(self._index.canonical_id(place_id))
        if row is None:
            message = f"no place {place_id} in the gazetteer; its data may have been replaced: read the report again"
            raise DataError(message)
        return tuple(reversed(row.admin))

    def within(self, inner: str, outer: str) -> bool:
        """Tell whether `inner` lies in `outer` (a place lies in itself).

        Raises:
            DataError: when `inner` is unknown.
        """
        inside, around = self._index.canonical_id(inner), self._index.canonical_id(outer)
        return inside == around or around in self.ancestors(inside)


class Gazetteer:
    """The embedded gazetteer, opened: a finder of names in text, a resolver of mentions, and the tree of places."""

    def __init__(self, data: Path = DATA) -> None:
        """Open the index of `data`, building it on first use (seconds, once).

        Raises:
            GazetteerMissingError: when no data is installed.
        """
        origins = read_origins(data)
        connection, self.version = open_index(data)
        self.index = PlaceIndex(connection, origins)
        self._connection = connection

    def finder(self) -> ToponymFinder:
        """Return what finds names of places in running text."""
        return self._finder

    def resolver(self) -> Resolver:
        """Return what turns mentions into places."""
        return self._resolver

    def tree(self) -> PlaceTree:
        """Return which place lies in which."""
        return Tree(self.index)

    def get(self, place_id: str) -> Place | None:
        """Return the place with `place_id` (any of its ids), or None."""
        row = self.index.by_id(self.index.canonical_id(place_id))
        return self.index.place(row) if row else None

    def close(self) -> None:
        """Close the index."""
        self._connection.close()

    @cached_property
    def _finder(self) -> ToponymFinder:
        from whoholds.locate.finder import Finder  # noqa: PLC0415  opened only where wanted

        return Finder(self.index)

    @cached_property
    def _resolver(self) -> Resolver:
        from whoholds.locate.resolver import ContextResolver  # noqa: PLC0415  opened only where wanted

        return ContextResolver(self.index, self.version)


def open_gazetteer(data: Path = DATA) -> Gazetteer:
    """Open the embedded gazetteer (or the one in `data`).

    Raises:
        GazetteerMissingError: when no data is installed.
    """
    return Gazetteer(data)


def _match(row: Row, spelled: str) -> Match:
    return Match.EXACT if any(plain(name) == spelled for name in (row.name, *row.names)) else Match.FOLDED


def _row(cells: tuple[object, ...]) -> Row:
    _, place_id, name, lat, lon, code, admin, population, radius_km, settlement, origins, spelled = cells
    return Row(
        str(place_id),
        str(name),
        float(str(lat)),
        float(str(lon)),
        str(code),
        tuple(str(admin).split(">")) if admin else (),
        int(str(population)) if population is not None else None,
        float(str(radius_km)) if radius_km is not None else None,
        str(settlement) if settlement else None,
        tuple(str(origins).split("|")),
        tuple(str(spelled).split("|")) if spelled else (),
    )
