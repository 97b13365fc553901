"""Counts what agrees: figures over the judged reports of a set. Pure.

The figures are those of the annotation guideline's scorer: F1 at each level over all units, and over the slices that decide whether the
product can be used, because most units are asserted by the publisher about something other than control.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from whoholds.errors import InputError
from whoholds.evaluate.align import CHANGES, OWN_VOICE, SIEGES, STATES, Level, Pair, Unit
from whoholds.taxonomy import Certainty, Kind, Role, Stance

CONTROL_KINDS = CHANGES | STATES | SIEGES
"""The kinds that decide who holds a place."""

Value = TypeVar("Value", Kind, Stance, Role)


class Slice(StrEnum):
    """Units that a figure is taken over, when it is not all of them."""

    CONTROL = "control"
    """Kinds that decide who holds a place, at level kind."""
    DENIES = "denies"
    """Denials, at level stance."""
    HEDGES = "hedges"
    """Hedged claims, at level stance."""
    NAMED = "named"
    """Units with a source other than the publisher, at level source."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A report with what was annotated, what was read (`None` where the reading failed), and their pairs."""

    report: str
    outlet: str | None
    text: str
    gold: tuple[Unit, ...]
    read: tuple[Unit, ...] | None
    pairs: tuple[Pair, ...]

    @property
    def predicted(self) -> tuple[Unit, ...]:
        """What was read; nothing where the reading failed."""
        return self.read or ()


@dataclass(frozen=True, slots=True)
class Difference:
    """A gold unit that was not read right, with what was read in its stead, or a unit read that has no gold one."""

    report: str
    gold: Unit | None
    predicted: Unit | None
    levels: frozenset[Level] = frozenset()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many units were annotated, how many read, and how many of these agree."""

    gold: int
    predicted: int
    hit: int

    @property
    def precision(self) -> float:
        """The share of what was read that is right."""
        return self.hit / max(self.predicted, 1)

    @property
    def recall(self) -> float:
        """The share of what was annotated that was read right."""
        return self.hit / max(self.gold, 1)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 where nothing is right."""
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.hit else 0.0


@dataclass(frozen=True, slots=True)
class Share:
    """So many right, out of so many."""

    hit: int
    of: int

    @property
    def rate(self) -> float:
        """The share, 0 to 1; 0 of nothing."""
        return self.hit / max(self.of, 1)


@dataclass(frozen=True, slots=True)
class DateTable:
    """What became of the dates of kind pairs; `exact` to `missing` are of pairs whose gold is dated, `added` of the others."""

    exact: int
    overlapping: int
    other: int
    missing: int
    added: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """Of the units read with one certainty: how many, and of their kind pairs the share with the right stance."""

    read: int
    stance: Share


@dataclass(frozen=True, slots=True)
class Scores:
    """All figures of a set. The tables by kind, stance and role hold only what occurs; roles are counted over kind pairs."""

    reports: int
    missing: int
    gold: int
    predicted: int
    levels: Mapping[Level, Tally]
    slices: Mapping[Slice, Tally]
    when: Share
    distance: Share
    kinds: Mapping[Kind, Tally]
    stances: Mapping[Stance, Tally]
    roles: Mapping[Role, Tally]
    dates: DateTable
    certainty: Mapping[Certainty, Calibration]


_SLICES: Mapping[Slice, tuple[Level, Callable[[Unit], bool]]] = {
    Slice.CONTROL: (Level.KIND, lambda unit: unit.kind in CONTROL_KINDS),
    Slice.DENIES: (Level.STANCE, lambda unit: unit.stance is Stance.DENIES),
    Slice.HEDGES: (Level.STANCE, lambda unit: unit.stance is Stance.HEDGES),
    Slice.NAMED: (Level.SOURCE, lambda unit: unit.source != OWN_VOICE),
}

Matched = tuple[Unit, Unit, frozenset[Level]]
"""A gold unit, the one read, and their levels."""


def score(judged: Sequence[Judged]) -> Scores:
    """Return the figures over all units of `judged`."""
    gold = [unit for report in judged for unit in report.gold]
    read = [unit for report in judged for unit in report.predicted]
    matched = [(report.gold[found.gold], report.predicted[found.predicted], found.levels) for report in judged for found in report.pairs]
    same_kind = [(one, other) for one, other, levels in matched if Level.KIND in levels]
    dated = [(one, other) for one, other in same_kind if one.when is not None]
    measured = [(one, other) for one, other in same_kind if one.distance is not None]
    return Scores(
        reports=len(judged),
        missing=sum(report.read is None for report in judged),
        gold=len(gold),
        predicted=len(read),
        levels={level: Tally(len(gold), len(read), sum(level in levels for *_, levels in matched)) for level in Level},
        slices={name: _slice(gold, read, matched, name) for name in Slice},
        when=Share(sum(one.when == other.when for one, other in dated), len(dated)),
        distance=Share(sum(one.distance == other.distance for one, other in measured), len(measured)),
        kinds=_table(Kind, _kind, gold, read, same_kind),
        stances=_table(Stance, _stance, gold, read, same_kind),
        roles=_table(Role, _role, gold, read, same_kind),
        dates=_dates(same_kind),
        certainty=_calibration(read, same_kind),
    )


def differences(judged: Iterable[Judged]) -> Iterator[Difference]:
    """Yield, report by report, the gold units that are not fully right, then what was read and is nobody's."""
    for report in judged:
        partners = {found.gold: found for found in report.pairs}
        for number, unit in enumerate(report.gold):
            found = partners.get(number)
            if found is None:
                yield Difference(report.report, unit, None)
            elif Level.FULL not in found.levels:
                yield Difference(report.report, unit, report.predicted[found.predicted], found.levels)
        paired = {found.predicted for found in report.pairs}
        yield from (Difference(report.report, None, unit) for number, unit in enumerate(report.predicted) if number not in paired)


def figures(scores: Scores) -> dict[str, float]:
    """Return the headline figures by name: F1 of every level and slice, and the share of right dates and distances.

    A slice or share that the gold has no unit for is left out.
    """
    shares = {"when": scores.when, "distance": scores.distance}
    return (
        {level.value: tally.f1 for level, tally in scores.levels.items() if tally.gold}
        | {name.value: tally.f1 for name, tally in scores.slices.items() if tally.gold}
        | {name: share.rate for name, share in shares.items() if share.of}
    )


def days(when: str) -> tuple[date, date]:
    """Return the first and last day of an ISO day, or of two with a slash between.

    Raises:
        InputError: when these are no days.
    """
    first, _, last = when.partition("/")
    try:
        return date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        message = f"when {when!r}: must be an ISO day, or two with a slash between"
        raise InputError(message) from None


def _slice(gold: Iterable[Unit], read: Iterable[Unit], matched: Iterable[Matched], name: Slice) -> Tally:
    level, inside = _SLICES[name]
    hit = sum(level in levels and inside(one) and inside(other) for one, other, levels in matched)
    return Tally(sum(map(inside, gold)), sum(map(inside, read)), hit)


def _table(
    values: Iterable[Value],
    of: Callable[[Unit], Value | None],
    gold: Iterable[Unit],
    read: Iterable[Unit],
    pairs: Iterable[tuple[Unit, Unit]],
) -> dict[Value, Tally]:
    """Count by one field; a hit is a pair of one kind that agrees on the field."""
    annotated, found = Counter(map(of, gold)), Counter(map(of, read))
    hits = Counter(of(one) for one, other in pairs if of(one) is of(other))
    return {value: Tally(annotated[value], found[value], hits[value]) for value in values if annotated[value] or found[value]}


def _kind(unit: Unit) -> Kind:
    return unit.kind


def _stance(unit: Unit) -> Stance:
    return unit.stance


def _role(unit: Unit) -> Role | None:
    return unit.role


def _dates(pairs: Sequence[tuple[Unit, Unit]]) -> DateTable:
    dated = [(one.when, other.when) for one, other in pairs if one.when is not None]
    known = [(gold, read) for gold, read in dated if read is not None]
    exact = sum(gold == read for gold, read in known)
    overlapping = sum(_meet(days(gold), days(read)) for gold, read in known if gold != read)
    added = sum(one.when is None and other.when is not None for one, other in pairs)
    return DateTable(exact, overlapping, len(known) - exact - overlapping, len(dated) - len(known), added)


def _meet(one: tuple[date, date], other: tuple[date, date]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _calibration(read: Iterable[Unit], pairs: Sequence[tuple[Unit, Unit]]) -> dict[Certainty, Calibration]:
    counted = Counter(unit.certainty for unit in read)
    paired = Counter(other.certainty for _, other in pairs)
    right = Counter(other.certainty for one, other in pairs if one.stance is other.stance)
    return {value: Calibration(counted[value], Share(right[value], paired[value])) for value in Certainty if counted[value]}
