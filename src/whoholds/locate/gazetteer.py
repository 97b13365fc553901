"""The catalogue of places: look-up by name and id, and which place lies in which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from whoholds.errors import DataError
from whoholds.locate.areas import holds
from whoholds.locate.geometry import rough_km
from whoholds.locate.index import open_index
from whoholds.locate.names import Edits, folded, german_key, plain, skeleton, strict_key
from whoholds.locate.places import Hit, Match, Row, Spelling, feature_of
from whoholds.locate.shards import SUFFIX, Origin, read_origins
from whoholds.locate.table import PlaceTable
from whoholds.locate.user_data import user_folder
from whoholds.model import Place
from whoholds.taxonomy import Feature

if TYPE_CHECKING:
    from whoholds.locate.finder import Finder
    from whoholds.ports import PlaceTree, Resolver, ToponymFinder

DATA = Path(__file__).with_name("data")
LEAST_SIMILARITY = 0.75
"""A skeleton's find counts from this similarity of strict keys on."""
MOST_SKELETON_FINDS = 400
_WEAK_LETTERS = "aiuh"
_PRESS_LETTERS = re.compile("j|sch|tch|w")
CACHED_NAMES = 1 << 12
SAME_PLACE_KM = 5.0
"""A place of the user's hides an embedded one of its name and kind within this distance."""


class PlaceIndex:
    """Places by name and by id: those of the user first, then the embedded ones."""

    def __init__(self, tables: Sequence[PlaceTable], origins: Mapping[str, Origin]) -> None:
        """Take the open index files, the one that wins first, and the table of origins."""
        self._tables = tuple(tables)
        self._origins = origins
        self.rows_of = lru_cache(maxsize=CACHED_NAMES)(self._rows_of)
        self.by_id = lru_cache(maxsize=CACHED_NAMES)(self._by_id)
        self.place = lru_cache(maxsize=CACHED_NAMES)(self._place)

    def named(self, name: str) -> tuple[Hit, ...]:
        """Return the places that bear `name`: by strict key, and only where that finds none by skeleton."""
        spelled = plain(name)
        key = folded(spelled)
        rows = self.rows_of(key) if key else ()
        if rows:
            spelling = Spelling(name, spelled)
            return tuple([Hit(row, spelling) for row in rows])
        other = german_key(name) if _PRESS_LETTERS.search(spelled) else key
        rows = self.rows_of(other) if other != key else ()
        if rows:
            return tuple([Hit(row, Match.FOLDED) for row in rows])
        return self._alike(key) or (self._alike(other) if other != key else ())

    def alike(self, name: str) -> tuple[Hit, ...]:
        """Return the places whose names have the consonants of `name` and resemble it, the likest first."""
        return self._alike(strict_key(name))

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

    def count(self) -> int:
        """Return how many places there are."""
        return sum(table.count() for table in self._tables)

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

    def _rows_of(self, key: str) -> tuple[Row, ...]:
        rows: tuple[Row, ...] = self._tables[0].rows_of(key)
        if len(self._tables) > 1:
            rows = tuple({row.id: row for row in reversed(rows)}.values())[::-1]
        for table in self._tables[1:]:
            rows = (*rows, *(row for row in table.rows_of(key) if not rows or not _hidden(row, rows)))
        return rows

    def _by_id(self, place_id: str) -> Row | None:
        return next((row for table in self._tables if (row := table.by_id(place_id))), None)

    def _alike(self, key: str) -> tuple[Hit, ...]:
        bones = skeleton(key)
        if not bones:
            return ()
        alike = _alike_keys(key, {other for table in self._tables for other in table.keys_alike(bones)})
        hits: dict[str, Hit] = {}
        for table in self._tables:
            for value, other in alike:
                for row in table.rows_of(other):
                    hits.setdefault(row.id, Hit(row, Match.SKELETON, value))
        best = sorted(hits.values(), key=lambda hit: (-hit.similarity, hit.row.id))
        return tuple(best[:MOST_SKELETON_FINDS])


def _alike_keys(key: str, others: Iterable[str]) -> list[tuple[float, str]]:
    """Return the keys of `others` that are alike enough, with their likeness, the likest first."""
    edits, length = Edits(key), len(key)
    letters = [(letter, key.count(letter)) for letter in _WEAK_LETTERS]
    found = []
    for other in others:
        longer = max(length, len(other))
        most = (1 - LEAST_SIMILARITY) * longer
        # Keys of one skeleton differ in vowels: of each letter that one has more often than the other, an edit is due.
        if abs(length - len(other)) > most or sum([abs(count - other.count(letter)) for letter, count in letters]) > 2 * most:
            continue
        value = 1.0 - edits.to(other) / longer
        if value >= LEAST_SIMILARITY:
            found.append((value, other))
    return sorted(found, key=lambda pair: (-pair[0], pair[1]))


def _hidden(row: Row, newer: Sequence[Row]) -> bool:
    """Tell whether a place of the user's is meant to stand for `row`: it has its id, or its name within a few kilometres."""
    near = (
        rough_km(row.lat, row.lon, other.lat, other.lon) < SAME_PLACE_KM
        for other in newer
        if feature_of(other.code) is feature_of(row.code)
    )
    return any(other.id == row.id for other in newer) or any(near)


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
        return inside == around or around in self.ancestors(inside) or self._in_shape(inside, around)

    def _in_shape(self, inside: str, around: str) -> bool:
        """Tell from the shape of `around`, where the tree names no area of its level above `inside`."""
        point, area = self._index.by_id(inside), self._index.by_id(around)
        if point is None or area is None or feature_of(point.code) in {Feature.COUNTRY, Feature.REGION} or not area.code.startswith("ADM"):
            return False
        above = [self._index.by_id(step) for step in point.admin]
        if any(step and step.code == area.code for step in above):
            return False
        shape = self._index.shape(area.id)
        return shape is not None and holds(shape, point.lat, point.lon)


class Gazetteer:
    """The embedded gazetteer, opened: a finder of names in text, a resolver of mentions, and the tree of places."""

    def __init__(self, data: Path = DATA, own: Path | None = None) -> None:
        """Open the index of `data`, and of the user's own places (in `own`, else their folder), building it on first use.

        Raises:
            GazetteerMissingError: when no data is installed.
        """
        table, version = open_index(data)
        users = user_folder() if own is None else own
        self._open = [table]
        origins = read_origins(data)
        self.version = version
        if any(users.glob(f"*{SUFFIX}")):
            added, user_version = open_index(users)
            self._open.insert(0, added)
            origins |= read_origins(users)
            self.version = f"{version}+{user_version}"
        self.index = PlaceIndex(self._open, origins)

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
        for table in self._open:
            table.close()

    @cached_property
    def _finder(self) -> Finder:
        from whoholds.locate.finder import Finder  # noqa: PLC0415  opened only where wanted

        return Finder(self.index)

    @cached_property
    def _resolver(self) -> Resolver:
        from whoholds.locate.resolver import ContextResolver  # noqa: PLC0415  opened only where wanted

        return ContextResolver(self.index, self.version, self._finder)


def open_gazetteer(data: Path = DATA) -> Gazetteer:
    """Open the embedded gazetteer (or the one in `data`).

    Raises:
        GazetteerMissingError: when no data is installed.
    """
    return Gazetteer(data)
