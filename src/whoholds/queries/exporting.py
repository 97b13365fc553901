"""An export written: the one place that joins what is selected to the writers of formats."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from whoholds.export import CAVEAT, access, acled, ged, viina
from whoholds.export.features import FeatureKind, FeatureRow
from whoholds.export.geoparquet import write_geoparquet
from whoholds.export.maps import geojson_features, kml_document
from whoholds.export.metadata import SUFFIX, table_metadata
from whoholds.export.model_lines import model_lines
from whoholds.export.redaction import Curtain
from whoholds.locate import open_gazetteer
from whoholds.locate.place_index import PlaceIndex
from whoholds.queries.access import access_rows
from whoholds.queries.desk import Desk
from whoholds.queries.events import Events
from whoholds.queries.selection import Scope, Selection, Tally
from whoholds.queries.transfer import model_entries

Item = TypeVar("Item")

WORKBOOK = ".xlsx"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be written: the format, the name of the file in the end, and what of the store.

    `only` is `states` or `claims`, for maps. `delay_hours` is how old claims of positions must be at `now`; None for an
    export that keeps everything, names of private persons, too.
    """

    form: str
    out: str
    scope: Scope
    now: datetime
    only: str | None = None
    delay_hours: int | None = 72

    @property
    def workbook(self) -> bool:
        """Whether the file is to be a workbook."""
        return self.form == "access" and self.out.lower().endswith(WORKBOOK)

    @property
    def day(self) -> date:
        """The one day that a table of a day is about: that asked for, else today's."""
        days = self.scope.days
        return (days.last or days.first if days else None) or self.now.date()


@dataclass(frozen=True, slots=True)
class _Work:
    selection: Selection
    order: Order
    index: PlaceIndex

    def counted(self, items: Iterable[Item]) -> Iterator[Item]:
        for item in items:
            self.selection.tally.written += 1
            yield item

    def features(self) -> Iterator[FeatureRow]:
        if self.order.only != f"{FeatureKind.CLAIM}s":
            yield from self.counted(self.selection.state_rows())
        if self.order.only != f"{FeatureKind.STATE}s":
            yield from self.counted(self.selection.claim_rows())


def write_export(desk: Desk, order: Order, part: Path) -> list[str]:
    """Write an export to the file `part`, and return its summary in lines; a CSV's metadata are written beside its name in the end.

    Raises:
        SetupError: when the format needs a library that is not installed.
        StoreError: when the store cannot be used.
        OSError: when the file cannot be written.
    """
    index = open_gazetteer().index
    delay = order.delay_hours
    curtain = None if delay is None else Curtain(desk.registry, order.now, timedelta(hours=delay))
    work = _Work(Selection(desk, index, curtain, order.scope), order, index)
    if order.form == "geoparquet":
        write_geoparquet(work.features(), part)
    elif order.workbook:
        access.write_access_workbook(work.counted(access_rows(work.selection, index, order.day)), part)
    else:
        with part.open("w", encoding="utf-8", errors="replace", newline="") as stream:
            stream.writelines(_WRITERS[order.form](work))
    summary = _summary(order, work.selection.tally)
    columns, out = _columns(work), Path(order.out)
    if columns and (out.is_file() or not out.exists()):
        headers = len((access.COLUMNS, access.TAGS)) if order.form == "access" else 1
        described = table_metadata(out.name, columns, "\n".join(summary), header_rows=headers)
        Path(f"{order.out}{SUFFIX}").write_text(described, encoding="utf-8")
    return summary


def _viina(work: _Work) -> Iterator[str]:
    days, views = work.order.scope.days, work.selection.column_views()
    calendar = viina.Calendar(
        days.first if days else None, (days.last if days else None) or work.order.now.date(), work.order.scope.every_day
    )
    return viina.viina_lines(work.counted(work.selection.timelines(views)), views, calendar)


def _model(work: _Work) -> Iterator[str]:
    about = "complete, not redacted" if work.order.delay_hours is None else "redacted; reports that tell where forces are now are left out"
    return model_lines(work.counted(model_entries(work.selection)), about)


_WRITERS: dict[str, Callable[[_Work], Iterator[str]]] = {
    "geojson": lambda work: geojson_features(work.features()),
    "kml": lambda work: kml_document(work.features()),
    "acled": lambda work: acled.acled_lines(work.counted(Events(work.selection))),
    "viina": _viina,
    "ged": lambda _: ged.ged_lines(),
    "access": lambda work: access.access_lines(work.counted(access_rows(work.selection, work.index, work.order.day))),
    "jsonl": _model,
}
_COUNTED = {"acled": "events", "viina": "places", "ged": "events", "access": "areas", "jsonl": "entries"}


def _columns(work: _Work) -> Sequence[str]:
    """Return the columns of a CSV, none for other formats."""
    if work.order.workbook:
        return ()
    fixed = {"acled": acled.COLUMNS, "ged": ged.COLUMNS, "access": access.COLUMNS}
    return viina.viina_columns(work.selection.column_views()) if work.order.form == "viina" else fixed.get(work.order.form, ())


def _summary(order: Order, tally: Tally) -> list[str]:
    lines = [f"{Path(order.out).name}: {tally.written:,} {_COUNTED.get(order.form, 'features')}"]
    if tally.hidden:
        lines.append(f"  left out: {len(tally.hidden):,} claims of positions, deployments or ways, younger than {order.delay_hours} hours")
    if tally.held_back:
        lines.append(f"  left out: {tally.held_back:,} reports that tell where forces are, younger than {order.delay_hours} hours")
    if tally.dismissed:
        lines.append(f"  left out: {len(tally.dismissed):,} claims that a review dismissed")
    if tally.undated:
        lines.append(f"  left out: {len(tally.undated):,} claims of no known day")
    if tally.people:
        lines.append(f"  private persons called residents: {tally.people:,}")
    if order.form == "ged":
        lines.append("  GED lists events with reported deaths; claims of control report none")
    return [*lines, f"{CAVEAT[0].upper()}{CAVEAT[1:]}."]
