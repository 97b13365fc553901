"""Distances as stated: "less than 20 kilometers from", "some 35 miles north of" (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from whoholds.model import Span

KM_PER_MILE = 1.609344
WORDS = {w: n for n, w in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1)}
WORDS |= {"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "a hundred": 100, "one hundred": 100}
NUMBER = rf"\d[\d,]*(?:\.\d+)?|{'|'.join(sorted(WORDS, key=len, reverse=True))}"
STATED = re.compile(
    rf"(?P<bound>less than|fewer than|within|under|no more than|up to|more than|over|at least)?\s*"
    rf"(?:just|only|about|around|some|roughly|nearly|almost|approximately|an estimated|a mere|barely)?\s*"
    rf"\b(?P<low>{NUMBER})(?:\s*(?:-|–|to|or)\s*(?P<high>{NUMBER}))?[\s-]*(?:\([^)]{{1,20}}\)\s*)?"
    rf"(?P<unit>km|kms|kilomet(?:er|re)s?|miles?|mi)\b(?:\s*\([^)]{{1,20}}\))?"
    rf"(?P<link>\s+(?:away\s+)?(?:to\s+the\s+)?(?:(?:north|south)?[\s-]?(?:east|west)?(?:north|south|east|west)(?:ern)?\s+)?"
    rf"(?:of|from|outside|to|short\s+of|off)\b)?",
    re.IGNORECASE,
)
_SIBLINGS = r"(?:,? (?:and|as well as) (?:the )?[\w'’-]*[A-Z][\w'’-]*(?: [\w'’-]*[A-Z][\w'’-]*){0,2})?"
"""Other places of one list, of which the distance is told too: "A and B, which are located 20 km from C"."""

GLOSS = re.compile(
    rf"\s*{_SIBLINGS}[,(–-]?\s*"
    r"(?:(?:(?:which|that|both) )?(?:is |are |was |were )?(?:both )?(?:located|situated)"
    r"|(?:which|that|both) (?:is|are|was|were|lies?|lay|sits?|stands?)|lying|a (?:town|city|village)(?: [\w-]+){0,6})?\s*"
)
"""What may stand between a place and the distance at which it lies from another."""

AT_A_DISTANCE = re.compile(r"(?: \w+){0,3},? (?:at|from) (?:a|the) distance of\s*")
"""What stands between a place and the distance that something keeps from it."""

BELOW = frozenset({"less than", "fewer than", "within", "under", "no more than", "up to"})
ABOVE = frozenset({"more than", "over", "at least"})


@dataclass(frozen=True, slots=True)
class StatedDistance:
    """A distance in a text: offsets of its words, kilometres, and whether a place follows it."""

    span: Span
    km_low: float | None
    km_high: float | None
    linked: bool


def distances(text: str, offset: int) -> Iterator[StatedDistance]:
    """Yield the distances stated in `text`, whose first character stands at `offset` of the report."""
    for match in STATED.finditer(text):
        factor = KM_PER_MILE if match["unit"].lower().startswith("mi") else 1.0
        low = _number(match["low"]) * factor
        high = _number(match["high"]) * factor if match["high"] else low
        bound = (match["bound"] or "").lower()
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        span = Span(offset + start, offset + match.end())
        yield StatedDistance(
            span, None if bound in BELOW else _neat(low), None if bound in ABOVE else _neat(high), match["link"] is not None
        )


def _number(text: str) -> float:
    return float(WORDS[text.lower()]) if text.lower() in WORDS else float(text.replace(",", "").rstrip("."))


def _neat(km: float) -> float:
    return round(km, 1)
