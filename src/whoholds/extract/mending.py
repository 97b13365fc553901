"""Mends what the parser is known to break, where grammar leaves no doubt (pure): words in, words out.

A day is no part of the noun after it ("announced on Wednesday total control of X"), nor is a name before an article ("told Reuters the
town was taken"), nor what somebody is told a part of who is told ("told the paper that it fell"). Data that "credit the army"
with villages name no credit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from whoholds.extract.grafting import regraft
from whoholds.extract.names import CALENDAR
from whoholds.extract.syntax import Word

MODIFIERS = frozenset({"compound", "nmod", "amod", "poss", "npadvmod", "det", "nummod"})
ARTICLES = frozenset({"the", "a", "an", "its", "their", "his"})
PARTS_OF_DAY = frozenset(
    {"night", "morning", "evening", "afternoon", "noon", "dawn", "midnight", "dusk", "midday", "day", "week", "weekend"}
)
TELLING = frozenset({"tell", "assure", "remind", "warn"})
DETERMINERS = frozenset({"det", "poss"})


def mended(words: Sequence[Word]) -> list[Word]:
    """Return the words with the dependencies set right."""
    fixed = list(words)
    for word in words:
        regraft(fixed, word)
        if word.lower == "credit" and word.tag == "NN" and word.i:
            _credit(fixed, word)
        told = fixed[fixed[word.head].head]
        if word.dep == "relcl" and fixed[word.head].dep == "dobj" and told.lemma in TELLING and _has_mark(fixed, word):
            fixed[word.i] = replace(word, dep="ccomp", head=told.i)
        noun = fixed[fixed[word.i].head]
        if fixed[word.i].dep in MODIFIERS and noun.i > word.i and noun.tag.startswith("NN") and _apart(fixed, word, noun):
            _part(fixed, word, noun)
    return fixed


def _credit(words: list[Word], word: Word) -> None:
    """Make "credit" the verb it is in "the data credit the army with six villages", with subject and object."""
    before, after = words[word.i - 1], next((w for w in words if w.head == word.i and w.dep == "appos" and w.i > word.i), None)
    if after is None or before.dep != "compound" or not any(w.lower == "with" and w.head == word.i for w in words):
        return
    words[word.i] = replace(word, tag="VBP", pos="VERB", lemma="credit")
    words[before.i] = replace(before, dep="nsubj")
    words[after.i] = replace(after, dep="dobj")


def _has_mark(words: Sequence[Word], clause: Word) -> bool:
    """Tell whether a clause begins with a "that" that is no part of it: "told the paper that guerrillas had taken X"."""
    return any(w.head == clause.i and w.dep == "mark" and w.lower == "that" for w in words)


def _apart(words: Sequence[Word], word: Word, noun: Word) -> bool:
    """Tell whether a word before a noun cannot be part of it: a day of the week, or a name with an article behind it."""
    if word.lower in CALENDAR and noun.lemma not in PARTS_OF_DAY and words[word.i + 1].text not in {"'s", "’s"}:
        return word.i > 0 and words[word.i - 1].lower == "on"
    after = words[word.i + 1]
    return word.tag.startswith("NNP") and after.lower in ARTICLES and after.head == noun.i and after.dep in DETERMINERS


def _part(words: list[Word], word: Word, noun: Word) -> None:
    """Give the word the noun's preposition, or the verb before it as its object, and the noun its own place."""
    before = words[word.i - 1] if word.i else None
    if before is not None and before.tag == "IN" and noun.dep == "pobj" and noun.head == before.i:
        words[word.i] = replace(words[word.i], dep="pobj", head=before.i)
        verb = words[before.head]
        free = verb.tag.startswith("VB") and not any(w.head == verb.i and w.dep == "dobj" for w in words)
        words[noun.i] = replace(words[noun.i], dep="dobj" if free else "dep", head=verb.i)
    elif before is not None and before.tag.startswith("VB"):
        words[word.i] = replace(words[word.i], dep="dobj", head=before.i)
