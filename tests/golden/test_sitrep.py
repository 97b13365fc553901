"""The situation report of the demo: what it must say of Syria on 6 and 7 December 2024, from the example reports and the example map."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from whoholds.config import load_settings
from whoholds.pipeline import Stages, ingest_reports
from whoholds.ports import Hints
from whoholds.queries import open_desk
from whoholds.queries.baseline import Baselines
from whoholds.queries.baseline_files import read_rows
from whoholds.queries.sitrep import Sitrep, sitrep
from whoholds.queries.sitrep_html import sitrep_html
from whoholds.queries.sitrep_markdown import sitrep_markdown

GOVERNMENT = "Syrian government (until December 2024)"


@pytest.fixture(scope="module")
def report(shipped: Stages, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sitrep]:
    settings = load_settings({"db": str(tmp_path_factory.mktemp("demo") / "demo.sqlite")})
    with open_desk(settings, create=True) as desk:
        list(ingest_reports([str(root / "examples" / "reports.jsonl")], Hints(), settings, desk.store, opener=lambda _: shipped))
        rows = read_rows(root / "examples" / "baseline-syria-2024-11-26.csv", date(2026, 1, 1))
        Baselines(desk.store, desk.places, desk.registry).add(rows, "Example map")
        yield sitrep(desk, date(2024, 12, 7), 2, "syria")


@pytest.mark.parametrize(
    ("place", "before", "holding", "sides"),
    [
        ("Homs", "syria.government", "controlled", ["syria.opposition"]),
        ("Talbiseh", "syria.government", "controlled", ["syria.opposition"]),
        ("Ar Rastan", "syria.government", "controlled", ["syria.opposition"]),
    ],
)
def test_a_town_that_changed_hands_is_told_with_its_sources(
    report: Sitrep, place: str, before: str, holding: str, sides: list[str]
) -> None:
    (change,) = [change for change in report.changes if change.after.place.name == place]
    assert change.before is not None
    assert [party.side for party in change.before.holders] == [before]
    assert (change.after.state.holding, [party.side for party in change.after.holders]) == (holding, sides)
    assert change.told.cited
    assert not change.after.state.starts_known or change.after.state.interval.first is not None


def test_every_entry_has_its_words(report: Sitrep) -> None:
    assert all(change.told.cited for change in report.changes)
    assert all(dispute.told.cited or dispute.against.cited for dispute in report.disputes)
    assert all(cited.quote for cited in report.denials)


def test_the_ministry_denies_leaving_homs_and_so_is_not_silent_on_it(report: Sitrep) -> None:
    assert ("Syrian Ministry of Defense", "Homs") in {(cited.source, cited.place and cited.place.name) for cited in report.denials}
    silent = {(silence.who, silence.after.place.name) for silence in report.silences if silence.after is not None}
    assert (GOVERNMENT, "Homs") not in silent
    assert (GOVERNMENT, "Talbiseh") in silent


def test_what_a_map_alone_tells_is_pale_and_no_change(report: Sitrep) -> None:
    pale = {row.place.name for row in report.places if row.pale}
    assert {"Damascus", "Latakia", "Ar Raqqah"} <= pale
    assert "Homs" not in pale
    assert not pale & {change.after.place.name for change in report.changes}


def test_both_forms_say_the_same_of_homs_and_carry_the_line_of_safety(report: Sitrep) -> None:
    for page in ("\n".join(sitrep_markdown(report)), "".join(sitrep_html(report))):
        assert "Homs has fallen to Syrian rebels" in page
        assert "Reported control, not access, safety or sovereignty." in page
        assert "no longer holds Talbiseh" in page
