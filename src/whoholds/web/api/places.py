"""One place: who holds it, its timelines, why, what was said of it, and its area."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from fastapi import APIRouter, Request, Response

from whoholds.fuse.views import FUSED
from whoholds.locate.areas import unpacked
from whoholds.queries.explain import explain
from whoholds.queries.telling import explain_lines, timeline_lines, who_lines
from whoholds.queries.timelines import timeline
from whoholds.queries.who import Asked, who
from whoholds.queries.words import SAFETY
from whoholds.web.api.claims import claim_page
from whoholds.web.atlas import view_label
from whoholds.web.parameters import After, KnownBy, Limit, On, PlaceId, ViewName
from whoholds.web.schemas import Argument, ClaimPage, PlaceAnswer, TimelineAnswer, Views
from whoholds.web.schemas_lists import Area
from whoholds.web.scripts import native_name
from whoholds.web.service import Json, Service

MOST_VIEWS = 40
"""Views of which a place's answer brings the timeline; the others are listed by name."""


def place_routes(service: Service) -> APIRouter:
    """Return the addresses of places."""
    router = APIRouter(tags=["places"])

    @router.get("/places/{place_id}", response_model=PlaceAnswer)
    async def place(request: Request, place_id: PlaceId, on: On = None, view: ViewName = "fused", known_by: KnownBy = None) -> Response:
        """Who holds a place on a day, with the timeline of every view that has spoken of it, those with most states first."""
        return await service.answer(request, lambda: _place(service, _asked(service, place_id, on, view, known_by)))

    @router.get("/places/{place_id}/timeline", response_model=TimelineAnswer)
    async def states(request: Request, place_id: PlaceId, view: ViewName = "fused", known_by: KnownBy = None) -> Response:
        """All states of a place in a view, ordered and disjoint, with who objects."""
        return await service.answer(request, lambda: _timeline(service, _asked(service, place_id, None, view, known_by)))

    @router.get("/places/{place_id}/explain", response_model=Argument)
    async def why(request: Request, place_id: PlaceId, on: On = None, view: ViewName = "fused", known_by: KnownBy = None) -> Response:
        """Why the place is told to be in its state: claims with their words and rules, denials, dissent; and the same in `lines`."""
        return await service.answer(request, lambda: _explained(service, _asked(service, place_id, on, view, known_by)))

    @router.get("/places/{place_id}/claims", response_model=ClaimPage)
    async def claims(request: Request, place_id: PlaceId, limit: Limit = 100, after: After = 0) -> Response:
        """What was said of a place, in the order of recording."""
        return await service.answer(request, lambda: _claims(service, request, place_id, limit, after))

    @router.get("/places/{place_id}/views", response_model=Views)
    async def views(request: Request, place_id: PlaceId) -> Response:
        """The views that have spoken of a place."""
        return await service.answer(request, lambda: _views(service, place_id))

    @router.get("/areas/{place_id}", response_model=Area)
    async def area(request: Request, place_id: PlaceId) -> Response:
        """The shape of a region, simplified to about 100 m, as a GeoJSON feature."""
        return await service.answer(request, lambda: _area(service, place_id), "application/geo+json")

    return router


def _asked(service: Service, place_id: str, on: date | None, view: str, known_by: date | None) -> Asked:
    return Asked(service.place(place_id).id, service.day(on), service.view(view), known_by)


def _place(service: Service, asked: Asked) -> Json:
    answer = who(service.desk, asked)
    spoken = service.views(service.store.views(answer.place.id))
    shown = [FUSED.name, *[name for name in spoken if name != FUSED.name]][:MOST_VIEWS]
    told = [timeline(service.desk, asked.place, service.view(name), asked.known_by) for name in shown]
    found = service.place(asked.place)
    lines = list(who_lines(service.shield().shown(replace(answer, asked=answer.place.name))))
    return {
        **service.said(answer),
        "native": native_name(found.names),
        "names": list(found.names),
        "admin": list(found.admin),
        "population": found.population,
        "origin": found.origin,
        "licence": found.licence,
        "lines": lines,
        "timelines": [_without_note(service.said(each)) | {"label": view_label(service, service.view(each.view))} for each in told],
        "views": list(spoken),
    }


def _without_note(answer: Json) -> dict[str, object]:
    return {key: value for key, value in answer.items() if key not in {"note", "asked", "place", "views"}}


def _timeline(service: Service, asked: Asked) -> Json:
    found = timeline(service.desk, asked.place, asked.view, asked.known_by)
    answer = replace(found, asked=found.place.name, views=tuple(service.views(found.views)))
    return {**service.said(answer), "lines": list(timeline_lines(service.shield().shown(answer)))}


def _explained(service: Service, asked: Asked) -> Json:
    found = explain(service.desk, asked)
    shown = service.shield().shown(replace(found, who=replace(found.who, asked=found.who.place.name)))
    return {**service.said(found), "lines": list(explain_lines(shown, service.clock().date()))}


def _claims(service: Service, request: Request, place_id: str, limit: int, after: int) -> Json:
    recorded = service.desk.heard([service.place(place_id).id])
    return claim_page(service, request, (each for each in recorded if each.number > after), limit)


def _views(service: Service, place_id: str) -> Json:
    names = service.views(service.store.views(service.place(place_id).id))
    return {"note": SAFETY, "views": [{"name": name, "label": view_label(service, service.view(name))} for name in names]}


def _area(service: Service, place_id: str) -> Json:
    place = service.place(place_id)
    shape = service.index.shape(place.id)
    # A place without a known area is a feature without a geometry (RFC 7946, 3.2), and no error of who asks.
    rings = [ring for ring in unpacked(shape) if len(ring) > 1] if shape is not None else []
    return {
        "type": "Feature",
        "id": place.id,
        "properties": {"name": place.name, "note": SAFETY},
        "geometry": {"type": "MultiPolygon", "coordinates": _polygons(rings)} if rings else None,
    }


def _polygons(rings: list[list[tuple[float, float]]]) -> list[object]:
    """Return the polygons of rings whose inside follows from the even-odd rule: GeoJSON wants holes with their outer ring."""
    from shapely import build_area, get_parts  # noqa: PLC0415  only where an area is asked for
    from shapely.geometry import GeometryCollection, LineString, mapping  # noqa: PLC0415

    built = build_area(GeometryCollection([LineString(ring) for ring in rings]))
    return [mapping(part)["coordinates"] for part in get_parts(built) if part.geom_type == "Polygon"]
