"""The reference report, asked over the interface: the golden cases of the queries hold for who asks from outside, too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import pytest
from starlette.testclient import TestClient

from whoholds.config import load_settings
from whoholds.pipeline import Stages, ingest_reports
from whoholds.ports import Hints, Recorded
from whoholds.queries.desk import open_desk

DAY = "2024-12-07"
REFERENCE_DAY = (date(2024, 12, 7) - date(1970, 1, 1)).days
OPPOSITION, GOVERNMENT = "Syrian opposition factions", "Syrian government"
MINISTRY = "source:syrian-defence-ministry"
Told = tuple[str, tuple[str, ...], str, str | None] | None


class Serve(Protocol):
    """What serves a store."""

    def __call__(self, db: Path, /) -> AbstractContextManager[TestClient]:
        """Serve it."""
        ...


@pytest.fixture(scope="module")
def reference(shared: Path, shipped: Stages, served: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of a server over the reference report alone."""
    path = shared / "seed" / "article.txt"
    if not path.is_file():
        pytest.skip(f"NOT MEASURED: {path.name} is not beside the checkout, so nothing is asked of the reference report")
    db = tmp_path_factory.mktemp("reference") / "store.sqlite"
    settings = load_settings({"db": str(db)})
    with open_desk(settings, create=True) as desk:
        hints = Hints("Shafaq News", None)
        outcomes = list(ingest_reports([str(path)], hints, settings, desk.store, lambda _model: shipped))
        assert all(isinstance(outcome, Recorded) for outcome in outcomes)
        desk.refresh()
    with served(db) as client:
        yield client


def place_id(client: TestClient, name: str) -> str:
    """Return the id that claims about a place of this name have."""
    claims = client.get("/api/v1/claims", params={"place": name, "limit": 1}).json()["items"]
    return str(claims[0]["place"]["id"])


def answer(client: TestClient, name: str, **asked: str) -> Any:
    found = client.get(f"/api/v1/places/{place_id(client, name)}", params={"on": DAY, **asked})
    assert found.status_code == 200, found.text
    return found.json()


CASES: dict[str, tuple[str, str, Told]] = {
    "Artouz was left by SOHR's account": ("Artouz", "fused", ("vacated", (), "disputed", "single")),
    "Artouz in the ministry's account": ("Artouz", MINISTRY, ("controlled", (GOVERNMENT,), "claimed", "one_sided")),
    "the opposition has not spoken of Artouz": ("Artouz", "side:syria.opposition", None),
    "Al-Sanamayn is claimed": ("Al-Sanamayn", "fused", ("controlled", (OPPOSITION,), "claimed", "one_sided")),
    "Al-Qaryatayn by the ministry's account": ("Al-Qaryatayn", "fused", ("controlled", (GOVERNMENT,), "claimed", "one_sided")),
    "Zakiyah is surrounded, its holder unknown": ("Zakiyah", "fused", ("unknown", (), "claimed", None)),
    "Damascus is unknown from this report alone": ("Damascus", "fused", None),
    "Aleppo": ("Aleppo", "fused", ("controlled", (OPPOSITION,), "unopposed", "single")),
    "Hama": ("Hama", "fused", ("controlled", (OPPOSITION,), "unopposed", "single")),
    "a release of prisoners in Suwayda is no change": ("Suwayda province", "fused", None),
}


@pytest.mark.parametrize(("place", "view", "expected"), CASES.values(), ids=CASES)
def test_who_holds_is_told_over_the_interface(reference: TestClient, place: str, view: str, expected: Told) -> None:
    told = answer(reference, place, view=view)
    state = told["state"]
    if expected is None:
        assert state is None
        assert "nothing said" in told["lines"][0] or "no report says" in told["lines"][0]
        return
    names = tuple(holder["name"] for holder in told["holders"])
    assert (state["holding"], names, state["agreement"], state["tier"]) == expected


def test_the_map_turns_with_the_view(reference: TestClient) -> None:
    artouz = place_id(reference, "Artouz")
    holding = {}
    for view in ("fused", MINISTRY):
        document = reference.get("/api/v1/map", params={"view": view}).json()
        states, number = document["states"], document["places"]["id"].index(artouz)
        begun = (at for at, place in enumerate(states["place"]) if place == number and (states["first"][at] or 0) <= REFERENCE_DAY)
        holding[view] = document["codes"]["holding"][states["holding"][max(begun)]]
    assert holding == {"fused": "vacated", MINISTRY: "controlled"}


def test_the_denial_is_told_with_its_scope(reference: TestClient) -> None:
    told = answer(reference, "Artouz")
    assert [(each["by"]["source_id"], each["scope"]) for each in told["denials"]] == [("syrian-defence-ministry", "contains")]


def test_zakiyah_is_told_to_be_surrounded(reference: TestClient) -> None:
    told = answer(reference, "Zakiyah")
    assert [party["side"] for party in told["encircled_by"]] == ["syria.opposition"]


def test_the_distance_to_damascus_is_checked_with_numbers(reference: TestClient) -> None:
    rows = reference.get("/api/v1/events", params={"first": "2024-12-01", "last": DAY}).json()["distances"]
    found = [row for row in rows if row["km_high"] == 20]
    assert [(row["verdict"], row["reference"]["name"]) for row in found] == [("not_reproducible", "Damascus")]
    assert found[0]["straight_km"] > 20 + found[0]["tolerance_km"]


def test_the_report_is_marked_where_it_says_so(reference: TestClient) -> None:
    head = reference.get("/api/v1/reports").json()["items"][0]
    report = reference.get(f"/api/v1/reports/{head['id']}").json()
    assert head["claims"] == sum(len(each["claims"]) for each in report["statements"])
    denials = [each for each in report["statements"] if each["stance"] == "denies"]
    assert denials
    assert all(each["source"] for each in denials)
