"""Which words of a report carry what: the statements of a reading, numbered, with the spans that each of them used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import chain, pairwise

from whoholds.export.rows import Row, rows, second_rows
from whoholds.model import Mention, Reading, Span, Statement
from whoholds.taxonomy import FoundBy


class Part(StrEnum):
    """What words do in a statement; where two parts claim the same words, the later of these names is drawn on top."""

    TARGET = "target"
    ACTOR = "actor"
    REFERENCE = "from"
    PLACE = "place"
    PREDICATE = "predicate"
    RELAY = "relay"
    SOURCE = "source"
    CUE = "cue"


@dataclass(frozen=True, slots=True)
class Marked:
    """Words that are a part of a statement; `referent` is what they stand for, where they do not say it themselves."""

    part: Part
    span: Span
    referent: str | None = None


@dataclass(frozen=True)
class Entry:
    """A statement with its claims (one row for each place, never none), and the number it has in its report, from 1.

    It has no slots, as it keeps what it once computed: every line of a report asks every statement.
    """

    number: int
    statement: Statement
    rows: tuple[Row, ...]

    @property
    def second(self) -> bool:
        """Whether a second opinion alone made the statement."""
        return self.rows[0].found_by is FoundBy.SECOND_OPINION

    @property
    def label(self) -> str:
        """The number, with a raised 2 where it is a second opinion's."""
        return f"{self.number}²" if self.second else str(self.number)

    @property
    def evidence(self) -> Span:
        """The span of the statement in the report."""
        return self.statement.evidence

    @cached_property
    def marks(self) -> tuple[Marked, ...]:
        """The words that the statement used, in text order; what no words carry is left out."""
        return tuple(sorted(set(self._marks()), key=lambda mark: (mark.span, mark.part)))

    @cached_property
    def reach(self) -> Span:
        """The stretch of the report outside of which the statement used no words."""
        spans = [self.evidence, *(mark.span for mark in self.marks)]
        return Span(min(span.start for span in spans), max(span.end for span in spans))

    def _marks(self) -> Iterator[Marked]:
        statement, attribution = self.statement, self.statement.attribution
        yield Marked(Part.PREDICATE, statement.predicate)
        if statement.cue:
            yield Marked(Part.CUE, statement.cue)
        yield from _mentioned(Part.ACTOR, statement.actor)
        yield from _mentioned(Part.TARGET, statement.target)
        yield from _mentioned(Part.SOURCE, attribution.source)
        for relay in attribution.via:
            yield from _mentioned(Part.RELAY, relay)
        for row in self.rows:
            yield from _mentioned(Part.PLACE, row.claim.toponym)
            yield from _mentioned(Part.REFERENCE, row.claim.distance.reference if row.claim.distance else None)


def _mentioned(part: Part, mention: Mention | None) -> Iterator[Marked]:
    if mention is not None and not mention.implied:
        stands_for = None if mention.referent == mention.as_written else mention.referent
        yield Marked(part, mention.span, stands_for)


def entries(reading: Reading) -> tuple[Entry, ...]:
    """Return the statements of `reading` with their claims, numbered in text order; then those of a second opinion alone."""
    grouped: dict[tuple[str, bool], list[Row]] = {}
    for row in chain(rows(reading), second_rows(reading)):
        grouped.setdefault((row.statement.id, row.found_by is FoundBy.SECOND_OPINION), []).append(row)
    return tuple(Entry(number, found[0].statement, tuple(found)) for number, found in enumerate(grouped.values(), 1))


def lanes(found: Sequence[Entry]) -> Mapping[int, int]:
    """Return, for the number of each entry, the lane (from 0) in which its evidence can be underlined without touching another.

    A statement keeps its lane along its whole length; the longer of two that begin together lies nearer to the words.
    """
    chosen: dict[int, int] = {}
    ends: list[int] = []
    for entry in sorted(found, key=lambda entry: (entry.evidence.start, -entry.evidence.end)):
        free = next((lane for lane, end in enumerate(ends) if end <= entry.evidence.start), len(ends))
        ends[free:] = [entry.evidence.end, *ends[free + 1 :]]
        chosen[entry.number] = free
    return chosen


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text in which nothing begins or ends: the statements it is evidence of, and the parts it is of each."""

    span: Span
    entries: tuple[Entry, ...]
    parts: tuple[tuple[Entry, Marked], ...]


def segments(line: Span, found: Sequence[Entry]) -> Iterator[Segment]:
    """Yield `line`, a stretch of the report, in order, cut wherever a statement or a part of one begins or ends."""
    touching = [(entry, mark) for entry in found for mark in entry.marks if mark.span.overlaps(line)]
    spans = [line, *(entry.evidence for entry in found), *(mark.span for _, mark in touching)]
    cuts = sorted({max(line.start, min(line.end, cut)) for span in spans for cut in (span.start, span.end)})
    for start, end in pairwise(cuts):
        piece = Span(start, end)
        covering = tuple(entry for entry in found if entry.evidence.overlaps(piece))
        yield Segment(piece, covering, tuple((entry, mark) for entry, mark in touching if mark.span.overlaps(piece)))
