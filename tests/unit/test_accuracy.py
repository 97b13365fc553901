"""Accuracy is a test: F1 of the shipped stages against annotated reports, held to `benchmarks/floors.toml`."""

from __future__ import annotations

import importlib.util
import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from whoholds.config import load_settings
from whoholds.export.evaluation import evaluation_lines
from whoholds.model import Reading
from whoholds.pipeline import Stages, read_reports
from whoholds.ports import Hints

SETS: Mapping[str, Mapping[str, Any]] = tomllib.loads(
    (Path(__file__).resolve().parents[2] / "benchmarks" / "floors.toml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", shared / "eval" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def predicted(stages: Stages, file: Path) -> dict[str, Any]:
    """Return what the stages read in `file`, in the exchange form of the scorer, by report."""
    found = read_reports([str(file)], Hints(), load_settings(), lambda _: stages)
    lines = evaluation_lines(item for item in found if isinstance(item, Reading))
    return {row["id"]: row for row in map(json.loads, lines)}


@pytest.mark.parametrize("name", SETS)
def test_no_figure_is_below_its_floor(shipped: Stages, scorer: ModuleType, root: Path, name: str) -> None:
    corpus = SETS[name]
    result, _ = scorer.score(scorer.read(str(root / corpus["gold"])), predicted(shipped, root / corpus["reports"]))
    assert not result["missing_reports"]
    below = {level: result[level]["f1"] for level, floor in corpus["floors"].items() if result[level]["f1"] < floor}
    assert not below, f"{name}: {below} against the floors {corpus['floors']}"


@pytest.mark.parametrize("name", SETS)
def test_a_floor_is_a_share(name: str) -> None:
    assert all(0 < floor < 1 for floor in SETS[name]["floors"].values())
