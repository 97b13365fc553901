"""Measures the whole chain beside the raw pipe of the medium English model: python -m benchmarks.speed [--json].

The chain is what `whoholds read` runs: ingest, extract, locate, claims. The raw pipe is the model with all its components,
which gives a parse and entity labels and no claim. Both run in one process and one thread, over the same texts in batches
of the same size, one after the other and in turns; each repetition is a process of its own, so that no text and no name has
been seen before it is timed, after a warm-up on other texts. Times are CPU seconds. Peak memory is that of a process that runs
one of the two alone. See docs/reference/measuring.md.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import click
import spacy
from benchmarks.false_claims.local_news import irrelevant_texts

from whoholds.config import load_settings
from whoholds.ingest.language import language_of
from whoholds.installation import find_model
from whoholds.model import Failure
from whoholds.pipeline import read_reports
from whoholds.ports import Hints

ROOT = Path(__file__).parents[2]
RELEVANT = ROOT / "examples/reports.jsonl"
WARM_UP = ROOT / "tests/data/reports.in.jsonl"
FOREIGN = "Les troupes ont quitté la ville."
"""Its language is asked of a trained identifier, which is loaded once and only by a text with few English words, as a model is loaded."""

ONE_IN = 10
"""Of so many reports of the mixed stream one is on war."""

TARGETS = {"relevant": 0.8, "mixed": 4.0}
"""The chain's speed over the raw pipe's, at least."""

MEMORY_TARGET = 1.2
"""The chain's peak memory over the raw pipe's, at most."""

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1")
SYSTEMS = ("raw", "chain")


@dataclass(frozen=True, slots=True)
class Run:
    """One process: CPU seconds of each system that it ran, claims that the chain made, and its peak memory (MB)."""

    seconds: dict[str, float]
    claims: int
    megabytes: float


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream of reports: its words, and the runs over it."""

    name: str
    reports: int
    words: int
    runs: tuple[Run, ...]

    def ratios(self) -> list[float]:
        """Return the chain's speed over the raw pipe's, a figure a run, lowest first."""
        return sorted(run.seconds["raw"] / run.seconds["chain"] for run in self.runs)

    def speed(self, system: str) -> float:
        """Return the median speed of a system in words a CPU second."""
        return self.words / statistics.median(run.seconds[system] for run in self.runs)


@click.command()
@click.option("--repetitions", default=5, show_default=True, help="How many processes measure each stream.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON document.")
@click.option("--only", hidden=True, help="What a process of the measurement runs: systems, in order, with commas between.")
@click.option("--texts", hidden=True, type=click.Path(path_type=Path), help="What it runs them on.")
def main(repetitions: int, *, as_json: bool, only: str | None, texts: Path | None) -> None:
    """Measure the chain beside the raw pipe; exit with 1 where a target is missed."""
    if only is not None and texts is not None:
        click.echo(json.dumps(asdict(_run(only.split(","), texts))))
        return
    with tempfile.TemporaryDirectory() as folder:
        streams = [_measured(name, reports, Path(folder), repetitions) for name, reports in _streams().items()]
        alone = {system: _child([system], Path(folder) / "relevant.jsonl").megabytes for system in SYSTEMS}
    if as_json:
        click.echo(json.dumps({"streams": [asdict(stream) for stream in streams], "megabytes": alone}, indent=1))
    else:
        _tell(streams, alone)
    met = [statistics.median(stream.ratios()) >= TARGETS[stream.name] for stream in streams]
    sys.exit(0 if all(met) and alone["chain"] <= MEMORY_TARGET * alone["raw"] else 1)


def _streams() -> dict[str, list[dict[str, str]]]:
    """Return the reports of each stream; the mixed one only where there are texts that have nothing to do with war."""
    relevant = [json.loads(line) for line in RELEVANT.read_text(encoding="utf-8").splitlines()]
    others = [{"text": text, "published": "2009-04-01"} for text in irrelevant_texts(most_words=150)]
    streams = {"relevant": relevant}
    if others:
        groups = range(min(len(relevant), len(others) // (ONE_IN - 1)))
        streams["mixed"] = [report for i in groups for report in (relevant[i], *others[i * (ONE_IN - 1) : (i + 1) * (ONE_IN - 1)])]
    else:
        click.echo("mixed stream: NOT MEASURED, the texts of LGL are not on this machine", err=True)
    return streams


def _measured(name: str, reports: Sequence[dict[str, str]], folder: Path, repetitions: int) -> Stream:
    texts = folder / f"{name}.jsonl"
    texts.write_text("".join(json.dumps(report) + "\n" for report in reports), encoding="utf-8")
    runs = tuple(_child(SYSTEMS if turn % 2 else SYSTEMS[::-1], texts) for turn in range(repetitions))
    return Stream(name, len(reports), sum(len(report["text"].split()) for report in reports), runs)


def _child(systems: Sequence[str], texts: Path) -> Run:
    """Measure in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.speed", "--only", ",".join(systems), "--texts", str(texts)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ | ONE_THREAD, cwd=ROOT)  # noqa: S603
    return Run(**json.loads(done.stdout))


def _run(systems: Sequence[str], texts: Path) -> Run:
    """Run the systems over the texts, one after the other, each after its warm-up."""
    batch, claims, seconds = load_settings().batch_size, 0, {}

    def chain(path: Path) -> None:
        nonlocal claims
        readings = list(read_reports([str(path)], Hints(), load_settings()))
        claims = sum(len(reading.extracted.claims) for reading in readings if not isinstance(reading, Failure))

    def raw(path: Path) -> None:
        _drain(nlp.pipe((json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()), batch_size=batch))

    if "raw" in systems:
        nlp = spacy.load(find_model(None).path)
    known: dict[str, Callable[[Path], None]] = {"raw": raw, "chain": chain}
    for system in systems:
        known[system](WARM_UP)
    if len(systems) > 1:
        language_of(FOREIGN)
    for system in systems:
        start = time.process_time()
        known[system](texts)
        seconds[system] = time.process_time() - start
    return Run(seconds, claims, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _drain(items: Iterable[object]) -> None:
    for _ in items:
        pass


def _tell(streams: Sequence[Stream], alone: dict[str, float]) -> None:
    for stream in streams:
        ratios, chain = stream.ratios(), stream.speed("chain")
        click.echo(f"{stream.name}: {stream.reports} reports, {stream.words} words, {stream.runs[0].claims} claims, {len(ratios)} runs")
        click.echo(
            f"  raw pipe {stream.speed('raw'):,.0f} words/s, chain {chain:,.0f} words/s ({1e6 / chain:,.0f} CPU s per million words)"
        )
        spread = f"{ratios[0]:.2f} to {ratios[-1]:.2f}"
        click.echo(f"  chain over raw {statistics.median(ratios):.2f} ({spread}; target {TARGETS[stream.name]:.1f})")
    over = alone["chain"] / alone["raw"]
    click.echo(f"peak memory: raw pipe {alone['raw']:.0f} MB, chain {alone['chain']:.0f} MB, {over:.2f} times (target {MEMORY_TARGET:.1f})")


if __name__ == "__main__":
    main()
