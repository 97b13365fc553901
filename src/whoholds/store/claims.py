"""Asking for claims: a filter becomes one query, its rows become claims with all that was said of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ColumnElement, Connection, Select, or_, select

from whoholds.errors import UsageError
from whoholds.model import DateRange, Statement
from whoholds.ports import Box, ClaimFilter, RecordedClaim, ReportHead
from whoholds.store import codec
from whoholds.store.dialects import Flavour, has_words
from whoholds.store.reading import CLAIM, HEAD, STATEMENT, Values, claim, head, statement
from whoholds.store.tables import claims, places, reports, statements
from whoholds.taxonomy import GeoPrecision

if TYPE_CHECKING:
    from shapely import Geometry

PAGE: Final = 1000
"""Rows fetched at a time."""

_REMEMBERED: Final = 5000
"""Report heads kept at hand: a report's claims mostly come together."""

_OWN: Final = (claims.c.number, claims.c.report, claims.c.statement, claims.c.place, claims.c.geo_precision, statements.c.quote)
_AT_CLAIM: Final = len(_OWN)
_AT_STATEMENT: Final = _AT_CLAIM + len(CLAIM)
_AT_HEAD: Final = _AT_STATEMENT + len(STATEMENT)

Wanted = Select[*tuple[Any, ...]]
Conditions = list[ColumnElement[bool]]
Test = Callable[[float, float], bool]
"""Whether a point, longitude and latitude, is wanted."""


def recorded(conditions: Iterable[ColumnElement[bool]]) -> Wanted:
    """Return the query of the claims that satisfy all conditions, with statements and reports, in the order of recording."""
    return (
        select(*_OWN, *(column.label(f"claim_{column.name}") for column in CLAIM), *STATEMENT, *HEAD)
        .select_from(claims)
        .join(statements, statements.c.number == claims.c.statement)
        .join(reports, reports.c.number == claims.c.report)
        .where(*conditions)
        .order_by(claims.c.number)
    )


def filtered(wanted: ClaimFilter, flavour: Flavour) -> Wanted:
    """Return the query of a filter; where it has a polygon, of the box around that, and without a limit.

    Raises:
        UsageError: when the polygon is none.
    """
    conditions = [*_active(wanted.as_of), *_coded(wanted), *_dated(wanted), claims.c.number > wanted.after]
    if wanted.text is not None:
        conditions.append(has_words(flavour, codec.folded(wanted.text)))
    boxes = [box for box in (wanted.box, _box_of(wanted.polygon)) if box]
    query = recorded([*conditions, *(within(box) for box in boxes)])
    if boxes:
        query = query.join(places, places.c.id == claims.c.place)
    if wanted.polygon is not None:
        return query.add_columns(places.c.lon, places.c.lat)
    return query if wanted.limit is None else query.limit(wanted.limit)


def found(connection: Connection, wanted: ClaimFilter, flavour: Flavour) -> Iterator[RecordedClaim]:
    """Yield the claims that satisfy a filter, as they are read."""
    with streamed(connection, filtered(wanted, flavour)) as rows:
        if wanted.polygon is None:
            yield from told(rows)
        else:
            covers = _polygon_test(wanted.polygon)
            yield from told(islice((row for row in rows if covers(row[-2], row[-1])), wanted.limit))


def at_places(connection: Connection, place_ids: Sequence[str], as_of: datetime | None) -> Iterator[RecordedClaim]:
    """Yield the claims about these places, a few hundred at most."""
    with streamed(connection, recorded([claims.c.place.in_(place_ids), *_active(as_of)])) as rows:
        yield from told(rows)


def named(connection: Connection, claim_ids: Sequence[str]) -> Iterator[RecordedClaim]:
    """Yield the active claims of these ids, a few hundred at most."""
    return told(iter(connection.execute(recorded([claims.c.id.in_(claim_ids), *_active(None)]))))


@contextmanager
def streamed(connection: Connection, query: Wanted) -> Iterator[Iterator[Values]]:
    """Give the rows of a query as they are read; what is left at the end is let go."""
    with connection.execute(query, execution_options={"yield_per": PAGE}) as result:
        yield iter(result)


def told(rows: Iterator[Values]) -> Iterator[RecordedClaim]:
    """Yield the claim of each row; claims of one statement or report share it."""
    memory = _Memory()
    for row in rows:
        number, report, said, place, precision, quote = row[:_AT_CLAIM]
        report_head = memory.head(report, row)
        of = memory.statement(said, row, report_head.id)
        yield RecordedClaim(
            report_head,
            of,
            claim(row[_AT_CLAIM:_AT_STATEMENT], report_head.id, of.id),
            place,
            GeoPrecision(precision) if precision else None,
            quote,
            number,
        )


@dataclass(slots=True)
class _Memory:
    """The reports and the statement met last."""

    heads: dict[int, ReportHead] = field(default_factory=dict)
    said: tuple[int, Statement] | None = None

    def head(self, number: int, row: Values) -> ReportHead:
        known = self.heads.get(number)
        if known is None:
            if len(self.heads) >= _REMEMBERED:
                self.heads.clear()
            known = self.heads[number] = head(row[_AT_HEAD : _AT_HEAD + len(HEAD)])
        return known

    def statement(self, number: int, row: Values, report: str) -> Statement:
        if self.said is None or self.said[0] != number:
            self.said = number, statement(row[_AT_STATEMENT:_AT_HEAD], report)
        return self.said[1]


def within(box: Box) -> ColumnElement[bool]:
    """Return the condition that a place lies in a box."""
    lat, lon = places.c.lat, places.c.lon
    high = lat.between(box.south, box.north)
    if box.west <= box.east:
        return high & lon.between(box.west, box.east)
    return high & or_(lon >= box.west, lon <= box.east)


def _active(as_of: datetime | None) -> Conditions:
    if as_of is None:
        return [claims.c.superseded_at.is_(None)]
    at = codec.microseconds(as_of)
    return [claims.c.recorded_at <= at, or_(claims.c.superseded_at.is_(None), claims.c.superseded_at > at)]


def _coded(wanted: ClaimFilter) -> Conditions:
    conditions: Conditions = []
    if wanted.conflict is not None:
        conditions.append(claims.c.conflict == wanted.conflict)
    if wanted.places:
        conditions.append(claims.c.place.in_(wanted.places))
    if wanted.source is not None:
        conditions.append(claims.c.source == codec.folded(wanted.source))
    if wanted.actor is not None:
        conditions.append(claims.c.actor == codec.folded(wanted.actor))
    if wanted.kinds:
        conditions.append(claims.c.kind.in_(sorted(wanted.kinds)))
    if wanted.stances:
        conditions.append(claims.c.stance.in_(sorted(wanted.stances)))
    return conditions


def _dated(wanted: ClaimFilter) -> Conditions:
    conditions: Conditions = []
    if wanted.event:
        first, last = _ends(wanted.event)
        conditions += [claims.c.event_last >= first, claims.c.event_first <= last]
    if wanted.published:
        conditions.append(claims.c.published.between(*_ends(wanted.published)))
    if wanted.known_by:
        conditions.append(claims.c.published <= wanted.known_by.toordinal())
    return conditions


def _ends(days: DateRange) -> tuple[int, int]:
    first, last = codec.range_columns(days)
    return first or codec.OPEN_FIRST, last or codec.OPEN_LAST


def _box_of(polygon: str | None) -> Box | None:
    if polygon is None:
        return None
    west, south, east, north = _geometry(polygon).bounds
    return Box(west, south, east, north)


def _polygon_test(polygon: str) -> Test:
    import shapely  # noqa: PLC0415  heavy, and few ask by area

    geometry = _geometry(polygon)
    shapely.prepare(geometry)
    return lambda lon, lat: bool(shapely.intersects_xy(geometry, lon, lat))


def _geometry(written: str) -> Geometry:
    import shapely  # noqa: PLC0415

    try:
        geometry: Geometry = shapely.from_wkt(written)
    except (shapely.errors.ShapelyError, TypeError, ValueError) as error:
        message = f"area {written[:60]!r}: no WKT ({error}); write POLYGON ((west south, east south, east north, west south))"
        raise UsageError(message) from None
    if geometry is None or geometry.is_empty or geometry.geom_type not in {"Polygon", "MultiPolygon"} or not geometry.is_valid:
        message = f"area {written[:60]!r}: give a POLYGON or MULTIPOLYGON whose lines do not cross"
        raise UsageError(message)
    return geometry
