"""How sides stand to each other, from the registry, for sides that it knows and for names that it does not."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from whoholds.fuse.accounts import ADVERSARY, NAMED
from whoholds.registry.lookup import Registry
from whoholds.registry.rows import Bond


class RegistryBonds:
    """The relations of the registry (implements `weight.Bonds`); each question is answered once and remembered."""

    def __init__(self, registry: Registry) -> None:
        """Keep the registry."""
        self._registry = registry
        self._bond = lru_cache(maxsize=65_536)(self._bond_of)

    def allied(self, one: str, other: str, day: int) -> bool:
        """Tell whether two sides are one, or allied, on a day (an ordinal)."""
        return one == other or self._bond(one, other, day) is Bond.ALLIED

    def hostile(self, one: str, other: str, day: int) -> bool:
        """Tell whether two sides fight each other on a day (an ordinal); an adversary is hostile to whose it is."""
        return self._bond(one, other, day) is Bond.HOSTILE

    def ended(self, side: str) -> int | None:
        """Return the last day of a side (an ordinal), None while it stands or is not known."""
        row = self._registry.sides.get(side)
        return row.last.toordinal() if row is not None and row.last is not None else None

    def _bond_of(self, one: str, other: str, day: int) -> Bond:
        for a, b in ((one, other), (other, one)):
            if a.startswith(ADVERSARY):
                return Bond.HOSTILE if a.removeprefix(ADVERSARY) == b else Bond.UNALIGNED
        if not one or not other or one.startswith(NAMED) or other.startswith(NAMED) or day < 1:
            return Bond.UNALIGNED
        return self._registry.relation(one, other, date.fromordinal(day))
