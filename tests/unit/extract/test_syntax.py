"""A sentence as plain data: what hangs on what, on parses written by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from whoholds.extract.syntax import NameOf, Sentence, Word
from whoholds.model import Span

Parse = Callable[..., Sentence]

LIST = "Rebels NNS nsubj>took / took~take VBD ROOT / Homs:place NNP dobj>took / , , punct>Homs / Hama:place NNP conj>Homs / and CC cc>Hama / Khan_Alsheh:place NNP conj>Hama / . . punct>took"  # noqa: E501  a sentence in one line


@pytest.fixture(scope="module")
def listed(parse: Parse) -> Sentence:
    return parse(LIST, at=50)


def texts(words: list[Word]) -> list[str]:
    return [word.text for word in words]


def test_words_in_order(listed: Sentence) -> None:
    assert len(listed) == 8
    assert texts(list(listed)) == ["Rebels", "took", "Homs", ",", "Hama", "and", "Khan Alsheh", "."]
    assert [word.i for word in listed] == list(range(8))


def test_offsets_are_the_report_s(listed: Sentence) -> None:
    assert listed.extent == Span(50, 50 + len("Rebels took Homs , Hama and Khan Alsheh ."))
    assert listed.span(listed.words[1], listed.words[2]) == Span(57, 66)


def test_heads_and_children(listed: Sentence) -> None:
    rebels, took, homs = listed.words[:3]
    assert listed.head(rebels) is took
    assert listed.head(took) is took
    assert texts(listed.children(took)) == ["Rebels", "Homs", "."]
    assert texts(listed.children(took, "nsubj", "dobj")) == ["Rebels", "Homs"]
    assert listed.child(took, "dobj") is homs
    assert listed.child(took, "iobj") is None
    assert listed.children(rebels) == []


def test_subtree_is_in_text_order(listed: Sentence) -> None:
    assert texts(listed.subtree(listed.words[2])) == ["Homs", ",", "Hama", "and", "Khan Alsheh"]
    assert len(listed.subtree(listed.words[1])) == 8


def test_ancestors_run_to_the_root(listed: Sentence) -> None:
    assert texts(list(listed.ancestors(listed.words[6]))) == ["Hama", "Homs", "took"]
    assert list(listed.ancestors(listed.words[1])) == []


def test_ancestors_end_where_a_parse_runs_in_a_circle(parse: Parse) -> None:
    circle = parse("a NN dep>b / b NN dep>a")
    assert texts(list(circle.ancestors(circle.words[0]))) == ["b"]
    assert len(circle.subtree(circle.words[0])) == 2


def test_conjuncts_are_the_whole_list_from_a_word_on(listed: Sentence) -> None:
    assert texts(listed.conjuncts(listed.words[2])) == ["Homs", "Hama", "Khan Alsheh"]
    assert texts(listed.conjuncts(listed.words[4])) == ["Hama", "Khan Alsheh"]
    assert texts(listed.conjuncts(listed.words[0])) == ["Rebels"]


def test_quotations_are_numbered(parse: Parse) -> None:
    spoken = parse(
        '" `` punct>left / They PRP nsubj>left / left~leave VBD ROOT / " `` punct>left / he PRP nsubj>said / said~say VBD dep>left'
    )
    assert spoken.quoted == (0, 1, 1, 0, 0, 0)


@pytest.mark.parametrize(
    ("notation", "bare"),
    [
        ("Hill_Observatory_(HO):source NNP ROOT", Span(0, 16)),
        ("Hill_Observatory:source NNP ROOT", Span(0, 16)),
        ("Homs:place NNP ROOT", Span(0, 4)),
    ],
)
def test_a_name_without_its_abbreviation(parse: Parse, notation: str, bare: Span) -> None:
    assert parse(notation).words[0].bare == bare


@pytest.mark.parametrize("name", NameOf)
def test_names_that_locate(name: NameOf) -> None:
    assert name.locates == (name in {NameOf.PLACE, NameOf.REGION, NameOf.COUNTRY, NameOf.FACILITY})
