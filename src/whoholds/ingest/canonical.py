"""The canonical text of a report, and the ways between its offsets and those of other counts.

Spans count code points of canonical text. A browser counts UTF-16 units, the file as it came counts the code points
of its decoded text; both conversions live here. All of it is pure.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate

CANONICALISER = "c1"
"""Version of the rule below; it stands in every report, so that old offsets stay readable when the rule changes."""

BIDI_CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Invisible characters of the Unicode bidirectional algorithm (UAX 9): they can make a quotation read backwards."""

_TO_SPACE = str.maketrans(dict.fromkeys("\0" + BIDI_CONTROLS, " "))
# A run of returns, not one: after "\r\r\n" a single step would leave "\r\n" and a second pass would differ.
_LINE_END = re.compile(r"\r+\n")
_LAST_BMP = "\uffff"


def canonicalise(decoded: str) -> str:
    r"""Return the canonical text: line ends as "\n", NUL and bidi controls each as one space, nothing else changed.

    Canonical text stays as it is when canonicalised again.
    """
    return _LINE_END.sub("\n", decoded.translate(_TO_SPACE))


class RawOffsets:
    """Leads from an offset of canonical text back to the decoded text it was made of."""

    def __init__(self, decoded: str) -> None:
        """Note where `decoded` is longer than its canonical text."""
        ends = [(match.start(), len(match.group()) - 1) for match in _LINE_END.finditer(decoded)]
        dropped = list(accumulate((count for _, count in ends), initial=0))
        self._dropped = dropped
        # Canonical offsets of the line feeds that stand for a longer line end.
        self._feeds = [start - before for (start, _), before in zip(ends, dropped, strict=False)]

    def raw(self, offset: int) -> int:
        """Return the offset in decoded text of the character at canonical `offset`; a line end begins at its first return."""
        return offset + self._dropped[bisect_left(self._feeds, offset)]


class Utf16Offsets:
    """Leads between code points and UTF-16 units (what JavaScript counts) of one text."""

    def __init__(self, text: str) -> None:
        """Note the characters of `text` that take two units."""
        self._points = [index for index, character in enumerate(text) if character > _LAST_BMP]
        self._units = [index + earlier for earlier, index in enumerate(self._points)]

    def units(self, point: int) -> int:
        """Return the UTF-16 offset of code point offset `point`."""
        return point + bisect_left(self._points, point)

    def points(self, unit: int) -> int:
        """Return the code point offset of UTF-16 offset `unit`; inside a surrogate pair, that of its character."""
        wide = bisect_left(self._units, unit)
        inside = wide > 0 and self._units[wide - 1] + 1 == unit
        return self._points[wide - 1] if inside else unit - wide
