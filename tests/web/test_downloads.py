"""Downloads, situation reports and watch-lists."""

from __future__ import annotations

import csv
import io
import json

import pytest
from starlette.testclient import TestClient

from whoholds.web import schemas_lists

CAVEAT = "eported control, not access, safety or sovereignty"


@pytest.mark.parametrize("form", ["geojson", "csv", "acled", "viina", "ged", "access", "kml", "geoparquet", "jsonl"])
def test_every_format_comes_as_a_file(client: TestClient, form: str) -> None:
    answer = client.get(f"/api/v1/export?format={form}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"].startswith(f'attachment; filename="whoholds-{form}')
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert len(answer.content) > 100


def test_a_map_of_a_day_holds_that_day_alone(client: TestClient) -> None:
    found = json.loads(client.get("/api/v1/export?format=geojson&on=2024-12-07&only=states").content)
    rows = client.get("/api/v1/states?on=2024-12-07&limit=1000").json()["items"]
    assert len(found["features"]) == len(rows)


def test_the_table_of_a_day_tells_the_same_as_the_states(client: TestClient) -> None:
    answer = client.get("/api/v1/export?format=csv&on=2024-12-07")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    states = client.get("/api/v1/states?on=2024-12-07&limit=1000").json()["items"]
    assert [(row["place"], row["holding"], row["agreement"]) for row in rows] == [
        (state["place"], state["holding"], state["agreement"]) for state in states
    ]


@pytest.mark.parametrize(
    "query", ["format=docx", "", "format=geojson&on=2024-12-07&from=2024-12-01", "format=acled&only=states", "format=geojson&view=nobody"]
)
def test_an_order_that_contradicts_itself_is_refused(client: TestClient, query: str) -> None:
    assert client.get(f"/api/v1/export?{query}").status_code in {400, 422}


@pytest.mark.parametrize(("form", "media_type"), [("html", "text/html; charset=utf-8"), ("markdown", "text/markdown; charset=utf-8")])
def test_the_situation_report_may_do_nothing_but_show_itself(client: TestClient, form: str, media_type: str) -> None:
    answer = client.get(f"/api/v1/sitrep?on=2024-12-07&days=2&conflict=syria&format={form}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == media_type
    assert CAVEAT in answer.text
    assert "sandbox" in answer.headers["content-security-policy"]
    assert "script-src" not in answer.headers["content-security-policy"]


SQUARE = [[[36.0, 34.0], [38.0, 34.0], [38.0, 36.0], [36.0, 36.0], [36.0, 34.0]]]


@pytest.mark.parametrize("area", [{"polygon": SQUARE}, {"ids": ["gn:169575"]}, {"pcodes": ["SY04"]}], ids=["drawn", "a region", "a P-code"])
def test_what_is_said_within_an_area_is_told(client: TestClient, area: dict[str, object]) -> None:
    answer = client.post("/api/v1/watch", json={**area, "on": "2024-12-07", "days": 7})
    assert answer.status_code == 200, answer.text
    told = answer.json()
    schemas_lists.Watched.model_validate(told)
    places = {place["id"] for place in told["places"]}
    assert "gn:169577" in places
    assert {state["place"] for state in told["states"]} <= places
    assert told["claims"]
    assert all("2024-12-01" <= claim["published"] <= "2024-12-07" for claim in told["claims"])


NO_AREA = {
    "none": {},
    "two corners": {"polygon": [[[1, 2], [3, 4]]]},
    "beyond the Earth": {"polygon": [[[500, 2], [3, 4], [5, 6], [500, 2]]]},
    "no numbers": {"polygon": [[["a", 2], [3, 4], [5, 6], [7, 8]]]},
    "no number at all": {"polygon": [[["NaN", 2], [3, 4], [5, 6], [7, 8]]]},
    "no such P-code": {"pcodes": ["ZZ99"]},
    "no such place": {"ids": ["gn:0"]},
    "too many": {"ids": ["gn:169577"] * 1000},
}


@pytest.mark.parametrize("area", NO_AREA.values(), ids=NO_AREA)
def test_what_is_no_area_is_refused(client: TestClient, area: dict[str, object]) -> None:
    assert client.post("/api/v1/watch", json=area).status_code in {404, 422}
