"""What each source claimed, and how that fared: organisations and office-holders alone have a profile, private persons never."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from whoholds.fuse.accounts import Account
from whoholds.fuse.rules import Effect
from whoholds.model import State
from whoholds.queries.desk import Desk
from whoholds.queries.table import Heard, hear
from whoholds.taxonomy import Role

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


def sources(desk: Desk, known_by: date, conflict: str | None = None) -> Profiles:
    """Return what every organisation and office-holder claimed in reports published by a day.

    Raises:
        UsageError: when there is no such war in the registry.
    """
    heard = hear(desk, known_by, conflict)
    fates = _fates(desk, heard)
    spoken: dict[str, list[Account]] = defaultdict(list)
    others = 0
    for account in heard.accounts:
        if account.baseline:
            continue
        if _has_profile(desk, heard, account):
            spoken[account.speaker].append(account)
        else:
            others += 1
    found = (_profile(desk, heard, speaker, accounts, fates) for speaker, accounts in spoken.items())
    return Profiles(known_by, conflict, tuple(sorted(found, key=lambda row: (-row.claims, row.name.casefold(), row.id))), others)


def _has_profile(desk: Desk, heard: Heard, account: Account) -> bool:
    row = desk.registry.sources.get(account.speaker)
    if row is None:
        return heard.claims[account.claim].statement.attribution.own_voice
    return row.public_role and not row.generic


def _profile(desk: Desk, heard: Heard, speaker: str, accounts: Sequence[Account], fates: Mapping[str, frozenset[str]]) -> Profile:
    row = desk.registry.sources.get(speaker)
    sides = sorted({account.speaker_side for account in accounts if account.speaker_side is not None})
    return Profile(
        id=speaker,
        name=row.name if row else heard.claims[accounts[0].claim].report.publisher or speaker,
        role=row.kind if row else Role.MEDIA,
        sides=tuple(desk.registry.sides[side].name if side in desk.registry.sides else side for side in sides),
        claims=len(accounts),
        denials=sum(account.effect is Effect.DENIES for account in accounts),
        against_interest=sum(_against_interest(desk, account) for account in accounts),
        borne_out=sum("borne out" in fates.get(account.claim, ()) for account in accounts),
        contradicted=sum("contradicted" in fates.get(account.claim, ()) for account in accounts),
    )


def _against_interest(desk: Desk, account: Account) -> bool:
    """Tell whether a source grants its own side's loss, in words that no hostile relay reports."""
    if account.speaker_side is None or account.side is None or account.hostile_relay:
        return False
    if account.effect is Effect.LEAVES:
        return account.side == account.speaker_side
    return account.effect in _TAKING and desk.fusion.bonds.hostile(account.side, account.speaker_side, account.day)


def _fates(desk: Desk, heard: Heard) -> Mapping[str, frozenset[str]]:
    """Return for each claim that a state rests on, or that stands against one, whether others bore it out or spoke against it."""
    accounts = {account.claim: account for account in heard.accounts}
    fates: dict[str, set[str]] = defaultdict(set)
    for timeline in heard.timelines.values():
        for state in timeline.states:
            _judge(desk, state, accounts, fates)
    return {claim: frozenset(fate) for claim, fate in fates.items()}


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
