"""What maps are made of: a feature for each state (a place for an interval) and for each claim, under the model's field names.

One list of columns serves every format of maps, so that none tells more or less than another; `None` stands where a
column is the other kind's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from whoholds.export.geojson import DECIMALS
from whoholds.export.geojson import feature as claim_feature
from whoholds.export.records import Json
from whoholds.export.rows import Row
from whoholds.model import Place, State


class FeatureKind(StrEnum):
    """What a feature stands for."""

    STATE = "state"
    CLAIM = "claim"


class ColumnKind(StrEnum):
    """What a column of features holds."""

    WORDS = "words"
    LIST = "list"
    WHOLE = "whole number"
    REAL = "real number"
    TRUTH = "true or false"


@dataclass(frozen=True, slots=True)
class StateRow:
    """A state in a view, with its place as it is drawn: None where it is not placeable."""

    view: str
    state: State
    place: Place | None


FeatureRow = StateRow | Row


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature: `lon` and `lat` in degrees (WGS84), both None where nothing is drawn; `properties` by the names of `COLUMNS`."""

    id: str
    kind: FeatureKind
    lon: float | None
    lat: float | None
    properties: Mapping[str, Json]


_WORDS, _LIST, _WHOLE, _REAL, _TRUTH = ColumnKind

_SHARED = {"feature": _WORDS, "id": _WORDS, "place": _WORDS, "place_name": _WORDS, "first": _WORDS, "last": _WORDS}
_OF_STATES = {
    "view": _WORDS,
    "interval": _WORDS,
    "starts_known": _TRUTH,
    "ends_known": _TRUTH,
    "holding": _WORDS,
    "holders": _LIST,
    "agreement": _WORDS,
    "tier": _WORDS,
    "encircled_by": _LIST,
    "flags": _LIST,
    "supporting": _LIST,
    "opposing": _LIST,
    "last_said": _WORDS,
}
_OF_CLAIMS = {
    "claim": _WORDS,
    "anchor": _WORDS,
    "toponym": _WORDS,
    "relation": _WORDS,
    "extent": _WORDS,
    "percent": _WHOLE,
    "statement": _WORDS,
    "kind": _WORDS,
    "stance": _WORDS,
    "certainty": _WORDS,
    "source": _WORDS,
    "role": _WORDS,
    "own_voice": _TRUTH,
    "via": _LIST,
    "actor": _WORDS,
    "target": _WORDS,
    "event_date": _WORDS,
    "manner": _WORDS,
    "background": _TRUTH,
    "presupposed": _TRUTH,
    "euphemism": _TRUTH,
    "rule": _WORDS,
    "quote": _WORDS,
    "geo_precision": _WHOLE,
    "radius_km": _REAL,
    "score": _REAL,
    "method": _WORDS,
    "km_low": _REAL,
    "km_high": _REAL,
    "reference": _WORDS,
    "verdict": _WORDS,
    "straight_km": _REAL,
    "report": _WORDS,
    "origin_id": _WORDS,
    "name": _WORDS,
    "publisher": _WORDS,
    "published": _WORDS,
    "url": _WORDS,
}
COLUMNS: Mapping[str, ColumnKind] = _SHARED | _OF_STATES | _OF_CLAIMS
"""Every property of a feature, in order, with what it holds."""


def feature_of(row: FeatureRow) -> Feature:
    """Return the feature of a state or a claim."""
    made = _state(row) if isinstance(row, StateRow) else _claim(row)
    place = row.place
    lon, lat = (round(place.lon, DECIMALS), round(place.lat, DECIMALS)) if place else (None, None)
    kind = FeatureKind.STATE if isinstance(row, StateRow) else FeatureKind.CLAIM
    properties: dict[str, Json] = {"feature": kind.value, **made}
    return Feature(str(made["id"]), kind, lon, lat, {name: properties.get(name) for name in COLUMNS})


def _state(row: StateRow) -> dict[str, Json]:
    state, interval = row.state, row.state.interval
    return {
        "id": f"{state.place} {row.view} {interval.edtf}",
        "place": state.place,
        "place_name": row.place.name if row.place else None,
        "first": interval.first.isoformat() if interval.first else None,
        "last": interval.last.isoformat() if interval.last else None,
        "view": row.view,
        "interval": interval.edtf,
        "starts_known": state.starts_known,
        "ends_known": state.ends_known,
        "holding": state.holding.value,
        "holders": _list(state.holders),
        "agreement": state.agreement.value,
        "tier": state.tier.value if state.tier else None,
        "encircled_by": _list(state.encircled_by),
        "flags": _list(sorted(state.flags)),
        "supporting": _list(state.supporting),
        "opposing": _list(state.opposing),
        "last_said": state.last_said.isoformat() if state.last_said else None,
    }


def _claim(row: Row) -> dict[str, Json]:
    event = row.statement.event_date
    properties = claim_feature(row)["properties"]
    assert isinstance(properties, dict)  # noqa: S101  a feature has them
    return {
        "id": row.claim.id,
        "first": event.first.isoformat() if event and event.first else None,
        "last": event.last.isoformat() if event and event.last else None,
        **properties,
    }


def _list(words: Sequence[str]) -> list[Json]:
    return list(words)
