"""Names known before the parse, with a small gazetteer and small registries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from whoholds.extract.names import NameFinder
from whoholds.extract.syntax import NameOf
from whoholds.model import Span
from whoholds.ports import KnownName
from whoholds.registry import read_registry
from whoholds.registry.lexicon import load_lexicon
from whoholds.taxonomy import Feature

PLACES = {
    "Homs": (Feature.SETTLEMENT, 0.9),
    "Khan Alsheh": (Feature.SETTLEMENT, 0.9),
    "Daraa": (Feature.SETTLEMENT, 0.9),
    "Daraa Province": (Feature.REGION, 0.9),
    "Syria": (Feature.COUNTRY, 0.9),
    "Mezzeh Airport": (Feature.FACILITY, 0.9),
    "Amal": (Feature.SETTLEMENT, 0.01),
    "DARAYA": (Feature.SETTLEMENT, 0.5),
    "Deir Hafer": (Feature.SETTLEMENT, 0.9),
    "Hafer Guard": (Feature.SETTLEMENT, 0.9),
}
ACTORS = ("Deir Hafer Guard", "Rebel Army", "SDF", "Syria", "104th Brigade")
SOURCES = ("Hill Observatory", "Gazette")
WAR = 'id = "war"\nname = "A war"\ncountries = ["SY"]\nfirst = 2020-01-01\n[[sides]]\nid = "a"\nname = "A"\n'


@dataclass(frozen=True)
class SmallGazetteer:
    """Finds the names of a table, each wherever it stands."""

    places: Mapping[str, tuple[Feature, float]] = field(default_factory=lambda: PLACES)

    def find(self, text: str) -> Sequence[KnownName]:
        found = [
            KnownName(Span(at, at + len(name)), frozenset({feature}), prominence)
            for name, (feature, prominence) in self.places.items()
            for at in range(len(text))
            if text.startswith(name, at)
        ]
        return sorted(found, key=lambda known: known.span)


@pytest.fixture(scope="module")
def finder(tmp_path_factory: pytest.TempPathFactory) -> NameFinder:
    """The finder of a small gazetteer and a small registry."""
    folder = tmp_path_factory.mktemp("registry")
    (folder / "conflicts").mkdir()
    actors = (f'[[actors]]\nid = "actor-{i}"\nname = "{name}"\nkind = "rebel_group"\nside = "a"\n' for i, name in enumerate(ACTORS))
    sources = (f'[[sources]]\nid = "source-{i}"\nname = "{name}"\nkind = "monitor"\n' for i, name in enumerate(SOURCES))
    (folder / "conflicts" / "war.toml").write_text(WAR + "".join(actors), encoding="utf-8")
    (folder / "sources.toml").write_text("".join(sources), encoding="utf-8")
    (folder / "publishers.toml").write_text("", encoding="utf-8")
    return NameFinder.of(SmallGazetteer(), read_registry(folder), load_lexicon("en"))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", []),
        ("Nothing is known here.", []),
        ("Rebels took Homs.", [("Homs", NameOf.PLACE)]),
        ("Daraa Province lies in Syria.", [("Daraa Province", NameOf.REGION), ("Syria", NameOf.COUNTRY)]),
        ("They hold Mezzeh Airport.", [("Mezzeh Airport", NameOf.FACILITY)]),
        # A common word or a person's name that is a village somewhere is no sure place.
        ("Amal spoke.", []),
        ("The SDF left Homs.", [("SDF", NameOf.ACTOR), ("Homs", NameOf.PLACE)]),
        ("the 104th Brigade", [("104th Brigade", NameOf.ACTOR)]),
        ("the Hill Observatory said", [("Hill Observatory", NameOf.SOURCE)]),
        ("The Gazette said", [("Gazette", NameOf.SOURCE)]),
        # The longest name wins, whatever it overlaps.
        ("Deir Hafer Guard", [("Deir Hafer Guard", NameOf.ACTOR)]),
        # Of the same words a place is taken: the registry knows countries as parties.
        ("Syria", [("Syria", NameOf.COUNTRY)]),
        # Names of parties begin with a capital or a digit.
        ("the rebel army", []),
        ("the Rebel Army", [("Rebel Army", NameOf.ACTOR)]),
    ],
)
def test_names(finder: NameFinder, text: str, names: list[tuple[str, NameOf]]) -> None:
    assert [(text[name.start : name.end], name.of) for name in finder.find(text)] == names


@pytest.mark.parametrize(
    ("text", "guessed"),
    [
        ("They shelled positions in Verkhnia Balka on Monday.", ["Verkhnia Balka"]),
        ("The villages of Nyamit, Kilo and Muli fell.", ["Nyamit", "Kilo", "Muli"]),
        # Whose something is, is no place, and nothing of the name is left standing as one.
        ("It began at Ferrick's workshop.", []),
        ("It began at Ferrick’s workshop.", []),
        # Holders of office, whoever is of a place or has an age, what is numbered by letters, mere kinds, what stands in a place.
        ("They heard from President Ferrick.", []),
        ("They heard from Capt. Ferrick.", []),
        ("They came from Homs, Ona Ferrick of Daraa and others.", ["Homs", "Daraa"]),
        ("They heard from Ferrick, 41, of the rebels.", []),
        ("They were placed in Class B today.", []),
        ("Pupils met at School.", []),
        ("They met at Ferrick High School.", []),
        # A unit is known by its base.
        ("They hit the army-controlled Regiment 16 Base.", ["Regiment"]),
        # A dateline in capitals is a place, an acronym at the head of a sentence is none.
        ("DARAYA -- Fighting went on.", ["DARAYA"]),
        ("DARAYA fighters went on.", []),
    ],
)
def test_unknown_names_are_places_where_only_a_place_can_stand(finder: NameFinder, text: str, guessed: list[str]) -> None:
    assert [text[name.start : name.end] for name in finder.find(text) if name.of.locates] == guessed


def test_a_party_owns_things(finder: NameFinder) -> None:
    text = "the Rebel Army's base and the Rebel Army’s guns; the Rebel Army's 3rd Brigade"
    assert [text[name.start : name.end] for name in finder.find(text)] == ["Rebel Army", "Rebel Army"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Hill Observatory (HO) said", "Hill Observatory (HO)"),
        ("The Hill Observatory (the HO) said", "Hill Observatory (the HO)"),
        ("The Rebel Army (RA/X) said", "Rebel Army (RA/X)"),
        # What is no abbreviation, or not closed, is not part of the name.
        ("The Hill Observatory (HO said", "Hill Observatory"),
        ("The Hill Observatory ) said", "Hill Observatory"),
        ("The Hill Observatory (a monitor) said", "Hill Observatory"),
        ("The Hill Observatory (a body of monitors) said", "Hill Observatory"),
    ],
)
def test_an_abbreviation_in_brackets_belongs_to_its_name(finder: NameFinder, text: str, name: str) -> None:
    (found,) = finder.find(text)
    assert text[found.start : found.end] == name


def test_an_abbreviation_behind_a_place_does_not_belong_to_it(finder: NameFinder) -> None:
    text = "Homs (HO)"
    (found,) = finder.find(text)
    assert text[found.start : found.end] == "Homs"


@pytest.mark.parametrize("text", ["Rebel (Army", "Rebel: Army", "Rebel\nArmy", "Rebel; Army", "Rebel [Army]"])
def test_a_name_does_not_run_over_brackets_and_line_ends(finder: NameFinder, text: str) -> None:
    assert finder.find(text) == ()


def test_names_come_in_order_and_never_overlap(finder: NameFinder) -> None:
    text = "SDF, Deir Hafer, Hafer Guard, Deir Hafer Guard and Daraa Province (DP) of Syria; Rebel Army (RA)."
    found = finder.find(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert [text[n.start : n.end] for n in found] == [
        "SDF",
        "Deir Hafer",
        "Hafer Guard",
        "Deir Hafer Guard",
        "Daraa Province",
        "Syria",
        "Rebel Army (RA)",
    ]
