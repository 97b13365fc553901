"""Scores in words: tables for a terminal, JSON, and a row of Markdown for the documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import TypeVar

from whoholds.evaluate.align import Level, Unit
from whoholds.evaluate.metrics import Difference, Scores, Share, Slice, Tally, figures
from whoholds.export.records import Json, written
from whoholds.export.wording import clean

Name = TypeVar("Name", bound=StrEnum)

COLUMNS = (Slice.CONTROL, Level.KIND, Level.FULL, Slice.DENIES, Slice.HEDGES, Slice.NAMED)
"""The figures that the documents show, with the shares of dates and distances after them."""


def terminal_lines(name: str, scores: Scores) -> Iterator[str]:
    """Yield the lines of all tables, for people."""
    yield f"{name}: {scores.reports} reports ({scores.missing} not read), {scores.gold} gold units, {scores.predicted} read"
    yield from _tallies("level", scores.levels)
    yield from _tallies("slice", scores.slices)
    yield from _tallies("kind", scores.kinds)
    yield from _tallies("stance (of pairs of one kind)", scores.stances)
    yield from _tallies("role of the source (of pairs of one kind)", scores.roles)
    yield ""
    yield f"  when      {_fraction(scores.when)} right (of pairs of one kind whose gold has a date)"
    dates = scores.dates
    yield f"            {dates.overlapping} overlap, {dates.other} differ, {dates.missing} not found"
    yield f"            {dates.added} found where the gold has none"
    yield f"  distance  {_fraction(scores.distance)} right"
    yield ""
    yield "  certainty                       read    right stance, of pairs of one kind"
    for certainty, row in scores.certainty.items():
        yield f"  {certainty.value:28} {row.read:7}    {_fraction(row.stance)}"


def document(name: str, scores: Scores) -> str:
    """Return all figures as one JSON document; shares and F1 to four decimals."""
    levels: dict[str, Json] = {level.value: _measures(tally) for level, tally in scores.levels.items()}
    slices: dict[str, Json] = {one.value: {**_measures(tally), "gold": tally.gold} for one, tally in scores.slices.items()}
    dates = scores.dates
    return written(
        {
            "set": name,
            "reports": scores.reports,
            "missing_reports": scores.missing,
            "gold": scores.gold,
            "predicted": scores.predicted,
            **levels,
            **slices,
            "values": {"when": _counted(scores.when), "distance_km": _counted(scores.distance)},
            "by_kind": _counts(scores.kinds),
            "by_stance": _counts(scores.stances),
            "by_source_kind": _counts(scores.roles),
            "dates": {name: getattr(dates, name) for name in ("exact", "overlapping", "other", "missing", "added")},
            "certainty": {one.value: {"read": row.read, **_counted(row.stance)} for one, row in scores.certainty.items()},
        },
        indent=1,
    )


def markdown_head() -> str:
    """Return the head of the table of figures, two lines."""
    names = ["set", "texts", "claims", *(column.value for column in COLUMNS), "dates", "distances"]
    return f"| {' | '.join(names)} |\n|---|{'---:|' * (len(names) - 1)}"


def markdown_row(name: str, scores: Scores) -> str:
    """Return one row of the table of figures: F1, and for dates and distances how many are right; – where the gold has none."""
    found = figures(scores)
    cells = [f"{found[column.value]:.2f}" if column.value in found else "–" for column in COLUMNS]
    shares = [f"{share.hit}/{share.of}" if share.of else "–" for share in (scores.when, scores.distance)]
    return f"| {' | '.join([name, str(scores.reports), str(scores.gold), *cells, *shares])} |"


def difference_lines(found: Iterable[Difference]) -> Iterator[str]:
    """Yield a line for each miss and each false claim, the miss with what was read in its stead."""
    for one in found:
        if one.gold is None:
            yield f"FALSE {clean(one.report)}  {unit_words(one.predicted)}"
        else:
            yield f"MISS  {clean(one.report)}  {unit_words(one.gold)} <- {unit_words(one.predicted)}"


def unit_words(unit: Unit | None) -> str:
    """Return a unit on one line."""
    if unit is None:
        return "nothing"
    place = unit.place or "no place"
    resolved = f" ({unit.place_name})" if unit.place_name and unit.place_name != unit.place else ""
    said = [
        f"{unit.source} {unit.stance.value} {unit.kind.value}",
        unit.actor or "nobody",
        f"{place}{resolved}",
        unit.when or "",
        distance_words(unit),
    ]
    rule = f" [{unit.rule}]" if unit.rule else ""
    return clean(f"{' · '.join(filter(None, said))} “{unit.quote}”{rule}")


def distance_words(unit: Unit) -> str:
    """Return the distance in kilometres, or nothing."""
    match unit.distance:
        case None:
            return ""
        case tuple():
            return "–".join(f"{bound:g}" for bound in unit.distance) + " km"
        case _:
            return f"{unit.distance:g} km"


def _tallies(title: str, table: Mapping[Name, Tally]) -> Iterator[str]:
    yield ""
    yield f"  {title:42} {'P':>6} {'R':>6} {'F1':>6}   gold  read   hit"
    for name, row in table.items():
        yield f"    {name.value:40} {row.precision:6.3f} {row.recall:6.3f} {row.f1:6.3f} {row.gold:6} {row.predicted:5} {row.hit:5}"


def _fraction(share: Share) -> str:
    return f"{share.hit} of {share.of}" + (f" ({share.rate:.0%})" if share.of else "")


def _measures(tally: Tally) -> dict[str, Json]:
    return {"p": round(tally.precision, 4), "r": round(tally.recall, 4), "f1": round(tally.f1, 4)}


def _counted(share: Share) -> dict[str, Json]:
    return {"gold": share.of, "hit": share.hit}


def _counts(table: Mapping[Name, Tally]) -> dict[str, Json]:
    return {name.value: {"gold": row.gold, "predicted": row.predicted, "hit": row.hit} for name, row in table.items()}
