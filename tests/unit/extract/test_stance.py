"""Whether a clause says that something happened, on parses written by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from whoholds.extract.findings import Actuality
from whoholds.extract.stance import StanceRules
from whoholds.extract.syntax import Sentence, Word
from whoholds.registry.lexicon import Lexicon
from whoholds.taxonomy import Certainty

Parse = Callable[..., Sentence]

TOOK = "Rebels NNS nsubj>took / took~take VBD ROOT / Homs:place NNP dobj>took"
HAVE = "Rebels NNS nsubj>taken / have VBP aux>taken / {} / taken~take VBN ROOT / Homs:place NNP dobj>taken"
MODAL = "Rebels NNS nsubj>take / {}  MD aux>take / take VB ROOT / Homs:place NNP dobj>take"
INFINITIVE = "Rebels NNS nsubj>{0} / {0}~{1} VBD ROOT / to TO aux>take / take VB xcomp>{0} / Homs:place NNP dobj>take"
MARKED = "{} IN mark>take / rebels NNS nsubj>take / take VBP advcl>open / Homs:place NNP dobj>take / roads NNS nsubj>open / open VBP ROOT"
NOBODY = "No DT det>rebels / rebels NNS nsubj>took / took~take VBD ROOT / Homs:place NNP dobj>took"
DESIRED = "Army NN nsubj>{0} / {0}~{1} VBD ROOT / rebels NNS nsubj>take / take VBP ccomp>{0} / Homs:place NNP dobj>take"
BELIEVED = (
    "Rebels NNS nsubjpass>believed / are VBP auxpass>believed / believed~believe VBN ROOT / to TO aux>taken / have VB aux>taken"
    " / taken~take VBN xcomp>believed / Homs:place NNP dobj>taken"
)


def word(sentence: Sentence, *forms: str) -> Word:
    return next(w for w in sentence if w.text in forms)


@pytest.mark.parametrize(
    ("notation", "actuality"),
    [
        (TOOK, Actuality.ACTUAL),
        (HAVE.format("now RB advmod>taken"), Actuality.ACTUAL),
        (HAVE.format("not RB neg>taken"), Actuality.NEGATED),
        (HAVE.format("never RB neg>taken"), Actuality.NEGATED),
        (NOBODY, Actuality.NEGATED),
        (MODAL.format("will"), Actuality.DROPPED),
        (MODAL.format("would"), Actuality.DROPPED),
        (MODAL.format("must"), Actuality.DROPPED),
        (MODAL.format("could"), Actuality.DROPPED),
        (MARKED.format("If"), Actuality.DROPPED),
        (MARKED.format("Unless"), Actuality.DROPPED),
        (INFINITIVE.format("managed", "manage"), Actuality.ACTUAL),
        (INFINITIVE.format("began", "begin"), Actuality.ACTUAL),
        (INFINITIVE.format("failed", "fail"), Actuality.NEGATED),
        (INFINITIVE.format("refused", "refuse"), Actuality.NEGATED),
        (INFINITIVE.format("tried", "try"), Actuality.ATTEMPT),
        (INFINITIVE.format("planned", "plan"), Actuality.DROPPED),
        (INFINITIVE.format("vowed", "vow"), Actuality.DROPPED),
        (INFINITIVE.format("threatened", "threaten"), Actuality.DROPPED),
        (DESIRED.format("feared", "fear"), Actuality.DROPPED),
        (DESIRED.format("said", "say"), Actuality.ACTUAL),
    ],
)
def test_what_became_of_it(parse: Parse, lexicon: Lexicon, notation: str, actuality: Actuality) -> None:
    sentence = parse(notation)
    assert StanceRules(lexicon).read(sentence, word(sentence, "took", "taken", "take")).actuality is actuality


@pytest.mark.parametrize(
    ("notation", "hedge", "cue"),
    [
        (TOOK, None, None),
        (HAVE.format("reportedly RB advmod>taken"), Certainty.UNDERSPECIFIED, "reportedly"),
        (HAVE.format("apparently RB advmod>taken"), Certainty.PROBABLE, "apparently"),
        (HAVE.format("possibly RB advmod>taken"), Certainty.POSSIBLE, "possibly"),
        (HAVE.format("quickly RB advmod>taken"), None, None),
        (INFINITIVE.format("appeared", "appear"), Certainty.PROBABLE, "appeared"),
        (
            "Rebels NNS nsubj>taken / might MD aux>taken / have VB aux>taken / taken~take VBN ROOT / Homs:place NNP dobj>taken",
            Certainty.POSSIBLE,
            "might",
        ),
        (
            BELIEVED,
            Certainty.PROBABLE,
            "believed",
        ),
    ],
)
def test_how_firmly(parse: Parse, lexicon: Lexicon, notation: str, hedge: Certainty | None, cue: str | None) -> None:
    sentence = parse(notation)
    reality = StanceRules(lexicon).read(sentence, word(sentence, "took", "taken", "take"))
    assert reality.hedge is hedge
    assert (next(w.text for w in sentence if w.start == reality.cue.start) if reality.cue else None) == cue
