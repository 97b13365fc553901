"""The application: routes, errors, and the guard around them."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import FastAPI
from starlette.types import ASGIApp

from whoholds import __version__
from whoholds.web.api.about import about_routes
from whoholds.web.api.claims import claim_routes
from whoholds.web.api.comparing import comparing_routes
from whoholds.web.api.exports import export_routes
from whoholds.web.api.maps import map_routes
from whoholds.web.api.places import place_routes
from whoholds.web.api.reports import report_routes
from whoholds.web.api.reviewing import review_routes
from whoholds.web.api.search import search_routes
from whoholds.web.api.watching import watch_routes
from whoholds.web.ogc import ogc_routes
from whoholds.web.pages import pages
from whoholds.web.problems import answer_problems
from whoholds.web.security import Guard
from whoholds.web.service import Service

API = "/api/v1"

_ROUTES = (
    about_routes, map_routes, place_routes, claim_routes, report_routes, comparing_routes, search_routes, watch_routes, export_routes,
    review_routes,
)  # fmt: skip


def create_app(service: Service, hosts: Iterable[str] = ()) -> ASGIApp:
    """Return what a server runs: the page, the programming interface, and the guard; `hosts` are names it answers for beside loopback.

    Raises:
        SetupError: when the map's drawing library is not installed.
    """
    # Pages of documentation would load their scripts from elsewhere; the description itself is served.
    app = FastAPI(title="WhoHolds", version=__version__, openapi_url=f"{API}/openapi.json", docs_url=None, redoc_url=None)
    answer_problems(app)
    for routes in _ROUTES:
        app.include_router(routes(service), prefix=API)
    app.include_router(ogc_routes(service))
    app.include_router(pages())
    return Guard(app, hosts)
