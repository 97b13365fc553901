"""Features as GeoParquet 1.1: one table, points as WKB, the metadata of the format written here.

The specification is https://geoparquet.org/releases/v1.1.0/. Without a `crs` a column is OGC:CRS84, longitude first.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from whoholds.export import CAVEAT
from whoholds.export.extras import require_extra
from whoholds.export.features import COLUMNS, ColumnKind, Feature, FeatureRow, feature_of

if TYPE_CHECKING:
    import pyarrow as pa

VERSION = "1.1.0"
GEOMETRY = "geometry"

BATCH = 10_000
"""Features held at a time: a row group of the file."""


def write_geoparquet(rows: Iterable[FeatureRow], out: Path) -> None:
    """Write the features of `rows` to the file `out`, a row group at a time; the safety line stands in its metadata.

    Raises:
        SetupError: when pyarrow is not installed.
        OSError: when the file cannot be written.
    """
    require_extra("pyarrow")
    import pyarrow as pa  # noqa: PLC0415  an extra, and heavy
    from pyarrow import parquet  # noqa: PLC0415

    schema = _schema()
    box = _Box()
    features = map(feature_of, rows)
    with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        while batch := list(islice(features, BATCH)):
            for made in batch:
                box.take(made)
            writer.write_table(pa.Table.from_pylist([dict(_record(made)) for made in batch], schema=schema))
        writer.add_key_value_metadata({"geo": json.dumps(_metadata(box)), "whoholds:note": CAVEAT})


@dataclass(slots=True)
class _Box:
    """The box around all points, degrees."""

    west: float = float("inf")
    south: float = float("inf")
    east: float = float("-inf")
    north: float = float("-inf")

    def take(self, made: Feature) -> None:
        if made.lon is not None and made.lat is not None:
            self.west, self.east = min(self.west, made.lon), max(self.east, made.lon)
            self.south, self.north = min(self.south, made.lat), max(self.north, made.lat)


def _schema() -> pa.Schema:
    import pyarrow as pa  # noqa: PLC0415  an extra, and heavy

    types = {
        ColumnKind.WORDS: pa.string(),
        ColumnKind.LIST: pa.list_(pa.string()),
        ColumnKind.WHOLE: pa.int32(),
        ColumnKind.REAL: pa.float64(),
        ColumnKind.TRUTH: pa.bool_(),
    }
    return pa.schema([pa.field(name, types[kind]) for name, kind in COLUMNS.items()] + [pa.field(GEOMETRY, pa.binary())])


def _record(made: Feature) -> Iterator[tuple[str, object]]:
    from shapely import Point, to_wkb  # noqa: PLC0415  only for files with shapes

    yield from made.properties.items()
    yield GEOMETRY, None if made.lon is None else to_wkb(Point(made.lon, made.lat), byte_order=1)


def _metadata(box: _Box) -> dict[str, object]:
    column: dict[str, object] = {"encoding": "WKB", "geometry_types": ["Point"]}
    if box.west <= box.east:
        column["bbox"] = [box.west, box.south, box.east, box.north]
    return {"version": VERSION, "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}
