"""Ranks the places that a mention may be; pure.

A score is a sum of named parts between 0 and 1 (the table is in docs/reference/gazetteer.md), so that every choice can
be told in words: how the name met, whether the kind of place is the one asked for, how prominent the place is, whether
its country is the report's, and how near it lies to the other places of the report.
"""

from __future__ import annotations

import math
from bisect import insort
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import itemgetter

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
MOST_RANKED = 24
"""Places that are ranked where a caller does not say how many."""


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


def ranked(hits: Sequence[Hit], asked: Asked, context: Context, *, natural: bool = False, most: int = MOST_RANKED) -> tuple[Ranked, ...]:
    """Return the best of `hits` with their scores, best first, at most so many.

    Equals are ordered by prominence, then id, so the order is fixed. First comes for all the most that
    they can score; the rest, for which names are read, is worked out only for places that can still be among the best.
    """
    near = _Near(context, hits)
    countries = context.countries
    kinds = _kind_points(asked)
    possible: list[_Possible] = []
    for hit in hits:
        row = hit.row
        bound = kinds[row.code] + PROMINENCE * row.standing + NAME_SCORE[Match.EXACT] * hit.similarity
        if countries:
            share = countries.get(row.country)
            bound += COUNTRY * share if share else ELSEWHERE * (1 - row.standing)
        possible.append((-bound, -row.standing, hit))
    scored: list[Ranked] = []
    scores: list[float] = []
    shadowed: frozenset[str] | None = None if asked is Asked.ANY and len(hits) > 1 else frozenset()
    for bound, hit in _in_order(possible):
        if len(scores) >= most and -round(min(near.most - bound, 1.0), 3) >= scores[most - 1]:
            break
        parts = _parts(hit, asked, context, near)
        feature = feature_of(hit.row.code)
        if feature is Feature.REGION:
            shadowed = _shadowed(hits) if shadowed is None else shadowed
            if hit.row.id in shadowed:
                parts.append(_SHADOWED_PART)
        if natural and feature not in {Feature.REGION, Feature.FACILITY}:
            parts.append(_UNLIKELY_PART)
        one = Ranked(hit, parts)
        scored.append(one)
        insort(scores, -one.score)
    scored.sort(key=lambda one: (-one.score, -one.row.standing, one.row.id))
    return tuple(scored[:most])


_Possible = tuple[float, float, Hit]
"""A place with the most that it can score but for nearness (negative), and its prominence (negative)."""
_FIRST_TWO: Callable[[_Possible], tuple[float, float]] = itemgetter(0, 1)


def _in_order(possible: list[_Possible]) -> Iterator[tuple[float, Hit]]:
    """Yield the places, the best first, with the most they can score (negative); ids are read of equals alone."""
    possible.sort(key=_FIRST_TWO)
    for (bound, _), equals in groupby(possible, _FIRST_TWO):
        group = [hit for _, _, hit in equals]
        if len(group) > 1:
            group.sort(key=lambda hit: hit.row.id)
        for hit in group:
            yield bound, hit


class _KindPoints(dict[str, float]):
    """Points by feature code, for what is asked."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked

    def __missing__(self, code: str) -> float:
        points = self[code] = _kind_part(code, self._asked)[0]
        return points


@cache
def _kind_points(asked: Asked) -> _KindPoints:
    return _KindPoints(asked)


def _parts(hit: Hit, asked: Asked, context: Context, near: _Near) -> list[Part]:
    row = hit.row
    points, reason, _ = _NAME_PARTS[hit.match]
    name = (points * hit.similarity**2, reason, 0)
    parts = [name, _kind_part(row.code, asked), _standing_part(row), *_country_parts(hit, context)]
    if near.anchors:
        parts.append(near.part(row))
    return parts


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


def _shadowed(hits: Sequence[Hit]) -> frozenset[str]:
    """Return the ids of areas in which a town of their name lies; for a first-level area it must be a known one."""
    areas = {hit.row.id: hit.row.code for hit in hits if hit.row.code.startswith("ADM")}
    if not areas:
        return frozenset()
    found: set[str] = set()
    for hit in hits:
        row = hit.row
        if feature_of(row.code) is Feature.SETTLEMENT:
            found.update([step for step in row.admin if step in areas and (row.standing >= KNOWN_TOWN or areas[step] != "ADM1")])
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

    __slots__ = ("anchors", "most")

    def __init__(self, context: Context, hits: Sequence[Hit]) -> None:
        """Take the places of the report; those that are candidates themselves are none."""
        own = {hit.row.id for hit in hits} if context.anchors else set()
        self.anchors = [anchor for anchor in context.anchors if anchor[0] not in own]
        self.most = QUARTER_OF_NAMED if self.anchors else 0.0

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
