"""Events in the shape of ACLED (codebook 2024): its 31 columns, then ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from whoholds.export.cells import cells, csv_lines, joined
from whoholds.export.events import Event, Party, Told
from whoholds.identity import Coded, digest
from whoholds.model import DateRange
from whoholds.registry import load_registry
from whoholds.registry.rows import ActorKind
from whoholds.taxonomy import Feature, Stance

UNIDENTIFIED = "Unidentified Armed Group"
"""What ACLED calls an actor whom nobody names."""

PREFIX, DIGITS, DECIMALS = "WH-", 12, 5


@dataclass(frozen=True, slots=True)
class AcledRow:
    """A line of the file; the fields are its columns, in order. None is an empty cell: `fatalities` where none are reported."""

    event_id_cnty: str
    event_date: str
    year: int
    time_precision: int
    disorder_type: str
    event_type: str
    sub_event_type: str
    actor1: str
    assoc_actor_1: str
    inter1: str
    actor2: str
    assoc_actor_2: str
    inter2: str
    interaction: str
    civilian_targeting: str
    iso: int | None
    region: str
    country: str
    admin1: str
    admin2: str
    admin3: str
    location: str
    latitude: float
    longitude: float
    geo_precision: int
    source: str
    source_scale: str
    notes: str
    fatalities: None
    tags: str
    timestamp: int
    claim_ids: str
    asserted_by: str
    denied_by: str
    tier: str
    holding: str
    agreement: str
    time_edtf: str
    radius_km: float | None


COLUMNS = tuple(field.name for field in fields(AcledRow))
"""The columns, in order."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The country of an event: ISO 3166-1 alpha-2 `code` and numeric `number`, ACLED's `region`."""

    code: str = ""
    number: int | None = None
    region: str = ""


def acled_lines(events: Iterable[tuple[Event, Whereabouts]]) -> Iterator[str]:
    """Yield the header and a line for each event."""
    return csv_lines(COLUMNS, (cells(acled_row(event, where)) for event, where in events))


def acled_row(event: Event, where: Whereabouts) -> AcledRow:
    """Return the line of an event."""
    days = _days(event)
    first, second = (*(_Actor.of(party) for party in event.actors), _NOBODY, _NOBODY)[:2]
    first = _Actor(UNIDENTIFIED) if first is _NOBODY else first
    admin = _admin(event)
    return AcledRow(
        event_id_cnty=_event_id(event),
        event_date=event.day.isoformat(),
        year=event.day.year,
        time_precision=days.time_precision,
        disorder_type=event.sub_event.event_type.disorder_type,
        event_type=event.sub_event.event_type.value,
        sub_event_type=event.sub_event.value,
        actor1=first.name,
        assoc_actor_1=first.others,
        inter1=first.kind,
        actor2=second.name,
        assoc_actor_2=second.others,
        inter2=second.kind,
        interaction=_interaction(first.kind, second.kind),
        civilian_targeting="Civilian targeting" if second.kind == ActorKind.CIVILIANS.label else "",
        iso=where.number,
        region=where.region,
        country=admin[0],
        admin1=admin[1],
        admin2=admin[2],
        admin3=admin[3],
        location=event.place.name,
        latitude=round(event.place.lat, DECIMALS),
        longitude=round(event.place.lon, DECIMALS),
        geo_precision=max((each.row.resolution.geo_precision or 1 for each in event.told if each.row.resolution), default=1),
        source=joined([*(each.row.source for each in event.told), *(each.row.report.publisher for each in event.told)]),
        source_scale=_scale(event, where.code),
        notes=" · ".join(dict.fromkeys(_note(each) for each in event.told)),
        fatalities=None,
        tags=joined(_tags(event)),
        timestamp=max(int(each.recorded_at.timestamp()) for each in event.told),
        claim_ids=joined(each.row.claim.id for each in event.told),
        asserted_by=joined(each.row.source for each in event.told),
        denied_by=joined(event.denied_by),
        tier=event.tier.value if event.tier else "",
        holding=event.holding.value if event.holding else "",
        agreement=event.agreement.value if event.agreement else "",
        time_edtf=days.edtf,
        radius_km=max((each.row.resolution.radius_km or 0 for each in event.told if each.row.resolution), default=None),
    )


def _event_id(event: Event) -> str:
    """Return an id that stays as more reports of the event come in."""
    who: list[Coded] = [*sorted(each.key for each in event.actors)] or [event.sub_event.value]
    return PREFIX + digest("event", [event.place.id, event.day.isoformat(), who])[:DIGITS]


@dataclass(frozen=True, slots=True)
class _Actor:
    """A party as three columns have it."""

    name: str = ""
    others: str = ""
    kind: str = ""

    @staticmethod
    def of(party: Party) -> _Actor:
        return _Actor(party.names[0], joined(party.names[1:]), party.kind.label if party.kind else "")


_NOBODY = _Actor()


def _days(event: Event) -> DateRange:
    """Return the narrowest days that a claim of the event gives; where none does, it was by the day of publication."""
    given = [each.row.statement.event_date for each in event.told if each.row.statement.event_date]
    return min(given, key=lambda days: days.time_precision, default=DateRange(None, event.day))


def _admin(event: Event) -> list[str]:
    """Return the country and the three areas down from it; an area that is the place itself stands among them."""
    place = event.place
    own = (place.name,) if place.feature in (Feature.REGION, Feature.COUNTRY) else ()
    return [*place.admin, *own, "", "", "", ""][:4]


def _interaction(first: str, second: str) -> str:
    if not first:
        return ""
    return "-".join(sorted((first, second))) if second else f"{first} only"


def _scale(event: Event, country: str) -> str:
    """Return whether the outlets sit in the country of the event; outlets that nobody knows say nothing."""
    known = [load_registry().publisher_named(each.row.report.publisher) for each in event.told if each.row.report.publisher]
    seats = {publisher.country for publisher in known if publisher and publisher.country}
    scales = ["National"] if country in seats else []
    return "-".join([*scales, "International"] if seats - {country} else scales)


def _note(told: Told) -> str:
    report = told.row.report
    day = report.published.isoformat() if report.published else "undated"
    return f"{told.row.source} ({report.publisher or 'publisher unknown'}, {day}): “{told.row.quote}”"


def _tags(event: Event) -> Iterator[str]:
    statements = [each.row.statement for each in event.told]
    if all(statement.stance is Stance.HEDGES for statement in statements):
        yield "hedged"
    if any(statement.euphemism for statement in statements):
        yield "possible euphemism"
    if all(statement.background for statement in statements):
        yield "background"
