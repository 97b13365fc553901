"""Readings for a terminal, readable at 80 columns: a heading for each report, a few lines for each claim.

Report text is untrusted: control characters never reach the terminal, and nothing in it is read as markup.
"""

from __future__ import annotations

import io
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from whoholds.export import CAVEAT
from whoholds.export.rows import Row, report_name, rows
from whoholds.model import Distance, DistanceCheck, Extent, Reading
from whoholds.taxonomy import DistanceVerdict, ExtentKind, Manner, Relation, Role, Stance

WIDTH = 80
NARROWEST = 40
QUOTE_LENGTH = 240
INDENT = 4
_THOUSAND = 1000

_SIGNS = {
    Stance.ASSERTS: ("●", "green"),
    Stance.DENIES: ("✕", "red"),
    Stance.HEDGES: ("◐", "yellow"),
    Stance.UNACKNOWLEDGED: ("○", "magenta"),
}
_RELATIONS = {
    Relation.IN: "",
    Relation.OUTSKIRTS: "outskirts of ",
    Relation.NEAR: "near ",
    Relation.DIRECTION_OF: "towards ",
    Relation.AROUND: "around ",
}
_EXTENTS = {
    ExtentKind.UNSTATED: "",
    ExtentKind.WHOLE: "all of ",
    ExtentKind.MOST: "most of ",
    ExtentKind.PART: "part of ",
    ExtentKind.PERCENT: "{percent} % of ",
    ExtentKind.FACILITY: "a facility in ",
}
_VERDICTS = {
    DistanceVerdict.REPRODUCIBLE: ", which agrees",
    DistanceVerdict.ONLY_FROM_EDGE: ", only from its edge",
    DistanceVerdict.NOT_REPRODUCIBLE: ", not reproducible",
    DistanceVerdict.UNCHECKABLE: "",
}
# Joiners are format characters too, but Persian and emoji are spelled with them.
_SPELLING = frozenset("\u200c\u200d")
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Look:
    """How a table is drawn: its width in columns, and whether colour is added to the signs and words."""

    width: int = WIDTH
    colour: bool = False


def table(readings: Iterable[Reading], look: Look | None = None) -> Iterator[str]:
    """Yield the lines of each report as it comes; at the end the claims counted by stance, what was undated, and the caveat."""
    chosen = look or Look()
    stances: Counter[Stance] = Counter()
    undated = 0
    for reading in readings:
        found = list(rows(reading))
        stances.update(row.statement.stance for row in found)
        undated += reading.report.published is None
        yield _drawn([_heading(reading, len(found)), *(part for row in found for part in _entry(row)), Text()], chosen)
    counted = ", ".join(f"{stances[stance]} {stance.value}" for stance in Stance if stances[stance]) or "none"
    lines = [Text(f"Claims: {counted}"), Text(CAVEAT[0].upper() + CAVEAT[1:] + ".", style="dim")]
    if undated:
        lines.insert(1, Text(f"Undated reports: {undated}; with --published DAY, words like “on Friday” become days."))
    yield _drawn(lines, chosen)


def clean(words: str) -> str:
    """Return `words` on one line without control, format and unassigned characters."""
    kept = (" " if unicodedata.category(sign) in _UNPRINTABLE and sign not in _SPELLING else sign for sign in words)
    return " ".join("".join(kept).split())


def _drawn(parts: Iterable[Text | Padding | Table], look: Look) -> str:
    page = io.StringIO()
    console = Console(
        file=page,
        width=max(look.width, NARROWEST),
        force_terminal=look.colour,
        color_system="standard" if look.colour else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for part in parts:
        console.print(part)
    return "\n".join(line.rstrip() for line in page.getvalue().split("\n"))


def _heading(reading: Reading, claims: int) -> Text:
    report = reading.report
    day = report.published.isoformat() if report.published else "undated"
    counted = "no claims" if not claims else "1 claim" if claims == 1 else f"{claims} claims"
    named = [report.publisher or "publisher unknown", day, report_name(report), counted]
    heading = Text("━━ " + " · ".join(map(clean, named)), style="bold")
    return heading.append(f"\n{clean(report.title)}") if report.title else heading


def _entry(row: Row) -> Iterator[Text | Padding | Table]:
    yield Text()
    yield _first_line(row)
    lines = [Text(f"{clean(row.actor or 'nobody named')} → {_place(row)}"), Text(_circumstances(row))]
    if row.claim.distance:
        lines.append(Text(_distance(row.claim.distance, row.check)))
    lines.append(Text(f"“{_shortened(clean(row.quote))}”", style="italic"))
    yield from (Padding(line, (0, 0, 0, INDENT)) for line in lines if line.plain)


def _first_line(row: Row) -> Table:
    """Draw the sign in a column of its own, so that a long line goes on under its first word."""
    sign, colour = _SIGNS[row.statement.stance]
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


def _place(row: Row) -> str:
    toponym, place = row.claim.toponym, row.place
    if toponym is None:
        return "no place named"
    written = clean(toponym.referent or toponym.as_written)
    where = _extent(row.claim.extent) + _RELATIONS[row.claim.relation] + written
    if place is None:
        return f"{where} [no pin]"
    known = "" if place.name.casefold() == written.casefold() else f"{clean(place.name)}, "
    return f"{where} ({known}{clean(place.id)})"


def _extent(extent: Extent) -> str:
    return _EXTENTS[extent.kind].format(percent=extent.percent)


def _circumstances(row: Row) -> str:
    statement = row.statement
    said = [
        f"when {row.when}" if row.when else "when not said",
        f"against {clean(row.target)}" if row.target else "",
        statement.manner.value if statement.manner is not Manner.UNSTATED else "",
        "background" if statement.background else "",
        "taken for granted" if statement.presupposed else "",
        "possible euphemism" if statement.euphemism else "",
    ]
    return " · ".join(filter(None, said))


def _distance(distance: Distance, check: DistanceCheck | None) -> str:
    reference = check.reference.name if check and check.reference else distance.reference.referent
    stated = f"{_kilometres(distance)} from {clean(reference)}"
    if check is None or check.straight_km is None or check.start is None:
        return f"{stated}: cannot be checked"
    return f"{stated}: straight line from {clean(check.start.name)} {check.straight_km:.1f} km{_VERDICTS[check.verdict]}"


def _kilometres(distance: Distance) -> str:
    low, high = distance.km_low, distance.km_high
    if low is None or high is None:
        return f"≤ {_number(high)} km" if high is not None else f"≥ {_number(low)} km" if low is not None else "some km"
    return f"{_number(low)} km" if low == high else f"{_number(low)}–{_number(high)} km"


def _number(km: float) -> str:
    """Write kilometres without an exponent, as a reader of news does."""
    return f"{km:g}" if km < _THOUSAND else f"{km:,.0f}"


def _shortened(words: str) -> str:
    return words if len(words) <= QUOTE_LENGTH else words[: QUOTE_LENGTH - 1].rstrip() + "…"
