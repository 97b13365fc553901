"""Places for a terminal and as JSON: the candidates for a name, and what the gazetteer holds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from whoholds.model import Candidate

Point = tuple[float, float, float]
"""Latitude, longitude, and what it may be off (km)."""


def candidate_lines(phrase: str, candidates: Sequence[Candidate], point: Point | None, *, sure: bool) -> Iterator[str]:
    """Yield lines for people: each candidate with its id, position and score, then its reasons."""
    if not candidates:
        yield f"{phrase}: not in the gazetteer"
        return
    if not sure:
        yield f"{phrase}: cannot be placed by these words alone; the nearest are"
    for candidate in candidates:
        place = candidate.place
        where = ", ".join(reversed(place.admin)) or place.feature.value
        yield f"{candidate.score:.2f}  {place.name} ({where})"
        people = f"  {place.population:,} people" if place.population else ""
        yield f"      {place.id}  {place.lat:.4f}, {place.lon:.4f}  {place.feature.value}{people}"
        yield f"      {'; '.join(candidate.reasons) or 'no reason beyond its name'}"
    if point:
        yield f"The point that the words give from the first: {point[0]:.3f}, {point[1]:.3f} ± {point[2]:.0f} km"


def candidate_document(phrase: str, candidates: Sequence[Candidate], point: Point | None, *, sure: bool) -> str:
    """Return the candidates as one JSON object."""
    found = [
        {
            "id": candidate.place.id,
            "name": candidate.place.name,
            "lat": candidate.place.lat,
            "lon": candidate.place.lon,
            "feature": candidate.place.feature.value,
            "admin": list(candidate.place.admin),
            "population": candidate.place.population,
            "score": candidate.score,
            "reasons": list(candidate.reasons),
            "origin": candidate.place.origin,
            "licence": candidate.place.licence,
        }
        for candidate in candidates
    ]
    given = {"lat": point[0], "lon": point[1], "within_km": point[2]} if point else None
    return json.dumps({"query": phrase, "sure": sure, "point": given, "candidates": found}, ensure_ascii=False, indent=2)


def labelled_lines(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield "label  value" lines, the values in one column."""
    kept = list(pairs)
    width = max((len(label) for label, _ in kept), default=0)
    yield from (f"{label:{width}}  {value}" for label, value in kept)
