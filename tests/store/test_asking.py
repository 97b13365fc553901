"""Filters of claims: each alone, together, page by page; and that both databases answer from an index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Protocol

import pytest
from sqlalchemy import event, text

from whoholds.errors import UsageError
from whoholds.model import DateRange, Failure, Link, Reading, Review, State, Timeline
from whoholds.ports import Box, ClaimFilter, Fused
from whoholds.store import SqlStore
from whoholds.store.dialects import Database, Flavour
from whoholds.store.prepared import FastLane, Given, Prepared
from whoholds.store.reading import Values
from whoholds.taxonomy import Agreement, Holding, Kind, LinkPart, LinkRelation, LinkScope, Stance, Tier, Verdict

DAY = date(2024, 12, 6)
FIJI = Box(west=177, south=-20, east=-170, north=-10)
SQUARE = "POLYGON ((36 34, 37 34, 37 36, 36 36, 36 34))"
WEDGE = "POLYGON ((35 32, 42 32, 42 37.5, 36.9 35, 35 34.9, 35 32))"  # the box around it holds Hama, it does not


class Make(Protocol):
    def reading(self, *said: object, version: str = "1", published: date | None = DAY, **other: str | None) -> Reading: ...


Said = Callable[..., object]


@pytest.fixture
def full(store: SqlStore, make: Make, said: Said) -> SqlStore:
    """A store with seven claims, numbered 1 to 7, in three reports, one of them undated."""
    store.record(
        make.reading(
            said(place="Hama", source="SOHR"),
            said(place="Homs", source="The Défense Ministry", stance=Stance.DENIES, on=None),
            said(place=None, source="SOHR", actor="rebels", verb="fought", kind=Kind.CLASH, on=date(2024, 12, 1)),
            conflict="syria",
        )
    )
    store.record(make.reading(said(place="Aleppo", verb="entered", kind=Kind.ENTRY), published=date(2024, 11, 30), conflict="syria"))
    store.record(
        make.reading(
            said(place="Suva", verb="took", kind=Kind.CAPTURE),
            said(place="Apia", verb="held", kind=Kind.CONTROL, stance=Stance.HEDGES),
            said(place="Hama", source="Someone", on=date(2025, 1, 1)),
            published=None,
        )
    )
    return store


FILTERS = [
    (ClaimFilter(), [1, 2, 3, 4, 5, 6, 7]),
    (ClaimFilter(conflict="syria"), [1, 2, 3, 4]),
    (ClaimFilter(places=("xx:Hama", "xx:Suva")), [1, 5, 7]),
    (ClaimFilter(source="sohr"), [1, 3, 4, 5, 6]),
    (ClaimFilter(source="the defense ministry"), [2]),
    (ClaimFilter(actor="Rebels"), [3]),
    (ClaimFilter(kinds=frozenset({Kind.ENTRY, Kind.CAPTURE})), [4, 5]),
    (ClaimFilter(stances=frozenset({Stance.DENIES, Stance.HEDGES})), [2, 6]),
    (ClaimFilter(event=DateRange(date(2024, 12, 5), date(2024, 12, 5))), [1, 4, 5, 6]),
    (ClaimFilter(event=DateRange(None, date(2024, 12, 1))), [3]),
    (ClaimFilter(event=DateRange(date(2024, 12, 6), None)), [7]),
    (ClaimFilter(published=DateRange(date(2024, 12, 1), None)), [1, 2, 3]),
    (ClaimFilter(published=DateRange(None, date(2024, 11, 30))), [4]),
    (ClaimFilter(known_by=DAY), [1, 2, 3, 4]),
    (ClaimFilter(text="LEFT hama"), [1, 7]),
    (ClaimFilter(text="défense army"), [2]),
    (ClaimFilter(text="lef"), []),
    (ClaimFilter(text='" OR * NEAR('), []),
    (ClaimFilter(box=Box(west=36, south=34, east=37, north=35.5)), [1, 2, 7]),
    (ClaimFilter(box=FIJI), [5, 6]),
    (ClaimFilter(polygon=WEDGE), [2]),
    (ClaimFilter(polygon=SQUARE, limit=2), [1, 2]),
    (ClaimFilter(polygon=SQUARE, after=1, kinds=frozenset({Kind.WITHDRAWAL})), [2, 7]),
    (ClaimFilter(conflict="syria", stances=frozenset({Stance.ASSERTS}), text="army", known_by=date(2024, 12, 1)), [4]),
    (ClaimFilter(after=2, limit=3), [3, 4, 5]),
    (ClaimFilter(limit=0), []),
    (ClaimFilter(as_of=datetime(2020, 1, 1, tzinfo=UTC)), []),
]


def test_filters(full: SqlStore) -> None:
    found = [(wanted, [claim.number for claim in full.claims(wanted)]) for wanted, _ in FILTERS]
    assert found == FILTERS


def test_pages_give_every_claim_once(full: SqlStore) -> None:
    numbers, after = [], 0
    while page := [claim.number for claim in full.claims(ClaimFilter(after=after, limit=2))]:
        numbers += page
        after = page[-1]
    assert numbers == [1, 2, 3, 4, 5, 6, 7]


def test_claims_by_place_and_by_id(full: SqlStore) -> None:
    assert [claim.number for claim in full.claims_at(["xx:Suva", "xx:Hama", "xx:none"])] == [1, 5, 7]
    every = {claim.number: claim.claim.id for claim in full.claims(ClaimFilter())}
    assert [claim.number for claim in full.claims_named([every[4], every[2], "none"])] == [2, 4]
    assert full.claimed_places() == ["xx:Aleppo", "xx:Apia", "xx:Hama", "xx:Homs", "xx:Suva"]
    many = [f"xx:{number}" for number in range(1200)]
    assert [claim.number for claim in full.claims_at([*many, "xx:Suva", "xx:Aleppo"])] == [4, 5]
    assert list(full.claims_at([])) == []


def test_what_was_once_denied_is_remembered(store: SqlStore, make: Make, said: Said) -> None:
    store.record(make.reading(said(place="Hama"), said(place="Homs", stance=Stance.DENIES), url="https://wire.example/1"))
    store.record(make.reading(said(place="Hama"), said(place="Homs"), url="https://wire.example/1", version="2"))
    assert store.denied(["xx:Hama", "xx:Homs", "xx:none"]) == {"xx:Homs"}
    assert store.denied([]) == frozenset()


def test_which_places_are_told_of_and_when_last(full: SqlStore) -> None:
    assert full.claimed_places("syria") == ["xx:Aleppo", "xx:Hama", "xx:Homs"]
    assert full.claimed_places("nowhere") == []
    assert full.claimed_places(later_than=date(2024, 12, 5)) == ["xx:Hama", "xx:Homs"], "and one of no day, by what it speaks of"
    assert full.claimed_places(later_than=date(2024, 12, 6)) == ["xx:Hama"]
    assert full.last_published(DAY) == {"xx:Aleppo": date(2024, 11, 30), "xx:Hama": DAY, "xx:Homs": DAY}
    assert full.last_published(date(2024, 12, 1), "syria") == {"xx:Aleppo": date(2024, 11, 30)}


def test_timelines_come_place_by_place(full: SqlStore) -> None:
    kept = [Timeline(f"xx:{name}", "fused", (holds(f"xx:{name}", 1), holds(f"xx:{name}", 3))) for name in ("Hama", "Homs")]
    full.put_timelines([Fused(timeline.place, (timeline, replace(timeline, view="side:a"))) for timeline in kept], 1)
    assert list(full.timelines("fused")) == kept
    assert list(full.timelines("none")) == []


def holds(place: str, day: int) -> State:
    days = DateRange(date(2024, 12, day), date(2024, 12, day + 1))
    return State(
        place=place,
        interval=days,
        starts_known=True,
        ends_known=True,
        holding=Holding.CONTROLLED,
        holders=("a",),
        agreement=Agreement.AGREED,
        tier=Tier.SINGLE,
        encircled_by=(),
        flags=frozenset(),
        supporting=("c",),
        opposing=(),
        last_said=days.last,
    )


def test_places_come_as_the_gazetteer_has_them_now(full: SqlStore) -> None:
    found = full.place("xx:Hama")
    assert found is not None
    assert (found.name, found.names, found.lat, found.lon) == ("Hama", ("Hama", "old Hama"), 35.13, 36.75)
    assert full.place("xx:none") is None
    assert sorted(full.places(["xx:Hama", "xx:Homs", "xx:none"])) == ["xx:Hama", "xx:Homs"]


@pytest.mark.parametrize("polygon", ["POINT (1 2)", "no shape", "POLYGON EMPTY", "POLYGON ((0 0, 1 1, 0 1, 1 0, 0 0))", ""])
def test_what_is_no_area_is_refused(full: SqlStore, polygon: str) -> None:
    with pytest.raises(UsageError, match="area"):
        list(full.claims(ClaimFilter(polygon=polygon)))


def test_a_box_must_be_one() -> None:
    with pytest.raises(UsageError, match="west, south, east, north"):
        Box(west=0, south=10, east=1, north=5)


Asked = list[tuple[str, object]]


@contextmanager
def listening(store: SqlStore) -> Iterator[Asked]:
    """Give the list of queries that a store sends, with their parameters."""
    asked: Asked = []

    def note(*sent: object) -> None:
        asked.append((str(sent[2]), sent[3]))

    event.listen(store.database.engine, "before_cursor_execute", note)
    # The queries that are compiled once pass the engine by.
    store._lane = Listened(store.database, asked)
    yield asked
    event.remove(store.database.engine, "before_cursor_execute", note)


class Listened(FastLane):
    """The lane of compiled queries, with all that is asked on it."""

    def __init__(self, database: Database, asked: Asked) -> None:
        super().__init__(database)
        self._heard = asked

    def rows(self, query: Prepared, given: Given) -> Sequence[Values]:
        self._heard.append((query.sql, query.parameters(given)))
        return super().rows(query, given)


def ask_everything(store: SqlStore, reading: Reading) -> None:
    """Ask a store all that it can be asked."""
    claim, report = reading.extracted.claims[0], reading.report
    for wanted, _ in FILTERS:
        list(store.claims(wanted))
    list(store.claims_at(["xx:Hama", "xx:Homs"]))
    list(store.claims_at(["xx:Hama"], datetime(2026, 1, 1, tzinfo=UTC)))
    list(store.claims_named([claim.id]))
    store.claimed_places()
    store.denied(["xx:Hama", "xx:Homs"])
    store.claimed_places("syria", DAY)
    store.last_published(DAY, "syria")
    list(store.timelines("fused"))
    store.read_with(report.id)
    store.earlier(report)
    store.reading(report.id)
    store.places(["xx:Hama"])
    store.dirty()
    store.generation()
    store.views("xx:Hama")
    store.states("xx:Hama", "fused")
    store.state_on("xx:Hama", "fused", DAY)
    list(store.states_on(DAY, "fused"))
    list(store.states_on(DAY, "fused", FIJI))
    store.links([claim.anchor])
    store.reviews(claim.anchor)
    store.reviews()
    store.failures()
    store.record(reading)
    store.file(Failure("x", "read", "y"))
    store.review(Review(claim.anchor, Verdict.CONFIRMED, "", "", datetime(2026, 1, 1, tzinfo=UTC), claim.id))
    link = Link("a", "b", LinkRelation.DENIES, LinkPart.EVENT, LinkScope.EXACT)
    store.put_timelines([Fused("xx:Hama", (Timeline("xx:Hama", "fused", ()),), (link,))], 1)


def test_every_query_is_answered_from_an_index(full: SqlStore, make: Make, said: Said) -> None:
    reading = make.reading(said(place="Hama"), url="https://wire.example/1")
    full.record(reading)
    again = make.reading(said(place="Hama"), url="https://wire.example/1", version="2")
    with listening(full) as asked:
        ask_everything(full, again)
    wanted = {sql: given for sql, given in asked if sql.startswith(("SELECT", "UPDATE", "DELETE"))}
    wanted = {
        sql: given for sql, given in wanted.items() if not any(word in sql for word in ("pg_", "sqlite_master", "FROM meta", "meta SET"))
    }
    assert len(wanted) > 45
    unindexed = {sql: plan for sql, given in wanted.items() if (plan := [line for line in planned(full, sql, given) if walks(line)])}
    assert not unindexed


def planned(store: SqlStore, sql: str, given: object) -> list[str]:
    with store.database.reading() as connection:
        if store.database.flavour is Flavour.POSTGRESQL:
            # The tables of a test are so small that PostgreSQL would rather read them whole, had it the choice.
            connection.execute(text("SET enable_seqscan = off"))
            return [str(row[0]) for row in connection.exec_driver_sql(f"EXPLAIN {sql}", given)]  # type: ignore[arg-type]
        return [str(row[3]) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", given)]  # type: ignore[arg-type]


def walks(line: str) -> bool:
    """Tell whether a line of a plan reads a table from end to end."""
    return "Seq Scan" in line or (line.startswith("SCAN ") and " INDEX " not in line and "CONSTANT" not in line)


@pytest.mark.parametrize(
    ("line", "whole"),
    [
        ("SCAN claims", True),
        ("->  Seq Scan on claims", True),
        ("SCAN claims USING COVERING INDEX claims_place", False),
        ("SCAN statement_words VIRTUAL TABLE INDEX 0:M1", False),
        ("SEARCH claims USING INDEX claims_place (place=?)", False),
        ("->  Index Scan using claims_place on claims", False),
    ],
)
def test_a_walk_is_told_from_a_look_up(line: str, whole: bool) -> None:  # noqa: FBT001  a table's column
    assert walks(line) is whole
