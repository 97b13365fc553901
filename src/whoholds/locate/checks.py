"""Stated distances against geometry: from the place named to the centre, the boundary and the built-up edge of the reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from whoholds.locate.areas import edge_km, holds
from whoholds.locate.geometry import built_up_km, distance_verdict, straight_km
from whoholds.locate.names import plain
from whoholds.locate.place_index import PlaceIndex
from whoholds.model import Claim, Distance, DistanceCheck, Mention, Place, Resolution
from whoholds.taxonomy import DistanceVerdict, Feature, GeoPrecision

MOST_REFERENCES = 4096
"""Resolved distance references kept for `check`, which sees no report."""


class DistanceChecker:
    """Checks stated distances; keeps the references that were resolved with their reports."""

    def __init__(self, index: PlaceIndex) -> None:
        """Take the places."""
        self._index = index
        self._references: dict[str, Resolution] = {}

    def note(self, mention: Mention, resolution: Resolution) -> None:
        """Keep the place of a reference."""
        while len(self._references) >= MOST_REFERENCES:
            del self._references[next(iter(self._references))]
        self._references[_key(mention)] = resolution

    def check(self, claims: Sequence[Claim], resolutions: Mapping[str, Resolution]) -> dict[str, DistanceCheck]:
        """Return, for every claim with a distance, how it compares with the straight line, by claim id."""
        return {claim.id: self._checked(claim, claim.distance, claims, resolutions) for claim in claims if claim.distance}

    def nearer_km(self, start: Place, reference: Place, straight: float) -> float:
        """Return how much nearer (km) than its centre the edge of `reference` is: its boundary, or that of its built-up land.

        Where no shape is known, the radius of the built-up land is taken from the people (`built_up_km`).
        """
        shape = self._index.shape(reference.id)
        if shape is None:
            return built_up_km(reference)
        nearest = 0.0 if holds(shape, start.lat, start.lon) else edge_km(shape, start.lat, start.lon)
        return max(straight - nearest, built_up_km(reference), 0.0)

    def _checked(self, claim: Claim, stated: Distance, claims: Sequence[Claim], resolutions: Mapping[str, Resolution]) -> DistanceCheck:
        reference = self._reference(stated.reference, claims, resolutions)
        own = resolutions.get(claim.id)
        places = [own.place] if own and own.place and reference and own.place.id != reference.id else []
        if reference and not places:
            others = (resolutions[other.id] for other in claims if other.id in resolutions)
            places = [found.place for found in others if found.place and found.geo_precision is GeoPrecision.SETTLEMENT]
        starts = [place for place in places if reference and place.id != reference.id and place.feature is Feature.SETTLEMENT]
        if reference is None or not starts:
            return DistanceCheck(claim.id, DistanceVerdict.UNCHECKABLE, None, reference, None, 0.0)
        straight, start = min(((straight_km(place, reference), place) for place in starts), key=lambda pair: (pair[0], pair[1].id))
        verdict, tolerance = distance_verdict(straight, stated, self.nearer_km(start, reference, straight))
        return DistanceCheck(claim.id, verdict, start, reference, round(straight, 1), round(tolerance, 1))

    def _reference(self, mention: Mention, claims: Sequence[Claim], resolutions: Mapping[str, Resolution]) -> Place | None:
        """Return the place a distance is measured to: resolved with its report, or as a claim of the same name was."""
        known = self._references.get(_key(mention))
        if known:
            return known.place
        same = [claim for claim in claims if claim.toponym and plain(claim.toponym.referent) == plain(mention.referent)]
        found = next((resolutions[claim.id] for claim in same if claim.id in resolutions), None)
        return found.place if found else None


def _key(mention: Mention) -> str:
    return f"{mention.report} {mention.start} {mention.end} {plain(mention.referent)}"
