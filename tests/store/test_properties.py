"""Any reading comes back as it was recorded, and recording it twice is recording it once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from whoholds.identity import report_id, with_claim_ids, with_statement_id
from whoholds.model import (
    Attribution,
    Candidate,
    Claim,
    DateRange,
    Distance,
    DistanceCheck,
    Extent,
    Extracted,
    Extraction,
    Mention,
    Place,
    Reading,
    Report,
    Resolution,
    Span,
    Statement,
)
from whoholds.ports import ClaimFilter, Outcome
from whoholds.store import SqlStore
from whoholds.taxonomy import (
    Certainty,
    DistanceVerdict,
    ExtentKind,
    Feature,
    GeoPrecision,
    Kind,
    Manner,
    Relation,
    Role,
    Stance,
)

# What canonical text may hold: no NUL, no halves of surrogate pairs.
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
REAL = st.floats(0, 1e6, allow_nan=False)
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
INSTANTS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  bounds have no zone
ZONED = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.sampled_from([UTC, timezone(timedelta(hours=3))]))  # noqa: DTZ001
SPANS = st.tuples(st.integers(0, 60), st.integers(0, 30)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


@st.composite
def ranges(draw: st.DrawFn) -> DateRange:
    first = draw(DAYS)
    last = first + timedelta(days=draw(st.integers(0, 40)))
    return draw(st.sampled_from([DateRange(first, last), DateRange(first, None), DateRange(None, last)]))


def mentions(report: str) -> st.SearchStrategy[Mention]:
    def made(span: Span, as_written: str, referent: str, at: Span | None) -> Mention:
        return Mention(report, span.start, span.end, as_written, referent, at)

    return st.builds(made, SPANS, WORDS, WORDS, st.none() | SPANS)


@st.composite
def places(draw: st.DrawFn) -> list[Place]:
    ids = draw(st.lists(st.integers(1, 30), min_size=1, max_size=4, unique=True))
    kind = st.builds(
        Place, st.just(""), WORDS, st.lists(WORDS, max_size=3).map(tuple), st.floats(-90, 90), st.floats(-180, 180),
        st.sampled_from(Feature), st.lists(WORDS, max_size=2).map(tuple), st.none() | st.integers(0, 10**8), WORDS, WORDS,
    )  # fmt: skip
    return [replace(draw(kind), id=f"xx:{number}") for number in ids]


@st.composite
def pairs(draw: st.DrawFn, report: str) -> tuple[Statement, Claim]:
    mention = mentions(report)
    attribution = st.builds(
        Attribution, mention, st.lists(mention, max_size=2).map(tuple), st.none() | WORDS, st.sampled_from(Role), st.booleans()
    )
    statement = draw(
        st.builds(
            Statement, st.just(""), st.just(report), SPANS, SPANS, st.none() | SPANS, st.sampled_from(Kind), st.sampled_from(Stance),
            st.sampled_from(Certainty), st.none() | mention, st.none() | mention, attribution, st.none() | ranges(),
            st.sampled_from(Manner), WORDS, st.booleans(), st.booleans(), st.booleans(),
        )
    )  # fmt: skip
    distance = st.builds(Distance, st.none() | REAL, st.none() | REAL, mention, WORDS)
    extent = st.builds(Extent, st.sampled_from(ExtentKind), st.none() | st.integers(0, 100))
    claim = st.builds(
        Claim, st.just(""), st.just(""), st.just(""), st.none() | mention, st.sampled_from(Relation), extent, st.none() | distance
    )  # fmt: skip
    identified = with_statement_id(statement)
    return identified, with_claim_ids(replace(draw(claim), statement=identified.id), identified)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    text, publisher, url = draw(WORDS), draw(st.none() | WORDS), draw(st.none() | WORDS)
    published = draw(st.none() | DAYS)
    identity = report_id(text, publisher, published, url)
    report = Report(
        identity, draw(st.none() | WORDS), publisher, draw(st.none() | WORDS), text, url, published, draw(st.none() | ZONED), "en",
        draw(st.none() | WORDS), "0" * 64, "1", draw(st.none() | WORDS), draw(st.integers(0, 10)),
    )  # fmt: skip
    found = draw(st.lists(pairs(identity), max_size=3, unique_by=(lambda pair: pair[0].id, lambda pair: pair[1].id)))
    known = draw(places())
    place = st.sampled_from(known)
    resolutions, checks = {}, {}
    for _, claim in found:
        if claim.toponym:
            runners = st.lists(st.builds(Candidate, place, REAL, st.lists(WORDS, max_size=2).map(tuple)), max_size=2).map(tuple)
            resolution = st.builds(
                Resolution, st.just(claim.toponym), st.none() | place, REAL, st.none() | st.sampled_from(GeoPrecision), st.none() | REAL,
                WORDS, runners, st.just("g1"), INSTANTS,
            )  # fmt: skip
            resolutions[claim.id] = draw(resolution)
        if claim.distance:
            check = st.builds(
                DistanceCheck,
                st.just(claim.id),
                st.sampled_from(DistanceVerdict),
                st.none() | place,
                st.none() | place,
                st.none() | REAL,
                REAL,
            )
            checks[claim.id] = draw(check)
    extraction = Extraction(identity, "1", "lexicon", "model", draw(INSTANTS))
    return Reading(report, Extracted(extraction, tuple(one for one, _ in found), tuple(other for _, other in found)), resolutions, checks)


@settings(max_examples=25, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(readings())
def test_any_reading_comes_back_and_twice_is_once(store: SqlStore, reading: Reading) -> None:
    # Rules that no reading in this store was made with: the generation counts on with each.
    extraction = replace(reading.extracted.extraction, version=str(store.generation()))
    reading = replace(reading, extracted=replace(reading.extracted, extraction=extraction))
    known = store.report(reading.report.id)
    # A report is told by its words, publisher, day and address: what else its record said stays as first recorded.
    reading = replace(reading, report=known) if known else reading
    outcome = store.record(reading)
    assert outcome.outcome is (Outcome.REREAD if known else Outcome.NEW)
    before = store.counts(), store.generation()
    assert store.record(reading).outcome is Outcome.KNOWN
    assert (store.counts(), store.generation()) == before
    assert store.reading(reading.report.id) == reading
    mine = [claim for claim in store.claims(ClaimFilter()) if claim.report.id == reading.report.id]
    assert [claim.claim for claim in mine] == list(reading.extracted.claims)
    said = {statement.id: statement for statement in reading.extracted.statements}
    assert [claim.statement for claim in mine] == [said[claim.statement] for claim in reading.extracted.claims]
    placed = [reading.resolutions[claim.id].place if claim.id in reading.resolutions else None for claim in reading.extracted.claims]
    assert [claim.place for claim in mine] == [place.id if place else None for place in placed]
