"""What a CSV cannot say of itself, in the file that stands beside it (W3C, Metadata Vocabulary for Tabular Data, 2015)."""

from __future__ import annotations

from collections.abc import Sequence

from whoholds.export import CAVEAT
from whoholds.export.records import Json, written

SUFFIX = "-metadata.json"
"""What CSV on the Web looks for beside a table."""


def table_metadata(file: str, columns: Sequence[str], summary: str, *, header_rows: int = 1) -> str:
    """Return the metadata of a table: the safety line, how it was made, and its columns."""
    document: dict[str, Json] = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": file,
        "dc:title": "WhoHolds",
        "dc:description": f"{CAVEAT[0].upper()}{CAVEAT[1:]}.",
        "rdfs:comment": summary,
        "dialect": {"headerRowCount": header_rows, "commentPrefix": "#" if header_rows == 1 else None},
        "tableSchema": {"columns": [{"titles": column, "name": column} for column in columns]},
    }
    return written(document, indent=1) + "\n"
