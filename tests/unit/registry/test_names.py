"""Names are compared without what spelling leaves free."""

from __future__ import annotations

import pytest

from whoholds.registry.names import fold, readings


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hay’at Tahrir al-Sham", "Hayat Tahrir ash-Sham"),
        ("the Syrian Ministry of Defence", "Syrian Ministry of Defense"),
        ("Al-Mayadeen", "Al Mayadeen"),
        ("Türkiye", "turkiye"),
        ("U.S. forces", "US forces"),
        ("Da'esh", "DAESH"),
        ("Syria's army", "Syria’s army"),
        ("US‑led coalition", "US-led coalition"),
        ("Médecins Sans Frontières", "Medecins sans frontieres"),
        ("  the  Observatory ", "observatory"),
    ],
)
def test_spellings_of_one_name_fold_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("IS", "is"), ("US", "us"), ("the US", "us"), ("A News", "news"), ("Ninth Division", "Fourth Division"), ("as forces", "forces")],
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize("text", ["", "   ", "’", "…", "-"])
def test_a_text_without_letters_folds_to_nothing(text: str) -> None:
    assert fold(text) == ""


@pytest.mark.parametrize("text", ["the", "The", "al-Sham", "El Fasher", "IS", "U.N."])
def test_folding_is_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text) != ""


def test_an_english_article_is_dropped_only_as_a_second_reading() -> None:
    assert readings("a resident") == ("a resident", "resident")
    assert readings("A News") == ("a news", "news")
    assert readings("residents") == ("residents",)
