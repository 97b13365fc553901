"""Malformed data is refused with file, row and a way out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from whoholds.errors import DataError
from whoholds.registry import load_registry, read_registry

HEAD = 'id = "war"\nname = "A war"\ncountries = ["SY"]\nfirst = 2020-01-01\n'
SIDES = '[[sides]]\nid = "a"\nname = "A"\nlast = 2021-01-01\n[[sides]]\nid = "b"\nname = "B"\n'
ARMY = '[[actors]]\nid = "army"\nname = "The Army"\nkind = "state_forces"\nside = "a"\n'


def registry_of(folder: Path, war: str = "", sources: str = "", publishers: str = "") -> None:
    (folder / "conflicts").mkdir()
    if war:
        (folder / "conflicts" / "war.toml").write_text(war, encoding="utf-8")
    (folder / "sources.toml").write_text(sources, encoding="utf-8")
    (folder / "publishers.toml").write_text(publishers, encoding="utf-8")
    read_registry(folder)


def test_a_small_registry_is_read(tmp_path: Path) -> None:
    registry_of(tmp_path, HEAD + SIDES + ARMY)


def test_an_empty_folder_is_an_empty_registry(tmp_path: Path) -> None:
    assert not read_registry(tmp_path).conflicts


@pytest.mark.parametrize(
    ("war", "complaint"),
    [
        ("id = ", "cannot be read as TOML"),
        ('name = "A war"', "`id` is missing"),
        ('id = "War!"', "small letters"),
        ('id = "war"\nname = ""\ncountries = ["SY"]', "`name` must be a text"),
        ('id = "war"\nname = "A war"\ncountries = ["Syria"]', "two capitals"),
        ('id = "war"\nname = "A war"\ncountries = ["SY"]\nfirst = "2020-01-01"', "without quotes"),
        ('id = "war"\nname = "A war"\ncountries = ["SY"]\nfirst = 2020-01-02\nlast = 2020-01-01', "precedes the first"),
        (HEAD + "colour = 'red'\n", "unknown field colour"),
        (HEAD + "sides = 3\n", "[[sides]]"),
        (HEAD + SIDES + SIDES, "two rows are the side 'war.a'"),
        (HEAD + SIDES + ARMY + ARMY, "two rows are the actor 'army'"),
        (HEAD + SIDES + ARMY.replace('"a"', '"c"'), "no side 'war.c'"),
        (HEAD + SIDES + ARMY.replace("state_forces", "soldiers"), "must be one of state_forces"),
        (HEAD + SIDES + ARMY + "first = 2022-01-01\n", "lie outside those of war.a"),
        (HEAD + SIDES + ARMY + "generic = 1\n", "must be true or false"),
        (HEAD + SIDES + ARMY + "aliases = 'forces'\n", "list of texts"),
        (HEAD + SIDES + ARMY + "aliases = ['…']\n", "a name without letters"),
        (HEAD + SIDES + ARMY + "part_of = 'army'\n", "a part of itself"),
        (HEAD + SIDES + ARMY + ARMY.replace("army", "guard"), "'army' names both 'army' and 'guard' on the same day"),
        (HEAD + SIDES + "[[relations]]\na = 'a'\nb = 'a'\nrelation = 'hostile'\n", "no relation to itself"),
        (HEAD + SIDES + "[[relations]]\na = 'a'\nb = 'b'\nrelation = 'hostile'\n" * 2, "two relations of war.a and war.b"),
    ],
)
def test_a_malformed_conflict_is_refused(tmp_path: Path, war: str, complaint: str) -> None:
    with pytest.raises(DataError) as caught:
        registry_of(tmp_path, war)
    assert complaint in str(caught.value)
    assert "war.toml" in str(caught.value)


def test_one_name_may_pass_from_one_actor_to_another(tmp_path: Path) -> None:
    registry_of(
        tmp_path, HEAD + SIDES + ARMY + '[[actors]]\nid = "new"\nname = "Army"\nkind = "state_forces"\nside = "b"\nfirst = 2021-01-02\n'
    )


@pytest.mark.parametrize(
    ("sources", "publishers", "complaint"),
    [
        ('[[sources]]\nid = "x"\nname = "X"\nkind = "media"\nspeaks_for = "y"\n', "", "no source, publisher or actor"),
        ('[[sources]]\nid = "x"\nname = "X"\nkind = "media"\norganisation = false\n', "", "public office"),
        ('[[sources]]\nid = "army"\nname = "X"\nkind = "media"\n', "", "an actor has this id"),
        ('[[sources]]\nid = "x"\nname = "X"\nkind = "media"\nside = "war.z"\n', "", "no side 'war.z'"),
        ('[[sources]]\nid = "x"\nname = "X"\nkind = "media"\nsides = ["war.a", "war.b"]\n', "", "on the same day"),
        ('[[sources]]\nid = "x"\nname = "Wire"\nkind = "media"\n', '[[publishers]]\nid = "y"\nname = "The Wire"\n', "also that of 'x'"),
        ("", '[[publishers]]\nid = "y"\nname = "The Wire"\ncountry = "Syria"\n', "two capitals"),
        ("", '[[publishers]]\nid = "y"\nname = "The Wire"\n' * 2, "two rows are the source 'y'"),
    ],
)
def test_malformed_sources_are_refused(tmp_path: Path, sources: str, publishers: str, complaint: str) -> None:
    with pytest.raises(DataError, match=complaint):
        registry_of(tmp_path, HEAD + SIDES + ARMY, sources, publishers)


def test_the_shipped_registry_is_read_once() -> None:
    assert load_registry() is load_registry()


def test_importing_the_registry_stays_cheap() -> None:
    heavy = "import sys, whoholds.registry; print(sorted({'spacy', 'numpy', 'sqlalchemy', 'shapely'} & set(sys.modules)))"
    path = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True, check=True, env=path)
    assert done.stdout.strip() == "[]"
