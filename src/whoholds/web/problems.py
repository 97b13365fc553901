"""Errors as `application/problem+json` (RFC 9457): what was wrong and what to do, never a trace of the program."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from whoholds.errors import WhoHoldsError
from whoholds.web.answers import json_bytes

MEDIA_TYPE = "application/problem+json"
_LONGEST = 200
_SERVER = 500


class Problem(Exception):  # noqa: N818  RFC 9457 calls it so
    """What a request cannot be answered for: a status of HTTP, and what to do, in a sentence."""

    def __init__(self, status: int, detail: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers = status, detail, headers or {}


def problem(status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    """Return the answer for a request that has none."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return Response(json_bytes(body), status, {"Cache-Control": "no-store", **(headers or {})}, MEDIA_TYPE)


def answer_problems(app: FastAPI) -> None:
    """Let `app` answer every error as a problem."""
    app.add_exception_handler(Problem, _own)
    app.add_exception_handler(WhoHoldsError, _of_the_tree)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(Exception, _unforeseen)


def _own(_: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)  # noqa: S101  registered for it alone
    return problem(error.status, error.detail, error.headers)


def _of_the_tree(_: Request, error: Exception) -> Response:
    assert isinstance(error, WhoHoldsError)  # noqa: S101  registered for it alone
    if error.http_status < _SERVER:
        return problem(error.http_status, str(error))
    # The message may name files of this machine: it is for its operator.
    return problem(error.http_status, f"{type(error).__name__}: the server cannot use its data; whoever runs it sees why")


def _invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101  registered for it alone
    told = [f"{'.'.join(map(str, each['loc'][1:])) or each['loc'][0]}: {each['msg']}" for each in error.errors()]
    return problem(422, "; ".join(told)[:_LONGEST])


def _of_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  registered for it alone
    detail = {404: "nothing has this address", 405: f"{request.method} is not answered here"}.get(error.status_code, error.detail)
    return problem(error.status_code, detail, dict(error.headers or {}))


def _unforeseen(_: Request, __: Exception) -> Response:
    # The server below writes the trace to its log.
    return problem(_SERVER, "the server failed on this request; its log says why")
