"""Names in their own letters, as a program without Arabic shaping must be given them."""

from __future__ import annotations

import unicodedata

import pytest

from whoholds.web.scripts import drawn, native_name

NAMES = {
    # as drawn, from left to right: the last letter first, each in the shape that it has between its neighbours
    "three letters that join": ("حلب", "\ufe90\ufee0\ufea3"),
    "a letter that joins to none after it": ("دار", "\ufead\ufe8d\ufea9"),
    "lam and alef are one": ("لا", "\ufefb"),
    "lam and alef after a letter that joins": ("سلام", "\ufee1\ufefc\ufeb3"),
    "vowel signs are left out": ("حَلَب", "\ufe90\ufee0\ufea3"),
    "two words": ("دير حلب", "\ufe90\ufee0\ufea3 \ufeae\ufef3\ufea9"),
    "a number keeps its order": ("حي 12", "12 \ufef2\ufea3"),
    "brackets are mirrored": ("(حي)", "(\ufef2\ufea3)"),
}


@pytest.mark.parametrize(("name", "expected"), NAMES.values(), ids=NAMES)
def test_arabic_is_shaped_and_put_in_the_order_on_paper(name: str, expected: str) -> None:
    assert drawn(name) == expected


@pytest.mark.parametrize("name", ["القامشلي", "تل أبيض", "خان شيخون", "سراقب", "کابل", "پل خمری"])
def test_no_letter_is_lost(name: str) -> None:
    back = unicodedata.normalize("NFKC", drawn(name))
    assert sorted(back) == sorted(unicodedata.normalize("NFKC", name))


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Damascus", "د مشق"], native_name(["دمشق"])),
        (["Aleppo", "Halab", "حلب"], "\ufe90\ufee0\ufea3"),
        (["Kharkiv", "Харків"], "Харків"),
        (["Goma"], ""),
        ([], ""),
    ],
)
def test_a_place_has_the_first_of_its_own_names(names: list[str], expected: str) -> None:
    assert native_name(names) == expected
