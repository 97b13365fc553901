from __future__ import annotations

import pytest

from whoholds.locate.gazetteer import Gazetteer
from whoholds.taxonomy import Feature

FOUND = [
    ("Troops left Khan al-Sheh and the town of Zakiyah.", ["Khan al-Sheh", "Zakiyah"]),
    ("Deir ez-Zor, al-Bab and As-Suwayda", ["Deir ez-Zor", "al-Bab", "As-Suwayda"]),
    ("Homs' outskirts, Aleppo's streets, Hama’s centre", ["Homs", "Aleppo", "Hama"]),
    ("in the Damascus countryside", ["Damascus countryside"]),
    ("Maarat al-Numan fell, then Khan Shaykhun.", ["Maarat al-Numan", "Khan Shaykhun"]),
    ("The army said in March that the forces of the Opposition may leave on Sunday.", []),
    ("Kherson and Kharkiv", ["Kherson", "Kharkiv"]),
    ("دخلت القوات", []),
    ("", []),
    ("on the road from Mosul to Tikrit 😀 near Kirkuk", ["Mosul", "Tikrit", "Kirkuk"]),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_names_in_running_text(gazetteer: Gazetteer, text: str, expected: list[str]) -> None:
    assert [known.span.of(text) for known in gazetteer.finder().find(text) if known.prominence >= 0.3] == expected


def test_names_of_people_say_little_names_of_towns_much(gazetteer: Gazetteer) -> None:
    found = {known.prominence for known in gazetteer.finder().find("Hassan Abdul Ghani said so.")}
    assert all(prominence < 0.3 for prominence in found)
    (aleppo,) = gazetteer.finder().find("in Aleppo")
    assert aleppo.prominence > 0.7
    assert {Feature.SETTLEMENT, Feature.REGION} <= aleppo.features


REFUSED = [
    "Paris Hilton was seen.",
    "They met on Mosul Street.",
    "Washington said it would watch.",
    "General Idlib spoke.",
    "looking at Mae and as An left",
    "The FBI and the IATA agreed.",
    "We're late, I'm told.",
    "Colonel Hama and Mr Homs went.",
    "Bob Ripley spoke; Ripley then left.",
    "The Mayor of the County and the College spoke.",
    # People: first names, initials, ages, speech, who, here or elsewhere in the report.
    "Anna Kherson left; later Kherson came back.",
    "Kodie L. Marib left.",
    "Marib, 43, was held.",
    "“We go on,” said Zakho.",
    "Djibo said the line held.",
    "Lashio, who fled in May, called.",
    "Mr Djibo spoke. Nobody believed Djibo.",
    # Words: in lower case in the same report, at the start of a sentence, of nationality.
    "Schools shut. All schools are full.",
    "Sudanese and Malian soldiers and Ukrainians met Canadian ones.",
    # Names that other names bear, codes, capitals that act.
    "Goma Street and Kharkiv Avenue are closed.",
    "The Marburg virus spread after Hurricane Taiz.",
    "Doctors saw A/Marib/3/2012.",
    "Khartoum said it had won.",
    "Bamako accuses its neighbours.",
    "The Taiz Brigade and the Lashio Battalion withdrew.",
]


@pytest.mark.parametrize("text", REFUSED)
def test_names_that_are_no_places_say_little(gazetteer: Gazetteer, text: str) -> None:
    assert [known.span.of(text) for known in gazetteer.finder().find(text) if known.prominence >= 0.2] == []


KEPT = [
    ("the Homs offensive", ["Homs"]),
    ("Idlib-based fighters", ["Idlib"]),
    ("protests in Washington", ["Washington"]),
    ("eastern Ghouta and Eastern Ghouta", ["Ghouta", "Eastern Ghouta"]),
    ("the western countryside of Aleppo", ["Aleppo"]),
    ("Aleppo's Hamdaniyah district", ["Aleppo", "Hamdaniyah"]),
    ("the road between Homs and Tartus", ["Homs", "Tartus"]),
    ("the 46th Regiment base near Atarib", ["Atarib"]),
    ("Abu al-Duhur air base", ["Abu al-Duhur"]),
    ("the Homs Military Academy", ["Homs"]),
    ("in al-Bab and ash-Shaykh Maskin", ["al-Bab", "ash-Shaykh Maskin"]),
    ("fighting in Sake and Goma", ["Sake", "Goma"]),
    ("REBELS TAKE ALEPPO", ["ALEPPO"]),
    ("the U.S. and the UAE", ["U.S.", "UAE"]),
    ("troops of the United States in the West Bank", ["United States", "West Bank"]),
    ("in St. Petersburg", ["St. Petersburg"]),
    ("Goma Town Council met", ["Goma"]),
    ("Kherson-based reporters and Marib officials", ["Kherson", "Marib"]),
    ("BAMAKO, Mali — Shells fell.", ["BAMAKO", "Mali"]),
    ("Anna Marib fled to the town of Marib.", ["Marib"]),
    ("Sarmin, Idlib", ["Sarmin", "Idlib"]),
    ("shelling of Lyman, Donetsk", ["Lyman", "Donetsk"]),
    ("the villages of Bunagana and Rutshuru", ["Bunagana", "Rutshuru"]),
    ("El-Geneina, Nyala and Zalingei in Darfur", ["El-Geneina", "Nyala", "Zalingei", "Darfur"]),
    ("Myawaddy, Kayin State", ["Myawaddy", "Kayin State"]),
    ("the Hodeidah offensive and the Kidal front", ["Hodeidah", "Kidal"]),
]


@pytest.mark.parametrize(("text", "expected"), KEPT)
def test_parts_of_phrases_are_found(gazetteer: Gazetteer, text: str, expected: list[str]) -> None:
    assert [known.span.of(text) for known in gazetteer.finder().find(text) if known.prominence >= 0.2] == expected
