"""How telling a name is by itself: villages that are also words or people, names of streets, capitals that act; pure."""

from __future__ import annotations

from whoholds.locate.appraisal import SURE_OF_ITSELF, Appraisal
from whoholds.locate.evidence import Beside, Evidence
from whoholds.locate.names import without_articles
from whoholds.locate.words import words
from whoholds.taxonomy import Feature

PERSON_PROMINENCE = 0.15
COMMON_PROMINENCE = 0.1
BORNE = 0.2
"""What is left where the name stands in another name ("Mosul Street", "Paris Hilton") or acts ("Washington said")."""
WELL_KNOWN = 20000
"""People a town needs to be heard of where its name is also a common word."""
FAMOUS = 100_000
"""People a town needs to be meant where its name is also a first or family name."""
_NEVER = frozenset({"of", "as", "is", "in", "at", "on", "an", "al", "us", "march", "may"})


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
