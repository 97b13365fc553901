"""Denials → what they deny: by place, kind, side and day, with the part denied and the scope of the denial.

Pure. A speech-act denial of what nobody in the corpus asserts has a placeholder ("unnamed reports") as its
counterpart: it weighs nothing, has no origin and no pin. Negative findings ("failed to take") have none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from whoholds.fuse.accounts import ADVERSARY, DAY_STEP, NAMED, Account
from whoholds.fuse.rules import Effect, Windows, effect_of
from whoholds.ports import PlaceTree
from whoholds.taxonomy import ExtentKind, Kind, LinkPart, LinkScope, Relation, Stance

_TAKING = frozenset((Effect.GAINS, Effect.ENTERS, Effect.DIVIDES, Effect.HOLDS))
_DENIED = {kind: effect_of(kind, Stance.ASSERTS, Relation.IN, ExtentKind.UNSTATED) for kind in Kind}
_BY_DAY, _IN_ORDER = attrgetter("when"), attrgetter("denial.when", "denial.claim")


@dataclass(frozen=True, slots=True)
class Objection:
    """A denial as it bears on one place: made of that place, of a wider one (`contains`) or of one inside it (`within`).

    `only` is the side whose accounts alone it can oppose; None where they may be of several.
    """

    denial: Account
    scope: LinkScope
    only: str | None


@dataclass(frozen=True, slots=True)
class DenialLink:
    """A denial and one claim that it opposes."""

    denial: Account
    denied: Account
    part: LinkPart
    scope: LinkScope


@dataclass(frozen=True, slots=True)
class Placeholder:
    """What a denial denies where nobody in the corpus asserts it: unnamed reports, without weight, origin or pin."""

    denial: str
    kind: Kind
    place: str
    side: str | None


class Denials:
    """The denials of a corpus, by the places that they bear on; `reach` is how many days back one goes."""

    def __init__(self, accounts: Iterable[Account], tree: PlaceTree, windows: Windows) -> None:
        """Index the denials among `accounts`; the tree is asked only where there are any."""
        self._tree, self.reach = tree, windows.denial
        self._at: dict[str, list[Account]] = defaultdict(list)
        for account in accounts:
            if account.effect is Effect.DENIES:
                self._at[account.place].append(account)
        self._inside: dict[str, list[Account]] = defaultdict(list)
        for place, denials in self._at.items():
            for around in tree.ancestors(place):
                self._inside[around] += denials

    def made_of(self, place: str) -> Sequence[Account]:
        """Return the denials that were made of just this place."""
        return self._at.get(place, ())

    def bearing_on(self, place: str) -> list[Objection]:
        """Return the denials that bear on a place, by day."""
        if not self._at:
            return []
        found = [Objection(denial, LinkScope.EXACT, _only(denial)) for denial in self._at.get(place, ())]
        found += [Objection(denial, LinkScope.WITHIN, _only(denial)) for denial in self._inside.get(place, ())]
        for around in self._tree.ancestors(place):
            found += [Objection(denial, LinkScope.CONTAINS, _only(denial)) for denial in self._at.get(around, ())]
        if len(found) > 1:
            found.sort(key=_IN_ORDER)
        return found

    def opposed(self, objection: Objection, accounts: Sequence[Account]) -> Iterator[Account]:
        """Yield those of `accounts` (in order of days) that a denial opposes: claimed not later, nor long before, it was made."""
        denial = objection.denial
        since, until = (denial.day - self.reach) * DAY_STEP, denial.published
        for position in range(bisect_left(accounts, since, key=_BY_DAY), len(accounts)):
            account = accounts[position]
            if account.day > until:
                return
            if account.published <= until and _opposes(denial, account):
                yield account

    def links(self, place: str, accounts: Iterable[Account]) -> Iterator[DenialLink]:
        """Yield every link from a denial to one of the accounts of `place`."""
        rows = sorted((account for account in accounts if account.effect is not Effect.DENIES), key=_BY_DAY)
        for objection in self.bearing_on(place):
            for account in self.opposed(objection, rows):
                yield DenialLink(objection.denial, account, LinkPart.EVENT, objection.scope)


def placeholders(accounts: Iterable[Account], answered: frozenset[str]) -> Iterator[Placeholder]:
    """Yield a placeholder for every speech-act denial whose claim id is not among `answered`."""
    for account in accounts:
        if account.effect is Effect.DENIES and not account.negative and account.claim not in answered:
            yield Placeholder(account.claim, account.kind, account.place, account.side)


def names_several(side: str | None) -> bool:
    """Tell whether more sides than one may be meant: an adversary is any other side, an unknown name any."""
    return side is None or side.startswith((NAMED, ADVERSARY))


def _only(denial: Account) -> str | None:
    """Return the side that must be an account's for the denial to oppose it: a denied departure is also opposed by arrivals."""
    return None if names_several(denial.side) or _DENIED[denial.kind] is Effect.LEAVES else denial.side


def _opposes(denial: Account, account: Account) -> bool:
    side, effect = account.side, account.effect
    if account.speaker == denial.speaker or (account.speaker_side is not None and account.speaker_side == denial.speaker_side):
        return False
    denied = _DENIED[denial.kind]
    if denied is Effect.LEAVES:
        if effect is Effect.LEAVES:
            return _fits(denial.side, side)
        return effect is Effect.GAINS and denial.speaker_side not in (None, side) and denial.speaker_side == denial.side
    if denied in _TAKING:
        return effect in _TAKING and _fits(denial.side, side)
    return account.kind is denial.kind and _fits(denial.side, side)


def _fits(denied: str | None, side: str | None) -> bool:
    """Tell whether a side may be the one denied: an adversary is any other side, an unknown name any."""
    if denied == side or denied is None or side is None:
        return True
    if denied.startswith(NAMED) or side.startswith(NAMED):
        return True
    return denied.startswith(ADVERSARY) and side != denied.removeprefix(ADVERSARY)
