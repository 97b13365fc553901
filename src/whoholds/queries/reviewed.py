"""Analysts' decisions applied to claims: what was rejected is not heard, what was moved counts where it was moved to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from whoholds.model import Review
from whoholds.ports import RecordedClaim, Store
from whoholds.taxonomy import Verdict

_SILENCED = frozenset((Verdict.REJECTED, Verdict.IMPERSONATED))


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The decisions that stand, by anchor: of several on one claim the last.

    A decision holds for the claim that its analyst saw; where the same words read otherwise by now, it waits for a person
    to look again.
    """

    standing: dict[str, Review] = field(default_factory=dict)

    @classmethod
    def of(cls, store: Store) -> Reviewed:
        """Return the decisions that a store keeps."""
        return cls.chosen(store.reviews())

    @classmethod
    def chosen(cls, reviews: Iterable[Review]) -> Reviewed:
        """Return the decisions that stand among reviews, oldest first."""
        return cls({review.subject: review for review in reviews})

    def applied(self, claims: Iterable[RecordedClaim]) -> Iterator[RecordedClaim]:
        """Yield the claims that are heard, each at the place where it belongs."""
        if not self.standing:
            yield from claims
            return
        for recorded in claims:
            review = self._about(recorded)
            if review is None:
                yield recorded
            elif review.verdict is Verdict.MOVED:
                yield replace(recorded, place=review.value or None)
            elif review.verdict not in _SILENCED:
                yield recorded

    def heard_at(self, store: Store, places: Collection[str]) -> Iterator[RecordedClaim]:
        """Yield the claims that are heard of these places: located there and not moved away, or moved there."""
        wanted = set(places)
        seen = set()
        for recorded in self.applied(store.claims_at(places)):
            if recorded.place in wanted:
                seen.add(recorded.claim.id)
                yield recorded
        moved = [review.claim for review in self.standing.values() if review.verdict is Verdict.MOVED and review.value in wanted]
        for recorded in self.applied(store.claims_named([claim for claim in moved if claim])) if moved else ():
            if recorded.place in wanted and recorded.claim.id not in seen:
                yield recorded

    def _about(self, recorded: RecordedClaim) -> Review | None:
        review = self.standing.get(recorded.claim.anchor)
        return review if review is not None and review.claim in (None, recorded.claim.id) else None


@dataclass(slots=True)
class Decisions:
    """The decisions of a store that is asked often: sorted again only where it gives others than the last time."""

    _last: tuple[Sequence[Review], Reviewed] = ((), Reviewed())

    def of(self, store: Store) -> Reviewed:
        """Return the decisions that a store keeps."""
        kept = store.reviews()
        if kept is not self._last[0]:
            self._last = kept, Reviewed.chosen(kept)
        return self._last[1]
