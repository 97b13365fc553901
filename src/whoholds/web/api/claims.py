"""Claims: by filters, and one by one with its links, its distance check and its reviews."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from whoholds.export.records import plain
from whoholds.ports import ClaimFilter, RecordedClaim
from whoholds.queries.claims import Wanted, claims
from whoholds.queries.words import SAFETY, cited_words
from whoholds.taxonomy import Kind, Stance
from whoholds.web.parameters import After, Bbox, Conflict, Day, Identity, KnownBy, Limit, Words, box_of, days_of
from whoholds.web.problems import Problem
from whoholds.web.reviews import review_rows
from whoholds.web.schemas import ClaimDetail, ClaimPage
from whoholds.web.service import Json, Service, page, row
from whoholds.web.symbols import distance_check
from whoholds.web.texts import stated

Name = Annotated[str | None, Query(max_length=200)]


@dataclass(frozen=True, slots=True)
class ClaimQuery:
    """What claims may be asked by, as `whoholds claims` takes it."""

    place: Name = None
    inside: Name = None
    source: Name = None
    side: Name = None
    actor: Name = None
    kind: Annotated[list[Kind] | None, Query()] = None
    stance: Annotated[list[Stance] | None, Query()] = None
    first: Annotated[Day | None, Query()] = None
    last: Annotated[Day | None, Query()] = None
    published_from: Annotated[Day | None, Query()] = None
    published_to: Annotated[Day | None, Query()] = None
    known_by: KnownBy = None
    text: Words = None
    bbox: Bbox = None
    conflict: Conflict = None

    def wanted(self, limit: int, after: int) -> Wanted:
        """Return the same as a query of the desk.

        Raises:
            UsageError: when the box is none, or a last day precedes its first.
        """
        found = ClaimFilter(
            conflict=self.conflict,
            box=box_of(self.bbox),
            actor=self.actor,
            kinds=frozenset(self.kind or ()),
            stances=frozenset(self.stance or ()),
            event=days_of(self.first, self.last),
            published=days_of(self.published_from, self.published_to),
            text=self.text,
            known_by=self.known_by,
            after=after,
        )
        return Wanted(found, self.place, self.inside, self.source, self.side, limit)


def claim_routes(service: Service) -> APIRouter:
    """Return the addresses of claims."""
    router = APIRouter(tags=["claims"])

    @router.get("/claims", response_model=ClaimPage)
    async def found(request: Request, asked: Annotated[ClaimQuery, Depends()], limit: Limit = 100, after: After = 0) -> Response:
        """The claims that satisfy every filter given, in the order of recording."""
        return await service.answer(request, lambda: _found(service, request, asked.wanted(limit, after)))

    @router.get("/claims/{claim_id}", response_model=ClaimDetail)
    async def one(request: Request, claim_id: Identity) -> Response:
        """One claim: its words, what it denies or confirms and what does so to it, its distance in numbers, and its reviews."""
        return await service.answer(request, lambda: claim_detail(service, claim_id))

    return router


def claim_page(service: Service, request: Request, recorded: Iterable[RecordedClaim], limit: int) -> Json:
    """Return the first claims of many as a page; those that are withheld are counted."""
    found = list(islice(recorded, limit + 1))
    shown = [service.shield().cited(each) for each in found[:limit]]
    rows: list[object] = [row(cited) | {"words": cited_words(cited)} for cited in shown if cited is not None]
    return {**page(request, rows, found[limit - 1].number if len(found) > limit else None), "withheld": shown.count(None)}


def claim_detail(service: Service, claim_id: str) -> Json:
    """Return one claim with all that belongs to it.

    Raises:
        Problem: when there is none, or it is withheld.
    """
    recorded = next(iter(service.store.claims_named([claim_id])), None)
    if recorded is None:
        raise Problem(404, f"no claim has the id {claim_id!r}")
    cited = service.shield().cited(recorded)
    if cited is None:
        raise Problem(404, f"withheld: younger than {service.settings.export_delay_hours} hours")
    check = distance_check(service, recorded)
    return {
        "note": SAFETY,
        **row(cited),
        "words": cited_words(cited),
        "certainty": recorded.statement.certainty,
        "manner": recorded.statement.manner,
        "presupposed": recorded.statement.presupposed,
        "background": recorded.statement.background,
        "geo_precision": recorded.geo_precision,
        "distance": stated(recorded.claim.distance),
        "check": None if check is None else plain(check),
        "links": _links(service, cited.anchor),
        "reviews": review_rows(service, cited.anchor),
    }


def _found(service: Service, request: Request, wanted: Wanted) -> Json:
    service.conflict(wanted.filter.conflict)
    found = claims(service.desk, wanted)
    shown = service.shield().shown(found.claims)
    rows: list[object] = [row(cited) | {"words": cited_words(cited)} for cited in shown]
    return {**page(request, rows, found.after), "withheld": len(found.claims) - len(shown)}


def _links(service: Service, anchor: str) -> list[Json]:
    """Return the links from and to a claim; `outgoing` tells which claim does it to which."""
    found = service.store.links([anchor])
    others = {link.target if link.source == anchor else link.source for link in found}
    known = service.overview.claims_of_anchors(others)
    shown = {each.claim.anchor: service.shield().cited(each) for each in service.store.claims_named(known.values())}
    rows = []
    for link in found:
        outgoing = link.source == anchor
        cited = shown.get(link.target if outgoing else link.source)
        if cited is not None:
            rows.append({
                "outgoing": outgoing, "relation": link.relation, "part": link.part, "scope": link.scope, "claim": row(cited),
            })  # fmt: skip
    return rows
