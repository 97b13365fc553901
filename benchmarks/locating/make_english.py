"""Makes src/whoholds/locate/english.tsv.gz: words and names of people that are also names of places.

    pip install english-words==2.0.2 names==0.3.0
    python -m benchmarks.locating.make_english [OUT]

The words are those of Webster's second edition (1934, "web2" of the BSDs) that it writes in lower case; the names are the
first names, and the family names from `LEAST_SHARE` on, of the census of the United States of 1990. Both are in the public domain
and come with two small packages, which nothing else needs. Kept are what has the strict key of some place, and all
first names, as these tell that a family name follows. The same packages and the same gazetteer give the same bytes.

A line is a word and its uses: `e` English, `f` first name, `l` family name.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import click

from whoholds.locate import open_gazetteer
from whoholds.locate.names import plain, strict_key
from whoholds.locate.place_index import PlaceIndex

OUT = Path(__file__).parents[2] / "src/whoholds/locate/english.tsv.gz"
PACKAGES = {"english-words": "2.0.2", "names": "0.3.0"}
LEAST_SHARE = 0.002
"""Per cent of the people counted that bear a family name; what is rarer would doubt more villages than people."""
SHORTEST_KEY = 2
_FILES = {"f": ("dist.female.first", "dist.male.first"), "l": ("dist.all.last",)}


def english() -> Iterator[str]:
    """Yield the words that the dictionary writes in lower case."""
    listed = import_module("english_words").get_english_words_set(["web2"])
    yield from (word for word in listed if word.isascii() and word.isalpha() and word.islower())


def people(use: str) -> Iterator[str]:
    """Yield first names (`f`) or family names (`l`), in lower case."""
    folder = Path(str(import_module("names").__file__)).parent
    for name in _FILES[use]:
        for line in (folder / name).read_text(encoding="ascii").splitlines():
            written, share = line.split()[:2]
            if use == "f" or float(share) >= LEAST_SHARE:
                yield written.lower()


def made(index: PlaceIndex) -> bytes:
    """Return the file for the places of `index`."""
    uses: defaultdict[str, str] = defaultdict(str)
    for use, listed in (("e", english()), ("f", people("f")), ("l", people("l"))):
        for word in set(map(plain, listed)):
            if use == "f" or _names_a_place(index, word):
                uses[word] += use
    lines = "".join(f"{word}\t{used}\n" for word, used in sorted(uses.items()))
    return gzip.compress(lines.encode("ascii"), mtime=0)


def missing_packages() -> list[str]:
    """Return what has to be installed first, as requirements."""
    found = {name: _version(name) for name in PACKAGES}
    return [f"{name}=={wanted}" for name, wanted in PACKAGES.items() if found[name] != wanted]


def _version(package: str) -> str | None:
    try:
        return version(package)
    except ImportError:
        return None


def _names_a_place(index: PlaceIndex, word: str) -> bool:
    key = strict_key(word)
    return len(key) >= SHORTEST_KEY and index.has_key(key)


@click.command()
@click.argument("out", default=OUT, type=click.Path(path_type=Path))
def main(out: Path) -> None:
    """Write the file."""
    missing = missing_packages()
    if missing:
        message = f"make_english needs two packages: pip install {' '.join(missing)}"
        raise click.ClickException(message)
    out.write_bytes(made(open_gazetteer().index))
    click.echo(f"{out}: {out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
