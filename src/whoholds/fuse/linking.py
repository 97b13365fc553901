"""Denials → what they deny: by place, kind, side and day, with the part denied and the scope of the denial.

Pure. A speech-act denial of what nobody in the corpus asserts has a placeholder ("unnamed reports") as its
counterpart: it weighs nothing, has no origin and no pin. Negative findings ("failed to take") have none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from whoholds.fuse.accounts import ADVERSARY, DAY_STEP, NAMED, Account
from whoholds.fuse.rules import Effect, Windows, effect_of
from whoholds.ports import PlaceTree
from whoholds.taxonomy import ExtentKind, Kind, LinkPart, LinkScope, Relation, Stance

_TAKING = frozenset((Effect.GAINS, Effect.ENTERS, Effect.DIVIDES, Effect.HOLDS))
_BY_DAY = attrgetter("when")


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


@dataclass(frozen=True, slots=True)
class Denials:
    """All links, by the claim that is denied; and the placeholders of denials that found no counterpart."""

    by_denied: Mapping[str, Sequence[DenialLink]]
    placeholders: tuple[Placeholder, ...]


def link_denials(accounts: Sequence[Account], tree: PlaceTree, windows: Windows) -> Denials:
    """Return what each denial among `accounts` opposes: same event, a side that fits, claimed not later than denied.

    Only denials of an event in a place touch a holder; one of a wider place (`contains`) or of a place inside the
    claimed one (`within`) says so in its scope. Claims further back than the window of denial are not meant.
    """
    denials = [account for account in accounts if account.effect is Effect.DENIES]
    if not denials:
        return Denials({}, ())
    finder = _Counterparts(accounts, {denial.place for denial in denials}, tree, windows)
    by_denied: dict[str, list[DenialLink]] = defaultdict(list)
    placeholders: list[Placeholder] = []
    for denial in denials:
        links = list(finder.of(denial))
        for link in links:
            by_denied[link.denied.claim].append(link)
        if not links and not denial.negative:
            placeholders.append(Placeholder(denial.claim, denial.kind, denial.place, denial.side))
    return Denials(by_denied, tuple(placeholders))


class _Counterparts:
    def __init__(self, accounts: Iterable[Account], places: set[str], tree: PlaceTree, windows: Windows) -> None:
        self._windows = windows
        self._scoped: dict[str, list[tuple[LinkScope, str]]] = defaultdict(list)
        self._at: dict[str, list[Account]] = defaultdict(list)
        for account in accounts:
            if account.effect is not Effect.DENIES:
                self._at[account.place].append(account)
        for rows in self._at.values():
            rows.sort(key=_BY_DAY)
        around = {place: frozenset(tree.ancestors(place)) for place in self._at.keys() | places}
        for place in self._at:
            for denied in (around[place] & places) - {place}:
                self._scoped[denied].append((LinkScope.CONTAINS, place))
        for denied in places:
            self._scoped[denied].append((LinkScope.EXACT, denied))
            self._scoped[denied] += [(LinkScope.WITHIN, place) for place in around[denied] & self._at.keys() if place != denied]

    def of(self, denial: Account) -> Iterator[DenialLink]:
        """Yield the links of one denial, in order of place and day."""
        since = (denial.day - self._windows.denial) * DAY_STEP
        for scope, place in sorted(self._scoped[denial.place]):
            rows = self._at.get(place, [])
            for account in rows[bisect_left(rows, since, key=_BY_DAY) :]:
                if account.day > denial.published:
                    break
                if account.published <= denial.published and _opposes(denial, account):
                    yield DenialLink(denial, account, LinkPart.EVENT, scope)


def _opposes(denial: Account, account: Account) -> bool:
    if account.speaker_side is not None and account.speaker_side == denial.speaker_side:
        return False
    if account.speaker == denial.speaker:
        return False
    denied = effect_of(denial.kind, Stance.ASSERTS, Relation.IN, ExtentKind.UNSTATED)
    if denied is Effect.LEAVES:
        if account.effect is Effect.LEAVES:
            return _fits(denial.side, account.side)
        return account.effect is Effect.GAINS and denial.speaker_side not in (None, account.side) and denial.speaker_side == denial.side
    if denied in _TAKING:
        return account.effect in _TAKING and _fits(denial.side, account.side)
    return account.kind is denial.kind and _fits(denial.side, account.side)


def _fits(denied: str | None, side: str | None) -> bool:
    """Tell whether a side may be the one denied: an adversary is any other side, an unknown name any."""
    if denied is None or side is None or denied.startswith(NAMED) or side.startswith(NAMED):
        return True
    if denied.startswith(ADVERSARY):
        return side != denied.removeprefix(ADVERSARY)
    return denied == side
