"""Analysts' decisions: kept by a claim's anchor, so that they outlive a new reading of the report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy import Connection, Row, func, insert, select

from whoholds.identity import review_id
from whoholds.model import Reading, Review
from whoholds.ports import Outcome, Recorded
from whoholds.store.codec import clean, cleaned
from whoholds.store.marks import advance, mark_dirty
from whoholds.store.tables import claims, reviews
from whoholds.taxonomy import Verdict

ReadBefore = Mapping[str, frozenset[str]]
"""For each anchor that was reviewed: the ids of the claims that the reviews saw or that stood there."""


def add_review(connection: Connection, review: Review, now: int) -> None:
    """Keep a review and mark the places it is about; one that is kept changes nothing."""
    identity = review_id(review)
    if connection.scalar(select(reviews.c.number).where(reviews.c.id == identity)):
        return
    connection.execute(
        insert(reviews).values(
            number=(connection.scalar(select(func.max(reviews.c.number))) or 0) + 1,
            id=identity,
            subject=clean(review.subject),
            verdict=review.verdict.value,
            reason=clean(review.reason),
            reviewer=clean(review.reviewer),
            made_at=review.at.isoformat(),
            claim=review.claim,
            value=cleaned(review.value),
            replaces=review.replaces,
            recorded_at=now,
        )
    )
    about = select(claims.c.place).where(claims.c.anchor == review.subject, claims.c.superseded_at.is_(None))
    places = {place for place in connection.execute(about).scalars() if place is not None}
    # A claim that was moved before leaves where it was moved to.
    moved = select(reviews.c.value).where(reviews.c.subject == review.subject, reviews.c.verdict == Verdict.MOVED.value)
    places.update(place for place in connection.execute(moved).scalars() if place)
    mark_dirty(connection, places, advance(connection))


def kept_reviews(connection: Connection, anchor: str | None) -> Iterator[Review]:
    """Yield the reviews of an anchor, or all, oldest first."""
    wanted = select(reviews).where(reviews.c.number > 0).order_by(reviews.c.number)
    found = connection.execute(wanted if anchor is None else wanted.where(reviews.c.subject == anchor))
    return (_review(row) for row in found)


def _review(row: Row[tuple[object, ...]]) -> Review:
    return Review(
        subject=row.subject,
        verdict=Verdict(row.verdict),
        reason=row.reason,
        reviewer=row.reviewer,
        at=datetime.fromisoformat(row.made_at),
        claim=row.claim,
        value=row.value,
        replaces=row.replaces,
    )


def reviewed_claims(connection: Connection, extraction: int) -> ReadBefore:
    """Return what the reviewed anchors of an extraction read as: the claim that the analyst saw, else the one that stood there."""
    wanted = (
        select(claims.c.anchor, func.coalesce(reviews.c.claim, claims.c.id))
        .join(reviews, reviews.c.subject == claims.c.anchor)
        .where(claims.c.extraction == extraction)
    )
    found: dict[str, set[str]] = {}
    for anchor, claim in connection.execute(wanted):
        found.setdefault(anchor, set()).add(claim)
    return {anchor: frozenset(seen) for anchor, seen in found.items()}


def sorted_reviews(reading: Reading, before: ReadBefore) -> Recorded:
    """Tell what becomes of reviewed anchors in a new reading: the same claim, another one, or none."""
    now: dict[str, set[str]] = {}
    for claim in reading.extracted.claims:
        now.setdefault(claim.anchor, set()).add(claim.id)
    return Recorded(
        reading.report.id,
        Outcome.REREAD,
        kept=_those(anchor for anchor in before if now.get(anchor, set()) & before[anchor]),
        changed=_those(anchor for anchor in before if anchor in now and not now[anchor] & before[anchor]),
        orphaned=_those(anchor for anchor in before if anchor not in now),
    )


def _those(anchors: Iterator[str]) -> tuple[str, ...]:
    return tuple(sorted(anchors))
