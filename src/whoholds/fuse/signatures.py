"""Signatures of texts, made at ingest, by which reports that print one text are told: MinHash of pairs of words. Pure."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

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


def _bands(signature: bytes) -> Iterator[tuple[int, bytes]]:
    for start in range(len(VERSION), len(signature), _BAND):
        yield start, signature[start : start + _BAND]
