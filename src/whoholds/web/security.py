"""What every request and answer passes: who may ask, how much, and what a browser may do with the answer.

Nothing here is a cookie, and nothing lets another origin read: a page of another site can neither send what changes
anything (JSON and an own header need a preflight, which is refused) nor read an answer, and a name that another site points at this
machine (DNS rebinding) is no name that is served.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from whoholds.web.problems import Problem, problem

LOOPBACK = frozenset(("127.0.0.1", "localhost", "[::1]"))
"""Names of this machine."""

MOST_BYTES = 128 * 1024
"""The largest body of a request."""

LONGEST_ADDRESS = 4096
"""Characters of a path with its query."""

MOST_AT_ONCE = 100
"""Requests answered at once; more are told to come again."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; worker-src 'self' blob:; child-src blob:; "
    "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""What the page may load and do: its own files alone, no inline script or style; MapLibre makes its worker from a blob."""

DOCUMENT_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
)
"""What a situation report in HTML may do: show itself."""

HEADERS: Mapping[str, str] = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}

_METHODS = frozenset(("GET", "HEAD", "POST"))
_JSON = "application/json"


class Guard:
    """The outermost layer: refuses what must not be asked, bounds what may, and sets the headers of every answer."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = ()) -> None:
        """Answer for the names of this machine, and for `hosts`."""
        self._app = app
        self._hosts = LOOPBACK.union(host.lower() for host in hosts)
        self._now = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        shielded = _with_headers(send)
        try:
            self._check(scope)
        except Problem as error:
            await problem(error.status, error.detail, error.headers)(scope, receive, shielded)
            return
        self._now += 1
        try:
            if scope["method"] == "HEAD":
                await self._app({**scope, "method": "GET"}, receive, _without_body(shielded))
            else:
                await self._app(scope, _bounded(receive), shielded)
        finally:
            self._now -= 1

    def _check(self, scope: Scope) -> None:
        """Refuse a request by its first lines.

        Raises:
            Problem: when it must not be answered.
        """
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        if host_of(headers.get("host", "")) not in self._hosts:
            raise Problem(421, "this server does not answer for that name; start it with --allow-host NAME if it should")
        if scope["method"] not in _METHODS:
            raise Problem(405, "only GET, HEAD and POST are answered", {"Allow": "GET, HEAD, POST"})
        if len(scope["path"]) + len(scope["query_string"]) > LONGEST_ADDRESS:
            raise Problem(414, f"the address is longer than {LONGEST_ADDRESS} characters")
        if self._now >= MOST_AT_ONCE:
            raise Problem(503, "too many requests at once; come again in a moment", {"Retry-After": "1"})
        if scope["method"] == "POST":
            _check_post(headers)


def host_of(header: str) -> str:
    """Return the name in a Host header, without its port."""
    name, colon, port = header.strip().lower().rpartition(":")
    return name if colon and port.isdigit() and not name.endswith(":") else header.strip().lower()


def _check_post(headers: Mapping[str, str]) -> None:
    """Refuse a body that another site's page could have sent, or that is too large.

    Raises:
        Problem: when it is no JSON, comes from another origin, or is too large.
    """
    if headers.get("content-type", "").partition(";")[0].strip().lower() != _JSON:
        raise Problem(415, f"send {_JSON}")
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower():
        raise Problem(403, "requests of other sites are not answered")
    length = headers.get("content-length", "0")
    if not (length.isascii() and length.isdigit()) or int(length[:12]) > MOST_BYTES:
        raise Problem(413, f"the body is larger than {MOST_BYTES:,} bytes")


def _bounded(receive: Receive) -> Receive:
    """Return `receive` that gives no more than the largest body, whatever was announced."""
    taken = 0

    async def bounded() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > MOST_BYTES:
            raise Problem(413, f"the body is larger than {MOST_BYTES:,} bytes")
        return message

    return bounded


def _without_body(send: Send) -> Send:
    """Return `send` for a HEAD request: the headers that GET would have, and nothing after them."""

    async def sent(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return sent


def _with_headers(send: Send) -> Send:
    """Return `send` that adds the headers of every answer; an answer may bring a policy of its own."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = list(message.get("headers", ()))
            there = {name for name, _ in given}
            given += [(name.encode(), value.encode()) for name, value in HEADERS.items() if name.encode() not in there]
            message = {**message, "headers": given}
        await send(message)

    return sent
