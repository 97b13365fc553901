"""Private persons are residents wherever the server speaks, and facilities are drawn no finer than their settlement."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import pytest
from starlette.testclient import TestClient

from whoholds.pipeline import Stages, read_text
from whoholds.ports import Hints
from whoholds.queries.desk import desk_of
from whoholds.store import open_store

NAME = "Mahmoud Darwazeh"
TEXT = f"{NAME}, a resident of Hama, said rebels captured the city on Thursday. “They came at dawn,” Darwazeh said. The army left Homs."


class Serve(Protocol):
    """What serves a store."""

    def __call__(self, db: Path, /) -> AbstractContextManager[TestClient]:
        """Serve it."""
        ...


@pytest.fixture(scope="module")
def witnessed(shipped: Stages, served: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of a server over a report with a witness in its title and text."""
    db = tmp_path_factory.mktemp("witness") / "store.sqlite"
    hints = Hints("Wire", title=f"Rebels took Hama, {NAME} tells")
    reading = read_text(TEXT, hints, published="2024-12-06", opener=lambda _: shipped)
    assert any(NAME in each.attribution.source.referent for each in reading.extracted.statements)
    with open_store(str(db), create=True) as store:
        store.record(reading)
        desk_of(store).refresh()
    with served(db) as client:
        yield client


ADDRESSES = (
    "/api/v1/about", "/api/v1/map", "/api/v1/claims", "/api/v1/reports", "/api/v1/events?first=2024-12-01&last=2024-12-08",
    "/api/v1/search?q=Hama", "/api/v1/sources?known_by=2024-12-08", "/api/v1/sitrep?on=2024-12-06&conflict=syria",
    "/api/v1/sitrep?on=2024-12-06&conflict=syria&format=markdown", "/api/v1/diff?from=2024-12-01&to=2024-12-07",
    "/api/v1/export?format=geojson", "/api/v1/export?format=jsonl", "/api/v1/export?format=acled", "/api/v1/export?format=kml",
    "/ogc/collections/claims/items",
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_witness_has_no_name(witnessed: TestClient, address: str) -> None:
    answer = witnessed.get(address)
    assert answer.status_code == 200, answer.text
    assert "darwazeh" not in answer.text.casefold()


def test_a_witness_is_a_resident_in_every_answer_on_the_claim(witnessed: TestClient) -> None:
    claims = witnessed.get("/api/v1/claims").json()["items"]
    assert any(claim["source"] == "a resident of Hama" for claim in claims)
    for claim in claims:
        place = claim["place"]["id"]
        addresses = (
            f"claims/{claim['claim']}",
            f"reports/{claim['report']}",
            f"places/{place}",
            f"places/{place}/explain",
            f"places/{place}/claims",
        )
        for address in addresses:
            answer = witnessed.get(f"/api/v1/{address}?on=2024-12-07")
            assert answer.status_code == 200
            assert "darwazeh" not in answer.text.casefold()


def test_a_witness_has_no_view(witnessed: TestClient) -> None:
    assert {view["name"] for view in witnessed.get("/api/v1/about").json()["views"]} >= {"fused"}
    for address in (
        "map?view=",
        "states?view=",
        "places/gn:170017?view=",
        "diff?on=2024-12-07&one=fused&other=",
        "export?format=csv&view=",
    ):
        answer = witnessed.get(f"/api/v1/{address}source:{NAME.casefold()}")
        assert answer.status_code == 404, address
