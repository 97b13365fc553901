"""Names of places in their own letters, written so that a program without Arabic shaping draws them right.

A map's text engine puts one sign after another from left to right. So Arabic letters are turned to the shapes that
they have between their neighbours (the presentation forms of Unicode, whose decompositions tell which is which) and
put in the order in which they stand on paper.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import groupby
from typing import Final

_ARABIC: Final = re.compile("[\u0600-\u06ff]")
_LATIN: Final = re.compile("[A-Za-z]")
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
_WORD: Final = re.compile("[\u0620-\u064a\u066e-\u06d3\u0640 '()،.-]+")
_LONE: Final = re.compile("(?<![\u0600-\u06ff])([\u062f\u0630\u0631\u0632]) (?=[\u0620-\u064a])")
"""A letter that joins no letter after it, set apart from its word by a slip of the source."""
_ISOLATED, _FINAL, _INITIAL, _MEDIAL = "isolated", "final", "initial", "medial"
_LAM: Final = "\u0644"
_BLOCKS: Final = (range(0xFB50, 0xFC00), range(0xFE70, 0xFEFD))


def native_name(names: Iterable[str]) -> str:
    """Return the first name in Arabic letters, shaped, else the first in Cyrillic ones, else nothing.

    Gazetteers hold names that a transliteration has half converted: one with Latin letters in it is nobody's.
    """
    known = [name for name in names if not _LATIN.search(name)]
    arabic = next((name for name in known if _ARABIC.search(name)), None)
    if arabic is not None:
        return drawn(_LONE.sub(r"\1", arabic))
    return next((name for name in known if _CYRILLIC.search(name)), "")


def drawn(name: str) -> str:
    """Return a name in Arabic letters as shapes in their order on paper, without vowel signs; numbers stay as they are."""
    bare = "".join(sign for sign in unicodedata.normalize("NFC", name) if not unicodedata.combining(sign))
    runs = [(is_number, "".join(signs)) for is_number, signs in groupby(bare, key=_is_number)]
    return "".join(run if is_number else _mirrored("".join(_shaped(run))[::-1]) for is_number, run in reversed(runs))


def _is_number(sign: str) -> bool:
    return sign.isdigit() or (sign.isascii() and sign.isalpha())


def _mirrored(words: str) -> str:
    return words.translate(str.maketrans("()[]«»", ")(][»«"))


def _shaped(word: str) -> list[str]:
    shapes, joined = [], False
    signs = _with_ligatures(word)
    for number, letters in enumerate(signs):
        forms = _forms().get(letters, {})
        follows = signs[number + 1] if number + 1 < len(signs) else ""
        joins_on = _INITIAL in forms and _FINAL in _forms().get(follows, {})
        joins_back = joined and _FINAL in forms
        wanted = (_MEDIAL if joins_on else _FINAL) if joins_back else (_INITIAL if joins_on else _ISOLATED)
        shapes.append(forms.get(wanted, letters))
        joined = joins_on
    return shapes


def _with_ligatures(word: str) -> list[str]:
    """Return the letters of a word; lam and alef, which are written as one, stand together."""
    signs: list[str] = []
    for sign in word:
        if signs and signs[-1] == _LAM and f"{_LAM}{sign}" in _forms():
            signs[-1] += sign
        else:
            signs.append(sign)
    return signs


@cache
def _forms() -> dict[str, dict[str, str]]:
    """Return the shapes of each letter (and of lam with alef) by where they stand, as Unicode's decompositions tell them."""
    found: dict[str, dict[str, str]] = {}
    for code in (code for block in _BLOCKS for code in block):
        where, *letters = unicodedata.decomposition(chr(code)).split() or [""]
        written = "".join(chr(int(letter, 16)) for letter in letters)
        if where.strip("<>") in (_ISOLATED, _FINAL, _INITIAL, _MEDIAL) and (len(written) == 1 or written.startswith(_LAM)):
            found.setdefault(written, {})[where.strip("<>")] = chr(code)
    return found
