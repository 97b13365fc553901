"""A report cut into paragraphs, each with the names known in it (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from whoholds.model import Report, Span

BLANK_LINE = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
LINE = re.compile(r"\n")
BULLET = re.compile(r"^[\s•*▪◦·–—-]+")


def paragraphs(report: Report) -> Iterator[Span]:
    """Yield the spans of title and paragraphs in text order, without bullets and outer space.

    Where a report has blank lines they part the paragraphs and single line ends are wrapping; where it has none,
    every line end parts them. Header and dateline (before `Report.body`) are not prose and left out.
    """
    if report.title and report.text.startswith(report.title):
        yield Span(0, len(report.title))
    body = report.text[report.body :]
    boundary = BLANK_LINE if BLANK_LINE.search(body.strip()) else LINE
    start = report.body
    for match in boundary.finditer(report.text, report.body):
        yield from _trimmed(report.text, start, match.start())
        start = match.end()
    yield from _trimmed(report.text, start, len(report.text))


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    bullet = BULLET.match(piece)
    start += bullet.end() if bullet else 0
    end = start + len(text[start:end].rstrip())
    if start < end:
        yield Span(start, end)
