"""One index file of the gazetteer, read where it lies: places by name, by id, and by kind.

The file is memory-mapped: opening it reads nothing, and processes share what they read (see `index_build` for its form).
A place is found as a record of fixed length, which is all that ranking needs; its names and ids are read when asked for.
"""

from __future__ import annotations

import json
import mmap
import os
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from struct import Struct
from weakref import finalize
from zlib import crc32

from whoholds.locate.places import Row

MAGIC = b"WhoHolds places 3\n"
LENGTHS = Struct("<QQ")
"""After the magic: the length of the whole file and where its head, JSON, begins."""
RECORD = Struct("<iiIfIIIHHHHII")
"""A place: latitude and longitude (1e-4 degrees), people, standing, where its text begins, the numbers of its admin path and
of its settlement among the paths, of its feature code and of its origins, radius (km), the number of its country, the CRC-32 of
its id, where the forms of its names begin."""
_START, _START_AT = Struct("<I"), 16
DEGREE = 10_000
NO_PEOPLE = (1 << 32) - 1
NO_RADIUS = (1 << 16) - 1
LARGE_PRIME = 11400714819323198549
"""Keys are hashed by their bytes as a number, modulo this: of two million keys no two are likely to meet (1 in 10^7)."""
KINDS = {
    "hashes": "Q", "starts": "I", "lines": "I", "bones": "Q", "bone_starts": "I", "ids": "Q", "seats": "I", "forms": "I", "steps": "I",
    "step_ends": "I", "others": "Q", "other_places": "Q", "areas": "Q", "shape_ends": "Q", "boxes": "d", "path_ends": "I",
}  # fmt: skip
"""The sections of numbers, with their kind (the type codes of `array`)."""
_LOW = (1 << 32) - 1


PREAD = hasattr(os, "pread")


class NotWholeError(Exception):
    """The file is no index, or half of one; it is to be built again."""


def key_hash(key: bytes) -> int:
    """Return the hash of a key, below 2^64."""
    return int.from_bytes(key, "little") % LARGE_PRIME


Record = tuple[int, int, int, float, int, int, int, int, int, int, int, int, int]


class IndexRow:
    """A place of the index (a `Row`): what ranking needs at once, the rest read when asked for."""

    __slots__ = ("_number", "_record", "_table", "_text", "code", "country", "standing")

    def __init__(self, table: PlaceTable, number: int, record: Record) -> None:
        """Take the table, the number of the place in it, and its record."""
        self._table = table
        self._number = number
        self._record = record
        self._text = b""
        self.code = table.codes[record[7]]
        self.standing = record[3]
        self.country = table.countries[record[10]] or self.id

    def __eq__(self, other: object) -> bool:
        return isinstance(other, IndexRow) and self._number == other._number and self._table is other._table

    def __hash__(self) -> int:
        return self._number

    @property
    def text(self) -> bytes:
        """The id and the names, each with a tab behind it."""
        if not self._text:
            self._text = self._table.text(self._record[4], self._number)
        return self._text

    @property
    def id(self) -> str:
        """The id."""
        return self.text[: self.text.index(b"\t")].decode()

    @property
    def name(self) -> str:
        """The name."""
        return self.text.split(b"\t", 2)[1].decode()

    @property
    def names(self) -> tuple[str, ...]:
        """The other names."""
        return tuple(name for name in self.text.decode().split("\t")[2:] if name)

    @property
    def lat(self) -> float:
        """The latitude."""
        return self._record[0] / DEGREE

    @property
    def lon(self) -> float:
        """The longitude."""
        return self._record[1] / DEGREE

    @property
    def population(self) -> int | None:
        """How many people live there, None where it is unknown."""
        people = self._record[2]
        return None if people == NO_PEOPLE else people

    @property
    def admin(self) -> tuple[str, ...]:
        """The ids of the areas around it, from the country down."""
        return self._table.path(self._record[5])

    @property
    def settlement(self) -> str | None:
        """The id of the settlement at which it is drawn."""
        return self._table.path(self._record[6])[0] if self._record[6] else None

    @property
    def origins(self) -> tuple[str, ...]:
        """The codes of its origins."""
        return tuple(self._table.origins[self._record[8]].split("|"))

    @property
    def radius_km(self) -> float | None:
        """Half the diagonal of an area's box."""
        radius = self._record[9]
        return None if radius == NO_RADIUS else float(radius)


class PlaceTable:
    """The places of one index file."""

    def __init__(self, path: Path) -> None:
        """Open the index at `path`.

        Raises:
            NotWholeError: when it is not whole.
        """
        self._file = path.open("rb", buffering=0)
        finalize(self, self._file.close)
        size = path.stat().st_size
        if size < len(MAGIC) + LENGTHS.size:
            self._file.close()
            raise NotWholeError(path)
        self._map = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)
        end, start = LENGTHS.unpack_from(self._map, len(MAGIC))
        if self._map[: len(MAGIC)] != MAGIC or end != size:
            self._map.close()
            self._file.close()
            raise NotWholeError(path)
        head = json.loads(self._map[start:end])
        self._sections: dict[str, tuple[int, int]] = head["sections"]
        self.codes: list[str] = head["codes"]
        self.origins: list[str] = head["origins"]
        self.countries: list[str] = head["countries"]
        self._whole = memoryview(self._map)
        self._tables = {name: self._section(name).cast(kind) for name, kind in KINDS.items()}  # type: ignore[call-overload]
        self._records, self._texts = self._sections["records"][0], self._sections["texts"][0]
        self._paths: dict[int, tuple[str, ...]] = {}

    def close(self) -> None:
        """Close the file; columns that someone still holds keep it in memory until they let go."""
        self._file.close()
        with suppress(BufferError):
            for table in self._tables.values():
                table.release()
            self._whole.release()
            self._map.close()

    def let_go(self) -> None:
        """Give back the pages of the file that were read: they stay in the system's cache, and are no more counted as this process's.

        The system maps sixteen pages around each that is read, so that scattered look-ups would soon hold half the file.
        """
        if hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)

    def numbers(self, name: str) -> memoryview:
        """Return a section of numbers, as it lies."""
        numbers: memoryview = self._tables[name]
        return numbers

    def records(self) -> memoryview:
        """Return the records of all places, as they lie; one more tells where the last ends."""
        return self._section("records")

    def keys_at(self, start: int, end: int) -> bytes:
        """Return a stretch of the keys in the order of their skeletons, set apart by bars."""
        base = self._sections["bone_keys"][0]
        return self._stretch(base + start, base + end)

    def row(self, number: int) -> IndexRow:
        """Return the place of this number."""
        return IndexRow(self, number, RECORD.unpack_from(self._map, self._records + number * RECORD.size))

    def by_id(self, place_id: str) -> IndexRow | None:
        """Return the place kept under `place_id`."""
        return next((row for row in self._rows(self._numbers("ids", place_id)) if row.id == place_id), None)

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
        return tuple(sorted((row for row in self._rows(self._tables["seats"]) if row.code == code), key=lambda row: row.id))

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
        return self._sections["records"][1] // RECORD.size - 1

    def text(self, start: int, number: int) -> bytes:
        """Return id and names of a place whose text begins at `start`, each with a tab behind it."""
        (end,) = _START.unpack_from(self._map, self._records + (number + 1) * RECORD.size + _START_AT)
        return self._stretch(self._texts + start, self._texts + end)

    def path(self, number: int) -> tuple[str, ...]:
        """Return the ids of a path, from the country down."""
        path = self._paths.get(number)
        if path is None:
            base, ends = self._sections["paths"][0], self._tables["path_ends"]
            written = self._map[base + ends[number] : base + ends[number + 1]].decode()
            path = self._paths[number] = tuple(written.split(">")) if written else ()
        return path

    def _stretch(self, start: int, end: int) -> bytes:
        """Read a stretch past the map, where the system can: a page that is mapped brings in fifteen more, and all count as our memory."""
        return os.pread(self._file.fileno(), end - start, start) if PREAD else self._map[start:end]

    def _rows(self, numbers: Iterable[int]) -> tuple[IndexRow, ...]:
        return tuple([self.row(number) for number in numbers])

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
