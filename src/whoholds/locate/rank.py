"""Ranks the places that a mention may be; pure.

A score is a sum of named parts between 0 and 1 (the table is in docs/reference/gazetteer.md), so that every choice can
be told in words: how the name met, whether the kind of place is the one asked for, how prominent the place is, whether
its country is the report's, and how near it lies to the other places of the report.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from whoholds.locate.geometry import rough_km
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

_RANKS = {
    "PPLC": 1.0,
    "PPLA": 0.75,
    "PPLA2": 0.5,
    "PPLA3": 0.4,
    "PPLA4": 0.3,
    "PCLI": 1.0,
    "ADM1": 0.7,
    "RGN": 0.6,
    "ADM2": 0.35,
    "ADM3": 0.2,
    "AIRP": 0.3,
}


@dataclass(frozen=True, slots=True)
class Context:
    """What a report says of where it plays: each country's share (0 to 1, by id) and the positions of its other places."""

    countries: Mapping[str, float]
    anchors: Sequence[tuple[str, float, float]]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A place with its score and the reasons in words."""

    row: Row
    score: float
    match: Match
    reasons: tuple[str, ...]


def country_of(row: Row) -> str:
    """Return the id of the country that `row` is or lies in."""
    return row.admin[0] if row.admin else row.id


def standing(row: Row) -> float:
    """Return how prominent a place is, 0 to 1: its rank in the administration or its people, whichever is more."""
    return _standing(row.code, row.population or 0)


@lru_cache(maxsize=1 << 16)
def _standing(code: str, population: int) -> float:
    people = (math.log10(max(population, 100)) - 2) / 5
    return max(_RANKS.get(code, 0.0), min(people, 1.0))


def ranked(hits: Sequence[Hit], asked: Asked, context: Context, *, natural: bool = False) -> tuple[Ranked, ...]:
    """Return `hits` with their scores, best first; equals are ordered by prominence, then id, so the order is fixed."""
    own = {hit.row.id for hit in hits}
    others = Context(context.countries, [anchor for anchor in context.anchors if anchor[0] not in own])
    if len(hits) > MOST_ELSEWHERE:
        hits = _worth_ranking(hits, context)
    shadowed = _shadowed(hits) if asked is Asked.ANY else frozenset()
    scored = [_scored(hit, asked, others, extra=_extra_parts(hit, shadowed, natural=natural)) for hit in hits]
    return tuple(sorted(scored, key=lambda one: (-one.score, -standing(one.row), one.row.id)))


def fits(row: Row, asked: Asked) -> bool | None:
    """Tell whether `row` is of the kind asked for; None where nothing is asked."""
    feature = feature_of(row.code)
    if asked is Asked.ANY:
        return None
    if asked is Asked.SETTLEMENT:
        return feature in {Feature.SETTLEMENT, Feature.DISTRICT}
    if asked is Asked.COUNTRY:
        return feature is Feature.COUNTRY
    if asked is Asked.SUBREGION:
        return row.code in {"ADM2", "ADM3", "PPLX"}
    return row.code in {"ADM1", "RGN"}


Part = tuple[float, str]


def _worth_ranking(hits: Sequence[Hit], context: Context) -> list[Hit]:
    """Return the hits in the countries of the report, and of the others the most prominent: the rest cannot come out first."""
    here = [hit for hit in hits if country_of(hit.row) in context.countries]
    elsewhere = [hit for hit in hits if country_of(hit.row) not in context.countries]
    elsewhere.sort(key=lambda hit: (-hit.similarity, -standing(hit.row), -hit.match, hit.row.id))
    return here + elsewhere[:MOST_ELSEWHERE]


def _shadowed(hits: Sequence[Hit]) -> frozenset[str]:
    """Return the ids of areas in which a town of their name lies; for a first-level area it must be a known one."""
    found: set[str] = set()
    levels = {hit.row.id: hit.row.code for hit in hits if hit.row.code.startswith("ADM")}
    for hit in hits:
        if levels and feature_of(hit.row.code) is Feature.SETTLEMENT:
            known = standing(hit.row) >= KNOWN_TOWN
            found.update(step for step in hit.row.admin if known or levels.get(step, "ADM1") != "ADM1")
    return frozenset(found)


def _scored(hit: Hit, asked: Asked, context: Context, extra: Sequence[Part]) -> Ranked:
    parts = (_name_part(hit), _kind_part(hit.row, asked), _standing_part(hit.row), *_context_parts(hit, context), *extra)
    score = sum(points for points, _ in parts)
    reasons = tuple(reason for _, reason in parts if reason)
    return Ranked(hit.row, round(min(max(score, 0.0), 1.0), 3), hit.match, reasons)


def _extra_parts(hit: Hit, shadowed: frozenset[str], *, natural: bool) -> list[Part]:
    parts = []
    if hit.row.id in shadowed and feature_of(hit.row.code) is Feature.REGION:
        parts.append((SHADOWED, "a town of this name lies in it"))
    if natural and feature_of(hit.row.code) not in {Feature.REGION, Feature.FACILITY}:
        parts.append((UNLIKELY_KIND, "the words ask for a hill, a river or a road"))
    return parts


def _name_part(hit: Hit) -> Part:
    reason = {
        Match.EXACT: "spelled as in the gazetteer",
        Match.FOLDED: "another spelling of its name",
        Match.SKELETON: "its consonants agree with the name",
    }[hit.match]
    return NAME_SCORE[hit.match] * hit.similarity**2, reason


def _kind_part(row: Row, asked: Asked) -> Part:
    met = fits(row, asked)
    if met is None:
        feature = feature_of(row.code)
        if feature in {Feature.SETTLEMENT, Feature.COUNTRY}:
            return TOWN_BY_DEFAULT, ""
        return (0.04, "") if row.code in {"ADM1", "RGN"} else (-0.06, "")
    if met:
        return KIND_MET, f"it is the {asked} that the words ask for"
    near_miss = asked in {Asked.REGION, Asked.SUBREGION} and row.code.startswith(("ADM", "RGN"))
    return (0.0, "an area, though of another level") if near_miss else (KIND_MISSED, f"it is no {asked}")


def _standing_part(row: Row) -> Part:
    value = standing(row)
    people = f"{row.population:,} people" if row.population else ""
    reason = {"PPLC": "capital", "PPLA": "chief town of its region"}.get(row.code, people)
    return PROMINENCE * value, reason


def _context_parts(hit: Hit, context: Context) -> tuple[Part, ...]:
    row = hit.row
    share = context.countries.get(country_of(row), 0.0)
    if not context.countries:
        country = (0.0, "")
    elif share > 0:
        country = (COUNTRY * share, "the report names its country or other places there")
    else:
        country = (ELSEWHERE * (1 - standing(row)), "no other place of the report is in its country")
    guess = hit.match is Match.SKELETON and share < SURE_SHARE
    return country, _nearness(row, context), (GUESS_ELSEWHERE if guess else 0.0, "")


def _nearness(row: Row, context: Context) -> Part:
    others = [rough_km(row.lat, row.lon, lat, lon) for place_id, lat, lon in context.anchors if place_id != row.id]
    if not others:
        return 0.0, ""
    nearest = min(others)
    if row.settlement and any(place_id == row.settlement for place_id, _, _ in context.anchors):
        return QUARTER_OF_NAMED, "a part of a city that the report names"
    if row.settlement and feature_of(row.code) is Feature.DISTRICT:
        return QUARTER_OF_OTHER, ""
    if nearest > FAR_KM and standing(row) < KNOWN_TOWN:
        return FAR, f"{nearest:.0f} km from any other place of the report"
    points = NEAR * math.exp(-nearest / NEAR_KM)
    return points, f"{nearest:.0f} km from another place of the report" if nearest < NEAR_KM else ""
