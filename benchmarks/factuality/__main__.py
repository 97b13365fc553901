"""Measures stance on UW factuality dev (Lee et al. 2015): python -m benchmarks.factuality.

Annotators rated each event from 3 (happened, certainly) to -3 (did not). Over 1 is taken as asserted, under -1 as denied,
the rest as hedged. Ours: denied where the wording negates the event or its voice denies it; hedged where a hedge, a
hearsay voice, an attempt, a plan or a condition stands over it; else asserted.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from whoholds.extract import nlp, open_extractor
from whoholds.extract.extractor import RuleExtractor
from whoholds.extract.findings import Actuality
from whoholds.extract.syntax import Sentence, Word
from whoholds.locate import open_gazetteer
from whoholds.taxonomy import Stance

DATA = Path(__file__).parents[3] / "shared/bench/factuality_uw/dev.jsonl"
CLASSES = ("asserted", "hedged", "denied")


@dataclass(frozen=True, slots=True)
class Event:
    """An event of a text: the offset of its word, and its class by the annotators."""

    start: int
    gold: str


def events(line: str) -> tuple[str, list[Event]]:
    """Return a text and its events."""
    item = json.loads(line)
    starts = [0, *(at + 1 for at, c in enumerate(item["text"]) if c == " ")]
    return item["text"], [Event(starts[target["span1"][0]], _class(target["label"])) for target in item["targets"]]


def _class(label: float) -> str:
    return "asserted" if label > 1 else "denied" if label < -1 else "hedged"


def read(text: str, found: Sequence[Event], extractor: RuleExtractor) -> Iterator[str]:
    """Yield the class that our rules give to each event; one that no word carries is asserted."""
    piece = nlp.Paragraph(0, text, 0, 0, extractor.names.find(text))
    sentences = next((sentences for _, sentences in nlp.parse([piece], extractor.model)), [])
    speakers = extractor.grammar.attribution.speakers(sentences)
    for event in found:
        at = next(((s, w) for s in sentences for w in s if w.start <= event.start < w.end), None)
        if at is None:
            yield "asserted"
            continue
        voice = extractor.grammar.attribution.read(*at, speakers)
        if voice.stance is Stance.DENIES:
            yield "denied"
        elif voice.void or voice.stance is not None:
            yield "hedged"
        else:
            yield _by_wording(*at, extractor)


def _by_wording(sentence: Sentence, word: Word, extractor: RuleExtractor) -> str:
    reality = extractor.grammar.stance.read(sentence, word)
    if reality.actuality is Actuality.NEGATED:
        return "denied"
    return "asserted" if reality.actuality is Actuality.ACTUAL and reality.hedge is None else "hedged"


def macro_f1(pairs: Counter[tuple[str, str]]) -> tuple[float, dict[str, float]]:
    """Return macro-F1 and the F1 of each class, from counts of (gold, read)."""
    single = {}
    for name in CLASSES:
        right = pairs[name, name]
        gold = sum(n for (g, _), n in pairs.items() if g == name)
        said = sum(n for (_, r), n in pairs.items() if r == name)
        single[name] = 2 * right / (gold + said) if gold + said else 0.0
    return sum(single.values()) / len(CLASSES), single


@click.command()
def main() -> None:
    """Print ours beside the baseline that asserts everything."""
    if not DATA.is_file():
        click.echo("NOT MEASURED: UW factuality is not on this machine", err=True)
        return
    extractor = open_extractor(open_gazetteer().finder(), None)
    pairs: Counter[tuple[str, str]] = Counter()
    for line in DATA.read_text(encoding="utf-8").splitlines():
        text, found = events(line)
        pairs.update(zip((event.gold for event in found), read(text, found, extractor), strict=True))
    always = Counter({(gold, "asserted"): n for gold in CLASSES for n in [sum(c for (g, _), c in pairs.items() if g == gold)]})
    click.echo(f"{pairs.total()} events: " + ", ".join(f"{always[name, 'asserted']} {name}" for name in CLASSES))
    click.echo("| system | macro-F1 | asserted | hedged | denied |\n|---|---:|---:|---:|---:|")
    for system, counts in (("ours", pairs), ("always asserted", always)):
        mean, single = macro_f1(counts)
        click.echo(f"| {system} | {mean:.2f} | " + " | ".join(f"{single[name]:.2f}" for name in CLASSES) + " |")


if __name__ == "__main__":
    main()
