"""One self-contained HTML page of what went wrong: each report with the words of its misses and false claims marked.

Texts and names are untrusted: everything is escaped, the page has no script, and its policy lets it load nothing at all.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from whoholds.evaluate.align import Level, Unit
from whoholds.evaluate.metrics import Difference, Judged, Scores, differences, figures
from whoholds.evaluate.report import distance_words
from whoholds.export import CAVEAT

STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
article { border-top: 1px solid #8888; margin-top: 2rem; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; }
mark { color: inherit; background: #f5b70055; }
mark.false { background: #d6336c44; }
mark.missed.false { background: #8f5bd655; }
table { border-collapse: collapse; width: 100%; font-size: .8125rem; }
th, td { border: 1px solid #8886; padding: .25rem .5rem; text-align: start; vertical-align: top; overflow-wrap: break-word; }
th { white-space: nowrap; }
td.off { font-weight: 700; text-decoration: underline dotted; }
footer { margin-top: 3rem; font-size: .875rem; }
""".strip()

FIELDS = ("kind", "stance", "source", "actor", "place", "when", "km")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A stretch of the text, and why it is marked."""

    start: int
    end: int
    reason: str


def page(name: str, judged: Sequence[Judged], scores: Scores) -> Iterator[str]:
    """Yield the page in pieces; only reports with something wrong are shown, in their order."""
    policy = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    title = f"What was read wrong: {escape(name)}"
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{policy}'; base-uri 'none'; "
        "form-action 'none'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    )
    yield from _summary(scores)
    for report in judged:
        if found := list(differences([report])):
            yield from _article(report, found)
    yield f"</main>\n<footer>{escape(CAVEAT[0].upper() + CAVEAT[1:])}.</footer>\n</body>\n</html>\n"


def _summary(scores: Scores) -> Iterator[str]:
    found = figures(scores)
    yield f"<p>{scores.reports} reports, {scores.missing} not read; {scores.gold} gold units, {scores.predicted} read.</p>\n"
    yield f"<table><tr>{''.join(f'<th>{name}</th>' for name in found)}</tr>\n"
    yield f"<tr>{''.join(f'<td>{value:.3f}</td>' for value in found.values())}</tr></table>\n"
    yield (
        '<p><mark class="missed">annotated, not read right</mark> <mark class="false">read, not annotated</mark>; '
        "what is underlined in a row of the tables differs from the annotation above it.</p>\n"
    )


def _article(report: Judged, found: Sequence[Difference]) -> Iterator[str]:
    outlet = f" · {escape(report.outlet)}" if report.outlet else ""
    yield f"<article>\n<h2>{escape(report.report)}{outlet}</h2>\n"
    yield f'<p class="text" dir="auto">{"".join(_marked(report.text, list(_marks(report.text, found))))}</p>\n'
    yield f"<table>\n<tr><th></th>{''.join(f'<th>{field}</th>' for field in FIELDS)}<th>words</th><th>rule</th></tr>\n"
    for one in found:
        yield from _rows(one)
    yield "</table>\n</article>\n"


def _rows(one: Difference) -> Iterator[str]:
    if one.gold is not None:
        yield _row("missed" if one.predicted is None else "annotated", one.gold, [])
    if one.predicted is not None:
        yield _row(
            "false" if one.gold is None else "read", one.predicted, [] if one.gold is None else _off(one.gold, one.predicted, one.levels)
        )


def _row(label: str, unit: Unit, off: Sequence[str]) -> str:
    cells = zip(FIELDS, _cells(unit), strict=True)
    drawn = "".join(f'<td class="off">{escape(cell)}</td>' if field in off else f"<td>{escape(cell)}</td>" for field, cell in cells)
    return f"<tr><th>{label}</th>{drawn}<td>{escape(unit.quote)}</td><td>{escape(unit.rule or '')}</td></tr>\n"


def _cells(unit: Unit) -> tuple[str, ...]:
    place = unit.place or ""
    resolved = f" → {unit.place_name}" if unit.place_name and unit.place_name != unit.place else ""
    return (unit.kind.value, unit.stance.value, unit.source, unit.actor or "", place + resolved, unit.when or "", distance_words(unit))


def _off(gold: Unit, predicted: Unit, levels: frozenset[Level]) -> list[str]:
    """Return the fields that keep the pair from being fully right, and the values that differ."""
    return [
        field
        for field, wrong in (
            ("kind", gold.kind is not predicted.kind),
            ("stance", gold.stance is not predicted.stance),
            ("source", Level.KIND in levels and Level.SOURCE not in levels),
            ("actor", levels >= {Level.STANCE, Level.SOURCE} and Level.FULL not in levels),
            ("when", gold.when is not None and gold.when != predicted.when),
            ("km", gold.distance is not None and gold.distance != predicted.distance),
        )
        if wrong
    ]


def _marks(text: str, found: Iterable[Difference]) -> Iterator[_Mark]:
    for one in found:
        unit, reason = (one.gold, "missed") if one.gold is not None else (one.predicted, "false")
        at = text.find(unit.quote) if unit is not None and unit.quote else -1
        if unit is not None and at >= 0:
            yield _Mark(at, at + len(unit.quote), reason)


def _marked(text: str, marks: Sequence[_Mark]) -> Iterator[str]:
    """Yield the text, cut where a mark begins or ends, so that marks may overlap."""
    cuts = sorted({0, len(text), *(mark.start for mark in marks), *(mark.end for mark in marks)})
    for start, end in pairwise(cuts):
        reasons = sorted({mark.reason for mark in marks if mark.start <= start and end <= mark.end}, reverse=True)
        words = escape(text[start:end])
        yield f'<mark class="{" ".join(sorted(reasons, reverse=True))}">{words}</mark>' if reasons else words
