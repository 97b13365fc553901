"""The access table: per area with a P-code of OCHA who holds it, as CSV and XLSX with HXL tags (HXL 1.1).

An area about which nothing was heard has no line: blank is not quiet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from whoholds.export import CAVEAT
from whoholds.export.cells import cells, csv_lines, guarded
from whoholds.export.extras import require_extra


@dataclass(frozen=True, slots=True)
class AccessRow:
    """A line of the table; the fields are its columns, in order.

    `holders` and `sources` are joined by semicolons. `inherited_from` is the P-code or id of the wider area whose state
    this is; `holders_inside` names who holds places inside of which something is known for themselves, with their number.
    `encircled` is yes, no, or empty where nothing is known of the area.
    """

    admin_level: int
    pcode: str
    name: str
    admin1: str
    on: str
    holders: str
    holding: str
    agreement: str
    tier: str
    encircled: str
    inherited_from: str
    holders_inside: str
    last_report: str
    sources: str


COLUMNS = tuple(field.name for field in fields(AccessRow))
"""The columns, in order."""

TAGS = (
    "#meta+admin_level",
    "#adm+code",
    "#adm+name",
    "#adm1+name",
    "#date+state",
    "#group+holder+list",
    "#status+holding",
    "#status+agreement",
    "#indicator+support",
    "#access+encircled",
    "#meta+inherited_from",
    "#group+holder+inside+list",
    "#date+reported+latest",
    "#meta+source+list",
)
"""The HXL hashtag of each column: they stand in the row under the header."""


def access_lines(rows: Iterable[AccessRow]) -> Iterator[str]:
    """Yield the table as CSV: header, hashtags, areas."""
    made = (cells(row) for row in rows)
    yield from csv_lines(COLUMNS, ())
    # The hashtags begin with a sign that no spreadsheet takes for a formula.
    yield ",".join(TAGS) + "\r\n"
    lines = csv_lines(COLUMNS, made)
    next(lines)
    yield from lines


def write_access_workbook(rows: Iterable[AccessRow], out: Path) -> None:
    """Write the table to the workbook `out`, row by row, and a sheet that says what it is and is not.

    Raises:
        SetupError: when openpyxl is not installed.
        OSError: when the file cannot be written.
    """
    require_extra("openpyxl")
    from openpyxl import Workbook  # noqa: PLC0415  an extra

    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator, book.properties.description = "Access", "WhoHolds", CAVEAT
    sheet = book.create_sheet("access")
    sheet.freeze_panes = "A3"
    for row in _table(rows):
        sheet.append(row)
    about = book.create_sheet("about")
    for line in (f"{CAVEAT[0].upper()}{CAVEAT[1:]}.", "An area about which nothing was heard has no line: blank is not quiet."):
        about.append([line])
    book.save(out)


def _table(rows: Iterable[AccessRow]) -> Iterator[list[object]]:
    yield list(COLUMNS)
    yield list(TAGS)
    for row in rows:
        yield [guarded(cell) for cell in cells(row)]
