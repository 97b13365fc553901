"""Finds names of places in running text: capitalised word sequences looked up in the gazetteer, longest first.

How telling each find is by itself follows from `whoholds.locate.telling`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest

from whoholds.locate.appraisal import Appraisal, appraised
from whoholds.locate.evidence import Beside, Evidence, beside, evidence
from whoholds.locate.memory import Memory
from whoholds.locate.names import plain
from whoholds.locate.place_index import PlaceIndex
from whoholds.locate.telling import telling
from whoholds.locate.tokens import JOINS, POSSESSIVE, Token, tokens_of
from whoholds.model import Span
from whoholds.ports import KnownName

LONGEST_NAME = 6
"""Words, articles included ("Khan al-Sheh" has three)."""
_LOWER_INNER = frozenset({"de", "of", "the", "wa", "bin", "ibn", "and", "dar", "sur", "i"})
_LOWER_TAIL = frozenset({"countryside", "suburbs"})
_OPEN_ARTICLES = frozenset({"al", "el"})
"""Articles that stand before a name without a hyphen; "at", "as", "an" and their like are English words."""
_CONTRACTED = re.compile(r"['’](?:m|re|ve|ll|d|t)$", re.IGNORECASE)
_SHORTENED = frozenset({"St", "Ste", "Mt", "Ft"})
"""Written with a full stop inside a name: "St. Petersburg"."""
CACHED_NAMES = 1 << 15
KEPT_TEXTS = 64
"""Texts whose names are kept: extraction and locating both ask for those of a report, a batch of reports apart."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A find: its first and last token (exclusive), where its name starts and ends, and what it is worth."""

    first: int
    end: int
    start: int
    stop: int
    name: Appraisal


class Finder:
    """Finds names of places in running text (implements `ports.ToponymFinder`)."""

    def __init__(self, index: PlaceIndex) -> None:
        """Take the places."""
        self._index = index
        self._worth: Memory[str, Appraisal | None] = Memory(lambda names: appraised(index.look_up, names), CACHED_NAMES)
        self._kept = lru_cache(maxsize=KEPT_TEXTS)(self._find)

    def find(self, text: str) -> Sequence[KnownName]:
        """Return the known names in `text`, longest match first, in text order, none overlapping."""
        return self._kept(text)

    def _find(self, text: str) -> tuple[KnownName, ...]:
        tokens = tokens_of(text)
        found = [(one, beside(text, tokens, one.first, one.end)) for one in self._found(text, tokens)]
        found = [(one, _in_its_area(text, (one, by), after)) for (one, by), after in zip_longest(found, found[1:])]
        told = evidence(text, tokens, ((one.name.spelled, (one.first, one.end), one.name.acts, by) for one, by in found))
        self._index.let_go()
        return tuple(known for one, by in found if (known := _known(one, by, told)))

    def _found(self, text: str, tokens: Sequence[Token]) -> Iterator[_Found]:
        starts = [at for at, token in enumerate(tokens) if token.capital or token.article]
        listed = [(at, _written(text, tokens, at)) for at in starts]
        worth = self._worth.by([name for _, names in listed for _, name in names])
        end = 0
        for at, names in listed:
            one = next(((length, name, known) for length, name in names if (known := worth[name])), None) if at >= end else None
            if one:
                length, name, known = one
                end = at + length
                yield _Found(at, end, tokens[at].start, tokens[at].start + len(name), known)


def _written(text: str, tokens: Sequence[Token], at: int) -> list[tuple[int, str]]:
    """Return the names that may begin with the word at `at`, as they are written, with their count of words, the longest first."""
    names = []
    for length in range(_reach(text, tokens, at), 0, -1):
        last = tokens[at + length - 1]
        if _ends_name(last, length) and not (length == 1 and _is_contracted(last.text)):
            written = text[tokens[at].start : last.end]
            names.append((length, written if last.text.isalpha() else POSSESSIVE.sub("", written)))
    return names


def _in_its_area(text: str, here: tuple[_Found, Beside], after: tuple[_Found, Beside] | None) -> Beside:
    """Return what stands beside a find, a country or first-level area behind a comma included: "Sarmin, Idlib"."""
    one, by = here
    if after is None or text[one.stop : one.stop + 2] != ", " or not after[0].name.acts or by.someone:
        return by
    return replace(by, placed=True) if after[0].start == one.stop + 2 and not after[1].someone else by


def _known(one: _Found, by: Beside, told: Evidence) -> KnownName | None:
    prominence = telling(one.name, by, told)
    if prominence <= 0:
        return None
    return KnownName(Span(one.start, one.stop), one.name.features, round(prominence, 2))


def _reach(text: str, tokens: Sequence[Token], at: int) -> int:
    """Return how many words from `at` on can belong to one name; 0 where none begins."""
    first = tokens[at]
    if not first.capital and not _opens_with_article(text, tokens, at):
        return 0
    length = 1
    while length < LONGEST_NAME and at + length < len(tokens):
        before, word = tokens[at + length - 1], tokens[at + length]
        if not (word.capital or word.article or word.text in _LOWER_INNER or word.text in _LOWER_TAIL):
            break
        if not _joined(before, text[before.end : word.start]) or _is_owner(before.text):
            break
        length += 1
    return length


def _is_contracted(word: str) -> bool:
    return not word.isalpha() and bool(_CONTRACTED.search(word))


def _is_owner(word: str) -> bool:
    return not word.isalpha() and bool(POSSESSIVE.search(word))


def _joined(before: Token, joint: str) -> bool:
    return joint in JOINS or (joint == ". " and before.text in _SHORTENED)


def _opens_with_article(text: str, tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a lower-case article begins a name: "al-Bab", "al Bab", "ash-Sheikh", but not "at Mae"."""
    first = tokens[at]
    between = text[first.end : first.end + 1]
    if not first.article or between not in JOINS or at + 1 >= len(tokens) or not tokens[at + 1].capital:
        return False
    return between != " " or plain(first.text) in _OPEN_ARTICLES


def _ends_name(last: Token, length: int) -> bool:
    if length > 1 and ((last.article and last.text.islower()) or len(last.text) == 1):
        return False
    return last.capital or last.text in _LOWER_TAIL
