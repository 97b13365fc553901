"""The language of a report, told so that short English news full of foreign names stays English."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ENGLISH = "en"
UNKNOWN = "und"
"""ISO 639-2's code for a language that cannot be told."""

# Words that carry grammar in English and are rare in the languages of its neighbours (so not: in, on, an, as, was, so).
ENGLISH_WORDS = frozenset(
    (
        *("the", "of", "and", "to", "that", "for", "with", "from", "by", "into", "about", "over", "under", "at", "after"),
        *("is", "are", "were", "have", "has", "had", "been", "would", "will", "not", "but", "before", "between", "against"),
        *("it", "its", "this", "these", "which", "who", "said", "says", "they", "their", "them", "other"),
        *("while", "when", "where", "during"),
    )
)
ENGLISH_SHARE = 0.18
"""On news paragraphs, English lies between 0.2 and 0.4; French, German and Dutch lie under 0.1."""

ENGLISH_SHARE_WITH_THE = 0.1
"""News full of names lies lower; its article is a word of no other language that is likely here."""

SURE = 0.5
RULED_OUT = 0.01
_SAMPLE = 20_000
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str:
    """Return the ISO 639 code of the language of `text`, `und` where it has no words.

    English function words decide first. Where they are rare, a trained identifier is asked, and only a sure answer
    turns a text in Latin letters away from English: a headline that is mostly names says little about language.
    """
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample.lower())
    if not words:
        return UNKNOWN
    least = ENGLISH_SHARE_WITH_THE if "the" in words else ENGLISH_SHARE
    if sum(word in ENGLISH_WORDS for word in words) >= least * len(words):
        return ENGLISH
    ranked = _identifier().rank(sample)
    best, confidence = ranked[0]
    english = dict(ranked).get(ENGLISH, 0.0)
    if _is_latin(words) and (confidence < SURE or english >= RULED_OUT):
        return ENGLISH
    return str(best)


def _is_latin(words: list[str]) -> bool:
    latin = sum(unicodedata.name(word[0], "").startswith("LATIN") for word in words)
    return latin * 2 > len(words)


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    # Late: it brings numpy, which neither --help nor most reports need.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
