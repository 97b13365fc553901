"""A cheap look at the words of a report before the parse: is it on armed conflict, at all (pure)?"""

from __future__ import annotations

import re
from collections import Counter

from whoholds.registry.lexicon import ActorWords

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def is_relevant(text: str, words: ActorWords, parties: int = 0) -> bool:
    """Tell whether a text speaks of war more than of sport, business, weather or film.

    `parties` is how many parties of a war it names.
    """
    stems = tuple(words.conflict_stem)
    counts = Counter(match[0] for match in WORD.finditer(text))
    war = sum(n for word, n in counts.items() if word in words.conflict or word.lower() in words.conflict or word.lower().startswith(stems))
    other = sum(n for word, n in counts.items() if word.lower() in words.elsewhere)
    return (war > 0 or parties > 0) and war + parties >= other
