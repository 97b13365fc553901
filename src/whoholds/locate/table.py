"""One index file of the gazetteer, read where it lies: rows by name, by id, and by kind.

The file is memory-mapped: opening it reads nothing, and processes share what they read (see `index_build` for its form).
"""

from __future__ import annotations

import json
import mmap
from bisect import bisect_left
from collections.abc import Callable, Iterator
from pathlib import Path
from zlib import crc32

from whoholds.locate.index_build import LENGTHS, MAGIC
from whoholds.locate.places import Row
from whoholds.locate.shards import row_of

_LOW = (1 << 32) - 1


class NotWholeError(Exception):
    """The file is no index, or half of one; it is to be built again."""


class PlaceTable:
    """The places of one index file."""

    def __init__(self, path: Path) -> None:
        """Open the index at `path`.

        Raises:
            NotWholeError: when it is not whole.
        """
        with path.open("rb") as file:
            size = path.stat().st_size
            if size < len(MAGIC) + LENGTHS.size:
                raise NotWholeError(path)
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        end, start = LENGTHS.unpack_from(self._map, len(MAGIC))
        if self._map[: len(MAGIC)] != MAGIC or end != size:
            self._map.close()
            raise NotWholeError(path)
        self._sections: dict[str, tuple[int, int]] = json.loads(self._map[start:end])
        self._whole = memoryview(self._map)
        kinds = {"boxes": "d"}
        tables = ("offsets", "keys", "bones", "ids", "seats", "others", "other_places", "areas", "shape_ends", "boxes")
        self._tables = {name: self._section(name).cast(kinds.get(name, "Q")) for name in tables}  # type: ignore[call-overload]
        self._lines = self._sections["lines"][0]
        self._offsets = self._tables["offsets"]

    def close(self) -> None:
        """Close the file."""
        for table in self._tables.values():
            table.release()
        self._whole.release()
        self._map.close()

    def rows_of(self, key: str) -> tuple[Row, ...]:
        """Return the places one of whose names has this strict key."""
        rows = [row_of(self._line(number)) for number in self._numbers("keys", key)]
        return tuple([row for row in rows if key in row.keys])

    def rows_alike(self, bones: str, likeness: Callable[[str], float], least: float) -> list[tuple[float, Row]]:
        """Return the places with this skeleton one of whose strict keys has at least this likeness, with the likeness.

        A line is split only when it is one of them: most are not.
        """
        found = []
        for number in self._numbers("bones", bones):
            line = self._line(number)
            value = max(map(likeness, line[line.rindex("\t") + 1 :].split("|")))
            if value >= least:
                found.append((value, row_of(line)))
        return found

    def by_id(self, place_id: str) -> Row | None:
        """Return the place kept under `place_id`."""
        rows = (row_of(self._line(number)) for number in self._numbers("ids", place_id))
        return next((row for row in rows if row.id == place_id), None)

    def canonical_id(self, place_id: str) -> str | None:
        """Return the id under which the place with the other id `place_id` is kept, None where it is no other id."""
        pairs = (self._other(at) for at in self._numbers("others", place_id))
        return next((place for other, place in pairs if other == place_id), None)

    def other_ids(self, place_id: str) -> tuple[str, ...]:
        """Return the other ids of the place with `place_id`."""
        pairs = (self._other(at) for at in self._numbers("other_places", place_id))
        return tuple(sorted(other for other, place in pairs if place == place_id))

    def seats(self, code: str) -> tuple[Row, ...]:
        """Return the countries (PCLI) or the capitals (PPLC), by id."""
        rows = (row_of(self._line(number)) for number in self._tables["seats"])
        return tuple(sorted((row for row in rows if row.code == code), key=lambda row: row.id))

    def shape(self, place_id: str) -> bytes | None:
        """Return the packed shape of an area, or of the built-up land of a town."""
        found = (self._area(number) for number in self._numbers("areas", place_id))
        return next((shape for area, shape in found if area == place_id), None)

    def areas_around(self, lat: float, lon: float) -> Iterator[tuple[str, bytes]]:
        """Yield id and packed shape of each area whose box holds the point."""
        edges = iter(self._tables["boxes"])
        for number, (west, south, east, north) in enumerate(zip(edges, edges, edges, edges, strict=True)):
            if west <= lon <= east and south <= lat <= north:
                yield self._area(number)

    def count(self) -> int:
        """Return how many places there are."""
        return len(self._offsets) - 1

    def _numbers(self, table: str, key: str) -> list[int]:
        """Return the numbers that stand beside the CRC of `key`; other keys may share it."""
        sorted_keys = self._tables[table]
        low = crc32(key.encode()) << 32
        at = bisect_left(sorted_keys, low)
        found = []
        while at < len(sorted_keys) and sorted_keys[at] <= low | _LOW:
            found.append(sorted_keys[at] & _LOW)
            at += 1
        return found

    def _line(self, number: int) -> str:
        start = self._lines
        return self._map[start + self._offsets[number] : start + self._offsets[number + 1] - 1].decode()

    def _other(self, at: int) -> tuple[str, str]:
        start = self._sections["other_lines"][0] + at
        other, _, place = self._map[start : self._map.find(b"\n", start)].decode().partition("\t")
        return other, place

    def _area(self, number: int) -> tuple[str, bytes]:
        start, ends = self._sections["shapes"][0], self._tables["shape_ends"]
        place_id, _, shape = self._map[start + ends[number] : start + ends[number + 1]].partition(b"\n")
        return place_id.decode(), shape

    def _section(self, name: str) -> memoryview:
        start, length = self._sections[name]
        return self._whole[start : start + length]
