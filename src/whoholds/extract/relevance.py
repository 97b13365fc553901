"""A cheap look at the words of a report before the parse: is it on armed conflict, at all (pure)?"""

from __future__ import annotations

import re
from collections import Counter

from whoholds.registry.lexicon import ActorWords

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def is_relevant(text: str, words: ActorWords, places: int = 0, parties: int = 0) -> bool:
    """Tell whether a text may speak of war: it has its words, places or parties, and less of sport, business, games or weather.

    `places` and `parties` are how many of each it names.
    """
    stems = tuple(words.conflict_stem)
    counts = Counter(match[0] for match in WORD.finditer(text))
    war = sum(n for word, n in counts.items() if word in words.conflict or word.lower() in words.conflict or word.lower().startswith(stems))
    other = sum(n for word, n in counts.items() if word.lower() in words.elsewhere)
    if not other:
        return war + parties + places > 0
    return parties + places > 0 and 2 * (war + parties) >= 3 * other
