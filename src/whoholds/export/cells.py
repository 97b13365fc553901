"""Cells of tables that others open: nothing in them runs as a formula, and CSV is written a line at a time (RFC 4180)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple

from whoholds.export.wording import unprintable

Cell = str | int | float | bool | None

# What a spreadsheet takes for the beginning of a formula, its full-width forms included (OWASP, CSV injection).
_FORMULA = re.compile(r"[\s'\"]*[=+\-@|\uff1d\uff0b\uff0d\uff20]")
_BREAKS = re.compile(r"\s*[\r\n\t\v\f\u2028\u2029]\s*")


def guarded(cell: Cell) -> Cell:
    """Return a cell as a spreadsheet may have it: words on one line that no program takes for a formula, without controls.

    Numbers stay numbers. Words that would begin a formula get an apostrophe before them, which spreadsheets read as
    "this is text".
    """
    if not isinstance(cell, str):
        return cell
    words = "".join(sign for sign in _BREAKS.sub(" ", cell) if not unprintable(sign)).strip()
    return f"'{words}" if _FORMULA.match(words) else words


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Yield the header and a line for each row; None is an empty cell, true and false are written so."""
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\r\n")
    yield _line(page, writer.writerow, columns)
    for row in rows:
        yield _line(page, writer.writerow, [_written(guarded(cell)) for cell in row])


def cells(row: object) -> tuple[Cell, ...]:
    """Return the fields of a row (a dataclass of cells) in their order."""
    return astuple(row)  # type: ignore[call-overload,no-any-return]


def joined(words: Iterable[str | None]) -> str:
    """Return words as one cell, each once, with semicolons between; a semicolon inside one becomes a comma."""
    return ";".join(dict.fromkeys(word.replace(";", ",") for word in words if word))


def _written(cell: Cell) -> Cell:
    return str(cell).lower() if isinstance(cell, bool) else cell


def _line(page: io.StringIO, write: object, row: Sequence[Cell]) -> str:
    page.seek(0)
    page.truncate()
    assert callable(write)  # noqa: S101  the writer's own method
    write(row)
    return page.getvalue()
