from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from whoholds.locate.names import loose_key, plain, similarity, strict_key

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
