"""Sentences with a parse written by hand, so that rules are tested without a parser."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from whoholds.extract.syntax import NameOf, Sentence, Word
from whoholds.registry.lexicon import Lexicon, load_lexicon

Parse = Callable[..., Sentence]
"""Makes a sentence of a notation; see `sentence`."""

POS = {"NNP": "PROPN", "NNPS": "PROPN", "NN": "NOUN", "NNS": "NOUN", "IN": "ADP", "DT": "DET", "RB": "ADV", "CC": "CCONJ", "JJ": "ADJ"}


def sentence(notation: str, at: int = 0) -> Sentence:
    """Return the sentence of a notation; its words are parted by one space and begin at offset `at` of a report.

    Words are parted by " / ", each is `form~lemma:name TAG dep>head`: the form with "_" for a space inside a name, its
    lemma if it is not the form in lower case, what it is the name of, its tag, its label and the first word of the form
    that it hangs on, or that word's number. The root has none.

        Rebels~rebel NNS nsubj>took / took~take VBD ROOT / Khan_Alsheh:place NNP dobj>took
    """
    rows = [part.split() for part in notation.split(" / ")]
    forms = [form.split("~")[0].split(":")[0].replace("_", " ") for form, _, _ in rows]
    words: list[Word] = []
    quotation, quotations, quoted = 0, 0, []
    for i, (form, tag, relation) in enumerate(rows):
        dep, _, head = relation.partition(">")
        rest, _, name = form.partition(":")
        lemma = rest.partition("~")[2] or (forms[i] if name else forms[i].lower())
        onto = i if not head else int(head) if head.isdigit() else forms.index(head.replace("_", " "))
        pos = POS.get(tag, "VERB" if tag.startswith("VB") else "X")
        words.append(Word(i, at, at + len(forms[i]), forms[i], lemma, pos, tag, dep, onto, NameOf(name)))
        at += len(forms[i]) + 1
        if forms[i] == '"':
            quotation = 0 if quotation else (quotations := quotations + 1)
        quoted.append(quotation if forms[i] != '"' else 0)
    return Sentence.of(0, 0, words, quoted)


@pytest.fixture(scope="session")
def parse() -> Parse:
    return sentence


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon("en")
