"""What a report tells of where it plays: votes for countries, and the positions of its places; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from whoholds.locate.hits import Hits, joined
from whoholds.locate.rank import Context

LEAST_SHARE = 0.1

Votes = npt.NDArray[np.float64]
"""Votes for each country of the atlas."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a report tells of where it plays; `countries` are the ids that the votes are for."""

    countries: Sequence[str]
    votes: Votes
    anchors: Sequence[tuple[str, float, float]]

    def beside(self, named: Sequence[Hits]) -> list[Context]:
        """Return the context of each name with these candidates, without what the name itself says."""
        return [Context(shares(self.countries, votes), self.anchors) for votes in self.votes - votes_of([sure(hits) for hits in named])]


def sure(hits: Hits) -> Hits:
    """Return `hits`, none where only the consonants met."""
    return Hits(hits.atlas, hits.finds[:0]) if hits.guessed else hits


def votes_of(named: Sequence[Hits]) -> Votes:
    """Return how far the places of each name speak for each country: by prominence, in all at most 1, an obscure name less."""
    if not named:
        return np.zeros((0, 0))
    finds = joined([hits.finds for hits in named])
    of = np.arange(len(named)).repeat([len(hits) for hits in named])
    weights = np.zeros((len(named), len(named[0].atlas.countries)))
    np.maximum.at(weights, (of, finds["country"]), (0.05 + finds["standing"]) ** 2 * finds["similarity"] * finds["match"])
    known = np.zeros(len(named))
    np.maximum.at(known, of, finds["standing"])
    total = weights.sum(axis=1)
    votes: Votes = weights * (np.minimum(1.0, 0.2 + known) / np.where(total > 0, total, 1.0))[:, None]
    votes[:, 0] = 0.0  # places in no country
    return votes


def shares(countries: Sequence[str], votes: Votes) -> Mapping[str, float]:
    """Return votes as shares of the strongest; what has hardly any is left out."""
    most = float(votes.max(initial=0.0))
    if not most > 0:
        return {}
    parts = votes / most
    return {countries[number]: float(parts[number]) for number in np.flatnonzero(parts >= LEAST_SHARE).tolist()}
