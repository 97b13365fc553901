"""News that has nothing to do with war: the articles of LGL whose places all lie where no war was reported."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.locating.geoparsing_sets import FOLDER, read_lgl

PEACEFUL = ((24.0, -170.0, 72.0, -52.0), (49.8, -11.0, 61.0, 2.0))
"""South, west, north, east, degrees: North America north of Mexico, and the British Isles (the articles are of 2009)."""


def irrelevant_texts(most_words: int | None = None) -> Iterator[str]:
    """Yield the texts, of at most so many words; none where the set is not on this machine.

    LGL is local news. An article is taken where its annotators gave every place a point and all points lie in `PEACEFUL`.
    """
    if not (FOLDER / "lgl.xml").is_file():
        return
    for article in read_lgl():
        short = most_words is None or len(article.text.split()) <= most_words
        if short and article.gold and all(_is_peaceful(gold.point) for gold in article.gold):
            yield article.text


def _is_peaceful(point: tuple[float, float] | None) -> bool:
    return point is not None and any(s <= point[0] <= n and w <= point[1] <= e for s, w, n, e in PEACEFUL)
