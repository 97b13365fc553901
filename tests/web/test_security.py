"""What the server refuses, and what it lets a browser do."""

from __future__ import annotations

import json

import pytest
from starlette.testclient import TestClient

WRONG = {
    "no such address": ("GET", "/nothing", 404),
    "no such address of the interface": ("GET", "/api/v1/nothing", 404),
    "a method that nothing answers": ("DELETE", "/api/v1/map", 405),
    "a method that this address does not answer": ("POST", "/api/v1/map", 405),
    "a preflight": ("OPTIONS", "/api/v1/map", 405),
    "no day": ("GET", "/api/v1/states?on=yesterday", 422),
    "a day that no calendar has": ("GET", "/api/v1/states?on=2024-02-30", 422),
    "a day as a number": ("GET", "/api/v1/states?on=1733529600", 422),
    "a day in other digits": ("GET", "/api/v1/states?on=٢٠٢٤-١٢-٠٧", 422),
    "no view": ("GET", "/api/v1/map?view=everything", 400),
    "a side that the registry has not": ("GET", "/api/v1/map?view=side:syria.martians", 400),
    "no such war": ("GET", "/api/v1/map?conflict=troy", 404),
    "no such place": ("GET", "/api/v1/places/gn:0", 404),
    "no such claim": ("GET", "/api/v1/claims/none", 404),
    "a box of three": ("GET", "/api/v1/states?bbox=1,2,3", 400),
    "a box upside down": ("GET", "/api/v1/states?bbox=1,50,3,40", 400),
    "a box that is no number": ("GET", "/api/v1/states?bbox=1,nan,3,x", 400),
    "a page too long": ("GET", "/api/v1/claims?limit=100000", 422),
    "a cursor that is none": ("GET", "/api/v1/claims?after=x", 422),
    "a cursor beyond all numbers": ("GET", "/api/v1/claims?after=99999999999999999999999", 422),
    "no such kind": ("GET", "/api/v1/claims?kind=looting", 422),
    "days the wrong way round": ("GET", "/api/v1/claims?first=2024-12-08&last=2024-12-01", 400),
    "nothing searched for": ("GET", "/api/v1/search?q=", 422),
    "an endless address": ("GET", "/api/v1/search?q=" + "x" * 5000, 414),
    "a file outside": ("GET", "/static/%2e%2e/app.py", 404),
    "a file outside, plainly": ("GET", "/static//etc/passwd", 404),
    "code": ("GET", "/static/../app.py", 404),
    "another file of the library": ("GET", "/vendor/pywidget.js", 404),
}


@pytest.mark.parametrize(("method", "address", "status"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_answered_is_a_problem_that_says_so(client: TestClient, method: str, address: str, status: int) -> None:
    answer = client.request(method, address, content="{}" if method == "POST" else None, headers={"Content-Type": "application/json"})
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert set(told) == {"type", "title", "status", "detail"}
    assert told["status"] == status
    assert told["detail"]
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "", "localhost@evil.example", "[::2]:8000"]
)
def test_a_name_that_is_not_ours_is_not_answered(client: TestClient, host: str) -> None:
    answer = client.get("/api/v1/about", headers={"Host": host})
    assert answer.status_code == 421
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("host", ["localhost", "localhost:9000", "LOCALHOST:1", "127.0.0.1", "[::1]:8000"])
def test_names_of_this_machine_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/api/v1/about", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("address", ["/api/v1/about", "/nothing", "/vendor/maplibre-gl.js", "/api/v1/states?on=x"])
def test_every_answer_binds_the_browser(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "access-control-allow-origin" not in headers
    assert "set-cookie" not in headers


@pytest.mark.parametrize("address", ["/api/v1/about", "/api/v1/states?on=x", "/vendor/maplibre-gl.css"])
def test_the_headers_alone_may_be_asked_for(client: TestClient, address: str) -> None:
    whole, headers = client.get(address), client.head(address)
    assert (headers.status_code, headers.content) == (whole.status_code, b"")
    assert headers.headers["content-length"] == whole.headers["content-length"]


def test_the_drawing_library_is_served_without_being_loaded(client: TestClient) -> None:
    script = client.get("/vendor/maplibre-gl.js")
    assert script.status_code == 200
    assert script.headers["content-type"].startswith("text/javascript")
    assert script.headers["content-encoding"] == "gzip"
    assert client.get("/vendor/maplibre-gl.js", headers={"If-None-Match": script.headers["etag"]}).status_code == 304


def test_an_error_that_nobody_foresaw_tells_nothing_of_the_program(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret of the program")

    monkeypatch.setattr("whoholds.web.api.search._found", broken)
    answer = client.get("/api/v1/search?q=a")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "secret" not in json.dumps(answer.json())
