"""The quiet symbols of a map: strikes, clashes, movements, stated distances; and what was said that has no pin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from whoholds.model import DistanceCheck
from whoholds.ports import ClaimFilter, RecordedClaim
from whoholds.queries.cited import Cited
from whoholds.queries.words import SAFETY
from whoholds.taxonomy import Feature, Kind
from whoholds.web.atlas import days_since_epoch
from whoholds.web.parameters import days_of
from whoholds.web.service import Json, Service, row

DAYS: Final = timedelta(days=6)
MOST: Final = 3000
"""Symbols of one answer; `more` tells that there were others."""

STRIKES: Final = frozenset((Kind.STRIKE,))
MOVEMENTS: Final = frozenset((Kind.ADVANCE, Kind.DEPLOYMENT, Kind.POSITION))
CLASHES: Final = frozenset((Kind.CLASH, Kind.UPRISING))
_SHOWN: Final = STRIKES | MOVEMENTS | CLASHES


@dataclass(frozen=True, slots=True)
class _Lists:
    strikes: list[Json]
    movements: list[Json]
    clashes: list[Json]
    distances: list[Json]
    unplaced: list[Json]

    def count(self) -> int:
        return sum(map(len, (self.strikes, self.movements, self.clashes, self.distances, self.unplaced)))


def symbols(service: Service, first: date | None, last: date | None, conflict: str | None) -> Json:
    """Return what was said of the days from `first` to `last`; without them, of the last seven.

    Raises:
        UsageError: when the last day precedes the first.
    """
    end = last or service.day(None)
    start = first or end - DAYS
    found = _Lists([], [], [], [], [])
    more = False
    for recorded in service.desk.told(service.store.claims(ClaimFilter(conflict=conflict, event=days_of(start, end)))):
        if found.count() >= MOST:
            more = True
            break
        _add(service, recorded, found)
    return {
        "note": SAFETY, "first": start, "last": end, "conflict": conflict, "more": more,
        "strikes": found.strikes, "movements": found.movements, "clashes": found.clashes,
        "distances": found.distances, "unplaced": found.unplaced,
    }  # fmt: skip


def _add(service: Service, recorded: RecordedClaim, found: _Lists) -> None:
    kind, has_distance = recorded.statement.kind, recorded.claim.distance is not None
    unplaced = recorded.place is None
    if not unplaced and not has_distance and kind not in _SHOWN:
        return
    cited = service.shield().cited(recorded)
    if cited is None:
        return
    if unplaced:
        found.unplaced.append(row(cited))
        return
    if has_distance:
        found.distances.append(_distance(service, recorded, cited))
    if kind in _SHOWN and cited.place is not None and cited.place.feature is not Feature.COUNTRY:
        lists = ((STRIKES, found.strikes), (MOVEMENTS, found.movements), (CLASHES, found.clashes))
        next(into for kinds, into in lists if kind in kinds).append(_symbol(recorded, cited))


def _symbol(recorded: RecordedClaim, cited: Cited) -> Json:
    told = recorded.statement.event_date
    place = cited.place
    return {
        "claim": cited.claim, "anchor": cited.anchor, "report": cited.report, "kind": cited.kind, "stance": cited.stance,
        "source": cited.source, "actor": cited.actor, "place": place.id if place else None, "name": place.name if place else None,
        "lat": place.lat if place else None, "lon": place.lon if place else None,
        "first": days_since_epoch(told.first if told else None), "last": days_since_epoch(told.last if told else None),
        "relation": cited.relation, "region": bool(place and place.feature is Feature.REGION),
    }  # fmt: skip


def _distance(service: Service, recorded: RecordedClaim, cited: Cited) -> Json:
    distance, check = recorded.claim.distance, distance_check(service, recorded)
    reference = check.reference if check else None
    drawn = service.shield().place(reference.id) if reference else None
    return _symbol(recorded, cited) | {
        "reference": None if drawn is None else {"id": drawn.id, "name": drawn.name, "lat": drawn.lat, "lon": drawn.lon},
        "km_low": distance.km_low if distance else None, "km_high": distance.km_high if distance else None,
        "as_written": distance.as_written if distance else None, "verdict": check.verdict if check else None,
        "start": check.start.name if check and check.start else None, "straight_km": check.straight_km if check else None,
        "tolerance_km": check.tolerance_km if check else None,
    }  # fmt: skip


def distance_check(service: Service, recorded: RecordedClaim) -> DistanceCheck | None:
    """Return how a stated distance compares with the straight line, None where none is stated."""
    if recorded.claim.distance is None:
        return None
    reading = service.store.reading(recorded.report.id)
    return reading.checks.get(recorded.claim.id) if reading else None
