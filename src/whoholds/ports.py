"""The seams between the stages, as Protocols: stages are strangers to each other and meet here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from whoholds.errors import UsageError
from whoholds.model import (
    Claim,
    DateRange,
    DistanceCheck,
    Extracted,
    Failure,
    Link,
    Place,
    Reading,
    Report,
    Resolution,
    Review,
    Span,
    State,
    Statement,
    Timeline,
)
from whoholds.taxonomy import Feature, GeoPrecision, Kind, Stance

POLE, DATE_LINE = 90, 180
"""The greatest latitude and longitude, degrees."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What the caller knows of a report; used where the report itself does not say."""

    publisher: str | None = None
    published: date | None = None
    url: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class KnownName:
    """A stretch of text that the gazetteer knows as a name, with what it may be.

    `prominence` (0 to 1) says how telling the name is by itself: low for names that are common words or person names.
    """

    span: Span
    features: frozenset[Feature]
    prominence: float


@dataclass(frozen=True, slots=True)
class ReportHead:
    """A report as its claims need it: everything but the text.

    `signature` is the MinHash of its words (see `whoholds.fuse.signatures`), by which reprints of one text are told; empty
    where none was made. `recorded_at` is when the store took it.
    """

    id: str
    publisher: str | None
    title: str | None
    url: str | None
    published: date | None
    conflict: str | None
    recorded_at: datetime
    signature: bytes = b""


@dataclass(frozen=True, slots=True)
class RecordedClaim:
    """A claim with all that was said of it: what a store gives back and fusion reads.

    `place` is None where the claim names none or it cannot be placed; `quote` holds the words of its evidence; `number` is
    its turn in the order of recording.
    """

    report: ReportHead
    statement: Statement
    claim: Claim
    place: str | None
    geo_precision: GeoPrecision | None
    quote: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Rules:
    """What a reading depends on beside the report: where one of these differs, the report is read anew."""

    version: str
    lexicon_hash: str
    model: str
    gazetteer: str


class Outcome(StrEnum):
    """What became of a reading that was recorded."""

    NEW = "new"
    KNOWN = "known"
    REREAD = "reread"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What recording a reading did; the anchors tell the reviews whose claim reads as before, otherwise, or is gone."""

    report: str
    outcome: Outcome
    kept: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    orphaned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A box of degrees, WGS84; where `west` is greater than `east` it crosses the 180th meridian.

    Raises:
        UsageError: when a bound is no coordinate, or south lies north of north.
    """

    west: float
    south: float
    east: float
    north: float

    def __post_init__(self) -> None:
        """Refuse a box that no map has."""
        if not (-POLE <= self.south <= self.north <= POLE and max(abs(self.west), abs(self.east)) <= DATE_LINE):
            message = f"box {self.west},{self.south},{self.east},{self.north}: give west, south, east, north in degrees"
            raise UsageError(message)


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims are wanted: all that satisfy every field that is set.

    Names of sources and actors are compared as written, without regard to case and accents; `text` is words that all
    stand in the quote or in its names. `polygon` is WKT. A range of days asks for claims whose own overlaps it.
    `known_by` leaves out what was published later, or on no known day. `as_of` gives the claims that were active at that
    instant, without it those that are now. Claims come in the order of recording; `after` is the last number of a page.
    """

    conflict: str | None = None
    places: tuple[str, ...] = ()
    box: Box | None = None
    polygon: str | None = None
    source: str | None = None
    actor: str | None = None
    kinds: frozenset[Kind] = frozenset()
    stances: frozenset[Stance] = frozenset()
    event: DateRange | None = None
    published: DateRange | None = None
    text: str | None = None
    known_by: date | None = None
    as_of: datetime | None = None
    after: int = 0
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Fused:
    """All that fusion says of one place: a timeline for each view, and the links of its claims; it replaces what it said before."""

    place: str
    timelines: tuple[Timeline, ...]
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class StoreCounts:
    """How much a store holds; `claims` and `extractions` are the active ones."""

    reports: int
    extractions: int
    claims: int
    places: int
    reviews: int
    failures: int
    states: int
    dirty: int


@dataclass(frozen=True, slots=True)
class FiledFailure:
    """A failure, and when it was filed last."""

    failure: Failure
    recorded_at: datetime


class Reader(Protocol):
    """Turns bytes of one format into reports."""

    def read(self, raw: bytes, hints: Hints) -> Iterator[Report | Failure]:
        """Yield each report in `raw`, and a Failure for each record that cannot be read.

        Raises:
            InputError: when nothing at all can be read from `raw`.
        """
        ...


class ToponymFinder(Protocol):
    """Finds names of places in running text."""

    def find(self, text: str) -> Sequence[KnownName]:
        """Return the known names in `text`, longest match first, in text order, none overlapping."""
        ...


class Extractor(Protocol):
    """Turns reports into statements and claims."""

    def extract(self, reports: Iterable[Report]) -> Iterator[Extracted]:
        """Yield what each report states, in the order given."""
        ...


class VersionedExtractor(Extractor, Protocol):
    """An extractor that can say, before it reads anything, by which rules it would."""

    def rules(self, gazetteer: str) -> Rules:
        """Return what its readings depend on, with places of this version of the gazetteer."""
        ...


class Resolver(Protocol):
    """Turns toponyms into places."""

    def resolve(self, report: Report, claims: Sequence[Claim]) -> Mapping[str, Resolution]:
        """Return a resolution for every claim that names a place, by claim id; its place is None if none is sure enough."""
        ...

    def check(self, claims: Sequence[Claim], resolutions: Mapping[str, Resolution]) -> Mapping[str, DistanceCheck]:
        """Return, for every claim with a distance, how it compares with the straight line, by claim id."""
        ...


class PlaceTree(Protocol):
    """Which place lies in which."""

    def ancestors(self, place_id: str) -> Sequence[str]:
        """Return the ids of the places that contain `place_id`, the smallest first; `DataError` where the place is unknown."""
        ...

    def within(self, inner: str, outer: str) -> bool:
        """Tell whether `inner` lies in `outer` (a place lies in itself)."""
        ...


class Recorder(Protocol):
    """Keeps readings, failures and reviews; append-only, each call whole or not at all.

    Every method raises `whoholds.errors.StoreError` where the store cannot be used.
    """

    def record(self, reading: Reading, *, gazetteer: str = "", signature: bytes = b"") -> Recorded:
        """Keep a reading; one that is already kept changes nothing.

        Where its rules differ from those of the reading that is kept, it takes that one's place, which stays for audit.
        The places of both are marked dirty. `gazetteer` is the version it was located with, for readings that name no
        place; `signature` is as in `ReportHead`.
        """
        ...

    def record_all(self, readings: Iterable[Reading]) -> Sequence[Recorded]:
        """Keep many readings at once: quicker, and all or none."""
        ...

    def file(self, failure: Failure) -> None:
        """Keep a failure."""
        ...

    def review(self, review: Review) -> None:
        """Keep an analyst's decision, and mark the places it is about dirty; the same one twice changes nothing."""
        ...

    def put_timelines(self, fused: Iterable[Fused], generation: int) -> None:
        """Replace the states and links of these places, and clear their dirty marks, in one transaction.

        `generation` is what `generation()` gave before the claims were read; marks that are newer stay.
        """
        ...


class Store(Recorder, Protocol):
    """A store to write to and to ask; what it gives back is as it was recorded."""

    def read_with(self, report_id: str) -> Rules | None:
        """Return the rules that the active reading of a report was made with, None where the report is not kept."""
        ...

    def earlier(self, report: Report) -> str | None:
        """Return the id of the newest other report of the same publisher and address, which `report` then revises."""
        ...

    def report(self, report_id: str) -> Report | None:
        """Return a report with its text, None where it is not kept."""
        ...

    def reading(self, report_id: str) -> Reading | None:
        """Return the active reading of a report, None where the report is not kept."""
        ...

    def readings(self, report_ids: Iterable[str]) -> Mapping[str, Reading]:
        """Return the active readings of those of the reports that are kept, by id, in the order of recording."""
        ...

    def report_ids(self) -> Sequence[str]:
        """Return the ids of all reports, in the order of recording."""
        ...

    def place(self, place_id: str) -> Place | None:
        """Return a place that some claim points at, None where none does."""
        ...

    def places(self, place_ids: Iterable[str]) -> Mapping[str, Place]:
        """Return those of the places that are kept, by id."""
        ...

    def claimed_places(self, conflict: str | None = None, later_than: date | None = None) -> Sequence[str]:
        """Return the ids of all places that active claims point at, in order; those of one war, or told of after a day, alone."""
        ...

    def last_published(self, until: date, conflict: str | None = None) -> Mapping[str, date]:
        """Return for each place when it was last reported on up to a day, by an active claim that is of no imported map."""
        ...

    def denied(self, place_ids: Iterable[str]) -> frozenset[str]:
        """Return those of the places of which anything was ever denied, also in readings that are no longer active."""
        ...

    def claims(self, wanted: ClaimFilter) -> Iterator[RecordedClaim]:
        """Yield the claims that satisfy `wanted`, in the order of recording, as they are read; `UsageError` where its polygon is none."""
        ...

    def claims_at(self, place_ids: Iterable[str], as_of: datetime | None = None) -> Iterator[RecordedClaim]:
        """Yield the claims about these places, in the order of recording."""
        ...

    def claims_named(self, claim_ids: Iterable[str]) -> Iterator[RecordedClaim]:
        """Yield the active claims of these ids, in the order of recording."""
        ...

    def generation(self) -> int:
        """Return the count of changes to what states are made of."""
        ...

    def dirty(self) -> Sequence[str]:
        """Return the ids of the places whose states must be computed anew, in order."""
        ...

    def state_on(self, place_id: str, view: str, day: date) -> State | None:
        """Return the state of one place on one day, None where that view has none."""
        ...

    def states(self, place_id: str, view: str) -> Timeline:
        """Return the timeline of a place in a view; without states where that view has none."""
        ...

    def timelines(self, view: str) -> Iterator[Timeline]:
        """Yield the timeline of every place that has states in a view, in the order of place ids."""
        ...

    def views(self, place_id: str) -> Sequence[str]:
        """Return the views that have states of a place, in order."""
        ...

    def every_view(self) -> Sequence[str]:
        """Return the views that have states of any place, in order."""
        ...

    def states_on(self, day: date, view: str, box: Box | None = None) -> Iterator[State]:
        """Yield the state of every place that has one on `day` in `view`, in the order of place ids."""
        ...

    def links(self, anchors: Iterable[str]) -> Sequence[Link]:
        """Return the links from or to the claims of these anchors."""
        ...

    def reviews(self, anchor: str | None = None) -> Sequence[Review]:
        """Return the reviews of a claim's anchor, or all, oldest first."""
        ...

    def failures(self) -> Sequence[FiledFailure]:
        """Return the failures filed, oldest first."""
        ...

    def counts(self) -> StoreCounts:
        """Return how much is kept."""
        ...
