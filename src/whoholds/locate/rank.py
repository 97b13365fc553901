"""Ranks the places that mentions may be, all mentions of a report in one go; pure.

A score is a sum of named parts between 0 and 1 (the table is in docs/reference/gazetteer.md), so that every choice can
be told in words: how the name met, whether the kind of place is the one asked for, how prominent the place is, whether
its country is the report's, and how near it lies to the other places of the report.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

from whoholds.locate.columns import Flags, Numbers, Records
from whoholds.locate.geometry import EARTH_KM
from whoholds.locate.hits import Atlas, Hits, codes_like, joined
from whoholds.locate.places import Asked, Match, Row, feature_of
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
"""Places that are told where a caller does not say how many."""

_Points = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Context:
    """What a report says of where it plays: each country's share (0 to 1, by id) and the positions of its other places."""

    countries: Mapping[str, float]
    anchors: Sequence[tuple[str, float, float]]


@dataclass(frozen=True, slots=True)
class Ask:
    """A mention to rank: the places that may bear its name, the kind that the words ask for, and what its report says.

    `natural` is true where the words ask for a hill, a river, a road.
    """

    hits: Hits
    asked: Asked
    context: Context
    natural: bool = False


class Ranked:
    """A place with its score and what it is made of."""

    __slots__ = ("_at", "_place", "_table", "score")

    def __init__(self, table: _Table, at: int, place: tuple[int, int], score: float) -> None:
        """Take the table in which the place stands, its line there, which place of which index file it is, and its score."""
        self._table = table
        self._at = at
        self._place = place
        self.score = score

    @property
    def row(self) -> Row:
        """The place."""
        return self._table.atlas.row(*self._place)

    @property
    def match(self) -> Match:
        """How the name met the place."""
        return Match(int(self._table.finds["match"][self._at]))

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reasons in words."""
        return tuple(reason for reason in self._table.reasons(self._at) if reason)


def country_of(row: Row) -> str:
    """Return the id of the country that `row` is or lies in."""
    return row.country


def standing(row: Row) -> float:
    """Return how prominent a place is, 0 to 1: its rank in the administration or its people, whichever is more."""
    return row.standing


def ranked(hits: Hits, asked: Asked, context: Context, *, natural: bool = False, most: int = MOST_RANKED) -> tuple[Ranked, ...]:
    """Return the best of `hits` with their scores, best first, at most so many (see `ranked_all`)."""
    return ranked_all([Ask(hits, asked, context, natural)], most)[0]


def ranked_all(asks: Sequence[Ask], most: int = MOST_RANKED) -> list[tuple[Ranked, ...]]:
    """Return for each of `asks` the best of its places with their scores, best first, at most so many.

    Equals are ordered by prominence, then as look-up gives them (by id), so the order is fixed.
    """
    if not any(len(ask.hits) for ask in asks):
        return [() for _ in asks]
    table = _Table(asks)
    scores = table.scores()
    order = np.lexsort((-table.finds["standing"], -scores, table.of))
    ends = np.searchsorted(table.of, np.arange(len(asks)), side="right")
    starts = np.concatenate([[0], ends[:-1]])
    first = order[np.arange(len(order)) - starts[table.of] < most]
    places = zip(table.finds["table"][first].tolist(), table.finds["number"][first].tolist(), strict=True)
    told = [Ranked(table, *line) for line in zip(first.tolist(), places, scores[first].tolist(), strict=True)]
    stops = np.cumsum(np.minimum(ends - starts, most)).tolist()
    return [tuple(told[start:stop]) for start, stop in zip([0, *stops], stops, strict=False)]


class _Table:
    """The places of many mentions in one table, a line each, with the parts of their scores."""

    def __init__(self, asks: Sequence[Ask]) -> None:
        self._asks = asks
        self.atlas: Atlas = asks[0].hits.atlas
        self.finds: Records = joined([ask.hits.finds for ask in asks])
        self.of: Numbers = np.repeat(np.arange(len(asks)), [len(ask.hits) for ask in asks])
        self._features = _features(self.atlas.codes)[self.finds["code"]]
        self._share = self._shares()
        self._near = _nearness(asks, self.of, self.finds, self._features)
        self._shadowed = self._in_shadow()
        self._unlikely = np.array([ask.natural for ask in asks])[self.of] & (self._features != _REGION) & (self._features != _FACILITY)

    def scores(self) -> _Points:
        """Return the score of each line."""
        finds = self.finds
        asked = np.array([_ASKED[ask.asked] for ask in self._asks])[self.of]
        points = _NAME_POINTS[finds["match"]] * finds["similarity"] ** 2
        points += _kind_points(self.atlas.codes)[finds["code"], asked]
        points += PROMINENCE * finds["standing"]
        points += self._country_points()
        points += self._near.points
        points[self._shadowed] += SHADOWED
        points[self._unlikely] += UNLIKELY_KIND
        scores: _Points = np.round(np.clip(points, 0.0, 1.0), 3)
        return scores

    def reasons(self, at: int) -> Iterator[str]:
        """Yield what counted for or against a line, in words."""
        find, ask = self.finds[at], self._asks[int(self.of[at])]
        code = self.atlas.codes[int(find["code"])]
        yield _NAME_REASONS[Match(int(find["match"]))]
        yield _kind_part(code, ask.asked)[1]
        yield _RANK_REASONS.get(code) or (f"{int(find['people']):,} people" if find["people"] > 0 else "")
        if ask.context.countries:
            named = self._share[at] > 0
            yield "the report names its country or other places there" if named else "no other place of the report is in its country"
        yield self._near.reason(at)
        if self._shadowed[at]:
            yield "a town of this name lies in it"
        if self._unlikely[at]:
            yield "the words ask for a hill, a river or a road"

    def _shares(self) -> _Points:
        """Return what the country of each place counts in its report; -1 where a report says nothing of countries."""
        if not any(ask.context.countries for ask in self._asks):
            return np.full(len(self.of), -1.0)
        numbers = self.atlas.country_numbers
        shares = np.zeros((len(self._asks), len(numbers)))
        for one, ask in enumerate(self._asks):
            if ask.context.countries:
                listed = [(numbers[country], share) for country, share in ask.context.countries.items() if country in numbers]
                shares[one, [number for number, _ in listed]] = [share for _, share in listed]
            else:
                shares[one] = -1.0
        found: _Points = shares[self.of, self.finds["country"]]
        return found

    def _country_points(self) -> _Points:
        share = self._share
        away = np.where(share < 0, 0.0, ELSEWHERE * (1 - self.finds["standing"]))
        guessed = (self.finds["match"] == Match.SKELETON) & (share < SURE_SHARE)
        points: _Points = np.where(share > 0, COUNTRY * share, away) + np.where(guessed, GUESS_ELSEWHERE, 0.0)
        return points

    def _in_shadow(self) -> Flags:
        """Tell of each place whether it is an area in which a town of its name lies; for a first-level area it must be a known one."""
        finds = self.finds
        shadowed: Flags = np.zeros(len(finds), np.bool_)
        areas = np.flatnonzero(codes_like(self.atlas.codes, ("ADM",))[finds["code"]])
        areas = areas[np.array([ask.asked is Asked.ANY for ask in self._asks])[self.of[areas]]]
        if not len(areas):
            return shadowed
        has_area = np.zeros(len(self._asks), np.bool_)
        has_area[self.of[areas]] = True
        towns = np.flatnonzero((self._features == _SETTLEMENT) & has_area[self.of])
        counts, steps = self.atlas.steps_of(finds[towns])
        owner = towns.repeat(counts)
        inside, own = _beside(self.of[owner], steps), _beside(self.of[areas], finds["check"][areas])
        known = inside[finds["standing"][owner] >= KNOWN_TOWN]
        first_level = codes_like(self.atlas.codes, ("ADM1",))[finds["code"][areas]]
        shadowed[areas] = np.where(first_level, _among(own, known), _among(own, inside))
        shadowed &= self._features == _REGION
        return shadowed


@dataclass(frozen=True, slots=True)
class _Nearness:
    """What nearness to the other places of the report is worth for each place: points, how far (km), and whether it counts at all."""

    points: _Points
    km: _Points
    quarters: Flags

    def reason(self, at: int) -> str:
        """Return it in words."""
        km = float(self.km[at])
        if self.quarters[at]:
            return "a part of a city that the report names" if self.points[at] > 0 else ""
        if self.points[at] < 0:
            return f"{km:.0f} km from any other place of the report"
        return f"{km:.0f} km from another place of the report" if km < NEAR_KM else ""


def _nearness(asks: Sequence[Ask], of: Numbers, finds: Records, features: Numbers) -> _Nearness:
    """Return what nearness is worth; the places of a report that are candidates of the mention themselves do not count."""
    km = np.full(len(finds), np.inf)
    quarters = np.zeros(len(finds), np.bool_)
    points = np.zeros(len(finds))
    for anchors, lines in _by_anchors(asks, of):
        some = finds[lines]
        ids = np.array([crc32(place_id.encode()) for place_id, _, _ in anchors], np.uint32)
        own = np.zeros((len(asks), len(anchors)), np.bool_)
        one, other = np.nonzero(some["check"][:, None] == ids)
        own[of[lines][one], other] = True
        others = ~own[of[lines]]
        away = np.where(others, _away_km(some, np.array([[lat, lon] for _, lat, lon in anchors])), np.inf)
        nearest = away.min(axis=1)
        named = ((some["settled"][:, None] == ids) & others & (some["settled"][:, None] != 0)).any(axis=1)
        quarter = (some["settled"] != 0) & (features[lines] == _DISTRICT)
        far = (nearest > FAR_KM) & (some["standing"] < KNOWN_TOWN)
        worth = np.where(far, FAR, NEAR * np.exp(-nearest / NEAR_KM))
        worth = np.where(named, QUARTER_OF_NAMED, np.where(quarter, QUARTER_OF_OTHER, worth))
        counted = others.any(axis=1)
        points[lines], km[lines], quarters[lines] = np.where(counted, worth, 0.0), nearest, counted & (named | quarter)
    return _Nearness(points, km, quarters)


def _by_anchors(asks: Sequence[Ask], of: Numbers) -> Iterator[tuple[Sequence[tuple[str, float, float]], Numbers]]:
    """Yield the anchors of each report with the lines that they are for; the mentions of a report share theirs."""
    reports: dict[int, list[int]] = {}
    for number, ask in enumerate(asks):
        if ask.context.anchors:
            reports.setdefault(id(ask.context.anchors), []).append(number)
    for numbers in reports.values():
        lines = np.flatnonzero(np.isin(np.arange(len(asks)), numbers)[of])
        if len(lines):
            yield asks[numbers[0]].context.anchors, lines


def _away_km(finds: Records, anchors: _Points) -> _Points:
    """Return the great-circle distance (km) of each place from each anchor, as `geometry.rough_km` has it."""
    lat, lon = np.radians(finds["lat"])[:, None], np.radians(finds["lon"])[:, None]
    other_lat, other_lon = np.radians(anchors[:, 0]), np.radians(anchors[:, 1])
    across = np.sin((other_lat - lat) / 2) ** 2 + np.cos(lat) * np.cos(other_lat) * np.sin((other_lon - lon) / 2) ** 2
    away: _Points = 2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(across, 1.0)))
    return away


def _among(wanted: npt.NDArray[np.uint64], listed: npt.NDArray[np.uint64]) -> Flags:
    """Tell of each number whether it is listed (as `np.isin`, in a third of its time for few)."""
    if not len(listed):
        return np.zeros(len(wanted), np.bool_)
    ordered = np.sort(listed)
    found: Flags = ordered[np.minimum(ordered.searchsorted(wanted), len(ordered) - 1)] == wanted
    return found


def _beside(of: Numbers, check: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint64]:
    """Return the number of a mention and a CRC-32 as one number."""
    joined: npt.NDArray[np.uint64] = of.astype(np.uint64) << np.uint64(32) | check
    return joined


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


_NAME_POINTS = np.array([0.0, *(NAME_SCORE[match] for match in sorted(Match))])
_NAME_REASONS = {
    Match.EXACT: "spelled as in the gazetteer",
    Match.FOLDED: "another spelling of its name",
    Match.SKELETON: "its consonants agree with the name",
}
_RANK_REASONS = {"PPLC": "capital", "PPLA": "chief town of its region"}
_ASKED = {asked: number for number, asked in enumerate(Asked)}
_FEATURES = {feature: number for number, feature in enumerate(Feature)}
_SETTLEMENT, _DISTRICT = _FEATURES[Feature.SETTLEMENT], _FEATURES[Feature.DISTRICT]
_REGION, _FACILITY = _FEATURES[Feature.REGION], _FEATURES[Feature.FACILITY]


@cache
def _features(codes: tuple[str, ...]) -> Numbers:
    """Return the number of the feature of each code."""
    return np.array([_FEATURES[feature_of(code)] for code in codes], np.int64)


@cache
def _kind_points(codes: tuple[str, ...]) -> _Points:
    """Return points for each code and kind that may be asked for."""
    return np.array([[_kind_part(code, asked)[0] for asked in Asked] for code in codes])


@cache
def _kind_part(code: str, asked: Asked) -> tuple[float, str]:
    met = fits(code, asked)
    if met is None:
        feature = feature_of(code)
        if feature in {Feature.SETTLEMENT, Feature.COUNTRY}:
            return TOWN_BY_DEFAULT, ""
        return (0.04, "") if code in {"ADM1", "RGN"} else (-0.06, "")
    if met:
        return KIND_MET, f"it is the {asked} that the words ask for"
    near_miss = asked in {Asked.REGION, Asked.SUBREGION} and code.startswith(("ADM", "RGN"))
    return (0.0, "an area, though of another level") if near_miss else (KIND_MISSED, f"it is no {asked}")
