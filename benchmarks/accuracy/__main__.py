"""Measures all sets: python -m benchmarks.accuracy [--raise] [SET...].

Standard output is the table of figures in Markdown, as the README shows it. Standard error tells gains and losses against the last run,
which benchmarks/last_run.json keeps, and what lies below its floor; the exit code is 1 where something does.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click
from benchmarks.accuracy.runs import changes, read_runs, run_of, write_runs

from whoholds.config import load_settings
from whoholds.evaluate.floors import Floors, below, corpus_hash, floors_text, raised, read_floors
from whoholds.evaluate.gold import aliases_beside, gold_set, read_aliases
from whoholds.evaluate.report import markdown_head, markdown_row
from whoholds.evaluate.run import Evaluation, evaluate

FOLDER = Path(__file__).parents[1]
FLOORS, LAST_RUN = FOLDER / "floors.toml", FOLDER / "last_run.json"


@click.command()
@click.argument("names", metavar="[SET]...", nargs=-1)
@click.option("--raise", "lift", is_flag=True, help="Raise the floors to what is reached now; none is ever lowered by this.")
def main(names: tuple[str, ...], *, lift: bool) -> None:
    """Measure the sets of benchmarks/floors.toml, or those named."""
    floors, runs = read_floors(FLOORS), read_runs(LAST_RUN)
    unmet: list[str] = []
    click.echo(markdown_head())
    for entry in _present(floors.values(), names):
        evaluation = _evaluated(entry)
        click.echo(markdown_row(entry.name, evaluation.scores))
        unmet += below(entry, evaluation.scores)
        run = run_of(evaluation)
        for line in changes(entry.name, runs.get(entry.name, run), run):
            click.echo(line, err=True)
        runs[entry.name] = run
        corpus = corpus_hash(gold_set(entry.gold))
        if corpus != entry.corpus:
            click.echo(f"{entry.name}: NOT the texts that the floors were measured on", err=True)
        if lift:
            floors[entry.name] = raised(entry, evaluation.scores, corpus, datetime.now(tz=UTC).date())
    write_runs(LAST_RUN, runs)
    if lift:
        _write_floors(floors.values())
    for line in unmet:
        click.echo(f"BELOW ITS FLOOR: {line}", err=True)
    sys.exit(1 if unmet else 0)


def _present(entries: Iterable[Floors], names: Sequence[str]) -> Iterator[Floors]:
    for entry in entries:
        if names and entry.name not in names:
            continue
        if entry.gold.is_file():
            yield entry
        else:
            click.echo(f"{entry.name}: NOT MEASURED, {entry.gold.name} is not on this machine", err=True)


def _evaluated(entry: Floors) -> Evaluation:
    evaluation = evaluate(gold_set(entry.gold), read_aliases(aliases_beside(entry.gold)), load_settings())
    for failure in evaluation.failures:
        click.echo(f"{failure.report}: {failure.error}", err=True)
    return evaluation


def _write_floors(entries: Iterable[Floors]) -> None:
    """Replace the entries; the comment at the head of the file stays."""
    head = FLOORS.read_text(encoding="utf-8").partition("\n[")[0].rstrip("\n")
    FLOORS.write_text(head + "\n" + "".join(floors_text(entries, FOLDER)), encoding="utf-8")


main()
