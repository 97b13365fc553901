"""Every noun of WhoHolds, as frozen data: no input or output, no third-party import.

Offsets are code points of a report's canonical text, dates are calendar days at the place, distances are
kilometres. Identities are computed in `whoholds.identity`; nothing here knows a database, a parser or a map.
The words are those of the field (ACLED, UCDP GED, PLOVER) where the field has one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from whoholds.errors import ModelError
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
    Refusal,
    Relation,
    Role,
    Stance,
    Tier,
    Verdict,
)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of canonical text, `start` to `end` (exclusive), in code points.

    Raises:
        ModelError: when the ends are negative or the wrong way round.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse a span that no text can have."""
        if not 0 <= self.start <= self.end:
            message = f"span {self.start}..{self.end}: the ends must satisfy 0 <= start <= end"
            raise ModelError(message)

    def of(self, text: str) -> str:
        """Return the words of this span in `text`."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Tell whether `other` lies inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, order=True)
class DateRange:
    """First to last possible day of an event; either end may be open (`None`), not both.

    Raises:
        ModelError: when both ends are open or the last day precedes the first.
    """

    first: date | None
    last: date | None

    def __post_init__(self) -> None:
        """Refuse a range that names no day."""
        if self.first is None and self.last is None:
            raise ModelError("a date range needs at least one end; use None where no date is known")
        if self.first and self.last and self.last < self.first:
            message = f"date range {self.first}..{self.last}: the last day precedes the first"
            raise ModelError(message)

    @property
    def edtf(self) -> str:
        """The range in Extended Date/Time Format (ISO 8601-2): `2024-12-05`, `2024-12-01/2024-12-05`, `../2024-12-05`."""
        if self.first == self.last:
            return str(self.first)
        return f"{self.first or '..'}/{self.last or '..'}"

    @property
    def time_precision(self) -> int:
        """ACLED's time_precision: 1 a day, 2 a week, 3 a month or less exact."""
        if self.first is None or self.last is None:
            return 3
        days = (self.last - self.first).days
        return 1 if days <= 1 else 2 if days <= 7 else 3  # noqa: PLR2004  the codebook's own numbers


@dataclass(frozen=True, slots=True)
class Report:
    """One news item as ingested; immutable.

    `text` is canonical (see `whoholds.ingest.canonical`); where there is a title it is the first line. `body` is the
    offset at which the prose begins, after title, header and dateline. `published` is the publisher's calendar day.
    """

    id: str
    origin_id: str | None
    publisher: str | None
    title: str | None
    text: str
    url: str | None
    published: date | None
    published_at: datetime | None
    language: str
    conflict: str | None
    raw_sha256: str
    canonicaliser: str
    revises: str | None = None
    body: int = 0


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of a report and what it refers to.

    `referent` is the name, as some span of the report writes it, that the words stand for ("the city" →
    "Al-Sanamayn"), with `referent_span` where that name stands; for a name that stands for itself both repeat it.
    A mention of no width is implied by the grammar (an elided place, the publisher speaking in its own voice).
    """

    report: str
    start: int
    end: int
    as_written: str
    referent: str
    referent_span: Span | None

    @property
    def span(self) -> Span:
        """The words of the mention."""
        return Span(self.start, self.end)

    @property
    def implied(self) -> bool:
        """Whether no words of the text carry the mention."""
        return self.start == self.end


@dataclass(frozen=True, slots=True)
class Attribution:
    """The ordered chain publisher → channel or relay → source; the source is who vouches.

    `own_voice` is true where the publisher itself vouches. `role` is what the words say the source is; the registry
    may know better (a join at reading time, never stored here).
    """

    source: Mention
    via: tuple[Mention, ...]
    publisher: str | None
    role: Role
    own_voice: bool


@dataclass(frozen=True, slots=True)
class Distance:
    """A stated distance, kilometres, low to high; an open low end is "within", an open high end is "more than"."""

    km_low: float | None
    km_high: float | None
    reference: Mention
    as_written: str


@dataclass(frozen=True, slots=True)
class Extent:
    """How much of the place; `percent` only with `ExtentKind.PERCENT`."""

    kind: ExtentKind = ExtentKind.UNSTATED
    percent: int | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source says with one predicate; it may cover several places, each a Claim.

    `rule` names what made it. `background` marks history (over 14 days before publication), `presupposed` what the
    wording takes for granted ("retook"), `euphemism` a word that may hide another kind ("repositioning").
    """

    id: str
    report: str
    evidence: Span
    predicate: Span
    cue: Span | None
    kind: Kind
    stance: Stance
    certainty: Certainty
    actor: Mention | None
    target: Mention | None
    attribution: Attribution
    event_date: DateRange | None
    manner: Manner
    rule: str
    background: bool = False
    presupposed: bool = False
    euphemism: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement about one place (or about none that the text names).

    `id` changes with any coded value; `anchor` depends on the report and the spans of predicate, toponym and source
    alone, so that reviews and links survive a re-extraction.
    """

    id: str
    anchor: str
    statement: str
    toponym: Mention | None
    relation: Relation = Relation.IN
    extent: Extent = field(default_factory=Extent)
    distance: Distance | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """One run of an extractor over one report; exactly one per report is active."""

    report: str
    version: str
    lexicon_hash: str
    model: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Extracted:
    """What one extraction found: its statements in text order, and their claims in the same order.

    `refused` counts what was proposed and did not bear out against the text; rules propose nothing that does not.
    """

    extraction: Extraction
    statements: tuple[Statement, ...]
    claims: tuple[Claim, ...]
    refused: Mapping[Refusal, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the gazetteer; `id` is namespaced (`gn:`, `wof:`, `ocha:`, `user:`), `admin` runs from country down."""

    id: str
    name: str
    names: tuple[str, ...]
    lat: float
    lon: float
    feature: Feature
    admin: tuple[str, ...]
    population: int | None
    origin: str
    licence: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a mention may be, with the score it got (0 to 1) and the reasons in words."""

    place: Place
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """The place chosen for a mention, or `None` where nothing is sure enough to pin."""

    mention: Mention
    place: Place | None
    score: float
    geo_precision: GeoPrecision | None
    radius_km: float | None
    method: str
    runners_up: tuple[Candidate, ...]
    gazetteer_version: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class DistanceCheck:
    """A stated distance against geometry: from `start` to `reference`, straight line, with the tolerance allowed (km)."""

    claim: str
    verdict: DistanceVerdict
    start: Place | None
    reference: Place | None
    straight_km: float | None
    tolerance_km: float


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """What another extractor says of the same report: it stands beside a reading and is no part of it.

    `resolutions` and `checks` are keyed by the ids of its own claims. `matches` gives, for each of its claims that the
    reading holds too, the ids of these: they share an anchor, or kind, place and source.
    """

    extracted: Extracted
    resolutions: Mapping[str, Resolution]
    checks: Mapping[str, DistanceCheck]
    matches: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Reading:
    """A report read and located. `resolutions` and `checks` are keyed by claim id.

    `resolutions` holds one entry for every claim that names a place, `checks` one for every claim with a distance.
    `second_opinion` is None where none was asked for, or none could be had.
    """

    report: Report
    extracted: Extracted
    resolutions: Mapping[str, Resolution]
    checks: Mapping[str, DistanceCheck]
    second_opinion: SecondOpinion | None = None


@dataclass(slots=True, unsafe_hash=True)  # final by its types: `frozen` makes each of millions eight times as slow to make
class State:
    """One interval of one place in one view, with claim ids; `tier` is None where nobody is known to hold the place."""

    place: Final[str]
    interval: Final[DateRange]
    starts_known: Final[bool]
    ends_known: Final[bool]
    holding: Final[Holding]
    holders: Final[tuple[str, ...]]
    agreement: Final[Agreement]
    tier: Final[Tier | None]
    encircled_by: Final[tuple[str, ...]]
    flags: Final[frozenset[str]]
    supporting: Final[tuple[str, ...]]
    opposing: Final[tuple[str, ...]]
    last_said: Final[date | None] = None  # the last day that a supporting claim speaks of


@dataclass(frozen=True, slots=True)
class Timeline:
    """All states of one place in one view, ordered and disjoint."""

    place: str
    view: str
    states: tuple[State, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """What one claim (by anchor) does to another."""

    source: str
    target: str
    relation: LinkRelation
    part: LinkPart
    scope: LinkScope


@dataclass(frozen=True, slots=True)
class Review:
    """An analyst's decision on a subject (a claim's anchor); append-only, the newest of a chain stands.

    `claim` is the id that the analyst saw, so that a later reading of the same words can be told to differ from it;
    `value` is what the verdict sets: the place id for `Verdict.MOVED`.
    """

    subject: str
    verdict: Verdict
    reason: str
    reviewer: str
    at: datetime
    claim: str | None = None
    value: str | None = None
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A report, or a stage of its reading, that did not succeed; filed, so that the run goes on."""

    report: str
    stage: str
    error: str
