"""The shape of UCDP GED (codebook 24.1). GED lists events with at least one reported death; claims of control report none."""

from __future__ import annotations

from collections.abc import Iterator

from whoholds.export import CAVEAT
from whoholds.export.cells import csv_lines

COLUMNS = (
    "id",
    "relid",
    "year",
    "type_of_violence",
    "conflict_name",
    "dyad_name",
    "side_a",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "country",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
)
"""The columns, in order; the last seven are the counts of deaths."""

EMPTY = f"# No events: UCDP GED lists those with reported deaths, and this store holds claims of presence and control alone. {CAVEAT}."
"""The line that says why there is no other."""


def ged_lines() -> Iterator[str]:
    """Yield the header, and a comment that says that there are no events and why."""
    yield from csv_lines(COLUMNS, ())
    yield EMPTY + "\r\n"
