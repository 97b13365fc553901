"""Views: whose account. Everyone's together (fused), one side's, or one source's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from operator import attrgetter

from whoholds.errors import UsageError
from whoholds.fuse.accounts import DAY_STEP, Account
from whoholds.fuse.linking import Denials, Objection
from whoholds.fuse.rules import Effect


class ViewKind(StrEnum):
    """Whose account a view gives."""

    FUSED = "fused"
    SIDE = "side"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class View:
    """One account of the war; `subject` is the id of the side or source, empty for the fused view."""

    kind: ViewKind
    subject: str = ""

    @property
    def name(self) -> str:
        """The view as it is written: `fused`, `side:syria.government`, `source:sohr`."""
        return f"{self.kind}:{self.subject}" if self.subject else self.kind.value

    def select(self, accounts: Sequence[Account], objections: Sequence[Objection], denials: Denials) -> Iterable[Account]:
        """Return what this view says of one place, from all accounts of it and the denials that bear on it.

        In a view of its own a denial speaks: a side that denies having left, or that its enemy came, says that it is
        still there, wherever somebody claims what it denies.
        """
        if self.kind is ViewKind.FUSED:
            return accounts
        spoken = [self._as_one(account) for account in accounts if self._speaks(account)]
        ours = [objection for objection in objections if self._speaks(objection.denial)]
        if ours:
            rows = sorted(accounts, key=attrgetter("when"))
            spoken += [self._countered(objection.denial, denied) for objection in ours for denied in denials.opposed(objection, rows)]
        return spoken

    def _speaks(self, account: Account) -> bool:
        return (account.speaker_side if self.kind is ViewKind.SIDE else account.speaker) == self.subject

    def _as_one(self, account: Account) -> Account:
        """A side speaks with one voice, whoever of it speaks."""
        return replace(account, origin=self.subject) if self.kind is ViewKind.SIDE else account

    def _countered(self, denial: Account, denied: Account) -> Account:
        left = denied.effect is Effect.LEAVES
        return replace(
            self._as_one(denial),
            place=denied.place,
            side=denied.side if left else denial.speaker_side,
            actor=denied.actor if left else None,
            effect=Effect.HOLDS,
            when=denied.day * DAY_STEP + Effect.HOLDS,
            day=denied.day,
            dated=False,
        )


FUSED = View(ViewKind.FUSED)
"""Everyone's account together, weighed."""


def view_named(name: str) -> View:
    """Return the view that `name` writes.

    Raises:
        UsageError: when it is not `fused`, `side:ID` or `source:ID`.
    """
    kind, _, subject = name.partition(":")
    if name == ViewKind.FUSED:
        return FUSED
    if kind in (ViewKind.SIDE, ViewKind.SOURCE) and subject:
        return View(ViewKind(kind), subject)
    message = f"view {name!r}: must be fused, side:ID or source:ID, as in side:syria.government or source:sohr"
    raise UsageError(message)
