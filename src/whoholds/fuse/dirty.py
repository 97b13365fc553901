"""Changed accounts → the places to fuse anew, and their timelines: the same as if the whole were fused again.

What a claim says changes its own place. A denial also bears on the places around its own and on those inside it, so what
is added, changed or taken back of a denial reaches them all. A report that joins a cluster of one origin changes the
origin of others' accounts, wherever these are: `changed` finds them. What settlements inherit is worked out at reading
time, so a holder's change marks no other place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from itertools import chain
from operator import attrgetter

from whoholds.fuse.accounts import Account
from whoholds.fuse.fusion import Fusion
from whoholds.fuse.linking import Denials
from whoholds.fuse.rules import Effect
from whoholds.fuse.views import FUSED, View
from whoholds.model import Timeline
from whoholds.ports import PlaceTree

_CONTENT = attrgetter(*(field.name for field in fields(Account)))

AccountsAt = Callable[[str], Sequence[Account]]
"""What gives all accounts of a place, as they are now."""


def changed(before: Iterable[Account], after: Iterable[Account]) -> Iterator[Account]:
    """Yield what differs between two readings of the same claims: accounts gone, new, and both forms of the changed ones.

    For a new report give its accounts as `after`, and those of its origin cluster in both, as they were and as they are.
    """
    earlier = {account.claim: account for account in before}
    for account in after:
        known = earlier.pop(account.claim, None)
        if known is None:
            yield account
        elif _CONTENT(known) != _CONTENT(account):
            yield known
            yield account
    yield from earlier.values()


class Neighbourhood:
    """The places that claims name, and which of them lie around and inside each."""

    def __init__(self, places: Iterable[str], tree: PlaceTree) -> None:
        """Index `places` by what is around them; the tree is asked once for each."""
        self._tree = tree
        self._known: set[str] = set()
        self._inside: dict[str, list[str]] = defaultdict(list)
        for place in places:
            self.add(place)

    def add(self, place: str) -> None:
        """Take in a place that a claim names; again is no harm."""
        if place not in self._known:
            self._known.add(place)
            for around in self._tree.ancestors(place):
                self._inside[around].append(place)

    def of(self, place: str) -> Iterator[str]:
        """Yield the place, and the known places around and inside it: those whose denials bear on it, and on which its own do."""
        yield place
        yield from (around for around in self._tree.ancestors(place) if around in self._known)
        yield from self._inside.get(place, ())

    def dirty(self, changes: Iterable[Account]) -> frozenset[str]:
        """Return the ids of the places whose states or links may differ after `changes` (see `changed`)."""
        found: set[str] = set()
        for account in changes:
            self.add(account.place)
            if account.effect is Effect.DENIES:
                found.update(self.of(account.place))
            else:
                found.add(account.place)
        return frozenset(found)


def refreshed(fusion: Fusion, dirty: Iterable[str], near: Neighbourhood, accounts_at: AccountsAt, view: View = FUSED) -> Iterator[Timeline]:
    """Yield the timelines of the dirty places, in order of id; one without states replaces what the view said before."""
    places = sorted(dirty)
    rows = {place: accounts_at(place) for place in {other for place in places for other in near.of(place)}}
    denials = Denials(chain.from_iterable(rows.values()), fusion.tree, fusion.windows)
    for place in places:
        yield fusion.told(place, rows[place], denials, view)
