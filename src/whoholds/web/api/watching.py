"""A watch-list: what holds in an area of the asker's own, and what was said of it in some days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Annotated, Final, Self

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, model_validator

from whoholds.model import Place
from whoholds.queries.cited import Cited
from whoholds.queries.words import SAFETY, cited_words
from whoholds.web.answers import response
from whoholds.web.limits import Rate
from whoholds.web.parameters import Day
from whoholds.web.problems import Problem
from whoholds.web.rows import StateQuery, state_row
from whoholds.web.schemas_lists import Watched
from whoholds.web.service import Json, Service, row

MOST_AREAS, MOST_POINTS, MOST_CLAIMS = 200, 2000, 500
WATCHES, SECONDS = 60, 60.0
_OCHA: Final = "ocha:"
_CORNERS: Final = 4

Point = Annotated[list[FiniteFloat], Field(min_length=2, max_length=3)]
Ring = Annotated[list[Point], Field(min_length=_CORNERS, max_length=MOST_POINTS)]
Code = Annotated[str, Field(min_length=1, max_length=120)]


class Watch(BaseModel):
    """An area: rings of longitude and latitude, ids of places, or P-codes; and the days up to `on`."""

    model_config = ConfigDict(extra="forbid")

    polygon: Annotated[list[Ring] | None, Field(max_length=MOST_AREAS)] = None
    ids: Annotated[list[Code], Field(max_length=MOST_AREAS)] = []
    pcodes: Annotated[list[Code], Field(max_length=MOST_AREAS)] = []
    on: Day | None = None
    days: Annotated[int, Field(ge=1, le=366)] = 7
    view: Annotated[str, Field(max_length=200)] = "fused"

    @model_validator(mode="after")
    def _names_an_area(self) -> Self:
        if not (self.polygon or self.ids or self.pcodes):
            raise ValueError("give a polygon, ids or pcodes")
        return self


def watch_routes(service: Service) -> APIRouter:
    """Return the address of watch-lists."""
    router = APIRouter(tags=["watch"])
    rate = Rate(WATCHES, SECONDS)

    @router.post("/watch", response_model=Watched)
    async def watch(request: Request, asked: Watch) -> Response:
        """What holds within an area on a day, and what was said of it in the days before; nothing of it is kept."""
        rate.take()
        made = await service.answers.computed(partial(_watched, service, asked))
        return response(made, request, {"Cache-Control": "no-store"}, "application/json")

    return router


@dataclass(frozen=True, slots=True)
class _Inside:
    """Which places lie in what is watched."""

    service: Service
    areas: tuple[str, ...]
    polygon: object | None

    def holds(self, place: Place) -> bool:
        if any(self.service.desk.places.within(place.id, area) for area in self.areas):
            return True
        if self.polygon is None:
            return False
        from shapely import contains_xy  # noqa: PLC0415  only where an area was drawn

        drawn = self.service.shield().place(place.id) or place
        return bool(contains_xy(self.polygon, drawn.lon, drawn.lat))


def _watched(service: Service, asked: Watch) -> Json:
    inside = _Inside(service, tuple(_areas(service, asked)), _polygon(asked))
    claimed = set(service.store.claimed_places())
    places = {key: place for key, place in service.overview.places().items() if key in claimed and inside.holds(place)}
    wanted = StateQuery(service.day(asked.on), service.view(asked.view))
    states = [each for each in service.store.states_on(wanted.day, wanted.view.name) if each.place in places]
    claims = list(_said(service, places, wanted, asked.days))
    return {
        "note": SAFETY,
        "on": wanted.day,
        "days": asked.days,
        "view": wanted.view.name,
        "places": [{"id": place.id, "name": place.name} for place in places.values()],
        "states": [state_row(service, state, places[state.place], wanted) for state in states],
        "claims": [row(cited) | {"words": cited_words(cited)} for cited in claims[:MOST_CLAIMS]],
        "more": len(claims) > MOST_CLAIMS,
    }


def _said(service: Service, places: dict[str, Place], wanted: StateQuery, days: int) -> Iterator[Cited]:
    """Yield what was published of these places in the days up to one, newest first, as it may be shown."""
    first = wanted.day - timedelta(days=days - 1)
    heard = (each for each in service.desk.heard(sorted(places)) if each.report.published is not None)
    recent = [each for each in heard if each.report.published is not None and first <= each.report.published <= wanted.day]
    for recorded in sorted(recent, key=lambda each: (each.report.published or first, each.number), reverse=True)[: MOST_CLAIMS + 1]:
        cited = service.shield().cited(recorded)
        if cited is not None:
            yield cited


def _areas(service: Service, asked: Watch) -> Iterator[str]:
    for code in asked.ids:
        yield service.place(code).id
    for code in asked.pcodes:
        place = service.desk.places.get(f"{_OCHA}{code.strip().upper()}")
        if place is None:
            raise Problem(404, f"no area has the P-code {code!r}")
        yield place.id


def _polygon(asked: Watch) -> object | None:
    """Return the polygon that was drawn, mended where it crosses itself.

    Raises:
        Problem: when its points are no coordinates.
    """
    if not asked.polygon:
        return None
    from shapely import Polygon, make_valid, prepare  # noqa: PLC0415  only where an area was drawn

    if any(abs(point[0]) > 180 or abs(point[1]) > 90 for ring in asked.polygon for point in ring):  # noqa: PLR2004  degrees
        raise Problem(422, "polygon: give longitude and latitude in degrees")
    found: object = make_valid(Polygon(asked.polygon[0], asked.polygon[1:]))
    prepare(found)
    return found
