"""The derived part: timelines and links that fusion made, kept per place, replaced as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, bindparam, delete, insert, or_, select

from whoholds.model import DateRange, Link, State, Timeline
from whoholds.ports import Box, Fused
from whoholds.store import codec
from whoholds.store.codec import Columns
from whoholds.store.filters import edges, within
from whoholds.store.reading import Values
from whoholds.store.tables import dirty, links, places, states
from whoholds.taxonomy import Agreement, Holding, LinkPart, LinkRelation, LinkScope, Tier

STATE: Final = tuple(column for column in states.c if column.name not in {"view", "generation"})
_LINK: Final = (links.c.source, links.c.target, links.c.relation, links.c.part, links.c.scope)
_CHUNK: Final = 500

Wanted = Select[*tuple[Any, ...]]


def state_query() -> Wanted:
    """Return the query of the state of one `place` in one `view` on one `day`; the last that began may have ended."""
    begun = (states.c.place == bindparam("place")) & (states.c.view == bindparam("view")) & (states.c.first_day <= bindparam("day"))
    return select(*STATE).where(begun).order_by(states.c.first_day.desc()).limit(1)


def timeline_query() -> Wanted:
    """Return the query of the states of one `place` in one `view`, in order."""
    of_it = (states.c.place == bindparam("place")) & (states.c.view == bindparam("view"))
    return select(*STATE).where(of_it).order_by(states.c.first_day)


def day_query(view: str, day: date, box: Box | None) -> Wanted:
    """Return the query of all states of a view on a day, in the order of place ids."""
    at = day.toordinal()
    query = select(*STATE).where(states.c.view == view, states.c.first_day <= at, states.c.last_day >= at).order_by(states.c.place)
    if box is None:
        return query
    here = within("box", across=box.west > box.east)
    return query.join(places, places.c.id == states.c.place).where(here).params(edges("box", box))


def view_query(view: str) -> Wanted:
    """Return the query of all states of a view, place by place, in order."""
    return select(*STATE).where(states.c.view == view).order_by(states.c.place, states.c.first_day)


def ended(row: Values, day: date) -> bool:
    """Tell whether the state of a row ended before `day`."""
    return bool(row[2] < day.toordinal())


def state(row: Values) -> State:
    """Return the state of the columns of `STATE`."""
    (
        (place, first, last, starts_known, ends_known),
        (holding, holders, agreement, tier, encircled_by, flags, supporting, opposing, last_said),
    ) = row[:5], row[5:]
    return State(
        place=place,
        interval=DateRange(
            None if first == codec.OPEN_FIRST else date.fromordinal(first),
            None if last == codec.OPEN_LAST else date.fromordinal(last),
        ),
        starts_known=bool(starts_known),
        ends_known=bool(ends_known),
        holding=Holding(holding),
        holders=codec.unlisted(holders),
        agreement=Agreement(agreement),
        tier=Tier(tier) if tier else None,
        encircled_by=codec.unlisted(encircled_by),
        flags=frozenset(codec.unlisted(flags)),
        supporting=codec.unlisted(supporting),
        opposing=codec.unlisted(opposing),
        last_said=None if last_said is None else date.fromordinal(last_said),
    )


def put(connection: Connection, fused: Iterable[Fused], generation: int) -> None:
    """Replace the states and links of places, and clear their marks up to a generation."""
    said = list(fused)
    for start in range(0, len(said), _CHUNK):
        part = said[start : start + _CHUNK]
        of_them = [each.place for each in part]
        connection.execute(delete(states).where(states.c.place.in_(of_them)))
        connection.execute(delete(links).where(links.c.place.in_(of_them)))
        connection.execute(delete(dirty).where(dirty.c.place.in_(of_them), dirty.c.generation <= generation))
        if new_states := [row for each in part for row in _state_rows(each, generation)]:
            connection.execute(insert(states), new_states)
        if new_links := [_link_columns(each.place, link, generation) for each in part for link in each.links]:
            connection.execute(insert(links), new_links)


def links_of(connection: Connection, anchors: Iterable[str]) -> Iterator[Link]:
    """Yield the links from or to claims of these anchors, each once."""
    ids = sorted(set(anchors))
    seen: set[Link] = set()
    for start in range(0, len(ids), _CHUNK):
        part = ids[start : start + _CHUNK]
        wanted: ColumnElement[bool] = or_(links.c.source.in_(part), links.c.target.in_(part))
        for source, target, relation, of, scope in connection.execute(select(*_LINK).where(wanted).order_by(*_LINK)):
            link = Link(source, target, LinkRelation(relation), LinkPart(of), LinkScope(scope))
            if link not in seen:
                seen.add(link)
                yield link


def _state_rows(fused: Fused, generation: int) -> Iterator[Columns]:
    for timeline in fused.timelines:
        for each in timeline.states:
            yield _state_columns(timeline, each, generation)


def _state_columns(timeline: Timeline, each: State, generation: int) -> Columns:
    first, last = codec.range_columns(each.interval)
    return {
        "place": timeline.place,
        "view": timeline.view,
        "first_day": first,
        "last_day": last,
        "starts_known": int(each.starts_known),
        "ends_known": int(each.ends_known),
        "holding": each.holding.value,
        "holders": codec.listed(each.holders),
        "agreement": each.agreement.value,
        "tier": each.tier.value if each.tier else "",
        "encircled_by": codec.listed(each.encircled_by),
        "flags": codec.listed(sorted(each.flags)),
        "supporting": codec.listed(each.supporting),
        "opposing": codec.listed(each.opposing),
        "last_said": each.last_said.toordinal() if each.last_said else None,
        "generation": generation,
    }


def _link_columns(place: str, link: Link, generation: int) -> Columns:
    return {
        "place": place,
        "source": link.source,
        "target": link.target,
        "relation": link.relation.value,
        "part": link.part.value,
        "scope": link.scope.value,
        "generation": generation,
    }
