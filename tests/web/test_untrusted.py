"""Report text and names are untrusted: scripts in every field are served as data, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Protocol

import pytest
from starlette.testclient import TestClient

from whoholds.identity import report_id
from whoholds.model import Mention, Place, Reading
from whoholds.pipeline import Stages, read_text
from whoholds.ports import Hints
from whoholds.queries.desk import desk_of
from whoholds.store import open_store
from whoholds.taxonomy import Feature

SCRIPT = "</script><script>alert(1)</script><img src=x onerror=alert(2)>'\"`${alert(3)}{{alert(4)}}"
BIDI = "\u202e\u2066=HYPERLINK(1)"
EVIL = f"{SCRIPT}{BIDI}"
TEXT = "Rebels captured Hama on Thursday, the Syrian Observatory for Human Rights said. The army denied that it had left Hama."


class Serve(Protocol):
    """What serves a store."""

    def __call__(self, db: Path, /) -> AbstractContextManager[TestClient]:
        """Serve it."""
        ...


def spoilt(mention: Mention | None) -> Mention | None:
    return mention and replace(mention, referent=EVIL)


def hostile(reading: Reading) -> Reading:
    """A reading with a script in every field that holds words."""
    text = f"{reading.report.text}\n{EVIL}"
    report = replace(reading.report, text=text, publisher=EVIL, title=EVIL, url="javascript:alert(5)", origin_id=EVIL)
    identity = report_id(report.text, report.publisher, report.published, report.url)
    statements = tuple(
        replace(
            each,
            actor=spoilt(each.actor),
            target=spoilt(each.target),
            rule=EVIL,
            attribution=replace(each.attribution, source=replace(each.attribution.source, referent=EVIL), publisher=EVIL),
        )
        for each in reading.extracted.statements
    )
    place = Place("user:<b>", EVIL, (EVIL,), 35.1, 36.7, Feature.SETTLEMENT, (EVIL,), 1, EVIL, EVIL)
    resolutions = {key: replace(found, place=place) for key, found in reading.resolutions.items()}
    extracted = replace(reading.extracted, statements=statements)
    made = Reading(replace(report, id=identity), extracted, resolutions, reading.checks)
    return replace(made, extracted=replace(extracted, extraction=replace(extracted.extraction, report=identity)))


@pytest.fixture(scope="module")
def evil(shipped: Stages, served: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of a server over a report that is out to harm."""
    db = tmp_path_factory.mktemp("evil") / "store.sqlite"
    reading = read_text(TEXT, Hints(), published="2024-12-06", opener=lambda _: shipped)
    with open_store(str(db), create=True) as store:
        store.record(hostile(reading))
        desk_of(store).refresh()
    with served(db) as client:
        yield client


ADDRESSES = (
    "about", "map", "activity", "events?first=2024-12-01&last=2024-12-08", "states?on=2024-12-07", "claims", "reports",
    "places/user:<b>", "places/user:<b>/timeline", "places/user:<b>/explain", "places/user:<b>/claims", "places/user:<b>/views",
    "diff?from=2024-12-01&to=2024-12-07", "sources?known_by=2024-12-08", "coverage?on=2024-12-07", "search?q=alert", "reviews",
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_script_in_any_field_is_data(evil: TestClient, address: str) -> None:
    answer = evil.get(f"/api/v1/{address}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    json.loads(answer.content)


def test_the_scripts_are_really_there(evil: TestClient) -> None:
    claims = evil.get("/api/v1/claims").json()["items"]
    assert claims
    assert all(SCRIPT in claim["place"]["name"] and SCRIPT in claim["publisher"] for claim in claims)
    assert any(SCRIPT in str(claim["actor"]) for claim in claims)
    report = evil.get(f"/api/v1/reports/{claims[0]['report']}").json()
    assert SCRIPT in report["text"]
    assert SCRIPT in report["title"]


@pytest.mark.parametrize("address", ["claims", "reports", "places/user:<b>/claims", "search?q=hama"])
def test_an_address_that_is_a_script_is_none(evil: TestClient, address: str) -> None:
    answer = evil.get(f"/api/v1/{address}")
    assert "javascript:" not in answer.text


class _Tags(HTMLParser):
    """The tags and attributes of a document."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def test_the_situation_report_shows_them_as_words(evil: TestClient) -> None:
    answer = evil.get("/api/v1/sitrep?on=2024-12-07&days=7")
    assert answer.status_code == 200
    found = _Tags()
    found.feed(answer.text)
    assert not {"script", "img", "iframe"} & found.tags
    assert not {name for name in found.attributes if name.startswith("on")}


@pytest.mark.parametrize("form", ["csv", "acled", "viina", "access"])
def test_no_cell_of_a_table_runs(evil: TestClient, form: str) -> None:
    answer = evil.get(f"/api/v1/export?format={form}")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment")
    assert not any(cell.startswith(("=", "+", "@")) for line in answer.text.splitlines() for cell in line.replace('"', "").split(","))


def test_features_are_data_too(evil: TestClient) -> None:
    for collection in ("states", "claims"):
        answer: Any = evil.get(f"/ogc/collections/{collection}/items")
        assert answer.headers["content-type"] == "application/geo+json"
        assert answer.json()["features"]


def test_a_script_in_a_question_comes_back_as_data(evil: TestClient) -> None:
    for address in (f"/api/v1/search?q={SCRIPT[:60]}", "/api/v1/places/<script>alert(1)</script>", "/<script>alert(1)</script>"):
        answer = evil.get(address)
        assert answer.headers["content-type"] in {"application/json", "application/problem+json"}
