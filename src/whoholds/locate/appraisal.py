"""What written names are worth wherever they stand, by the places that bear them; many names at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from whoholds.locate.columns import Records
from whoholds.locate.hits import Hits
from whoholds.locate.look_up import LookUp, checks
from whoholds.locate.names import folded, plain
from whoholds.locate.places import Match, feature_of
from whoholds.taxonomy import Feature

FOLDED_DISCOUNT = 0.1
SHORT_KEY = 3
LONGEST_ACRONYM = 5
SURE_OF_ITSELF = 0.76
"""From this prominence on a place is meant even where someone of the report bears its name."""
_PROMINENCE = {
    "PCL": 0.95, "ADM1": 0.85, "RGN": 0.7, "ADM2": 0.6, "ADM3": 0.45, "PPLC": 0.95, "PPLA": 0.8, "PPLX": 0.25, "AIRP": 0.7, "AIRB": 0.7,
}  # fmt: skip
_QUARTER = 0.25
_ACRONYM_OF = ("PCL", "ADM1", "AIR")


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


def appraised(look_up: LookUp, written: Sequence[str]) -> list[Appraisal | None]:
    """Return the worth of each name; None where no place has its strict key, or it is an acronym of something else."""
    spelled = [plain(name) for name in written]
    keys = [folded(one) for one in spelled]
    finds, ends = look_up.keyed([key if len(key) > 1 else "" for key in keys], checks(spelled))
    found: list[Appraisal | None] = [None] * len(written)
    stops = ends.tolist()
    known = [at for at, (start, stop) in enumerate(zip([0, *stops], stops, strict=False)) if stop > start]
    if not known:
        return found
    starts = np.array([stops[at - 1] if at else 0 for at in known])
    best = np.maximum.reduceat(_prominence(look_up.codes, finds), starts).tolist()
    most_people = np.maximum.reduceat(np.where(finds["own"], finds["people"], 0.0), starts).tolist()
    kinds = np.bitwise_or.reduceat(_kinds(look_up.codes)[finds["code"]], starts).tolist()
    for number, at in enumerate(known):
        name = written[at]
        hits = Hits(look_up, finds[starts[number] : stops[at]]) if name.isupper() else None
        if hits and _is_other_acronym(name, hits):
            continue
        acronym = hits is not None and any(name in hit.row.names for hit in hits)
        worth = best[number] / 2 if len(keys[at]) < SHORT_KEY and not acronym else best[number]
        features, seat = _features_of(kinds[number])
        found[at] = Appraisal(spelled[at], worth, int(max(most_people[number], 0)), seat, acronym, features)
    return found


def _is_other_acronym(written: str, hits: Hits) -> bool:
    """Tell whether capitals alone ("FBI") only sound like a place: an acronym is spelled as it is."""
    if len(written) > LONGEST_ACRONYM or not written.isascii():
        return False
    return not any(written in hit.row.names for hit in hits.where(hits.of_codes(*_ACRONYM_OF)))


def _prominence(codes: tuple[str, ...], finds: Records) -> npt.NDArray[np.float64]:
    """Return how telling each place is by itself, 0 to 1, from its rank and people, less where it is not spelled so."""
    ranked, quarter = _ranks(codes)
    people = np.minimum(0.3 + 0.1 * (np.log10(np.maximum(finds["people"], 100)) - 2), 0.9)
    worth = np.where(quarter[finds["code"]], _QUARTER, np.maximum(ranked[finds["code"]], people))
    told: npt.NDArray[np.float64] = np.where(finds["match"] == Match.EXACT, worth, worth - FOLDED_DISCOUNT)
    return told


@cache
def _ranks(codes: tuple[str, ...]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """Return how telling the rank of each code is, and which codes are quarters."""
    ranks = [_PROMINENCE.get(code) or _PROMINENCE.get(code[:3]) or 0.0 for code in codes]
    return np.array(ranks), np.array([code == "PPLX" for code in codes], np.bool_)


_FEATURES = tuple(Feature)
_SEAT = 1 << len(_FEATURES)


@cache
def _kinds(codes: tuple[str, ...]) -> npt.NDArray[np.int64]:
    """Return a bit for the feature of each code, and one for capitals."""
    return np.array([1 << _FEATURES.index(feature_of(code)) | (_SEAT if code == "PPLC" else 0) for code in codes], np.int64)


@cache
def _features_of(bits: int) -> tuple[frozenset[Feature], bool]:
    """Return the features whose bits are set, and whether a capital is among them."""
    return frozenset(feature for number, feature in enumerate(_FEATURES) if bits & 1 << number), bool(bits & _SEAT)
