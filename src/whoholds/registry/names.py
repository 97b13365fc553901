"""Names compared: one folding for every name of an actor, a source or a publisher."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = "'’‘ʼʻʹʿʾ`´"
_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", ".": ""})
_WITHOUT_APOSTROPHES = str.maketrans("", "", _APOSTROPHES)
_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_POSSESSIVE = re.compile(rf"(?<=\w)[{_APOSTROPHES}]s\b")
# The Arabic article, also assimilated (as-, ar-, ez-, …); short forms count only before a hyphen, being English words too.
_ARTICLE = re.compile(r"\b(?:a[ln]|[ae](?:d|dh|r|s|sh|t|th|z)|el|ul)-(?=\w)")
_THE = re.compile(r"^the\s+", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_ANYWHERE = frozenset({"the", "al", "el"})
_SPELLING = {"defence": "defense", "centre": "center", "organisation": "organization", "programme": "program", "labour": "labor"}


@lru_cache(maxsize=1 << 15)  # running text repeats its words, and so do aliases
def fold(name: str) -> str:
    """Return `name` as it is compared: without case, accents, articles, apostrophes, points and hyphens.

    A name that is two capitals and nothing else ("IS", "the US", "U.N.") keeps its case, so that it is no English word.
    The empty string comes back for a name without letters or digits.
    """
    bare = _without_accents(name.translate(_HYPHENS)).translate(_LETTERS).strip()
    acronym = _THE.sub("", bare)
    if len(acronym) == 2 and acronym.isascii() and acronym.isupper():  # noqa: PLR2004  the rule itself
        return acronym
    plain = _POSSESSIVE.sub("", bare.casefold()).translate(_WITHOUT_APOSTROPHES)
    words = [_SPELLING.get(word, word) for word in _WORD.findall(_ARTICLE.sub("", plain))]
    kept = [word for word in words if word not in _ANYWHERE]
    return " ".join(kept or words)


def _without_accents(name: str) -> str:
    if name.isascii():
        return name
    return "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))


def readings(name: str) -> tuple[str, ...]:
    """Return the folded forms under which to look `name` up, the best first: as it is, and without an English "a"."""
    folded = fold(name)
    article, _, rest = folded.partition(" ")
    return (folded, rest) if rest and article in {"a", "an"} else (folded,)
