"""Words of a report replaced, with every offset of its reading moved along; pure.

Ids and anchors stay: a reading with other words at the same places is still the reading of that report.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from whoholds.model import Attribution, Claim, Distance, Mention, Reading, Resolution, Span, Statement


@dataclass(frozen=True, slots=True, order=True)
class Swap:
    """Words from `start` to `end` (code points) that give way to `words`."""

    start: int
    end: int
    words: str


class Shift:
    """Several swaps in one text; they may not overlap."""

    def __init__(self, swaps: Iterable[Swap]) -> None:
        """Order the swaps."""
        self._swaps = sorted(swaps)
        self._starts = [swap.start for swap in self._swaps]

    def text(self, text: str) -> str:
        """Return the text with all swaps made."""
        pieces, at = [], 0
        for swap in self._swaps:
            pieces += [text[at : swap.start], swap.words]
            at = swap.end
        return "".join([*pieces, text[at:]])

    def span(self, span: Span) -> Span:
        """Return where the words of a span stand now; what begins or ends inside a swap takes in all of it."""
        start = self._moved(span.start, ends=False)
        return Span(start, max(start, self._moved(span.end, ends=True)) if span.end > span.start else start)

    def _moved(self, offset: int, *, ends: bool) -> int:
        before = self._swaps[: bisect_right(self._starts, offset - 1 if ends else offset)]
        grown = sum(len(swap.words) - (swap.end - swap.start) for swap in before)
        if before and before[-1].end > (offset - 1 if ends else offset):
            last = before[-1]
            return (last.end if ends else last.start) + (grown if ends else grown - len(last.words) + last.end - last.start)
        return offset + grown


def shifted(reading: Reading, swaps: Sequence[Swap], names: Sequence[tuple[str, str]]) -> Reading:
    """Return `reading` with the swaps made in its text; `names` are replaced in whatever a mention refers to, too."""
    shift = Shift(swaps)
    report = reading.report
    text = shift.text(report.text)
    title = renamed(report.title, names)
    moved = _Mover(shift, text, tuple(names))
    statements = tuple(moved.statement(each) for each in reading.extracted.statements)
    claims = tuple(moved.claim(each) for each in reading.extracted.claims)
    return replace(
        reading,
        report=replace(report, text=text, title=title, body=shift.span(Span(report.body, report.body)).start),
        extracted=replace(reading.extracted, statements=statements, claims=claims),
        resolutions={key: moved.resolution(each) for key, each in reading.resolutions.items()},
        second_opinion=None,
    )


def renamed(words: str | None, names: Sequence[tuple[str, str]]) -> str | None:
    """Return words in which each name has given way to what stands for it."""
    for name, instead in names:
        words = words.replace(name, instead) if words else words
    return words


@dataclass(frozen=True, slots=True)
class _Mover:
    shift: Shift
    text: str
    names: tuple[tuple[str, str], ...]

    def statement(self, statement: Statement) -> Statement:
        attribution = statement.attribution
        return replace(
            statement,
            evidence=self.shift.span(statement.evidence),
            predicate=self.shift.span(statement.predicate),
            cue=self.shift.span(statement.cue) if statement.cue else None,
            actor=self.mention(statement.actor),
            target=self.mention(statement.target),
            attribution=self.attribution(attribution),
        )

    def attribution(self, attribution: Attribution) -> Attribution:
        via = tuple(self._mention(each) for each in attribution.via)
        return replace(attribution, source=self._mention(attribution.source), via=via)

    def claim(self, claim: Claim) -> Claim:
        return replace(claim, toponym=self.mention(claim.toponym), distance=self.distance(claim.distance))

    def distance(self, distance: Distance | None) -> Distance | None:
        return replace(distance, reference=self._mention(distance.reference)) if distance else None

    def resolution(self, resolution: Resolution) -> Resolution:
        return replace(resolution, mention=self._mention(resolution.mention))

    def mention(self, mention: Mention | None) -> Mention | None:
        return None if mention is None else self._mention(mention)

    def _mention(self, mention: Mention) -> Mention:
        at = self.shift.span(mention.span)
        referent = renamed(mention.referent, self.names) or mention.referent
        behind = self.shift.span(mention.referent_span) if mention.referent_span else None
        return Mention(mention.report, at.start, at.end, mention.as_written and at.of(self.text), referent, behind)
