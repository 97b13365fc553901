"""What a map asks of the whole store at once: counts, days, and all states of a view in one pass."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import case, func, literal, or_, select

from whoholds.model import Place, State
from whoholds.ports import DATE_LINE, POLE, Box
from whoholds.store import codec, marks
from whoholds.store.dialects import Database
from whoholds.store.filters import edges, within
from whoholds.store.states import STATE, state
from whoholds.store.tables import claims, dirty, extractions, places, reports, reviews, statements, states

BASELINE: Final = "baseline"
"""The flag of states that an imported map tells."""

FUSED: Final = "fused"
"""The view of everyone together."""

_ROWS: Final = 2000
"""Rows fetched at a time."""

_ACTIVE = claims.c.superseded_at.is_(None)


@dataclass(frozen=True, slots=True)
class Head:
    """A report in a list: what it is called, and how many active claims it has; `number` is its turn in the store."""

    number: int
    id: str
    publisher: str | None
    title: str | None
    url: str | None
    published: date | None
    conflict: str | None
    claims: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Questions about all of a store that is open; every method raises `StoreError` where it cannot be used."""

    database: Database

    def mark(self) -> str:
        """Return what differs as soon as an answer may: changes of the claims, and places still to be fused."""
        with self.database.reading() as connection:
            waiting = connection.scalar(select(func.count()).select_from(dirty)) or 0
            return f"{marks.generation(connection)}.{waiting}"

    def digest(self) -> str:
        """Return the SHA-256 of the ids of all active claims and reviews, sorted: the same data has the same, wherever they are kept."""
        found = hashlib.sha256()
        with self.database.reading() as connection:
            for query in (select(claims.c.id).where(_ACTIVE).order_by(claims.c.id), select(reviews.c.id).order_by(reviews.c.id)):
                for identity in connection.execute(query, execution_options={"yield_per": _ROWS}).scalars():
                    found.update(f"{identity}\n".encode())
        return found.hexdigest()

    def states_of(self, view: str) -> Iterator[State]:
        """Yield all states of a view, place by place, in the order of days.

        They come without the ids of their claims, but for those with the flag of an imported map: reading them costs as much as all else.
        """
        of_maps = case((states.c.flags.contains(BASELINE), states.c.supporting), else_="[]").label("supporting")
        columns = {"supporting": of_maps, "opposing": literal("[]").label("opposing")}
        query = (
            select(*(columns.get(column.name, column) for column in STATE))
            .where(states.c.view == view)
            .order_by(states.c.place, states.c.first_day)
        )
        with self.database.reading() as connection:
            yield from map(state, connection.execute(query, execution_options={"yield_per": _ROWS}))

    def states_on(self, day: date, view: str, box: Box | None, page: tuple[str, int]) -> list[State]:
        """Return a page of the states of a view on a day, in the order of place ids: those after an id, so many at most."""
        (after, most), at = page, day.toordinal()
        # The fused view has a state of nearly every place: in the order of places a page of it is read, and no more.
        of_it = func.coalesce(states.c.view, "") == view if view == FUSED else states.c.view == view
        query = select(*STATE).where(of_it, states.c.first_day <= at, states.c.last_day >= at, states.c.place > after)
        if box is not None:
            here = within("box", across=box.west > box.east)
            query = query.join(places, places.c.id == states.c.place).where(here).params(edges("box", box))
        with self.database.reading() as connection:
            return list(map(state, connection.execute(query.order_by(states.c.place).limit(most))))

    def places_by_view(self) -> Mapping[str, int]:
        """Return how many places each view has states of."""
        query = select(states.c.view, func.count(states.c.place.distinct())).group_by(states.c.view).order_by(states.c.view)
        with self.database.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def places(self) -> Mapping[str, Place]:
        """Return all places that some claim points at, by id."""
        with self.database.reading() as connection:
            rows = connection.execute(select(places), execution_options={"yield_per": _ROWS})
            return {row.id: codec.place(tuple(row)) for row in rows}

    def box(self) -> tuple[float, float, float, float]:
        """Return west, south, east and north of all places that some claim points at; the whole Earth where there are none."""
        ends = (func.min(places.c.lon), func.min(places.c.lat), func.max(places.c.lon), func.max(places.c.lat))
        with self.database.reading() as connection:
            west, south, east, north = connection.execute(select(*ends)).one()
        return (-DATE_LINE, -POLE, DATE_LINE, POLE) if west is None else (west, south, east, north)

    def places_told(self, conflict: str) -> frozenset[str]:
        """Return the ids of the places that the reports on a war make claims about."""
        query = select(claims.c.place).where(_ACTIVE, claims.c.conflict == conflict, claims.c.place.is_not(None)).distinct()
        with self.database.reading() as connection:
            return frozenset(connection.execute(query).scalars())

    def claims_by_rule(self, rule: str) -> frozenset[str]:
        """Return the ids of the active claims that a rule of extraction made."""
        query = select(claims.c.id).join(statements, statements.c.number == claims.c.statement).where(_ACTIVE, statements.c.rule == rule)
        with self.database.reading() as connection:
            return frozenset(connection.execute(query).scalars())

    def claims_of_anchors(self, anchors: Iterable[str]) -> Mapping[str, str]:
        """Return, for each of a few anchors that an active claim has, the id of one."""
        query = select(claims.c.anchor, claims.c.id).where(_ACTIVE, claims.c.anchor.in_(sorted(set(anchors))))
        with self.database.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def claims_by_day(self, conflict: str | None = None, but: str = "") -> Mapping[date, int]:
        """Return how many claims were published on each day, without those that the rule `but` made."""
        query = select(claims.c.published, func.count()).join(statements, statements.c.number == claims.c.statement)
        query = query.where(_ACTIVE, claims.c.published.is_not(None), statements.c.rule != but).group_by(claims.c.published)
        if conflict is not None:
            query = query.where(claims.c.conflict == conflict)
        with self.database.reading() as connection:
            return {date.fromordinal(day): count for day, count in connection.execute(query.order_by(claims.c.published))}

    def changes_by_day(self, view: str) -> Mapping[date, int]:
        """Return how many states of a view began on each day."""
        query = select(states.c.first_day, func.count()).where(states.c.view == view, states.c.first_day > codec.OPEN_FIRST)
        with self.database.reading() as connection:
            rows = connection.execute(query.group_by(states.c.first_day).order_by(states.c.first_day))
            return {date.fromordinal(day): count for day, count in rows}

    def conflicts(self) -> Mapping[str, int]:
        """Return how many reports there are on each war."""
        query = select(reports.c.conflict, func.count()).where(reports.c.conflict.is_not(None)).group_by(reports.c.conflict)
        with self.database.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query.order_by(reports.c.conflict))}

    def publishers(self) -> frozenset[str]:
        """Return the publishers of all reports, as written."""
        query = select(reports.c.publisher).where(reports.c.publisher.is_not(None)).distinct()
        with self.database.reading() as connection:
            return frozenset(connection.execute(query).scalars())

    def heads(self, conflict: str | None, words: str | None, after: int, limit: int) -> list[Head]:
        """Return a page of reports in the order of recording; `words` stand in the title or the publisher's name."""
        # By way of the reading that is active: claims have an index by that.
        current = (extractions.c.report == reports.c.number) & extractions.c.superseded_at.is_(None)
        of_it = select(func.count()).select_from(claims).join(extractions, extractions.c.number == claims.c.extraction)
        count = of_it.where(current).scalar_subquery()
        own = (reports.c.number, reports.c.id, reports.c.publisher, reports.c.title, reports.c.url, reports.c.published, reports.c.conflict)
        query = select(*own, count).where(reports.c.number > after).order_by(reports.c.number).limit(limit)
        if conflict is not None:
            query = query.where(reports.c.conflict == conflict)
        if words:
            query = query.where(or_(*(column.icontains(words, autoescape=True) for column in (reports.c.title, reports.c.publisher))))
        with self.database.reading() as connection:
            return [Head(*row[:5], codec.day(row[5]), *row[6:]) for row in connection.execute(query)]
