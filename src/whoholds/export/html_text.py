"""The running text of a report in HTML, cut where statements and their parts begin and end, so that overlaps nest.

Each statement has a lane, an underline of its own that keeps its distance from the words along its whole length; the
form of the line tells the stance. Where a statement ends stands its number, a link to what is said of it beside the text.
"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from whoholds.export.spans import Entry, Segment, lanes, segments
from whoholds.export.wording import STANCE_SIGNS
from whoholds.model import Report, Span

LANES = 4
"""Underlines that fit between two lines of text; deeper overlaps share the last."""

SIGNS = {stance: sign for stance, (sign, _) in STANCE_SIGNS.items()}
"""The sign of each stance, as in the table."""

_SHOWN = frozenset("\n\t\u200c\u200d")
_UNFIT = frozenset({"Cc", "Cf", "Cs"})


def escaped(words: str) -> str:
    """Return `words` as HTML text or attribute; what HTML forbids, or turns the reading direction, becomes U+FFFD."""
    fit = (sign if sign in _SHOWN or unicodedata.category(sign) not in _UNFIT else "\ufffd" for sign in words)
    return html.escape("".join(fit), quote=True)


def marked_text(report: Report, found: Sequence[Entry], prefix: str) -> str:
    """Return the paragraphs of a report, its title as a heading; ids begin with `prefix`."""
    return "\n".join(_paragraphs(report, found, prefix))


def _paragraphs(report: Report, found: Sequence[Entry], prefix: str) -> Iterator[str]:
    chosen, start = lanes(found), 0
    for line in report.text.split("\n"):
        span = Span(start, start + len(line))
        start = span.end + 1
        if not line.strip():
            continue
        inner = "".join(_line(report.text, span, found, prefix, chosen))
        if report.title and not span.start:
            yield f'<h2 id="{prefix}-name">{inner}</h2>'
        else:
            kind = ' class="head"' if span.end <= report.body else ""
            yield f"<p{kind}>{inner}</p>"


def _line(text: str, line: Span, found: Sequence[Entry], prefix: str, chosen: Mapping[int, int]) -> Iterator[str]:
    touching = [entry for entry in found if entry.reach.overlaps(line)]
    for segment in segments(line, touching):
        yield _segment(segment, text, chosen)
        for entry in touching:
            if segment.span.start < _end(entry, text) <= segment.span.end:
                yield _number(entry, prefix)


def _end(entry: Entry, text: str) -> int:
    """Return where the last word of a statement ends: in exactly one segment, whatever white space follows."""
    return entry.evidence.start + len(entry.evidence.of(text).rstrip())


def _segment(segment: Segment, text: str, chosen: Mapping[int, int]) -> str:
    inner = escaped(segment.span.of(text))
    if segment.parts:
        parts = " ".join(
            f"{entry.number}:{mark.part.value}:{'first' if mark.span.start == segment.span.start else 'on'}"
            for entry, mark in segment.parts
        )
        inner = f'<span data-parts="{parts}">{inner}</span>'
    for entry in sorted(segment.entries, key=lambda entry: -chosen[entry.number]):
        lane = min(chosen[entry.number], LANES - 1)
        second = " second" if entry.second else ""
        said = f"said {entry.statement.stance.value} lane{lane}{second}"
        inner = f'<mark class="{said}" data-number="{entry.number}">{inner}</mark>'
    return inner


def _number(entry: Entry, prefix: str) -> str:
    statement, row = entry.statement, entry.rows[0]
    stance, kind = statement.stance.value, statement.kind.value.replace("_", " ")
    whose, second = (", second opinion only", " second") if entry.second else ("", "")
    label = escaped(f"Statement {entry.number}{whose}: {row.source} {stance}, {kind}")
    return (
        f'<a class="ref {stance}{second}" id="{prefix}-t{entry.number}" href="#{prefix}-s{entry.number}" data-number="{entry.number}" '
        f'aria-label="{label}">{SIGNS[statement.stance]}{entry.label}</a>'
    )
