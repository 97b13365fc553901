"""Phrases of reports on many wars: what is found in them, and where it is placed."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from whoholds.locate.gazetteer import Gazetteer
from whoholds.model import Claim, Mention, Report, Resolution, Span
from whoholds.taxonomy import Relation


class Phrase(NamedTuple):
    """A mention in a report of a country: the name of its place, or None where it is not placed, and the class of precision."""

    country: str
    words: str
    place: str | None
    precision: int | None


PHRASES = [
    Phrase("Syria", "eastern Ghouta", "Eastern Ghouta", 3),
    Phrase("Syria", "the western countryside of Aleppo", "Aleppo", 3),
    Phrase("Syria", "Damascus countryside", "Rif Dimashq", 3),
    Phrase("Syria", "Aleppo's Hamdaniyah district", "Aleppo", 2),
    Phrase("Syria", "the Hamdaniyah quarter of Aleppo", "Aleppo", 2),
    Phrase("Syria", "the 46th Regiment base near Atarib", "Al Atarib", 2),
    Phrase("Syria", "Abu al-Duhur air base", "Abu az Zuhur", 2),
    Phrase("Syria", "southeast of Homs", "Homs", 2),
    Phrase("Syria", "20 km north of Hama", "Hama", 2),
    Phrase("Syria", "the Saraqib front", "Saraqib", 2),
    Phrase("Syria", "the road between Homs and Tartus", None, None),
    Phrase("Syria", "the Aleppo-Damascus highway", None, None),
    Phrase("Syria", "the Syrian-Jordanian border", None, None),
    Phrase("Syria", "the border between Syria and Iraq", None, None),
    Phrase("Syria", "the last village before Saraqib", None, None),
    Phrase("Syria", "the Deir ez-Zor road", "Deir ez-Zor", 2),
    Phrase("Ukraine", "Kherson province", "Kherson", 3),
    Phrase("Ukraine", "Kherson", "Kherson", 1),
    Phrase("Ukraine", "the outskirts of Bakhmut", "Bakhmut", 2),
    Phrase("Ukraine", "Donetsk oblast", "Donetsk", 3),
    Phrase("Ukraine", "the Kharkiv-Izium highway", None, None),
    Phrase("Ukraine", "15 km west of Vuhledar", "Vuhledar", 2),
    Phrase("Ukraine", "northern Kharkiv", "Kharkiv", 2),
    Phrase("Ukraine", "the Russian-Ukrainian border", None, None),
    Phrase("Ukraine", "the Donbas", "Donbas", 3),
    Phrase("Sudan", "El-Fasher", "El Fasher", 1),
    Phrase("Sudan", "the outskirts of El Obeid", "El Obeid", 2),
    Phrase("Sudan", "Wad Madani", "Wad Medani", 1),
    Phrase("Sudan", "Darfur", "Darfur", 3),
    Phrase("Sudan", "the road from Kosti to Rabak", None, None),
    Phrase("Sudan", "the Nuba Mountains", "Nuba Mountains", 3),
    Phrase("Democratic Republic of Congo", "Goma", "Goma", 1),
    Phrase("Democratic Republic of Congo", "the town of Bunagana", "Bunangana", 1),
    Phrase("Democratic Republic of Congo", "20 km south of Butembo", "Butembo", 2),
    Phrase("Democratic Republic of Congo", "the road linking Goma and Sake", None, None),
    Phrase("Democratic Republic of Congo", "the outskirts of Masisi", "Masisi", 2),
    Phrase("Democratic Republic of Congo", "the Congolese-Rwandan border", None, None),
    Phrase("Myanmar", "Lashio", "Lashio", 1),
    Phrase("Myanmar", "the town of Myawaddy", "Myawaddy", 1),
    Phrase("Myanmar", "the highway between Mandalay and Lashio", None, None),
    Phrase("Myanmar", "Chin State", "Chin State", 3),
    Phrase("Myanmar", "the outskirts of Loikaw", "Loikaw", 2),
    Phrase("Yemen", "the port of Hodeidah", "Al Hudaydah", 2),
    Phrase("Yemen", "west of Taiz", "Taiz", 2),
    Phrase("Yemen", "the Saudi-Yemeni border", None, None),
    Phrase("Yemen", "the road between Aden and Taiz", None, None),
    Phrase("Yemen", "Aden airport", "Aden", 2),
    Phrase("Mali", "Kidal", "Kidal", 1),
    Phrase("Mali", "the outskirts of Timbuktu", "Timbuktu", 2),
    Phrase("Mali", "the Timbuktu region", "Tombouctou", 3),
    Phrase("Mali", "the road between Gao and Ansongo", None, None),
    Phrase("Burkina Faso", "the town of Djibo", "Djibo", 1),
    Phrase("Burkina Faso", "30 km east of Fada N'gourma", "Fada N'gourma", 2),
    Phrase("Niger", "the border between Mali and Niger", None, None),
    Phrase("Niger", "Tillaberi region", "Tillabéri", 3),
    Phrase("Mali", "the last village before Kidal", None, None),
]


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.words)
def test_where_a_phrase_is_placed(gazetteer: Gazetteer, phrase: Phrase) -> None:
    found = _resolved(gazetteer, f"Fighters in {phrase.country} were seen at {phrase.words}, witnesses said.", phrase.words)
    assert (found.place.name if found.place else None, found.geo_precision) == (phrase.place, phrase.precision), found


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("They cut the road between Homs and Tartus.", "the road between Homs", "a line: road between Homs and Tartus"),
        ("They cut the road between Homs and Tartus.", "Tartus", "a line: road between Homs and Tartus"),
        ("Shots on the Syrian-Jordanian border today.", "the Syrian-Jordanian border", "a line: border between Syria and Jordan"),
        ("Trucks on the highway from Kosti to Rabak.", "Kosti", "a line: highway between Kosti and Rabak"),
    ],
)
def test_a_line_is_named_by_its_two_ends_and_placed_at_neither(gazetteer: Gazetteer, text: str, words: str, line: str) -> None:
    found = _resolved(gazetteer, text, words)
    assert (found.place, found.method) == (None, line)


@pytest.mark.parametrize("quarter", ["the Zahra neighbourhood", "the Hamdaniyah district", "the Salheen quarter"])
def test_a_quarter_is_no_far_village_of_its_name_where_the_report_names_a_city(gazetteer: Gazetteer, quarter: str) -> None:
    found = _resolved(gazetteer, f"In Aleppo, Syria, rebels pushed on. They entered {quarter} at noon.", quarter)
    assert found.place is None or "Aleppo" in (found.place.name, *found.place.admin)


def _resolved(gazetteer: Gazetteer, text: str, words: str) -> Resolution:
    start = text.index(words)
    mention = Mention("r", start, start + len(words), words, words, Span(start, start + len(words)))
    claim = Claim("0", "", "", mention, Relation.IN)
    report = Report("r", None, None, None, text, None, None, None, "en", None, "", "")
    return gazetteer.resolver().resolve(report, [claim])["0"]
