"""Denials → what they deny: by place, kind, side and day, with the part denied and the scope of the denial.

Pure. A denial opposes what was claimed not later than it was made. One of a share of the place ("not all of it") opposes
only that share where the whole was claimed, and touches no holder; one of the surroundings or a facility nothing inside.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from operator import attrgetter
from typing import NamedTuple

from whoholds.fuse.accounts import ADVERSARY, DAY_STEP, NAMED, Account
from whoholds.fuse.origins import counted_once
from whoholds.fuse.rules import Effect, Windows, effect_of
from whoholds.ports import PlaceTree
from whoholds.taxonomy import ExtentKind, Kind, LinkPart, LinkScope, Relation, Stance

_TAKING = (Effect.GAINS, Effect.HOLDS, Effect.ENTERS, Effect.DIVIDES)
_LEAVES, _GAINS, _DENIES = Effect.LEAVES, Effect.GAINS, Effect.DENIES
_EVENT = LinkPart.EVENT
_DENIED = {kind: effect_of(kind, Stance.ASSERTS, Relation.IN, ExtentKind.UNSTATED) for kind in Kind}
_BY_DAY, _BY_CLAIM, _IN_ORDER = attrgetter("when"), attrgetter("when", "claim"), attrgetter("denial.when", "denial.claim")


class Objection(NamedTuple):
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
            if account.effect is _DENIES:
                made[account.place].append(account)
        self._inside: dict[str, list[Account]] = defaultdict(list)
        self._at = {place: sorted(counted_once(denials), key=_BY_CLAIM) for place, denials in made.items()}
        for place, denials in self._at.items():
            for around in tree.ancestors(place):
                self._inside[around] += denials

    def bearing_on(self, place: str) -> Sequence[Objection]:
        """Return the denials that bear on a place, by day."""
        at = self._at
        if not at:
            return ()
        exact = [Objection(denial, LinkScope.EXACT, _only(denial.side, denial.kind)) for denial in at.get(place, ())]
        inner = [Objection(denial, LinkScope.WITHIN, _only(denial.side, denial.kind)) for denial in self._inside.get(place, ())]
        wider = [denial for around in self._tree.ancestors(place) for denial in at.get(around, ())]
        inner += [Objection(denial, LinkScope.CONTAINS, _only(denial.side, denial.kind)) for denial in wider]
        return sorted(exact + inner, key=_IN_ORDER) if inner else exact

    def opposed(self, objection: Objection, accounts: Sequence[Account]) -> Iterator[Account]:
        """Yield those of `accounts` (in order of days) whose event a denial of another source opposes.

        They were claimed not later than it was made, nor long before.
        """
        denial = objection.denial
        until, side, source, part = denial.published, denial.speaker_side, denial.speaker, denial.part
        if accounts and accounts[0].when < (denial.day - self.reach) * DAY_STEP:
            accounts = accounts[self._since(denial, accounts) :]
        for account in accounts:
            if account.day > until:
                return
            if (
                account.published <= until
                and (side is None or account.speaker_side != side)
                and (account.speaker != source or account.generic)
                and (part is _EVENT or part is account.part)
                and _opposes(denial, account)
            ):
                yield account

    def _since(self, denial: Account, accounts: Sequence[Account]) -> int:
        """Return where among `accounts` (in order of days) those begin to which a denial reaches back."""
        since = (denial.day - self.reach) * DAY_STEP
        return bisect_left(accounts, since, key=_BY_DAY)

    def parts(self, objection: Objection, accounts: Sequence[Account]) -> Iterator[tuple[Account, LinkPart]]:
        """Yield those of `accounts` (in order of days) that a denial opposes in any part, its own source's too, with the part."""
        denial = objection.denial
        until = denial.published
        for account in accounts[self._since(denial, accounts) :]:
            part = part_denied(denial, account) if account.day <= until and account.published <= until else None
            if part is not None:
                yield account, part


@dataclass(frozen=True, slots=True)
class Bearing:
    """The denials that bear on a place, in order of days, and the index that tells what each opposes.

    `days` are theirs; `published` the last day on which one of them, or of those before it, was published.
    """

    objections: Sequence[Objection]
    days: Sequence[int]
    published: Sequence[int]
    index: Denials

    @classmethod
    def of(cls, objections: Sequence[Objection], index: Denials) -> Bearing:
        """Return the denials with what they are looked up by."""
        published = accumulate((objection.denial.published for objection in objections), max)
        return cls(objections, [objection.denial.day for objection in objections], list(published), index)

    def about(self, earliest: int, latest: int) -> Sequence[Objection]:
        """Return all that can oppose accounts of the days from `earliest` to `latest`, and a few more."""
        start = max(bisect_left(self.days, earliest - self.index.reach), bisect_left(self.published, earliest))
        return self.objections[start : bisect_right(self.days, latest + self.index.reach, start)]


def is_same_source(denial: Account, account: Account) -> bool:
    """Tell whether one source made both; of two who are only called alike ("residents") nobody knows."""
    return account.speaker == denial.speaker and not account.generic


def part_denied(denial: Account, account: Account) -> LinkPart | None:
    """Return the part of a claim that a denial would oppose, whoever makes the two; None where they speak of different things."""
    if denial.part is LinkPart.PLACE:
        same = account.part is LinkPart.PLACE and account.kind is denial.kind and _fits(denial.side, account.side)
        return LinkPart.EVENT if same else None
    if not _opposes(denial, account):
        return None
    # Of no smaller part of the place than the claim, else of its extent.
    return LinkPart.EVENT if denial.part is _EVENT or denial.part is account.part else LinkPart.EXTENT


@lru_cache(maxsize=4_096)
def names_several(side: str | None) -> bool:
    """Tell whether more sides than one may be meant: an adversary is any other side, an unknown name any."""
    return side is None or side.startswith((NAMED, ADVERSARY))


@lru_cache(maxsize=4_096)
def _only(side: str | None, denied: Kind) -> str | None:
    """Return the side that must be an account's for its denial to oppose it: a denied departure is also opposed by arrivals."""
    return None if names_several(side) or _DENIED[denied] is _LEAVES else side


def _opposes(denial: Account, account: Account) -> bool:
    """Tell whether a denial is of the event that a claim tells: what is denied and what is claimed, and of which side."""
    denied, effect = _DENIED[denial.kind], account.effect
    if denied in _TAKING:
        return effect in _TAKING and (denial.side == account.side or _fits(denial.side, account.side))
    if denied is not _LEAVES:
        return account.kind is denial.kind and _fits(denial.side, account.side)
    if effect is _LEAVES:
        return _fits(denial.side, account.side)
    return effect is _GAINS and denial.speaker_side not in (None, account.side) and denial.speaker_side == denial.side


def _fits(denied: str | None, side: str | None) -> bool:
    """Tell whether a side may be the one denied: an adversary is any other side, an unknown name any."""
    if denied == side or denied is None or side is None:
        return True
    if denied.startswith(NAMED) or side.startswith(NAMED):
        return True
    return denied.startswith(ADVERSARY) and side != denied.removeprefix(ADVERSARY)
