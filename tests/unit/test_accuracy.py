"""Accuracy is a test: figures of the shipped stages on annotated reports, held to `benchmarks/floors.toml`, and these to their past."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType

import pytest

from whoholds.config import load_settings
from whoholds.evaluate.align import Comparison
from whoholds.evaluate.floors import Floors, below, corpus_hash, read_floors
from whoholds.evaluate.gold import aliases_beside, gold_set, read_aliases, read_gold
from whoholds.evaluate.metrics import Scores, score
from whoholds.evaluate.report import document
from whoholds.evaluate.run import judge, read_units
from whoholds.export.evaluation import evaluation_lines
from whoholds.model import Reading
from whoholds.pipeline import Stages, read_reports
from whoholds.ports import Hints

ROOT = Path(__file__).resolve().parents[2]
FLOORS = "benchmarks/floors.toml"
SETS = read_floors(ROOT / FLOORS)

ReadSet = Callable[[str], Sequence[Reading]]
Versions = Sequence[Mapping[str, Mapping[str, float]]]


@pytest.fixture(scope="module")
def readings(shipped: Stages) -> ReadSet:
    """Read a set once, for all tests of this module."""
    kept: dict[str, Sequence[Reading]] = {}

    def read(name: str) -> Sequence[Reading]:
        if name not in kept:
            texts = gold_set(SETS[name].gold).texts
            outcomes = list(read_reports([str(texts)], Hints(), load_settings(), lambda _: shipped))
            kept[name] = [outcome for outcome in outcomes if isinstance(outcome, Reading)]
            assert len(kept[name]) == len(outcomes), "every report of a set is read"
        return kept[name]

    return read


def present(name: str) -> Floors:
    entry = SETS[name]
    if not entry.gold.is_file():
        pytest.skip(f"NOT MEASURED: {entry.gold.name} lies beside the checkout, on machines that have it")
    return entry


def figures_of(name: str, found: Sequence[Reading], compare: Comparison) -> Scores:
    read = {units.report: units for units in map(read_units, found)}
    return score(judge(read_gold(SETS[name].gold), read, compare))


@pytest.mark.parametrize("name", SETS)
def test_no_figure_is_below_its_floor(readings: ReadSet, name: str) -> None:
    entry = present(name)
    scores = figures_of(name, readings(name), read_aliases(aliases_beside(entry.gold)))
    assert not scores.missing
    assert not list(below(entry, scores))


@pytest.mark.parametrize("name", SETS)
def test_the_floors_were_measured_on_these_texts(name: str) -> None:
    entry = present(name)
    assert corpus_hash(gold_set(entry.gold)) == entry.corpus, (
        "the texts or annotations changed: run `make floors`, and look at what it says"
    )


@pytest.fixture(scope="module")
def scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", shared / "eval" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", SETS)
def test_the_figures_are_those_of_the_shared_scorer(readings: ReadSet, scorer: ModuleType, shared: Path, name: str) -> None:
    entry = present(name)
    lines = map(json.loads, evaluation_lines(readings(name)))
    theirs, _ = scorer.score(scorer.read(str(entry.gold)), {line["id"]: line for line in lines})
    ours = json.loads(document(name, figures_of(name, readings(name), read_aliases(shared / "eval"))))
    assert {figure: ours[figure] for figure in theirs} == theirs


# Floors are held to their past: a figure that was once reached may be given up, but not in silence.


def unexplained(versions: Versions, documents: str, epsilon: float = 0.01) -> Iterator[str]:
    """Yield each floor that a version has lower than one before it, or no longer has, and that no line of `documents` names.

    A line explains when it holds `set.figure` and the new value, or "dropped". What is below by epsilon is as good as
    the same; many small steps are not, because each is held against the highest floor since the last explained one.
    """
    highest: dict[str, float] = {}
    for version in versions:
        named = {f"{name}.{figure}": floor for name, floors in version.items() for figure, floor in floors.items()}
        for figure in sorted(highest.keys() | named.keys()):
            floor = named.get(figure)
            if floor is not None and floor >= highest.get(figure, 0.0) - epsilon:
                highest[figure] = max(floor, highest.get(figure, 0.0))
                continue
            if not explained(figure, floor, documents):
                yield f"{figure}: {highest[figure]} → {'dropped' if floor is None else floor}"
            highest.pop(figure)
            if floor is not None:
                highest[figure] = floor


def explained(figure: str, floor: float | None, documents: str) -> bool:
    lines = [line for line in documents.splitlines() if re.search(rf"(?<![\w.]){re.escape(figure)}(?![\w.])", line)]
    if floor is None:
        return any("dropped" in line for line in lines)
    return any(float(number) == floor for line in lines for number in re.findall(r"\d+\.\d+", line))


@pytest.mark.parametrize(
    ("versions", "documents", "expected"),
    [
        ([], "", []),
        ([{"a": {"kind": 0.5}}, {"a": {"kind": 0.6}}], "", []),
        ([{"a": {"kind": 0.6}}, {"a": {"kind": 0.595}}], "", []),
        ([{"a": {"kind": 0.6}}, {"a": {"kind": 0.595}}, {"a": {"kind": 0.589}}], "", ["a.kind: 0.6 → 0.589"]),
        ([{"a": {"kind": 0.6}}, {"a": {"kind": 0.5}}], "- floor `a.kind` lowered to 0.500: the gold was mended", []),
        ([{"a": {"kind": 0.6}}, {"a": {"kind": 0.5}}], "- floor `a.kind` lowered to 0.55", ["a.kind: 0.6 → 0.5"]),
        ([{"a": {"kind": 0.6}}, {"a": {"kind": 0.5}}], "- floor `aa.kind` lowered to 0.5", ["a.kind: 0.6 → 0.5"]),
        ([{"a": {"kind": 0.6}}, {"a": {}}], "", ["a.kind: 0.6 → dropped"]),
        ([{"a": {"kind": 0.6}}, {}], "floor a.kind dropped: the set is gone", []),
        ([{"a": {"kind": 0.6}}, {"a": {}}, {"a": {"kind": 0.3}}], "floor a.kind dropped: anew from 0.3", []),
    ],
)
def test_what_counts_as_lowered_in_silence(versions: Versions, documents: str, expected: list[str]) -> None:
    assert list(unexplained(versions, documents)) == expected


def test_no_floor_was_lowered_in_silence() -> None:
    current = {name: entry.floors for name, entry in SETS.items()}
    documents = "\n".join(path.read_text(encoding="utf-8") for path in [ROOT / "CHANGELOG.md", *(ROOT / "docs" / "decisions").glob("*.md")])
    lowered = list(unexplained([*committed(), current], documents))
    assert not lowered, "a lowered floor needs a line in CHANGELOG.md or docs/decisions with `set.figure`, its new value and the reason"


def committed() -> list[Mapping[str, Mapping[str, float]]]:
    """Return the floors of every committed version, the oldest first; a shallow clone has but the last."""
    revisions = git("log", "--reverse", "--format=%H", "--", FLOORS).split()
    if not revisions:
        pytest.skip("NOT CHECKED: no committed version of the floors to compare with")
    tables = (tomllib.loads(git("show", f"{revision}:{FLOORS}")) for revision in revisions)
    return [{name: table["floors"] for name, table in version.items()} for version in tables]


def git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S607  git is on the path or the test skips
    if done.returncode:
        pytest.skip("NOT CHECKED: this is no git checkout")
    return done.stdout
