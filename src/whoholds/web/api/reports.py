"""Reports with their statements marked, and texts that are read without being kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from whoholds.pipeline import OpenStages, open_stages, read_text
from whoholds.ports import Hints
from whoholds.web.answers import response
from whoholds.web.limits import AtOnce, Rate
from whoholds.web.parameters import After, Conflict, Day, Identity, Limit, Words
from whoholds.web.problems import Problem
from whoholds.web.schemas_lists import ReportPage, ReportText
from whoholds.web.service import Json, Service, page, row
from whoholds.web.texts import report_document

MOST_CHARACTERS = 100_000
READS, READS_SECONDS = 12, 60.0


class Pasted(BaseModel):
    """A text to be read; the day and the publisher where they are known."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(min_length=1, max_length=MOST_CHARACTERS)]
    published: Day | None = None
    publisher: Annotated[str | None, Field(max_length=200)] = None


def report_routes(service: Service, opener: OpenStages = open_stages) -> APIRouter:
    """Return the addresses of reports; `opener` opens the model, when the first text is read."""
    router = APIRouter(tags=["reports"])
    reads, one = Rate(READS, READS_SECONDS), AtOnce(1)

    @router.get("/reports", response_model=ReportPage)
    async def listed(request: Request, conflict: Conflict = None, text: Words = None, limit: Limit = 100, after: After = 0) -> Response:
        """The reports in the order of recording; `text` stands in the title or the publisher's name."""
        return await service.answer(request, lambda: _listed(service, request, service.conflict(conflict), text, limit, after))

    @router.get("/reports/{report_id}", response_model=ReportText)
    async def one_report(request: Request, report_id: Identity) -> Response:
        """One report with its statements; offsets count UTF-16 units, as a browser does. What is withheld is veiled in the text."""
        return await service.answer(request, lambda: _report(service, report_id))

    @router.post("/read", response_model=ReportText)
    async def read(request: Request, pasted: Pasted) -> Response:
        """The claims of a text that was sent, as they would be read from a report; nothing is kept, nobody else is shown it."""
        with one.one():
            reads.take()
            made = await service.answers.computed(lambda: _read(service, pasted, opener))
        return response(made, request, {"Cache-Control": "no-store"}, "application/json")

    return router


def _listed(service: Service, request: Request, conflict: str | None, words: str | None, limit: int, after: int) -> Json:
    found = service.overview.heads(conflict, words, after, limit + 1)
    shown = [row(service.shield().head(head)) for head in found[:limit]]
    return page(request, list(shown), found[limit - 1].number if len(found) > limit else None)


def _report(service: Service, report_id: str) -> Json:
    reading = service.store.reading(report_id)
    if reading is None:
        raise Problem(404, f"no report has the id {report_id!r}")
    redacted, hidden = service.shield().reading(reading)
    return report_document(service, redacted, hidden)


def _read(service: Service, pasted: Pasted, opener: OpenStages) -> Json:
    settings = replace(service.settings, second_opinion=None)
    hints = Hints(publisher=pasted.publisher or None)
    return report_document(service, read_text(pasted.text, hints, published=pasted.published, settings=settings, opener=opener))
