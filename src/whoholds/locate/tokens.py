"""The words of running text, as finding names needs them; pure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from whoholds.locate.names import is_article, plain

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_](?:[^\W_]|[.](?=[^\W\d_][.]))*(?:['’‘ʿʾʼ`][^\W\d_]+)*[’‘'`]?", re.UNICODE)
JOINS = frozenset({" ", "-", "\u2010", "\u2011", "\u00a0", "\u2013"})
"""What may stand between two words of one name."""
POSSESSIVE = re.compile(r"(?:['’]s|['’‘`])$")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
"""Of what a headline capitalises: "of", "and", "the" are lower-case there too."""
_SENTENCE_ENDS = ".!?:;\n"
_LONGEST_ARTICLE = 3
CACHED_WORDS = 1 << 12
HEADLINE = 0.6
"""A line with a greater share of capitalised words is a headline, where capitals say nothing."""


class Token(NamedTuple):
    """A word and where it stands; `opens` is true at the beginning of a sentence or in a headline."""

    start: int
    end: int
    text: str
    capital: bool
    article: bool
    opens: bool


def tokens_of(text: str) -> list[Token]:
    """Return the words of `text`."""
    found = []
    headlines = _headlines(text)
    for match in _WORD.finditer(text):
        word = match[0]
        start, end = match.span()
        capital = not word[0].islower()
        opens = capital and (_opens(text, start) or any(first <= start < last for first, last in headlines))
        article = end - start <= _LONGEST_ARTICLE and _is_article(word)
        found.append(Token(start, end, word, capital, article, opens))
    return found


@lru_cache(maxsize=CACHED_WORDS)
def _is_article(word: str) -> bool:
    return is_article(plain(word))


def _opens(text: str, at: int) -> bool:
    before = text[max(0, at - 6) : at].rstrip(" \"'“”‘’(«-–—\u00a0")
    return not before or before[-1] in _SENTENCE_ENDS


def _headlines(text: str) -> list[tuple[int, int]]:
    """Return the stretches of lines that are mostly capitalised."""
    found = []
    start = 0
    for line in text.split("\n"):
        words = _LONG_WORD.findall(line)
        if len(words) > 3 and sum([word[0].isupper() for word in words]) / len(words) > HEADLINE:  # noqa: PLR2004
            found.append((start, start + len(line)))
        start += len(line) + 1
    return found
