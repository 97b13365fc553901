"""The verb: figures, JSON, differences, the page, floors and exit codes, with stages that know one sentence form."""

from __future__ import annotations

import functools
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from whoholds import pipeline
from whoholds.cli import main
from whoholds.evaluate.floors import corpus_hash
from whoholds.evaluate.gold import gold_set
from whoholds.pipeline import Stages, read_reports

TEXT = "The troops of it left in the night: Army left Hama, 40 km from Homs. Later the Army denied leaving Homs to the <b>rebels</b>."
LEFT = {"quote": "Army left Hama, 40 km from Homs", "kind": "withdrawal", "stance": "asserts", "source": "outlet", "source_kind": "media"}
LOST = {"quote": "Army denied leaving Homs", "kind": "loss", "stance": "denies", "source": "the <i>army</i>", "source_kind": "belligerent"}
TAKEN = {"quote": "to the <b>rebels</b>", "kind": "capture", "stance": "asserts", "source": "outlet", "source_kind": "media"}


pytestmark = pytest.mark.usefixtures("own_settings")


@pytest.fixture
def gold(tmp_path: Path, stages: Stages, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(pipeline, "read_reports", functools.partial(read_reports, opener=lambda _: stages))
    claims = [
        LEFT | {"actor": "Army", "places": ["Hama"], "when": "2024-12-07", "distance_km": 40},
        LOST | {"actor": "Army", "places": ["Homs"]},
        TAKEN | {"actor": "rebels", "places": ["Homs"]},
    ]
    report = {"id": "r1", "outlet": "Daily", "published": "2024-12-07"}
    texts = [
        report | {"text": TEXT},
        {"id": "r2", "outlet": "Daily", "text": "The troops said nothing of it at all, and so it is left for now."},
    ]
    path = tmp_path / "set.gold.jsonl"
    path.write_text(json.dumps(report | {"claims": claims}) + '\n{"id": "r2", "outlet": "Daily", "claims": []}\n', encoding="utf-8")
    (tmp_path / "set.in.jsonl").write_text("\n".join(map(json.dumps, texts)), encoding="utf-8")
    return path


def test_figures_for_people(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(gold)]) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith("set: 2 reports (0 not read), 3 gold units, 2 read\n")
    for words in ("control", "withdrawal", "denies", "belligerent", "distance  1 of 1 (100%)", "when      1 of 1 (100%)", "certain  "):
        assert words in shown.out
    assert not shown.err


def test_figures_for_programs(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(gold), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["gold"], found["predicted"], found["full"]["r"]) == (3, 2, 0.3333)
    assert found["by_kind"]["withdrawal"] == {"gold": 1, "predicted": 2, "hit": 1}
    assert found["certainty"] == {"certain": {"read": 2, "gold": 1, "hit": 1}}
    assert found["dates"] == {"exact": 1, "overlapping": 0, "other": 0, "missing": 0, "added": 0}


def test_the_first_differences(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(gold), "--errors", "1"]) == 0
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("MISS  r1  the <i>army</i> denies loss · Army · Homs “Army denied leaving Homs” <- outlet denies withdrawal")


class Page(HTMLParser):
    """Collects the tags of a page, and what is marked."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.marked: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] == ["mark"]:
            self.marked.append(data)


def test_the_page_shows_the_text_and_trusts_nothing(gold: Path, tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    assert main(["evaluate", str(gold), "--page", str(target)]) == 0
    text = target.read_text(encoding="utf-8")
    page = Page(text)
    assert "Army denied leaving Homs" in page.marked
    assert "&lt;b&gt;rebels&lt;/b&gt;" in text
    assert "&lt;i&gt;army&lt;/i&gt;" in text
    assert not {"b", "i", "script", "link", "img", "iframe"} & set(page.tags)
    assert not [name for name, value in page.attributes if name in {"src", "href", "style"} or name.startswith("on")]
    policy = next(value for name, value in page.attributes if name == "content" and value and "default-src" in value)
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "Reported control, not access, safety or sovereignty." in text


def floors(folder: Path, gold: Path, kind: float, corpus: str | None = None) -> str:
    path = folder / "floors.toml"
    stated = corpus_hash(gold_set(gold)) if corpus is None else corpus
    path.write_text(
        f'[set]\ngold = "{gold.name}"\ncorpus = "{stated}"\nmeasured = 2026-01-01\nepsilon = 0.01\nfloors = {{ kind = {kind} }}\n',
        encoding="utf-8",
    )
    return str(path)


def test_floors_decide_the_exit_code(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(gold), "--floors", floors(tmp_path, gold, 0.4)]) == 0
    assert not capsys.readouterr().err
    assert main(["evaluate", str(gold), "--floors", floors(tmp_path, gold, 0.9)]) == 1
    assert capsys.readouterr().err == "whoholds: set.kind is 0.400, below 0.900 (measured 2026-01-01, epsilon 0.01)\n"
    assert main(["evaluate", str(gold), "--floors", floors(tmp_path, gold, 0.4, "other")]) == 0
    assert "not the texts" in capsys.readouterr().err


def test_a_report_that_cannot_be_read_is_named(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = gold.with_name("set.in.jsonl")
    texts.write_text(texts.read_text(encoding="utf-8").replace("said nothing", "said of a broken thing nothing"), encoding="utf-8")
    assert main(["evaluate", str(gold), "--json"]) == 3
    shown = capsys.readouterr()
    assert json.loads(shown.out)["missing_reports"] == 1
    assert "r2" in shown.err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["nowhere.gold.jsonl"], 3, "no such file"),
        (["{gold}", "--aliases", "nowhere"], 2, "--aliases nowhere: there is no such folder"),
        (["{gold}", "--floors", "nowhere.toml"], 3, "no such file"),
        (["{gold}", "--page", "{folder}"], 2, "--page {folder}: cannot be written (it is a directory)"),
        (["{gold}", "--page", "{gold}"], 2, "--page {gold}: this is also an input"),
        (["{gold}", "--floors", "{floors}"], 2, "has no entry for set"),
        (["{gold},nowhere.gold.jsonl"], 3, "no such file"),
    ],
)
def test_what_is_off_is_said_in_a_line(
    gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str
) -> None:
    empty = tmp_path / "empty.toml"
    empty.touch()
    known = {"gold": gold, "folder": tmp_path, "floors": empty}
    assert main(["evaluate", *(argument.format(**known) for argument in arguments)]) == code
    shown = capsys.readouterr().err
    assert said.format(**known) in shown
    assert shown.count("\n") == 1


def test_several_sets_are_measured_as_one(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for end in (".gold.jsonl", ".in.jsonl"):
        gold.with_name(f"other{end}").write_bytes(gold.with_name(f"set{end}").read_bytes())
    assert main(["evaluate", f"{gold},{gold.with_name('other.gold.jsonl')}", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["set"], found["reports"], found["gold"]) == ("set+other", 4, 6)
