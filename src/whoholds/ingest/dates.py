"""Days of publication: strict where a person or a program states one, cautious where prose shows one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

GRACE = timedelta(days=1)
"""A report may be dated tomorrow: it may be tomorrow already where it was published."""

EARLIEST = date(1605, 1, 1)
"""The year of the first newspaper: an earlier day is a placeholder or a slip."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"),
        start=1,
    )
    for name in (names, names[:3], names[:4] if names == "september" else names)
}
_MONTH = rf"(?P<month{{0}}>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_ISO = r"(?P<year0>\d{4})-(?P<month0>\d\d)-(?P<day0>\d\d)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:Z|[+-]\d\d:?\d\d)?)?"
_AMERICAN = _MONTH.format(1) + r"\s+(?P<day1>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year1>\d{4})"
_BRITISH = r"(?P<day2>\d{1,2})(?:st|nd|rd|th)?\s+" + _MONTH.format(2) + r",?\s+(?P<year2>\d{4})"
PROSE_DATE = f"(?:{_WEEKDAY}(?:{_ISO}|{_AMERICAN}|{_BRITISH}))"
"""Pattern of a full date as news writes it; all-figure dates with slashes are left out, their order cannot be told."""

_PROSE = re.compile(PROSE_DATE, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Published:
    """The publisher's calendar day, and the instant where the zone is given; the day is never shifted by the zone."""

    day: date
    at: datetime | None = None


def parse_published(stated: str, today: date) -> Published:
    """Return the publication date that `stated` gives as an ISO 8601 date or date and time.

    Raises:
        ValueError: when it is no ISO date, no day of the calendar, later than tomorrow or earlier than any newspaper; the
            message says which.
    """
    words = stated.strip()
    try:
        found = datetime.fromisoformat(words)
    except ValueError:
        message = f"{words[:40]!r} is no date of the calendar; write it as 2024-12-07 or 2024-12-07T18:30:00+03:00"
        raise ValueError(message) from None
    if found.date() > today + GRACE:
        message = f"{found.date()} lies in the future; a report is published on the day it appeared"
        raise ValueError(message)
    if found.date() < EARLIEST:
        message = f"{found.date()} is earlier than any newspaper; leave the day out where it is not known"
        raise ValueError(message)
    return Published(found.date(), found if found.tzinfo else None)


def find_published(words: str, today: date) -> date | None:
    """Return the first full date in `words`, or `None` where there is none, or an impossible or a future one."""
    match = _PROSE.search(words)
    return _day_of(match.groupdict(), today) if match else None


def _day_of(parts: dict[str, str | None], today: date) -> date | None:
    for form in "012":
        year, month, day = (parts[name + form] for name in ("year", "month", "day"))
        if year and month and day:
            number = int(month) if month.isdigit() else _MONTHS[month.lower()]
            try:
                found = date(int(year), number, int(day))
            except ValueError:
                return None
            return found if EARLIEST <= found <= today + GRACE else None
    return None
