"""Baselines: files that are refused row by row, maps that are kept, replaced and taken back, and what they do to a state."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from whoholds.cli import main
from whoholds.config import load_settings
from whoholds.errors import InputError, WhoHoldsError
from whoholds.fuse.rules import Flag
from whoholds.queries import Desk, open_desk
from whoholds.queries.baseline import Baselines
from whoholds.queries.baseline_files import ReadRows, read_rows

TODAY = date(2026, 1, 1)
HEAD = "place,country,holder,date,source\n"
HAMA = "Hama,SY,Syrian government,2024-11-26,public reporting\n"
IDLIB = "gn:169389,,HTS,2024-11-26,\n"


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store of the test's own; the index of places is the machine's, which takes long to make."""
    monkeypatch.setenv("WHOHOLDS_DB", str(tmp_path / "store.sqlite"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(load_settings({"db": str(tmp_path / "war.sqlite")}), create=True) as opened:
        yield opened


def baselines(desk: Desk) -> Baselines:
    return Baselines(desk.store, desk.places, desk.registry)


def rows(tmp_path: Path, text: str) -> ReadRows:
    path = tmp_path / "map.csv"
    path.write_text(text, encoding="utf-8")
    return read_rows(path, TODAY)


def test_a_map_is_where_a_timeline_begins_and_weighs_nothing(desk: Desk, tmp_path: Path) -> None:
    imported = baselines(desk).add(rows(tmp_path, HEAD + HAMA + IDLIB), "Desk map")
    assert [(each.source, each.day, each.places) for each in imported.kept] == [("Desk map", date(2024, 11, 26), 2)]
    desk.refresh()
    held = desk.state("gn:170017", date(2024, 12, 1))
    assert held is not None
    assert held.state.holders == ("syrian-government-assad",)
    assert Flag.BASELINE in held.state.flags
    assert not held.state.starts_known, "a map says what is so on its day, not since when"
    assert desk.state("gn:170017", date(2024, 11, 25)) is None
    (claim,) = desk.store.claims_at(["gn:170017"])
    assert claim.quote == "Syrian government holds Hama. (public reporting)"
    assert claim.statement.actor is not None
    assert claim.statement.actor.span.of(desk.store.report(claim.report.id).text) == "Syrian government"  # type: ignore[union-attr]


def test_the_same_map_again_changes_nothing_and_a_new_one_takes_its_place(desk: Desk, tmp_path: Path) -> None:
    ours = baselines(desk)
    first = ours.add(rows(tmp_path, HEAD + HAMA + IDLIB), "Desk map")
    assert ours.add(rows(tmp_path, HEAD + HAMA + IDLIB), "Desk map").known == 1
    second = ours.add(rows(tmp_path, HEAD + HAMA), "Desk map")
    assert second.replaced == first.kept
    assert [each.places for each in ours.listed()] == [1]
    assert [claim.place for claim in desk.store.claims_at(["gn:170017", "gn:169389"])] == ["gn:170017"]
    other_day = HAMA.replace("11-26", "11-20")
    ours.add(rows(tmp_path, HEAD + other_day), "Desk map")
    ours.add(rows(tmp_path, HEAD + HAMA), "Another map")
    assert [(each.source, each.day.day) for each in ours.listed()] == [("Another map", 26), ("Desk map", 20), ("Desk map", 26)]
    ours.remove("Desk map", date(2024, 11, 20))
    ours.remove("Another map")
    assert ours.listed() == second.kept
    ours.remove("Desk map")
    desk.refresh()
    assert desk.state("gn:170017", date(2024, 12, 1)) is None
    assert ours.add(rows(tmp_path, HEAD + HAMA), "Desk map").known == 0, "what was removed can come back"
    assert [each.places for each in ours.listed()] == [1]


def test_geojson_is_read_like_a_table(tmp_path: Path) -> None:
    features = [
        {"type": "Feature", "geometry": None, "properties": {"Place": "Hama", "holder": "SAA", "date": "2024-11-26", "note": "x"}},
        7,
    ]
    path = tmp_path / "map.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    found = read_rows(path, TODAY)
    assert [(row.where, row.place, row.holder, row.citation) for row in found.rows] == [("feature 1", "Hama", "SAA", "x")]
    assert found.wrong == ("feature 2: no place; fill it in, or leave the row out",)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",SY,HTS,2024-11-26,", "line 3: no place"),
        ("Idlib,SY,,2024-11-26,", "line 3: no holder"),
        ("Idlib,SY,HTS,,", "line 3: no date"),
        ("Idlib,SY,HTS,26/11/2024,", "'26/11/2024' is no day; write the day of the map as 2024-11-26"),
        ("Idlib,SY,HTS,2124-11-26,", "lies in the future"),
        ("Idlb,SY,HTS,2024-11-26,", "no place 'Idlb' in SY is known; the nearest is Idlib (gn:169389)"),
        ("Idlib,FR,HTS,2024-11-26,", "no place 'Idlib' in FR is known"),
        ("Idlib,SY,Syrian goverment,2024-11-26,", "no force or body of the Syrian civil war"),
        ("Hama,,Syrian government,2024-11-26,", "stands on line 2 already"),
        ("Idlib,SY," + "x" * 501 + ",2024-11-26,", "longer than 500 characters"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_kept(desk: Desk, tmp_path: Path, row: str, said: str) -> None:
    given = rows(tmp_path, HEAD + HAMA + row + "\n")
    with pytest.raises(WhoHoldsError) as error:
        baselines(desk).add(given, "Desk map")
    assert said in str(error.value)
    assert "1 row cannot be used" in str(error.value)
    assert desk.store.counts().reports == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no column place or holder or date"),
        (b"place,holder\nHama,SAA\n", "no column date"),
        (HEAD.encode(), "there are no rows"),
        (b"\xff\xfe\x00", "no UTF-8 text"),
        (b"{", "no JSON"),
        (b'{"type": "Feature"}', "no GeoJSON FeatureCollection"),
    ],
)
def test_a_file_that_is_no_map_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "map"
    path.write_bytes(content)
    with pytest.raises(InputError) as error:
        read_rows(path, TODAY)
    assert said in str(error.value)


def test_the_example_is_imported_listed_and_removed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    example = str(root / "examples" / "baseline-syria-2024-11-26.csv")
    assert main(["baseline", example, "--source", "Example map"]) == 0
    assert capsys.readouterr().out == "Example map, 2024-11-26: 45 places\n"
    assert main(["baseline", "--list", "--json"]) == 0
    assert [each["places"] for each in json.loads(capsys.readouterr().out)["baselines"]] == [45]
    assert main(["baseline", "--remove", "Example map"]) == 0
    assert main(["baseline", "--list"]) == 0
    assert "no baseline stands" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], 2, "neither file nor flag given"),
        (["x.csv", "--list"], 2, "FILE and --list given"),
        (["x.csv"], 2, "--source is missing"),
        (["x.csv", "--source", "A"], 3, "no such file"),
        (["--list", "--on", "2024-11-26"], 2, "goes with --remove alone"),
        (["--remove", "A", "--on", "soon"], 2, "is no day"),
    ],
)
def test_a_wrong_call_says_what_to_do(arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["baseline", *arguments]) == code
    assert said in capsys.readouterr().err
