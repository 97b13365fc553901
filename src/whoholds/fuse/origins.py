"""Where information first came from: reports whose texts are near-duplicates tell one thing once. Pure.

At ingest each text gets a signature (MinHash of its pairs of neighbouring words). Among the claims of one place, a claim
of a reprint counts as that of the text it repeats, under its own name: same voice, same day, same publication. So a
reprint changes nothing but the list of claims that support a state. What is compared is the reports that speak of one
place, so that a place can be fused for itself.
"""

from __future__ import annotations

import re
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from whoholds.fuse.accounts import Account
from whoholds.taxonomy import Kind

VERSION = b"1:"
"""Begins a signature; those of another version are compared with none of this one."""

SLOTS, SEED = 128, 1
"""Size of a signature (numbers of 32 bits), and what its hashes begin with: the same on every machine."""

SAME = 0.5
"""The share of equal slots, an estimate of the share of common word pairs, from which two texts are one.

An agency text that an outlet has lightly edited keeps half of its pairs and more; two texts on one event share a sixth.
"""

FEWEST_WORDS = 20
"""Texts of fewer words are too much alike for a reprint to be told."""

_BAND = 4 * 4
"""Bytes of a band, of four slots: texts that are to be compared agree in one of 32 (at half of their pairs 87 % do, at six tenths 99 %)."""

_WORD = re.compile(r"\w+")

_Key = tuple[Kind, str | None]


def signature_of(text: str) -> bytes:
    """Return the signature of a text, by which reprints of it are told; empty for a text of too few words."""
    # Late: only ingest makes signatures.
    from rensa import RMinHash  # noqa: PLC0415

    words = _WORD.findall(text.casefold())
    if len(words) < FEWEST_WORDS:
        return b""
    sketch = RMinHash(num_perm=SLOTS, seed=SEED)
    sketch.update([f"{one} {other}" for one, other in pairwise(words)])
    return VERSION + struct.pack(f"<{SLOTS}I", *sketch.digest())


def likeness(one: bytes, other: bytes) -> float:
    """Return the share of word pairs that two texts have in common, as their signatures tell it (0 to 1)."""
    if not one or not other or one[: len(VERSION)] != other[: len(VERSION)] or len(one) != len(other):
        return 0.0
    a, b = (memoryview(signature[len(VERSION) :]).cast("I") for signature in (one, other))
    return sum(x == y for x, y in zip(a, b, strict=True)) / len(a)


@dataclass(frozen=True, slots=True, order=True)
class Signed:
    """A report and its signature; the earlier one, by day and then by id, is what the other repeats."""

    published: int
    report: str
    signature: bytes


def originals(reports: Iterable[Signed]) -> Mapping[str, str]:
    """Return, for every report that repeats another, the report that it repeats: the earliest of those that are alike.

    Only texts that agree in a band are compared, each with the earliest of its band, so that the time grows as the reports.
    """
    leader: dict[str, str] = {}
    first: dict[tuple[int, bytes], Signed] = {}
    for signed in sorted(reports):
        for band in _bands(signed.signature):
            other = first.setdefault(band, signed)
            if other is not signed and signed.report not in leader and likeness(other.signature, signed.signature) >= SAME:
                leader[signed.report] = leader.get(other.report, other.report)
    return leader


def counted_once(accounts: Sequence[Account]) -> Sequence[Account]:
    """Return the accounts of one place, those of reprints as the accounts that they repeat.

    What a reprint adds of its own stays its own; an outlet of a side speaks for its side whatever it reprints.
    """
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


def _bands(signature: bytes) -> Iterator[tuple[int, bytes]]:
    for start in range(len(VERSION), len(signature), _BAND):
        yield start, signature[start : start + _BAND]
