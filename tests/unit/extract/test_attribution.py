"""Who vouches for a clause, on parses written by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from whoholds.extract.attribution import AttributionRules
from whoholds.extract.syntax import Sentence
from whoholds.extract.voices import Voice
from whoholds.registry.lexicon import Lexicon
from whoholds.taxonomy import Certainty, Stance

Parse = Callable[..., Sentence]

CLAUSE = "rebels NNS nsubj>took / took~take VBD {} / Homs:place NNP dobj>took"
OWN = CLAUSE.format("ROOT")
SAID = "SOHR:source NNP nsubj>{0} / {0}~{1} VBD ROOT / " + CLAUSE.format("ccomp>{0}")
SAID_AFTER = CLAUSE.format("ccomp>said") + " / , , punct>said / SOHR:source NNP nsubj>said / said~say VBD ROOT"
SAID_NOT = "SOHR:source NNP nsubj>say / did~do VBD aux>say / not RB neg>say / say VB ROOT / " + CLAUSE.format("ccomp>say")
DENIED_NOT = "SOHR:source NNP nsubj>deny / did~do VBD aux>deny / not RB neg>deny / deny VB ROOT / " + CLAUSE.format("ccomp>deny")
CLAIMS = "Army NN nsubj>{0} / {0}~{1} VBD ROOT / claims~claim NNS dobj>{0} / that IN mark>took / " + CLAUSE.format("acl>claims")
ACCORDING = (
    "According VBG prep>took / to IN prep>According / SOHR:source NNP pobj>to / , , punct>took / rebels NNS nsubj>took"
    " / took~take VBD ROOT / Homs:place NNP dobj>took"
)
REPORTS = "Media NN compound>reports / reports~report NNS nsubj>said / said~say VBD ROOT / " + CLAUSE.format("ccomp>said")


def voice_of(parse: Parse, lexicon: Lexicon, notation: str) -> Voice:
    sentence = parse(notation)
    took = next(w for w in sentence if w.text == "took")
    rules = AttributionRules(lexicon)
    return rules.read(sentence, took, rules.speakers([sentence]))


@pytest.mark.parametrize(
    ("notation", "source", "stance", "cue"),
    [
        (OWN, None, None, None),
        (SAID.format("said", "say"), "SOHR", None, "said"),
        (SAID.format("affirmed", "affirm"), "SOHR", None, "affirmed"),
        (SAID_AFTER, "SOHR", None, "said"),
        (SAID.format("denied", "deny"), "SOHR", Stance.DENIES, "denied"),
        (CLAIMS.format("refuted", "refute"), "Army", Stance.DENIES, "refuted"),
        (CLAIMS.format("dismissed", "dismiss"), "Army", Stance.DENIES, "dismissed"),
        (ACCORDING, "SOHR", None, "According"),
        (REPORTS, "reports", Stance.HEDGES, "said"),
    ],
)
def test_the_voice_of_a_clause(
    parse: Parse, lexicon: Lexicon, notation: str, source: str | None, stance: Stance | None, cue: str | None
) -> None:
    voice = voice_of(parse, lexicon, notation)
    assert not voice.void
    assert (voice.source.text if voice.source else None) == source
    assert voice.stance is stance
    assert (next(w.text for w in parse(notation) if w.start == voice.cue.start) if voice.cue else None) == cue


@pytest.mark.parametrize("notation", [SAID_NOT, DENIED_NOT])
def test_what_a_source_did_not_say_or_deny_is_nobody_s(parse: Parse, lexicon: Lexicon, notation: str) -> None:
    assert voice_of(parse, lexicon, notation).void


def test_hearsay_is_not_sure(parse: Parse, lexicon: Lexicon) -> None:
    assert voice_of(parse, lexicon, REPORTS).certainty is Certainty.UNDERSPECIFIED


def test_a_quotation_is_its_speaker_s_over_several_sentences(parse: Parse, lexicon: Lexicon) -> None:
    first = parse(
        '" `` punct>took / Rebels NNS nsubj>took / took~take VBD ccomp>said / Homs:place NNP dobj>took / " `` punct>said'
        " / SOHR:source NNP nsubj>said / said~say VBD ROOT"
    )
    second = parse('" `` punct>left / They PRP nsubj>left / then RB advmod>left / left~leave VBD ROOT / Hama:place NNP dobj>left', at=100)
    second = Sentence.of(1, 0, second.words, [2 if number else 0 for number in second.quoted])
    rules = AttributionRules(lexicon)
    speakers = rules.speakers([first, second])
    voice = rules.read(second, second.words[3], speakers)
    assert voice.source is not None
    assert voice.source.text == "SOHR"
