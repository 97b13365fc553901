"""Readings explained in a terminal: the report line by line, what each statement used marked under the words, its rule.

Under a line of the report every statement that touches it has a row of its own, with its number and its stance's sign:
what happened (predicate, actor, target, place) over its evidence, and, where words say so, a second row for who says it
(source, relay, cue). Each mark begins with its name; colour is only added. Report text is untrusted: see `wording`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from rich.cells import get_character_cell_size
from rich.table import Table
from rich.text import Text

from whoholds.export import CAVEAT
from whoholds.export.spans import Entry, Marked, Part, entries
from whoholds.export.wording import (
    NARROWEST,
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
    unprintable,
)
from whoholds.model import Reading, Span
from whoholds.taxonomy import Role

MARGIN = 6
"""Columns before the text: three for a number, one for a sign, and the spaces after them."""

_FILLS = {
    Part.TARGET: ("─", "cyan"),
    Part.ACTOR: ("─", "cyan"),
    Part.REFERENCE: ("─", "blue"),
    Part.PLACE: ("─", "blue"),
    Part.PREDICATE: ("━", "bold"),
    Part.RELAY: ("─", "magenta"),
    Part.SOURCE: ("─", "magenta"),
    Part.CUE: ("━", "yellow"),
}
_SAYING = (Part.RELAY, Part.SOURCE, Part.CUE)
_HAPPENING = tuple(part for part in Part if part not in _SAYING)
_EVIDENCE = "┄"


def explanation(readings: Iterable[Reading], look: Look | None = None) -> Iterator[str]:
    """Yield each report as it comes: its heading, its text with the marks, its statements; at the end how to read it all."""
    chosen = look or Look()
    for reading in readings:
        found = entries(reading)
        parts: list[Piece] = [heading(reading, len(reading.extracted.claims))]
        if reading.second_opinion:
            parts.append(Text(f"{second_words(reading)}; what no rule found has a ² after its number"))
        if found:
            parts += [Text(), *_marked_text(reading.report.text, found, max(chosen.width, NARROWEST) - MARGIN)]
            parts += [piece for entry in found for piece in _explained(entry)]
        yield drawn([*parts, Text()], chosen)
    marks = f"Marks: {_EVIDENCE} evidence; a part begins with its name, cut short where the words are short; ━ predicate and cue."
    yield drawn([Text(marks), Text(CAVEAT[0].upper() + CAVEAT[1:] + ".", style="dim")], chosen)


def _marked_text(text: str, found: Sequence[Entry], width: int) -> Iterator[Text]:
    for line in wrapped(text, width):
        yield Text(" " * MARGIN + _shown(line.of(text)))
        for entry in found:
            if entry.reach.overlaps(line):
                yield from _rows(entry, line, text)


def wrapped(text: str, width: int) -> Iterator[Span]:
    """Yield the lines in which `text` fits `width` columns, broken between words where that can be; blank lines are left out."""
    start = 0
    for paragraph in text.split("\n"):
        yield from _broken(text, Span(start, start + len(paragraph)), width)
        start += len(paragraph) + 1


def _broken(text: str, paragraph: Span, width: int) -> Iterator[Span]:
    start = paragraph.start
    while start < paragraph.end:
        end, columns = start, 0
        while end < paragraph.end and (columns := columns + _columns(text[end])) <= width:
            end += 1
        if end < paragraph.end and (space := text.rfind(" ", start + 1, end + 1)) > start:
            end = space
        if text[start:end].strip():
            yield Span(start, end)
        start = end
        while start < paragraph.end and text[start] == " ":
            start += 1


def _shown(words: str) -> str:
    """Return `words`, one sign for one, without what a terminal would obey."""
    return "".join(" " if sign.isspace() or unprintable(sign) else sign for sign in words)


def _columns(sign: str) -> int:
    return 1 if sign.isspace() or unprintable(sign) else get_character_cell_size(sign)


def _rows(entry: Entry, line: Span, text: str) -> Iterator[Text]:
    """Yield the rows of a statement under a line; none where the line holds nothing of it."""
    _, colour = STANCE_SIGNS[entry.statement.stance]
    happening = [mark for mark in entry.marks if mark.part in _HAPPENING and mark.span.overlaps(line)]
    saying = [mark for mark in entry.marks if mark.part in _SAYING and mark.span.overlaps(line)]
    over = entry.evidence if entry.evidence.overlaps(line) else None
    margin = Text(_numbered(entry), style=f"bold {colour}")
    if over or happening:
        yield Text.assemble(margin, _ruled(happening, line, text, over))
        margin = Text(" " * MARGIN)
    if saying:
        yield Text.assemble(margin, _ruled(saying, line, text))


def _ruled(marks: Iterable[Marked], line: Span, text: str, evidence: Span | None = None) -> Text:
    columns = list(accumulate(map(_columns, line.of(text)), initial=0))

    def place(span: Span) -> tuple[int, int]:
        return columns[max(span.start, line.start) - line.start], columns[min(span.end, line.end) - line.start]

    signs, styles = [" "] * columns[-1], ["" for _ in range(columns[-1])]
    if evidence:
        start, end = place(evidence)
        signs[start:end] = _EVIDENCE * (end - start)
    order = list(Part)
    for mark in sorted(marks, key=lambda mark: order.index(mark.part)):
        start, end = place(mark.span)
        fill, style = _FILLS[mark.part]
        named = mark.part.value if mark.span.start >= line.start else ""
        signs[start:end] = named[: end - start].ljust(end - start, fill)
        styles[start:end] = [style] * (end - start)
    return Text.assemble(*zip(signs, styles, strict=True))


def _explained(entry: Entry) -> Iterator[Piece]:
    """Draw what a statement was read as: each claim, the rule that made it, and the words for each part."""
    row, statement = entry.rows[0], entry.statement
    _, colour = STANCE_SIGNS[statement.stance]
    attribution = statement.attribution
    role = " (own voice)" if attribution.own_voice else "" if row.role is Role.UNKNOWN else f" ({row.role.value})"
    kind = statement.kind.value.replace("_", " ")
    head = Text.assemble((statement.stance.value, f"bold {colour}"), (f"  {kind}", "bold"), f"  {clean(row.source)}{role}")
    if attribution.via:
        head.append(f", via {', '.join(clean(relay.referent) for relay in attribution.via)}")
    lines = [head]
    for claim in entry.rows:
        lines.append(Text(f"{clean(row.actor or 'nobody named')} → {place_words(claim)}"))
        if claim.claim.distance:
            lines.append(Text(distance_words(claim.claim.distance, claim.check)))
        if found := found_words(claim):
            lines.append(Text(found))
    lines.append(Text(f"{circumstances(row)} · {statement.certainty.value}"))
    lines.append(Text(f"rule {clean(statement.rule)}"))
    lines += [_used(mark, row.report.text) for mark in entry.marks]
    if attribution.own_voice:
        lines.append(Text("source: no words; the publisher speaks in its own voice"))
    grid = Table.grid()
    grid.add_column(width=MARGIN)
    grid.add_column(overflow="fold")
    for number, line in enumerate(lines):
        grid.add_row(Text("" if number else _numbered(entry), style=f"bold {colour}"), line)
    yield Text()
    yield grid


def _numbered(entry: Entry) -> str:
    """Return the margin of a statement: its number, ² or a space, its sign."""
    sign, _ = STANCE_SIGNS[entry.statement.stance]
    return f"{entry.number:>3}{'²' if entry.second else ' '}{sign} "


def _used(mark: Marked, text: str) -> Text:
    stands_for = f" → {clean(mark.referent)}" if mark.referent else ""
    _, style = _FILLS[mark.part]
    return Text.assemble((f"{mark.part.value:9} ", style), f"“{clean(mark.span.of(text))}”{stands_for}  {mark.span.start}–{mark.span.end}")
