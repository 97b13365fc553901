"""Which places claims are about, and when they were last spoken of: counted in the database, no claim is read."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select

from whoholds.store.tables import claims, statements

Wanted = Select[*tuple[Any, ...]]

BASELINE = "baseline"
"""The rule of extraction under which an imported map is kept."""

_LOCATED = (claims.c.superseded_at.is_(None), claims.c.place > "")


def places_query(conflict: str | None, later_than: date | None) -> Wanted:
    """Return the query of the places that active claims are about, see `ports.Store.claimed_places`."""
    wanted = select(claims.c.place).where(*_LOCATED).distinct().order_by(claims.c.place)
    if conflict is not None:
        wanted = wanted.where(claims.c.conflict == conflict)
    if later_than is not None:
        day = later_than.toordinal()
        wanted = wanted.where(or_(claims.c.published > day, claims.c.published.is_(None) & (claims.c.event_last > day)))
    return wanted


def last_query(until: date, conflict: str | None) -> Wanted:
    """Return the query of the last day of publication of each place, see `ports.Store.last_published`."""
    wanted = (
        select(claims.c.place, func.max(claims.c.published))
        .join(statements, statements.c.number == claims.c.statement)
        .where(*_LOCATED, claims.c.published <= until.toordinal(), statements.c.rule != BASELINE)
        .group_by(claims.c.place)
    )
    return wanted if conflict is None else wanted.where(claims.c.conflict == conflict)
