"""Tallies behind a colon: "six strikes: four on A, one on B"; "shelled 23 times: in A - 6 times; in B - twice" (pure)."""

from __future__ import annotations

from dataclasses import replace

from whoholds.extract.findings import Finding, PlacePhrase
from whoholds.extract.syntax import NameOf, Sentence, Word
from whoholds.extract.toponyms import PlaceReader
from whoholds.taxonomy import Kind

COUNTED = frozenset({Kind.STRIKE, Kind.CLASH})
TIMES = frozenset({"once", "twice", "one", "two", "three"})
PREPOSITIONS = frozenset({"in", "on", "near", "at", "around", "against"})
REACH = 3
"""Words between a preposition and the name under it: "in the highland A"."""


def with_tally(sentence: Sentence, finding: Finding, places: PlaceReader) -> Finding:
    """Return the finding with the places that are counted behind its colon, where two or more are."""
    if finding.kind not in COUNTED:
        return finding
    colon = next((w.i for w in sentence.words[finding.predicate.i :] if w.text == ":"), None)
    if colon is None:
        return finding
    behind = sentence.words[colon + 1 :]
    counts = sum(w.tag == "CD" or w.lower in TIMES for w in behind)
    listed = [phrase for word in behind if _counted(sentence, word, colon) for phrase in _read(sentence, word, places)]
    return replace(finding, places=tuple(listed)) if len(listed) > 1 and counts > 1 else finding


def _counted(sentence: Sentence, word: Word, colon: int) -> bool:
    """Tell whether a name stands under a preposition behind the colon."""
    before = sentence.words[max(colon + 1, word.i - REACH) : word.i]
    return word.name.locates and word.name is not NameOf.COUNTRY and any(w.lower in PREPOSITIONS for w in before)


def _read(sentence: Sentence, word: Word, places: PlaceReader) -> list[PlacePhrase]:
    """Return the place of one name, with the noun behind it: "A province"."""
    head = sentence.head(word)
    beside = head.i == word.i + 1 and head.lemma in places.lexicon.places.any
    return places.read(sentence, head if beside else word)[:1]
