"""Analysts' decisions as they are shown: the newest on a claim stands, the earlier ones are its history."""

from __future__ import annotations

from collections.abc import Iterable

from whoholds.export.records import plain
from whoholds.identity import review_id
from whoholds.model import Review
from whoholds.web.service import Json, Service


def review_rows(service: Service, anchor: str | None) -> list[Json]:
    """Return the decisions on a claim (by anchor), or all, the oldest first; `stands` marks the one that is in force."""
    return rows_of(service.store.reviews(anchor))


def rows_of(reviews: Iterable[Review]) -> list[Json]:
    """Return decisions as values of JSON."""
    found = list(reviews)
    last = {review.subject: review_id(review) for review in found}
    return [_row(review) | {"stands": last[review.subject] == review_id(review)} for review in found]


def _row(review: Review) -> dict[str, object]:
    return {"id": review_id(review)} | {
        name: plain(value)
        for name, value in (
            ("anchor", review.subject),
            ("verdict", review.verdict),
            ("reason", review.reason),
            ("reviewer", review.reviewer),
            ("at", review.at),
            ("claim", review.claim),
            ("place", review.value),
            ("replaces", review.replaces),
        )
    }
