"""More answers as types: lists, symbols, what a search finds."""

from __future__ import annotations

from datetime import date

from whoholds.taxonomy import Agreement, DistanceVerdict, Feature, Holding, Kind, Relation, Role, Stance, Tier
from whoholds.web.schemas import Claim, Noted, Page, Strict


class StateParty(Strict):
    """A force in a row."""

    id: str
    name: str
    side: str | None


class StateRow(Strict):
    """The state of a place on a day; `id` names it in a citation, `supporting` and `opposing` count claims."""

    id: str
    place: str
    name: str
    feature: Feature | None
    lat: float | None
    lon: float | None
    view: str
    on: date
    first: date | None
    last: date | None
    start_known: bool
    holding: Holding
    holders: list[StateParty]
    agreement: Agreement
    tier: Tier | None
    encircled_by: list[StateParty]
    flags: list[str]
    last_said: date | None
    supporting: int
    opposing: int


class StatePage(Page):
    """States of a day."""

    items: list[StateRow]
    on: date
    view: str


class Symbol(Strict):
    """A strike, clash or movement at its place; days count from 1970."""

    claim: str
    anchor: str
    report: str
    kind: Kind
    stance: Stance
    source: str
    actor: str | None
    place: str | None
    name: str | None
    lat: float | None
    lon: float | None
    first: int | None
    last: int | None
    relation: Relation
    region: bool


class Reference(Strict):
    """What a distance is measured to."""

    id: str
    name: str
    lat: float
    lon: float


class DistanceSymbol(Symbol):
    """A stated distance (km) and the straight line."""

    reference: Reference | None
    km_low: float | None
    km_high: float | None
    as_written: str | None
    verdict: DistanceVerdict | None
    start: str | None
    straight_km: float | None
    tolerance_km: float | None


class Symbols(Noted):
    """The quiet symbols of some days, and what has no pin; `more` tells that there were others."""

    first: date
    last: date
    conflict: str | None
    more: bool
    strikes: list[Symbol]
    movements: list[Symbol]
    clashes: list[Symbol]
    distances: list[DistanceSymbol]
    unplaced: list[Claim]


class FoundPlace(Strict):
    """A place that a name may mean; `told` where the store has claims about it."""

    id: str
    name: str
    native: str
    admin: list[str]
    feature: Feature
    lat: float
    lon: float
    told: bool


class FoundSource(Strict):
    """An organisation or office-holder, and its view."""

    id: str
    name: str
    role: Role
    view: str
    places: int


class ReportHead(Strict):
    """A report in a list."""

    number: int
    id: str
    publisher: str | None
    title: str | None
    url: str | None
    published: date | None
    conflict: str | None
    claims: int


class Found(Noted):
    """What a search finds."""

    q: str
    places: list[FoundPlace]
    sources: list[FoundSource]
    claims: list[Claim]
    reports: list[ReportHead]


class Area(Strict):
    """The shape of a place, a feature of GeoJSON (RFC 7946)."""

    type: str
    id: str
    properties: dict[str, str]
    geometry: dict[str, object]
