"""The situation report of a day: what changed, what is disputed, what was denied, what nobody grants, and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from whoholds.errors import UsageError
from whoholds.export.redaction import DELAYED
from whoholds.fuse.accounts import BASELINE_RULE
from whoholds.model import DateRange
from whoholds.ports import ClaimFilter, RecordedClaim
from whoholds.queries.cited import Cited, cite, shielded
from whoholds.queries.desk import Desk
from whoholds.queries.hearing import Heard, hear
from whoholds.queries.table import Standing, standing
from whoholds.taxonomy import Agreement, Holding, Stance

MOST_CITED = 4
"""Claims that are quoted under one entry; the others are counted."""


@dataclass(frozen=True, slots=True)
class Words:
    """The claims that an entry rests on, newest first, and how many more there are."""

    cited: tuple[Cited, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """A place whose holder, or whose ring, is another than on the day before the report's first; `before` is None where none was known."""

    before: Standing | None
    after: Standing
    told: Words


@dataclass(frozen=True, slots=True)
class Dispute:
    """A place of which accounts conflict, or in which sides fight: who says it, and who says otherwise."""

    standing: Standing
    told: Words
    against: Words


@dataclass(frozen=True, slots=True)
class Silence:
    """What a source or a side passes over: `said` where a report says that it does, else nothing of it is in the reports read.

    `after` is what stands unacknowledged, None where no place is named.
    """

    who: str
    after: Standing | None
    told: Words
    said: bool


@dataclass(frozen=True, slots=True)
class Sitrep:
    """A situation report on one war for the days `first` to `last`, as known on the last."""

    conflict: str | None
    conflict_name: str
    first: date
    last: date
    reports: int
    publishers: tuple[str, ...]
    changes: tuple[Change, ...]
    disputes: tuple[Dispute, ...]
    denials: tuple[Cited, ...]
    silences: tuple[Silence, ...]
    places: tuple[Standing, ...]
    place_data: tuple[str, ...]


def sitrep(desk: Desk, last: date, days: int = 1, conflict: str | None = None) -> Sitrep:
    """Return the situation report of the `days` days up to `last`, from what was published by then.

    Raises:
        UsageError: when there is no such war, or reports of several wars came in these days and none is chosen.
    """
    first = last - timedelta(days=days - 1)
    chosen = conflict if conflict is not None else _only_conflict(desk, first, last)
    heard = hear(desk, last, chosen)
    news = list(_news(desk, chosen, DateRange(first, last)))
    places = tuple(sorted(_standings(desk, heard, last), key=_by_name))
    changes = tuple(_changes(desk, heard, places, first))
    reports = {claim.report.id: claim.report for claim in news}
    row = desk.registry.conflicts.get(chosen) if chosen else None
    return Sitrep(
        conflict=chosen,
        conflict_name=row.name if row else "",
        first=first,
        last=last,
        reports=len(reports),
        publishers=tuple(sorted({report.publisher or "publisher unknown" for report in reports.values()}, key=str.casefold)),
        changes=changes,
        disputes=tuple(_disputes(desk, places)),
        denials=tuple(_denials(desk, news)),
        silences=(*_said_silences(desk, news), *_other_silences(desk, heard, changes)),
        places=places,
        place_data=_place_data(desk, places),
    )


def _only_conflict(desk: Desk, first: date, last: date) -> str | None:
    """Return the war that the reports of these days are on."""
    told = {claim.report.conflict for claim in _news(desk, None, DateRange(first, last)) if claim.report.conflict}
    if len(told) > 1:
        message = f"reports of several wars came in these days: {', '.join(sorted(told))}; choose one with --conflict"
        raise UsageError(message)
    return next(iter(told), None)


def _news(desk: Desk, conflict: str | None, days: DateRange) -> Iterator[RecordedClaim]:
    """Yield the claims published in these days, but for those of imported maps."""
    for claim in desk.told(desk.store.claims(ClaimFilter(conflict=conflict, published=days))):
        if claim.statement.rule != BASELINE_RULE:
            yield claim


def _standings(desk: Desk, heard: Heard, day: date) -> Iterator[Standing]:
    for place in heard.places:
        found = standing(desk, heard, place, day)
        if found is not None:
            yield found


def _changes(desk: Desk, heard: Heard, places: Iterable[Standing], first: date) -> Iterator[Change]:
    for after in places:
        # What a region hands down is told of the region.
        if after.pale or after.inherited_from is not None:
            continue
        before = standing(desk, heard, after.place.id, first - timedelta(days=1))
        if before is None or _differs(before, after):
            yield Change(before, after, _words(desk, after.state.supporting))


def _differs(before: Standing, after: Standing) -> bool:
    return _told(before) != _told(after)


def _told(row: Standing) -> tuple[Holding, frozenset[str], frozenset[str]]:
    return row.state.holding, _sides(row), frozenset(party.id for party in row.encircled_by)


def _sides(row: Standing) -> frozenset[str]:
    return frozenset(party.side or party.id for party in row.holders)


def _disputes(desk: Desk, places: Iterable[Standing]) -> Iterator[Dispute]:
    for row in places:
        if row.inherited_from is None and (row.state.agreement is Agreement.DISPUTED or row.state.holding is Holding.CONTESTED):
            yield Dispute(row, _words(desk, row.state.supporting), _words(desk, row.state.opposing))


def _denials(desk: Desk, news: Iterable[RecordedClaim]) -> Iterator[Cited]:
    for claim in news:
        if claim.statement.stance is Stance.DENIES and claim.statement.kind not in DELAYED:
            yield shielded(cite(desk, claim))


def _said_silences(desk: Desk, news: Iterable[RecordedClaim]) -> Iterator[Silence]:
    for claim in news:
        if claim.statement.stance is Stance.UNACKNOWLEDGED:
            cited = shielded(cite(desk, claim))
            yield Silence(cited.source, None, Words((cited,)), said=True)


def _other_silences(desk: Desk, heard: Heard, changes: Iterable[Change]) -> Iterator[Silence]:
    """Yield the losses of which the side that lost says nothing in the reports at hand, neither granting nor denying them."""
    for change in changes:
        lost = _sides(change.before) - _sides(change.after) if change.before is not None else frozenset()
        if not lost:
            continue
        accounts = desk.accounts(change.after.place.id, heard.known_by)
        spoken = {account.speaker_side for account in accounts if not account.baseline}
        denied = {desk.joiner.speaker(claim)[1] for claim in desk.named(change.after.state.opposing)}
        for side in sorted(lost - spoken - denied):
            row = desk.registry.sides.get(side)
            if row is not None:
                yield Silence(row.name, change.after, change.told, said=False)


def _words(desk: Desk, ids: Iterable[str]) -> Words:
    """Return the claims of these ids as they are quoted: one of each source and report, the newest first, no imported map."""
    told = [
        shielded(cite(desk, claim))
        for claim in desk.named(ids)
        if claim.statement.rule != BASELINE_RULE and claim.statement.kind not in DELAYED
    ]
    unique = list({(one.source_id, one.report): one for one in reversed(told)}.values())
    unique.sort(key=lambda one: (one.published or date.min, one.number), reverse=True)
    return Words(tuple(unique[:MOST_CITED]), max(0, len(unique) - MOST_CITED))


def _place_data(desk: Desk, places: Sequence[Standing]) -> tuple[str, ...]:
    known = (desk.places.get(row.place.id) for row in places)
    return tuple(sorted({f"{place.origin} ({place.licence})" for place in known if place is not None}))


def _by_name(row: Standing) -> tuple[str, str]:
    return row.place.name.casefold(), row.place.id
