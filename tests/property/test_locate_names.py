from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.locate.edits import similarities
from whoholds.locate.names import loose_key, plain, plain_all, similarity, strict_key

NAMES = st.text(alphabet="abcdefghijklmnopqrstuvwxyzABCDEFāḩşţ'`’- ابتثجحخدзаб", max_size=24)


@given(NAMES)
def test_case_apostrophes_and_spacing_change_no_key(name: str) -> None:
    assert strict_key(name) == strict_key(f" {name.upper().lower()}  ")
    assert strict_key(name) == strict_key(name.replace("'", "").replace("`", "").replace("’", ""))


@given(st.text(max_size=40))
def test_any_text_has_keys(name: str) -> None:
    assert " " not in strict_key(name)
    assert plain(plain(name)) == plain(name)
    assert loose_key(name) == loose_key(name)


@given(NAMES, NAMES)
def test_similarity_is_symmetric_and_bounded(one: str, other: str) -> None:
    assert similarity(one, other) == similarity(other, one)
    assert 0 <= similarity(one, other) <= 1


@given(st.lists(st.text(alphabet=st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=12), max_size=6))
def test_many_names_have_the_plain_forms_of_each(names: list[str]) -> None:
    assert plain_all([name.encode() for name in names]) == [plain(name).encode() for name in names] or not names


KEYS = st.text(alphabet="abcdikz", max_size=70)


@given(st.lists(KEYS, min_size=1, max_size=4), st.lists(st.tuples(st.integers(0, 3), KEYS), min_size=1, max_size=6))
def test_many_pairs_are_as_alike_as_each(words: list[str], pairs: list[tuple[int, str]]) -> None:
    of = [number % len(words) for number, _ in pairs]
    found = similarities([word.encode() for word in words], np.array(of), np.array([other.encode() for _, other in pairs]))
    assert list(found) == pytest.approx([similarity(words[one], other) for one, (_, other) in zip(of, pairs, strict=True)])
