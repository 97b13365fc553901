"""Puts words that the parser hangs on the wrong word where grammar has them (pure): each repair changes a list of words in place.

A direction is no head of what lies there ("the airbase south of X"), a list goes on behind an aside ("left X city, a ruin, and the
hills"), and what is said to have happened has a subject of its own ("sources say X and Y, on the coast, went to the rebels").
"""

from __future__ import annotations

from dataclasses import replace

from whoholds.extract.syntax import Word

SIDES = frozenset(f"{a}{b}" for a in ("north", "south", "") for b in ("", "east", "west")) - {""}
AIMING = frozenset({"strike", "hit", "target", "bomb", "shell", "attack", "pound"})
AIMED_AT = frozenset(
    {"position", "target", "defence", "defense", "hideout", "site", "point", "area", "town", "village", "headquarters", "base"}
)
SAYING = frozenset({"say", "claim", "report", "announce", "state", "confirm", "add", "declare", "insist", "believe", "maintain"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})


def regraft(words: list[Word], word: Word) -> None:
    """Set one word right where it is known to hang wrongly."""
    word = words[word.i]
    head = words[word.head]
    if head.lower in SIDES and head.i > word.i and word.dep in {"amod", "compound"}:
        _bear_direction(words, word, head)
    elif word.dep == "amod" and head.i > word.i:
        _aim(words, word, head)
    elif word.dep == "conj" and head.tag.startswith("VB") and word.tag.startswith("NN") and word.i > head.i:
        _join_list(words, word, head)
    elif word.dep in {"conj", "ccomp"} and head.lemma in SAYING and word.tag.startswith("VB") and word.i > head.i:
        _give_subject(words, word, head)


def _bear_direction(words: list[Word], word: Word, direction: Word) -> None:
    """Read "an offensive south of X", "the airbase south-west of X": the direction hangs on the noun, not the noun on it."""
    behind = words[direction.i + 1] if direction.i + 1 < len(words) else None
    gap = words[word.i + 1 : direction.i]
    noun = word.tag.startswith("NN") or word.lower in {"offensive", "counteroffensive"}
    if behind is None or behind.lower != "of" or not noun or word.lower in SIDES or any(w.lower not in SIDES | {"-"} for w in gap):
        return
    onto = direction.head if direction.head != direction.i else word.i
    words[word.i] = replace(word, tag=word.tag if word.tag.startswith("NN") else "NN", pos="NOUN", dep=direction.dep, head=onto)
    words[direction.i] = replace(direction, dep="advmod", head=word.i)
    for other in words[: word.i]:
        if other.head == direction.i:
            words[other.i] = replace(other, head=word.i)


def _aim(words: list[Word], word: Word, head: Word) -> None:
    """Read "by striking positions at X", "…, striking targets in X" as the verbs they are."""
    if word.tag != "VBG" or word.lemma not in AIMING or head.lemma not in AIMED_AT or not word.i:
        return
    before = words[word.i - 1]
    if before.lower in {"by", "after", "while"} and head.head == before.i:
        words[word.i] = replace(word, dep="pcomp", head=before.i, pos="VERB")
    elif before.text == "," and words[head.head].tag.startswith("VB"):
        words[word.i] = replace(word, dep="advcl", head=head.head, pos="VERB")
    else:
        return
    words[head.i] = replace(head, dep="dobj", head=word.i)


def _join_list(words: list[Word], word: Word, verb: Word) -> None:
    """Read "left X city and the surrounding countryside", "hold X prison, a grim place, and the prison in Y" as one list."""
    objects = [w for w in words[verb.i : word.i] if w.head == verb.i and w.dep == "dobj"]
    joined = any(w.lower == "and" for w in words[verb.i : word.i])
    clausal = any(w.head == word.i and (w.dep in SUBJECTS or w.dep in {"aux", "cop"}) for w in words)
    if len(objects) == 1 and joined and not clausal:
        words[word.i] = replace(word, head=objects[0].i)


def _give_subject(words: list[Word], word: Word, verb: Word) -> None:
    """Read "say X and Y, on the coast, went to the rebels", "claimed X had been retaken": what is said of X has X as its subject."""
    objects = [w for w in words[verb.i : word.i] if w.head == verb.i and w.dep == "dobj"]
    own = [w for w in words if w.head == word.i]
    tensed = word.tag in {"VBD", "VBZ", "VBP"} or any(w.dep in {"aux", "auxpass"} and w.lower != "to" for w in own)
    linked = any(w.lower in {"and", "but", "or", "while", "that"} for w in words[word.i - 2 : word.i])
    if len(objects) != 1 or not tensed or linked or any(w.dep in SUBJECTS for w in own):
        return
    passive = any(w.dep == "auxpass" for w in own)
    words[objects[0].i] = replace(objects[0], dep="nsubjpass" if passive else "nsubj", head=word.i)
    words[word.i] = replace(word, dep="ccomp")
