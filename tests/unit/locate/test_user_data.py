from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from whoholds.errors import BadRecordError, InputError, MissingInputError, NotTextError, UsageError
from whoholds.locate import open_gazetteer
from whoholds.locate.gazetteer import Gazetteer
from whoholds.locate.user_data import FOLDER_VARIABLE, UserData, add, listed, remove

POLYGON = [[[36, 34], [36.2, 34], [36.2, 34.2], [36, 34.2], [36, 34]]]
GEONAMES = "999999999\tNewford\tNewford\tNew Ford,Neufurt\t34.6\t36.6\tP\tPPL\tSY\t\t\t\t\t\t5000\t\t\tAsia/Damascus\t2026-01-01\n"
FACILITY = "1\tSome Base\tSome Base\t\t34.6\t36.6\tS\tAIRB\tSY\t\t\t\t\t\t0\t\t\tAsia/Damascus\t2026-01-01\n"
ZONE = {"type": "Feature", "properties": {"name": "Zone Alpha"}, "geometry": {"type": "Polygon", "coordinates": POLYGON}}

GOOD = [
    ("towns.csv", "name,lat,lon,names\nNewford,34.5,36.5,Neufurt|نيوفورد\n", "Neufurt", "user:towns-2"),
    ("semi.csv", "id;name;latitude;longitude\nA7;Newford;34.5;36.5\n", "Newford", "user:A7"),
    ("SY.txt", GEONAMES + FACILITY, "New Ford", "gn:999999999"),
    ("alternateNamesV2.txt", "1\t169577\ten\tEmesa Nova\t\t\t\t\t\t\n", "Emesa Nova", "gn:169577"),
    ("zones.geojson", json.dumps({"type": "FeatureCollection", "features": [ZONE]}), "Zone Alpha", "user:zones-1"),
    ("homs.csv", "name,lat,lon,geonameid\nNewer Homs,34.73,36.72,169577\n", "Newer Homs", "gn:169577"),
]
BAD = [
    ("a.csv", "name,lat,lon\nA,999,3\n,1,1\nB,x,y\nGood,1,2\n", r"3 bad rows: line 2: .*globe; line 3: no name; line 4: position 'x', 'y'"),
    ("a.csv", "name,lat,lon\nA,nan,3\n", "not on the globe"),
    ("a.csv", "town,where\nA,3\n", "no known format"),
    ("a.csv", "name,lat,lon\n", "no place in it"),
    ("a.csv", "name,lat,lon,code\nA,1,2,AIRP\n", "no settlement"),
    ("a.geojson", '{"type": "FeatureCollection", "features": [{"a": 1}]}', "feature without"),
    ("a.geojson", "{nope", "no JSON"),
    ("a.geojson", "[" * 3, "no known format"),
    ("a.geojson", '{"a":' * 5000, "no JSON"),
    ("a.txt", GEONAMES + "12\ttoo few\n", "line 2: 2 columns instead of 19"),
    ("a.txt", "1\t999999998\ten\tNowhere\t\t\t\t\t\t\n", "none of its 1 rows names a place that is known"),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "own"))
    return tmp_path / "own"


def added(gazetteer: Gazetteer, folder: Path, name: str, text: str) -> UserData:
    path = folder.parent / name
    path.write_text(text, encoding="utf-8")
    return add(path, gazetteer.index, folder)


@pytest.fixture
def reopened(folder: Path) -> Iterator[list[Gazetteer]]:
    opened: list[Gazetteer] = []
    yield opened
    for gazetteer in opened:
        gazetteer.close()
    assert os.environ[FOLDER_VARIABLE] == str(folder)


@pytest.mark.parametrize("row", GOOD, ids=lambda row: row[0])
def test_what_is_added_is_found_first_and_goes_again(
    gazetteer: Gazetteer, folder: Path, reopened: list[Gazetteer], row: tuple[str, str, str, str]
) -> None:
    name, text, spelled, place_id = row
    data = added(gazetteer, folder, name, text)
    reopened.append(open_gazetteer())
    assert reopened[0].index.named(spelled)[0].row.id == place_id
    place = reopened[0].get(place_id)
    assert place is not None
    assert place.admin[0] == "Syria" or name == "zones.geojson"
    assert "added by the user" in place.origin
    assert reopened[0].version != gazetteer.version
    assert listed(folder) == (data,)
    remove(data.label, folder)
    reopened.append(open_gazetteer())
    assert reopened[1].version == gazetteer.version
    assert listed(folder) == ()


def test_facilities_of_a_dump_are_left_out_and_counted(gazetteer: Gazetteer, folder: Path) -> None:
    data = added(gazetteer, folder, "SY.txt", GEONAMES + FACILITY)
    assert (data.places, data.left_out, data.form) == (1, 1, "GeoNames")


def test_a_p_code_leads_to_the_area_of_its_name(gazetteer: Gazetteer, folder: Path, reopened: list[Gazetteer]) -> None:
    added(gazetteer, folder, "pcodes.csv", "admin1Name_en,admin1Pcode\nHoms,SY9904\n")
    reopened.append(open_gazetteer())
    place = reopened[0].get("ocha:SY9904")
    assert place is not None
    assert place.name == "Homs"


def test_a_newer_position_wins_and_older_names_stay(gazetteer: Gazetteer, folder: Path, reopened: list[Gazetteer]) -> None:
    added(gazetteer, folder, "homs.csv", "name,lat,lon,geonameid\nNewer Homs,34.70,36.70,169577\n")
    reopened.append(open_gazetteer())
    place = reopened[0].get("gn:169577")
    assert place is not None
    assert (place.lat, place.name) == (34.7, "Newer Homs")
    assert [hit.row.lat for hit in reopened[0].index.named("Homs") if hit.row.id == "gn:169577"] == [34.7]


@pytest.mark.parametrize(("name", "text", "message"), BAD, ids=lambda value: str(value)[:20])
def test_a_file_with_a_bad_row_is_refused_as_a_whole(gazetteer: Gazetteer, folder: Path, name: str, text: str, message: str) -> None:
    with pytest.raises(BadRecordError, match=message):
        added(gazetteer, folder, name, text)
    assert not folder.exists()


@pytest.mark.parametrize(
    ("raw", "error"), [(None, MissingInputError), (b"\xff\xfe\x00", NotTextError), (b"PK\x03\x04zip", NotTextError)], ids=str
)
def test_what_is_no_text_is_refused(gazetteer: Gazetteer, folder: Path, raw: bytes | None, error: type[InputError]) -> None:
    path = folder.parent / "a.csv"
    if raw is not None:
        path.write_bytes(raw)
    with pytest.raises(error):
        add(path, gazetteer.index, folder)


def test_what_was_not_added_cannot_be_removed(folder: Path) -> None:
    with pytest.raises(UsageError, match="nothing was added as 'nope'"):
        remove("nope", folder)
