from __future__ import annotations

import pytest

from whoholds.locate.places import Asked
from whoholds.locate.wording import read_wording

READ = [
    # as written, referent, left, right → name, asked, part, countryside
    ("Daraa", "Daraa", "in ", " fell", "Daraa", Asked.ANY, None, False),
    ("Daraa province", "Daraa province", "in ", " fell", "Daraa", Asked.REGION, None, False),
    ("Daraa", "Daraa", "in ", " province", "Daraa", Asked.REGION, None, False),
    ("the city", "Al-Sanamayn", "", "", "Al-Sanamayn", Asked.SETTLEMENT, None, False),
    ("the province", "Daraa", "", "", "Daraa", Asked.REGION, None, False),
    ("the province", "Daraa city", "", "", "Daraa", Asked.REGION, None, False),
    ("Saasaa", "Saasaa", "the towns of Zakiyah, Khan Al-Sheh, and ", ".", "Saasaa", Asked.SETTLEMENT, None, False),
    ("Idlib", "Idlib", "", ", Aleppo and Hama provinces", "Idlib", Asked.REGION, None, False),
    ("Aleppo", "Aleppo", "the western countryside of ", "", "Aleppo", Asked.REGION, None, True),
    ("Aleppo countryside", "Aleppo countryside", "", "", "Aleppo", Asked.REGION, None, True),
    ("Damascus' southern gate", "Damascus' southern gate", "", "", "Damascus", Asked.ANY, "gate", False),
    ("Homs' outskirts", "Homs", "", "", "Homs", Asked.ANY, "outskirts", False),
    ("the central prison in Suwayda", "the central prison in Suwayda", "", "", "Suwayda", Asked.ANY, "prison", False),
    ("Hodeidah airport", "Hodeidah airport", "", "", "Hodeidah", Asked.ANY, "airport", False),
    ("the medical faculty in Mosul", "the medical faculty in Mosul", "", "", "Mosul", Asked.ANY, "faculty", False),
    ("all of El-Fasher", "all of El-Fasher", "", "", "El-Fasher", Asked.ANY, None, False),
    ("western Mosul", "western Mosul", "", "", "Mosul", Asked.ANY, None, False),
    ("the frontlines", "the frontlines", "", "", "", Asked.ANY, "frontlines", False),
    ("towns of Aleppo province", "towns of Aleppo province", "", "", "Aleppo", Asked.REGION, None, False),
    ("the capital of Helmand province", "the capital of Helmand province", "", "", "Helmand", Asked.SETTLEMENT, None, False),
    (
        "Deir Ezzor province east of the Euphrates",
        "Deir Ezzor province east of the Euphrates",
        "",
        "",
        "Deir Ezzor",
        Asked.REGION,
        None,
        False,
    ),
    ("70 settlements on the edge of Aleppo", "70 settlements on the edge of Aleppo", "", "", "Aleppo", Asked.SETTLEMENT, "edge", False),
    ("Mosul", "Mosul", "the Ghofran district of ", "", "Mosul", Asked.ANY, None, False),
]


@pytest.mark.parametrize("row", READ, ids=lambda row: f"{row[2]}[{row[0]}]{row[3]}")
def test_what_the_words_ask_for(row: tuple[str, str, str, str, str, Asked, str | None, bool]) -> None:
    wording = read_wording(*row[:4])
    assert (wording.name, wording.asked, wording.part, wording.countryside) == row[4:]


def test_the_capital_is_asked_for() -> None:
    assert [read_wording(words, words, "", "").capital for words in ("the capital", "the city")] == [True, False]
