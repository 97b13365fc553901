"""The answers as types, for the description of the interface (OpenAPI); the tests hold the answers to them."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict

from whoholds.taxonomy import (
    Agreement,
    Certainty,
    DistanceVerdict,
    ExtentKind,
    Feature,
    GeoPrecision,
    Holding,
    Kind,
    LinkPart,
    LinkRelation,
    LinkScope,
    Manner,
    Relation,
    Stance,
    Tier,
    Verdict,
)


class Strict(BaseModel):
    """Base of all: a field that is not told of is an error."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Noted(Strict):
    """An answer with the line that stands on every output."""

    note: str


class Where(Strict):
    """A place; degrees, WGS84. A facility stands at its settlement."""

    id: str
    name: str
    feature: Feature
    lat: float
    lon: float


class Party(Strict):
    """A force, with its side on the day."""

    id: str
    name: str
    side: str | None
    side_name: str | None


class Days(Strict):
    """First to last day; an open end is null."""

    first: date | None
    last: date | None
    edtf: str


class Claim(Strict):
    """One claim: who says it where, of what, in which words; a private person is a resident."""

    claim: str
    anchor: str
    number: int
    kind: Kind
    stance: Stance
    source: str
    source_id: str
    speaks_for: str | None
    own_voice: bool
    private: bool
    actor: str | None
    target: str | None
    report: str
    publisher: str | None
    published: date | None
    url: str | None
    when: str | None
    place: Where | None
    place_as_written: str | None
    relation: Relation
    extent: ExtentKind
    euphemism: bool
    quote: str
    rule: str
    words: str | None = None


class State(Strict):
    """One interval of one place; `supporting` and `opposing` are ids of claims."""

    place: str
    interval: Days
    starts_known: bool
    ends_known: bool
    holding: Holding
    holders: list[str]
    agreement: Agreement
    tier: Tier | None
    encircled_by: list[str]
    flags: list[str]
    supporting: list[str]
    opposing: list[str]
    last_said: date | None


class Denied(Strict):
    """A denial, and how its place stands to the place asked about."""

    by: Claim
    scope: LinkScope


class Pressure(Strict):
    """A force at a stated distance, and the straight line (km)."""

    cited: Claim
    km_low: float | None
    km_high: float | None
    as_written: str
    verdict: DistanceVerdict
    start: str | None
    straight_km: float | None
    tolerance_km: float | None


class Stretch(Strict):
    """One state of a timeline, with names, and who objects."""

    state: State
    holders: list[Party]
    encircled_by: list[Party]
    denials: list[Denied]
    dissent: list[Claim]


class TimelineRow(Strict):
    """The timeline of a place in one view."""

    view: str
    view_name: str
    label: str
    known_by: date | None
    stretches: list[Stretch]


class TimelineAnswer(Noted):
    """A timeline by itself, in words too."""

    asked: str
    place: Where
    view: str
    view_name: str
    known_by: date | None
    stretches: list[Stretch]
    views: list[str]
    lines: list[str]


class WhoAnswer(Strict):
    """Who holds a place on a day; `state` is null where the view has none, `spoken` whether it ever spoke."""

    asked: str
    place: Where
    day: date
    view: str
    view_name: str
    known_by: date | None
    state: State | None
    inherited_from: Where | None
    spoken: bool
    holders: list[Party]
    encircled_by: list[Party]
    denials: list[Denied]
    dissent: list[Claim]
    pressure: list[Pressure]


class PlaceAnswer(Noted, WhoAnswer):
    """Who holds a place on a day, in words too, with its timelines."""

    native: str
    names: list[str]
    admin: list[str]
    population: int | None
    origin: str
    licence: str
    lines: list[str]
    timelines: list[TimelineRow]
    views: list[str]


class Point(Strict):
    """One claim of an argument, the rule of fusion that it acts by, and why it goes against its source's interest, where it does."""

    cited: Claim
    rule: str
    does: str
    why: str
    scope: LinkScope | None
    because: str
    interest: str


class Argument(Noted):
    """Why a place is told to be in its state; `lines` says the same in words."""

    who: WhoAnswer
    supporting: list[Point]
    denials: list[Point]
    dissent: list[Point]
    others: list[Point]
    silent: list[Claim]
    origins: int
    reports: int
    against_interest: list[str]
    alleged_admission: list[str]
    lines: list[str]


class ViewLabel(Strict):
    """A view by name."""

    name: str
    label: str


class Views(Noted):
    """The views that have spoken of a place."""

    views: list[ViewLabel]


class Page(Noted):
    """A page of a list; `next` is the address of the next one, null at the end."""

    next: str | None


class ClaimPage(Page):
    """Claims; `withheld` counts those of this page that are too young to be served."""

    items: list[Claim]
    withheld: int


class StatedDistance(Strict):
    """A distance as stated, km."""

    km_low: float | None
    km_high: float | None
    as_written: str


class LinkRow(Strict):
    """What a claim does to another (`outgoing`), or another to it."""

    outgoing: bool
    relation: LinkRelation
    part: LinkPart
    scope: LinkScope
    claim: Claim


class ReviewRow(Strict):
    """An analyst's decision; `stands` marks the one in force."""

    id: str
    anchor: str
    verdict: Verdict
    reason: str
    reviewer: str
    at: datetime
    claim: str | None
    place: str | None
    replaces: str | None
    stands: bool


class ClaimDetail(Noted, Claim):
    """One claim with its links, its distance in numbers, and its reviews."""

    certainty: Certainty
    manner: Manner
    presupposed: bool
    background: bool
    geo_precision: GeoPrecision | None
    distance: StatedDistance | None
    check: dict[str, object] | None
    links: list[LinkRow]
    reviews: list[ReviewRow]
