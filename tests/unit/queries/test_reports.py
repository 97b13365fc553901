"""The table of control, coverage, sources and the situation report, on made-up reports of which every claim is known."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from whoholds.cli import main
from whoholds.config import load_settings
from whoholds.errors import UsageError
from whoholds.export.svg_map import Mark, svg_map
from whoholds.pipeline import Stages, read_text
from whoholds.ports import Hints
from whoholds.queries import Desk, open_desk
from whoholds.queries.baseline import Baselines
from whoholds.queries.baseline_files import GivenRow, ReadRows
from whoholds.queries.coverage import coverage
from whoholds.queries.sitrep import Sitrep, sitrep
from whoholds.queries.sitrep_html import sitrep_html
from whoholds.queries.sitrep_markdown import plain, sitrep_markdown
from whoholds.queries.sources import sources
from whoholds.queries.table import table

DAY = date(2024, 12, 6)
HAMA, HOMS, IDLIB = "gn:170017", "gn:169577", "gn:169389"
REPORTS = [
    ("2024-12-05", "Wire One", "The Syrian Observatory for Human Rights said government forces withdrew from Hama on Thursday."),
    ("2024-12-06", "Wire Two", "Syrian rebels captured Hama on Thursday, the Syrian Observatory for Human Rights said."),
    ("2024-12-06", "<b>Wire</b> [Three](javascript:1)", "The Syrian Defense Ministry denied that the army had withdrawn from Homs."),
]


@pytest.fixture(scope="module")
def desk(shipped: Stages, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    path = tmp_path_factory.mktemp("reports") / "war.sqlite"
    with open_desk(load_settings({"db": str(path)}), create=True) as opened:
        for published, publisher, text in REPORTS:
            opened.store.record(read_text(text, Hints(publisher=publisher), published=published, opener=lambda _: shipped))
        rows = [GivenRow(f"line {at}", place, None, "Syrian government", date(2024, 11, 26)) for at, place in enumerate((HAMA, HOMS), 2)]
        rows.append(GivenRow("line 4", IDLIB, None, "HTS", date(2024, 11, 26)))
        Baselines(opened.store, opened.places, opened.registry).add(ReadRows(tuple(rows), ()), "Desk map")
        yield opened


def test_the_table_says_what_could_be_known_on_its_day(desk: Desk) -> None:
    rows = {row.place.id: row for row in table(desk, DAY, "syria").rows}
    assert {place: row.pale for place, row in rows.items()} == {HAMA: False, HOMS: True, IDLIB: True}
    assert [party.side for party in rows[HAMA].holders] == ["syria.opposition"]
    early = {row.place.id: row for row in table(desk, DAY, "syria", known_by=date(2024, 12, 5)).rows}
    assert early[HAMA].state.holding == "vacated"
    assert table(desk, date(2024, 11, 25)).rows == ()
    with pytest.raises(UsageError, match="no such war"):
        table(desk, DAY, "atlantis")


def test_coverage_counts_what_was_heard_and_names_what_was_not(desk: Desk) -> None:
    found = {cover.place.id: cover for cover in coverage(desk, DAY, 1, "syria").places}
    assert (found[HAMA].reports, found[HAMA].sides, found[HAMA].unsided) == (1, (), 1)
    assert found[HOMS].sides == ("Syrian government (until December 2024)",)
    assert IDLIB not in found, "an imported map is not heard"
    assert {cover.place.id: cover.reports for cover in coverage(desk, date(2024, 12, 20), 7).places} == {HAMA: 0, HOMS: 0}


def test_sources_are_organisations_and_what_became_of_their_word(desk: Desk) -> None:
    found = sources(desk, DAY, "syria")
    assert {row.name: (row.claims, row.denials, row.against_interest) for row in found.profiles} == {
        "Syrian Observatory for Human Rights": (2, 0, 0),
        "Syrian Ministry of Defense": (1, 1, 0),
    }
    assert found.others == 0


@pytest.fixture(scope="module")
def report(desk: Desk) -> Sitrep:
    return sitrep(desk, DAY, 2)


def test_the_report_tells_changes_denials_and_silence(report: Sitrep) -> None:
    assert (report.conflict, report.reports, report.first) == ("syria", 3, date(2024, 12, 5))
    (change,) = report.changes
    assert (change.after.place.id, change.before is not None and change.before.pale) == (HAMA, True)
    assert {cited.publisher for cited in change.told.cited} == {"Wire One", "Wire Two"}
    assert [(cited.source, cited.place and cited.place.id) for cited in report.denials] == [("Syrian Ministry of Defense", HOMS)]
    (silence,) = report.silences
    assert (silence.who, silence.said, silence.after) == ("Syrian government (until December 2024)", False, change.after)


def test_a_day_without_reports_says_that_blank_is_not_quiet(desk: Desk) -> None:
    quiet = sitrep(desk, date(2024, 12, 20), 1, "syria")
    assert (quiet.reports, quiet.denials) == (0, ())
    assert "blank is not quiet" in "\n".join(sitrep_markdown(quiet))


def test_markdown_says_no_more_than_its_words(report: Sitrep) -> None:
    page = "\n".join(sitrep_markdown(report))
    assert page.count("**Reported control, not access, safety or sovereignty.**") == 2
    assert "has not commented, in the reports at hand, on reports that it no longer holds Hama" in page
    assert r"\<b\>Wire\</b\> \[Three\]" in page
    assert plain("a\n# b | [c](d)") == r"a \# b \| \[c\](d)"


class Elements(HTMLParser):
    """Collects the elements of a page, and sees that every one is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not [name for name, _ in attrs if name.startswith("on")]
        self.seen.append(tag)
        if tag not in {"meta", "link"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not [name for name, _ in attrs if name.startswith("on")]
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_escapes_what_comes_from_reports(report: Sitrep) -> None:
    page = "".join(sitrep_html(report))
    elements = Elements()
    elements.feed(page)
    assert elements.open == []
    assert "script" not in elements.seen
    assert "b" not in elements.seen
    assert "&lt;b&gt;Wire&lt;/b&gt;" in page
    assert not re.findall(r'(?:src|href)="(?!https?://|#|data:,)', page)
    assert page.count("Reported control, not access, safety or sovereignty.") == 2
    assert page.count('class="mark ') >= 3


def mark(**changed: object) -> Mark:
    given: dict[str, object] = {"name": "A", "lat": 35.0, "lon": 36.0, "group": 0, "told": "A: held", "turn": 0} | changed
    return Mark(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("marks", "check"),
    [
        ([], lambda drawn: drawn == ""),
        ([mark()], lambda drawn: "<text" in drawn and "nan" not in drawn),
        ([mark(), mark(name="B")], lambda drawn: drawn.count("<title>") == 2),
        ([mark(name="<i>")], lambda drawn: "<i>" not in drawn),
        ([mark(group=99), mark(group=None, lat=60.0)], lambda drawn: "g5" in drawn and "none" in drawn),
        ([mark(disputed=True), mark(pale=True, lon=37.0)], lambda drawn: 'class="ring"' in drawn and "pale" in drawn),
        ([mark(lat=89.9), mark(lat=-89.9, lon=-179.0)], lambda drawn: "nan" not in drawn and "inf" not in drawn),
    ],
)
def test_the_map_draws_each_place_once(marks: list[Mark], check: Callable[[str], bool]) -> None:
    assert check(svg_map(marks, "Map"))


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["table", "--on", "soon"], 2, "is no day"),
        (["sitrep", "--on", "2024-12-06", "--json", "--format", "html"], 2, "do not go together"),
        (["sitrep", "--on", "2024-12-06", "--conflict", "atlantis"], 2, "no such war"),
        (["sitrep", "--on", "2024-12-06", "--out", "/none/x/y"], 2, "cannot be written"),
        (["coverage", "--days", "0"], 2, "--days"),
        (["table", "--db", "none.sqlite"], 6, "none.sqlite"),
    ],
)
def test_a_wrong_call_says_what_to_do(
    desk: Desk, arguments: list[str], code: int, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WHOHOLDS_DB", str(desk.store.database.name))  # type: ignore[attr-defined]
    assert main(arguments) == code
    assert said in capsys.readouterr().err


def test_every_verb_prints_lines_and_json(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WHOHOLDS_DB", str(desk.store.database.name))  # type: ignore[attr-defined]
    calls = [["table", "--on", "2024-12-06"], ["coverage", "--on", "2024-12-06"], ["sources"], ["sitrep", "--on", "2024-12-06"]]
    for call in calls:
        assert main(call) == 0
        assert "Reported control, not access, safety or sovereignty." in capsys.readouterr().out
        assert main([*call, "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["note"] == "reported control, not access, safety or sovereignty"
    page = tmp_path / "sitrep.html"
    assert main(["sitrep", "--on", "2024-12-06", "--format", "html", "--out", str(page)]) == 0
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert [path.name for path in tmp_path.iterdir()] == ["sitrep.html"]
