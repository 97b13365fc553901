from __future__ import annotations

from pathlib import Path

import pytest

from whoholds.errors import DataError, MissingInputError
from whoholds.locate.build import Recipe, main, read_recipe, verify
from whoholds.locate.build_country import merged
from whoholds.locate.build_sources import tidied, usable_names
from whoholds.locate.gazetteer import DATA
from whoholds.locate.names import strict_key
from whoholds.locate.places import ShardRow
from whoholds.locate.shards import read_origins, read_rows, shard_files

RECIPE = Path(DATA).parent / "sources.toml"


def test_every_shipped_row_has_its_origin_its_licence_and_known_parents() -> None:
    origins = read_origins(DATA)
    ids: set[str] = set()
    parents: set[str] = set()
    for path in shard_files(DATA):
        for row in read_rows(path):
            ids.add(row.id)
            parents.update(row.admin)
            assert row.origins
            assert all(code in origins for code in row.origins)
            assert -90 <= row.lat <= 90
            assert -180 <= row.lon <= 180
    assert parents <= ids
    assert all(origin.licence for origin in origins.values())


def test_shipped_keys_are_those_of_the_present_folding_rules() -> None:
    for row in read_rows(DATA / "LB.tsv.gz"):
        assert set(row.keys) == {strict_key(name) for name in (row.name, *row.names)} - {""}, f"{row.id}: run the build again"


def test_package_data_stays_small() -> None:
    assert sum(path.stat().st_size for path in DATA.iterdir()) <= 40_000_000


def test_the_recipe_has_a_hash_for_every_source() -> None:
    recipe = read_recipe(RECIPE)
    assert {"SY", "TR"} <= set(recipe.countries)
    assert all(len(digest) == 64 for digest in recipe.files.values())
    assert all((DATA / f"{code}.tsv.gz").is_file() for code in recipe.countries)


def test_other_sources_than_the_recipe_knows_are_refused(tmp_path: Path) -> None:
    with pytest.raises(MissingInputError, match=r"a\.gz is missing"):
        verify(tmp_path, {"a.gz": "0" * 64})
    (tmp_path / "a.gz").write_bytes(b"other")
    with pytest.raises(DataError, match=r"a\.gz has sha256"):
        verify(tmp_path, {"a.gz": "0" * 64})


def test_wrong_arguments_end_with_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err


def test_the_sources_here_are_those_of_the_recipe(shared: Path) -> None:
    recipe: Recipe = read_recipe(RECIPE)
    verify(shared / "gazetteer", recipe.files)


def test_aliases_that_a_key_already_finds_are_dropped() -> None:
    assert usable_names(["As Suwayda", "Soueida", "السويداء", "スワイダー", "S", "x" * 70], beside="Suwayda") == ("السويداء",)


def test_tidied_names() -> None:
    assert [tidied(name) for name in ("`Artuz", "Sa`sa`", " a | b ")] == ["Artuz", "Sa'sa", "a b"]


def test_merging_keeps_the_first_row_and_adds_what_only_the_other_knows() -> None:
    one = ShardRow("gn:1", "Homs", 1, 2, "PPL", ("gn:9",), None, None, None, ("wof",), ("حمص",))
    other = ShardRow("gn:1", "Emesa", 3, 4, "PPL", (), 7, None, None, ("gn",), ("Homs",))
    both = merged(one, other)
    assert (both.name, both.lat, both.admin, both.population, both.origins) == ("Homs", 1, ("gn:9",), 7, ("wof", "gn"))
    assert both.names == ("حمص", "Emesa")
