"""What a map asks of the whole store at once, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from whoholds.errors import StoreReadOnlyError
from whoholds.model import DateRange, Review, State, Timeline
from whoholds.ports import Box, Fused
from whoholds.store import Overview, SqlStore, open_store
from whoholds.taxonomy import Agreement, Holding, Tier, Verdict

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def state(place: str, first: int, last: int | None, *flags: str) -> State:
    days = DateRange(date(2024, 12, first), date(2024, 12, last) if last else None)
    return State(
        place=place,
        interval=days,
        starts_known=True,
        ends_known=last is not None,
        holding=Holding.CONTROLLED,
        holders=("army",),
        agreement=Agreement.AGREED,
        tier=Tier.SINGLE,
        encircled_by=(),
        flags=frozenset(flags),
        supporting=("c",),
        opposing=("d",),
    )


@pytest.fixture
def filled(store: SqlStore, make: Any, said: Any) -> SqlStore:
    """A store of two reports on three places, with states of two views."""
    hama, homs, suva = said(), said(place="Homs", on=date(2024, 12, 4)), said(place="Suva")
    store.record(make.reading(hama, homs, conflict="syria", publisher="Wire"))
    store.record(make.reading(suva, conflict="fiji", publisher="Islands", published=date(2024, 12, 8)))
    told = [
        Fused("xx:Hama", (Timeline("xx:Hama", "fused", (state("xx:Hama", 1, 4), state("xx:Hama", 5, None, "baseline"))),)),
        Fused("xx:Homs", tuple(Timeline("xx:Homs", view, (state("xx:Homs", 2, None),)) for view in ("fused", "side:x"))),
        Fused("xx:Suva", (Timeline("xx:Suva", "fused", (state("xx:Suva", 3, 6),)),)),
    ]
    store.put_timelines(told, store.generation())
    return store


def test_all_states_of_a_view_come_place_by_place(filled: SqlStore) -> None:
    found = list(Overview(filled.database).states_of("fused"))
    assert [(each.place, each.interval.first) for each in found] == [
        ("xx:Hama", date(2024, 12, 1)), ("xx:Hama", date(2024, 12, 5)), ("xx:Homs", date(2024, 12, 2)), ("xx:Suva", date(2024, 12, 3)),
    ]  # fmt: skip
    assert [each.supporting for each in found] == [(), ("c",), (), ()]


@pytest.mark.parametrize(
    ("view", "box", "page", "places"),
    [
        ("fused", None, ("", 10), ["xx:Hama", "xx:Homs", "xx:Suva"]),
        ("fused", None, ("xx:Hama", 1), ["xx:Homs"]),
        ("side:x", None, ("", 10), ["xx:Homs"]),
        ("fused", Box(30, 30, 40, 40), ("", 10), ["xx:Hama", "xx:Homs"]),
        ("fused", Box(170, -30, -170, 0), ("", 10), ["xx:Suva"]),
    ],
)
def test_a_page_of_the_states_of_a_day(filled: SqlStore, view: str, box: Box | None, page: tuple[str, int], places: list[str]) -> None:
    found = Overview(filled.database).states_on(date(2024, 12, 5), view, box, page)
    assert [each.place for each in found] == places
    assert {each.place for each in found} <= {each.place for each in filled.states_on(date(2024, 12, 5), view, box)}


def test_counts_by_view_day_and_war(filled: SqlStore) -> None:
    overview = Overview(filled.database)
    assert dict(overview.places_by_view()) == {"fused": 3, "side:x": 1}
    assert dict(overview.claims_by_day()) == {date(2024, 12, 6): 2, date(2024, 12, 8): 1}
    assert dict(overview.claims_by_day("syria")) == {date(2024, 12, 6): 2}
    assert dict(overview.claims_by_day(but="made")) == {}
    assert dict(overview.changes_by_day("fused")) == {date(2024, 12, day): 1 for day in (1, 2, 3, 5)}
    assert dict(overview.conflicts()) == {"fiji": 1, "syria": 1}
    assert overview.places_told("syria") == {"xx:Hama", "xx:Homs"}
    assert len(overview.claims_by_rule("made")) == 3
    assert set(overview.places()) == {"xx:Hama", "xx:Homs", "xx:Suva"}
    assert overview.box() == (36.72, -18.14, 178.44, 35.13)


def test_reports_are_listed_by_words_and_war(filled: SqlStore) -> None:
    overview = Overview(filled.database)
    assert [(head.publisher, head.claims) for head in overview.heads(None, None, 0, 10)] == [("Wire", 2), ("Islands", 1)]
    assert [head.publisher for head in overview.heads("fiji", None, 0, 10)] == ["Islands"]
    assert [head.publisher for head in overview.heads(None, "ISLAND", 0, 10)] == ["Islands"]
    assert overview.heads(None, "100%", 0, 10) == []
    first = overview.heads(None, None, 0, 1)[0]
    assert [head.publisher for head in overview.heads(None, None, first.number, 10)] == ["Islands"]


def test_the_mark_and_the_digest_change_with_the_data(filled: SqlStore) -> None:
    overview = Overview(filled.database)
    mark, digest = overview.mark(), overview.digest()
    assert (overview.mark(), overview.digest()) == (mark, digest)
    claim = next(iter(filled.claims_at(["xx:Hama"])))
    filled.review(Review(claim.claim.anchor, Verdict.REJECTED, "seen", "A. Analyst", NOON, claim.claim.id))
    assert overview.mark() != mark
    assert overview.digest() != digest
    assert overview.claims_of_anchors([claim.claim.anchor, "none"]) == {claim.claim.anchor: claim.claim.id}


def test_a_claim_that_was_moved_twice_leaves_the_first_place(filled: SqlStore) -> None:
    claim = next(iter(filled.claims_at(["xx:Hama"])))

    def decide(verdict: Verdict, place: str | None) -> list[str]:
        filled.put_timelines([Fused(each, ()) for each in filled.dirty()], filled.generation())
        filled.review(Review(claim.claim.anchor, verdict, f"to {place}", "A. Analyst", NOON, claim.claim.id, place))
        return list(filled.dirty())

    assert decide(Verdict.MOVED, "xx:Homs") == ["xx:Hama", "xx:Homs"]
    assert decide(Verdict.MOVED, "xx:Suva") == ["xx:Hama", "xx:Homs", "xx:Suva"]
    assert decide(Verdict.WITHDRAWN, None) == ["xx:Hama", "xx:Homs", "xx:Suva"]


def test_a_store_opened_for_reading_is_not_written(filled: SqlStore, target: str) -> None:
    with open_store(target, read_only=True) as reading:
        assert len(reading.claimed_places()) == 3
        with pytest.raises(StoreReadOnlyError):
            reading.review(Review("anchor", Verdict.REJECTED, "seen", "A. Analyst", NOON))
        filled.review(Review("anchor", Verdict.REJECTED, "seen", "A. Analyst", NOON))
        assert len(reading.reviews()) == 1
