"""What a request may ask by: each parameter checked once, with a message that says how it is written."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from fastapi import Path, Query
from pydantic import BeforeValidator

from whoholds.errors import UsageError
from whoholds.model import DateRange
from whoholds.ports import Box

MOST_ROWS = 1000
"""The longest page of a list."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBERS = 4
_LAST_CURSOR = 2**62


def _day(given: object) -> object:
    if isinstance(given, str):
        if not _DAY.fullmatch(given) or not given.isascii():
            raise ValueError("write a day as 2024-12-07")
        try:
            return date.fromisoformat(given)
        except ValueError:
            raise ValueError("this is no day of the calendar") from None
    return given


def box_of(given: str | None) -> Box | None:
    """Return the box of `west,south,east,north`.

    Raises:
        UsageError: when it is none.
    """
    if given is None:
        return None
    parts = given.split(",")
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        numbers = []
    if len(numbers) != _NUMBERS:
        message = f"bbox {given[:80]!r}: give west,south,east,north in degrees"
        raise UsageError(message)
    return Box(*numbers)


def days_of(first: date | None, last: date | None) -> DateRange | None:
    """Return the days from `first` to `last`; None where neither is given.

    Raises:
        UsageError: when the last day precedes the first.
    """
    if first and last and last < first:
        message = f"{last} lies before {first}: give the first day first"
        raise UsageError(message)
    return DateRange(first, last) if first or last else None


Day = Annotated[date, BeforeValidator(_day)]

On = Annotated[Day | None, Query(description="The day asked for (default: the last day that anything is said of)")]
KnownBy = Annotated[Day | None, Query(description="Only with what was published by this day")]
First = Annotated[Day | None, Query(description="First day")]
Last = Annotated[Day | None, Query(description="Last day")]
ViewName = Annotated[str, Query(description="Whose account: fused, side:ID or source:ID", max_length=200)]
Conflict = Annotated[str | None, Query(description="Only this war, by its id", max_length=100)]
Bbox = Annotated[str | None, Query(description="west,south,east,north in degrees", max_length=120)]
Limit = Annotated[int, Query(description="Most rows of a page", ge=1, le=MOST_ROWS)]
After = Annotated[int, Query(description="Where the page begins: what `next` gives", ge=0, le=_LAST_CURSOR)]
AfterId = Annotated[str, Query(description="Where the page begins: what `next` gives", max_length=200)]
Words = Annotated[str | None, Query(description="Words that all must stand there", max_length=200)]
PlaceId = Annotated[str, Path(description="An id of the gazetteer, such as gn:172894", max_length=120)]
Identity = Annotated[str, Path(description="An id", max_length=120)]
