"""Where information first came from: reports whose texts are near-duplicates tell one thing once. Pure.

Among the claims of one place, a claim of a reprint (see `whoholds.fuse.signatures`) counts as that of the text it repeats,
under its own name: same voice, same day, same publication. So a reprint changes nothing but the list of claims that
support a state. What is compared is the reports that speak of one place, so that a place can be fused for itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

from whoholds.fuse.accounts import Account
from whoholds.fuse.signatures import Signed, originals
from whoholds.taxonomy import Kind

_Key = tuple[Kind, str | None]
_SIGNATURE = attrgetter("signature")


def counted_once(accounts: Sequence[Account]) -> Sequence[Account]:
    """Return the accounts of one place, those of reprints as the accounts that they repeat.

    What a reprint adds of its own stays its own; an outlet of a side speaks for its side whatever it reprints.
    """
    if not any(map(_SIGNATURE, accounts)):
        return accounts
    signed: dict[str, Signed] = {}
    for account in accounts:
        if account.signature:
            report = Signed(account.published, account.report, account.signature)
            signed[report.report] = min(report, signed.get(report.report, report))
    repeats = originals(signed.values()) if len(signed) > 1 else {}
    if not repeats:
        return accounts
    told: dict[str, dict[_Key, list[Account]]] = defaultdict(lambda: defaultdict(list))
    joined = (account for account in accounts if account.report in signed)
    for account in sorted(joined, key=lambda account: (signed[account.report], account.when, account.claim)):
        rows = told[repeats.get(account.report, account.report)][account.kind, account.side]
        if not rows or rows[0].report == account.report:
            rows.append(account)
    return [_as_repeated(account, told[repeats[account.report]]) if account.report in repeats else account for account in accounts]


def _as_repeated(account: Account, told: Mapping[_Key, Sequence[Account]]) -> Account:
    rows = [row for row in told[account.kind, account.side] if row.effect is account.effect]
    if not rows or rows[0].report == account.report:
        return account
    nearest = min(rows, key=lambda row: (row.origin != account.origin, abs(row.day - account.day), row.when, row.claim))
    if account.speaker_side not in (None, nearest.speaker_side):
        return account
    return replace(nearest, claim=account.claim, anchor=account.anchor, report=account.report)
