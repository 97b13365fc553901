"""Readings for a terminal, readable at 80 columns: a heading for each report, a few lines for each claim.

Report text is untrusted: control characters never reach the terminal, and nothing in it is read as markup.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from whoholds.export import CAVEAT
from whoholds.export.rows import Row, rows, second_rows
from whoholds.export.wording import (
    STANCE_SIGNS,
    Look,
    Piece,
    circumstances,
    clean,
    distance_words,
    drawn,
    found_words,
    heading,
    place_words,
    second_words,
)
from whoholds.model import Reading
from whoholds.taxonomy import Role, Stance

QUOTE_LENGTH = 240
INDENT = 4


def table(readings: Iterable[Reading], look: Look | None = None) -> Iterator[str]:
    """Yield the lines of each report as it comes; at the end the claims counted by stance, what was undated, and the caveat."""
    chosen = look or Look()
    stances: Counter[Stance] = Counter()
    undated = seconds = 0
    for reading in readings:
        found = list(rows(reading))
        stances.update(row.statement.stance for row in found)
        undated += reading.report.published is None
        others = list(second_rows(reading))
        seconds += len(others)
        opinion = [Text(), Text(second_words(reading), style="bold")] if reading.second_opinion else []
        own, theirs = ([part for row in made for part in _entry(row)] for made in (found, others))
        yield drawn([heading(reading, len(found)), *own, *opinion, *theirs, Text()], chosen)
    counted = ", ".join(f"{stances[stance]} {stance.value}" for stance in Stance if stances[stance]) or "none"
    lines = [Text(f"Claims: {counted}"), Text(CAVEAT[0].upper() + CAVEAT[1:] + ".", style="dim")]
    if seconds:
        lines.insert(1, Text(f"Found by the second opinion only, and not counted there: {seconds}"))
    if undated:
        lines.insert(1, Text(f"Undated reports: {undated}; with --published DAY, words like “on Friday” become days."))
    yield drawn(lines, chosen)


def _entry(row: Row) -> Iterator[Piece]:
    yield Text()
    yield _first_line(row)
    lines = [Text(f"{clean(row.actor or 'nobody named')} → {place_words(row)}"), Text(circumstances(row))]
    if row.claim.distance:
        lines.append(Text(distance_words(row.claim.distance, row.check)))
    lines.append(Text(found_words(row)))
    lines.append(Text(f"“{_shortened(clean(row.quote))}”", style="italic"))
    yield from (Padding(line, (0, 0, 0, INDENT)) for line in lines if line.plain)


def _first_line(row: Row) -> Table:
    """Draw the sign in a column of its own, so that a long line goes on under its first word."""
    sign, colour = STANCE_SIGNS[row.statement.stance]
    attribution = row.statement.attribution
    line = Text(row.statement.stance.value, style=f"bold {colour}")
    line.append(f"  {row.statement.kind.value.replace('_', ' ')}", style="bold")
    line.append(f"  {clean(row.source)}")
    line.append(" (own voice)" if attribution.own_voice else "" if row.role is Role.UNKNOWN else f" ({row.role.value})")
    if attribution.via:
        line.append(f", via {', '.join(clean(relay.referent) for relay in attribution.via)}")
    grid = Table.grid()
    grid.add_column(width=INDENT)
    grid.add_column(overflow="fold")
    grid.add_row(Text(f"  {sign} ", style=f"bold {colour}"), line)
    return grid


def _shortened(words: str) -> str:
    return words if len(words) <= QUOTE_LENGTH else words[: QUOTE_LENGTH - 1].rstrip() + "…"
