"""Reviews over the interface: kept as a chain, felt by the timelines at once, and made by who has the token alone."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

TOKEN = "a-token-for-the-tests"  # noqa: S105  made up, as the fixtures have it
HOMS = "/api/v1/places/gn:169577"


def decide(client: TestClient, anchor: str, verdict: str, token: str = TOKEN, **more: str) -> Any:
    headers = {"Authorization": f"Bearer {token}", "X-WhoHolds": "1"}
    return client.post("/api/v1/reviews", json={"anchor": anchor, "verdict": verdict, "reason": "seen", **more}, headers=headers)


def state(client: TestClient, place: str = HOMS) -> Any:
    return client.get(f"{place}?on=2024-12-07").json()["state"]


def bearing(client: TestClient) -> list[Any]:
    """The claims that bear the state of Homs on the reference day."""
    explained = client.get(f"{HOMS}/explain?on=2024-12-07").json()
    return [point["cited"] for point in explained["supporting"]]


def test_a_claim_is_rejected_and_the_decision_taken_back(desk: TestClient) -> None:
    before, borne = state(desk), bearing(desk)
    assert borne
    for claim in borne:
        assert decide(desk, claim["anchor"], "rejected").status_code == 201
    after = state(desk)
    assert after is None or not set(after["supporting"]) & {claim["claim"] for claim in borne}
    for claim in borne:
        history = decide(desk, claim["anchor"], "withdrawn").json()["items"]
        assert [row["verdict"] for row in history] == ["rejected", "withdrawn"]
        assert [row["stands"] for row in history] == [False, True]
        assert history[1]["replaces"] == history[0]["id"]
    assert state(desk) == before


def test_a_claim_that_was_moved_leaves_where_it_was_moved_to(desk: TestClient) -> None:
    claim, elsewhere = bearing(desk)[0], "/api/v1/places/gn:170654"
    there = state(desk, elsewhere)
    assert decide(desk, claim["anchor"], "moved", place="gn:170654").status_code == 201
    moved = desk.get(f"{elsewhere}/claims?limit=1000").json()["items"]
    assert claim["claim"] in {row["claim"] for row in moved}
    assert decide(desk, claim["anchor"], "withdrawn").status_code == 201
    assert state(desk, elsewhere) == there


def test_the_history_is_shown_with_the_claim(desk: TestClient) -> None:
    claim = bearing(desk)[0]
    decide(desk, claim["anchor"], "confirmed")
    assert [row["about"]["claim"] for row in desk.get("/api/v1/reviews").json()["items"]] == [claim["claim"]]
    assert [row["verdict"] for row in desk.get(f"/api/v1/claims/{claim['claim']}").json()["reviews"]] == ["confirmed"]


REFUSED = {
    "no such verdict": ({"verdict": "doubtful"}, 422),
    "no reason": ({"reason": ""}, 422),
    "a reason of spaces": ({"reason": "   "}, 422),
    "a reason without end": ({"reason": "x" * 3000}, 422),
    "a place without a move": ({"place": "gn:170654"}, 422),
    "a move without a place": ({"verdict": "moved"}, 422),
    "a move to no place": ({"verdict": "moved", "place": "gn:0"}, 404),
    "another field": ({"reviewer": "Somebody Else"}, 422),
    "a claim that is not there": ({"anchor": "nothing"}, 404),
    "another claim's anchor": ({"claim": "nothing"}, 404),
    "nothing to take back": ({"verdict": "withdrawn"}, 409),
}


@pytest.mark.parametrize(("change", "status"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_decision_is_refused(desk: TestClient, change: dict[str, str], status: int) -> None:
    given = {"verdict": "rejected", "anchor": bearing(desk)[0]["anchor"], **change}
    answer = decide(desk, given.pop("anchor"), given.pop("verdict"), **given)
    assert answer.status_code == status, answer.text
    assert desk.get("/api/v1/reviews").json()["items"] == []


@pytest.mark.parametrize("token", ["", "x", TOKEN[:-1], TOKEN + "x", "tökén", TOKEN.upper()])
def test_another_token_decides_nothing(desk: TestClient, token: str) -> None:
    headers = {b"Authorization": f"Bearer {token}".encode("latin-1"), b"X-WhoHolds": b"1"}
    body = {"anchor": bearing(desk)[0]["anchor"], "verdict": "rejected", "reason": "seen"}
    answer = desk.post("/api/v1/reviews", json=body, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"


def test_a_token_cannot_be_guessed_without_end(desk: TestClient) -> None:
    anchor = bearing(desk)[0]["anchor"]
    assert [decide(desk, anchor, "rejected", token="wrong").status_code for _ in range(12)] == [401] * 10 + [429] * 2  # noqa: S106  made up
    assert decide(desk, anchor, "rejected").status_code == 429


def test_a_page_of_another_site_can_decide_nothing(desk: TestClient) -> None:
    body = {"anchor": bearing(desk)[0]["anchor"], "verdict": "rejected", "reason": "seen"}
    with_token = {"Authorization": f"Bearer {TOKEN}"}
    assert desk.post("/api/v1/reviews", json=body, headers=with_token).status_code == 403
    foreign = {**with_token, "X-WhoHolds": "1", "Origin": "https://evil.example"}
    assert desk.post("/api/v1/reviews", json=body, headers=foreign).status_code == 403
    assert desk.post("/api/v1/reviews", data=body, headers={**with_token, "X-WhoHolds": "1"}).status_code == 415
    assert desk.get("/api/v1/reviews").json()["items"] == []


def test_nothing_is_decided_where_the_server_only_reads(client: TestClient) -> None:
    assert decide(client, "anchor", "rejected").status_code == 403
    assert client.get("/api/v1/about").json()["review"] is False
