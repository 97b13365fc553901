"""What every query works with: a store, its places, the registry and the rules of fusion."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from whoholds.config import Settings
from whoholds.errors import UsageError
from whoholds.fuse.accounts import Account, Joiner
from whoholds.fuse.dirty import Neighbourhood
from whoholds.fuse.fusion import Fusion
from whoholds.fuse.linking import Denials
from whoholds.fuse.regions import Held, inherited, state_on
from whoholds.fuse.rules import Effect
from whoholds.fuse.sides import RegistryBonds
from whoholds.fuse.views import FUSED, View, ViewKind
from whoholds.locate import open_gazetteer
from whoholds.model import Place, Timeline
from whoholds.ports import ClaimFilter, Fused, RecordedClaim, Store
from whoholds.queries.places import GazetteerBook, PlaceBook
from whoholds.queries.reviewed import Decisions
from whoholds.registry.load import load_registry
from whoholds.registry.lookup import Registry
from whoholds.store import open_store
from whoholds.taxonomy import Feature, Stance, Verdict

BATCH = 200
"""How many places are fused between two writes: a killed run loses no more."""

DENIALS = ClaimFilter(stances=frozenset((Stance.DENIES,)))

_LOOKED_AT = 200
"""How many claims with a name in them are looked at for the place that it means."""

Tick = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Desk:
    """A store with all that is needed to ask it; made by `open_desk`."""

    store: Store
    fusion: Fusion
    joiner: Joiner
    registry: Registry
    places: PlaceBook
    decisions: Decisions = field(default_factory=Decisions)

    def refresh(self, tick: Tick | None = None) -> int:
        """Fuse the places whose claims changed, keep their timelines, and return how many there were.

        `tick` is called for each place. A run that is killed goes on where it was.
        """
        generation = self.store.generation()
        denials = Denials(self._denying(), self.fusion.tree, self.fusion.windows)
        dirty = iter(self._touched(self.store.dirty()))
        done = 0
        while batch := list(islice(dirty, BATCH)):
            rows = self._by_place(batch)
            self.store.put_timelines([self._fused(place, rows[place], denials) for place in batch], generation)
            done += len(batch)
            if tick is not None:
                for _ in batch:
                    tick()
        return done

    def told(self, claims: Iterable[RecordedClaim]) -> Iterator[RecordedClaim]:
        """Yield claims with analysts' decisions applied: without those rejected, the moved ones at their new place."""
        return self.decisions.of(self.store).applied(claims)

    def heard(self, places: Sequence[str]) -> Iterator[RecordedClaim]:
        """Yield the claims about these places, analysts' decisions applied."""
        return self.decisions.of(self.store).heard_at(self.store, places)

    def named(self, claim_ids: Iterable[str]) -> Iterator[RecordedClaim]:
        """Yield the claims of these ids, analysts' decisions applied."""
        return self.told(self.store.claims_named(claim_ids))

    def accounts(self, place_id: str, known_by: date | None = None) -> list[Account]:
        """Return all accounts of a place; with `known_by`, those published by that day."""
        return [account for account in self._by_place([place_id])[place_id] if _known(account, known_by)]

    def timeline(self, place_id: str, view: View = FUSED, known_by: date | None = None) -> Timeline:
        """Return the timeline of a place in a view; with `known_by`, as it could be known on that day.

        Without `known_by` it is the one that `refresh` kept.
        """
        if known_by is None:
            return self.store.states(place_id, view.name)
        denials = Denials(self._denying(known_by), self.fusion.tree, self.fusion.windows)
        return self.fusion.told(place_id, self.accounts(place_id, known_by), denials, view)

    def retold(self, places: Iterable[str], view: View, known_by: date) -> Iterator[Timeline]:
        """Yield the timeline of each place as it could be known on a day, made anew; none of a place that was not spoken of by then."""
        denials = Denials(self._denying(known_by), self.fusion.tree, self.fusion.windows)
        rest = iter(places)
        while batch := list(islice(rest, BATCH)):
            rows = self._by_place(batch)
            for place in batch:
                if accounts := [account for account in rows[place] if _known(account, known_by)]:
                    yield self.fusion.told(place, accounts, denials, view)

    def state(self, place_id: str, day: date, view: View = FUSED, known_by: date | None = None) -> Held | None:
        """Return what holds for a place on a day: its own state, or what it inherits from the regions around it."""
        own = self.store.state_on(place_id, view.name, day) if known_by is None else state_on(self.timeline(place_id, view, known_by), day)
        regions = (around for around in self.places.ancestors(place_id) if not self._is_country(around))
        around = (self.timeline(region, view, known_by) for region in regions)
        return inherited(place_id, own, around, day, lambda actor: self.joiner.side_of(actor, day))

    def place(self, given: str) -> Place:
        """Return the place that an id or a name means; among several of one name, one that the store has claims about.

        Raises:
            UsageError: when nothing has that name.
        """
        known = self.places.get(given) or self.store.place(given)
        if known is not None:
            return known
        best = self._as_reported(given) or self._told_of(list(self.places.find(given)))
        if best is None:
            message = f"no place is called {given!r}; `whoholds locate` shows what a name may mean, and an id (gn:172894) always works"
            raise UsageError(message)
        return best

    def _as_reported(self, given: str) -> Place | None:
        """Return the place that reports of the store mostly mean where they write this name."""
        if not any(sign.isalnum() for sign in given):
            return None
        meant: Counter[str] = Counter()
        for recorded in self.store.claims(ClaimFilter(text=given, limit=_LOOKED_AT)):
            toponym = recorded.claim.toponym
            if recorded.place is not None and toponym is not None and toponym.referent.casefold() == given.casefold():
                meant[recorded.place] += 1
        return self.store.place(meant.most_common(1)[0][0]) if meant else None

    def _told_of(self, found: Sequence[Place]) -> Place | None:
        """Return the first place that has claims, else the first in a country that has, else the first of all."""
        claimed = self.store.places([place.id for place in found])
        told = next((place for place in found if place.id in claimed), None)
        if told is not None or len(found) < 2:  # noqa: PLR2004  nothing to choose
            return told or next(iter(found), None)
        countries = {self.places.ancestors(place_id)[-1:] for place_id in self.store.claimed_places()}
        return next((place for place in found if self.places.ancestors(place.id)[-1:] in countries), found[0])

    def _is_country(self, place_id: str) -> bool:
        place = self.places.get(place_id)
        return place is not None and place.feature is Feature.COUNTRY

    def _denying(self, known_by: date | None = None) -> list[Account]:
        return [account for account in self.joiner.accounts(self.told(self.store.claims(DENIALS))) if _known(account, known_by)]

    def _by_place(self, places: Sequence[str]) -> dict[str, list[Account]]:
        rows: dict[str, list[Account]] = defaultdict(list)
        for account in self.joiner.accounts(self.heard(places)):
            rows[account.place].append(account)
        return rows

    def _touched(self, dirty: Sequence[str]) -> Sequence[str]:
        """Return the dirty places, and those on which a denial bears that is made of a dirty place, or once was."""
        changed = set(dirty)
        moved = {review.value for review in self.store.reviews() if review.verdict is Verdict.MOVED and review.value}
        if denied := self.store.denied(changed) | (moved & changed):
            near = Neighbourhood(moved.union(self.store.claimed_places()), self.fusion.tree)
            changed.update(other for place in denied for other in near.of(place))
        return sorted(changed)

    def _fused(self, place: str, accounts: Sequence[Account], denials: Denials) -> Fused:
        bearing = [objection.denial for objection in denials.bearing_on(place)]
        told = [account for account in accounts if account.effect < Effect.DENIES]
        timelines = (self.fusion.told(place, accounts, denials, view) for view in _views([*told, *bearing]))
        return Fused(place, tuple(timeline for timeline in timelines if timeline.states), self.fusion.links(accounts, denials))


def _views(accounts: Iterable[Account]) -> list[View]:
    """Return the fused view, and one for every side and every source that spoke."""
    spoken = list(accounts)
    sides = sorted({account.speaker_side for account in spoken if account.speaker_side is not None})
    sources = sorted({account.speaker for account in spoken})
    return [FUSED, *(View(ViewKind.SIDE, side) for side in sides), *(View(ViewKind.SOURCE, source) for source in sources)]


def _known(account: Account, known_by: date | None) -> bool:
    return known_by is None or account.published <= known_by.toordinal()


def desk_of(store: Store) -> Desk:
    """Return the desk for a store that is open.

    Raises:
        SetupError: when the place data is missing.
    """
    registry = load_registry()
    book = GazetteerBook(open_gazetteer())
    return Desk(store, Fusion(RegistryBonds(registry), book), Joiner(registry), registry, book)


@contextmanager
def open_desk(settings: Settings, *, create: bool = False) -> Iterator[Desk]:
    """Open the store of `settings` with its places and rules, and close it afterwards.

    Raises:
        StoreError: when there is no store, or it cannot be used.
        SetupError: when the place data is missing.
    """
    with open_store(settings.db, create=create) as store:
        yield desk_of(store)
