"""Downloads for other programs: written whole into a file first, so that a slow client holds no connection of the store."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated, Final, Literal

from anyio import to_thread
from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from whoholds.errors import UsageError
from whoholds.export.cells import Cell, csv_lines, joined
from whoholds.model import DateRange
from whoholds.queries.exporting import Order, write_export
from whoholds.queries.selection import Scope
from whoholds.web.limits import AtOnce, Rate
from whoholds.web.parameters import Day, days_of
from whoholds.web.rows import StateQuery, found_states
from whoholds.web.service import Json, Service

AT_ONCE, EXPORTS, SECONDS = 2, 30, 60.0
MOST_VIEWS = 20

Form = Literal["geojson", "csv", "acled", "viina", "ged", "access", "kml", "geoparquet", "jsonl"]

_FILES: Final = {
    "geojson": ("geojson", "application/geo+json"),
    "kml": ("kml", "application/vnd.google-earth.kml+xml"),
    "geoparquet": ("parquet", "application/vnd.apache.parquet"),
    "jsonl": ("jsonl", "application/x-ndjson"),
}
_CSV: Final = ("csv", "text/csv; charset=utf-8")
_MAPS: Final = frozenset(("geojson", "geoparquet", "kml"))
_COLUMNS: Final = (
    "place", "name", "lat", "lon", "view", "on", "first", "last", "start_known", "holding", "holders", "agreement", "tier", "encircled_by",
    "flags", "last_said", "supporting", "opposing",
)  # fmt: skip
_PAGE: Final = 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be downloaded: a format, the days and views, and for maps states or claims alone."""

    form: Annotated[Form, Query(alias="format")]
    on: Annotated[Day | None, Query()] = None
    first: Annotated[Day | None, Query(alias="from")] = None
    last: Annotated[Day | None, Query(alias="to")] = None
    view: Annotated[list[str] | None, Query(max_length=MOST_VIEWS)] = None
    only: Literal["states", "claims"] | None = None

    @property
    def days(self) -> DateRange | None:
        """The days that are wanted, None for all.

        Raises:
            UsageError: when they contradict each other.
        """
        if self.on and (self.first or self.last):
            raise UsageError("on: goes without from and to; leave one out")
        return DateRange(self.on, self.on) if self.on else days_of(self.first, self.last)


def export_routes(service: Service) -> APIRouter:
    """Return the address of downloads."""
    router = APIRouter(tags=["export"])
    rate, turns = Rate(EXPORTS, SECONDS), AtOnce(AT_ONCE)

    @router.get("/export", response_class=FileResponse)
    async def export(asked: Annotated[Wanted, Depends()]) -> Response:
        """States and claims as a file; what is too young is left out, private persons are residents, no cell runs as a formula."""
        order = _order(service, asked)
        with turns.one():
            rate.take()
            folder = Path(await to_thread.run_sync(tempfile.mkdtemp))
            try:
                file = await to_thread.run_sync(partial(_write, service, asked, order, folder))
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise
        _, media_type = _FILES.get(asked.form, _CSV)
        headers = {"Cache-Control": "no-store"}
        gone = BackgroundTask(shutil.rmtree, folder, ignore_errors=True)
        return FileResponse(file, media_type=media_type, filename=file.name, headers=headers, background=gone)

    return router


def _order(service: Service, asked: Wanted) -> Order:
    if asked.only is not None and asked.form not in _MAPS:
        message = f"only: has no meaning for {asked.form}; it goes with {', '.join(sorted(_MAPS))}"
        raise UsageError(message)
    scope = Scope(asked.days, tuple(map(service.view, asked.view or ())))
    return Order(asked.form, "", scope, service.clock(), asked.only, service.settings.export_delay_hours)


def _write(service: Service, asked: Wanted, order: Order, folder: Path) -> Path:
    suffix, _ = _FILES.get(asked.form, _CSV)
    file = folder / f"whoholds-{asked.form}{f'-{asked.on}' if asked.on else ''}.{suffix}"
    if asked.form == "csv":
        views = asked.view or ["fused"]
        rows = (row for view in views for row in _state_rows(service, service.day(asked.on or asked.last), view))
        with file.open("w", encoding="utf-8", newline="") as stream:
            stream.writelines(csv_lines(_COLUMNS, rows))
    else:
        write_export(service.desk, replace(order, out=str(file)), file)
    return file


def _state_rows(service: Service, day: date, view: str) -> Iterator[tuple[Cell, ...]]:
    wanted: StateQuery | None = StateQuery(day, service.view(view), limit=_PAGE)
    while wanted is not None:
        rows, after = found_states(service, wanted)
        yield from map(_cells, rows)
        wanted = replace(wanted, after=after) if after is not None else None


def _cells(row: Json) -> tuple[Cell, ...]:
    return tuple(_cell(row[column]) for column in _COLUMNS)


def _cell(value: object) -> Cell:
    if isinstance(value, list):
        return joined(str(each["name"]) if isinstance(each, dict) else str(each) for each in value)
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value)
