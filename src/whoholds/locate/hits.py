"""Finds by name, as columns: the places that may bear a name, with all that ranking needs of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple, Protocol, cast

import numpy as np

from whoholds.locate.columns import Checks, Flags, Numbers, Records
from whoholds.locate.places import Match, Row

HIT = np.dtype(
    [
        ("table", "u1"), ("match", "u1"), ("own", "?"), ("code", "u2"), ("country", "u2"), ("number", "u4"), ("check", "u4"),
        ("path", "u4"), ("settled", "u4"), ("similarity", "f8"), ("lat", "f8"), ("lon", "f8"), ("people", "f8"), ("standing", "f8"),
    ],
    align=True,
)  # fmt: skip
"""A find: the index file and the number of the place in it; how the name met it (`Match`) and whether as its own name; the numbers
of its feature code and country in the atlas; the CRC-32 of its id and of that of its settlement (0: none); its path of areas;
the likeness of the name (1 but for finds by skeleton); the position; people (-1: unknown); prominence."""


class Atlas(Protocol):
    """What the numbers of finds stand for."""

    @property
    def codes(self) -> tuple[str, ...]:
        """The feature codes."""

    @property
    def countries(self) -> Sequence[str]:
        """The ids of the countries; the first, for places in none, is empty."""

    @property
    def country_numbers(self) -> Mapping[str, int]:
        """The numbers of the countries by id."""

    def row(self, table: int, number: int) -> Row:
        """Return a place."""

    def steps_of(self, finds: Records) -> tuple[Numbers, Checks]:
        """Return how many areas are around each find, and the CRC-32 of the ids of all."""


class Hit(NamedTuple):
    """A place that may bear a name, how the name met it, and how alike they are."""

    row: Row
    match: Match
    similarity: float


class Hits:
    """The places that may bear one name; they are read only where one is asked for."""

    __slots__ = ("atlas", "finds")

    def __init__(self, atlas: Atlas, finds: Records) -> None:
        """Take finds (see `HIT`) and what their numbers stand for."""
        self.atlas = atlas
        self.finds = finds

    def __len__(self) -> int:
        return len(self.finds)

    def __getitem__(self, at: int) -> Hit:
        """Return a find."""
        find = self.finds[at]
        row = self.atlas.row(int(find["table"]), int(find["number"]))
        return Hit(row, Match(int(find["match"])), float(find["similarity"]))

    def __iter__(self) -> Iterator[Hit]:
        return (self[at] for at in range(len(self.finds)))

    @property
    def guessed(self) -> bool:
        """Whether only the consonants of the name met."""
        return bool(len(self.finds)) and int(self.finds["match"][0]) == Match.SKELETON

    def where(self, kept: Flags) -> Hits:
        """Return the finds of which `kept` is true."""
        return Hits(self.atlas, self.finds[kept])

    def of_codes(self, *beginnings: str) -> Flags:
        """Tell of each find whether its feature code begins with one of these."""
        flags: Flags = codes_like(self.atlas.codes, beginnings)[self.finds["code"]]
        return flags


@cache
def codes_like(codes: tuple[str, ...], beginnings: tuple[str, ...]) -> Flags:
    """Tell of each code whether it begins with one of these."""
    return np.array([code.startswith(beginnings) for code in codes], np.bool_)


def joined(finds: Sequence[Records]) -> Records:
    """Return finds one after the other; as bytes, since numpy compares the fields of each table anew (20 µs for each)."""
    return np.frombuffer(b"".join(cast("Sequence[bytes]", finds)), HIT)
