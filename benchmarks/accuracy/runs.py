"""What a run reached, unit by unit, kept so that the next one can tell gains from losses."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from whoholds.evaluate.align import Level
from whoholds.evaluate.metrics import Judged, figures, score
from whoholds.evaluate.run import Evaluation

MARKS = ((Level.FULL, "F"), (Level.KIND, "k"), (Level.FAMILY, "f"), (Level.PLACE, "p"))
"""How far a gold unit was read right, one letter a unit; "." is not at all."""

RIGHT = {"kind": frozenset("kF"), "full": frozenset("F")}
SHOWN = 12
"""How many units that were gained or lost are named."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run reached on one set: figures, how many units it read, and a letter for each gold unit of each report."""

    figures: Mapping[str, float]
    read: int
    units: Mapping[str, str]


def run_of(evaluation: Evaluation) -> Run:
    """Return what is kept of an evaluation; no word of a text is."""
    scores = score(evaluation.judged)
    rounded = {name: round(value, 4) for name, value in figures(scores).items()}
    return Run(rounded, scores.predicted, {report.report: _letters(report) for report in evaluation.judged if report.gold})


def read_runs(path: Path) -> dict[str, Run]:
    """Return the runs kept in `path` by set; none where there is no such file."""
    if not path.exists():
        return {}
    return {name: Run(**kept) for name, kept in json.loads(path.read_text(encoding="utf-8")).items()}


def write_runs(path: Path, runs: Mapping[str, Run]) -> None:
    """Keep the runs."""
    path.write_text(json.dumps({name: asdict(run) for name, run in runs.items()}, indent=1) + "\n", encoding="utf-8")


def changes(name: str, before: Run, after: Run) -> Iterator[str]:
    """Yield what was gained and lost on one set, figures first; nothing where all is as it was."""
    moved = {figure: value - before.figures.get(figure, 0.0) for figure, value in after.figures.items()}
    told = ", ".join(f"{figure} {change:+.3f}" for figure, change in moved.items() if round(change, 3))
    if told or before.units != after.units:
        yield f"{name}: {told or 'figures as before'}; read {after.read - before.read:+d}"
    for level, right in RIGHT.items():
        was, now = set(_right(before, right)), set(_right(after, right))
        for word, units in (("gained", now - was), ("lost", was - now)):
            if units:
                rest = f" and {len(units) - SHOWN} more" if len(units) > SHOWN else ""
                yield f"  {level} {word} {len(units)}: {', '.join(sorted(units)[:SHOWN])}{rest}"


def _right(run: Run, letters: frozenset[str]) -> Iterator[str]:
    return (f"{report}#{number}" for report, marks in run.units.items() for number, mark in enumerate(marks, 1) if mark in letters)


def _letters(report: Judged) -> str:
    reached = {found.gold: next(letter for level, letter in MARKS if level in found.levels) for found in report.pairs}
    return "".join(reached.get(number, ".") for number in range(len(report.gold)))
