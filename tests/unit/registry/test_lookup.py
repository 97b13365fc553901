"""Names to actors, actors to sides, sides to each other: on the shipped data."""

from __future__ import annotations

from datetime import date

import pytest

from whoholds.registry import Bond, load_registry
from whoholds.taxonomy import Role

REGISTRY = load_registry()
BEFORE, LATER = date(2024, 12, 7), date(2025, 3, 1)


@pytest.mark.parametrize(
    ("words", "conflict", "day", "actor", "side"),
    [
        ("the regime forces", "syria", BEFORE, "syria-government-forces", "syria.government"),
        ("Opposition armed factions", "syria", BEFORE, "syria-opposition-forces", "syria.opposition"),
        ("the Ninth Division", "syria", BEFORE, "saa-ninth-division", "syria.government"),
        ("Hay'at Tahrir al-Sham", "syria", BEFORE, "hts", "syria.opposition"),
        ("local factions", "syria", BEFORE, "syria-local-factions", "syria.southern-factions"),
        ("YPG", "syria", BEFORE, "ypg", "syria.sdf"),
        ("the Syrian army", "syria", BEFORE, "syrian-arab-army", "syria.government"),
        ("the Syrian army", "syria", LATER, "new-syrian-army", "syria.opposition"),
        ("IS", "iraq-is", date(2016, 10, 20), "islamic-state", "iraq-is.islamic-state"),
        ("the army", "sudan", date(2024, 1, 1), "sudanese-armed-forces", "sudan.army"),
        ("Sudan Shield", "sudan", date(2024, 1, 1), "sudan-shield-forces", "sudan.rsf"),
        ("Sudan Shield", "sudan", date(2025, 1, 1), "sudan-shield-forces", "sudan.army"),
        ("AU troops", "somalia", date(2023, 1, 1), "atmis", "somalia.au-mission"),
    ],
)
def test_words_name_an_actor_of_a_side(words: str, conflict: str, day: date, actor: str, side: str) -> None:
    found = REGISTRY.actor_named(words, conflict, day)
    assert found is not None
    assert found.id == actor
    found_side = REGISTRY.side_of(found, conflict, day)
    assert found_side is not None
    assert found_side.id == side


@pytest.mark.parametrize("words", ["is", "us", "terrorists", "the enemy", "Jordan", "", "they"])
def test_words_that_name_no_actor(words: str) -> None:
    assert REGISTRY.actor_named(words, "syria", BEFORE) is None


@pytest.mark.parametrize(
    ("words", "conflict", "actor"),
    [
        ("elite Hezbollah units", "syria", "hezbollah"),
        ("a senior army officer", "syria", "syrian-arab-army"),
        ("Syrian soldiers and Iran-backed allies", "syria", "syria-government-forces"),
        ("the regime forces", "syria", "syria-government-forces"),
        ("residents of the town", "syria", None),
    ],
)
def test_the_longest_name_inside_a_phrase_tells_its_actor(words: str, conflict: str, actor: str | None) -> None:
    found = REGISTRY.actor_in(words, conflict, BEFORE)
    assert (found and found.id) == actor


def test_a_name_is_still_known_when_its_actor_has_left_but_the_side_is_not() -> None:
    army = REGISTRY.actor_named("Syrian army", "syria", date(2024, 12, 11))
    assert army is not None
    assert army.id == "syrian-arab-army"
    assert REGISTRY.side_of(army, "syria", date(2024, 12, 8)) is not None
    assert REGISTRY.side_of(army, "syria", date(2024, 12, 9)) is None


def test_without_a_conflict_only_a_name_of_one_actor_is_taken() -> None:
    assert REGISTRY.actor_named("the army", None, BEFORE) is None
    taken = REGISTRY.actor_named("Hayat Tahrir al-Sham", None, BEFORE)
    assert taken is not None
    assert taken.id == "hts"


def test_one_actor_may_be_of_a_side_in_each_of_several_conflicts() -> None:
    wagner = REGISTRY.actor("wagner-group", "ukraine")
    assert wagner is not None
    day = date(2023, 5, 20)
    sides = {conflict: REGISTRY.side_of(wagner, conflict, day) for conflict in ("ukraine", "syria", "sahel")}
    assert {conflict: side.id for conflict, side in sides.items() if side} == {
        "ukraine": "ukraine.russia",
        "syria": "syria.russia",
        "sahel": "sahel.russia",
    }


@pytest.mark.parametrize(
    ("words", "source", "role", "side"),
    [
        ("the SOHR", "sohr", Role.MONITOR, None),
        ("Syrian Observatory For Human Rights", "sohr", Role.MONITOR, None),
        ("Rami Abdel Rahman", "sohr-director", Role.MONITOR, None),
        ("The Syrian Ministry of Defense", "syrian-defence-ministry", Role.GOVERNMENT, "syria.government"),
        ("the Defence Ministry", "syrian-defence-ministry", Role.GOVERNMENT, "syria.government"),
        ("Hassan Abdul Ghani", "hassan-abdul-ghani", Role.BELLIGERENT, "syria.opposition"),
        ("Mazloum Abdi", "mazloum-abdi", Role.BELLIGERENT, "syria.sdf"),
        ("The Syrian army", "syrian-arab-army", Role.BELLIGERENT, "syria.government"),
        ("SANA", "sana", Role.MEDIA, "syria.government"),
        ("Anadolu", "anadolu", Role.MEDIA, "syria.turkiye"),
        ("Reuters", "reuters", Role.MEDIA, None),
        ("media reports", "media-reports", Role.MEDIA, None),
        ("a resident", "residents", Role.WITNESS, None),
    ],
)
def test_words_name_a_source(words: str, source: str, role: Role, side: str | None) -> None:
    found = REGISTRY.source_named(words, "syria", BEFORE)
    assert found is not None
    assert (found.id, found.kind) == (source, role)
    found_side = REGISTRY.side_of_source(found, "syria", BEFORE)
    assert (found_side.id if found_side else None) == side


def test_a_state_agency_speaks_for_whoever_has_the_state() -> None:
    sana = REGISTRY.publishers["sana"]
    sides = [REGISTRY.side_of_source(sana, "syria", day) for day in (BEFORE, LATER)]
    assert [side.id if side else None for side in sides] == ["syria.government", "syria.opposition"]
    assert REGISTRY.side_of_source(sana, "ukraine", BEFORE) is None


def test_a_ministry_named_alike_in_several_wars_needs_its_conflict() -> None:
    assert REGISTRY.source_named("Ministry of Defense") is None
    found = REGISTRY.source_named("Ministry of Defense", "afghanistan", date(2021, 8, 8))
    assert found is not None
    assert found.id == "afghan-defence-ministry"


@pytest.mark.parametrize(
    ("a", "b", "day", "bond"),
    [
        ("syria.government", "syria.opposition", BEFORE, Bond.HOSTILE),
        ("syria.opposition", "syria.government", BEFORE, Bond.HOSTILE),
        ("syria.government", "syria.russia", BEFORE, Bond.ALLIED),
        ("syria.government", "syria.southern-factions", date(2020, 1, 1), Bond.TRUCE),
        ("syria.government", "syria.southern-factions", BEFORE, Bond.HOSTILE),
        ("syria.government", "syria.government", None, Bond.ALLIED),
        ("syria.government", "ukraine.russia", BEFORE, Bond.UNALIGNED),
        ("syria.government", "syria.southern-factions", None, Bond.UNALIGNED),
        ("iraq-is.government", "iraq-is.kurdistan", date(2017, 10, 17), Bond.HOSTILE),
        ("tigray.government", "tigray.tigray", date(2022, 12, 1), Bond.TRUCE),
    ],
)
def test_sides_stand_to_each_other_on_a_day(a: str, b: str, day: date | None, bond: Bond) -> None:
    assert REGISTRY.relation(a, b, day) is bond


@pytest.mark.parametrize(
    ("countries", "day", "conflict"),
    [
        (["SY", "SY", "IQ"], BEFORE, "syria"),
        (["UA", "RU"], date(2023, 5, 20), "ukraine"),
        (["RU"], date(2024, 8, 15), "ukraine"),
        (["IQ"], date(2014, 6, 10), "iraq-is"),
        (["IQ"], BEFORE, None),
        (["FR"], BEFORE, None),
        ([], BEFORE, None),
        (["ET"], None, "tigray"),
    ],
)
def test_countries_tell_the_conflict(countries: list[str], day: date | None, conflict: str | None) -> None:
    found = REGISTRY.conflict_for(countries, day)
    assert (found.id if found else None) == conflict


@pytest.mark.parametrize(
    ("text", "publisher"),
    [("Shafaq News", "shafaq-news"), ("LBC (AFP)", "lbc"), ("the Associated Press", "ap"), ("A News", "a-news"), ("Example Wire", None)],
)
def test_outlets_are_known_by_name(text: str, publisher: str | None) -> None:
    found = REGISTRY.publisher_named(text)
    assert (found.id if found else None) == publisher


def test_names_for_running_text() -> None:
    assert REGISTRY.actor_names()["syrian army"] == {"syrian-arab-army", "new-syrian-army"}
    assert REGISTRY.source_names()["sohr"] == {"sohr"}
    assert "" not in REGISTRY.actor_names().keys() | REGISTRY.source_names().keys()


@pytest.mark.parametrize(
    ("source", "body"),
    [
        ("sohr", "sohr"),
        ("sohr-director", "sohr"),
        ("al-arabiya", "mbc group saudi"),
        ("rfi", "french state"),
        ("north-press", "north-press"),
    ],
)
def test_a_source_is_a_voice_of_its_body_or_owner(source: str, body: str) -> None:
    registry = load_registry()
    assert registry.body_of(registry.sources[source]) == body


def test_analysts_are_derivative() -> None:
    registry = load_registry()
    assert {"isw", "deepstate", "analysts"} <= {row.id for row in registry.sources.values() if row.derivative}
    assert not registry.sources["sohr"].derivative
