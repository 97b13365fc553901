"""OGC API – Features, Part 1: Core (OGC 17-069r4): states and claims as features, so that QGIS and GDAL connect."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response

from whoholds.errors import UsageError
from whoholds.model import DateRange
from whoholds.ports import ClaimFilter, RecordedClaim
from whoholds.queries.cited import Cited
from whoholds.queries.words import SAFETY
from whoholds.web.answers import Make
from whoholds.web.parameters import MOST_ROWS, box_of, days_of
from whoholds.web.problems import Problem
from whoholds.web.rows import StateQuery, found_state, found_states
from whoholds.web.service import Json, Service

OGC: Final = "/ogc"
GEOJSON: Final = "application/geo+json"
_JSON: Final = "application/json"
_CONFORMS: Final = [f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{part}" for part in ("core", "oas30", "geojson")]
_OPENAPI: Final = "application/vnd.oai.openapi+json;version=3.0"
_CRS84: Final = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_UNFIT: Final = frozenset(("lat", "lon"))

Features = tuple[list[Json], str | None]


@dataclass(frozen=True, slots=True)
class Items:
    """What features are asked by: a box, days, a view for states, and where the page begins (`offset`, what a next link gives)."""

    bbox: Annotated[str | None, Query(max_length=120)] = None
    datetime: Annotated[str | None, Query(max_length=80)] = None
    limit: Annotated[int, Query(ge=1)] = 100
    offset: Annotated[str, Query(max_length=200)] = ""
    view: Annotated[str, Query(max_length=200)] = "fused"

    @property
    def rows(self) -> int:
        """The length of the page: what is asked for, as far as it is served."""
        return min(self.limit, MOST_ROWS)


@dataclass(frozen=True, slots=True)
class Collection:
    """A kind of features, and what finds a page of them or one."""

    id: str
    title: str
    description: str
    page: Callable[[Service, Items], Features]
    one: Callable[[Service, str], Json | None]


def ogc_routes(service: Service) -> APIRouter:
    """Return the addresses of the features."""
    router = APIRouter(prefix=OGC, tags=["OGC API Features"])

    @router.get("", response_model=None)
    async def landing(request: Request) -> Response:
        """The entrance: where the description, the conformance and the collections are."""
        return await _answer(service, request, lambda: _landing(request))

    @router.get("/conformance", response_model=None)
    async def conformance(request: Request) -> Response:
        """The parts of the standard that are kept."""
        return await _answer(service, request, lambda: {"conformsTo": _CONFORMS})

    @router.get("/collections", response_model=None)
    async def collections(request: Request) -> Response:
        """The kinds of features."""
        return await _answer(service, request, lambda: _collections(service, request))

    @router.get("/collections/{collection_id}", response_model=None)
    async def collection(request: Request, collection_id: str) -> Response:
        """One kind of features."""
        return await _answer(service, request, lambda: _described(service, request, _collection(collection_id)))

    @router.get("/collections/{collection_id}/items", response_model=None)
    async def items(request: Request, collection_id: str, asked: Annotated[Items, Depends()]) -> Response:
        """A page of features, in a box and of some days."""
        return await _answer(service, request, lambda: _page(service, request, _collection(collection_id), asked), GEOJSON)

    @router.get("/collections/{collection_id}/items/{feature_id:path}", response_model=None)
    async def item(request: Request, collection_id: str, feature_id: str) -> Response:
        """One feature."""
        return await _answer(service, request, lambda: _one(service, request, _collection(collection_id), feature_id), GEOJSON)

    return router


async def _answer(service: Service, request: Request, make: Make, media_type: str = _JSON) -> Response:
    # The links name the server as the request did.
    return await service.answer(request, make, media_type, apart=request.headers["host"])


def days_asked(given: str | None) -> DateRange | None:
    """Return the days of a `datetime` parameter: a day or instant, or an interval with `..` for an open end; an instant is its day.

    Raises:
        UsageError: when it is none.
    """
    if given is None:
        return None
    ends = given.split("/")
    if len(ends) > 2 or ends in (["", ""], ["..", ".."], [""], [".."]):  # noqa: PLR2004  an interval has two ends
        message = f"datetime {given!r}: give a day, an instant, or an interval as 2024-12-01/2024-12-08, with .. for an open end"
        raise UsageError(message)
    return days_of(_instant(ends[0], given), _instant(ends[-1], given))


def _instant(end: str, given: str) -> date | None:
    if end in {"", ".."}:
        return None
    try:
        return date.fromisoformat(end) if len(end) == len("2024-12-07") else datetime.fromisoformat(end).date()
    except ValueError:
        message = f"datetime {given!r}: {end!r} is no day and no instant"
        raise UsageError(message) from None


def _states(service: Service, asked: Items) -> Features:
    """Return the states of one day: the last of the days asked for."""
    days = days_asked(asked.datetime)
    day = service.day(days.last or days.first if days else None)
    wanted = StateQuery(day, service.view(asked.view), box_of(asked.bbox), asked.rows, asked.offset)
    rows, after = found_states(service, wanted)
    return [_state_feature(row) for row in rows], after


def _state(service: Service, feature_id: str) -> Json | None:
    view, _, rest = feature_id.partition("/")
    place, _, first = rest.rpartition("/")
    for state in service.store.states(place, service.view(view).name).states:
        if str(state.interval.first or "..") == first:
            day = state.interval.first or state.interval.last or service.day(None)
            row = found_state(service, place, StateQuery(day, service.view(view)))
            return _state_feature(row) if row is not None else None
    return None


def _state_feature(row: Json) -> Json:
    told = {name: _flat(value) for name, value in row.items() if name not in _UNFIT}
    return {"type": "Feature", "id": row["id"], "geometry": _point(row["lon"], row["lat"]), "properties": told}


def _claims(service: Service, asked: Items) -> Features:
    if asked.offset and not (asked.offset.isascii() and asked.offset.isdigit() and len(asked.offset) < 19):  # noqa: PLR2004  64 bits
        raise Problem(400, "offset: take it from the next link")
    wanted = ClaimFilter(box=box_of(asked.bbox), event=days_asked(asked.datetime), after=int(asked.offset or 0), limit=asked.rows + 1)
    found = list(islice(service.store.claims(wanted), asked.rows + 1))
    page = found[: asked.rows]
    shown = (_claim_feature(service, recorded) for recorded in service.desk.told(page))
    return [feature for feature in shown if feature is not None], str(page[-1].number) if len(found) > len(page) else None


def _claim(service: Service, feature_id: str) -> Json | None:
    recorded = next(iter(service.desk.named([feature_id])), None)
    return _claim_feature(service, recorded) if recorded is not None else None


def _claim_feature(service: Service, recorded: RecordedClaim) -> Json | None:
    cited = service.shield().cited(recorded)
    if cited is None:
        return None
    place = cited.place
    geometry = _point(place.lon, place.lat) if place is not None else None
    return {"type": "Feature", "id": cited.claim, "geometry": geometry, "properties": _told(cited)}


def _told(cited: Cited) -> Json:
    place = cited.place
    return {
        "kind": cited.kind, "stance": cited.stance, "source": cited.source, "speaks_for": cited.speaks_for, "actor": cited.actor,
        "target": cited.target, "place": place.id if place else None, "name": place.name if place else cited.place_as_written,
        "relation": cited.relation, "extent": cited.extent, "when": cited.when, "publisher": cited.publisher,
        "published": cited.published, "url": cited.url, "quote": cited.quote, "report": cited.report, "note": SAFETY,
    }  # fmt: skip


COLLECTIONS: Final = {
    each.id: each
    for each in (
        Collection("states", "States", f"Who held each place on the last day of datetime, by a view. {SAFETY}", _states, _state),
        Collection("claims", "Claims", f"What sources said of places, by the days that they speak of. {SAFETY}", _claims, _claim),
    )
}


def _collection(collection_id: str) -> Collection:
    found = COLLECTIONS.get(collection_id)
    if found is None:
        raise Problem(404, f"no collection is called {collection_id!r}; there are {', '.join(COLLECTIONS)}")
    return found


def _landing(request: Request) -> Json:
    at = _at(request)
    return {
        "title": "WhoHolds",
        "description": SAFETY,
        "links": [
            _link(f"{at}{OGC}", "self", _JSON, "This document"),
            _link(
                f"{at}/api/v1/openapi.json",
                "service-desc",
                "application/vnd.oai.openapi+json;version=3.0",
                "The description of the interface",
            ),
            _link(f"{at}{OGC}/conformance", "conformance", _JSON, "What of the standard is kept"),
            _link(f"{at}{OGC}/collections", "data", _JSON, "The collections"),
        ],
    }


def _collections(service: Service, request: Request) -> Json:
    rows = [_described(service, request, each) for each in COLLECTIONS.values()]
    return {"links": [_link(f"{_at(request)}{OGC}/collections", "self", _JSON, "This document")], "collections": rows}


def _described(service: Service, request: Request, collection: Collection) -> Json:
    at = f"{_at(request)}{OGC}/collections/{collection.id}"
    days = service.overview.claims_by_day()
    ends = [f"{day}T00:00:00Z" if day else None for day in (min(days, default=None), max(days, default=None))]
    return {
        "id": collection.id,
        "title": collection.title,
        "description": collection.description,
        "itemType": "feature",
        "crs": [_CRS84],
        "extent": {"spatial": {"bbox": [service.overview.box()], "crs": _CRS84}, "temporal": {"interval": [ends]}},
        "links": [_link(at, "self", _JSON, "This document"), _link(f"{at}/items", "items", GEOJSON, collection.title)],
    }


def _page(service: Service, request: Request, collection: Collection, asked: Items) -> Json:
    features, after = collection.page(service, asked)
    parameters = [(name, value) for name, value in request.query_params.multi_items() if name != "offset"]
    at = f"{_at(request)}{request.url.path}"
    links = [_link(f"{at}?{urlencode(list(request.query_params.multi_items()))}".rstrip("?"), "self", GEOJSON, "This page")]
    if after is not None:
        links.append(_link(f"{at}?{urlencode([*parameters, ('offset', after)])}", "next", GEOJSON, "The next page"))
    links.append(_link(f"{_at(request)}{OGC}/collections/{collection.id}", "collection", _JSON, collection.title))
    return {"type": "FeatureCollection", "note": SAFETY, "numberReturned": len(features), "links": links, "features": features}


def _one(service: Service, request: Request, collection: Collection, feature_id: str) -> Json:
    found = collection.one(service, feature_id)
    if found is None:
        raise Problem(404, f"{collection.id}: no feature has the id {feature_id!r}")
    at = f"{_at(request)}{OGC}/collections/{collection.id}"
    return {**found, "links": [_link(str(request.url), "self", GEOJSON, "This feature"), _link(at, "collection", _JSON, collection.title)]}


def _at(request: Request) -> str:
    # The guard has checked the name: it is one that this server answers for.
    return f"{request.url.scheme}://{request.headers['host']}"


def _link(href: str, rel: str, media_type: str, title: str) -> Json:
    return {"href": href, "rel": rel, "type": media_type, "title": title}


def _point(lon: object, lat: object) -> Json | None:
    return None if lon is None or lat is None else {"type": "Point", "coordinates": [lon, lat]}


def _flat(value: object) -> object:
    """Return a value as one attribute of a table: names and flags in a row."""
    if isinstance(value, list):
        return "; ".join(str(each["name"]) if isinstance(each, dict) else str(each) for each in value)
    return value
