"""Denials → what they deny: by place, kind, side and day, with the part denied and the scope of the denial.

Pure. A denial opposes what was claimed not later than it was made. One of a share of the place ("not all of it") opposes
only that share where the whole was claimed, and touches no holder; one of the surroundings or a facility nothing inside.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from whoholds.fuse.accounts import ADVERSARY, DAY_STEP, NAMED, Account
from whoholds.fuse.origins import counted_once
from whoholds.fuse.rules import Effect, Windows, effect_of
from whoholds.ports import PlaceTree
from whoholds.taxonomy import ExtentKind, Kind, LinkPart, LinkScope, Relation, Stance

_TAKING = frozenset((Effect.GAINS, Effect.ENTERS, Effect.DIVIDES, Effect.HOLDS))
_LEAVES = Effect.LEAVES
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


class Denials:
    """The denials of a corpus, by the places that they bear on; `reach` is how many days back one goes."""

    def __init__(self, accounts: Iterable[Account], tree: PlaceTree, windows: Windows) -> None:
        """Index the denials among `accounts`; the tree is asked only where there are any."""
        self._tree, self.reach = tree, windows.denial
        made: dict[str, list[Account]] = defaultdict(list)
        for account in accounts:
            if account.effect is Effect.DENIES:
                made[account.place].append(account)
        self._inside: dict[str, list[Account]] = defaultdict(list)
        self._at: dict[str, Sequence[Account]] = {place: counted_once(denials) for place, denials in made.items()}
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
        """Yield those of `accounts` (in order of days) whose event a denial of another source opposes.

        They were claimed not later than it was made, nor long before.
        """
        denial = objection.denial
        since, until = (denial.day - self.reach) * DAY_STEP, denial.published
        for position in range(bisect_left(accounts, since, key=_BY_DAY), len(accounts)):
            account = accounts[position]
            if account.day > until:
                return
            if account.published <= until and _opposes(denial, account) and not _is_own(denial, account) and _meets(denial, account):
                yield account

    def opposes_any(self, objection: Objection, accounts: Sequence[Account]) -> bool:
        """Tell whether a denial opposes any of `accounts` (in order of days), as `opposed` would yield it."""
        denial = objection.denial
        since, until = (denial.day - self.reach) * DAY_STEP, denial.published
        start = bisect_left(accounts, since, key=_BY_DAY) if accounts[0].when < since else 0
        for position in range(start, len(accounts)):
            account = accounts[position]
            if account.day > until:
                return False
            if account.published <= until and _opposes(denial, account) and not _is_own(denial, account) and _meets(denial, account):
                return True
        return False

    def parts(self, objection: Objection, accounts: Sequence[Account]) -> Iterator[tuple[Account, LinkPart]]:
        """Yield those of `accounts` (in order of days) that a denial opposes in any part, its own source's too, with the part."""
        denial = objection.denial
        since, until = (denial.day - self.reach) * DAY_STEP, denial.published
        for account in accounts[bisect_left(accounts, since, key=_BY_DAY) :]:
            part = part_denied(denial, account) if account.day <= until and account.published <= until else None
            if part is not None:
                yield account, part


def is_same_source(denial: Account, account: Account) -> bool:
    """Tell whether one source made both; of two who are only called alike ("residents") nobody knows."""
    return account.speaker == denial.speaker and not account.generic


def _is_own(denial: Account, account: Account) -> bool:
    return is_same_source(denial, account) or (account.speaker_side is not None and account.speaker_side == denial.speaker_side)


def part_denied(denial: Account, account: Account) -> LinkPart | None:
    """Return the part of a claim that a denial would oppose, whoever makes the two; None where they speak of different things."""
    if denial.part is LinkPart.PLACE:
        same = account.part is LinkPart.PLACE and account.kind is denial.kind and _fits(denial.side, account.side)
        return LinkPart.EVENT if same else None
    if not _opposes(denial, account):
        return None
    return LinkPart.EVENT if _meets(denial, account) else LinkPart.EXTENT


def _meets(denial: Account, account: Account) -> bool:
    """Tell whether a denial is of no smaller part of the place than the claim."""
    return denial.part is LinkPart.EVENT or denial.part is account.part


def names_several(side: str | None) -> bool:
    """Tell whether more sides than one may be meant: an adversary is any other side, an unknown name any."""
    return side is None or side.startswith((NAMED, ADVERSARY))


def _only(denial: Account) -> str | None:
    """Return the side that must be an account's for the denial to oppose it: a denied departure is also opposed by arrivals."""
    return None if names_several(denial.side) or _DENIED[denial.kind] is Effect.LEAVES else denial.side


def _opposes(denial: Account, account: Account) -> bool:
    side, effect = account.side, account.effect
    denied = _DENIED[denial.kind]
    if denied is _LEAVES:
        if effect is _LEAVES:
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
