"""One box for everything: places in any script, sources, claims by their words, reports by their titles."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from whoholds.ports import ClaimFilter
from whoholds.queries.words import SAFETY, cited_words
from whoholds.registry.names import fold
from whoholds.web.schemas_lists import Found
from whoholds.web.scripts import native_name
from whoholds.web.service import Json, Service, row

MOST = 12
"""Hits of each kind."""


def search_routes(service: Service) -> APIRouter:
    """Return the address of the search."""
    router = APIRouter(tags=["search"])

    @router.get("/search", response_model=Found)
    async def search(request: Request, q: Annotated[str, Query(min_length=1, max_length=200)]) -> Response:
        """Places (in any script; those with states first), sources, claims and reports that bear these words."""
        return await service.answer(request, lambda: _found(service, q.strip()))

    return router


def _found(service: Service, words: str) -> Json:
    searchable = any(sign.isalnum() for sign in words)
    return {
        "note": SAFETY,
        "q": words,
        "places": _places(service, words) if searchable else [],
        "sources": _sources(service, words) if searchable else [],
        "claims": _claims(service, words) if searchable else [],
        "reports": _reports(service, words),
    }


def _places(service: Service, words: str) -> list[Json]:
    found = {place.id: place for place in service.desk.places.find(words)}
    told = {place_id for place_id in found if service.store.views(place_id)}
    rows = [
        {
            "id": place.id,
            "name": place.name,
            "native": native_name(place.names),
            "admin": list(place.admin),
            "feature": place.feature,
            "lat": drawn.lat,
            "lon": drawn.lon,
            "told": place.id in told,
        }
        for place in found.values()
        if (drawn := service.shield().place(place.id)) is not None
    ]
    return sorted(rows, key=lambda row: not row["told"])[:MOST]


def _sources(service: Service, words: str) -> list[Json]:
    asked = fold(words)
    views = service.overview.places_by_view()
    rows = [
        {
            "id": source.id,
            "name": source.name,
            "role": source.kind,
            "view": f"source:{source.id}",
            "places": views.get(f"source:{source.id}", 0),
        }
        for source in service.desk.registry.sources.values()
        if source.public_role and not source.generic and any(asked in fold(name) for name in (source.name, *source.aliases))
    ]
    return sorted(rows, key=lambda row: (-int(str(row["places"])), str(row["name"])))[:MOST]


def _claims(service: Service, words: str) -> list[Json]:
    found = service.desk.told(service.store.claims(ClaimFilter(text=words, limit=MOST)))
    shown = (service.shield().cited(recorded) for recorded in found)
    return [row(cited) | {"words": cited_words(cited)} for cited in shown if cited is not None]


def _reports(service: Service, words: str) -> list[Json]:
    return [row(service.shield().head(head)) for head in service.overview.heads(None, words, 0, MOST)]
