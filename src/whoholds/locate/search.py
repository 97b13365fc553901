"""One name looked up by hand: what `whoholds locate` answers."""

from __future__ import annotations

from dataclasses import dataclass

from whoholds.errors import UsageError
from whoholds.locate.countries import country_id
from whoholds.locate.gazetteer import Gazetteer
from whoholds.locate.geometry import moved
from whoholds.locate.hits import Hits
from whoholds.locate.place_index import PlaceIndex
from whoholds.locate.rank import LEAST_SURE, Context, Ranked, country_of, ranked
from whoholds.locate.wording import Wording, read_wording
from whoholds.model import Candidate

NEAR_SHARE = 0.8
"""What the country of the place that is given as near counts in the context."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The candidates for a phrase, best first; `sure` is whether a report would be placed there by these words alone.

    `point` is latitude, longitude and what it may be off (km), where the phrase gives a distance and a direction from the
    first candidate.
    """

    candidates: tuple[Candidate, ...]
    sure: bool
    point: tuple[float, float, float] | None = None


def search(gazetteer: Gazetteer, phrase: str, near: str | None = None, country: str | None = None, most: int = 5) -> Answer:
    """Return the places that `phrase` may mean ("Khan Al-Sheh", "Daraa province", "20 km north of Hama").

    `near` is a place beside it, `country` a name or an ISO 3166 code: both are hints, not limits.

    Raises:
        UsageError: when `near` or `country` is not known.
    """
    index = gazetteer.index
    context = _context(index, near, country)
    wording = read_wording(phrase, phrase, "", "")
    hits = _hits(index, phrase, wording)
    best = ranked(hits, wording.asked, context, natural=wording.natural, most=most)
    candidates = tuple(Candidate(index.place(one.row), one.score, one.reasons) for one in best)
    return Answer(candidates, bool(best) and best[0].score >= LEAST_SURE, _point(best, wording))


def _hits(index: PlaceIndex, phrase: str, wording: Wording) -> Hits:
    whole, named = index.named_all([phrase, wording.name])
    return next((hits for hits in (index.none() if whole.guessed else whole, named) if len(hits)), whole)


def _point(best: tuple[Ranked, ...], wording: Wording) -> tuple[float, float, float] | None:
    if not best or wording.offset is None or not wording.offset.stated:
        return None
    lat, lon = moved(best[0].row.lat, best[0].row.lon, wording.offset.bearing, wording.offset.km)
    return lat, lon, wording.offset.spread_km


def _context(index: PlaceIndex, near: str | None, country: str | None) -> Context:
    shares: dict[str, float] = {}
    if country:
        shares[_country_id(index, country)] = 1.0
    anchors = []
    if near:
        wording = read_wording(near, near, "", "")
        best = ranked(index.named(wording.name or near), wording.asked, Context(shares, ()), most=1)
        if not best:
            message = f"--near {near!r}: no such place in the gazetteer; correct it or leave it out"
            raise UsageError(message)
        row = best[0].row
        anchors.append((row.id, row.lat, row.lon))
        shares.setdefault(country_of(row), NEAR_SHARE)
    return Context(shares, anchors)


def _country_id(index: PlaceIndex, given: str) -> str:
    found = country_id(index, given)
    if found is None:
        message = f"--country {given!r}: no such country; give a name or a code such as SY"
        raise UsageError(message)
    return found
