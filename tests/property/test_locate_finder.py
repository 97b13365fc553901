from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whoholds.locate import open_gazetteer
from whoholds.locate.gazetteer import Gazetteer

PIECES = st.sampled_from(
    [
        "Homs",
        "Deir ez-Zor",
        "al-",
        "Khan",
        "😀",
        "'s",
        "-",
        ", ",
        " ",
        " of ",
        "\n",
        "Al",
        "Ma'arrat",
        "درعا",
        "Бахмут",
        "the",
        "Countryside",
        ".",
    ]
)


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    opened = open_gazetteer()
    yield opened
    opened.close()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=12))
def test_found_names_are_ordered_apart_and_inside_the_text(gazetteer: Gazetteer, pieces: list[str]) -> None:
    text = "".join(pieces)
    found = gazetteer.finder().find(text)
    ends = [0, *(known.span.end for known in found)]
    assert all(end <= known.span.start < known.span.end <= len(text) for end, known in zip(ends, found, strict=False))
    assert all(0 < known.prominence <= 1 and known.features for known in found)
