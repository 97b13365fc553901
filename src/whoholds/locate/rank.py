"""Ranks the places that a mention may be; pure.

A score is a sum of named parts between 0 and 1 (the table is in docs/reference/gazetteer.md), so that every choice can
be told in words: how the name met, whether the kind of place is the one asked for, how prominent the place is, whether
its country is the report's, and how near it lies to the other places of the report.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from operator import eq

from whoholds.locate.geometry import nearest_km
from whoholds.locate.places import Asked, Hit, Match, Row, feature_of
from whoholds.taxonomy import Feature

NAME_SCORE = {Match.EXACT: 0.40, Match.FOLDED: 0.36, Match.SKELETON: 0.26}
KIND_MET = 0.12
KIND_MISSED = -0.20
TOWN_BY_DEFAULT = 0.10
PROMINENCE = 0.20
COUNTRY = 0.22
NEAR = 0.14
NEAR_KM = 80.0
"""Distance at which nearness to the other places of the report has fallen to 1/e."""
ELSEWHERE = -0.14
QUARTER_OF_NAMED, QUARTER_OF_OTHER = 0.28, -0.24
"""For a quarter or facility, by whether the report names its city."""
FAR_KM = 200.0
FAR = -0.06
SHADOWED = -0.16
"""For an area where a known town of its name lies in it: the town is meant unless the words say otherwise."""
KNOWN_TOWN = 0.3
SURE_SHARE = 0.5
UNLIKELY_KIND = -0.20
"""For a town where the words ask for a hill, a river, a road."""
GUESS_ELSEWHERE = -0.20
"""For a find by consonants whose country the report does not name."""
LEAST_SURE = 0.50
"""Below this score a mention is not placed."""
MOST_RUNNERS_UP = 5
MOST_ELSEWHERE = 24
"""Candidates outside the countries of the report that are ranked."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a report says of where it plays: each country's share (0 to 1, by id) and the positions of its other places."""

    countries: Mapping[str, float]
    anchors: Sequence[tuple[str, float, float]]


Part = tuple[float, str, float]
"""Points, the reason with a place for a number, the number; the words are put together only for places that are told."""


class Ranked:
    """A place with its score and what it is made of."""

    __slots__ = ("_parts", "match", "row", "score")

    def __init__(self, hit: Hit, parts: Sequence[Part]) -> None:
        """Take a place and the parts of its score."""
        self.row = hit.row
        self.match = hit.match
        self.score = round(min(max(sum([part[0] for part in parts]), 0.0), 1.0), 3)
        self._parts = parts

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reasons in words."""
        return tuple(reason.format(number) for _, reason, number in self._parts if reason)


def country_of(row: Row) -> str:
    """Return the id of the country that `row` is or lies in."""
    return row.country


def standing(row: Row) -> float:
    """Return how prominent a place is, 0 to 1: its rank in the administration or its people, whichever is more."""
    return row.standing


def ranked(hits: Sequence[Hit], asked: Asked, context: Context, *, natural: bool = False) -> tuple[Ranked, ...]:
    """Return `hits` with their scores, best first; equals are ordered by prominence, then id, so the order is fixed.

    Where there are many, those outside the countries of the report that cannot come out first are left out.
    """
    near = _Near(context, hits)
    if len(hits) > MOST_ELSEWHERE:
        hits = _worth_ranking(hits, context)
    shadowed = _shadowed(hits) if asked is Asked.ANY and len(hits) > 1 else frozenset()
    scored = []
    for hit in hits:
        row = hit.row
        parts = [_NAME_PARTS[hit.match], _kind_part(row.code, asked), _standing_part(row), *_country_parts(hit, context)]
        if hit.similarity != 1:
            parts[0] = (parts[0][0] * hit.similarity**2, parts[0][1], 0)
        if near.anchors:
            parts.append(near.part(row))
        if shadowed and row.id in shadowed and feature_of(row.code) is Feature.REGION:
            parts.append(_SHADOWED_PART)
        if natural and feature_of(row.code) not in {Feature.REGION, Feature.FACILITY}:
            parts.append(_UNLIKELY_PART)
        scored.append(Ranked(hit, parts))
    return _ordered(scored)


def _ordered(scored: list[Ranked]) -> tuple[Ranked, ...]:
    """Return the places, best first; ids are read only where score and prominence are equal."""
    scored.sort(key=_by_score)
    if any(map(eq, map(_by_score, scored), map(_by_score, scored[1:]))):
        scored.sort(key=lambda one: (-one.score, -one.row.standing, one.row.id))
    return tuple(scored)


def _by_score(one: Ranked) -> tuple[float, float]:
    return -one.score, -one.row.standing


def fits(code: str, asked: Asked) -> bool | None:
    """Tell whether a place with this feature code is of the kind asked for; None where nothing is asked."""
    feature = feature_of(code)
    if asked is Asked.ANY:
        return None
    if asked is Asked.SETTLEMENT:
        return feature in {Feature.SETTLEMENT, Feature.DISTRICT}
    if asked is Asked.COUNTRY:
        return feature is Feature.COUNTRY
    if asked is Asked.SUBREGION:
        return code in {"ADM2", "ADM3", "PPLX"}
    return code in {"ADM1", "RGN"}


_NAME_PARTS: dict[Match, Part] = {
    Match.EXACT: (NAME_SCORE[Match.EXACT], "spelled as in the gazetteer", 0),
    Match.FOLDED: (NAME_SCORE[Match.FOLDED], "another spelling of its name", 0),
    Match.SKELETON: (NAME_SCORE[Match.SKELETON], "its consonants agree with the name", 0),
}
_SHADOWED_PART: Part = (SHADOWED, "a town of this name lies in it", 0)
_UNLIKELY_PART: Part = (UNLIKELY_KIND, "the words ask for a hill, a river or a road", 0)
_GUESS_PART: Part = (GUESS_ELSEWHERE, "", 0)
_RANK_REASONS = {"PPLC": "capital", "PPLA": "chief town of its region"}


def _worth_ranking(hits: Sequence[Hit], context: Context) -> list[Hit]:
    """Return the hits in the countries of the report, and of the others the most prominent: the rest cannot come out first."""
    countries = context.countries
    here = [hit for hit in hits if hit.row.country in countries]
    elsewhere = [hit for hit in hits if hit.row.country not in countries]
    elsewhere.sort(key=lambda hit: (-hit.similarity, -hit.row.standing))
    return here + _first_of_equals(elsewhere)


def _first_of_equals(hits: list[Hit]) -> list[Hit]:
    """Return the first so many of `hits`; of equals that reach over the end, those that are spelled so come first."""
    if len(hits) <= MOST_ELSEWHERE:
        return hits
    last = hits[MOST_ELSEWHERE - 1]
    first = next(at for at, hit in enumerate(hits) if hit.similarity == last.similarity and hit.row.standing == last.row.standing)
    equals = [hit for hit in hits[first:] if hit.similarity == last.similarity and hit.row.standing == last.row.standing]
    spelled = list(islice((hit for hit in equals if hit.match is Match.EXACT), MOST_ELSEWHERE - first))
    others = (hit for hit in equals if hit.match is not Match.EXACT)
    return hits[:first] + spelled + list(islice(others, MOST_ELSEWHERE - first - len(spelled)))


def _shadowed(hits: Sequence[Hit]) -> frozenset[str]:
    """Return the ids of areas in which a town of their name lies; for a first-level area it must be a known one."""
    levels = {hit.row.id: hit.row.code for hit in hits if hit.row.code.startswith("ADM")}
    if not levels:
        return frozenset()
    found: set[str] = set()
    for hit in hits:
        if feature_of(hit.row.code) is Feature.SETTLEMENT:
            known = hit.row.standing >= KNOWN_TOWN
            found.update(step for step in hit.row.admin if known or levels.get(step, "ADM1") != "ADM1")
    return frozenset(found)


@cache
def _kind_part(code: str, asked: Asked) -> Part:
    met = fits(code, asked)
    if met is None:
        feature = feature_of(code)
        if feature in {Feature.SETTLEMENT, Feature.COUNTRY}:
            return TOWN_BY_DEFAULT, "", 0
        return (0.04, "", 0) if code in {"ADM1", "RGN"} else (-0.06, "", 0)
    if met:
        return KIND_MET, f"it is the {asked} that the words ask for", 0
    near_miss = asked in {Asked.REGION, Asked.SUBREGION} and code.startswith(("ADM", "RGN"))
    return (0.0, "an area, though of another level", 0) if near_miss else (KIND_MISSED, f"it is no {asked}", 0)


def _standing_part(row: Row) -> Part:
    points = PROMINENCE * row.standing
    known = _RANK_REASONS.get(row.code)
    if known:
        return points, known, 0
    people = row.population
    return (points, "{:,} people", people) if people else (points, "", 0)


def _country_parts(hit: Hit, context: Context) -> tuple[Part, ...]:
    if not context.countries:
        return (_GUESS_PART,) if hit.guessed else ()
    share = context.countries.get(hit.row.country, 0.0)
    if share > 0:
        country: Part = (COUNTRY * share, "the report names its country or other places there", 0)
    else:
        country = (ELSEWHERE * (1 - hit.row.standing), "no other place of the report is in its country", 0)
    return (country, _GUESS_PART) if hit.guessed and share < SURE_SHARE else (country,)


class _Near:
    """The other places of a report, to which candidates are near or far."""

    __slots__ = ("anchors",)

    def __init__(self, context: Context, hits: Sequence[Hit]) -> None:
        """Take the places of the report; those that are candidates themselves are none."""
        own = {hit.row.id for hit in hits} if context.anchors else set()
        self.anchors = [anchor for anchor in context.anchors if anchor[0] not in own]

    def part(self, row: Row) -> Part:
        """Return what nearness is worth for `row`."""
        nearest = nearest_km(row.lat, row.lon, [(lat, lon) for _, lat, lon in self.anchors])
        if row.settlement and any(place_id == row.settlement for place_id, _, _ in self.anchors):
            return QUARTER_OF_NAMED, "a part of a city that the report names", 0
        if row.settlement and feature_of(row.code) is Feature.DISTRICT:
            return QUARTER_OF_OTHER, "", 0
        if nearest > FAR_KM and row.standing < KNOWN_TOWN:
            return FAR, "{:.0f} km from any other place of the report", nearest
        points = NEAR * math.exp(-nearest / NEAR_KM)
        return points, "{:.0f} km from another place of the report" if nearest < NEAR_KM else "", nearest
