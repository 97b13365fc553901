"""Measures dates on WikiWars dev (Mazur and Dale 2010): python -m benchmarks.dates [--errors].

Of the expressions annotated as dates with a day, month or year as value: the share whose days we read right, from the running
text, beside dateparser, which is given the very words of the expression. Both take the day on which the article was
fetched as the day of publication. "With a year" are the expressions whose own words name the year.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import click
import dateparser.date

from whoholds.extract.dates import dates
from whoholds.model import DateRange, Span

FOLDER = Path(__file__).parents[3] / "shared/bench/wikiwars_dev"
TIMEX = re.compile(r"<TIMEX3([^>]*)>(.*?)</TIMEX3>", re.DOTALL)
VALUE = re.compile(r'\bvalue="(\d{4})(?:-(\d\d))?(?:-(\d\d))?"')
YEAR = re.compile(r"\b[12]\d{3}\b")


@dataclass(frozen=True, slots=True)
class Dated:
    """An annotated expression of a text, and the days it means."""

    span: Span
    words: str
    days: DateRange


def articles() -> Iterator[tuple[str, date, list[Dated]]]:
    """Yield the plain text of each article, the day it was fetched, and its dates."""
    for path in sorted(FOLDER.glob("*.tml")):
        raw = path.read_text(encoding="utf-8")
        fetched = VALUE.search(raw)
        body = raw[raw.index("<TEXT>") + 6 : raw.index("</TEXT>")]
        if fetched is not None:
            yield *_plain(body), date(*(int(part) for part in fetched.groups()))  # type: ignore[misc,arg-type]


def _plain(body: str) -> tuple[str, list[Dated]]:
    text, at, found = "", 0, []
    for match in TIMEX.finditer(body):
        text += body[at : match.start()]
        words = re.sub(r"<[^>]+>", "", match[2])
        value = VALUE.search(match[1])
        if 'type="DATE"' in match[1] and value is not None and "<" not in match[2]:
            mod = re.search(r'\bmod="(\w+)"', match[1])
            found.append(Dated(Span(len(text), len(text) + len(words)), words, _days(value, mod[1] if mod else "")))
        text += words
        at = match.end()
    return text + body[at:], found


def _days(value: re.Match[str], mod: str) -> DateRange:
    year, month, day = int(value[1]), int(value[2] or 0), int(value[3] or 0)
    if not month:
        return DateRange(date(year, 1, 1), date(year, 12, 31))
    if day:
        return DateRange(date(year, month, day), date(year, month, day))
    last = calendar.monthrange(year, month)[1]
    first, last = {"START": (1, 10), "MID": (11, 20), "END": (21, last)}.get(mod, (1, last))
    return DateRange(date(year, month, first), date(year, month, last))


def by_dateparser(words: str, published: date) -> DateRange | None:
    """Return what dateparser makes of the words: a day, a month or a year."""
    base = datetime(published.year, published.month, published.day)  # noqa: DTZ001  days without a zone
    settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}
    found = dateparser.date.DateDataParser(languages=["en"], settings=settings).get_date_data(words)
    if found.date_obj is None:
        return None
    day = found.date_obj.date()
    if found.period == "year":
        return DateRange(date(day.year, 1, 1), date(day.year, 12, 31))
    if found.period == "month":
        return DateRange(day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1]))
    return DateRange(day, day)


@click.command()
@click.option("--errors", is_flag=True, help="Print what we read otherwise than the annotators.")
def main(*, errors: bool) -> None:
    """Print both systems as a table."""
    if not FOLDER.is_dir():
        click.echo("NOT MEASURED: WikiWars is not on this machine", err=True)
        return
    counts = {cut: [0, 0, 0] for cut in ("all", "with a year", "without")}
    for text, found, fetched in articles():
        stated = list(dates(text, 0, fetched))
        for gold in found:
            mine = next((one.days for one in stated if one.span.overlaps(gold.span)), None)
            if errors and mine != gold.days:
                click.echo(f"{gold.words!r}: {gold.days} read as {mine}")
            for cut in ("all", "with a year" if YEAR.search(gold.words) else "without"):
                counts[cut][0] += 1
                counts[cut][1] += mine == gold.days
                counts[cut][2] += by_dateparser(gold.words, fetched) == gold.days
    click.echo("| expressions | number | ours | dateparser |\n|---|---:|---:|---:|")
    for cut, (number, ours, theirs) in counts.items():
        click.echo(f"| {cut} | {number} | {ours / number:.2f} | {theirs / number:.2f} |")


if __name__ == "__main__":
    main()
