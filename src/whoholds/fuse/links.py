"""What the claims of one place do to each other: deny, confirm, retract, contradict. Pure; for storage and display.

A speech-act denial of what nobody in the corpus asserts has a placeholder ("unnamed reports") as its counterpart: it
weighs nothing, has no origin and no pin. Negative findings ("failed to take") have none; silence and "could not verify"
are no denials, and link nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from whoholds.fuse.accounts import Account
from whoholds.fuse.linking import Denials, is_same_source
from whoholds.fuse.rules import Effect, Windows
from whoholds.fuse.weight import Bonds
from whoholds.model import Link
from whoholds.taxonomy import Kind, LinkPart, LinkRelation, LinkScope

_TOLD = attrgetter("published", "when", "claim")
_WHEN = attrgetter("when", "claim")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """What a denial (by claim id) denies where nobody in the corpus asserts it: unnamed reports, without weight, origin or pin."""

    denial: str
    kind: Kind
    place: str
    side: str | None


def links(accounts: Sequence[Account], denials: Denials, bonds: Bonds, windows: Windows) -> tuple[Link, ...]:
    """Return every link to a claim among the accounts of one place, each once, in a fixed order.

    Denials are those of `denials` that bear on the place, also from wider and narrower ones. Of what several origins
    tell, each later one confirms the first alone.
    """
    if not accounts:
        return ()
    told = sorted((account for account in accounts if account.effect is not Effect.DENIES), key=_WHEN)
    found = [*_denied(accounts[0].place, told, denials), *_confirmed(told, bonds, windows), *_contradicted(told, bonds)]
    return tuple(sorted(dict.fromkeys(found), key=attrgetter("source", "target", "relation", "part", "scope")))


def placeholders(denials: Iterable[Account], known: Iterable[Link]) -> Iterator[Placeholder]:
    """Yield a placeholder for every speech-act denial that no link of `known` leads from: none is left once somebody asserts it."""
    answered = {link.source for link in known if link.relation is not LinkRelation.CONFIRMS}
    for account in denials:
        if account.effect is Effect.DENIES and not account.negative and account.anchor not in answered:
            yield Placeholder(account.claim, account.kind, account.place, account.side)


def _denied(place: str, told: Sequence[Account], denials: Denials) -> Iterator[Link]:
    """A source that denies what it said itself retracts it if it is later, else contradicts itself."""
    for objection in denials.bearing_on(place):
        denial = objection.denial
        for account, part in denials.parts(objection, told):
            relation = LinkRelation.DENIES
            if is_same_source(denial, account):
                relation = LinkRelation.RETRACTS if account.published < denial.published else LinkRelation.CONTRADICTS
            yield Link(denial.anchor, account.anchor, relation, part, objection.scope)


def _confirmed(told: Sequence[Account], bonds: Bonds, windows: Windows) -> Iterator[Link]:
    """Pair each claim with the first of its kind and side about the same days, where their origins are independent."""
    alike: dict[tuple[Kind, str | None], list[Account]] = defaultdict(list)
    for account in told:
        if not account.hedged and not account.baseline and account.part is not LinkPart.PLACE:
            alike[account.kind, account.side].append(account)
    for rows in alike.values():
        for group in _events(rows, windows.same_change):
            first = min(group, key=_TOLD)
            for account in group:
                if account is not first and _independent(account, first, bonds):
                    yield Link(account.anchor, first.anchor, LinkRelation.CONFIRMS, LinkPart.EVENT, LinkScope.EXACT)


def _events(rows: Sequence[Account], window: int) -> Iterator[list[Account]]:
    """Yield the runs of `rows` (in order of days) that lie within `window` days of their first."""
    group: list[Account] = []
    for account in rows:
        if group and account.day - group[0].day > window:
            yield group
            group = []
        group.append(account)
    if group:
        yield group


def _independent(one: Account, other: Account, bonds: Bonds) -> bool:
    """Tell whether two accounts are of different origins, neither of which only repeats, and of no allied sides."""
    if one.origin == other.origin or one.derived or other.derived:
        return False
    a, b = one.speaker_side, other.speaker_side
    return a is None or b is None or not (a == b or bonds.allied(a, b, one.day))


def _contradicted(told: Sequence[Account], bonds: Bonds) -> Iterator[Link]:
    """Pair what one report says of one time and cannot be so together: two sides that gain on a day, or hold after another's gain."""
    reports: dict[str, list[Account]] = defaultdict(list)
    for account in told:
        if account.side is not None and account.effect in (Effect.GAINS, Effect.HOLDS) and not account.presupposed:
            reports[account.report].append(account)
    for rows in reports.values():
        gains = [account for account in rows if account.effect is Effect.GAINS]
        if not gains:
            continue
        last = gains[-1]
        for account in rows:
            at_odds = account.day == last.day if account.effect is Effect.GAINS else account.day >= last.day
            if at_odds and not _friends(account, last, bonds):
                yield Link(account.anchor, last.anchor, LinkRelation.CONTRADICTS, LinkPart.EVENT, LinkScope.EXACT)


def _friends(one: Account, other: Account, bonds: Bonds) -> bool:
    return one.side == other.side or bonds.allied(str(one.side), str(other.side), one.day)
