"""Who does what in a clause, on parses written by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from whoholds.extract.clauses import clause, nearby, scene
from whoholds.extract.syntax import Sentence, Word

Parse = Callable[..., Sentence]

ACTIVE = "Rebels NNS nsubj>took / took~take VBD ROOT / Homs:place NNP dobj>took / from IN prep>took / the DT det>army / army NN pobj>from"
PASSIVE = "Homs:place NNP nsubjpass>taken / was VBD auxpass>taken / taken~take VBN ROOT / by IN agent>taken / rebels NNS pobj>by"
REDUCED = "Homs:place NNP ROOT / taken~take VBN acl>Homs / by IN agent>taken / rebels NNS pobj>by"
RELATIVE = "rebels NNS ROOT / who WP nsubj>took / took~take VBD relcl>rebels / Homs:place NNP dobj>took"
RELATIVE_OBJECT = "town NN ROOT / which WDT dobj>took / rebels NNS nsubj>took / took~take VBD relcl>town"
CONTACT = "town NN ROOT / rebels NNS nsubj>took / took~take VBD relcl>town"
COORDINATED = "Rebels NNS nsubj>took / took~take VBD ROOT / Homs:place NNP dobj>took / and CC cc>took / entered~enter VBD conj>took / Hama:place NNP dobj>entered"  # noqa: E501
ALLOWED = "This DT nsubj>allowed / allowed~allow VBD ROOT / rebels NNS dobj>allowed / to TO aux>take / take VB xcomp>allowed / Homs:place NNP dobj>take"  # noqa: E501
MANAGED = "Rebels NNS nsubj>managed / managed~manage VBD ROOT / to TO aux>take / take VB xcomp>managed / Homs:place NNP dobj>take"
PARTICIPLE = "Rebels NNS nsubj>advanced / advanced~advance VBD ROOT / , , punct>advanced / taking~take VBG advcl>advanced / Homs:place NNP dobj>taking"  # noqa: E501
SAID = "Army NN nsubj>said / said~say VBD ROOT / rebels NNS nsubj>took / took~take VBD ccomp>said / Homs:place NNP dobj>took"
SHARED_OBJECT = "Rebels NNS nsubj>took / took~take VBD ROOT / and CC cc>took / held~hold VBD conj>took / Homs:place NNP dobj>held"


@pytest.mark.parametrize(
    ("notation", "verb", "subject", "obj", "passive"),
    [
        (ACTIVE, "took", "Rebels", "Homs", False),
        (PASSIVE, "taken", "rebels", "Homs", True),
        (REDUCED, "taken", "rebels", "Homs", True),
        (RELATIVE, "took", "rebels", "Homs", False),
        (RELATIVE_OBJECT, "took", "rebels", "town", False),
        (CONTACT, "took", "rebels", "town", False),
        (COORDINATED, "took", "Rebels", "Homs", False),
        (COORDINATED, "entered", "Rebels", "Hama", False),
        (ALLOWED, "take", "rebels", "Homs", False),
        (MANAGED, "take", "Rebels", "Homs", False),
        (PARTICIPLE, "taking", "Rebels", "Homs", False),
        (SAID, "took", "rebels", "Homs", False),
        (SHARED_OBJECT, "took", "Rebels", "Homs", False),
    ],
)
def test_arguments_in_active_terms(parse: Parse, notation: str, verb: str, subject: str, obj: str, passive: bool) -> None:  # noqa: FBT001  a column
    sentence = parse(notation)
    read = clause(sentence, word(sentence, verb))
    assert (read.subject and read.subject.text, read.object and read.object.text, read.passive) == (subject, obj, passive)


def test_a_passive_without_an_agent_has_no_subject(parse: Parse) -> None:
    sentence = parse("Homs:place NNP nsubjpass>taken / was VBD auxpass>taken / taken~take VBN ROOT")
    read = clause(sentence, sentence.words[-1])
    assert read.subject is None
    assert read.object is sentence.words[0]


def test_people_of_a_relative_clause_are_told_from_places(parse: Parse) -> None:
    sentence = parse(
        "men NNS ROOT / of IN prep>men / Homs:place NNP pobj>of / whom WP dobj>took / rebels NNS nsubj>took / took~take VBD relcl>men"
    )
    assert clause(sentence, sentence.words[-1]).of_person


@pytest.mark.parametrize(
    ("notation", "preposition", "nouns"),
    [
        (ACTIVE, "from", ["army"]),
        (ACTIVE, "to", []),
        ("They PRP nsubj>went / went~go VBD ROOT / out RB advmod>went / of IN prep>out / Homs:place NNP pobj>of", "out of", ["Homs"]),
        (
            "They PRP nsubj>are / are~be VBP ROOT / within IN prep>are / 10 CD nummod>km / km NNS pobj>within / of IN prep>km / Homs:place NNP pobj>of",  # noqa: E501
            "of",
            ["Homs"],
        ),
    ],
)
def test_nouns_under_prepositions(parse: Parse, notation: str, preposition: str, nouns: list[str]) -> None:
    sentence = parse(notation)
    verb = next(w for w in sentence if w.dep == "ROOT")
    read = clause(sentence, verb)
    assert [noun.text for noun in read.under(preposition)] == nouns
    assert read.has(preposition) is bool(nouns)


def test_nearby_stays_inside_the_clause(parse: Parse) -> None:
    sentence = parse(
        "Rebels NNS nsubj>took / took~take VBD ROOT / part NN dobj>took / of IN prep>part / Homs:place NNP pobj>of"
        " / while IN mark>left / troops NNS nsubj>left / left~leave VBD advcl>took / for IN prep>left / Hama:place NNP pobj>for"
    )
    assert [(c.preposition, c.noun.text) for c in nearby(sentence, sentence.words[1])] == [("of", "Homs")]


def test_the_scene_is_set_before_the_clause_and_the_clauses_above_it(parse: Parse) -> None:
    sentence = parse(
        "In IN prep>said / Homs:place NNP pobj>In / , , punct>said / residents NNS nsubj>said / said~say VBD ROOT"
        " / rebels NNS nsubj>left / left~leave VBD ccomp>said / for IN prep>left / Hama:place NNP pobj>for"
    )
    assert [c.noun.text for c in scene(sentence, word(sentence, "left"))] == ["Homs"]


def word(sentence: Sentence, text: str) -> Word:
    return next(w for w in sentence if w.text == text)
