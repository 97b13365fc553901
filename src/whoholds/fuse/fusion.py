"""Accounts → timelines, for any view: the whole, or only the places that new claims touch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from whoholds.fuse.accounts import Account
from whoholds.fuse.linking import DenialLink, Denials, link_denials
from whoholds.fuse.rules import Windows
from whoholds.fuse.states import states_of
from whoholds.fuse.sweep import Sweep
from whoholds.fuse.views import FUSED, View
from whoholds.fuse.weight import Bonds
from whoholds.model import Timeline
from whoholds.ports import PlaceTree
from whoholds.taxonomy import LinkScope


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
        denials = link_denials(accounts, self.tree, self.windows)
        for account in view.select(accounts, denials):
            by_place[account.place].append(account)
        for place, rows in by_place.items():
            timeline = self._timeline(place, rows, denials, view)
            if timeline.states:
                yield timeline

    def _timeline(self, place: str, accounts: Sequence[Account], denials: Denials, view: View) -> Timeline:
        links: Mapping[str, Sequence[DenialLink]] = denials.by_denied if view is FUSED else {}
        near = {}
        if links:
            for account in accounts:
                found = [link.denial for link in links.get(account.claim, ()) if link.scope is not LinkScope.CONTAINS]
                if found:
                    near[account.claim] = found
        segments = Sweep(self.bonds, self.windows, near).run(accounts)
        return Timeline(place, view.name, states_of(place, segments, links, self.bonds))
