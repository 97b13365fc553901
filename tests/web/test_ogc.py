"""OGC API Features: what the standard asks for, and GDAL opening it."""

from __future__ import annotations

from typing import Any

import pyogrio
import pytest
from starlette.testclient import TestClient

NOTE = "Reported control, not access, safety or sovereignty."


def linked(document: Any, relation: str) -> Any:
    return next((link for link in document["links"] if link["rel"] == relation), None)


def got(client: TestClient, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_entrance_leads_to_everything(client: TestClient) -> None:
    landing = got(client, "/ogc")
    assert {"self", "service-desc", "conformance", "data"} <= {link["rel"] for link in landing["links"]}
    for link in landing["links"]:
        assert client.get(link["href"]).status_code == 200
    classes = got(client, "/ogc/conformance")["conformsTo"]
    assert {f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{part}" for part in ("core", "geojson", "oas30")} == set(classes)
    collections = got(client, "/ogc/collections")["collections"]
    assert [each["id"] for each in collections] == ["states", "claims"]
    for collection in collections:
        assert got(client, linked(collection, "self")["href"]) == collection
        assert linked(collection, "items")["type"] == "application/geo+json"
        west, south, east, north = collection["extent"]["spatial"]["bbox"][0]
        assert -180 <= west < east <= 180
        assert -90 <= south < north <= 90


@pytest.mark.parametrize("collection", ["states", "claims"])
def test_pages_of_features_follow_each_other(client: TestClient, collection: str) -> None:
    answer = client.get(f"/ogc/collections/{collection}/items?limit=1000")
    assert answer.headers["content-type"] == "application/geo+json"
    whole = answer.json()
    assert whole["type"] == "FeatureCollection"
    assert whole["note"] == NOTE
    assert whole["numberReturned"] == len(whole["features"]) > 10
    paged: list[str] = []
    address: str | None = f"/ogc/collections/{collection}/items?limit=9"
    while address is not None:
        page = got(client, address)
        paged += [feature["id"] for feature in page["features"]]
        address = linked(page, "next")["href"] if linked(page, "next") else None
    assert paged == [feature["id"] for feature in whole["features"]]


@pytest.mark.parametrize("collection", ["states", "claims"])
def test_a_feature_has_an_address_of_its_own(client: TestClient, collection: str) -> None:
    for feature in got(client, f"/ogc/collections/{collection}/items?limit=20")["features"]:
        alone = got(client, f"/ogc/collections/{collection}/items/{feature['id']}")
        assert alone["geometry"] == feature["geometry"]
        assert alone["id"] == feature["id"]
        assert alone["properties"]["name"] == feature["properties"]["name"]


def test_a_box_and_days_choose_features(client: TestClient) -> None:
    found = got(client, "/ogc/collections/claims/items?bbox=36,34,38,36&datetime=2024-12-01/2024-12-05&limit=1000")["features"]
    assert found
    for feature in found:
        lon, lat = feature["geometry"]["coordinates"]
        assert 36 <= lon <= 38
        assert 34 <= lat <= 36
    day = got(client, "/ogc/collections/states/items?datetime=2024-12-07T12:00:00Z&limit=1000")["features"]
    assert {feature["properties"]["on"] for feature in day} == {"2024-12-07"}
    assert len(day) == len(got(client, "/api/v1/states?on=2024-12-07&limit=1000")["items"])


WRONG = {
    "no such collection": ("/ogc/collections/roads/items", 404),
    "no such feature": ("/ogc/collections/claims/items/none", 404),
    "no such state": ("/ogc/collections/states/items/fused/gn:0/2024-12-07", 404),
    "no day": ("/ogc/collections/claims/items?datetime=soon", 400),
    "days the wrong way round": ("/ogc/collections/claims/items?datetime=2024-12-07/2024-12-01", 400),
    "three ends": ("/ogc/collections/claims/items?datetime=2024-12-07/2024-12-08/2024-12-09", 400),
    "open at both ends": ("/ogc/collections/claims/items?datetime=../..", 400),
    "no rows": ("/ogc/collections/claims/items?limit=0", 422),
    "no cursor": ("/ogc/collections/claims/items?offset=-1", 400),
}


@pytest.mark.parametrize(("address", "status"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_answered_is_a_problem(client: TestClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


def test_gdal_opens_the_collections(live: str, client: TestClient) -> None:
    if "OAPIF" not in pyogrio.list_drivers():
        pytest.skip("NOT TESTED WITH GDAL: this build has no driver for OGC API Features")
    source = f"OAPIF:{live}/ogc"
    assert {name for name, _ in pyogrio.list_layers(source)} == {"states", "claims"}
    about, _, shapes, values = pyogrio.raw.read(source, layer="states", columns=["holding", "place"])
    rows = got(client, "/api/v1/states?limit=1000")["items"]
    assert len(shapes) == len(rows)
    read = dict(zip(about["fields"], values, strict=True))
    assert sorted(zip(read["holding"], read["place"], strict=True)) == sorted((row["holding"], row["place"]) for row in rows)
    _, _, shapes, _ = pyogrio.raw.read(source, layer="claims", bbox=(36.0, 34.0, 38.0, 36.0), columns=["kind"])
    assert len(shapes) == len(got(client, "/ogc/collections/claims/items?bbox=36,34,38,36&limit=1000")["features"])
