"""Finds names of places in running text: capitalised word sequences looked up in the gazetteer, longest first."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from whoholds.locate.gazetteer import PlaceIndex
from whoholds.locate.names import is_article, plain, strict_key
from whoholds.locate.places import Row, feature_of
from whoholds.locate.words import words
from whoholds.model import Span
from whoholds.ports import KnownName

LONGEST_NAME = 6
"""Words, articles included ("Khan al-Sheh" has three)."""
FOLDED_DISCOUNT = 0.1
PERSON_PROMINENCE = 0.15
COMMON_PROMINENCE = 0.1
AFTER_CAPITALISED = 0.6
SHORT_KEY = 3
WELL_KNOWN = 20000
"""People a town needs to be heard of where its name is also a common word."""

_WORD = re.compile(r"[^\W\d_](?:[^\W_]|[.](?=[^\W\d_][.]))*(?:['’‘ʿʾʼ`][^\W\d_]+)*[’‘'`]?", re.UNICODE)
_JOINS = frozenset({" ", "-", "\u2010", "\u2011", "\u00a0", "\u2013"})
_POSSESSIVE = re.compile(r"(?:['’]s|['’‘`])$")
_LOWER_INNER = frozenset({"de", "of", "the", "wa", "bin", "ibn", "and", "dar", "sur", "i"})
_LOWER_TAIL = frozenset({"countryside", "suburbs"})
_ADJOINING = re.compile(r"[^\W\d_]+\s$")

_PROMINENCE = {"PCL": 0.95, "ADM1": 0.85, "ADM2": 0.6, "ADM3": 0.45, "PPLC": 0.95, "PPLA": 0.8, "PPLX": 0.25, "AIRP": 0.7}


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str
    capital: bool
    article: bool


class Finder:
    """Finds names of places in running text (implements `ports.ToponymFinder`)."""

    def __init__(self, index: PlaceIndex) -> None:
        """Take the places."""
        self._index = index

    def find(self, text: str) -> Sequence[KnownName]:
        """Return the known names in `text`, longest match first, in text order, none overlapping."""
        tokens = list(_tokens(text))
        found: list[KnownName] = []
        at = 0
        while at < len(tokens):
            length, known = self._longest(text, tokens, at)
            if known:
                found.append(known)
            at += length
        return tuple(found)

    def _longest(self, text: str, tokens: Sequence[_Token], at: int) -> tuple[int, KnownName | None]:
        for length in range(_reach(text, tokens, at), 0, -1):
            last = tokens[at + length - 1]
            if not _ends_name(last, length):
                continue
            known = self._known(text, tokens[at : at + length])
            if known:
                return length, known
        return 1, None

    def _known(self, text: str, tokens: Sequence[_Token]) -> KnownName | None:
        start = tokens[0].start
        written = _POSSESSIVE.sub("", text[start : tokens[-1].end])
        key = strict_key(written)
        rows = self._index.rows_of(key) if len(key) > 1 else ()
        prominence = self._prominence(written, key, rows) if rows else 0.0
        if prominence <= 0:
            return None
        if len(tokens) == 1 and _follows_a_name(text, start):
            prominence *= AFTER_CAPITALISED
        return KnownName(Span(start, start + len(written)), frozenset(feature_of(row.code) for row in rows), round(prominence, 2))

    @staticmethod
    def _prominence(written: str, key: str, rows: Sequence[Row]) -> float:
        spelled = plain(written)
        if spelled in words().common or all(part in words().common for part in spelled.split()):
            heard = any((row.population or 0) >= WELL_KNOWN and plain(row.name) == spelled for row in rows)
            return COMMON_PROMINENCE if heard and spelled not in _NEVER else 0.0
        best = max(prominence_of(row) - (0 if _spelled(row, spelled) else FOLDED_DISCOUNT) for row in rows)
        if all(part in words().people for part in spelled.split()):
            return min(best, PERSON_PROMINENCE)
        return best / 2 if len(key) < SHORT_KEY else best


_NEVER = frozenset({"of", "as", "is", "in", "at", "on", "an", "al", "us", "march", "may"})


def prominence_of(row: Row) -> float:
    """Return how telling a place is by itself, 0 to 1, from its rank and people."""
    ranked = _PROMINENCE.get(row.code) or _PROMINENCE.get(row.code[:3])
    people = 0.3 + 0.1 * (math.log10(max(row.population or 0, 100)) - 2)
    return max(ranked or 0.0, min(people, 0.9)) if row.code != "PPLX" else 0.25


def _spelled(row: Row, spelled: str) -> bool:
    return plain(row.name) == spelled or any(plain(name) == spelled for name in row.names)


def _tokens(text: str) -> Iterator[_Token]:
    for found in _WORD.finditer(text):
        word = found.group()
        yield _Token(found.start(), found.end(), word, not word[0].islower(), is_article(plain(word)))


def _reach(text: str, tokens: Sequence[_Token], at: int) -> int:
    """Return how many words from `at` on can belong to one name; 0 where none begins."""
    first = tokens[at]
    if not first.capital and not (
        first.article and text[first.end : first.end + 1] in _JOINS and at + 1 < len(tokens) and tokens[at + 1].capital
    ):
        return 0
    length = 1
    while length < LONGEST_NAME and at + length < len(tokens):
        before, word = tokens[at + length - 1], tokens[at + length]
        if text[before.end : word.start] not in _JOINS or _POSSESSIVE.search(before.text):
            break
        if not (word.capital or word.article or word.text in _LOWER_INNER or word.text in _LOWER_TAIL):
            break
        length += 1
    return length


def _ends_name(last: _Token, length: int) -> bool:
    if last.article and length > 1 and last.text.islower():
        return False
    return last.capital or last.text in _LOWER_TAIL


def _follows_a_name(text: str, start: int) -> bool:
    """Tell whether a capitalised word of no known use stands right before, as in the name of a person."""
    found = _ADJOINING.search(text, max(0, start - 20), start)
    word = found.group().strip() if found else ""
    listed = words()
    return bool(word) and word[0].isupper() and plain(word) not in listed.direction and plain(word) not in listed.common
