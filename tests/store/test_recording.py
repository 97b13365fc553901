"""What is recorded comes back as it was; the same again changes nothing; a new reading takes the old one's place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

import pytest

from whoholds.model import DateRange, Failure, Link, Reading, Review, State, Timeline
from whoholds.ports import ClaimFilter, Fused, Outcome, Rules, Store
from whoholds.store import open_store
from whoholds.taxonomy import Agreement, Certainty, Holding, LinkPart, LinkRelation, LinkScope, Tier, Verdict

DAY = date(2024, 12, 6)


class Make(Protocol):
    def reading(self, *said: object, version: str = "1", published: date | None = DAY, **other: str | None) -> Reading: ...


Said = Callable[..., object]


def test_a_reading_comes_back_as_it_was(store: Store, make: Make, said: Said) -> None:
    reading = make.reading(said(), said(source="The ministry", verb="held", place=None, on=None))
    assert store.record(reading).outcome is Outcome.NEW
    assert store.reading(reading.report.id) == reading
    assert store.report(reading.report.id) == reading.report
    (first, second) = store.claims(ClaimFilter())
    assert (first.claim, first.statement, first.place, first.quote) == (
        reading.extracted.claims[0],
        reading.extracted.statements[0],
        "xx:Hama",
        "SOHR said the army left Hama.",
    )
    assert (second.place, second.report.publisher, second.report.published) == (None, "Wire", DAY)


def test_the_same_reading_twice_changes_nothing(store: Store, make: Make, said: Said) -> None:
    reading = make.reading(said())
    store.record(reading)
    before = (store.counts(), store.generation(), list(store.claims(ClaimFilter())))
    next_day = replace(reading.extracted.extraction, recorded_at=reading.extracted.extraction.recorded_at + timedelta(days=1))
    later = replace(reading, extracted=replace(reading.extracted, extraction=next_day))
    assert store.record(later).outcome is Outcome.KNOWN
    assert (store.counts(), store.generation(), list(store.claims(ClaimFilter()))) == before


def test_many_readings_are_recorded_at_once(store: Store, make: Make, said: Said) -> None:
    readings = [make.reading(said(source=f"Monitor {number}")) for number in range(5)]
    outcomes = store.record_all([*readings, readings[0], make.reading(said(source="Monitor 1", place="Hama"), version="2")])
    assert [each.outcome for each in outcomes] == [Outcome.NEW] * 5 + [Outcome.KNOWN, Outcome.REREAD]
    assert (store.counts().reports, store.counts().claims, store.counts().extractions) == (5, 5, 5)


def test_new_rules_make_a_new_extraction_and_the_old_one_stays_for_audit(store: Store, make: Make, said: Said) -> None:
    store.record(make.reading(said(place="Hama")))
    between = datetime.now(UTC)
    words = make.reading(said(place="Hama"))
    moved = replace(make.reading(said(place="Hama"), version="2"), resolutions={})
    assert store.record(moved).outcome is Outcome.REREAD
    assert store.read_with(words.report.id) == Rules("2", "lexicon", "model", "")
    assert [claim.place for claim in store.claims(ClaimFilter())] == [None]
    assert [claim.place for claim in store.claims(ClaimFilter(as_of=between))] == ["xx:Hama"]
    assert [claim.place for claim in store.claims_at(["xx:Hama"], between)] == ["xx:Hama"]
    assert not list(store.claims_at(["xx:Hama"]))
    assert store.dirty() == ["xx:Hama"]


def test_another_gazetteer_is_another_reading(store: Store, make: Make, said: Said) -> None:
    reading = make.reading(said(place=None))
    assert [store.record(reading, gazetteer=version).outcome.value for version in ("g1", "g1", "g2")] == ["new", "known", "reread"]
    assert store.read_with("unknown") is None


def _review(anchor: str, claim: str | None, **other: str) -> Review:
    return Review(anchor, Verdict.CONFIRMED, "seen on film", "A. Reader", datetime(2026, 1, 2, tzinfo=UTC), claim, **other)


def test_reviews_outlive_a_new_reading_which_tells_what_became_of_them(store: Store, make: Make, said: Said) -> None:
    first = make.reading(said(place="Hama"), said(place="Homs"), said(place="Aleppo"))
    store.record(first)
    same, changed, gone = first.extracted.claims
    for claim in (same, changed, gone):
        store.review(_review(claim.anchor, claim.id))
    statements = first.extracted.statements
    hedged = replace(statements[1], certainty=Certainty.POSSIBLE)
    again = replace(
        first,
        extracted=replace(
            first.extracted,
            extraction=replace(first.extracted.extraction, version="2"),
            statements=(statements[0], hedged),
            claims=(same, replace(changed, id="f" * 24)),
        ),
    )
    recorded = store.record(again)
    assert (recorded.kept, recorded.changed, recorded.orphaned) == ((same.anchor,), (changed.anchor,), (gone.anchor,))
    assert [review.subject for review in store.reviews()] == [same.anchor, changed.anchor, gone.anchor]


def test_a_review_is_kept_once_and_marks_its_places(store: Store, make: Make, said: Said) -> None:
    reading = make.reading(said(place="Hama"))
    store.record(reading)
    store.put_timelines([Fused("xx:Hama", ())], store.generation())
    claim = reading.extracted.claims[0]
    review = replace(_review(claim.anchor, claim.id, value="xx:Homs"), verdict=Verdict.MOVED)
    store.review(review)
    store.review(review)
    assert store.reviews(claim.anchor) == [review]
    assert store.reviews("another") == []
    assert store.dirty() == ["xx:Hama", "xx:Homs"]


def test_reviews_are_read_again_only_where_there_are_new_ones(store: Store, target: str, make: Make, said: Said) -> None:
    claim = make.reading(said(place="Hama")).extracted.claims[0]
    assert store.reviews() == []
    store.review(_review(claim.anchor, claim.id))
    first = store.reviews()
    assert len(first) == 1
    assert store.reviews() is first
    with open_store(target) as another:
        another.review(replace(_review(claim.anchor, claim.id), reason="of another writer"))
    assert [review.reason for review in store.reviews()] == [first[0].reason, "of another writer"]


def test_a_failure_is_kept_once(store: Store) -> None:
    failure = Failure("b\udcff.txt\0", "read", "not-text: odd bytes")
    store.file(failure)
    store.file(failure)
    store.file(Failure("c.txt", "read", "input: empty"))
    assert [each.failure.report for each in store.failures()] == ["b?.txt\ufffd", "c.txt"]


def test_a_report_that_revises_another_stands_beside_it(store: Store, make: Make, said: Said) -> None:
    first = make.reading(said(place="Hama"), url="https://wire.example/1")
    second = make.reading(said(place="Homs"), url="https://wire.example/1")
    store.record(first)
    assert store.earlier(first.report) is None
    assert store.earlier(second.report) == first.report.id
    store.record(replace(second, report=replace(second.report, revises=first.report.id)))
    revised = store.report(second.report.id)
    assert revised is not None
    assert revised.revises == first.report.id
    assert store.counts().reports == 2
    assert store.earlier(make.reading(said(), url="https://wire.example/1", publisher="Other").report) is None


def _state(place: str, first: date | None, last: date | None, **other: object) -> State:
    plain = State(
        place, DateRange(first, last), starts_known=True, ends_known=False, holding=Holding.CONTROLLED, holders=("army",),
        agreement=Agreement.CLAIMED, tier=Tier.SINGLE, encircled_by=("rebels", "militia"), flags=frozenset({"stale", "denied_by"}),
        supporting=("a" * 24,), opposing=(),
    )  # fmt: skip
    return replace(plain, **other)  # type: ignore[arg-type]


def days(*pairs: tuple[int | None, int | None]) -> Iterator[tuple[date | None, date | None]]:
    for pair in pairs:
        first, last = (date(2024, 12, number) if number else None for number in pair)
        yield first, last


ON_A_DAY = [(1, 0), (4, 0), (5, None), (6, 1), (8, 1), (9, 2), (31, 2)]


@pytest.mark.parametrize(("day", "which"), ON_A_DAY)
def test_the_state_of_a_place_on_a_day(store: Store, day: int, which: int | None) -> None:
    states = tuple(_state("xx:Hama", *ends) for ends in days((None, 4), (6, 8), (9, None)))
    other = _state("xx:Homs", date(2024, 12, 1), None)
    timelines = (Timeline("xx:Hama", "fused", states), Timeline("xx:Hama", "side:army", states[:1]))
    store.put_timelines([Fused("xx:Hama", timelines), Fused("xx:Homs", (Timeline("xx:Homs", "fused", (other,)),))], 0)
    on = date(2024, 12, day)
    expected = None if which is None else states[which]
    assert store.state_on("xx:Hama", "fused", on) == expected
    assert list(store.states_on(on, "fused")) == ([expected] if expected else []) + [other]
    assert store.states("xx:Hama", "fused") == timelines[0]
    assert store.states("xx:Hama", "source:x").states == ()
    assert store.views("xx:Hama") == ["fused", "side:army"]


def test_timelines_replace_what_was_said_before_and_clear_older_marks_alone(store: Store, make: Make, said: Said) -> None:
    store.record(make.reading(said(place="Hama"), said(place="Homs")))
    read_at = store.generation()
    store.record(make.reading(said(place="Homs", source="Another")))
    old = Timeline("xx:Hama", "fused", (_state("xx:Hama", DAY, None),))
    link = Link("a" * 24, "b" * 24, LinkRelation.DENIES, LinkPart.EVENT, LinkScope.EXACT)
    store.put_timelines([Fused("xx:Hama", (old,), (link,)), Fused("xx:Homs", ())], read_at)
    assert store.dirty() == ["xx:Homs"]
    assert store.links(["b" * 24]) == store.links(["a" * 24, "b" * 24]) == [link]
    store.put_timelines([Fused("xx:Hama", ())], store.generation())
    assert store.views("xx:Hama") == []
    assert store.links(["b" * 24]) == []
