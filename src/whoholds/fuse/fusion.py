"""Accounts → timelines, for any view: the whole, or only the places that new claims touch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from whoholds.fuse.accounts import Account
from whoholds.fuse.linking import Denials
from whoholds.fuse.links import links
from whoholds.fuse.origins import counted_once
from whoholds.fuse.rules import Effect, Windows
from whoholds.fuse.states import states_of
from whoholds.fuse.sweep import Sweep
from whoholds.fuse.views import FUSED, View
from whoholds.fuse.weight import Bonds
from whoholds.model import Link, Timeline
from whoholds.ports import PlaceTree

_DENIES, _NOTHING = Effect.DENIES, Effect.NOTHING


@dataclass(frozen=True, slots=True)
class Fusion:
    """What fusion needs besides claims: who stands how to whom, which place lies in which, and the windows."""

    bonds: Bonds
    tree: PlaceTree
    windows: Windows = field(default_factory=Windows)

    def timelines(self, accounts: Sequence[Account], view: View = FUSED) -> Iterator[Timeline]:
        """Yield the timeline of every place that `accounts` name, in the account of `view`.

        The order of the accounts does not matter. Places where the view has not spoken have no timeline.
        """
        by_place: dict[str, list[Account]] = defaultdict(list)
        denied: list[Account] = []
        shown: dict[str, set[str | None]] = defaultdict(set)
        for account in accounts:
            effect = account.effect
            if effect < _DENIES:
                by_place[account.place].append(account)
            elif effect is _DENIES:
                denied.append(account)
            else:
                shown[account.place].add(account.side)
        denials = Denials(denied, self.tree, self.windows)
        for place, rows in by_place.items():
            timeline = self.timeline(place, rows, denials, view, shown.get(place, frozenset()))
            if timeline.states:
                yield timeline

    def timeline(
        self, place: str, accounts: Sequence[Account], denials: Denials, view: View = FUSED, shown: AbstractSet[str | None] = frozenset()
    ) -> Timeline:
        """Return the timeline of one place from its accounts and the denials that may bear on it.

        `shown` are the sides of claims of the place that are only shown: "the terrorists" may mean one of them.
        """
        objections = denials.bearing_on(place)
        if view is FUSED:
            accounts = counted_once(accounts)
        spoken = view.select(accounts, objections, denials)
        segments = Sweep(self.bonds, self.windows).run(spoken, shown)
        return Timeline(place, view.name, states_of(place, segments, objections if view is FUSED else (), denials, self.bonds))

    def told(self, place: str, accounts: Sequence[Account], denials: Denials, view: View = FUSED) -> Timeline:
        """Return the timeline of one place from all accounts of it, those that are only shown and the denials among them."""
        acting = [account for account in accounts if account.effect < _DENIES]
        shown = (
            {account.side for account in accounts if account.effect is _NOTHING} if len(acting) < len(accounts) else frozenset[str | None]()
        )
        return self.timeline(place, acting, denials, view, shown)

    def links(self, accounts: Sequence[Account], denials: Denials) -> tuple[Link, ...]:
        """Return the links to the claims of one place, from all accounts of it and the denials that may bear on it."""
        return links(counted_once(accounts), denials, self.bonds, self.windows)
