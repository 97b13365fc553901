"""Many clients at once: every answer whole and the same, whatever else is asked meanwhile, and while another program writes."""

from __future__ import annotations

import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import pytest
from starlette.testclient import TestClient

from whoholds.errors import StoreReadOnlyError
from whoholds.model import Review
from whoholds.queries.desk import desk_of
from whoholds.store import open_store
from whoholds.taxonomy import Verdict
from whoholds.web.service import FRESH_S

NOW = datetime(2026, 1, 1, tzinfo=UTC)


class Serve(Protocol):
    """What serves a store."""

    def __call__(self, db: Path, /) -> AbstractContextManager[TestClient]:
        """Serve it."""
        ...


def test_many_clients_get_what_one_gets(client: TestClient) -> None:
    addresses = [
        *(f"/api/v1/places/{row['place']}?on=2024-12-07" for row in client.get("/api/v1/states?on=2024-12-07&limit=30").json()["items"]),
        *(f"/api/v1/states?on=2024-12-{day:02}" for day in range(1, 20)),
        *(f"/api/v1/claims?limit={limit}" for limit in range(1, 20)),
    ]
    with ThreadPoolExecutor(16) as many:
        together = list(many.map(lambda address: client.get(address).content, addresses * 2))
    assert together == [client.get(f"{address}&again=1").content.replace(b"&again=1", b"") for address in addresses] * 2


def test_what_another_program_writes_is_seen(demo_db: Path, served: Serve, tmp_path: Path) -> None:
    db = tmp_path / "shared.sqlite"
    shutil.copy(demo_db, db)
    with served(db) as client, open_store(str(db)) as writing:
        page = client.get("/api/v1/claims?limit=1")
        claim, tag = page.json()["items"][0], page.headers["etag"]
        writing.review(Review(claim["anchor"], Verdict.REJECTED, "seen", "A. Analyst", NOW, claim["claim"]))
        desk_of(writing).refresh()
        time.sleep(FRESH_S * 1.2)
        after = client.get("/api/v1/claims?limit=1", headers={"If-None-Match": tag})
        assert after.status_code == 200
        assert after.json()["items"][0]["claim"] != claim["claim"]


def test_a_store_that_is_served_for_reading_cannot_be_written(demo_db: Path, tmp_path: Path) -> None:
    db = tmp_path / "read.sqlite"
    shutil.copy(demo_db, db)
    with open_store(str(db), read_only=True) as store, pytest.raises(StoreReadOnlyError):
        store.review(Review("anchor", Verdict.REJECTED, "seen", "A. Analyst", NOW))
