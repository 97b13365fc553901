"""Linked events: what several claims tell of one place, one day and the same actors, as event data sets count it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from whoholds.export.rows import Row
from whoholds.model import Place
from whoholds.registry.rows import ActorKind
from whoholds.registry.strikes import fired_from_the_ground
from whoholds.taxonomy import Agreement, Holding, Kind, Manner, Stance, Tier


class EventType(StrEnum):
    """ACLED's event types, as far as claims of control make them."""

    BATTLES = "Battles"
    REMOTE = "Explosions/Remote violence"
    STRATEGIC = "Strategic developments"

    @property
    def disorder_type(self) -> str:
        """ACLED's disorder type."""
        return "Strategic developments" if self is EventType.STRATEGIC else "Political violence"


class SubEventType(StrEnum):
    """ACLED's sub-event types, the one that tells most first: an event of several claims takes the first of theirs."""

    REGAINS = "Government regains territory"
    OVERTAKES = "Non-state actor overtakes territory"
    CLASH = "Armed clash"
    AIR = "Air/drone strike"
    SHELLING = "Shelling/artillery/missile attack"
    TRANSFER = "Non-violent transfer of territory"
    AGREEMENT = "Agreement"
    CHANGE = "Change to group/activity"
    OTHER = "Other"

    @property
    def event_type(self) -> EventType:
        """The type it belongs to."""
        if self in (SubEventType.REGAINS, SubEventType.OVERTAKES, SubEventType.CLASH):
            return EventType.BATTLES
        return EventType.REMOTE if self in (SubEventType.AIR, SubEventType.SHELLING) else EventType.STRATEGIC


@dataclass(frozen=True, slots=True)
class Party:
    """Who took part: `key` is the side, or the name where no side is known; `names` begin with the one most exact.

    `kind` is None for those whom the registry does not know. `government` is true of the state's own forces and their
    affiliates, and of no foreign state's.
    """

    key: str
    names: tuple[str, ...]
    kind: ActorKind | None = None
    government: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """One claim as part of an event, with its parties, the day that fusion counts it on, and when the store took it."""

    row: Row
    day: date
    actor: Party | None
    target: Party | None
    sub_event: SubEventType
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Event:
    """A linked event: claims of one place, day and actors, with how well it is supported and what the place's state then was."""

    place: Place
    day: date
    conflict: str | None
    told: tuple[Told, ...]
    actors: tuple[Party, ...]
    denied_by: tuple[str, ...] = ()
    tier: Tier | None = None
    holding: Holding | None = None
    agreement: Agreement | None = None

    @property
    def sub_event(self) -> SubEventType:
        """The sub-event type that tells most."""
        return min((each.sub_event for each in self.told), key=list(SubEventType).index)


_ALWAYS = {
    Kind.HANDOVER: SubEventType.TRANSFER,
    Kind.ADVANCE: SubEventType.CHANGE,
    Kind.DEPLOYMENT: SubEventType.CHANGE,
    Kind.CLASH: SubEventType.CLASH,
    Kind.REPULSE: SubEventType.CLASH,
    Kind.DEFECTION: SubEventType.CHANGE,
    Kind.CEASEFIRE: SubEventType.AGREEMENT,
    Kind.ENCIRCLEMENT: SubEventType.OTHER,
    Kind.SIEGE_LIFTED: SubEventType.OTHER,
    Kind.UPRISING: SubEventType.OTHER,
    Kind.RELEASE: SubEventType.OTHER,
    Kind.OTHER: SubEventType.OTHER,
}
"""Kinds whose sub-event type does not depend on how it came about; kinds that stand nowhere have no event."""


def makes_a_row(row: Row) -> bool:
    """Tell whether a claim may be an event of its own: no denial, no silence, nothing that is only taken for granted."""
    statement = row.statement
    return statement.stance in (Stance.ASSERTS, Stance.HEDGES) and not statement.presupposed and row.place is not None


def sub_event_of(row: Row, *, government: bool, taker_follows: bool) -> SubEventType | None:
    """Return the sub-event type of a claim's kind, None where ACLED has no event for it.

    `government` says that the actor is the state's own force or affiliate; a foreign state counts with the non-state
    actors (codebook of ACLED, 2024). `taker_follows` says that somebody else took the place after a withdrawal.
    """
    kind, manner = row.statement.kind, row.statement.manner
    if kind is Kind.CAPTURE:
        gained = SubEventType.REGAINS if government else SubEventType.OVERTAKES
        return SubEventType.TRANSFER if manner in (Manner.UNOPPOSED, Manner.DEAL) else gained
    if kind is Kind.WITHDRAWAL:
        return SubEventType.TRANSFER if taker_follows else SubEventType.CHANGE
    if kind is Kind.ENTRY:
        return SubEventType.CLASH if manner is Manner.FIGHTING else SubEventType.OTHER
    if kind is Kind.STRIKE:
        return SubEventType.SHELLING if fired_from_the_ground(row.quote) else SubEventType.AIR
    if manner is Manner.DEAL and kind in (Kind.DEFECTION, Kind.RELEASE):
        return SubEventType.AGREEMENT
    return _ALWAYS.get(kind)


def linked(told: Iterable[Told]) -> list[tuple[Told, ...]]:
    """Return the claims of one place as events: those of one day whose actors are the same, or some of the same.

    A claim that names fewer actors joins the event that names them and more; one that names nobody joins an event of its
    own sub-event type. Days come in order.
    """
    events: list[list[Told]] = []
    for each in sorted(told, key=lambda each: (each.day, -len(_keys(each)), each.row.claim.id)):
        home = next((event for event in events if event[0].day == each.day and _joins(each, event)), None)
        if home is None:
            events.append([each])
        else:
            home.append(each)
    return [tuple(event) for event in events]


def parties(told: Sequence[Told]) -> tuple[Party, ...]:
    """Return the parties of an event, who acts first, each with all names that it is given; two at most."""
    order = sorted(told, key=lambda each: list(SubEventType).index(each.sub_event))
    acting = [each.actor for each in order if each.actor]
    found: dict[str, Party] = {}
    for party in (*acting, *(each.target for each in order if each.target)):
        known = found.get(party.key)
        names = tuple(dict.fromkeys((*(known.names if known else ()), *party.names)))
        found[party.key] = Party(party.key, names, known.kind if known else party.kind, (known or party).government)
    return tuple(found.values())[:2]


def _keys(told: Told) -> frozenset[str]:
    return frozenset(party.key for party in (told.actor, told.target) if party)


def _joins(told: Told, event: Sequence[Told]) -> bool:
    keys = _keys(told)
    if not keys:
        return told.sub_event in {each.sub_event for each in event}
    return keys <= _keys(event[0])
