"""Linked events of the store, for the shapes of event data sets: claims joined by place, day and actors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from operator import attrgetter

from whoholds.export.acled import Whereabouts
from whoholds.export.events import Event, Party, Told, linked, makes_a_row, parties, sub_event_of
from whoholds.export.rows import Row
from whoholds.fuse.accounts import ADVERSARY, NAMED, Account
from whoholds.fuse.linking import Denials
from whoholds.fuse.rules import Effect
from whoholds.fuse.weight import weigh
from whoholds.locate.countries import codes_of
from whoholds.model import DateRange, Place
from whoholds.ports import RecordedClaim
from whoholds.queries.desk import DENIALS
from whoholds.queries.selection import Selection
from whoholds.registry.countries import countries
from whoholds.registry.rows import Actor, ActorKind
from whoholds.taxonomy import Stance

FOLLOWS = 7
"""A taker within so many days of a withdrawal took over what was left (the window of `vacated`)."""

_TAKES = frozenset((Effect.GAINS, Effect.ENTERS, Effect.HOLDS))
_STATES_OWN = frozenset((ActorKind.STATE_FORCES,))
_AFFILIATES = frozenset((ActorKind.POLITICAL_MILITIA, ActorKind.IDENTITY_MILITIA))


class Events:
    """The events of a desk; one place at a time."""

    def __init__(self, selection: Selection) -> None:
        """Gather the denials, which bear on places other than their own."""
        self._selection, self._desk = selection, selection.desk
        desk = selection.desk
        self._denials = Denials(list(desk.joiner.accounts(selection.heard(DENIALS))), desk.fusion.tree, desk.fusion.windows)

    def __iter__(self) -> Iterator[tuple[Event, Whereabouts]]:
        """Yield the events of every place in order of days, with the country."""
        for place_id in self._selection.places():
            place = self._selection.place(place_id)
            if place is not None:
                for event in self._at(place):
                    yield event, whereabouts(place)

    def _at(self, place: Place) -> Iterator[Event]:
        recorded = list(self._desk.heard([place.id]))
        accounts: dict[str, Account] = {}
        for each in recorded:
            account = self._desk.joiner.account(each)
            if account is None:
                self._selection.tally.undated.add(each.claim.id)
            else:
                accounts[each.claim.id] = account
        told = [
            made for each, row in self._selection.with_rows(self._in_scope(recorded, accounts)) if (made := self._told(each, row, accounts))
        ]
        denied = self._denied_by(place.id, accounts.values())
        for claims in linked(told):
            yield self._event(place, claims, accounts, denied)

    def _in_scope(self, claims: Iterable[RecordedClaim], accounts: dict[str, Account]) -> Iterator[RecordedClaim]:
        """Yield the claims that may make events on the wanted days."""
        for recorded in claims:
            account = accounts.get(recorded.claim.id)
            if account is not None and recorded.statement.stance in (Stance.ASSERTS, Stance.HEDGES):
                day = date.fromordinal(account.day)
                if self._selection.scope.holds(DateRange(day, day)):
                    yield recorded

    def _told(self, recorded: RecordedClaim, row: Row | None, accounts: dict[str, Account]) -> Told | None:
        account = accounts[recorded.claim.id]
        day = date.fromordinal(account.day)
        if row is None or not makes_a_row(row):
            return None
        actor = self._actor(row, account, day)
        follows = any(_follows(account, other) for other in accounts.values())
        sub_event = sub_event_of(row, government=actor is not None and actor.government, taker_follows=follows)
        if sub_event is None:
            return None
        return Told(row, day, actor, self._target(row, account, day), sub_event, recorded.report.recorded_at)

    def _event(self, place: Place, told: Sequence[Told], accounts: dict[str, Account], denied: dict[str, list[str]]) -> Event:
        actors = parties(told)
        supporting = [accounts[each.row.claim.id] for each in told]
        weight = weigh(actors[0].key if actors else "", supporting, self._desk.fusion.bonds)
        held = self._desk.state(place.id, told[0].day)
        return Event(
            place,
            told[0].day,
            told[0].row.report.conflict,
            tuple(told),
            actors,
            denied_by=tuple(dict.fromkeys(name for each in told for name in denied.get(each.row.claim.id, ()))),
            tier=weight.tier,
            holding=held.state.holding if held else None,
            agreement=held.state.agreement if held else None,
        )

    def _denied_by(self, place_id: str, accounts: Iterable[Account]) -> dict[str, list[str]]:
        """Return, for each claim whose event is denied, by whom, in the order of days."""
        told = sorted((account for account in accounts if account.effect is not Effect.DENIES), key=attrgetter("when"))
        found: dict[str, list[str]] = {}
        for objection in self._denials.bearing_on(place_id):
            for denied in self._denials.opposed(objection, told):
                found.setdefault(denied.claim, []).append(self._speaker(objection.denial))
        return found

    def _speaker(self, denial: Account) -> str:
        """Return who denies, by name as it may be shown."""
        known = self._desk.registry.sources.get(denial.speaker)
        if known is not None:
            return known.name
        recorded = next(iter(self._desk.store.claims_named([denial.claim])), None)
        row = self._selection.row(recorded) if recorded else None
        return row.source if row else ""

    def _actor(self, row: Row, account: Account, day: date) -> Party | None:
        if account.side is None:
            return None
        return self._party(row, row.actor or "", account.side, day)

    def _target(self, row: Row, account: Account, day: date) -> Party | None:
        if account.target_side is None:
            return None
        return self._party(row, row.target or "", account.target_side, day)

    def _party(self, row: Row, words: str, side: str, day: date) -> Party:
        if side.startswith(ADVERSARY):
            known = self._desk.registry.sides.get(side.removeprefix(ADVERSARY))
            return Party(side, (f"Unidentified adversary of {known.name if known else side.removeprefix(ADVERSARY)}",))
        actor = self._desk.registry.actor_named(words, row.report.conflict, day)
        if actor is None:
            return Party(side, (words or side.removeprefix(NAMED),))
        return Party(side, (actor.name,), actor.kind, self._of_the_state(actor, side))

    def _of_the_state(self, actor: Actor, side: str) -> bool:
        if actor.kind in _STATES_OWN:
            return True
        conflict = self._desk.registry.conflicts.get(side.partition(".")[0])
        if actor.kind not in _AFFILIATES or conflict is None:
            return False
        own = {row.actor for row in conflict.memberships if row.side == side}
        return any(other.kind in _STATES_OWN for other in conflict.actors if other.id in own)


def whereabouts(place: Place) -> Whereabouts:
    """Return the country that a place lies in."""
    code = next(iter(codes_of([place])), "")
    country = countries().get(code)
    return Whereabouts(code, country.number, country.region) if country else Whereabouts(code)


def _follows(leaver: Account, other: Account) -> bool:
    """Tell whether `other` says that another side took what `leaver` left."""
    return (
        leaver.effect is Effect.LEAVES
        and other.effect in _TAKES
        and other.side is not None
        and other.side != leaver.side
        and 0 <= other.day - leaver.day <= FOLLOWS
    )
