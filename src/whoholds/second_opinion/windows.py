"""A report cut into windows that a small language model can hold (pure)."""

from __future__ import annotations

from collections.abc import Iterator

from whoholds.model import Report, Span

WINDOW = 6000
"""Characters, about 1,500 tokens: small models answer worse the more they are given."""

_BREAKS = ("\n", ". ", " ")


def windows(report: Report) -> Iterator[Span]:
    """Yield the windows of a report in order; they cover it, and end with a line, else a sentence, else a word."""
    start, text = 0, report.text
    while start < len(text):
        end = _end(text, start)
        yield Span(start, end)
        start = end


def _end(text: str, start: int) -> int:
    most = start + WINDOW
    if most >= len(text):
        return len(text)
    for sign in _BREAKS:
        at = text.rfind(sign, start + WINDOW // 2, most)
        if at >= 0:
            return at + len(sign)
    return most
