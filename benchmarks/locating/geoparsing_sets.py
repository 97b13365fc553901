"""Reads LGL (Lieberman et al. 2010) and GeoVirus (Gritta et al. 2018), and pairs toponyms found with theirs."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from whoholds.locate.geometry import rough_km
from whoholds.model import Span

FOLDER = Path(__file__).parents[3] / "shared/bench/geoparsing"
MIDDLE_EAST = (12.0, 24.5, 41.2, 63.5)
"""South, west, north, east, degrees: Libya's border to Iran, Yemen to Turkey; what of Sudan lies in it is left out."""
_SUDAN = (22.0, 34.0)


@dataclass(frozen=True, slots=True)
class Gold:
    """A toponym of a set, with its point where it has one (degrees), and its GeoNames feature code where it has one."""

    span: Span
    name: str
    point: tuple[float, float] | None
    code: str | None

    @property
    def in_middle_east(self) -> bool:
        """Whether the point lies in the Middle East, by its box."""
        if self.point is None:
            return False
        south, west, north, east = MIDDLE_EAST
        lat, lon = self.point
        below, left = _SUDAN
        return south <= lat <= north and west <= lon <= east and not (lat < below and lon < left)


@dataclass(frozen=True, slots=True)
class Article:
    """A text of a set and its toponyms, in text order."""

    id: str
    text: str
    gold: tuple[Gold, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A toponym that a system found, with the point that it gave it, if any, and what it called the place."""

    span: Span
    point: tuple[float, float] | None
    said: str


def read_lgl(path: Path = FOLDER / "lgl.xml") -> tuple[Article, ...]:
    """Return the articles of LGL."""
    root = ET.parse(path).getroot()  # noqa: S314  a file of the measuring sets, not of a stranger
    return tuple(
        Article(f"lgl-{article.get('docid')}", article.findtext("text", ""), tuple(sorted(map(_lgl, article.iter("toponym")), key=_start)))
        for article in root.iter("article")
    )


def read_geovirus(path: Path = FOLDER / "GeoVirus.xml") -> tuple[Article, ...]:
    """Return the articles of GeoVirus; its offsets count from one."""
    root = ET.parse(path).getroot()  # noqa: S314  a file of the measuring sets, not of a stranger
    return tuple(
        Article(f"geovirus-{n}", article.findtext("text", ""), tuple(sorted(map(_geovirus, article.iter("location")), key=_start)))
        for n, article in enumerate(root.iter("article"))
    )


def paired(gold: Sequence[Gold], found: Sequence[Found]) -> list[tuple[int, int]]:
    """Return pairs (gold, found) that overlap, one to one, the closest extents first."""
    shared = [
        (-_overlap(one.span, other.span), abs(one.span.start - other.span.start), i, j)
        for i, one in enumerate(gold)
        for j, other in enumerate(found)
        if one.span.overlaps(other.span)
    ]
    used: tuple[set[int], set[int]] = (set(), set())
    pairs = []
    for *_, i, j in sorted(shared):
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            pairs.append((i, j))
    return pairs


def error_km(gold: Gold, found: Found) -> float | None:
    """Return how far the point given lies from the right one, or None where either has none."""
    if gold.point is None or found.point is None:
        return None
    return rough_km(*gold.point, *found.point)


def _lgl(toponym: ET.Element) -> Gold:
    lat, lon = toponym.findtext("gaztag/lat"), toponym.findtext("gaztag/lon")
    span = Span(int(toponym.findtext("start", "0")), int(toponym.findtext("end", "0")))
    return Gold(span, toponym.findtext("phrase", ""), (float(lat), float(lon)) if lat and lon else None, toponym.findtext("gaztag/fcode"))


def _geovirus(location: ET.Element) -> Gold:
    span = Span(int(location.findtext("start", "1")) - 1, int(location.findtext("end", "1")) - 1)
    point = float(location.findtext("lat", "0")), float(location.findtext("lon", "0"))
    return Gold(span, location.findtext("name", ""), point, None)


def _start(gold: Gold) -> int:
    return gold.span.start


def _overlap(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)
