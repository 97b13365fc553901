"""More answers as types: lists, symbols, what a search finds."""

from __future__ import annotations

from datetime import date

from whoholds.taxonomy import (
    Agreement,
    Certainty,
    DistanceVerdict,
    ExtentKind,
    Feature,
    Holding,
    Kind,
    Manner,
    Relation,
    Role,
    Stance,
    Tier,
)
from whoholds.web.schemas import Claim, Noted, Page, Party, ReviewRow, State, StatedDistance, Strict, Where


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
    """The shape of a place, a feature of GeoJSON (RFC 7946); without a geometry where no area of it is known."""

    type: str
    id: str
    properties: dict[str, str]
    geometry: dict[str, object] | None


class ReportPage(Page):
    """Reports in the order of recording."""

    items: list[ReportHead]


class Ends(Strict):
    """A stretch of a text, in UTF-16 units."""

    start: int
    end: int


class Marked(Ends):
    """Words that a statement used; `referent` is what they stand for, where they do not say it themselves."""

    role: str
    referent: str | None


class TextPlace(Strict):
    """A place of a claim, as drawn."""

    id: str
    name: str
    feature: Feature
    lat: float
    lon: float


class TextClaim(Strict):
    """A claim of a statement: one for each place."""

    claim: str
    anchor: str
    place: TextPlace | None
    place_as_written: str | None
    relation: Relation
    extent: ExtentKind
    distance: StatedDistance | None
    check: dict[str, object] | None


class TextStatement(Strict):
    """What one source says with one predicate, and where in the text."""

    number: int
    id: str
    kind: Kind
    stance: Stance
    certainty: Certainty
    manner: Manner
    source: str
    role: Role
    own_voice: bool
    via: list[str]
    actor: str | None
    target: str | None
    when: str | None
    rule: str
    euphemism: bool
    presupposed: bool
    background: bool
    quote: str
    evidence: Ends
    spans: list[Marked]
    claims: list[TextClaim]


class ReportText(Noted):
    """A report with its statements; `withheld` counts those that are veiled in the text."""

    id: str
    publisher: str | None
    title: str | None
    url: str | None
    published: date | None
    language: str
    conflict: str | None
    revises: str | None
    text: str
    body: int
    statements: list[TextStatement]
    withheld: int


class ShownState(Strict):
    """A state with names."""

    state: State
    holders: list[Party]
    encircled_by: list[Party]


class ChangeRow(Strict):
    """A place that two moments tell differently."""

    place: Where
    before: ShownState | None
    after: ShownState | None


class DiffAnswer(Noted):
    """What differs between two days, or two views; `alike` counts the rest."""

    before: date
    after: date
    before_view: str
    after_view: str
    before_name: str
    after_name: str
    changes: list[ChangeRow]
    alike: int
    lines: list[str]


class ProfileRow(Strict):
    """What a source claimed, and how that fared."""

    id: str
    name: str
    role: Role
    sides: list[str]
    claims: int
    denials: int
    against_interest: int
    borne_out: int
    contradicted: int


class SourcePage(Page):
    """Sources; `others` counts the claims of sources without a profile."""

    known_by: date
    conflict: str | None
    others: int
    items: list[ProfileRow]
    total: int


class CoverRow(Strict):
    """What was heard of a place."""

    place: Where
    reports: int
    sides: list[str]
    unsided: int
    last_heard: date


class CoveragePage(Page):
    """Places ever spoken of, those heard most first, the silent ones at the end."""

    conflict: str | None
    first: date
    last: date
    items: list[CoverRow]
    total: int


class ReviewAbout(ReviewRow):
    """A decision with the claim that it is about, null where that is gone or withheld."""

    about: Claim | None


class ReviewList(Noted):
    """Decisions, the oldest first."""

    items: list[ReviewAbout]


class WatchedPlace(Strict):
    """A place in an area."""

    id: str
    name: str


class Watched(Noted):
    """What holds within an area, and what was said of it, newest first; `more` tells that there was more."""

    on: date
    days: int
    view: str
    places: list[WatchedPlace]
    states: list[StateRow]
    claims: list[Claim]
    more: bool
