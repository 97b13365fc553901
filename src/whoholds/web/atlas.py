"""The map as one document: every state of a view in columns, so that a page can draw any day without asking again.

Columns of numbers pack to a fraction of rows with names. Days count from 1 January 1970; None is an open or unknown end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from whoholds.fuse.accounts import BASELINE_RULE
from whoholds.fuse.rules import Flag
from whoholds.fuse.views import FUSED, View
from whoholds.model import Place, State
from whoholds.queries.cited import Party, party
from whoholds.queries.hearing import hear
from whoholds.queries.who import view_name
from whoholds.queries.words import SAFETY
from whoholds.taxonomy import Agreement, Feature, Holding, Tier
from whoholds.web.scripts import native_name
from whoholds.web.service import Json, Service
from whoholds.web.shield import Shield

EPOCH: Final = date(1970, 1, 1)
DECIMALS: Final = 3
"""Of a degree, about 100 m: a settlement is drawn no finer."""

COLOURS: Final = 8
"""Colours that a map can tell apart; the ninth side of a war shares the first's, and its letter tells them apart."""

_HOLDINGS, _AGREEMENTS, _TIERS, _FLAGS, _FEATURES = list(Holding), list(Agreement), list(Tier), list(Flag), list(Feature)
_CODES: Final = {
    name: [word.value for word in words]
    for name, words in (("holding", _HOLDINGS), ("agreement", _AGREEMENTS), ("tier", _TIERS), ("flags", _FLAGS), ("feature", _FEATURES))
}
_HOLDING_CODE: Final = {word: number for number, word in enumerate(_HOLDINGS)}
_AGREEMENT_CODE: Final = {word: number for number, word in enumerate(_AGREEMENTS)}
_TIER_CODE: Final = {word: number for number, word in enumerate(_TIERS)}
_FLAG_BIT: Final = {word.value: 1 << number for number, word in enumerate(_FLAGS)}
_FEATURE_CODE: Final = {word: number for number, word in enumerate(_FEATURES)}
_REGIONS: Final = frozenset((Feature.REGION, Feature.COUNTRY))
_STATE_COLUMNS: Final = (
    "place", "first", "last", "by", "holding", "holders", "agreement", "tier", "encircled", "flags", "last_said", "pale",
)  # fmt: skip


def days_since_epoch(day: date | None) -> int | None:
    """Return a day as its number, None for none."""
    return None if day is None else day.toordinal() - EPOCH.toordinal()


def atlas(service: Service, view: View, known_by: date | None = None, conflict: str | None = None) -> Json:
    """Return all states of a view, as kept or as known by a day, of one war or of all.

    Raises:
        StoreError: when the store cannot be used.
    """
    drawing = _Drawing(service, service.shield(), service.overview.claims_by_rule(BASELINE_RULE))
    for state in _states(service, view, known_by, conflict):
        drawing.add(state)
    return {
        "note": SAFETY,
        "view": view.name,
        "view_label": view_label(service, view),
        "known_by": known_by,
        "conflict": conflict,
        "epoch": EPOCH,
        **drawing.columns(),
        "codes": _CODES,
    }


def view_label(service: Service, view: View) -> str:
    """Return whose account a view is, as people call it."""
    return "All accounts, weighed together" if view == FUSED else view_name(service.desk, view)


def colour_of(service: Service, side: str | None) -> int:
    """Return the colour of a side, 0 to 7: its turn in the registry's row of its war; -1 where there is no side."""
    war = service.desk.registry.conflicts.get((side or "").partition(".")[0])
    if war is None:
        return -1
    return next((number % COLOURS for number, row in enumerate(war.sides) if row.id == side), -1)


def _states(service: Service, view: View, known_by: date | None, conflict: str | None) -> Iterator[State]:
    if known_by is not None:
        heard = hear(service.desk, known_by, conflict, view)
        for place in sorted(heard.timelines):
            yield from heard.timelines[place].states
        return
    told = service.overview.places_told(conflict) if conflict is not None else None
    yield from (state for state in service.overview.states_of(view.name) if told is None or state.place in told)


@dataclass(slots=True)
class _Drawing:
    """The columns as they grow, state by state."""

    service: Service
    shield: Shield
    of_maps: frozenset[str]
    numbers: dict[str, int] = field(default_factory=dict)
    parties: dict[Party, int] = field(default_factory=dict)
    _known: dict[tuple[str, str], int] = field(default_factory=dict)
    rows: dict[str, list[object]] = field(default_factory=lambda: {name: [] for name in _STATE_COLUMNS})

    def add(self, state: State) -> None:
        """Add a state; its place gets a number when it is first seen."""
        number = self.numbers.setdefault(state.place, len(self.numbers))
        first, last = state.interval.first, state.interval.last
        day = last or first or date.max
        values = (
            number,
            days_since_epoch(first),
            days_since_epoch(last),
            int(not state.starts_known),
            _HOLDING_CODE[state.holding],
            [self._party(actor, day) for actor in state.holders],
            _AGREEMENT_CODE[state.agreement],
            -1 if state.tier is None else _TIER_CODE[state.tier],
            [self._party(actor, day) for actor in state.encircled_by],
            sum(_FLAG_BIT.get(flag, 0) for flag in state.flags),
            days_since_epoch(state.last_said),
            int(Flag.BASELINE in state.flags and self.of_maps.issuperset(state.supporting)),
        )
        for name, value in zip(_STATE_COLUMNS, values, strict=True):
            self.rows[name].append(value)

    def columns(self) -> Json:
        """Return the holders, places and states."""
        return {"holders": [self._holder(found) for found in self.parties], "places": self._places(), "states": self.rows}

    def _party(self, actor: str, day: date) -> int:
        # An actor has another name for each side that it was of, and few days change that.
        key = actor, self.service.desk.joiner.side_of(actor, day)
        number = self._known.get(key)
        if number is None:
            number = self._known[key] = self.parties.setdefault(party(self.service.desk, actor, day), len(self.parties))
        return number

    def _holder(self, found: Party) -> Json:
        colour = colour_of(self.service, found.side)
        return {"id": found.id, "name": found.name, "side": found.side, "side_name": found.side_name, "colour": colour}

    def _places(self) -> Json:
        known = self.service.overview.places()
        rows = [self._place(place_id, known.get(place_id)) for place_id in self.numbers]
        columns = ("id", "name", "native", "lat", "lon", "feature", "region", "parent")
        return {name: [row[number] for row in rows] for number, name in enumerate(columns)}

    def _place(self, place_id: str, known: Place | None) -> tuple[object, ...]:
        place = known or self.service.desk.places.get(place_id)
        if place is None:
            return place_id, place_id, "", 0.0, 0.0, _FEATURE_CODE[Feature.SETTLEMENT], 0, -1
        drawn = self.shield.drawn(place)
        return (
            place_id,
            place.name,
            native_name(place.names),
            round(drawn.lat, DECIMALS),
            round(drawn.lon, DECIMALS),
            _FEATURE_CODE[place.feature],
            int(place.feature in _REGIONS),
            self._parent(self.service.desk.places.ancestors(place_id)),
        )

    def _parent(self, around: Iterable[str]) -> int:
        """Return the number of the smallest region around a place that has states; a country hands nothing down."""
        for place_id in around:
            place = self.service.desk.places.get(place_id)
            if place_id in self.numbers and place is not None and place.feature is not Feature.COUNTRY:
                return self.numbers[place_id]
        return -1
