"""The seams between the stages, as Protocols: stages are strangers to each other and meet here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from whoholds.model import (
    Claim,
    DistanceCheck,
    Extracted,
    Failure,
    Reading,
    Report,
    Resolution,
    Review,
    Span,
    Statement,
)
from whoholds.taxonomy import Feature, GeoPrecision


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

    `signature` is the MinHash of its words (see `whoholds.fuse.origins`), by which reprints of one text are told; empty
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

    `place` is None where the claim names none or it cannot be placed; `quote` holds the words of its evidence.
    """

    report: ReportHead
    statement: Statement
    claim: Claim
    place: str | None
    geo_precision: GeoPrecision | None
    quote: str


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
        """Return the ids of the places that contain `place_id`, the smallest first.

        Raises:
            DataError: when the place is unknown.
        """
        ...

    def within(self, inner: str, outer: str) -> bool:
        """Tell whether `inner` lies in `outer` (a place lies in itself)."""
        ...


class Store(Protocol):
    """Keeps readings, failures and reviews; append-only."""

    def record(self, reading: Reading) -> None:
        """Keep a reading; one that is already kept changes nothing."""
        ...

    def file(self, failure: Failure) -> None:
        """Keep a failure."""
        ...

    def review(self, review: Review) -> None:
        """Keep an analyst's decision."""
        ...
