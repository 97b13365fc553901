"""Reports and pasted texts: offsets as a browser counts them, what is withheld, and nothing kept."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from whoholds.web import schemas_lists

PASTED = "🕊️🕊️ Rebels captured Hama on Thursday, the Syrian Observatory for Human Rights said. “We left 🚩 Homs,” the army said."


def utf16(text: str, start: int, end: int) -> str:
    """Cut a text as a browser would."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def read(client: TestClient, text: str, **more: str) -> Any:
    return client.post("/api/v1/read", json={"text": text, **more})


def test_a_pasted_text_is_read_with_offsets_as_a_browser_counts(desk: TestClient) -> None:
    before = desk.get("/api/v1/about").json()["counts"]
    answer = read(desk, PASTED, published="2024-12-06", publisher="Wire")
    assert answer.status_code == 200, answer.text
    told = answer.json()
    schemas_lists.ReportText.model_validate(told)
    assert {claim["place"]["name"] for each in told["statements"] for claim in each["claims"] if claim["place"]} >= {"Hama"}
    for statement in told["statements"]:
        assert utf16(told["text"], **statement["evidence"]) == statement["quote"]
        for span in statement["spans"]:
            assert utf16(told["text"], span["start"], span["end"]).strip()
    assert answer.headers["cache-control"] == "no-store"
    assert desk.get("/api/v1/about").json()["counts"] == before


NOT_READ = {
    "nothing": ({"text": ""}, 422),
    "another language": ({"text": "Die Armee verließ am Donnerstag die Stadt Hama, wie das Ministerium am Abend mitteilte."}, 422),
    "too long": ({"text": "x" * 100_001}, 422),
    "no day": ({"text": PASTED, "published": "soon"}, 422),
    "a day to come": ({"text": PASTED, "published": "2999-01-01"}, 400),
    "another field": ({"text": PASTED, "save": "yes"}, 422),
}


@pytest.mark.parametrize(("body", "status"), NOT_READ.values(), ids=NOT_READ)
def test_what_cannot_be_read_is_said(desk: TestClient, body: dict[str, str], status: int) -> None:
    answer = desk.post("/api/v1/read", json=body)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


def test_texts_are_not_read_without_end(desk: TestClient) -> None:
    codes = [read(desk, "Nothing was said of it.").status_code for _ in range(14)]
    assert codes[-2:] == [429, 429]


def test_a_body_without_end_is_refused(desk: TestClient) -> None:
    answer = desk.post("/api/v1/read", content=b'{"text": "' + b"x" * 200_000 + b'"}', headers={"Content-Type": "application/json"})
    assert answer.status_code == 413


def test_a_report_is_shown_with_its_statements(client: TestClient) -> None:
    heads = client.get("/api/v1/reports?limit=1000").json()["items"]
    for head in heads[:30]:
        told = client.get(f"/api/v1/reports/{head['id']}").json()
        schemas_lists.ReportText.model_validate(told)
        for statement in told["statements"]:
            assert utf16(told["text"], **statement["evidence"]) == statement["quote"]
        assert told["withheld"] or sum(len(each["claims"]) for each in told["statements"]) == head["claims"]


def test_where_forces_are_is_withheld_until_it_is_old(demo_db: Path, served: Any) -> None:
    with served(demo_db, now=datetime(2024, 12, 5, 12, tzinfo=UTC)) as then, served(demo_db) as later:
        asked = "/api/v1/claims?kind=position&kind=advance&kind=deployment&published_from=2024-12-04&published_to=2024-12-05&limit=1000"
        young, old = then.get(asked).json(), later.get(asked).json()
        assert young["items"] == []
        assert young["withheld"] == len(old["items"]) > 0
        for claim in old["items"]:
            assert then.get(f"/api/v1/claims/{claim['claim']}").status_code == 404
            text = then.get(f"/api/v1/reports/{claim['report']}").json()
            assert text["withheld"] > 0
            assert "▒" in text["text"]
            assert claim["claim"] not in then.get(f"/api/v1/reports/{claim['report']}").text
        events = "/api/v1/events?first=2024-12-01&last=2024-12-05"
        hidden = {claim["claim"] for claim in old["items"]}
        shown = {row["claim"] for name in ("movements", "distances", "unplaced") for row in then.get(events).json()[name]}
        assert not hidden & shown
        assert hidden & {row["claim"] for row in later.get(events).json()["movements"]}
