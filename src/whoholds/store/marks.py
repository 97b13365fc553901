"""Which places' states must be computed anew, and the generation that tells a mark set after the claims were read."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select, text, update

from whoholds.store.migrations import GENERATION
from whoholds.store.tables import meta

_MARK = text(
    "INSERT INTO dirty (place, generation) VALUES (:place, :generation) ON CONFLICT (place) DO UPDATE SET generation = excluded.generation"
)


def advance(connection: Connection) -> int:
    """Count one more change of what states are made of, and return the count."""
    row = meta.c.name == GENERATION
    connection.execute(update(meta).where(row).values(value=meta.c.value + 1))
    return generation(connection)


def generation(connection: Connection) -> int:
    """Return the count of changes."""
    return connection.scalar(select(meta.c.value).where(meta.c.name == GENERATION)) or 0


def mark_dirty(connection: Connection, places: Iterable[str], now: int) -> None:
    """Mark places dirty as of a generation."""
    if wanted := [{"place": place, "generation": now} for place in sorted(places)]:
        connection.execute(_MARK, wanted)
