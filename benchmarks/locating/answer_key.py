"""Measures the resolver against the answer key: python -m benchmarks.locating.answer_key [--errors].

The key (tests/data/places/retold_key.tsv) says, for every place mention of the retold reports, which records of the
gazetteer are right. The mentions come from the annotation, so the resolver is measured alone, without the extractor.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whoholds.locate import open_gazetteer
from whoholds.model import Claim, Mention, Report, Resolution, Span
from whoholds.taxonomy import Relation

if TYPE_CHECKING:
    from whoholds.locate.gazetteer import Gazetteer

ROOT = Path(__file__).parents[2]
KEY = ROOT / "tests/data/places/retold_key.tsv"
TEXTS = ROOT.parent / "shared/eval/gold/retold_dev.in.jsonl"
GOLD = ROOT.parent / "shared/eval/gold/retold_dev.gold.jsonl"
UNPLACED = "-"
"""Stands in the key for "not placed"."""

_RELATIONS = (
    (re.compile(r"\b(outskirts|edges?|gates)\b", re.IGNORECASE), Relation.OUTSKIRTS),
    (re.compile(r"\b(near|nearby|close by|surroundings)\b", re.IGNORECASE), Relation.NEAR),
)
_NAME = re.compile(r"(?:[A-Z]|al[- ][A-Z])[\w'’-]*(?:[ -](?:[A-Z]|al[- ][A-Z])[\w'’-]*)*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the key: a mention and what is right for it. `precision` is ACLED's class, None where nothing is placed."""

    report: str
    as_written: str
    resolved: str
    ids: frozenset[str]
    precision: int | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the resolver said to a line."""

    line: Line
    found: Resolution
    right: bool

    @property
    def false_pin(self) -> bool:
        """Whether a place was given, and the wrong one."""
        return not self.right and self.found.place is not None

    @property
    def precise(self) -> bool:
        """Whether the class of precision is the key's too."""
        said = self.found.geo_precision
        return self.right and (said is None or said == self.line.precision)


def read_key(path: Path = KEY) -> tuple[Line, ...]:
    """Return the lines of the key."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return tuple(
        Line(
            row["report"],
            row["as_written"],
            row["resolved"],
            frozenset(row["ids"].split("|")),
            None if row["precision"] == UNPLACED else int(row["precision"]),
        )
        for row in rows
    )


def answers(gazetteer: Gazetteer, lines: Sequence[Line]) -> Iterator[Answer]:
    """Yield what the resolver says to each line; all mentions of a report are resolved together, as the program does."""
    reports = {row["id"]: row for row in _jsonl(TEXTS)}
    quotes = _quotes()
    grouped: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        grouped[line.report].append(line)
    for report_id, of_report in grouped.items():
        report = _report(reports[report_id])
        claims = [_claim(report, line, quotes[report_id, line.as_written, line.resolved], str(n)) for n, line in enumerate(of_report)]
        found = gazetteer.resolver().resolve(report, claims)
        for claim, line in zip(claims, of_report, strict=True):
            yield Answer(line, found[claim.id], is_right(gazetteer, line, found[claim.id]))


def is_right(gazetteer: Gazetteer, line: Line, found: Resolution) -> bool:
    """Tell whether a resolution is one of those that the key allows, under any of the ids of a place."""
    if found.place is None:
        return UNPLACED in line.ids
    return found.place.id in line.ids | {gazetteer.index.canonical_id(place_id) for place_id in line.ids}


def _jsonl(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _quotes() -> dict[tuple[str, str, str], str]:
    """Return for each mention the first quote that carries it."""
    found: dict[tuple[str, str, str], str] = {}
    for row in map(json.loads, GOLD.read_text(encoding="utf-8").splitlines()):
        for claim in row["claims"]:
            for written, resolved in zip(claim["places"], claim.get("places_resolved") or claim["places"], strict=True):
                found.setdefault((row["id"], written, resolved), claim["quote"])
    return found


def _report(row: dict[str, str]) -> Report:
    return Report(
        id=row["id"],
        origin_id=None,
        publisher=row.get("outlet"),
        title=None,
        text=row["text"],
        url=None,
        published=None,
        published_at=None,
        language="en",
        conflict=None,
        raw_sha256="",
        canonicaliser="gold",
    )


def _claim(report: Report, line: Line, quote: str, number: str) -> Claim:
    span = _span(report.text, line.as_written, quote)
    mention = Mention(report.id, span.start, span.end, line.as_written, line.resolved, _referent_span(report.text, line.resolved, span))
    words = f"{line.as_written} {line.resolved}"
    relation = next((relation for pattern, relation in _RELATIONS if pattern.search(words)), Relation.IN)
    return Claim(number, number, "", mention, relation)


def _span(text: str, words: str, quote: str) -> Span:
    """Return where `words` stand: inside the quote where they do, else at their first place in the text."""
    base = max(text.find(quote), 0)
    inside = quote.find(words)
    start = base + inside if inside >= 0 else text.lower().find(words.lower())
    return Span(max(start, 0), max(start, 0) + len(words))


def _referent_span(text: str, resolved: str, own: Span) -> Span | None:
    """Return where the text writes the name that the words stand for, or the longest name in it."""
    if own.of(text) == resolved:
        return own
    for name in (resolved, *sorted(_NAME.findall(resolved), key=len, reverse=True)):
        start = text.find(name)
        if start >= 0:
            return Span(start, start + len(name))
    return None


@click.command()
@click.option("--errors", is_flag=True, help="List what was wrong.")
@click.option("--data", type=click.Path(path_type=Path), help="Folder of other shards than the shipped ones.")
def main(*, errors: bool, data: Path | None) -> None:
    """Print the shares of mentions that are right."""
    if not TEXTS.is_file():
        message = f"{TEXTS} is not there: the texts of the key are measured where the evaluation sets lie"
        raise click.ClickException(message)
    gazetteer = open_gazetteer(data)
    told = list(answers(gazetteer, read_key()))
    placed = [answer for answer in told if UNPLACED not in answer.line.ids]
    nowhere = [answer for answer in told if answer.line.ids == {UNPLACED}]
    click.echo(f"gazetteer {gazetteer.version}: {len(told)} mentions of {len({answer.line.report for answer in told})} reports")
    click.echo(f"right               {share(told):.3f} ({sum(answer.right for answer in told)})")
    click.echo(f"  of the placeable  {share(placed):.3f} ({sum(answer.right for answer in placed)} of {len(placed)})")
    click.echo(f"  of the unlisted   {share(nowhere):.3f} ({sum(answer.right for answer in nowhere)} of {len(nowhere)})")
    click.echo(f"false pins          {sum(answer.false_pin for answer in told) / len(told):.3f}")
    click.echo(f"right and precise   {sum(answer.precise for answer in told) / len(told):.3f}")
    if errors:
        for answer in told:
            if not answer.right:
                click.echo(told_wrong(answer), file=sys.stderr)


def share(told: Sequence[Answer]) -> float:
    """Return the share of answers that are right."""
    return sum(answer.right for answer in told) / max(len(told), 1)


def told_wrong(answer: Answer) -> str:
    """Return a wrong answer in words."""
    line, place = answer.line, answer.found.place
    said = f"{place.id} {place.name}, {', '.join(reversed(place.admin))} ({answer.found.score})" if place else answer.found.method
    return f"{line.report} {line.as_written!r} ({line.resolved}): {said}; right is {' or '.join(sorted(line.ids))}"


if __name__ == "__main__":
    main()
