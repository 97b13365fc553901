"""Who holds each area that has a P-code, for those who plan access."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from whoholds.export.access import AccessRow
from whoholds.export.cells import joined
from whoholds.fuse.views import FUSED, View
from whoholds.locate.place_index import PlaceIndex
from whoholds.ports import ClaimFilter
from whoholds.queries.selection import Selection
from whoholds.taxonomy import Holding

OCHA = "ocha:"
LEVELS = {"ADM1": 1, "ADM2": 2, "ADM3": 3}


@dataclass(slots=True)
class _Heard:
    """What was said about an area, or places in it, by a day."""

    last: date | None = None
    sources: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Area:
    """An area of OCHA's: its place id, its P-code, and its level, 1 to 3."""

    place: str
    pcode: str
    level: int


class Areas:
    """The areas with P-codes around places."""

    def __init__(self, index: PlaceIndex, selection: Selection) -> None:
        """Take the catalogue, which knows a place's other ids."""
        self._index, self._selection = index, selection
        self._known: dict[str, Area | None] = {}

    def around(self, place_id: str) -> Iterator[Area]:
        """Yield the areas that hold a place, itself included where it is one, the smallest first."""
        for step in (place_id, *self._selection.desk.places.ancestors(place_id)):
            if step not in self._known:
                self._known[step] = self._area(step)
            area = self._known[step]
            if area is not None:
                yield area

    def _area(self, place_id: str) -> Area | None:
        row = self._index.by_id(place_id)
        level = LEVELS.get(row.code) if row else None
        codes = (each for each in (place_id, *self._index.other_ids(place_id)) if each.startswith(OCHA))
        code = next(codes, None)
        return Area(place_id, code.removeprefix(OCHA), level) if code and level else None


def access_rows(selection: Selection, index: PlaceIndex, day: date) -> Iterator[AccessRow]:
    """Yield a row for each area in which something was heard by `day`, in the order of levels and P-codes."""
    areas = Areas(index, selection)
    view = selection.scope.views[0] if selection.scope.views else FUSED
    heard: dict[Area, _Heard] = defaultdict(_Heard)
    for recorded, row in selection.with_rows(each for each in selection.heard(ClaimFilter(known_by=day)) if each.place):
        if row is None or recorded.place is None:
            continue
        for area in areas.around(recorded.place):
            said = heard[area]
            said.sources[row.source] += 1
            said.last = max(filter(None, (said.last, row.report.published)), default=None)
    inside = _held_inside(selection, areas, day, view)
    for area in sorted(heard, key=lambda area: (area.level, area.pcode)):
        yield _row(selection, area, heard[area], inside.get(area, Counter()), (day, view))


def _held_inside(selection: Selection, areas: Areas, day: date, view: View) -> dict[Area, Counter[str]]:
    """Return, for each area, who holds how many of the places in it that have a state of their own."""
    found: dict[Area, Counter[str]] = defaultdict(Counter)
    for state in selection.desk.store.states_on(day, view.name):
        if state.holding is Holding.CONTROLLED:
            for area in areas.around(state.place):
                if area.place != state.place:
                    found[area][joined(_named(selection, state.holders))] += 1
    return found


def _row(selection: Selection, area: Area, heard: _Heard, inside: Counter[str], at: tuple[date, View]) -> AccessRow:
    place = selection.desk.places.get(area.place)
    held = selection.desk.state(area.place, *at)
    state = held.state if held else None
    return AccessRow(
        admin_level=area.level,
        pcode=area.pcode,
        name=place.name if place else "",
        admin1=(*(place.admin[1:2] if place else ()), place.name if place else "")[0],
        on=at[0].isoformat(),
        holders=joined(_named(selection, state.holders)) if state else "",
        holding=state.holding.value if state else "",
        agreement=state.agreement.value if state else "",
        tier=state.tier.value if state and state.tier else "",
        encircled="" if state is None else "yes" if state.encircled_by else "no",
        inherited_from=held.inherited_from or "" if held else "",
        holders_inside=joined(f"{holders} ({count})" for holders, count in sorted(inside.items())),
        last_report=heard.last.isoformat() if heard.last else "",
        sources=joined(source for source, _ in heard.sources.most_common()),
    )


def _named(selection: Selection, holders: tuple[str, ...]) -> Iterator[str]:
    """Yield the names of holders; an actor that the registry does not know is called by its own."""
    for holder in holders:
        known = selection.desk.registry.sources.get(holder) or selection.desk.registry.sides.get(holder)
        yield known.name if known else holder.removeprefix("name:")
