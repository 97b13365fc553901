"""Laws of extraction, on arbitrary text: the pure modules, and the whole extractor, never raise and never leave the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from whoholds.extract.dates import COUNTS, DAYS, MONTHS, UNITS, dates
from whoholds.extract.distances import distances
from whoholds.extract.names import NameFinder
from whoholds.extract.relevance import is_relevant, signs_of
from whoholds.extract.segments import paragraphs
from whoholds.model import Report, Span
from whoholds.pipeline import Stages
from whoholds.ports import KnownName
from whoholds.registry import load_registry
from whoholds.registry.lexicon import load_lexicon
from whoholds.taxonomy import Feature

MARKS = [
    '"',
    "“",
    "”",
    "„",
    "«",
    "»",
    "'",
    "’",
    "(",
    ")",
    "[",
    "]",
    "\n",
    "\n\n",
    "\t",
    "\u00a0",
    "🙂",
    "👨‍👩‍👧",
    "دمشق",
    "\u202e",
    "חלב",
    "•",
    "—",
    ";",
    ",",
    ".",
    "-",
]
WORDS = [
    "Rebels",
    "the army",
    "captured",
    "denied",
    "that",
    "withdrew from",
    "Homs",
    "Hama",
    "Khan Al-Sheh",
    "Daraa province",
    "the city",
    "they",
    "said",
    "reportedly",
    "SOHR",
    "The Syrian Observatory for Human Rights",
    "(HO)",
    "according to",
    "control of",
    "no",
    "not",
    "and",
    "who",
    "which",
    "in",
    "of",
]
NUMBERS = st.integers(0, 10**6).map(str)
TIMES = [
    *DAYS,
    *MONTHS,
    *COUNTS,
    *UNITS,
    "since",
    "early",
    "late",
    "mid-",
    "last",
    "this",
    "past",
    "ago",
    "overnight",
    "into",
    "2016",
    "2024-12-07",
    "2024-99-99",
    "-",
    "th",
    "of",
    "hours",
]
LENGTHS = [
    "less than",
    "within",
    "more than",
    "some",
    "km",
    "kilometers",
    "miles",
    "mi",
    "from",
    "north of",
    "a hundred",
    "ten",
    "to",
    "or",
    "1,2,,3",
    "3.",
    ".",
]


def mixed(*parts: str) -> st.SearchStrategy[str]:
    piece = st.sampled_from(parts) | st.sampled_from(MARKS) | NUMBERS | st.text(max_size=4)
    return st.lists(piece, max_size=14).map(" ".join) | st.lists(piece, max_size=14).map("".join)


DAYS_OF_PUBLICATION = st.none() | st.dates(date(1950, 1, 1), date(2060, 12, 31))


@dataclass(frozen=True)
class SmallGazetteer:
    """Knows Homs, wherever it stands."""

    def find(self, text: str) -> Sequence[KnownName]:
        at = text.find("Homs")
        return [KnownName(Span(at, at + 4), frozenset({Feature.SETTLEMENT}), 1.0)] if at >= 0 else []


FINDER = NameFinder.of(SmallGazetteer(), load_registry(), load_lexicon("en"))


def report_of(text: str, published: date | None = None, body: int = 0) -> Report:
    return Report("r", None, "Gazette", None, text, None, published, None, "en", None, "", "", body=body)


@given(mixed(*LENGTHS), st.integers(0, 1000))
def test_distances_never_raise_and_stay_inside_the_text(text: str, offset: int) -> None:
    for stated in distances(text, offset):
        assert Span(offset, offset + len(text)).covers(stated.span)
        assert stated.km_low is None or stated.km_high is None or stated.km_low >= 0


@given(mixed(*WORDS))
def test_names_never_raise_overlap_or_leave_the_text(text: str) -> None:
    found = FINDER.find(text)
    assert all(0 <= name.start < name.end <= len(text) for name in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(mixed(*WORDS), st.integers(0, 30))
def test_paragraphs_are_in_order_trimmed_and_never_overlap(text: str, body: int) -> None:
    spans = list(paragraphs(report_of(text, body=min(body, len(text)))))
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)


@given(mixed(*WORDS))
def test_relevance_never_raises(text: str) -> None:
    assert is_relevant(signs_of(text, load_lexicon("en").actors)) in {True, False}


@given(mixed(*TIMES), st.integers(0, 1000), DAYS_OF_PUBLICATION)
def test_dates_never_raise_and_come_in_order(text: str, offset: int, published: date | None) -> None:
    found = list(dates(text, offset, published))
    assert all(Span(offset, offset + len(text)).covers(stated.span) for stated in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


@given(st.lists(mixed(*WORDS, "on Friday", "10 km from"), min_size=1, max_size=4))
@settings(max_examples=60)
def test_the_extractor_reads_anything(shipped: Stages, texts: list[str]) -> None:
    reports = [report_of(text, date(2024, 12, 7)) for text in texts]
    for report, found in zip(reports, shipped.extractor.extract(reports), strict=True):
        for statement in found.statements:
            assert statement.evidence.covers(statement.predicate)
            assert statement.evidence.end <= len(report.text)
