"""What each source claimed, and how that fared: organisations and office-holders alone have a profile, private persons never."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from whoholds.fuse.accounts import Account
from whoholds.fuse.rules import Effect
from whoholds.model import State
from whoholds.ports import RecordedClaim
from whoholds.queries.desk import BATCH, Desk
from whoholds.queries.hearing import Heard, hear
from whoholds.taxonomy import Role

Told = tuple[Account, RecordedClaim]
"""A claim as fusion weighs it, and as it was recorded."""

_TAKING = (Effect.GAINS, Effect.ENTERS, Effect.HOLDS)


@dataclass(frozen=True, slots=True)
class Profile:
    """An organisation or office-holder: what it claimed in dated, placed statements.

    `borne_out` counts claims that another source, of no allied side, said too on the same day or later; `contradicted`
    those that another source spoke against then. A claim may be both. `sides` are those it spoke for.
    """

    id: str
    name: str
    role: Role
    sides: tuple[str, ...]
    claims: int
    denials: int
    against_interest: int
    borne_out: int
    contradicted: int


@dataclass(frozen=True, slots=True)
class Profiles:
    """The profiles, those that claimed most first; `others` counts the claims of sources that have none."""

    known_by: date
    conflict: str | None
    profiles: tuple[Profile, ...]
    others: int


@dataclass(slots=True)
class _Tally:
    """What a source claimed, counted place by place."""

    name: str
    role: Role
    sides: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)


def sources(desk: Desk, known_by: date, conflict: str | None = None, limit: int | None = None) -> Profiles:
    """Return what every organisation and office-holder claimed in reports published by a day; with `limit`, of those that claimed most.

    Raises:
        UsageError: when there is no such war in the registry.
    """
    heard = hear(desk, known_by, conflict)
    tallies: dict[str, _Tally] = {}
    others = 0
    for place, claims in _by_place(desk, heard):
        fates = _fates(desk, heard, place, {account.claim: account for account, _ in claims})
        for account, claim in claims:
            if account.baseline:
                continue
            if _has_profile(desk, account, claim):
                _count(desk, tallies, account, claim, fates.get(account.claim, set()))
            else:
                others += 1
    found = sorted((_profile(desk, speaker, tally) for speaker, tally in tallies.items()), key=_most_first)
    return Profiles(known_by, conflict, tuple(found[:limit]), others)


def _by_place(desk: Desk, heard: Heard) -> Iterator[tuple[str, list[Told]]]:
    """Yield each place with what was said of it by the day, as fusion weighs it and as it was recorded; some hundred at a time."""
    places = iter(heard.places)
    while batch := list(islice(places, BATCH)):
        told: dict[str, list[Told]] = defaultdict(list)
        for claim in desk.heard(batch):
            if heard.conflict not in (None, claim.report.conflict):
                continue
            account = desk.joiner.account(claim)
            if account is not None and account.published <= heard.known_by.toordinal():
                told[account.place].append((account, claim))
        yield from told.items()


def _has_profile(desk: Desk, account: Account, claim: RecordedClaim) -> bool:
    row = desk.registry.sources.get(account.speaker)
    return claim.statement.attribution.own_voice if row is None else row.public_role and not row.generic


def _count(desk: Desk, tallies: dict[str, _Tally], account: Account, claim: RecordedClaim, fate: set[str]) -> None:
    tally = tallies.get(account.speaker)
    if tally is None:
        row = desk.registry.sources.get(account.speaker)
        name = row.name if row else claim.report.publisher or account.speaker
        tally = tallies[account.speaker] = _Tally(name, row.kind if row else Role.MEDIA)
    if account.speaker_side is not None:
        tally.sides.add(account.speaker_side)
    tally.counts["claims"] += 1
    tally.counts["denials"] += account.effect is Effect.DENIES
    tally.counts["against_interest"] += _against_interest(desk, account)
    tally.counts.update(fate)


def _profile(desk: Desk, speaker: str, tally: _Tally) -> Profile:
    return Profile(
        id=speaker,
        name=tally.name,
        role=tally.role,
        sides=tuple(desk.registry.sides[side].name if side in desk.registry.sides else side for side in sorted(tally.sides)),
        claims=tally.counts["claims"],
        denials=tally.counts["denials"],
        against_interest=tally.counts["against_interest"],
        borne_out=tally.counts["borne out"],
        contradicted=tally.counts["contradicted"],
    )


def _most_first(row: Profile) -> tuple[int, str, str]:
    return -row.claims, row.name.casefold(), row.id


def _against_interest(desk: Desk, account: Account) -> bool:
    """Tell whether a source grants its own side's loss, in words that no hostile relay reports."""
    if account.speaker_side is None or account.side is None or account.hostile_relay:
        return False
    if account.effect is Effect.LEAVES:
        return account.side == account.speaker_side
    return account.effect in _TAKING and desk.fusion.bonds.hostile(account.side, account.speaker_side, account.day)


def _fates(desk: Desk, heard: Heard, place: str, accounts: Mapping[str, Account]) -> Mapping[str, set[str]]:
    """Return for each claim that a state rests on, or that stands against one, whether others bore it out or spoke against it."""
    fates: dict[str, set[str]] = defaultdict(set)
    for state in heard.told[place].states if place in heard.told else ():
        _judge(desk, state, accounts, fates)
    return fates


def _judge(desk: Desk, state: State, accounts: Mapping[str, Account], fates: dict[str, set[str]]) -> None:
    support, against = _of(state.supporting, accounts), _of(state.opposing, accounts)
    for account in support:
        if any(_apart(desk, account, other) for other in support):
            fates[account.claim].add("borne out")
        if any(_apart(desk, account, other) for other in against):
            fates[account.claim].add("contradicted")
    for account in against:
        if any(_apart(desk, account, other) for other in support):
            fates[account.claim].add("contradicted")


def _of(claims: Iterable[str], accounts: Mapping[str, Account]) -> list[Account]:
    return [accounts[claim] for claim in claims if claim in accounts and not accounts[claim].baseline]


def _apart(desk: Desk, account: Account, other: Account) -> bool:
    """Tell whether `other` is another's word, first hand, said when `account` was or later."""
    if other.origin == account.origin or other.derived or other.published < account.published:
        return False
    sides = account.speaker_side, other.speaker_side
    return sides[0] is None or sides[1] is None or not desk.fusion.bonds.allied(sides[0], sides[1], account.day)
