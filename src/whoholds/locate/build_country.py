"""A country of the gazetteer while it is built, and how rows of one place become one. Used at build time only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from whoholds.locate.build_sources import folded, usable_names
from whoholds.locate.places import ShardRow


@dataclass(slots=True)
class Country:
    """A country while it is built: rows by id, the area codes of GeoNames, and other ids of the same places."""

    rows: dict[str, ShardRow] = field(default_factory=dict)
    admin1: dict[str, str] = field(default_factory=dict)
    admin2: dict[str, str] = field(default_factory=dict)
    same_as: dict[str, str] = field(default_factory=dict)

    def add(self, row: ShardRow) -> None:
        """Add `row`, or what it knows beyond the row that has its id."""
        known = self.rows.get(row.id)
        self.rows[row.id] = merged(known, row) if known else row


def merged(row: ShardRow, other: ShardRow) -> ShardRow:
    """Return `row` with the names, people and origins that only `other` has."""
    names = usable_names([*row.names, other.name, *other.names], beside=row.name)
    origins = tuple(dict.fromkeys([*row.origins, *other.origins]))
    return row._replace(names=names, origins=origins, population=row.population or other.population)


def is_area(row: ShardRow) -> bool:
    """Tell whether `row` is a country or an area of its administration."""
    return row.code.startswith(("ADM", "PCL"))


def keys_of(row: ShardRow) -> set[str]:
    """Return the strict keys of all names of `row`."""
    return {folded(name) for name in (row.name, *row.names)} - {""}


def by_key(rows: Iterable[ShardRow]) -> dict[str, list[ShardRow]]:
    """Return the settlements among `rows` by strict key."""
    index: dict[str, list[ShardRow]] = defaultdict(list)
    for row in rows:
        if row.code.startswith("PPL"):
            for key in keys_of(row):
                index[key].append(row)
    return index
