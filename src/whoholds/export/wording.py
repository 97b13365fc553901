"""How a claim is told: the words and signs that the table, the explanation and the page share, so that none tells it differently.

Report text is untrusted: what is returned as words is clean, and what is drawn holds no markup.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from whoholds.export.rows import Row, report_name
from whoholds.model import Claim, Distance, DistanceCheck, Reading
from whoholds.taxonomy import DistanceVerdict, ExtentKind, FoundBy, Manner, Relation, Stance

Piece = Text | Padding | Table
"""What is drawn: a line of words, one that is set in, or a grid."""

WIDTH = 80
"""Columns of a table where the terminal's width is not known."""

NARROWEST = 40
"""Columns that are drawn at the least, however narrow the terminal is."""

_THOUSAND = 1000

STANCE_SIGNS = {
    Stance.ASSERTS: ("●", "green"),
    Stance.DENIES: ("✕", "red"),
    Stance.HEDGES: ("◐", "yellow"),
    Stance.UNACKNOWLEDGED: ("○", "magenta"),
}
"""The sign of each stance, and its colour in a terminal."""

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
    """How a table or an explanation is drawn: its width in columns, and whether colour is added to the signs and words."""

    width: int = WIDTH
    colour: bool = False


def unprintable(sign: str) -> bool:
    """Tell whether `sign` is a control, format or unassigned character that no terminal should get; joiners are spelling."""
    return unicodedata.category(sign) in _UNPRINTABLE and sign not in _SPELLING


def clean(words: str) -> str:
    """Return `words` on one line without control, format and unassigned characters."""
    return " ".join("".join(" " if unprintable(sign) else sign for sign in words).split())


def drawn(parts: Iterable[Piece], look: Look) -> str:
    """Return `parts` one under the other as lines of `look`'s width, at least `NARROWEST`; nothing in them is read as markup."""
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


def heading(reading: Reading, claims: int) -> Text:
    """Return a report's heading: publisher, day, name, the number of its claims; its title on a second line, if it has one."""
    report = reading.report
    day = report.published.isoformat() if report.published else "undated"
    counted = "no claims" if not claims else "1 claim" if claims == 1 else f"{claims} claims"
    named = [report.publisher or "publisher unknown", day, report_name(report), counted]
    line = Text("━━ " + " · ".join(map(clean, named)), style="bold")
    return line.append(f"\n{clean(report.title)}") if report.title else line


def place_words(row: Row) -> str:
    """Return where a claim is: "outskirts of Hama (place id)", with the place's own name if written otherwise; "[no pin]" if unlocated."""
    toponym, place = row.claim.toponym, row.place
    if toponym is None:
        return "no place named"
    written = clean(toponym.referent or toponym.as_written)
    where = before_place(row.claim) + written
    if place is None:
        return f"{where} [no pin]"
    known = "" if place.name.casefold() == written.casefold() else f"{clean(place.name)}, "
    return f"{where} ({known}{clean(place.id)})"


def before_place(claim: Claim) -> str:
    """Return the words before a place's name, its extent and its relation: "part of ", "near ", or none."""
    return _EXTENTS[claim.extent.kind].format(percent=claim.extent.percent) + _RELATIONS[claim.relation]


def circumstances(row: Row) -> str:
    """Return when a statement says it was, against whom and how, and what to beware of, with middle dots between."""
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


def found_words(row: Row) -> str:
    """Return who found a claim; "" where no second opinion was had."""
    if row.found_by is None:
        return ""
    if row.found_by is not FoundBy.BOTH:
        return "second opinion only: no rule found it" if row.found_by is FoundBy.SECOND_OPINION else "not found by the second opinion"
    own = (row.statement.stance, row.statement.kind)
    readings = dict.fromkeys((other.stance, other.kind) for other in row.others)
    if own in readings:
        return "also found by the second opinion"
    differing = " and ".join(f"{stance.value} {kind.value.replace('_', ' ')}" for stance, kind in readings)
    return f"also found by the second opinion, which reads it as {differing}"


def second_words(reading: Reading) -> str:
    """Return what came of a second opinion: whose, how much has its words in the text, what was refused; "" where none was had."""
    second = reading.second_opinion
    if second is None:
        return ""
    kept = len(second.extracted.claims)
    refused = second.extracted.refused
    alone = kept - len(second.matches)
    whose = clean(second.extracted.extraction.model)
    said = f"Second opinion of {whose}: {kept} with their words in the text, {alone} of them found by no rule"
    reasons = ", ".join(f"{count} {reason.value.replace('_', ' ')}" for reason, count in refused.items())
    return f"{said}; {sum(refused.values())} refused ({reasons})" if refused else f"{said}; none refused"


def distance_words(distance: Distance, check: DistanceCheck | None) -> str:
    """Return a distance as reported, and how the straight line in kilometres compares, or that it cannot be checked."""
    reference = check.reference.name if check and check.reference else distance.reference.referent
    stated = f"{kilometre_words(distance)} from {clean(reference)}"
    if check is None or check.straight_km is None or check.start is None:
        return f"{stated}: cannot be checked"
    return f"{stated}: straight line from {clean(check.start.name)} {check.straight_km:.1f} km{_VERDICTS[check.verdict]}"


def kilometre_words(distance: Distance) -> str:
    """Return the kilometres of a distance: "40 km", "30–40 km", "≤ 40 km", "≥ 30 km", or "some km" where no number is known."""
    low, high = distance.km_low, distance.km_high
    if low is None or high is None:
        return f"≤ {_number(high)} km" if high is not None else f"≥ {_number(low)} km" if low is not None else "some km"
    return f"{_number(low)} km" if low == high else f"{_number(low)}–{_number(high)} km"


def _number(km: float) -> str:
    """Write kilometres without an exponent, as a reader of news does."""
    return f"{km:g}" if km < _THOUSAND else f"{km:,.0f}"
