"""One index file of the gazetteer as columns of numbers: what many names and many places need, read at once.

The columns lie in the mapped file (see `whoholds.locate.table`); only what is taken of them is copied.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from whoholds.locate.table import key_hash

if TYPE_CHECKING:
    from whoholds.locate.table import PlaceTable

RECORDS = np.dtype(
    [
        ("lat", "<i4"), ("lon", "<i4"), ("people", "<u4"), ("standing", "<f4"), ("start", "<u4"), ("path", "<u4"), ("settlement", "<u4"),
        ("code", "<u2"), ("origins", "<u2"), ("radius", "<u2"), ("country", "<u2"), ("check", "<u4"), ("forms", "<u4"),
    ]
)  # fmt: skip
"""The fields of `table.RECORD`."""

Numbers = npt.NDArray[np.int64]
Checks = npt.NDArray[np.uint32]
"""CRC-32 of ids or of plain forms of names."""
Flags = npt.NDArray[np.bool_]
Records = npt.NDArray[np.void]


class Columns:
    """The columns of one index file."""

    def __init__(self, table: PlaceTable) -> None:
        """Take the open file."""
        self._table = table
        self._hashes, self._starts, self._lines = (np.asarray(table.numbers(name)) for name in ("hashes", "starts", "lines"))
        self._bones, self._bone_starts = np.asarray(table.numbers("bones")), np.asarray(table.numbers("bone_starts"))
        self._forms, self._steps = np.asarray(table.numbers("forms")), np.asarray(table.numbers("steps"))
        self._step_ends = np.asarray(table.numbers("step_ends"))
        self._records = np.frombuffer(table.records(), RECORDS)

    def places_of(self, hashes: npt.NDArray[np.uint64]) -> tuple[Numbers, Numbers]:
        """Return how many places have each of the keys with these hashes, and the numbers of all, the most prominent of a key first."""
        first, counts = _found(hashes, self._hashes, self._starts)
        return counts, self._lines[stretches(first, counts)].astype(np.int64)

    def keys_alike(self, bones: Sequence[str]) -> list[list[bytes]]:
        """Return for each skeleton the strict keys that have it."""
        hashes = np.array([key_hash(bone.encode()) for bone in bones], np.uint64)
        first, lengths = _found(hashes, self._bones, self._bone_starts)
        return [
            self._table.keys_at(start, start + length - 1).split(b"|") if length else []
            for start, length in zip(first.tolist(), lengths.tolist(), strict=True)
        ]

    def records(self, numbers: Numbers) -> Records:
        """Return the records of places."""
        return self._records[numbers]

    def spelled(self, numbers: Numbers, forms: Checks) -> tuple[Flags, Flags]:
        """Return for each place and form (CRC-32 of a plain name) whether a name of the place has it, and whether its own name has."""
        if not len(numbers):
            return np.zeros(0, np.bool_), np.zeros(0, np.bool_)
        starts = self._records["forms"]
        first = starts[numbers].astype(np.int64)
        counts = starts[numbers + 1] - first
        same = self._forms[stretches(first, counts)] == np.repeat(forms, counts)
        begins = np.cumsum(counts) - counts
        return np.logical_or.reduceat(same, begins), same[begins]

    def steps_of(self, paths: Numbers) -> tuple[Numbers, Checks]:
        """Return how many areas each path has, and the CRC-32 of the ids of all."""
        first = self._step_ends[paths].astype(np.int64)
        counts = self._step_ends[paths + 1] - first
        return counts, self._steps[stretches(first, counts)]


def stretches(first: Numbers, counts: Numbers) -> Numbers:
    """Return the numbers of stretches that begin at `first` and are `counts` long, one stretch after the other."""
    ends = np.cumsum(counts)
    return np.repeat(first - ends + counts, counts) + np.arange(int(ends[-1]) if len(ends) else 0)


def _found(wanted: npt.NDArray[np.uint64], hashes: npt.NDArray[np.uint64], starts: npt.NDArray[np.uint32]) -> tuple[Numbers, Numbers]:
    """Return where the stretch of each hash begins and how long it is, 0 where there is none."""
    if not len(hashes):
        return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), np.int64)
    at = np.minimum(np.searchsorted(hashes, wanted), len(hashes) - 1)
    first = starts[at].astype(np.int64)
    return first, np.where(hashes[at] == wanted, starts[at + 1] - first, 0)
