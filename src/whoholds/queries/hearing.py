"""What was said of all places up to a day: kept timelines where nothing came later, the others made anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from whoholds.errors import UsageError
from whoholds.fuse.regions import Held, inherited, state_on
from whoholds.fuse.views import FUSED, View
from whoholds.model import DateRange, Timeline
from whoholds.ports import ClaimFilter
from whoholds.queries.desk import DENIALS, Desk
from whoholds.taxonomy import Feature, Verdict


@dataclass(frozen=True, slots=True)
class Heard:
    """The places that a war's reports, or all, speak of up to a day, and the timeline of each place that has one in a view.

    A timeline is that of the place, from all that is said of it, whichever war the report is on. `told` has those of all
    places, so that regions can hand theirs down.
    """

    conflict: str | None
    known_by: date
    places: tuple[str, ...]
    timelines: Mapping[str, Timeline]
    told: Mapping[str, Timeline]

    def state(self, desk: Desk, place: str, day: date) -> Held | None:
        """Return what holds for a place on a day: its own state, or that of a region around it."""
        own = self.told.get(place)
        around = (self.told[region] for region in desk.places.ancestors(place) if region in self.told and not _is_country(desk, region))
        return inherited(place, state_on(own, day) if own else None, around, day, lambda actor: desk.joiner.side_of(actor, day))


def hear(desk: Desk, known_by: date, conflict: str | None, view: View = FUSED) -> Heard:
    """Return what the reports of a war, or of all, say up to a day.

    Raises:
        UsageError: when there is no such war in the registry.
    """
    check_conflict(desk, conflict)
    late = _later(desk, known_by)
    told = {timeline.place: timeline for timeline in desk.store.timelines(view.name) if timeline.place not in late}
    claimed = set(desk.store.claimed_places(conflict))
    places = claimed - late if conflict is not None else (claimed - late).union(told)
    for timeline in desk.retold(sorted(late), view, known_by) if late else ():
        if conflict is None or timeline.place in claimed:
            places.add(timeline.place)
        if timeline.states:
            told[timeline.place] = timeline
    timelines = told if conflict is None else {place: timeline for place, timeline in told.items() if place in places}
    return Heard(conflict, known_by, tuple(sorted(places)), timelines, told)


def check_conflict(desk: Desk, conflict: str | None) -> None:
    """Refuse a war that the registry does not know.

    Raises:
        UsageError: when there is none of that id.
    """
    if conflict is not None and conflict not in desk.registry.conflicts:
        message = f"--conflict {conflict!r}: no such war; there are {', '.join(sorted(desk.registry.conflicts))}"
        raise UsageError(message)


def _later(desk: Desk, known_by: date) -> set[str]:
    """Return the places whose kept timelines tell more than could be known, or are not up to date."""
    late = {*desk.store.claimed_places(later_than=known_by), *desk.store.dirty()}
    if not late:
        return late
    reviews = desk.decisions.of(desk.store).standing.values()
    late.update(review.value for review in reviews if review.verdict is Verdict.MOVED and review.value)
    tomorrow = DateRange(date.fromordinal(known_by.toordinal() + 1), None)
    denied = {claim.place for claim in desk.store.claims(ClaimFilter(stances=DENIALS.stances, published=tomorrow)) if claim.place}
    above = {around for place in denied for around in desk.places.ancestors(place)}
    if denied:
        late.update(place for place in desk.store.claimed_places() if place in above or not denied.isdisjoint(desk.places.ancestors(place)))
    return late


def _is_country(desk: Desk, place: str) -> bool:
    found = desk.places.get(place)
    return found is not None and found.feature is Feature.COUNTRY
