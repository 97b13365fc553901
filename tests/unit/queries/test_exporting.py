"""Exports of the example reports, each opened with the library that its users have."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from whoholds.cli import main
from whoholds.config import load_settings
from whoholds.errors import BadRecordError, SetupError
from whoholds.export import CAVEAT, access, acled, extras, ged
from whoholds.export.cells import guarded
from whoholds.export.features import COLUMNS
from whoholds.ingest.model_lines import read_model
from whoholds.locate import open_gazetteer
from whoholds.model import DateRange, Review
from whoholds.ports import ClaimFilter
from whoholds.queries import open_desk
from whoholds.queries.selection import Scope, Selection
from whoholds.store import open_store
from whoholds.taxonomy import Kind, Stance, Verdict

EXAMPLES = Path(__file__).resolve().parents[3] / "examples" / "reports.jsonl"
MISSING = "NOT TESTED: install requirements/dev.txt to open exports with {}"

Export = Callable[..., Path]


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the example reports and a review of one claim."""
    path = tmp_path_factory.mktemp("store") / "examples.sqlite"
    assert main(["ingest", str(EXAMPLES), "--db", str(path)]) == 0
    with open_store(str(path)) as store:
        first = next(iter(store.claims(ClaimFilter(kinds=frozenset({Kind.CAPTURE})))))
        store.review(Review(first.claim.anchor, Verdict.REJECTED, "a test", "an analyst", datetime(2025, 1, 1, tzinfo=UTC), first.claim.id))
    return path


@pytest.fixture
def export(ingested: Path, tmp_path: Path) -> Export:
    """Exports the examples to a file of this name."""

    def exported(form: str, name: str, *flags: str) -> Path:
        out = tmp_path / name
        assert main(["export", form, "--out", str(out), "--db", str(ingested), *flags]) == 0
        assert not list(tmp_path.glob("*.part"))
        return out

    return exported


def test_geojson_is_read_by_geopandas_and_tells_each_state_and_claim(export: Export, capsys: pytest.CaptureFixture[str]) -> None:
    geopandas = pytest.importorskip("geopandas", reason=MISSING.format("geopandas"))
    out = export("geojson", "map.geojson")
    said = capsys.readouterr().out
    frame = geopandas.read_file(out)
    document = json.loads(out.read_text(encoding="utf-8"))
    assert document["note"] == CAVEAT
    assert len(frame) == len(document["features"]) > 100
    assert set(COLUMNS) <= set(frame.columns)
    assert set(frame["feature"]) == {"state", "claim"}
    assert "claims that a review dismissed" in said
    assert frame.geometry.dropna().geom_type.eq("Point").all()


def test_geoparquet_is_the_same_table_to_geopandas_and_duckdb(export: Export) -> None:
    geopandas = pytest.importorskip("geopandas", reason=MISSING.format("geopandas"))
    duckdb = pytest.importorskip("duckdb", reason=MISSING.format("duckdb"))
    out = export("geoparquet", "map.parquet")
    frame = geopandas.read_parquet(out)
    as_json = json.loads(export("geojson", "map.geojson").read_text(encoding="utf-8"))["features"]
    assert frame.crs == "OGC:CRS84"
    assert list(frame["id"]) == [each["properties"]["id"] for each in as_json]
    points = [each["geometry"]["coordinates"] if each["geometry"] else None for each in as_json]
    assert [None if point is None else [point.x, point.y] for point in frame.geometry] == points
    with duckdb.connect() as connection:
        rows = connection.execute("SELECT count(*), count(DISTINCT id) FROM read_parquet(?)", [str(out)]).fetchone()
        notes = connection.execute("SELECT decode(value) FROM parquet_kv_metadata(?) WHERE decode(key) = 'whoholds:note'", [str(out)])
        assert rows == (len(as_json), len({each["properties"]["id"] for each in as_json}))
        assert notes.fetchall() == [(CAVEAT,)]


def test_geoparquet_says_its_version_and_box(export: Export) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason=MISSING.format("pyarrow"))
    written = parquet.read_metadata(export("geoparquet", "map.parquet", "--only", "states", "--on", "2024-12-07")).metadata[b"geo"]
    geo = json.loads(written)
    column = geo["columns"]["geometry"]
    assert (geo["version"], geo["primary_column"], column["encoding"], column["geometry_types"]) == ("1.1.0", "geometry", "WKB", ["Point"])
    west, south, east, north = column["bbox"]
    assert -180 <= west <= east <= 180
    assert -90 <= south <= north <= 90


def test_kml_is_read_by_pyogrio(export: Export) -> None:
    pyogrio = pytest.importorskip("pyogrio", reason=MISSING.format("pyogrio"))
    out = export("kml", "map.kml", "--only", "states")
    states = json.loads(export("geojson", "map.geojson", "--only", "states").read_text(encoding="utf-8"))["features"]
    frame = pyogrio.read_dataframe(out)
    assert len(frame) == len(states)
    assert f"<description>{CAVEAT}</description>" in out.read_text(encoding="utf-8")


def test_the_shape_of_acled_has_events_with_their_sources_and_no_denials(export: Export, ingested: Path) -> None:
    pandas = pytest.importorskip("pandas", reason=MISSING.format("pandas"))
    frame = pandas.read_csv(export("acled", "events.csv"), dtype={"claim_ids": str})
    assert list(frame.columns) == list(acled.COLUMNS)
    assert len(frame) > 20
    assert frame["event_id_cnty"].str.startswith("WH-").all()
    assert frame["event_id_cnty"].is_unique
    assert frame["fatalities"].isna().all()
    assert set(frame["time_precision"]) <= {1, 2, 3}
    assert set(frame["tier"]) <= {"observed", "cross_party", "independent", "single", "one_sided"}
    named = [claim for claims in frame["claim_ids"] for claim in claims.split(";")]
    assert len(named) == len(set(named)), "a claim is part of one event"
    with open_store(str(ingested)) as store:
        stances = {each.statement.stance for each in store.claims_named(named)}
    assert stances == {Stance.ASSERTS, Stance.HEDGES}


def test_the_shape_of_viina_tells_who_held_hama(export: Export) -> None:
    pandas = pytest.importorskip("pandas", reason=MISSING.format("pandas"))
    days = ("--from", "2024-12-01", "--to", "2024-12-08")
    changes = pandas.read_csv(export("viina", "changes.csv", *days), dtype=str)
    every = pandas.read_csv(export("viina", "days.csv", "--every-day", *days), dtype=str)
    assert list(changes.columns)[:2] == ["geonameid", "date"]
    assert list(changes.columns)[-1] == "status"
    assert "status_side_syria_government" in changes.columns
    assert every.groupby("geonameid")["date"].is_monotonic_increasing.all()
    assert set(every["date"]) <= {f"2024120{day}" for day in range(1, 9)}
    assert len(every) > len(changes) > 5


def test_the_shape_of_ged_is_empty_and_says_so(export: Export, capsys: pytest.CaptureFixture[str]) -> None:
    pandas = pytest.importorskip("pandas", reason=MISSING.format("pandas"))
    out = export("ged", "ged.csv")
    frame = pandas.read_csv(out, comment="#")
    assert (list(frame.columns), len(frame)) == (list(ged.COLUMNS), 0)
    assert "reported deaths" in capsys.readouterr().out
    assert CAVEAT[1:] in json.loads(Path(f"{out}-metadata.json").read_text(encoding="utf-8"))["dc:description"]


def test_the_access_table_is_the_same_as_csv_and_as_workbook(export: Export) -> None:
    pandas = pytest.importorskip("pandas", reason=MISSING.format("pandas"))
    openpyxl = pytest.importorskip("openpyxl", reason=MISSING.format("openpyxl"))
    flags = ("--on", "2024-12-07")
    frame = pandas.read_csv(export("access", "access.csv", *flags), dtype=str, keep_default_na=False)
    book = openpyxl.load_workbook(export("access", "access.xlsx", *flags), read_only=True)
    assert book.sheetnames == ["access", "about"]
    sheet = [["" if cell is None else str(cell) for cell in line] for line in book["access"].iter_rows(values_only=True)]
    about = [line[0] for line in book["about"].iter_rows(values_only=True)]
    book.close()
    assert sheet[0] == list(frame.columns) == list(access.COLUMNS)
    assert sheet[1] == list(frame.iloc[0]) == list(access.TAGS)
    assert sheet[2:] == [list(line) for line in frame.iloc[1:].itertuples(index=False)]
    assert CAVEAT[1:] in about[0]
    areas = frame.iloc[1:]
    assert set(areas["admin_level"]) == {"1", "2", "3"}
    assert areas["pcode"].is_unique
    assert areas["pcode"].str.fullmatch(r"SY\d{2}(\d{2}){0,2}").all()
    assert (areas["last_report"] <= "2024-12-07").all()


@pytest.mark.parametrize(("form", "name"), [("acled", "e.csv"), ("viina", "v.csv"), ("access", "a.csv")])
def test_no_cell_of_a_table_runs_as_a_formula(export: Export, form: str, name: str) -> None:
    pandas = pytest.importorskip("pandas", reason=MISSING.format("pandas"))
    frame = pandas.read_csv(export(form, name), dtype=str, keep_default_na=False)
    words = [cell for column in frame for cell in frame[column] if not cell.lstrip("-").replace(".", "").isdigit()]
    assert words
    assert not [cell for cell in words if guarded(cell) != cell]


def test_the_whole_model_goes_out_and_in_unchanged(export: Export, ingested: Path, tmp_path: Path) -> None:
    out, into = export("jsonl", "model.jsonl", "--complete"), str(tmp_path / "other.sqlite")
    assert main(["import", str(out), "--db", into]) == 0
    assert main(["import", str(out), "--db", into]) == 0, "twice changes nothing"
    for path in (str(ingested), into):
        with open_desk(replace(load_settings(environment={}), db=path)) as desk:
            desk.refresh()
    with open_store(str(ingested)) as one, open_store(into) as other:
        assert other.counts() == one.counts()
        assert other.reviews() == one.reviews() != []
        for report in one.report_ids():
            assert other.reading(report) == one.reading(report)
        for place in one.claimed_places():
            assert other.views(place) == one.views(place)
            assert [other.states(place, view) for view in other.views(place)] == [one.states(place, view) for view in one.views(place)]
    again = tmp_path / "again.jsonl"
    assert main(["export", "jsonl", "--out", str(again), "--complete", "--db", into]) == 0
    assert again.read_bytes() == out.read_bytes()


def test_what_leaves_by_default_names_no_private_person(export: Export, capsys: pytest.CaptureFixture[str]) -> None:
    whole = export("jsonl", "whole.jsonl", "--complete").read_text(encoding="utf-8")
    assert "keep this file at your desk" in capsys.readouterr().err
    shown = export("jsonl", "shown.jsonl").read_text(encoding="utf-8")
    assert "private persons called residents" in capsys.readouterr().out
    assert "Fatuma Nur" in whole
    assert "Fatuma Nur" not in shown
    assert "a resident of" in shown
    assert list(read_model(shown.splitlines())), "a redacted model can be imported, too"


def test_a_selection_without_a_curtain_hides_nothing_and_one_of_a_day_has_that_day(ingested: Path) -> None:
    with open_desk(replace(load_settings(environment={}), db=str(ingested))) as desk:
        index = open_gazetteer().index
        every = list(Selection(desk, index, None, Scope()).claim_rows())
        assert len(every) == desk.store.counts().claims - 1, "one was dismissed"
        day = date(2024, 12, 6)
        rows = list(Selection(desk, index, None, Scope(DateRange(day, day))).claim_rows())
        assert 0 < len(rows) < len(every)
        assert all(row.report.published is not None or row.statement.event_date is not None for row in rows)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["acled", "--view", "fused"], "--view: has no meaning for acled"),
        (["jsonl", "--on", "2024-12-07"], "--on: has no meaning for jsonl"),
        (["geojson", "--every-day"], "--every-day: has no meaning for geojson"),
        (["viina", "--only", "states"], "--only: has no meaning for viina"),
        (["geojson", "--on", "2024-12-07", "--to", "2024-12-08"], "--on: goes without --from and --to"),
        (["geojson", "--on", "7 December"], "must be a day like 2024-12-07"),
        (["geojson", "--from", "2024-12-08", "--to", "2024-12-07"], "lies before --from"),
        (["access", "--view", "fused", "--view", "side:syria.sdf"], "the access table shows one view"),
        (["geojson", "--view", "nobody"], "must be fused, side:ID or source:ID"),
        (["geojson", "--view", "side:nobody"], "nobody of that name has spoken; the sides that have are side:"),
    ],
)
def test_what_does_not_fit_is_refused(
    arguments: list[str], said: str, ingested: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(["export", *arguments, "--out", str(out), "--db", str(ingested)]) == 2
    assert said in capsys.readouterr().err
    assert not out.exists()


def test_the_file_is_replaced_whole_and_never_the_store(ingested: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = tmp_path / "copy.sqlite"
    shutil.copy(ingested, store)
    assert main(["export", "ged", "--out", str(store), "--db", str(store)]) == 2
    assert "this is the store itself" in capsys.readouterr().err
    assert main(["export", "ged", "--out", str(tmp_path), "--db", str(store)]) == 2
    assert main(["export", "ged", "--out", str(tmp_path / "no" / "file"), "--db", str(store)]) == 2
    capsys.readouterr()
    old = tmp_path / "old.csv"
    old.write_text("old", encoding="utf-8")
    old.chmod(0o640)
    assert main(["export", "ged", "--out", str(old), "--db", str(store)]) == 0
    assert (old.read_text(encoding="utf-8")[:2], old.stat().st_mode & 0o777) == ("id", 0o640)


def test_what_an_extra_brings_is_asked_for_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(SetupError, match=r"pip install 'whoholds\[exports\]'"):
        extras.require_extra("pyarrow")


HEAD = '{"format": "whoholds-model", "version": 1}'


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], "line 1: no export of the model"),
        (['{"id": "x", "text": "a report"}'], "line 1: no export of the model"),
        (['{"format": "whoholds-model", "version": 2}'], "import it with a newer WhoHolds"),
        ([HEAD, "[1]"], "line 2: a line must be an object with one key"),
        ([HEAD, '{"dog": {}}'], "line 2: 'dog' is nothing that a line can hold"),
        ([HEAD, '{"review": {"subject": "a"}}'], "line 2: review.verdict is missing"),
        ([HEAD, '{"failure": {"report": "r", "stage": 7, "error": "e"}}'], "line 2: failure.stage must be text, not '7'"),
        ([HEAD, '{"reading": {}}'], "line 2: report must be an object"),
        ([HEAD, '{"place": {"id": "a", "name": "A", "names": [], "lat": NaN}}'], "place.lat must be a number"),
        ([HEAD, '{"failure": {"report": "\\ud800", "stage": "s", "error": "e"}}'], "half a surrogate pair"),
        ([HEAD, '{"review": {"subject": "a", "verdict": "maybe"}}'], "review.verdict must be one of confirmed"),
    ],
)
def test_a_file_that_is_off_is_refused_with_its_line(lines: list[str], said: str) -> None:
    with pytest.raises(BadRecordError, match=said.replace("[", r"\[")):
        list(read_model(lines))


def test_import_says_what_is_wrong_with_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(tmp_path / "none.jsonl"), "--db", str(tmp_path / "s.sqlite")]) == 3
    assert "no such file" in capsys.readouterr().err
    (tmp_path / "odd.jsonl").write_bytes(b"\xff\xfe")
    assert main(["import", str(tmp_path / "odd.jsonl"), "--db", str(tmp_path / "s.sqlite")]) == 3
    assert "no UTF-8" in capsys.readouterr().err
