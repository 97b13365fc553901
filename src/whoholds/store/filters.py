"""A filter of claims as a query: one text for each set of fields, made once, and the values that go into it.

The names of the values tell which query it is; what a test of an area needs beside the box around it, `claims` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, bindparam, or_, select

from whoholds.model import DateRange
from whoholds.ports import Box, ClaimFilter
from whoholds.store import codec
from whoholds.store.dialects import Flavour, has_words, words_asked
from whoholds.store.reading import CLAIM, HEAD, STATEMENT
from whoholds.store.tables import claims, places, reports, statements

Asked = dict[str, str | int | float | list[str]]
"""The values of a query's parameters, by name."""

Names = tuple[str, ...]
Wanted = Select[*tuple[Any, ...]]

OWN: Final = (claims.c.number, claims.c.report, claims.c.statement, claims.c.place, claims.c.geo_precision, statements.c.quote)
"""The columns of `recorded` that come first, before those of `CLAIM`, `STATEMENT` and `HEAD`."""

_NOW, _AS_OF = claims.c.superseded_at.is_(None), claims.c.recorded_at <= bindparam("as_of")

_CONDITIONS: Final[Mapping[str, ColumnElement[bool]]] = {
    "as_of": _AS_OF & or_(_NOW, claims.c.superseded_at > bindparam("as_of")),
    "after": claims.c.number > bindparam("after"),
    "conflict": claims.c.conflict == bindparam("conflict"),
    "places": claims.c.place.in_(bindparam("places", expanding=True)),
    "ids": claims.c.id.in_(bindparam("ids", expanding=True)),
    "source": claims.c.source == bindparam("source"),
    "actor": claims.c.actor == bindparam("actor"),
    "kinds": claims.c.kind.in_(bindparam("kinds", expanding=True)),
    "stances": claims.c.stance.in_(bindparam("stances", expanding=True)),
    "event_from": claims.c.event_last >= bindparam("event_from"),
    "event_to": claims.c.event_first <= bindparam("event_to"),
    "published_from": claims.c.published >= bindparam("published_from"),
    "published_to": claims.c.published <= bindparam("published_to"),
    "known_by": claims.c.published <= bindparam("known_by"),
}
"""What each value asks for; those of boxes, of words and of a page's length stand in `query_of`."""


def values_of(wanted: ClaimFilter, hull: Box | None, flavour: Flavour) -> Asked:
    """Return the values of the fields of a filter that are set; `hull` is the box around its polygon.

    The length of a page is among them only where there is no polygon, whose test comes after the query.
    """
    asked: Asked = {"after": wanted.after}
    if wanted.as_of is not None:
        asked["as_of"] = codec.microseconds(wanted.as_of)
    asked |= _coded(wanted) | _days("event", wanted.event) | _days("published", wanted.published)
    if wanted.known_by:
        asked["known_by"] = wanted.known_by.toordinal()
    if wanted.text is not None:
        asked["words"] = words_asked(flavour, codec.folded(wanted.text))
    if wanted.box is not None:
        asked |= edges("box", wanted.box)
    if hull is not None:
        asked |= edges("hull", hull)
    elif wanted.limit is not None:
        asked["limit"] = wanted.limit
    return asked


@lru_cache(maxsize=512)
def query_of(names: Names, flavour: Flavour) -> Wanted:
    """Return the query whose values have these names; with a polygon's box it gives longitude and latitude, too."""
    conditions = [_CONDITIONS[name] for name in names if name in _CONDITIONS]
    if "as_of" not in names:
        conditions.append(_NOW)
    if "words" in names:
        conditions.append(has_words(flavour))
    boxes = [name.removesuffix("_south") for name in names if name.endswith("_south")]
    query = recorded([*conditions, *(within(box, across=f"{box}_across" in names) for box in boxes)])
    if boxes:
        query = query.join(places, places.c.id == claims.c.place)
    if "hull" in boxes:
        query = query.add_columns(places.c.lon, places.c.lat)
    return query.limit(bindparam("limit")) if "limit" in names else query


def recorded(conditions: Iterable[ColumnElement[bool]]) -> Wanted:
    """Return the query of the claims that satisfy all conditions, with statements and reports, in the order of recording."""
    return (
        select(*OWN, *(column.label(f"claim_{column.name}") for column in CLAIM), *STATEMENT, *HEAD)
        .select_from(claims)
        .join(statements, statements.c.number == claims.c.statement)
        .join(reports, reports.c.number == claims.c.report)
        .where(*conditions)
        .order_by(claims.c.number)
    )


def within(name: str, *, across: bool) -> ColumnElement[bool]:
    """Return the condition that a place lies in the box of this name; `across` where that crosses the 180th meridian."""
    lat, lon = places.c.lat, places.c.lon
    high = (lat >= bindparam(f"{name}_south")) & (lat <= bindparam(f"{name}_north"))
    if across:
        return high & or_(lon >= bindparam(f"{name}_across"), lon <= bindparam(f"{name}_east"))
    return high & (lon >= bindparam(f"{name}_west")) & (lon <= bindparam(f"{name}_east"))


def edges(name: str, box: Box) -> Asked:
    """Return the values of the condition that a place lies in a box."""
    west = "west" if box.west <= box.east else "across"
    return {f"{name}_south": box.south, f"{name}_north": box.north, f"{name}_{west}": box.west, f"{name}_east": box.east}


def _coded(wanted: ClaimFilter) -> Asked:
    asked: Asked = {}
    if wanted.conflict is not None:
        asked["conflict"] = wanted.conflict
    if wanted.places:
        asked["places"] = list(wanted.places)
    if wanted.source is not None:
        asked["source"] = codec.folded(wanted.source)
    if wanted.actor is not None:
        asked["actor"] = codec.folded(wanted.actor)
    if wanted.kinds:
        asked["kinds"] = [kind.value for kind in sorted(wanted.kinds)]
    if wanted.stances:
        asked["stances"] = [stance.value for stance in sorted(wanted.stances)]
    return asked


def _days(name: str, days: DateRange | None) -> Asked:
    if days is None:
        return {}
    first, last = codec.range_columns(days)
    return {f"{name}_from": first or codec.OPEN_FIRST, f"{name}_to": last or codec.OPEN_LAST}
