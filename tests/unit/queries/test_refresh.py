"""A refresh reaches the places on which a denial of another place bore, also once that denial is taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from whoholds.config import load_settings
from whoholds.fuse.rules import Flag
from whoholds.model import Review
from whoholds.pipeline import Stages, ingest_reports
from whoholds.ports import ClaimFilter, Hints, RecordedClaim
from whoholds.queries.desk import Desk, open_desk
from whoholds.taxonomy import Stance, Verdict

REPORTS = {
    "Gazette": "The Syrian army withdrew from Hama in Syria on Thursday, the Syrian Observatory for Human Rights said.",
    "Courier": "The Syrian Ministry of Defense denied that the army had withdrawn from Hama province in Syria.",
}


@pytest.fixture
def desk(tmp_path: Path, shipped: Stages) -> Iterator[Desk]:
    """A desk where a departure from a town is told, and denied of the province around it."""
    settings = replace(load_settings(), db=str(tmp_path / "store.sqlite"))
    with open_desk(settings, create=True) as made:
        for name, text in REPORTS.items():
            path = tmp_path / f"{name}.txt"
            path.write_text(text, encoding="utf-8")
            hints = Hints(publisher=name, published=date(2024, 12, 6))
            assert list(ingest_reports([str(path)], hints, settings, made.store, lambda _: shipped))
        made.refresh()
        yield made


def denial(desk: Desk) -> RecordedClaim:
    (found,) = desk.store.claims(ClaimFilter(stances=frozenset((Stance.DENIES,))))
    return found


def is_denied(desk: Desk) -> bool:
    (town,) = {claim.place for claim in desk.store.claims(ClaimFilter(stances=frozenset((Stance.ASSERTS,))))}
    assert town is not None
    assert town != denial_place(desk)
    return any(Flag.DENIED in state.flags for state in desk.timeline(town).states)


def denial_place(desk: Desk) -> str | None:
    return next((claim.place for claim in desk.store.claims(ClaimFilter(stances=frozenset((Stance.DENIES,))))), None)


def reread_without_it(desk: Desk) -> None:
    """Other rules read nothing in the report of the denial."""
    reading = desk.store.reading(denial(desk).report.id)
    assert reading is not None
    extracted = reading.extracted
    nothing = replace(extracted, statements=(), claims=(), extraction=replace(extracted.extraction, version="another"))
    desk.store.record(replace(reading, extracted=nothing, resolutions={}, checks={}))


def reviewed(verdict: Verdict, value: str | None = None) -> Callable[[Desk], None]:
    def review(desk: Desk) -> None:
        claim = denial(desk).claim
        desk.store.review(Review(claim.anchor, verdict, "", "", datetime(2026, 1, 1, tzinfo=UTC), claim.id, value))

    return review


@pytest.mark.parametrize("take_back", [reread_without_it, reviewed(Verdict.REJECTED), reviewed(Verdict.MOVED, "gn:170063")])
def test_a_denial_that_is_taken_back_leaves_the_places_on_which_it_bore(desk: Desk, take_back: Callable[[Desk], None]) -> None:
    assert is_denied(desk)
    take_back(desk)
    desk.refresh()
    assert not is_denied(desk)


def test_a_denial_that_is_moved_there_and_back_bears_where_it_did(desk: Desk) -> None:
    aleppo, province = "gn:170063", denial(desk).place
    reviewed(Verdict.MOVED, aleppo)(desk)
    desk.refresh()
    reviewed(Verdict.MOVED, province)(desk)
    assert desk.refresh() > 1
    assert is_denied(desk)
    assert desk.store.dirty() == []
