"""How well a holder is supported: origins counted, not reports; hostile sides that agree weigh most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Protocol

from whoholds.fuse.accounts import Account
from whoholds.taxonomy import Tier


class Bonds(Protocol):
    """How the sides of a war stand to each other, and when a side ended."""

    def allied(self, one: str, other: str, day: int) -> bool:
        """Tell whether two sides are one, or allied, on a day (an ordinal)."""
        ...

    def hostile(self, one: str, other: str, day: int) -> bool:
        """Tell whether two sides fight each other on a day (an ordinal)."""
        ...

    def ended(self, side: str) -> int | None:
        """Return the last day of a side (an ordinal), or None while it stands."""
        ...


RANKS = {Tier.INHERITED: 0, Tier.ONE_SIDED: 1, Tier.SINGLE: 2, Tier.INDEPENDENT: 3, Tier.CROSS_PARTY: 4, Tier.OBSERVED: 4}
"""The order of tiers, weakest first; a reporter on the spot and the agreement of hostile sides rank equal."""

SINGLE, INDEPENDENT, CROSS_PARTY = RANKS[Tier.SINGLE], RANKS[Tier.INDEPENDENT], RANKS[Tier.CROSS_PARTY]


@dataclass(frozen=True, slots=True, order=True)
class Weight:
    """The support of one holder: rank of the tier (0 where everything is hedged or a baseline), then origins counted."""

    rank: int
    origins: int
    tier: Tier = field(compare=False)
    against_interest: bool = field(default=False, compare=False)
    alleged: bool = field(default=False, compare=False)


def weigh(side: str, support: Sequence[Account], bonds: Bonds) -> Weight:
    """Return the weight of what `support` says for `side`.

    The sources of the side and of its allies are one voice. An own-voice report without first-hand access adds an
    origin only where nobody else is named: it may repeat them. A relay hostile to the side it quotes admits nothing
    for it. Hedged and imported statements alone have rank 0. What somebody without a side saw there is `observed`.
    """
    own = derived = firm = alleged = seen = False
    neutral: set[str] = set()
    others: set[str] = set()
    for account in support:
        if account.baseline:
            continue
        if not account.hedged:
            firm = True
        speaker = account.speaker_side
        if speaker is None:
            seen = seen or account.observed
            if account.derived:
                derived = True
            else:
                neutral.add(account.origin)
        elif speaker == side or bonds.allied(speaker, side, account.day):
            own = True
        elif account.hostile_relay:
            alleged = True
        else:
            others.add(speaker)
    if not others:
        weight = _weight((len(neutral), 0), own, derived, firm, False, alleged)  # noqa: FBT003
        return _on_sight(weight) if seen else weight
    day = support[-1].day
    admitted = any(bonds.hostile(other, side, day) for other in others)
    weight = _weight((len(neutral), _camps(others, bonds, day)), own, derived, firm, admitted, alleged)
    return _on_sight(weight) if seen else weight


def _on_sight(weight: Weight) -> Weight:
    """Return the weight of the same support where somebody without a side saw it."""
    return replace(weight, rank=RANKS[Tier.OBSERVED] if weight.rank else 0, tier=Tier.OBSERVED)


def is_apart(side: str, account: Account, bonds: Bonds) -> bool:
    """Tell whether one account says more for `side` than its own word: its weight alone has the rank of `SINGLE`."""
    if account.hedged or account.baseline:
        return False
    speaker = account.speaker_side
    return speaker is None or not (speaker == side or account.hostile_relay or bonds.allied(speaker, side, account.day))


def is_firm(side: str, support: Sequence[Account], bonds: Bonds) -> bool:
    """Tell whether `support` says more for `side` than its own word: its weight has the rank of `SINGLE` or more."""
    for account in support:
        if not account.derived and is_apart(side, account, bonds):
            return True
    return weigh(side, support, bonds).rank >= SINGLE


def _camps(sides: Iterable[str], bonds: Bonds, day: int) -> int:
    """Return how many voices several sides are: allies are one."""
    camps: list[str] = []
    for side in sorted(sides):
        if not any(bonds.allied(side, other, day) for other in camps):
            camps.append(side)
    return len(camps)


@lru_cache(maxsize=4_096)  # few different answers, and millions of questions
def _weight(apart: tuple[int, int], own: bool, derived: bool, firm: bool, admitted: bool, alleged: bool) -> Weight:  # noqa: FBT001
    """Return the weight of so many origins without a side and camps apart from the side that it serves, and of what else was heard."""
    origins = sum(apart) + own
    if admitted and (own or apart[0]):
        tier = Tier.CROSS_PARTY
    elif any(apart) and origins > 1:
        tier = Tier.INDEPENDENT
    elif any(apart) or (derived and not own):
        tier = Tier.SINGLE
    else:
        tier = Tier.ONE_SIDED
    return Weight(RANKS[tier] if firm else 0, origins, tier, admitted, alleged)
