"""Where noun phrases begin and end, on parses written by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from whoholds.extract.phrases import determiner, first_word, is_proper, proper_run
from whoholds.extract.syntax import Sentence, Word

Parse = Callable[..., Sentence]


def word(sentence: Sentence, text: str) -> Word:
    return next(w for w in sentence if w.text == text)


@pytest.mark.parametrize(
    ("notation", "head", "first"),
    [
        ("The DT det>army / army NN ROOT", "army", "army"),
        ("The DT det>forces / armed JJ amod>forces / opposition NN compound>forces / forces NNS ROOT", "forces", "armed"),
        ("its PRP$ poss>forces / forces NNS ROOT", "forces", "forces"),
        ("Three CD nummod>towns / towns NNS ROOT", "towns", "Three"),
        ("Well RB advmod>armed / armed JJ amod>rebels / rebels NNS ROOT", "rebels", "Well"),
        # What the parser hangs on a noun across a comma is no part of it.
        ("Tired JJ amod>rebels / , , punct>rebels / rebels NNS ROOT", "rebels", "rebels"),
        # What stands after the noun is not before it.
        ("forces NNS ROOT / loyal JJ amod>forces", "forces", "forces"),
    ],
)
def test_the_leftmost_modifier(parse: Parse, notation: str, head: str, first: str) -> None:
    sentence = parse(notation)
    assert first_word(sentence, word(sentence, head)).text == first


@pytest.mark.parametrize(
    ("notation", "found"),
    [
        ("The DT det>city / city NN ROOT", "The"),
        ("their PRP$ poss>forces / forces NNS ROOT", "their"),
        ("Homs:place NNP poss>gate / gate NN ROOT", None),
        ("city NN ROOT", None),
    ],
)
def test_the_determiner(parse: Parse, notation: str, found: str | None) -> None:
    sentence = parse(notation)
    article = determiner(sentence, sentence.words[-1])
    assert (article.text if article else None) == found


@pytest.mark.parametrize(
    ("notation", "proper"),
    [
        ("Homs NNP ROOT", True),
        ("Rebels NNS ROOT", False),
        ("the DT det>Division / Ninth JJ amod>Division / Division NN ROOT", True),
        ("the DT det>army / army NN ROOT", False),
    ],
)
def test_proper_nouns(parse: Parse, notation: str, proper: bool) -> None:  # noqa: FBT001  a column of the table
    assert is_proper(parse(notation).words[-1]) is proper


@pytest.mark.parametrize(
    ("notation", "head", "run"),
    [
        ("near IN ROOT / Tell NNP compound>Rifaat / Rifaat NNP pobj>near", "Rifaat", ("Tell", "Rifaat")),
        ("near IN ROOT / old JJ amod>Rifaat / Tell NNP compound>Rifaat / Rifaat NNP pobj>near", "Rifaat", ("Tell", "Rifaat")),
        ("Rebels NNS nsubj>took / took VBD ROOT / Rifaat NNP dobj>took", "Rifaat", ("Rifaat", "Rifaat")),
    ],
)
def test_a_run_of_proper_nouns(parse: Parse, notation: str, head: str, run: tuple[str, str]) -> None:
    sentence = parse(notation)
    first, last = proper_run(sentence, word(sentence, head))
    assert (first.text, last.text) == run
