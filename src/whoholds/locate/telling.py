"""How telling a name is by itself: villages that are also words or people, names of streets, capitals that act; pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from whoholds.locate.evidence import Beside, Evidence
from whoholds.locate.names import plain, without_articles
from whoholds.locate.places import Row, Spelling, feature_of
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
SURE_OF_ITSELF = 0.76
"""From this prominence on a place is meant even where someone of the report bears its name."""

_PROMINENCE = {
    "PCL": 0.95, "ADM1": 0.85, "RGN": 0.7, "ADM2": 0.6, "ADM3": 0.45, "PPLC": 0.95, "PPLA": 0.8, "PPLX": 0.25, "AIRP": 0.7, "AIRB": 0.7,
}  # fmt: skip
_NEVER = frozenset({"of", "as", "is", "in", "at", "on", "an", "al", "us", "march", "may"})


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

    @property
    def acts(self) -> bool:
        """Whether the name also stands for a government, which speaks as people do."""
        return self.seat or self.best >= SURE_OF_ITSELF


def appraised(written: str, key: str, rows: Sequence[Row]) -> Appraisal:
    """Return the worth of a name with these places."""
    spelling = Spelling(written, plain(written))
    acronym = written.isupper() and any(written in row.names for row in rows)
    best = _best(rows, spelling)
    features = frozenset(map(feature_of, {row.code for row in rows}))
    seat = any(row.code == "PPLC" for row in rows)
    worth = best / 2 if len(key) < SHORT_KEY and not acronym else best
    return Appraisal(spelling.spelled, worth, _most_people(rows, spelling.spelled), seat, acronym, features)


def _best(rows: Sequence[Row], spelling: Spelling) -> float:
    """Return the greatest prominence, less for places that are not spelled so; the names of few places need be read."""
    best = 0.0
    for value, row in sorted([(prominence_of(row), row) for row in rows], key=itemgetter(0), reverse=True):
        if value <= best:
            break
        best = max(best, value if row.is_spelled(spelling) else value - FOLDED_DISCOUNT)
    return best


def _most_people(rows: Sequence[Row], spelled: str) -> int:
    """Return the most people of a place whose own name is exactly `spelled`."""
    peopled = sorted([(row.population, row) for row in rows if row.population], key=itemgetter(0), reverse=True)
    return next((people for people, row in peopled if plain(row.name) == spelled), 0)


def telling(name: Appraisal, by: Beside, told: Evidence) -> float:
    """Return how telling a find is, 0 to 1; 0 where it is no name of a place."""
    listed = words()
    if by.numbered:
        return 0.0
    if _is_common(name):
        return _common(name)
    if name.spelled in listed.nationalities:
        return 0.0
    best = name.best
    placed = by.placed or (name.spelled in told.places and not by.someone)
    if not placed:
        best = min(best, _doubted(name, by, told))
    elif best < SURE_OF_ITSELF and all(part in listed.people for part in name.spelled.split()):
        best = min(best, PERSON_PROMINENCE)
    if _is_borne(name, by):
        best *= BORNE
    if name.seat and by.after in listed.acting and not by.after_capital and by.before not in listed.locative:
        best *= BORNE
    return best


def _is_common(name: Appraisal) -> bool:
    listed = words()
    return name.spelled in listed.common or all(part in listed.common for part in name.spelled.split())


def _common(name: Appraisal) -> float:
    """Return what a name of common words is worth: only a country or region of several ("United States", "West Bank") is one."""
    area = len(without_articles(name.spelled.split())) > 1 and name.features & {Feature.COUNTRY, Feature.REGION}
    if name.best >= SURE_OF_ITSELF and (name.acronym or area):
        return name.best
    return COMMON_PROMINENCE if name.most_people >= WELL_KNOWN and name.spelled not in _NEVER else 0.0


def _is_borne(name: Appraisal, by: Beside) -> bool:
    """Tell whether the name stands in another one; a place that opens the name of an institution is meant nevertheless."""
    listed = words()
    if (by.after_capital and by.after in listed.bearer) or by.after in listed.illness or by.before in listed.title:
        return True
    if not by.in_run or not by.heads_run:
        return by.in_run
    office = by.after in listed.institution or name.spelled.rsplit(maxsplit=1)[-1] in listed.region
    return not office and not (name.best >= SURE_OF_ITSELF and name.spelled not in listed.first_names)


def _doubted(name: Appraisal, by: Beside, told: Evidence) -> float:
    """Return what a name is worth at most that the report uses as someone's, or that is also a word; 1 where it is neither."""
    listed = words()
    state = Feature.COUNTRY in name.features and name.best >= SURE_OF_ITSELF
    known = name.best >= SURE_OF_ITSELF
    located = by.before in listed.locative
    if by.someone or (name.spelled in told.people and not state):
        return PERSON_PROMINENCE
    if state:
        return 1.0
    if all(part in listed.people for part in name.spelled.split()):
        return PERSON_PROMINENCE
    if located:
        return 1.0
    is_word = _is_english(name.spelled) or name.spelled in told.words
    if is_word and name.most_people < (FAMOUS if by.opens else WELL_KNOWN):
        return COMMON_PROMINENCE
    if known:
        return 1.0
    borne = name.spelled in told.borne and not by.in_run
    bearer = name.spelled in listed.bearers_of_names and not (by.before == "the" and by.after and not by.after_capital)
    someone = name.most_people < FAMOUS and (borne or bearer)
    return PERSON_PROMINENCE if someone else 1.0


_ENDINGS = ("", "s", "es", "ed", "ing")


def _is_english(spelled: str) -> bool:
    return any(spelled.endswith(ending) and spelled[: len(spelled) - len(ending)] in words().english for ending in _ENDINGS)


def prominence_of(row: Row) -> float:
    """Return how telling a place is by itself, 0 to 1, from its rank and people."""
    return _prominence(row.code, row.population or 0)


@lru_cache(maxsize=1 << 14)
def _prominence(code: str, population: int) -> float:
    ranked = _PROMINENCE.get(code) or _PROMINENCE.get(code[:3])
    people = 0.3 + 0.1 * (math.log10(max(population, 100)) - 2)
    return max(ranked or 0.0, min(people, 0.9)) if code != "PPLX" else 0.25
