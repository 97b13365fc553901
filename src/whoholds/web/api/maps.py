"""The map document, the quiet symbols on it, and states as rows."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from whoholds.web.atlas import atlas
from whoholds.web.parameters import AfterId, Bbox, Conflict, First, KnownBy, Last, Limit, On, ViewName, box_of
from whoholds.web.rows import StateQuery, state_rows
from whoholds.web.schemas_lists import StatePage, Symbols
from whoholds.web.schemas_map import Map
from whoholds.web.service import Service
from whoholds.web.symbols import symbols


def map_routes(service: Service) -> APIRouter:
    """Return the addresses that a map is drawn from."""
    router = APIRouter(tags=["map"])

    @router.get("/map", response_model=Map)
    async def map_document(request: Request, view: ViewName = "fused", known_by: KnownBy = None, conflict: Conflict = None) -> Response:
        """All states of a view in columns; days count from 1 January 1970."""
        slow = known_by is not None
        return await service.answer(request, lambda: atlas(service, service.view(view), known_by, service.conflict(conflict)), slow=slow)

    @router.get("/events", response_model=Symbols)
    async def events(request: Request, first: First = None, last: Last = None, conflict: Conflict = None) -> Response:
        """Strikes, clashes, movements and stated distances of some days, and what has no pin; by default of the last seven days."""
        return await service.answer(request, lambda: symbols(service, first, last, service.conflict(conflict)))

    @router.get("/states", response_model=StatePage)
    async def states(
        request: Request,
        on: On = None,
        view: ViewName = "fused",
        bbox: Bbox = None,
        limit: Limit = 100,
        after: AfterId = "",
    ) -> Response:
        """The state of every place on a day, by the ids of places: what was said of the place itself, without what it inherits."""
        box = box_of(bbox)
        return await service.answer(
            request, lambda: state_rows(service, request, StateQuery(service.day(on), service.view(view), box, limit, after))
        )

    return router
