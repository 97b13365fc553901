"""Reviews: an analyst confirms, rejects or moves a claim, marks it as impersonated, or takes the last decision back.

Every decision is added, none is changed or removed: to undo one is to add another that replaces it.
"""

from __future__ import annotations

import hmac
import threading
from typing import Annotated, Self

from fastapi import APIRouter, Header, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, model_validator

from whoholds.identity import review_id
from whoholds.model import Review
from whoholds.queries.words import SAFETY
from whoholds.taxonomy import Verdict
from whoholds.web.answers import response
from whoholds.web.limits import Rate
from whoholds.web.problems import Problem
from whoholds.web.reviews import review_rows
from whoholds.web.schemas_lists import ReviewList
from whoholds.web.service import Json, Reviewer, Service, row

REVIEWS, WRONG_TOKENS, SECONDS = 60, 10, 60.0

Anchor = Annotated[str, Field(min_length=1, max_length=120)]


class Decision(BaseModel):
    """What is decided of a claim, by its anchor, and why; `place` is where a moved claim belongs."""

    model_config = ConfigDict(extra="forbid")

    anchor: Anchor
    verdict: Verdict
    reason: Annotated[str, Field(min_length=1, max_length=2000, pattern=r"\S")]
    place: Annotated[str | None, Field(max_length=120)] = None
    claim: Annotated[str | None, Field(max_length=120)] = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.verdict is Verdict.MOVED) != (self.place is not None):
            raise ValueError("place: goes with the verdict moved, and with no other")
        return self


def review_routes(service: Service) -> APIRouter:
    """Return the addresses of reviews; without a reviewer nothing can be decided."""
    router = APIRouter(tags=["reviews"])
    reviews, wrong, turn = Rate(REVIEWS, SECONDS), Rate(WRONG_TOKENS, SECONDS), threading.Lock()

    @router.get("/reviews", response_model=ReviewList)
    async def kept(request: Request, anchor: Annotated[str | None, Query(max_length=120)] = None) -> Response:
        """The decisions on a claim, or all, the oldest first, with the claims that they are about."""
        return await service.answer(request, lambda: _history(service, anchor))

    @router.post("/reviews", response_model=ReviewList, status_code=201)
    async def decide(
        request: Request,
        decision: Decision,
        authorization: Annotated[str, Header()] = "",
        x_whoholds: Annotated[str, Header()] = "",
    ) -> Response:
        """Keep a decision, and make the timelines that it touches anew; the answer is the history of the claim."""
        reviewer = _admitted(service.reviewer, authorization, x_whoholds, wrong)
        reviews.take()

        def decided() -> Json:
            with turn:
                return _decided(service, reviewer, decision)

        made = await service.answers.computed(decided)
        service.forget()
        answer = response(made, request, {"Cache-Control": "no-store"}, "application/json")
        answer.status_code = 201
        return answer

    return router


def _admitted(reviewer: Reviewer | None, authorization: str, own_header: str, wrong: Rate) -> Reviewer:
    """Return the reviewer whose token a request shows.

    Raises:
        Problem: when there is none, or the token is another.
    """
    if reviewer is None:
        raise Problem(403, "nothing can be decided here; start the server with --review NAME")
    if own_header != "1":
        raise Problem(403, "send the header X-WhoHolds: 1")
    wrong.check()
    scheme, _, token = authorization.partition(" ")
    # Of the same time whatever the token, so that it cannot be guessed sign by sign.
    right = hmac.compare_digest(token.strip().encode("utf-8", "replace"), reviewer.token.encode())
    if scheme.lower() != "bearer" or not right:
        wrong.take()
        raise Problem(401, "this is not the token of the reviewer", {"WWW-Authenticate": "Bearer"})
    return reviewer


def _decided(service: Service, reviewer: Reviewer, decision: Decision) -> Json:
    claim = decision.claim or service.overview.claims_of_anchors([decision.anchor]).get(decision.anchor, "")
    seen = next(iter(service.store.claims_named([claim])), None)
    if seen is None or seen.claim.anchor != decision.anchor:
        raise Problem(404, f"no claim has the anchor {decision.anchor!r} now")
    earlier = service.store.reviews(decision.anchor)
    if decision.verdict is Verdict.WITHDRAWN and (not earlier or earlier[-1].verdict is Verdict.WITHDRAWN):
        raise Problem(409, "there is no decision on this claim to take back")
    place = service.place(decision.place).id if decision.place is not None else None
    service.store.review(
        Review(
            subject=decision.anchor,
            verdict=decision.verdict,
            reason=decision.reason.strip(),
            reviewer=reviewer.name,
            at=service.clock(),
            claim=claim,
            value=place,
            replaces=review_id(earlier[-1]) if earlier else None,
        )
    )
    service.desk.refresh()
    return _history(service, decision.anchor)


def _history(service: Service, anchor: str | None) -> Json:
    """Return decisions with the claims that they are about, as these may be shown."""
    rows = review_rows(service, anchor)
    known = {each.claim.id: each for each in service.store.claims_named({str(each["claim"]) for each in rows if each["claim"]})}
    shown = {claim: service.shield().cited(recorded) for claim, recorded in known.items()}
    told = {claim: row(cited) for claim, cited in shown.items() if cited is not None}
    return {"note": SAFETY, "items": [each | {"about": told.get(str(each["claim"]))} for each in rows]}
