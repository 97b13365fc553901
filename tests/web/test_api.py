"""The programming interface over the demonstration's reports: every answer as it is described, and right."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import BaseModel
from starlette.testclient import TestClient

from whoholds.web import schemas, schemas_lists, schemas_map

NOTE = "Reported control, not access, safety or sovereignty."
EPOCH = date(1970, 1, 1).toordinal()


def got(client: TestClient, address: str, **parameters: str | int) -> Any:
    answer = client.get(f"/api/v1{address}", params=parameters)
    assert answer.status_code == 200, answer.text
    return answer.json()


def place_id(client: TestClient, name: str) -> str:
    return str(next(row["id"] for row in got(client, "/search", q=name)["places"] if row["told"]))


ANSWERS: list[tuple[str, type[BaseModel]]] = [
    ("/about", schemas_map.About),
    ("/activity", schemas_map.Activity),
    ("/activity?conflict=syria", schemas_map.Activity),
    ("/map", schemas_map.Map),
    ("/map?view=side:syria.government", schemas_map.Map),
    ("/map?known_by=2024-12-06&conflict=syria", schemas_map.Map),
    ("/events?first=2024-12-01&last=2024-12-08", schemas_lists.Symbols),
    ("/states?on=2024-12-07&limit=7", schemas_lists.StatePage),
    ("/states?on=2024-12-07&bbox=36,32,38,35", schemas_lists.StatePage),
    ("/claims?limit=20", schemas.ClaimPage),
    ("/claims?kind=capture&kind=loss&stance=asserts&text=hama", schemas.ClaimPage),
    ("/search?q=homs", schemas_lists.Found),
    ("/search?q=حمص", schemas_lists.Found),
    ("/places/gn:169577?on=2024-12-07", schemas.PlaceAnswer),
    ("/places/gn:169577?on=2024-12-06&view=side:syria.government&known_by=2024-12-06", schemas.PlaceAnswer),
    ("/places/gn:169577/timeline", schemas.TimelineAnswer),
    ("/places/gn:169577/explain?on=2024-12-06", schemas.Argument),
    ("/places/gn:169577/claims?limit=3", schemas.ClaimPage),
    ("/places/gn:169577/views", schemas.Views),
    ("/areas/gn:169575", schemas_lists.Area),
    ("/reports?limit=5", schemas_lists.ReportPage),
    ("/reports?text=hama&conflict=syria", schemas_lists.ReportPage),
    ("/diff?from=2024-11-30&to=2024-12-07", schemas_lists.DiffAnswer),
    ("/diff?on=2024-12-07&one=fused&other=side:syria.government", schemas_lists.DiffAnswer),
    ("/sources?known_by=2024-12-08&limit=3", schemas_lists.SourcePage),
    ("/coverage?on=2024-12-07&days=7&conflict=syria&limit=5", schemas_lists.CoveragePage),
]


@pytest.mark.parametrize(("address", "schema"), ANSWERS, ids=[address for address, _ in ANSWERS])
def test_an_answer_is_as_described_and_carries_the_note(client: TestClient, address: str, schema: type[BaseModel]) -> None:
    answer = client.get(f"/api/v1{address}")
    assert answer.status_code == 200, answer.text
    schema.model_validate(answer.json())
    told = answer.json()
    assert (told.get("note") or told["properties"]["note"]) == NOTE


def test_the_description_names_every_address_and_loads_nothing_from_elsewhere(client: TestClient) -> None:
    described = client.get("/api/v1/openapi.json").json()
    assert {f"/api/v1/{name}" for name in ("about", "map", "states", "claims", "search")} <= set(described["paths"])
    assert client.get("/docs").status_code == 404


def test_the_map_tells_the_same_as_the_states_of_a_day(client: TestClient) -> None:
    document = got(client, "/map")
    rows = got(client, "/states", on="2024-12-07", limit=1000)["items"]
    day = date(2024, 12, 7).toordinal() - EPOCH
    states, places, holding = document["states"], document["places"], document["codes"]["holding"]
    drawn = {
        places["id"][place]: (holding[states["holding"][at]], [document["holders"][each]["id"] for each in states["holders"][at]])
        for at, place in enumerate(states["place"])
        if (states["first"][at] is None or states["first"][at] <= day) and (states["last"][at] is None or day <= states["last"][at])
    }
    assert rows
    assert drawn == {row["place"]: (row["holding"], [holder["id"] for holder in row["holders"]]) for row in rows}


def test_columns_of_the_map_are_of_one_length_and_in_order(client: TestClient) -> None:
    document = got(client, "/map")
    for table in ("places", "states"):
        assert len({len(column) for column in document[table].values()}) == 1
    keys = list(zip(document["states"]["place"], [first or 0 for first in document["states"]["first"]], strict=True))
    assert keys == sorted(keys)
    assert max(document["states"]["place"]) < len(document["places"]["id"])


def test_a_place_has_its_name_in_its_own_letters_drawn_from_left_to_right(client: TestClient) -> None:
    assert got(client, "/places/gn:169577")["native"] == "\ufebaﻤﺣ"


def test_pages_follow_each_other_without_gap(client: TestClient) -> None:
    whole = [claim["claim"] for claim in got(client, "/claims", limit=1000)["items"]]
    paged: list[str] = []
    address: str | None = "/api/v1/claims?limit=7"
    while address is not None:
        page = client.get(address).json()
        paged += [claim["claim"] for claim in page["items"]]
        address = page["next"]
    assert len(whole) > 14
    assert paged == whole


def test_states_are_paged_by_the_ids_of_places(client: TestClient) -> None:
    whole = [row["id"] for row in got(client, "/states", on="2024-12-07", limit=1000)["items"]]
    first = got(client, "/states", on="2024-12-07", limit=4)
    second = client.get(first["next"]).json()
    assert [row["id"] for row in (*first["items"], *second["items"])] == whole[:8]


def test_a_claim_names_what_it_denies(client: TestClient) -> None:
    denials = got(client, "/claims", stance="denies", limit=1000)["items"]
    details = [got(client, f"/claims/{claim['claim']}") for claim in denials]
    for detail in details:
        schemas.ClaimDetail.model_validate(detail)
    assert any(link["outgoing"] and link["relation"] == "denies" for detail in details for link in detail["links"])


def test_who_has_an_answer_is_told_that_it_still_holds(client: TestClient) -> None:
    first = client.get("/api/v1/map")
    again = client.get("/api/v1/map", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["cache-control"] == "no-cache"
    assert client.get("/api/v1/map?view=side:syria.government").headers["etag"] != first.headers["etag"]


def test_answers_are_packed_for_who_takes_that(client: TestClient) -> None:
    packed = client.get("/api/v1/map", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/api/v1/map", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.json() == plain.json()
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"])
