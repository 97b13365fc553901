"""A cheap look at the words of a report before the parse: is it on armed conflict, at all (pure)?

On the annotated reports of a dozen wars, those of more than fifty words with something to read have one word of war in
eighty at least; local news of peaceful countries has one in hundreds, if any.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from whoholds.registry.lexicon import ActorWords

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
PICTURED = re.compile(r"\b[Aa]rm(?:y|ies) of (?!the\b|it)[a-z]")
"""Armies of fans, of volunteers, of ants."""

SNIPPET = 50
"""Words up to which a text may speak of war without a word of war: "M23 took Goma"."""

WORDS_PER_SIGN = 150
"""A longer text has a word of war in so many, or `MANY` of them (a digest of news has one item on a war)."""

MANY = 3
CLAUSE = 25
"""Words up to which words that peace uses as pictures ("captured", "retreat") are enough where no other does."""


@dataclass(frozen=True, slots=True)
class Signs:
    """How many words a text has, how many of them speak of war, surely or at all, and how many of sport, business, games or weather."""

    words: int
    war: int
    sure: int
    other: int

    @property
    def quiet(self) -> bool:
        """Whether a text is not on war whatever it names: it is long, and has hardly a word of war."""
        return self.words > SNIPPET and self.war < MANY and self.war * WORDS_PER_SIGN < self.words


def signs_of(text: str, words: ActorWords) -> Signs:
    """Count the signs in a text."""
    stems = tuple(words.conflict_stem)
    counts = Counter(WORD.findall(text))
    war = sure = other = 0
    for word, n in counts.items():
        lower = word.lower()
        if word in words.conflict or lower in words.conflict or lower.startswith(stems):
            war += n
        if word in words.conflict_sure or lower in words.conflict_sure:
            sure += n
        if lower in words.elsewhere:
            other += n
    return Signs(counts.total(), war, max(0, sure - len(PICTURED.findall(text))), other)


def is_relevant(signs: Signs, places: int = 0, parties: int = 0) -> bool:
    """Tell whether a text may speak of war: it has its words, places or parties, and less of sport, business, games or weather.

    Beside those, and in more than a clause, words that they use as pictures ("captured the title") count only where
    something surely speaks of war.
    `places` and `parties` are how many of each it names.
    """
    if signs.quiet:
        return False
    if not signs.sure + parties and (signs.other or signs.words > CLAUSE):
        return False
    if not signs.other:
        return signs.war + parties + places > 0
    return parties + places > 0 and 2 * (signs.war + parties) >= 3 * signs.other
