"""RecordedClaim → Account: what fusion reads of a claim, with names joined to actors, sides and origins.

Sides are joined here, at the time of fusion, and never stored: a corrected registry changes the map, not the claims.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from whoholds.fuse.rules import Effect, effect_of
from whoholds.model import Claim, Mention, Reading, Statement
from whoholds.ports import RecordedClaim, ReportHead
from whoholds.registry.lookup import Registry
from whoholds.taxonomy import NEGATION, OBSERVED, ExtentKind, Kind, LinkPart, Relation, Role, Stance

DAY_STEP = 16
"""Claims of one day are ordered by effect: a day counts as so many steps of an account's `when`."""

ADVERSARY = "adversary of "
"""Begins the side of a force that a sided source names only by an epithet: its unspecified adversary."""

NAMED = "name:"
"""Begins the side of an actor that the registry does not know: it stands for itself."""


@dataclass(frozen=True, slots=True, eq=False)
class Account:
    """One claim as fusion weighs it. Days are proleptic ordinals (`date.toordinal`).

    `when` orders the accounts of a place: day of the event, then effect. `dated` is false where only "by that day" is
    known. `side` is the side of the actor, `speaker_side` that of the source, None without one. `origin` is where the
    information first came from; `derived` marks an origin that only repeats what others say (own voice without
    first-hand access, analysts, unnamed reports). `part` is the event for what is said of the place as such, the extent
    for a share of it, the place for its surroundings or a facility in it. `negative` marks a denial that says what was
    not so ("failed to take"): it answers nobody. `generic` marks a speaker that is many ("residents"): none of them speaks
    for the others. `signature` is that of the report's text (see `whoholds.fuse.signatures`). `observed` is what a source without
    a side saw itself, or images show whose place was found out: that is first hand, and no hearsay.
    """

    claim: str
    anchor: str
    report: str
    place: str
    kind: Kind
    effect: Effect
    when: int
    day: int
    dated: bool
    published: int
    side: str | None
    actor: str | None
    speaker: str
    speaker_side: str | None
    origin: str
    derived: bool = False
    hedged: bool = False
    presupposed: bool = False
    euphemism: bool = False
    unit: bool = False
    negative: bool = False
    baseline: bool = False
    hostile_relay: bool = False
    target_side: str | None = None
    part: LinkPart = LinkPart.EVENT
    generic: bool = False
    signature: bytes = b""
    observed: bool = False


_RETELLERS = (Role.MEDIA, Role.UNKNOWN)
"""Who may only repeat what others say: media in their own voice, and whoever is not known."""


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Who vouches, as the registry knows it."""

    id: str
    side: str | None
    origin: str
    derived: bool
    generic: bool = False


class Joiner:
    """Joins claims to the registry: names to actors and sources, both to sides on the day."""

    def __init__(self, registry: Registry) -> None:
        """Keep the registry; look-ups are remembered, since few names make most claims."""
        self._registry = registry
        self._actor = lru_cache(maxsize=65_536)(self._actor_of)
        self._source = lru_cache(maxsize=65_536)(self._source_of)
        self._side_of = lru_cache(maxsize=65_536)(self._side_of_actor)

    def side_of(self, actor: str, day: date) -> str:
        """Return the side of an actor (by id) on a day; a side, or an actor of none, stands for itself."""
        return self._side_of(actor, day)

    def speaker(self, recorded: RecordedClaim) -> tuple[str, str | None]:
        """Return who vouches for a claim, by id, and the side that it speaks for, None without one."""
        statement, report = recorded.statement, recorded.report
        told = _day(statement, report)
        found = self._speaker(statement, report, date.fromordinal(told[0]) if told is not None else date.min)
        return found.id, found.side

    def _speaker(self, statement: Statement, report: ReportHead, day: date) -> _Speaker:
        attribution = statement.attribution
        if attribution.own_voice:
            return self._source(report.publisher or report.id, Role.MEDIA, report.conflict or "", day)
        return self._source(_words(attribution.source), attribution.role, report.conflict or "", day)

    def accounts(self, claims: Iterable[RecordedClaim]) -> Iterator[Account]:
        """Yield an account for every claim that names a place and can be dated, in the order given."""
        for recorded in claims:
            account = self.account(recorded)
            if account is not None:
                yield account

    def account(self, recorded: RecordedClaim) -> Account | None:
        """Return the account of one claim; None where it has no place, or neither it nor its report has a day."""
        statement, report = recorded.statement, recorded.report
        told = _day(statement, report)
        if recorded.place is None or told is None or (statement.background and statement.event_date is None):
            return None
        day, dated = told
        when = date.fromordinal(day)
        conflict = report.conflict or ""
        outlet = self._source(report.publisher or report.id, Role.MEDIA, conflict, when)
        own = statement.attribution.own_voice
        speaker = self._speaker(statement, report, when)
        speaker_side = speaker.side
        effect = effect_of(statement.kind, statement.stance, recorded.claim.relation, recorded.claim.extent.kind)
        actor, side, unit = self._doer(statement, conflict, when, speaker_side)
        target = self._actor(_words(statement.target), conflict, when)[1] if statement.target else None
        observed = speaker_side is None and statement.rule.endswith(OBSERVED)
        return Account(
            claim=recorded.claim.id,
            anchor=recorded.claim.anchor,
            report=report.id,
            place=recorded.place,
            kind=statement.kind,
            effect=effect,
            when=day * DAY_STEP + effect,
            day=day,
            dated=dated,
            published=report.published.toordinal() if report.published else day,
            side=side,
            actor=actor,
            speaker=speaker.id,
            speaker_side=speaker_side,
            origin=speaker.origin,
            derived=speaker.derived and speaker_side is None and not observed,
            hedged=statement.stance is Stance.HEDGES and not observed,
            presupposed=statement.presupposed,
            euphemism=statement.euphemism,
            unit=unit,
            negative=statement.stance is Stance.DENIES and statement.rule.endswith(NEGATION),
            baseline=statement.rule == BASELINE_RULE,
            hostile_relay=bool(speaker_side and outlet.side and not own and self._hostile(outlet.side, speaker_side, when)),
            target_side=target,
            part=_part(recorded.claim, statement),
            generic=speaker.generic,
            signature=report.signature,
            observed=observed,
        )

    def _doer(self, statement: Statement, conflict: str, day: date, speaker_side: str | None) -> tuple[str | None, str | None, bool]:
        """Return actor, side, and whether it is one unit of several; no side where the words name nobody.

        What a sided source names by an epithet or a bare noun is its adversary where it gains, its own force where it leaves.
        """
        if statement.actor is None:
            return None, None, False
        actor, side, unit = self._actor(_words(statement.actor), conflict, day)
        if not side.startswith(NAMED):
            return actor, side, unit
        if speaker_side is None:
            return (None, None, unit) if conflict and _names_nobody(_words(statement.actor)) else (actor, side, unit)
        # "Its forces" of the Syrian Ministry of Defence are written down as Syrian: a part of the source's own name.
        own = _words(statement.actor).casefold() in _words(statement.attribution.source).casefold()
        leaves = statement.kind in (Kind.WITHDRAWAL, Kind.LOSS, Kind.REPULSE)
        return None, speaker_side if own or leaves else ADVERSARY + speaker_side, unit

    def _actor_of(self, words: str, conflict: str, day: date) -> tuple[str, str, bool]:
        # "Under rebel control": one word for a force stands for its plural.
        row = self._registry.actor_in(words, conflict or None, day) or self._registry.actor_in(f"{words}s", conflict or None, day)
        if row is None:
            return words, NAMED + words.casefold(), False
        side = self._registry.side_of(row, conflict, day) if conflict else None
        return row.id, side.id if side else NAMED + row.id, row.part_of is not None

    def _side_of_actor(self, actor: str, day: date) -> str:
        for conflict in self._registry.conflicts:
            row = self._registry.actor(actor, conflict)
            side = self._registry.side_of(row, conflict, day) if row is not None else None
            if side is not None:
                return side.id
        return actor

    def _source_of(self, words: str, said: Role, conflict: str, day: date) -> _Speaker:
        row = self._registry.source_named(words, conflict or None, day) or self._registry.publisher_as_source(words)
        if row is None:
            return _Speaker(words.casefold(), None, words.casefold(), said in _RETELLERS)
        side = self._registry.side_of_source(row, conflict, day) if conflict else None
        derived = row.derivative or row.kind in _RETELLERS
        return _Speaker(row.id, side.id if side else None, self._registry.body_of(row), derived, row.generic)

    def _hostile(self, one: str, other: str, day: date) -> bool:
        return self._registry.relation(one, other, day) == "hostile"


def recorded(reading: Reading) -> Iterator[RecordedClaim]:
    """Yield the claims of a reading that no store keeps, as a store would give them back."""
    report = reading.report
    at = reading.extracted.extraction.recorded_at
    head = ReportHead(report.id, report.publisher, report.title, report.url, report.published, report.conflict, at)
    statements = {statement.id: statement for statement in reading.extracted.statements}
    for claim in reading.extracted.claims:
        statement, found = statements[claim.statement], reading.resolutions.get(claim.id)
        place = found.place.id if found and found.place else None
        yield RecordedClaim(head, statement, claim, place, found.geo_precision if found else None, statement.evidence.of(report.text))


BASELINE_RULE = "baseline"
"""The rule that a statement of an imported map names."""


_SHARES = (ExtentKind.MOST, ExtentKind.PART, ExtentKind.PERCENT)
_RINGS = (Kind.ENCIRCLEMENT, Kind.SIEGE_LIFTED)


def _part(claim: Claim, statement: Statement) -> LinkPart:
    """Return what of its place a claim speaks of; who denies that the whole was taken denies the extent alone."""
    extent = claim.extent.kind
    if extent is ExtentKind.FACILITY or (claim.relation is not Relation.IN and statement.kind not in _RINGS):
        return LinkPart.PLACE
    if extent in _SHARES or (extent is ExtentKind.WHOLE and statement.stance is Stance.DENIES):
        return LinkPart.EXTENT
    return LinkPart.EVENT


def _names_nobody(words: str) -> bool:
    """Tell whether the registry's words for a war leave these unknown because they name nobody: "troops", "the groups"."""
    return words == words.lower() and words.endswith("s")


def _words(mention: Mention) -> str:
    return mention.referent


def _day(statement: Statement, report: ReportHead) -> tuple[int, bool] | None:
    """Return the day of an event and whether it began then; else the day by which it was so."""
    told = statement.event_date
    if told is not None and told.first is not None and told.last is not None:
        exact = (told.last - told.first).days <= 1
        return (told.first if exact else told.last).toordinal(), exact and statement.kind is not Kind.CONTROL
    if told is not None and told.last is not None:
        return told.last.toordinal(), False
    if report.published is None:
        return None
    return report.published.toordinal(), False
