"""Noun phrases: where they begin and end (pure)."""

from __future__ import annotations

from whoholds.extract.syntax import Sentence, Word

LEFT = frozenset({"compound", "amod", "nummod", "poss", "nmod", "quantmod", "advmod", "npadvmod"})
DETERMINERS = frozenset(
    {"the", "a", "an", "its", "their", "his", "her", "our", "this", "that", "these", "those", "some", "any", "all", "several"}
)
REMARKS = frozenset({"called", "styled", "proclaimed", "declared"})
SIDING = frozenset(
    {"backed", "aligned", "led", "linked", "affiliated", "supported", "allied", "trained", "sponsored", "funded", "friendly"}
)
REMARKED = (["so", "-"], ["self", "-"])


def first_word(sentence: Sentence, head: Word) -> Word:
    """Return the leftmost modifier of a noun, the determiner left out."""
    first = head
    for child in sentence.children(head):
        if (
            child.i < head.i
            and child.dep in LEFT
            and child.lower not in DETERMINERS
            and not (is_proper(head) and _remarks(sentence, child))
        ):
            leftmost = first_word(sentence, child)
            if _contiguous(sentence, leftmost, head):
                first = min(first, leftmost, key=lambda w: w.i)
    return first


def _remarks(sentence: Sentence, word: Word) -> bool:
    """Tell "so-called", "self-styled", "Turkish-backed" before a name: what is said of the party, no part of its name."""
    before = sentence.words[max(0, word.i - 2) : word.i]
    if word.lower in SIDING and before and before[-1].text == "-":
        return True
    return word.lower in REMARKS and [w.lower for w in before] in REMARKED


def _contiguous(sentence: Sentence, left: Word, head: Word) -> bool:
    """Refuse a modifier across a comma or a bracket: a mis-parse."""
    return not any(sentence.words[i].lower in {",", "(", ")", ";", ":", '"', "the", "a", "an"} for i in range(left.i, head.i))


def determiner(sentence: Sentence, head: Word) -> Word | None:
    """Return the determiner or possessive pronoun of a noun."""
    return next((c for c in sentence.children(head) if c.dep in {"det", "poss"} and c.lower in DETERMINERS and c.i < head.i), None)


def is_proper(word: Word) -> bool:
    """Tell whether a word is a proper noun by its tag or by a capital within the sentence."""
    return word.tag in {"NNP", "NNPS"} or (word.i > 0 and word.text[:1].isupper() and word.pos in {"NOUN", "PROPN", "ADJ", "X"})


def proper_run(sentence: Sentence, head: Word) -> tuple[Word, Word]:
    """Return the ends of the run of proper nouns around `head` that belong to it."""
    first = last = head
    while first.i > 0 and _joins(sentence, sentence.words[first.i - 1], head):
        first = sentence.words[first.i - 1]
    while last.i + 1 < len(sentence) and _joins(sentence, sentence.words[last.i + 1], head):
        last = sentence.words[last.i + 1]
    return first, last


def _joins(sentence: Sentence, word: Word, head: Word) -> bool:
    if not is_proper(word) or not word.text[:1].isalnum():
        return False
    return word.head == head.i or head.head == word.i or sentence.head(word).head == head.i
