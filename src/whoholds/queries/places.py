"""The places that queries are about: from the gazetteer, by id or by name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

from whoholds.errors import DataError
from whoholds.locate.gazetteer import Gazetteer
from whoholds.locate.search import search
from whoholds.model import Place


class PlaceBook(Protocol):
    """Which places there are, what each lies in, and what a name may mean (a `ports.PlaceTree`, too)."""

    def get(self, place_id: str) -> Place | None:
        """Return the place of an id, None where there is none."""
        ...

    def find(self, name: str) -> Sequence[Place]:
        """Return the places that a name may mean, best first."""
        ...

    def ancestors(self, place_id: str) -> Sequence[str]:
        """Return the ids of the places around one, the smallest first; none for a place that is no longer known."""
        ...

    def within(self, inner: str, outer: str) -> bool:
        """Tell whether `inner` lies in `outer` (a place lies in itself)."""
        ...


class GazetteerBook:
    """The embedded gazetteer as a `PlaceBook`."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Keep the gazetteer; what lies in what is remembered, since queries ask for few places often."""
        self._gazetteer = gazetteer
        self._tree = gazetteer.tree()
        self.ancestors = lru_cache(maxsize=65_536)(self._ancestors)
        self.get = lru_cache(maxsize=65_536)(gazetteer.get)

    def find(self, name: str) -> Sequence[Place]:
        """Return the places that a name may mean, best first."""
        return [candidate.place for candidate in search(self._gazetteer, name, most=20).candidates]

    def within(self, inner: str, outer: str) -> bool:
        """Tell whether `inner` lies in `outer` (a place lies in itself)."""
        return inner == outer or outer in self.ancestors(inner)

    def _ancestors(self, place_id: str) -> Sequence[str]:
        try:
            return self._tree.ancestors(place_id)
        except DataError:
            # The user's own places may have been removed since the report was read: it stands alone then.
            return ()
