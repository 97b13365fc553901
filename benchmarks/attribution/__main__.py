"""Measures attribution on PolNeAR dev: python -m benchmarks.attribution.

Of the attributions annotated there, those whose cue is a news verb of saying or "according to". A system's attribution
and an annotated one are a pair where their cues overlap. Of a pair, precision is the share of the words read that are in
the annotated span, recall the share of the annotated words that were read; what has no partner counts nothing. F1 is of their means.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
import spacy
from benchmarks.attribution.spans import SAYING, Said, baseline, ours

from whoholds.extract import open_extractor
from whoholds.ingest.reports import Draft, Limits, compose
from whoholds.installation import find_model
from whoholds.locate import open_gazetteer
from whoholds.model import Span
from whoholds.ports import Hints

FOLDER = Path(__file__).parents[3] / "shared/bench/polnear_dev"


def annotated(path: Path, cues: frozenset[str]) -> list[Said]:
    """Return the attributions of an annotation file whose cue has one of the words."""
    spans: dict[str, tuple[Span, str]] = {}
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        name, _, rest = line.partition("\t")
        if name.startswith("T"):
            label, _, words = rest.partition("\t")
            numbers = sorted(int(number) for number in label.replace(";", " ").split()[1:])
            spans[name] = Span(numbers[0], numbers[-1]), words
        elif name.startswith("E"):
            parts = {part.split(":")[0].rstrip("0123456789"): part.split(":")[1] for part in rest.split()}
            if parts.get("Cue") in spans and set(spans[parts["Cue"]][1].lower().split()) & cues:
                found.append(
                    Said(spans[parts["Cue"]][0], *(spans[parts[p]][0] if parts.get(p) in spans else None for p in ("Source", "Content")))
                )
    return found


def overlap(one: Span | None, other: Span | None, text: str) -> float:
    """Return the share of the words of `one` that stand in `other`."""
    if one is None or other is None:
        return 0.0
    shared = text[max(one.start, other.start) : max(one.start, other.start, min(one.end, other.end))]
    return min(1.0, len(shared.split()) / max(1, len(one.of(text).split())))


class Tally:
    """Sums of shares over all texts for one system."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.read = self.gold = 0
        self.sums = {"source": [0.0, 0.0], "content": [0.0, 0.0]}

    def add(self, text: str, gold: Sequence[Said], read: Sequence[Said]) -> None:
        """Count one text."""
        self.gold += len(gold)
        self.read += len(read)
        left = list(read)
        for one in gold:
            partner = next((said for said in left if said.cue.overlaps(one.cue)), None)
            if partner is None:
                continue
            left.remove(partner)
            for name, (mine, theirs) in {"source": (partner.source, one.source), "content": (partner.content, one.content)}.items():
                self.sums[name][0] += overlap(mine, theirs, text)
                self.sums[name][1] += overlap(theirs, mine, text)

    def row(self) -> str:
        """Return precision, recall and F1 of both spans, as cells of a Markdown table."""
        cells = [str(self.read)]
        for precision, recall in self.sums.values():
            p, r = precision / max(1, self.read), recall / max(1, self.gold)
            cells += [f"{p:.2f}", f"{r:.2f}", f"{2 * p * r / (p + r) if p + r else 0:.2f}"]
        return " | ".join(cells)


@click.command()
def main() -> None:
    """Print both systems as a table."""
    if not FOLDER.is_dir():
        click.echo("NOT MEASURED: the texts of PolNeAR are not on this machine", err=True)
        return
    model = spacy.load(find_model(None).path, exclude=["ner"])
    cues = frozenset(form for form in _forms(model)) | {"according"}
    extractor = open_extractor(open_gazetteer().finder(), None)
    tallies = {"ours": Tally(), "rule over spaCy": Tally()}
    texts = sorted((FOLDER / "text").glob("*.txt"))
    for path in texts:
        text = path.read_text(encoding="utf-8")
        files = sorted((FOLDER / "attributions").glob(f"{path.stem}_*.ann"))
        if not files:
            continue
        gold = annotated(files[0], cues)
        report = compose(Draft(text, ""), Hints(), Limits(len(text) + 1))
        tallies["ours"].add(text, gold, ours(text, report, extractor))
        tallies["rule over spaCy"].add(text, gold, next(baseline([model(text)])))
    click.echo(f"{len(texts)} texts, {tallies['ours'].gold} attributions by a news verb")
    click.echo("| system | read | source P | R | F1 | content P | R | F1 |\n|---|---:|---:|---:|---:|---:|---:|---:|")
    for name, tally in tallies.items():
        click.echo(f"| {name} | {tally.row()} |")


def _forms(model: spacy.language.Language) -> set[str]:
    """Return the forms of the news verbs that the texts have."""
    words = {
        word for path in (FOLDER / "text").glob("*.txt") for word in path.read_text(encoding="utf-8").lower().split() if word.isalpha()
    }
    lemmatise = model.get_pipe("lemmatizer")
    return {form for form in words if set(lemmatise.lookups.get_table("lemma_exc")["verb"].get(form, [])) & SAYING} | {
        form
        for verb in SAYING
        for form in (verb, f"{verb}s", f"{verb}ed", f"{verb}d", f"{verb}ing", f"{verb[:-1]}ing", f"{verb[:-1]}ies", f"{verb[:-1]}ied")
    }


if __name__ == "__main__":
    main()
