"""Why a state is told: what bears it, who denies it, who dissents, and by which rules; each claim with its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from whoholds.fuse.accounts import BASELINE_RULE, Account
from whoholds.fuse.interest import Interest, interest_of
from whoholds.fuse.rules import Effect, Flag, rule_of
from whoholds.fuse.weight import Weight, weigh
from whoholds.model import State
from whoholds.ports import RecordedClaim
from whoholds.queries.cited import Cited, cite
from whoholds.queries.desk import Desk
from whoholds.queries.who import Asked, Denied, Who, who
from whoholds.taxonomy import ExtentKind, Holding, Kind, LinkScope, Relation, Stance


@dataclass(frozen=True, slots=True)
class Point:
    """One claim of an argument: the rule of fusion that it acts by, what that rule does, and whose rule it is.

    `scope` is how a denial's place stands to the place asked about, None for other claims; `because` says why a claim bears
    nothing, empty for one that does; `interest` why one that does goes against the interest of its source or does not,
    empty where that speaks for no side.
    """

    cited: Cited
    rule: str
    does: str
    why: str
    scope: LinkScope | None = None
    because: str = ""
    interest: str = ""


@dataclass(frozen=True, slots=True)
class Argument:
    """Why a place is told to be in a state on a day.

    `origins` counts the origins, independent of each other, of what bears the state; `reports` the reports that carry it.
    `against_interest` and `alleged_admission` name the claims for which they hold. `silent` are sources that were reported
    not to acknowledge a loss, `others` what was said of the place and bears nothing on its holder.
    """

    who: Who
    supporting: tuple[Point, ...]
    denials: tuple[Point, ...]
    dissent: tuple[Point, ...]
    others: tuple[Point, ...]
    silent: tuple[Cited, ...]
    origins: int
    reports: int
    against_interest: tuple[str, ...]
    alleged_admission: tuple[str, ...]


def explain(desk: Desk, asked: Asked) -> Argument:
    """Return the argument for the state of a place on a day.

    Raises:
        UsageError: when nothing has the name of the place.
    """
    answer = who(desk, asked)
    state = answer.state
    # What a region hands down is argued by what was said of the region.
    place = answer.inherited_from.id if answer.inherited_from else answer.place.id
    supporting = list(desk.named(state.supporting)) if state else []
    borne = {recorded.claim.id for recorded in supporting}
    opposing = set(state.opposing) if state else set()
    said = list(_said_by(desk, answer, asked))
    rest = [one for one in said if one.claim.id not in borne and (one.claim.id not in opposing or one.statement.rule == BASELINE_RULE)]
    claimed = frozenset(one.statement.kind for one in said if one.statement.stance is not Stance.DENIES)
    apart = [one for one in rest if _dissents(desk, one, state)]
    every = desk.accounts(place, asked.known_by)
    accounts = [account for account in every if account.claim in borne]
    weight = _weight(desk, accounts, state)
    interests = _interests(desk, replace(asked, place=place), state, every) if state else {}
    reports = {recorded.report.id: recorded.report.conflict for recorded in supporting}
    return Argument(
        who=answer,
        supporting=tuple(replace(_point(desk, one), interest=_why(interests.get(one.claim.id))) for one in supporting),
        denials=tuple(_denial(denied) for denied in answer.denials),
        dissent=(*(_cited_point(one) for one in answer.dissent), *(_point(desk, one, _idle(one, claimed)) for one in apart)),
        others=tuple(_point(desk, one, _idle(one, claimed)) for one in rest if one not in apart),
        silent=tuple(_silent(desk, [one.report.id for one in [*supporting, *rest]])),
        origins=max(weight.origins, 1) if accounts else 0,
        reports=len(reports),
        against_interest=tuple(_flagged(interests, state, Flag.AGAINST_INTEREST)),
        alleged_admission=tuple(_flagged(interests, state, Flag.ALLEGED_ADMISSION)),
    )


def _said_by(desk: Desk, answer: Who, asked: Asked) -> Iterator[RecordedClaim]:
    """Yield what was said of the place by the day asked for, as far as it was known."""
    for recorded in desk.heard([answer.place.id]):
        told = recorded.statement.event_date
        begun = (told.first or told.last) if told else recorded.report.published
        published = recorded.report.published
        if begun is not None and begun > asked.day:
            continue
        if asked.known_by is None or (published is not None and published <= asked.known_by):
            yield recorded


def _dissents(desk: Desk, recorded: RecordedClaim, state: State | None) -> bool:
    """Tell whether a claim of control of a part or facility names another side than the one that holds the place."""
    said = recorded.statement
    if state is None or said.kind is not Kind.CONTROL or said.stance is not Stance.ASSERTS or said.rule == BASELINE_RULE:
        return False
    account = desk.joiner.account(recorded)
    if account is None or account.side is None:
        return False
    day = recorded.report.published or state.interval.last or state.interval.first
    return day is not None and account.side not in {desk.joiner.side_of(actor, day) for actor in state.holders}


def _point(desk: Desk, recorded: RecordedClaim, because: str = "") -> Point:
    return _cited_point(cite(desk, recorded), because)


def _cited_point(cited: Cited, because: str = "") -> Point:
    rule = rule_of(cited.kind)
    return Point(cited, rule.name, rule.does, rule.why, None, because)


def _denial(denied: Denied) -> Point:
    rule = rule_of(denied.by.kind)
    return Point(
        denied.by, "denial", f"Opposes what the rule “{rule.name}” would do.", "A denial opposes what was claimed before it.", denied.scope
    )


def _idle(recorded: RecordedClaim, claimed: frozenset[Kind]) -> str:
    """Return why a claim does nothing to the holder; `claimed` are the kinds that somebody claims of the place."""
    statement, claim = recorded.statement, recorded.claim
    if statement.rule == BASELINE_RULE:
        return "an imported map: whatever is reported goes before it"
    if recorded.report.published is None and statement.event_date is None:
        return "its report has no day"
    if statement.stance is Stance.UNACKNOWLEDGED:
        return "silence is shown, it changes nothing"
    if statement.stance is Stance.DENIES and statement.kind not in claimed:
        return "nobody in the store claims what it denies here (placeholder: unnamed reports)"
    if claim.extent.kind is ExtentKind.FACILITY:
        return "about a facility of the place, not the place"
    if rule_of(statement.kind).effect is Effect.NOTHING and statement.stance is not Stance.DENIES:
        return "shown only"
    if claim.relation is not Relation.IN:
        return "about the surroundings of the place"
    return "does not bear on the state of that day"


def _weight(desk: Desk, accounts: Sequence[Account], state: State | None) -> Weight:
    held = {account.side for account in accounts if state and account.actor in state.holders}
    return weigh(next(iter(sorted(side for side in held if side)), ""), accounts, desk.fusion.bonds)


def _interests(desk: Desk, asked: Asked, state: State, accounts: Sequence[Account]) -> Mapping[str, Interest]:
    """Return by claim whether what bears a state goes against the interest of its source, as fusion asked (`whoholds.fuse.interest`)."""
    by_claim = {account.claim: account for account in accounts}
    support = [by_claim[claim] for claim in state.supporting if claim in by_claim]
    if not any(account.speaker_side for account in support):
        return {}
    bonds, day = desk.fusion.bonds, asked.day
    lost = _lost_by(desk, asked, state, by_claim)
    serves = next((desk.joiner.side_of(actor, day) for actor in state.holders), "")
    if state.holding is Holding.VACATED and lost is not None:
        speakers = (account.speaker_side for account in support)
        serves = next((side for side in speakers if side is not None and bonds.hostile(side, lost, day.toordinal())), "")
    return {account.claim: interest_of(account, serves, lost, bonds) for account in support}


def _lost_by(desk: Desk, asked: Asked, state: State, by_claim: Mapping[str, Account]) -> str | None:
    """Return the side at whose cost a state came about: the one that left, else the last holder before it; None where none is known."""
    held = {desk.joiner.side_of(actor, asked.day) for actor in state.holders}
    before = [other for other in desk.timeline(asked.place, asked.view, asked.known_by).states if _begins(other) < _begins(state)]
    for other in (state, *reversed(before)):
        sides = {desk.joiner.side_of(actor, asked.day) for actor in other.holders}
        if sides - held:
            return min(sides - held)
        leaving = (by_claim[claim] for claim in other.supporting if claim in by_claim)
        left = next((account.side for account in leaving if account.effect is Effect.LEAVES and account.side), None)
        if other.holding is Holding.VACATED and left is not None:
            return left
    return None


def _begins(state: State) -> date:
    return state.interval.first or date.min


def _why(interest: Interest | None) -> str:
    return interest.why if interest is not None else ""


def _flagged(interests: Mapping[str, Interest], state: State | None, flag: Flag) -> Iterator[str]:
    """Yield the claims that give a state its flag."""
    if state is not None and flag in state.flags:
        yield from (claim for claim, interest in interests.items() if interest.flag is flag)


def _silent(desk: Desk, reports: Sequence[str]) -> Iterator[Cited]:
    """Yield what these reports say of sources that do not acknowledge a loss, without naming a place."""
    for report in dict.fromkeys(reports):
        reading = desk.store.reading(report)
        statements = (
            {statement.id for statement in reading.extracted.statements if statement.stance is Stance.UNACKNOWLEDGED} if reading else ()
        )
        ids = [claim.id for claim in reading.extracted.claims if claim.statement in statements and claim.toponym is None] if reading else []
        for recorded in desk.named(ids) if ids else ():
            yield cite(desk, recorded)
