"""What changed, what differs between accounts, who claimed what, how much was heard, and the situation report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response

from whoholds.queries.coverage import coverage
from whoholds.queries.diff import Moment, diff
from whoholds.queries.sitrep import Sitrep, sitrep
from whoholds.queries.sitrep_html import sitrep_html
from whoholds.queries.sitrep_markdown import sitrep_markdown
from whoholds.queries.sources import sources
from whoholds.queries.telling import diff_lines
from whoholds.web.parameters import MOST_ROWS, Conflict, Day, KnownBy, On, ViewName
from whoholds.web.problems import Problem
from whoholds.web.schemas_lists import CoveragePage, DiffAnswer, SourcePage
from whoholds.web.security import DOCUMENT_POLICY
from whoholds.web.service import Json, Service, page

Days = Annotated[int, Query(description="How many days up to that day", ge=1, le=366)]
Rows = Annotated[int, Query(description="Most rows of a page", ge=1, le=MOST_ROWS)]
Offset = Annotated[int, Query(description="Where the page begins: what `next` gives", ge=0, le=1_000_000)]
From = Annotated[Day | None, Query(alias="from", description="The earlier day")]
To = Annotated[Day | None, Query(alias="to", description="The later day")]
Other = Annotated[str | None, Query(description="A view to compare with another on one day", max_length=200)]
Form = Annotated[Literal["html", "markdown"], Query(alias="format")]


@dataclass(frozen=True, slots=True)
class Compared:
    """Two days of a view, or two views on a day."""

    view: ViewName = "fused"
    first: From = None
    last: To = None
    on: On = None
    one: Other = None
    other: Other = None


def comparing_routes(service: Service) -> APIRouter:
    """Return the addresses that compare."""
    router = APIRouter(tags=["comparing"])

    @router.get("/diff", response_model=DiffAnswer)
    async def differences(request: Request, asked: Annotated[Compared, Depends()]) -> Response:
        """What differs between two days of a view (`from`, `to`), or between two views (`one`, `other`) on a day."""
        return await service.answer(request, lambda: _diff(service, _moments(service, asked)))

    @router.get("/sources", response_model=SourcePage)
    async def profiles(
        request: Request, known_by: KnownBy = None, conflict: Conflict = None, limit: Rows = 100, after: Offset = 0
    ) -> Response:
        """What organisations and office-holders claimed, and how that fared; private persons have no profile."""
        rows = slice(after, after + limit)
        return await service.answer(request, lambda: _sources(service, request, known_by, conflict, rows), slow=True)

    @router.get("/coverage", response_model=CoveragePage)
    async def heard(
        request: Request, on: On = None, days: Days = 7, conflict: Conflict = None, limit: Rows = 100, after: Offset = 0
    ) -> Response:
        """How much was heard of each place: where nobody reported, blank is not quiet."""
        rows = slice(after, after + limit)
        return await service.answer(request, lambda: _coverage(service, request, (service.day(on), days, conflict), rows), slow=True)

    @router.get("/sitrep", response_class=Response)
    async def report(request: Request, on: On = None, days: Days = 1, conflict: Conflict = None, form: Form = "html") -> Response:
        """The situation report of some days, as one HTML document or as Markdown."""
        media_type = "text/html; charset=utf-8" if form == "html" else "text/markdown; charset=utf-8"
        answer = await service.answer(request, lambda: _sitrep(service, service.day(on), days, conflict, form), media_type, slow=True)
        answer.headers["Content-Security-Policy"] = DOCUMENT_POLICY
        return answer

    return router


def _moments(service: Service, asked: Compared) -> tuple[Moment, Moment]:
    """Return the two moments that are compared.

    Raises:
        Problem: when it is neither two days nor two views.
    """
    if asked.first and asked.last and not (asked.on or asked.one or asked.other):
        return Moment(asked.first, service.view(asked.view)), Moment(asked.last, service.view(asked.view))
    if asked.one and asked.other and not (asked.first or asked.last):
        day = service.day(asked.on)
        return Moment(day, service.view(asked.one)), Moment(day, service.view(asked.other))
    raise Problem(400, "give two days (from, to), or two views (one, other) and a day (on)")


def _diff(service: Service, moments: tuple[Moment, Moment]) -> Json:
    found = diff(service.desk, *moments)
    return {**service.said(found), "lines": list(diff_lines(service.shield().shown(found)))}


def _sources(service: Service, request: Request, known_by: date | None, conflict: str | None, rows: slice) -> Json:
    found = service.said(sources(service.desk, known_by or service.clock().date(), service.conflict(conflict)))
    return _paged(request, found, "profiles", rows)


def _coverage(service: Service, request: Request, asked: tuple[date, int, str | None], rows: slice) -> Json:
    day, days, conflict = asked
    return _paged(request, service.said(coverage(service.desk, day, days, service.conflict(conflict))), "places", rows)


def _paged(request: Request, answer: Json, name: str, rows: slice) -> Json:
    """Return an answer with one page of a list of it as its items."""
    found = answer.pop(name)
    listed = found if isinstance(found, list) else []
    return {**answer, **page(request, listed[rows], rows.stop if len(listed) > rows.stop else None), "total": len(listed)}


def _sitrep(service: Service, day: date, days: int, conflict: str | None, form: str) -> bytes:
    found: Sitrep = service.shield().shown(sitrep(service.desk, day, days, service.conflict(conflict)))
    return "\n".join(sitrep_html(found) if form == "html" else sitrep_markdown(found)).encode()
