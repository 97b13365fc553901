"""Accounts of one place, in one view → its segments: one pass in order of days, no account looked at twice.

The pass keeps one open segment. What its holder's side is said to hold only adds to its support; whatever would change
the holder is weighed against that support. A gain that only its winner tells, and that the loser denies or a source
without a side contradicts, does not end a better supported state: it waits, and acts from its own day as soon as
something later bears it out (the partisan-source rule of the open conflict maps).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from whoholds.fuse.accounts import Account
from whoholds.fuse.rules import Effect, Flag, Windows
from whoholds.fuse.segments import HELD, IN_ORDER, NEVER, Segment, flags_of, named, of_those_who_left
from whoholds.fuse.weight import SINGLE, Bonds, Weight, is_apart, is_firm, weigh
from whoholds.taxonomy import Holding, Kind

_CONTROLLED = Holding.CONTROLLED
_LEAVES, _GAINS, _HOLDS, _FREES = Effect.LEAVES, Effect.GAINS, Effect.HOLDS, Effect.FREES


@dataclass(slots=True, eq=False)
class Sweep:
    """One pass over the accounts of one place."""

    bonds: Bonds
    windows: Windows
    accounts: Sequence[Account] = ()
    done: list[Segment] = field(default_factory=list)
    now: Segment = field(default_factory=lambda: Segment(None, known=False, holding=Holding.UNKNOWN))
    expires: int = NEVER
    waiting: list[Account] = field(default_factory=list)
    fights: list[Account] = field(default_factory=list)

    def run(self, accounts: Iterable[Account], shown: AbstractSet[str | None] = frozenset()) -> list[Segment]:
        """Return the segments of the place, in order and disjoint; the last one is open."""
        self.accounts = named(sorted(accounts, key=IN_ORDER), self.bonds, shown)
        held: str | None = None  # the side that alone controls the place
        support = self.now.support
        for account in self.accounts:
            side, effect = account.side, account.effect
            if side == held and (effect is _HOLDS or (effect is _GAINS and not self.waiting)) and held is not None:
                support.append(account)  # what most accounts do: the rules `gains` and `holds` come to the same
                continue
            if account.day > self.expires:
                self._expire()
            if side is not None or effect is _FREES:
                _ACTS[effect](self, account, side or "")
            now = self.now
            held, support = now.sides[0] if now.holding is _CONTROLLED else None, now.support
        if self.expires != NEVER:
            self._expire()
        return [*self.done, self.now]

    # --- the rules, one method for each effect ----------------------------------------------------------------------

    def gains(self, account: Account, side: str) -> None:
        """The actor holds the place from that day, if what supports the change weighs enough."""
        now = self.now
        holder = now.holder
        if holder == side:
            self._gained_again(account, side)
        elif holder is None:
            self._begin(account, side)
        elif account.hedged and self._weight(now).rank > 0:
            self._wait(account)
        elif now.known and account.dated and now.first == account.day:
            self._rival(account, side)
        elif not self._takes(account, side):
            self._wait(account)
        elif self.waiting:
            self._wake(side, [*self._admitted(account), account])
        else:
            self._open(account, side, known=account.dated)

    def holds(self, account: Account, side: str) -> None:
        """A statement of control supports its holder, starts a state where none is known, and is else dissent."""
        now = self.now
        if side in now.sides and now.holding in HELD:
            now.support.append(account)
        elif account.kind is Kind.REPULSE or (account.hedged and now.holder is not None):
            now.against.append(account)
        elif now.holder is None:
            self._holds_left(account, side)
        elif self._neutral(account) and self._unfounded(side):
            self._revert([account])
        elif self._neutral(account) and self._waits(side):
            self._wake(side, [account])
        elif self._outdated(account):
            self._open(account, side, known=False)
        else:
            now.against.append(account)

    def leaves(self, account: Account, side: str) -> None:
        """Ends control of the holding side; what its enemies said before of taking the place is borne out."""
        now = self.now
        if account.effect is Effect.LEAVES and self._one_unit(account, side):
            return
        if now.holder is None or side in now.sides:
            self._left(account, side)
        elif now.before is not None and side in now.before.sides and not account.hedged:
            now.support.append(account)
        elif self._waits(side):
            self._wake(side, [])
            self._left(account, side)
        elif side in now.encircled_by:
            self._encircled(account, tuple(other for other in now.encircled_by if other != side))

    def enters(self, account: Account, side: str) -> None:
        """Entry is claimed control of a place that nobody holds, and else stands beside the holder."""
        now = self.now
        if now.holder == side:
            now.support.append(account)
        elif now.holder is None or now.imported:
            self._begin(account, side)
        else:
            self._wait(account)
            now.flags |= {Flag.ENTERED}

    def divides(self, account: Account, side: str) -> None:
        """A part taken or held divides the place between its holders."""
        now = self.now
        if side in now.sides and now.holding in HELD:
            now.support.append(account)
        elif (account.hedged and now.holder is not None) or of_those_who_left(now, account, side, self.bonds):
            now.against.append(account)
        else:
            others = now.sides if now.holder is not None else ()
            self._open(account, side, known=account.dated and account.kind is not Kind.CONTROL)
            self.now.holding, self.now.sides = Holding.DIVIDED, (side, *others)

    def fights_in(self, account: Account, side: str) -> None:
        """Fighting inside contests the place once more than a side that gains by it says so."""
        if account.hedged:
            return
        self.fights = [fight for fight in self.fights if account.day - fight.day <= self.windows.contest] + [account]
        if not self._contested():
            return
        now = self.now
        if now.holding is Holding.CONTESTED:
            now.support.append(account)
        else:
            first = self.fights[0]
            rivals = dict.fromkeys(other for fight in self.fights for other in (fight.side, fight.target_side) if other is not None)
            sides = tuple(dict.fromkeys((*now.sides, *rivals))) if now.holder is not None else tuple(rivals)
            start = first if now.first is None or first.day >= now.first else account
            self._open(start, side, known=start.dated, support=list(self.fights))
            self.now.holding, self.now.sides = Holding.CONTESTED, sides
        self.expires = account.day + self.windows.contest

    def encircles(self, account: Account, side: str) -> None:
        """Sets who encircles the place; the holder stays."""
        if side != self.now.holder and side not in self.now.encircled_by:
            self._encircled(account, (*self.now.encircled_by, side))

    def frees(self, account: Account, _side: str) -> None:
        """Ends an encirclement."""
        if self.now.encircled_by:
            self._encircled(account, ())

    # --- what the rules ask -----------------------------------------------------------------------------------------

    def _weight(self, segment: Segment) -> Weight:
        return weigh(segment.sides[0] if segment.sides else "", segment.support, self.bonds)

    def _is_firm(self, segment: Segment) -> bool:
        """Tell whether more than the holder's own word supports a segment; once it does, it always does."""
        if not segment.firm:
            segment.firm = is_firm(segment.sides[0] if segment.sides else "", segment.support, self.bonds)
        return segment.firm

    def _neutral(self, account: Account) -> bool:
        return account.speaker_side is None and not account.derived and not account.hedged

    def _waits(self, side: str) -> bool:
        return any(account.side == side and account.effect is _GAINS for account in self.waiting)

    def _takes(self, account: Account, side: str) -> bool:
        """Tell whether a gain ends the present state: not one that its winner alone tells against better support."""
        if self._neutral(account) or not self._is_firm(self.now):
            return True
        if not self.waiting:
            return is_apart(side, account, self.bonds)
        together = [other for other in self.waiting if other.side == side and self._same_change(other, account)]
        return weigh(side, [*together, *self._admitted(account), account], self.bonds).rank >= SINGLE

    def _admitted(self, account: Account) -> list[Account]:
        """Return what was said just before of the present holder's departure, and did not act."""
        holder = self.now.holder if self.waiting else None
        return [other for other in self.waiting if other.effect is _LEAVES and other.side == holder and self._same_change(other, account)]

    def _same_change(self, one: Account, other: Account) -> bool:
        return abs(one.day - other.day) <= self.windows.same_change

    def _unfounded(self, side: str) -> bool:
        """Tell whether the present holder's gain is told by its winner alone, against the side that held before."""
        before = self.now.before
        return before is not None and before.holder == side and self.now.holding is Holding.CONTROLLED and not self._is_firm(self.now)

    def _outdated(self, account: Account) -> bool:
        """Tell whether a statement of control is news: it goes against an imported map, an old change, or its own origin's word."""
        now = self.now
        old = self._neutral(account) and account.day - (now.first or 0) > self.windows.dissent
        return old or (now.imported and not account.baseline) or {other.origin for other in now.support} == {account.origin}

    def _one_unit(self, account: Account, side: str) -> bool:
        """Tell whether one unit of several leaves: its side stays."""
        return account.unit and any(
            other.side == side and other.actor != account.actor and other.day <= account.day for other in self.accounts
        )

    def _contested(self) -> bool:
        speakers = {fight.speaker_side for fight in self.fights}
        return None in speakers or len(speakers) > 1 or len({fight.day for fight in self.fights}) > 1

    # --- what the rules do ------------------------------------------------------------------------------------------

    def _open(self, account: Account, side: str, *, known: bool, support: list[Account] | None = None) -> None:
        """End the present segment the day before, and begin one that `side` holds."""
        now, day = self.now, account.day
        settled = self.done[-1].last if self.done else None
        if settled is not None and settled >= day:
            # Borne out late: what was settled meanwhile stays settled.
            day, known = settled + 1, False
        held = Segment(day, known, _CONTROLLED, (side,), support or [account])
        if account.hedged or account.euphemism or account.baseline:
            held.flags = flags_of(account)
        if now.encircled_by:
            held.encircled_by = tuple(other for other in now.encircled_by if other != side)
        self._close(now, day)
        held.before = now.before if now.first == day else now
        self.now, self.expires = held, NEVER
        if self.waiting:
            self.waiting = [other for other in self.waiting if other.day >= day and other.side != side]

    def _close(self, segment: Segment, day: int) -> None:
        """End `segment` before `day`; one that would have no day, or says nothing, is dropped."""
        blank = segment.first is None and not (segment.sides or segment.encircled_by)
        if not blank and (segment.first is None or segment.first < day):
            segment.last = day - 1
            self.done.append(segment)

    def _begin(self, account: Account, side: str) -> None:
        """Let `side` hold what nobody is known to hold; a departure just before is part of the same change."""
        now = self.now
        if now.holding is Holding.UNKNOWN and now.first is None and account.target_side not in (None, side):
            self._presuppose(account, str(account.target_side))
        left = (
            now.support
            if now.holding is Holding.VACATED and now.first is not None and account.day - now.first <= self.windows.same_change
            else []
        )
        if left and side in now.sides:
            self._reopen([account])
            self.waiting += left
        else:
            self._open(account, side, known=account.dated, support=[*left, account])

    def _presuppose(self, account: Account, side: str) -> None:
        """Note who held the place before, as the wording takes for granted; since when is not known."""
        prior = Segment(None, known=False, holding=Holding.CONTROLLED, sides=(side,), support=[account], last=account.day - 1)
        prior.flags = frozenset((Flag.PRESUPPOSED,))
        self.done.append(prior)
        self.now.before = prior

    def _gained_again(self, account: Account, side: str) -> None:
        """A gain by the holder presupposes a loss: a waiting claim of its enemy was right for a while."""
        others = [other for other in self.waiting if other.effect is _GAINS and other.day + self.windows.same_change < account.day]
        if others and account.dated:
            self._wake(str(others[-1].side), [])
            self._open(account, side, known=True)
        else:
            self.now.support.append(account)

    def _wait(self, account: Account) -> None:
        self.waiting.append(account)
        self.now.against.append(account)

    def _rival(self, account: Account, side: str) -> None:
        """Two sides are said to have gained on one day: the better supported did; among equals it is contested."""
        now = self.now
        rivals = [other for other in self.waiting if other.side == side and other.day == account.day] + self._admitted(account)
        theirs, ours = weigh(side, [*rivals, account], self.bonds), self._weight(now)
        if theirs > ours and now.before is not None and now.before.holder == side:
            self._revert([*rivals, account])
        elif theirs > ours:
            losing = now.support
            self._wake(side, [*self._admitted(account), account])
            self.now.against += losing
            self.waiting += [other for other in losing if other.effect is Effect.GAINS]
        else:
            self._wait(account)

    def _wake(self, side: str, also: list[Account]) -> None:
        """Let waiting gains of `side` act from the day of the first, together with what bore them out."""
        gains = [other for other in self.waiting if other.side == side and other.effect is Effect.GAINS]
        support = sorted([*gains, *also], key=IN_ORDER)
        first = next((account for account in support if account.dated and account.effect is not Effect.LEAVES), support[0])
        ended = self.now
        later = [other for other in ended.support if other.day > first.day and other.effect is _HOLDS] if gains else []
        if gains:
            waking = set(map(id, gains))
            ended.against = [other for other in ended.against if id(other) not in waking]
        if later:
            moved = set(map(id, later))
            ended.support = [other for other in ended.support if id(other) not in moved]
        self._open(first, side, known=first.dated and first.effect is not Effect.HOLDS, support=support)
        self.now.against += later

    def _revert(self, support: list[Account]) -> None:
        """Take back a change that only its winner told: the segment before it goes on."""
        claimed = self.now
        self._reopen(support)
        self.now.against += claimed.support
        self.waiting += [other for other in claimed.support if other.effect is Effect.GAINS]

    def _reopen(self, support: list[Account]) -> None:
        before = self.now.before
        if before is None:
            return
        if self.done and self.done[-1] is before:
            self.done.pop()
            before.last = None
        else:
            before = replace(before, first=self.now.first, last=None, support=list(before.support), against=list(before.against))
        before.support += support
        self.now, self.expires = before, NEVER

    def _left(self, account: Account, side: str) -> None:
        """The holder is out: whoever was said to be in has it, else the place is vacated."""
        now = self.now
        if account.hedged and now.holder is not None and self._weight(now).rank > 0:
            now.against.append(account)
            return
        rest = tuple(other for other in now.sides if other != side) if now.holder is not None else ()
        takers = [other for other in self.waiting if other.side != side and self._same_change(other, account)]
        if takers:
            taker = takers[-1]
            kept = [other for other in self.waiting if other.side == taker.side]
            self._open(account, str(taker.side), known=account.dated, support=[*kept, account])
        elif rest:
            self._open(account, rest[0], known=account.dated, support=[*now.support, account])
            self.now.sides = rest
        elif now.holding is not Holding.VACATED:
            if now.holder is None and now.first is None:
                self._presuppose(account, side)
            self._open(account, side, known=account.dated)
            self.now.holding = Holding.VACATED
            self.expires = account.day + self.windows.vacated
        else:
            now.support.append(account)

    def _holds_left(self, account: Account, side: str) -> None:
        """A statement of control of a place that nobody is known to hold."""
        now = self.now
        if now.holding is Holding.VACATED and side in now.sides:
            if self._neutral(account):
                self._reopen([account])
            else:
                now.against.append(account)
        else:
            self._open(account, side, known=False)

    def _encircled(self, account: Account, by: tuple[str, ...]) -> None:
        now = self.now
        ring = replace(now, first=account.day, known=account.dated, support=list(now.support), against=list(now.against))
        ring.support = [*now.support, account]
        ring.flags = now.flags | ({Flag.ENCIRCLEMENT_HEDGED} if account.hedged and by else frozenset())
        self._close(now, account.day)
        ring.encircled_by, ring.before = by, now.before
        self.now = ring

    def _expire(self) -> None:
        """A vacated place without a successor is unknown; quiet fighting leaves the last holder."""
        now, day = self.now, self.expires + 1
        self.expires = NEVER
        now.last = day - 1
        self.done.append(now)
        last = now.before
        if now.holding is Holding.CONTESTED and last is not None and last.holder is not None:
            self.now = replace(last, first=day, known=False, last=None, support=list(last.support), against=list(last.against))
        else:
            self.now = Segment(day, known=True, holding=Holding.UNKNOWN, encircled_by=now.encircled_by, before=now)
        self.fights = []


_ACTS: Mapping[Effect, Callable[[Sweep, Account, str], None]] = {
    Effect.LEAVES: Sweep.leaves,
    Effect.ENTERS: Sweep.enters,
    Effect.GAINS: Sweep.gains,
    Effect.DIVIDES: Sweep.divides,
    Effect.HOLDS: Sweep.holds,
    Effect.FIGHTS: Sweep.fights_in,
    Effect.ENCIRCLES: Sweep.encircles,
    Effect.FREES: Sweep.frees,
}
