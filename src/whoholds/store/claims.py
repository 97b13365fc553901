"""Asking for claims: the rows of a filter's query become claims with all that was said of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from whoholds.errors import UsageError
from whoholds.model import Statement
from whoholds.ports import Box, ClaimFilter, RecordedClaim, ReportHead
from whoholds.store import codec
from whoholds.store.dialects import Flavour
from whoholds.store.filters import OWN, Asked, Wanted, query_of, values_of
from whoholds.store.prepared import FastLane
from whoholds.store.reading import CLAIM, HEAD, STATEMENT, Values, claim, head, statement
from whoholds.taxonomy import GeoPrecision

if TYPE_CHECKING:
    from shapely import Geometry

PAGE: Final = 1000
"""Rows fetched at a time."""

_REMEMBERED: Final = 5000
"""Report heads kept at hand: a report's claims mostly come together."""

_AT_CLAIM: Final = len(OWN)
_AT_STATEMENT: Final = _AT_CLAIM + len(CLAIM)
_AT_HEAD: Final = _AT_STATEMENT + len(STATEMENT)

Test = Callable[[float, float], bool]
"""Whether a point, longitude and latitude, is wanted."""


def found(lane: FastLane, wanted: ClaimFilter) -> Iterator[RecordedClaim]:
    """Yield the claims that satisfy a filter: a page at once, all of them as they are read.

    Raises:
        UsageError: when the polygon is none.
    """
    flavour = lane.database.flavour
    asked = values_of(wanted, _box_of(wanted.polygon), flavour)
    query = query_of(tuple(asked), flavour)
    if "limit" in asked and wanted.limit is not None and wanted.limit <= PAGE:
        yield from told(iter(lane.asked(query, asked)))
        return
    with lane.database.reading() as connection, streamed(connection, query, asked) as rows:
        if wanted.polygon is None:
            yield from told(rows)
        else:
            covers = _polygon_test(wanted.polygon)
            yield from told(islice((row for row in rows if covers(row[-2], row[-1])), wanted.limit))


def at_places(connection: Connection, place_ids: Sequence[str], as_of: datetime | None, flavour: Flavour) -> Iterator[RecordedClaim]:
    """Yield the claims about these places, a few hundred at most."""
    asked: Asked = {"places": list(place_ids)}
    if as_of is not None:
        asked["as_of"] = codec.microseconds(as_of)
    with streamed(connection, query_of(tuple(asked), flavour), asked) as rows:
        yield from told(rows)


def named(lane: FastLane, claim_ids: Sequence[str]) -> Iterator[RecordedClaim]:
    """Yield the active claims of these ids, a few hundred at most."""
    asked: Asked = {"ids": list(claim_ids)}
    return told(iter(lane.asked(query_of(tuple(asked), lane.database.flavour), asked)))


@contextmanager
def streamed(connection: Connection, query: Wanted, asked: Asked | None = None) -> Iterator[Iterator[Values]]:
    """Give the rows of a query as they are read; what is left at the end is let go."""
    with connection.execute(query, asked, execution_options={"yield_per": PAGE}) as result:
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
