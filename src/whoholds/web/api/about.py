"""What the server holds: the wars, the sides with their colours, the views, and the days."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request, Response

from whoholds import __version__
from whoholds.fuse.accounts import BASELINE_RULE
from whoholds.fuse.views import view_named
from whoholds.queries.cited import side_name
from whoholds.queries.words import SAFETY
from whoholds.registry.rows import Conflict
from whoholds.web.atlas import colour_of, days_since_epoch, view_label
from whoholds.web.parameters import Conflict as ConflictId
from whoholds.web.schemas_map import About, Activity
from whoholds.web.service import Json, Service, view_kind


def about_routes(service: Service) -> APIRouter:
    """Return the addresses that tell what there is."""
    router = APIRouter(tags=["about"])

    @router.get("/about", response_model=About)
    async def about(request: Request) -> Response:
        """What the server holds; the hash of the data is what a citation names."""
        return await service.answer(request, lambda: about_document(service))

    @router.get("/activity", response_model=Activity)
    async def activity(request: Request, conflict: ConflictId = None) -> Response:
        """How many claims were published, and how many fused states began, on each day."""
        return await service.answer(request, lambda: _activity(service, service.conflict(conflict)))

    return router


def about_document(service: Service) -> Json:
    """Return what the server holds."""
    overview, registry = service.overview, service.desk.registry
    days = overview.claims_by_day()
    wars = [registry.conflicts[each] for each in overview.conflicts() if each in registry.conflicts]
    counts = service.store.counts()
    return {
        "note": SAFETY,
        "version": __version__,
        "data_hash": overview.digest(),
        "counts": {
            "reports": counts.reports,
            "claims": counts.claims,
            "places": len(service.store.claimed_places()),
            "states": counts.states,
        },
        "to_fuse": counts.dirty,
        "first_day": min(days, default=None),
        "last_day": max(days, default=None),
        "conflicts": [{"id": war.id, "name": war.name} for war in wars],
        "sides": [side for war in wars for side in _sides(service, war)],
        "views": [
            {
                "name": name,
                "label": view_label(service, service.view(name)),
                "kind": view_kind(name),
                "places": places,
            }
            for name, places in _in_order(overview.places_by_view())
            if service.serves(view_named(name))
        ],
        "review": service.reviewer is not None,
        "reviewer": service.reviewer.name if service.reviewer else None,
        "delay_hours": service.settings.export_delay_hours,
    }


def _sides(service: Service, war: Conflict) -> list[Json]:
    return [
        {
            "id": side.id,
            "name": side_name(side.name),
            "conflict": war.id,
            "from": side.first,
            "to": side.last,
            "colour": colour_of(service, side.id),
        }
        for side in war.sides
    ]


def _in_order(views: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return the views: the fused one, the sides, then the sources, those that speak of most places first."""
    kinds = {"fused": 0, "side": 1, "source": 2}
    return sorted(views.items(), key=lambda row: (kinds[row[0].partition(":")[0]], -row[1], row[0]))


def _activity(service: Service, conflict: str | None) -> Json:
    claims = service.overview.claims_by_day(conflict, but=BASELINE_RULE)
    changes = service.overview.changes_by_day("fused")
    days = sorted(claims.keys() | changes.keys())
    return {
        "note": SAFETY,
        "days": [days_since_epoch(day) for day in days],
        "claims": [claims.get(day, 0) for day in days],
        "changes": [changes.get(day, 0) for day in days],
    }
