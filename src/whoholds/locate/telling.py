"""How telling a name is by itself: villages that are also words or people, names of streets, capitals that act; pure."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from whoholds.locate.names import plain
from whoholds.locate.places import Row, feature_of, is_spelled
from whoholds.locate.tokens import JOINS, POSSESSIVE, Token
from whoholds.locate.words import words
from whoholds.taxonomy import Feature

FOLDED_DISCOUNT = 0.1
PERSON_PROMINENCE = 0.15
COMMON_PROMINENCE = 0.1
BORNE = 0.2
"""What is left where the name stands in another name ("Mosul Street", "Paris Hilton") or acts ("Washington said")."""
SHORT_KEY = 3
WELL_KNOWN = 20000
"""People a town needs to be heard of where its name is also a common word."""
FAMOUS = 100_000
"""People a town needs to be meant where its name is also a first or family name."""
SURE_OF_ITSELF = 0.75
"""From this prominence on a place is meant even where someone of the report bears its name."""

_PROMINENCE = {
    "PCL": 0.95, "ADM1": 0.85, "RGN": 0.7, "ADM2": 0.6, "ADM3": 0.45, "PPLC": 0.95, "PPLA": 0.8, "PPLX": 0.25, "AIRP": 0.7, "AIRB": 0.7,
}  # fmt: skip
_NEVER = frozenset({"of", "as", "is", "in", "at", "on", "an", "al", "us", "march", "may"})
_LAST_WORD = re.compile(r"([^\W\d_]+)\.? $")
_NEXT_WORD = re.compile(r"^(?:['’]s)? ([^\W\d_]+)")
_NEAR = 24


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a find: the word before and after it (plain), and whether it is part of a longer run of names."""

    before: str
    after: str
    after_capital: bool
    in_run: bool


def beside(text: str, tokens: Sequence[Token], first: int, end: int) -> Beside:
    """Return what stands beside the tokens `first` to `end` (exclusive)."""
    start, stop = tokens[first].start, tokens[end - 1].end
    before = _LAST_WORD.search(text, max(0, start - _NEAR), start)
    after = _NEXT_WORD.match(text[stop : stop + _NEAR])
    run_first, run_end = _run(text, tokens, first, end)
    longer = (run_first, run_end) != (first, end) and not _is_facility(text, tokens, run_end)
    return Beside(plain(before[1]) if before else "", plain(after[1]) if after else "", bool(after and after[1][0].isupper()), longer)


def names_of_people(text: str, tokens: Sequence[Token], found: Collection[tuple[int, int]]) -> frozenset[str]:
    """Return the words (plain) of the longer names in `text` that the gazetteer does not know: people, firms, unknown places.

    `found` holds first and last token (exclusive) of what the gazetteer knows.
    """
    taken: set[str] = set()
    at = 0
    while at < len(tokens):
        first, end = _run(text, tokens, at, at + 1)
        if tokens[at].capital and end - first > 1 and (first, end) not in found and not _is_facility(text, tokens, end):
            taken.update(plain(POSSESSIVE.sub("", token.text)) for token in tokens[first:end] if not token.article)
        at = max(end, at + 1)
    return frozenset(taken)


@dataclass(frozen=True, slots=True)
class Appraisal:
    """What a written name is worth wherever it stands: its prominence, the most people of a town of exactly that name, its kinds.

    `seat` is true where a capital is among the places: its name also stands for a government.
    """

    spelled: str
    best: float
    most_people: int
    seat: bool
    acronym: bool
    features: frozenset[Feature]


def appraised(written: str, key: str, rows: Sequence[Row]) -> Appraisal:
    """Return the worth of a name with these places."""
    spelled = plain(written)
    best = max(prominence_of(row) - (0 if is_spelled(row, written, spelled) else FOLDED_DISCOUNT) for row in rows)
    most = max((row.population or 0 for row in rows if row.population and plain(row.name) == spelled), default=0)
    acronym = written.isupper() and any(written in row.names for row in rows)
    features = frozenset(feature_of(row.code) for row in rows)
    seat = any(row.code == "PPLC" for row in rows)
    return Appraisal(spelled, best / 2 if len(key) < SHORT_KEY and not acronym else best, most, seat, acronym, features)


def telling(name: Appraisal, by: Beside, people: Collection[str]) -> float:
    """Return how telling a find is, 0 to 1; 0 where it is no name of a place."""
    listed = words()
    parts = name.spelled.split()
    best = name.best
    if name.spelled in listed.common or all(part in listed.common for part in parts):
        if name.acronym and best >= SURE_OF_ITSELF:
            return best
        return COMMON_PROMINENCE if name.most_people >= WELL_KNOWN and name.spelled not in _NEVER else 0.0
    located = by.before in listed.locative
    if best < SURE_OF_ITSELF:
        best = min(best, _doubted(name, located=located, borne=name.spelled in people and not by.in_run))
    if by.in_run or (by.after_capital and by.after in listed.bearer) or by.before in listed.title:
        best *= BORNE
    if name.seat and by.after in listed.acting and not by.after_capital and not located:
        best *= BORNE
    return best


def _doubted(name: Appraisal, *, located: bool, borne: bool) -> float:
    """Return what a name that is no capital or great city is worth where it is also a word, or someone's name; else 1."""
    listed = words()
    if all(part in listed.people for part in name.spelled.split()):
        return PERSON_PROMINENCE
    if located:
        return 1.0
    if name.spelled in listed.english and name.most_people < WELL_KNOWN:
        return COMMON_PROMINENCE
    someone = name.most_people < FAMOUS and (borne or name.spelled in listed.bearers_of_names)
    return PERSON_PROMINENCE if someone else 1.0


def prominence_of(row: Row) -> float:
    """Return how telling a place is by itself, 0 to 1, from its rank and people."""
    ranked = _PROMINENCE.get(row.code) or _PROMINENCE.get(row.code[:3])
    people = 0.3 + 0.1 * (math.log10(max(row.population or 0, 100)) - 2)
    return max(ranked or 0.0, min(people, 0.9)) if row.code != "PPLX" else 0.25


def _run(text: str, tokens: Sequence[Token], first: int, end: int) -> tuple[int, int]:
    """Return the run of name words around the tokens `first` to `end`: capitalised, no common word, set apart by a space."""
    while first > 0 and _continues(text, tokens[first - 1], tokens[first]) and _is_name(tokens[first - 1]):
        first -= 1
    while end < len(tokens) and _continues(text, tokens[end - 1], tokens[end]) and _is_name(tokens[end]):
        end += 1
    while end - first > 1 and tokens[end - 1].article:
        end -= 1
    return first, end


def _continues(text: str, before: Token, word: Token) -> bool:
    return text[before.end : word.start] in JOINS and not POSSESSIVE.search(before.text)


def _is_name(token: Token) -> bool:
    if token.article:
        return True
    if not token.capital:
        return False
    name, someone = _use_of(token.text)
    return name and (someone or not token.opens)


@lru_cache(maxsize=1 << 15)
def _use_of(word: str) -> tuple[bool, bool]:
    """Tell of a capitalised word whether it may be a name, and whether it is known as someone's."""
    listed, spelled = words(), plain(word)
    plain_word = spelled in listed.common or spelled in listed.kinds or spelled in listed.direction or spelled in listed.title
    return not plain_word, spelled in listed.bearers_of_names or spelled in listed.people


def _is_facility(text: str, tokens: Sequence[Token], end: int) -> bool:
    """Tell whether a word of kind goes on after the run: "Aleppo Artillery Academy", "Homs Military College"."""
    if end >= len(tokens) or text[tokens[end - 1].end : tokens[end].start] not in JOINS:
        return False
    word = plain(tokens[end].text)
    return word in words().kinds or word in {"military", "international", "national", "central"}
