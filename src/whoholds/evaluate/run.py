"""Reads the texts of an annotated set with the shipped stages and judges what was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from whoholds import pipeline
from whoholds.config import Settings
from whoholds.evaluate.align import Comparison, Unit, pair
from whoholds.evaluate.gold import Annotated, GoldSet, predicted_units, read_gold
from whoholds.evaluate.metrics import Judged, Scores, score
from whoholds.export.evaluation import evaluation_lines
from whoholds.export.rows import report_name, rows
from whoholds.model import Failure, Reading
from whoholds.ports import Hints


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A set, judged report by report, with what could not be read; its reports count as read without a claim."""

    name: str
    judged: tuple[Judged, ...]
    failures: tuple[Failure, ...] = ()

    @property
    def scores(self) -> Scores:
        """The figures over the set."""
        return score(self.judged)


@dataclass(frozen=True, slots=True)
class ReadUnits:
    """What the stages read in one report: its canonical text, and its units."""

    report: str
    text: str
    units: tuple[Unit, ...]


def evaluate(chosen: GoldSet, compare: Comparison, settings: Settings) -> Evaluation:
    """Read the texts of a set and return what agrees with its annotations; the rules alone are measured.

    Raises:
        InputError: when annotations or texts cannot be read at all.
        SetupError: when the language model or the place data is missing.
    """
    gold = read_gold(chosen.gold)
    outcomes = list(pipeline.read_reports([str(chosen.texts)], Hints(), replace(settings, second_opinion=None)))
    read = {found.report: found for outcome in outcomes if isinstance(outcome, Reading) for found in [read_units(outcome)]}
    return Evaluation(chosen.name, judge(gold, read, compare), tuple(outcome for outcome in outcomes if isinstance(outcome, Failure)))


def judge(gold: Mapping[str, Annotated], read: Mapping[str, ReadUnits], compare: Comparison) -> tuple[Judged, ...]:
    """Pair what was read with what was annotated, for every annotated report; others are left out."""
    return tuple(_judged(annotated, read.get(report), compare) for report, annotated in gold.items())


def joined(evaluations: Iterable[Evaluation]) -> Evaluation:
    """Return several sets as one."""
    found = list(evaluations)
    reports = tuple(report for evaluation in found for report in evaluation.judged)
    return Evaluation("+".join(evaluation.name for evaluation in found), reports, tuple(_failures(found)))


def read_units(reading: Reading) -> ReadUnits:
    """Return the units of a reading: those of the exchange form, with the certainty, rule and role that it does not carry."""
    line = next(iter(evaluation_lines([reading])))
    _, units = predicted_units(line, report_name(reading.report))
    known = zip(units, rows(reading), strict=True)
    complete = tuple(replace(unit, certainty=row.statement.certainty, rule=row.statement.rule, role=row.role) for unit, row in known)
    return ReadUnits(report_name(reading.report), reading.report.text, complete)


def _judged(annotated: Annotated, found: ReadUnits | None, compare: Comparison) -> Judged:
    units = found.units if found else ()
    pairs = pair(annotated.units, units, annotated.outlet, compare)
    text = found.text if found else ""
    return Judged(annotated.report, annotated.outlet, text, annotated.units, units if found else None, pairs)


def _failures(evaluations: Iterable[Evaluation]) -> Iterator[Failure]:
    for evaluation in evaluations:
        yield from evaluation.failures
