"""The gazetteer, opened: its finder, its resolver, and which place lies in which."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from whoholds.errors import DataError
from whoholds.locate.areas import holds
from whoholds.locate.index import open_index
from whoholds.locate.place_index import PlaceIndex
from whoholds.locate.places import feature_of
from whoholds.locate.shards import SUFFIX, read_origins
from whoholds.locate.user_data import user_folder
from whoholds.taxonomy import Feature

if TYPE_CHECKING:
    from whoholds.locate.finder import Finder
    from whoholds.model import Place
    from whoholds.ports import PlaceTree, Resolver, ToponymFinder

DATA = Path(__file__).with_name("data")


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
        opened = [table]
        origins = read_origins(data)
        self.version = version
        if any(users.glob(f"*{SUFFIX}")):
            added, user_version = open_index(users)
            opened.insert(0, added)
            origins |= read_origins(users)
            self.version = f"{version}+{user_version}"
        self.index = PlaceIndex(opened, origins)

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
        self.index.close()

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
