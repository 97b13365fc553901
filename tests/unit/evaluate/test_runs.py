"""Gains and losses between two runs of the benchmark."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import pytest

from whoholds.evaluate.align import Comparison, Unit, pair
from whoholds.evaluate.metrics import Judged
from whoholds.evaluate.run import Evaluation
from whoholds.taxonomy import Kind, Stance


@pytest.fixture
def runs(root: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(root))
    yield importlib.import_module("benchmarks.accuracy.runs")
    sys.modules.pop("benchmarks.accuracy.runs")


def unit(place: str, kind: Kind = Kind.CAPTURE) -> Unit:
    return Unit(f"they took {place} in the morning", kind, Stance.ASSERTS, place=place)


def evaluation(*read: Unit) -> Evaluation:
    gold = (unit("Homs"), unit("Hama"), unit("Daraa"))
    silent = Judged("r2", None, "", (), (), ())
    return Evaluation("a", (Judged("r1", None, "", gold, read, pair(gold, read, None, Comparison())), silent))


def test_a_run_keeps_a_letter_for_each_gold_unit_and_no_word(runs: Any, tmp_path: Path) -> None:
    run = runs.run_of(evaluation(unit("Homs"), unit("Daraa", Kind.LOSS)))
    assert run.units == {"r1": "F.f"}
    path = tmp_path / "last.json"
    assert runs.read_runs(path) == {}
    runs.write_runs(path, {"a": run})
    assert runs.read_runs(path) == {"a": run}
    assert "they took" not in path.read_text(encoding="utf-8")


def test_gains_and_losses_are_named(runs: Any) -> None:
    before, after = runs.run_of(evaluation(unit("Homs"))), runs.run_of(evaluation(unit("Hama"), unit("Daraa")))
    first, *named = runs.changes("a", before, after)
    assert first.startswith("a: place +0.300")
    assert first.endswith("read +1")
    assert named == [
        "  kind gained 2: r1#2, r1#3",
        "  kind lost 1: r1#1",
        "  full gained 2: r1#2, r1#3",
        "  full lost 1: r1#1",
    ]


def test_nothing_is_said_of_a_run_like_the_last(runs: Any) -> None:
    run = runs.run_of(evaluation(unit("Homs")))
    assert list(runs.changes("a", run, run)) == []
