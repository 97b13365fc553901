"""Directions and distances from a place, as the words give them: "20 km north of X", "southeast of X"; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

KM_PER_MILE = 1.609344
_WORDS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
BEARINGS = {word: 45.0 * number for number, word in enumerate(_WORDS)}
"""Degrees from north, clockwise."""
BESIDE_KM = 15.0
"""How far "north of X" is taken to reach where no distance is stated."""
SPREAD = 0.3
"""What a stated offset may be off, as a share of it: directions are given in eighths of the circle (half of one is 0.4)."""
LEAST_SPREAD_KM = 2.0

_NUMBER = r"\d+(?:[.,]\d+)?"
_OFFSET = re.compile(
    rf"(?:(?P<low>{_NUMBER})(?: ?(?:-|–|to) ?(?P<high>{_NUMBER}))?[ -]?(?P<unit>km|kms|kilomet(?:er|re)s?|miles?|mi)\b )?"
    r"(?:to the |in the |just |directly )?(?P<direction>(?:north|south)(?:[- ]?(?:east|west))?|east|west)(?:ern)?(?: side| edge)? of "
    r"(?:the )?(?:(?:city|town|village|capital|provincial capital) (?:of )?)?$",
    re.IGNORECASE,
)
_REACH = 80


@dataclass(frozen=True, slots=True)
class Offset:
    """A direction (degrees from north, clockwise) and how far (km); `stated` is false where no distance is given."""

    bearing: float
    km: float
    stated: bool

    @property
    def reach_km(self) -> float:
        """How far from the place what is meant may lie, km."""
        return self.km + self.spread_km

    @property
    def spread_km(self) -> float:
        """How far from the point that the words give what is meant may lie, km."""
        return max(LEAST_SPREAD_KM, SPREAD * self.km) if self.stated else BESIDE_KM

    @property
    def words(self) -> str:
        """The offset as words: "20 km southeast"."""
        direction = next(name for name, bearing in BEARINGS.items() if bearing == self.bearing)
        return f"{self.km:g} km {direction}" if self.stated else direction


def offset_before(text: str) -> Offset | None:
    """Return the offset that the end of `text` gives for the place whose name comes next, if any."""
    found = _OFFSET.search(text[-_REACH:])
    if found is None:
        return None
    bearing = BEARINGS[re.sub(r"[- ]", "", found["direction"].lower())]
    if not found["low"]:
        return Offset(bearing, BESIDE_KM, stated=False)
    numbers = [float(number.replace(",", ".")) for number in (found["low"], found["high"]) if number]
    scale = KM_PER_MILE if found["unit"].lower().startswith("mi") else 1.0
    return Offset(bearing, round(scale * sum(numbers) / len(numbers), 1), stated=True)
