"""The claims themselves, by filters: what was said, by whom, of where, when and how."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from whoholds.ports import ClaimFilter, RecordedClaim
from whoholds.queries.cited import Cited, cite
from whoholds.queries.desk import Desk

PAGE = 25
"""Claims on a page where nothing else is asked: what a screen holds, and ten look-ups by key cost."""

MOST_PLACES = 5000
"""Areas with more claimed places are tested claim by claim."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which claims are wanted: a filter of the store, and what the registry and the map of areas tell.

    `place` is a name or an id; `inside` one of an area, whose places count with those in it. `source` is a name or an id
    of the registry, or a name as reports write it. `side` is the side for which the source speaks.
    """

    filter: ClaimFilter = ClaimFilter()  # noqa: RUF009  frozen
    place: str | None = None
    inside: str | None = None
    source: str | None = None
    side: str | None = None
    limit: int | None = PAGE


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims found, in the order of recording; `after` is where the next page begins, None where there is no more."""

    claims: tuple[Cited, ...]
    after: int | None


def claims(desk: Desk, wanted: Wanted) -> Claims:
    """Return one page of the claims wanted.

    Raises:
        UsageError: when a place, an area or its polygon is none.
    """
    found = list(islice(_found(desk, wanted), wanted.limit + 1 if wanted.limit is not None else None))
    page = found if wanted.limit is None else found[: wanted.limit]
    more = page[-1].number if page and len(found) > len(page) else None
    return Claims(tuple(cite(desk, recorded) for recorded in page), more)


@dataclass(frozen=True, slots=True)
class _Test:
    """What the store cannot ask by: an area, a source of the registry, the side of the source."""

    area: str | None = None
    source: str | None = None
    side: str | None = None

    def passes(self, desk: Desk, recorded: RecordedClaim) -> bool:
        if self.area is not None and not (recorded.place and desk.places.within(recorded.place, self.area)):
            return False
        if self.source is None and self.side is None:
            return True
        speaker, side = desk.joiner.speaker(recorded)
        return self.source in (None, speaker) and self.side in (None, side)


def _found(desk: Desk, wanted: Wanted) -> Iterator[RecordedClaim]:
    chosen, test = wanted.filter, _Test(side=wanted.side)
    if wanted.place is not None:
        chosen = replace(chosen, places=(desk.place(wanted.place).id,))
    if wanted.inside is not None:
        area = desk.place(wanted.inside).id
        inside = tuple(place for place in desk.store.claimed_places() if desk.places.within(place, area))
        if not inside:
            return
        fits = len(inside) <= MOST_PLACES and not chosen.places
        chosen, test = (replace(chosen, places=inside), test) if fits else (chosen, replace(test, area=area))
    if wanted.source is not None:
        row = desk.registry.sources.get(wanted.source) or desk.registry.source_named(wanted.source, chosen.conflict)
        chosen, test = (chosen, replace(test, source=row.id)) if row else (replace(chosen, source=wanted.source), test)
    if test == _Test() and wanted.limit is not None:
        # The store need not read further than one page.
        chosen = replace(chosen, limit=wanted.limit + 1)
    yield from (recorded for recorded in desk.told(desk.store.claims(chosen)) if test.passes(desk, recorded))
