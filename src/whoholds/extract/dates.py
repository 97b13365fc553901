"""Dates as stated, made absolute by the day of publication (pure; own rules, no time zones).

A weekday is the last such day before or on publication; a month without a year is the last such month begun by then;
"overnight" is the night into the day of publication. Early, mid and late thirds of a month are days 1–10, 11–20, 21–end.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from whoholds.errors import ModelError
from whoholds.model import DateRange, Span

DAYS = {name.lower(): i for i, name in enumerate(calendar.day_name)}
DAYS |= {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}
MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): i for i, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
COUNTS = {
    w: n for n, w in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1)
} | {"a": 1, "an": 1, "several": 3, "few": 3}
UNITS = {"day": 1, "week": 7, "month": 30, "year": 365}
MONTH = f"(?-i:{'|'.join(name.capitalize() for name in sorted(MONTHS, key=len, reverse=True))})"
DAY = f"(?-i:{'|'.join(name.capitalize() for name in sorted(DAYS, key=len, reverse=True))})"
TO = r"(?:\s?[-–]\s?|\s+(?:and|to)\s+)"
COUNT = r"\d{1,3}|" + "|".join(COUNTS)
YEAR = r"(?:1[5-9]|20)\d\d"
PART = r"early|mid|late|(?:the )?(?:start|beginning|middle|end) of"
THIRDS = {"early": 0, "start": 0, "beginning": 0, "mid": 1, "middle": 1, "late": 2, "end": 2}


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A date in a text: offsets of its words and the days it may mean; `open_end` for "since"."""

    span: Span
    days: DateRange
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], date | None], DateRange | None]


def dates(text: str, offset: int, published: date | None) -> Iterator[StatedDate]:
    """Yield the dates stated in `text`, whose first character stands at `offset` of the report, in text order.

    Without a day of publication only full dates are read.
    """
    taken = _stated(RULES, text, offset, published) or _stated(TIMES_OF_DAY, text, offset, published)
    yield from sorted(taken, key=lambda found: found.span)


def _stated(rules: Sequence[_Rule], text: str, offset: int, published: date | None) -> list[StatedDate]:
    """Return what the rules read, an earlier rule before a later one where they overlap."""
    taken: list[StatedDate] = []
    for rule in rules:
        for match in rule.pattern.finditer(text):
            span = Span(offset + match.start(), offset + match.end())
            if any(span.overlaps(other.span) for other in taken):
                continue
            days = _safe(rule, match, published)
            if days is not None:
                taken.append(_opened(text, match, span, days, published))
    return taken


def _safe(rule: _Rule, match: re.Match[str], published: date | None) -> DateRange | None:
    """Read a match; words that look like a date and are none ("Feb 31", "year 0") give None."""
    try:
        return rule.read(match, published)
    except (ValueError, OverflowError, ModelError):
        return None


def _opened(text: str, match: re.Match[str], span: Span, days: DateRange, published: date | None) -> StatedDate:
    """Read "Since DATE" runs to the day of publication."""
    before = text[: match.start()].rstrip().lower()
    if (
        before.endswith(("since", "since early", "since late"))
        and days.first is not None
        and (published is None or published >= days.first)
    ):
        return StatedDate(span, DateRange(days.first, published), open_end=True)
    return StatedDate(span, days)


def _day(day: date) -> DateRange:
    return DateRange(day, day)


def _month_range(year: int, month: int, part: str = "") -> DateRange:
    last = calendar.monthrange(year, month)[1]
    word = next((word for word in re.split(r"[ -]", part.lower()) if word in THIRDS), None)
    first_day, last_day = ((1, 10), (11, 20), (21, last))[THIRDS[word]] if word else (1, last)
    return DateRange(date(year, month, first_day), date(year, month, last_day))


def _last_year_of(month: int, day: int, published: date) -> int:
    """Return the year in which that day last came, by the day of publication (a day of grace for time zones)."""
    return published.year if date(published.year, month, day) <= published + timedelta(days=1) else published.year - 1


def _full(match: re.Match[str], published: date | None) -> DateRange | None:
    month, day = MONTHS[match["month"].lower()], int(match["day"])
    if match["year"]:
        year = int(match["year"])
    elif published is None:
        return None
    else:
        year = _last_year_of(month, min(day, 28), published)
    last = int(match["to"]) if match["to"] else day
    return DateRange(date(year, month, day), date(year, month, last))


def _iso(match: re.Match[str], _published: date | None) -> DateRange | None:
    return _day(date.fromisoformat(match[0]))


def _month(match: re.Match[str], published: date | None) -> DateRange | None:
    month = MONTHS[match["month"].lower()]
    if match["year"]:
        return _month_range(int(match["year"]), month, match["part"] or "")
    if published is None:
        return None
    year = published.year if month <= published.month else published.year - 1
    if match["last"] and month == published.month:
        year -= 1
    return _month_range(year, month, match["part"] or "")


def _weekday(match: re.Match[str], published: date | None) -> DateRange | None:
    if published is None:
        return None
    back = (published.weekday() - DAYS[match["day"].lower()]) % 7
    day = published - timedelta(days=back)
    if match["last"] and back == 0:
        day -= timedelta(days=7)
    if match["into"]:
        return DateRange(day - timedelta(days=1), day)
    return _day(day)


def _weekdays(match: re.Match[str], published: date | None) -> DateRange | None:
    """Read "on Wednesday and Thursday" where the days are neighbours, "between Thursday and Saturday"."""
    days = (DAYS[match["other"].lower()] - DAYS[match["day"].lower()]) % 7
    if published is None or (days != 1 and not match["from"]):
        return None
    last = published - timedelta(days=(published.weekday() - DAYS[match["other"].lower()]) % 7)
    return DateRange(last - timedelta(days=days), last)


def _ago(match: re.Match[str], published: date | None) -> DateRange | None:
    if published is None:
        return None
    count = COUNTS.get(match["count"].lower()) or int(match["count"])
    days = count * UNITS[match["unit"].lower()]
    middle = published - timedelta(days=days)
    slack = 0 if match["unit"].lower() in {"day", "week"} else days // 12
    return DateRange(middle - timedelta(days=slack), middle + timedelta(days=slack))


def _back(days_from: int, days_to: int) -> Callable[[re.Match[str], date | None], DateRange | None]:
    def read(_match: re.Match[str], published: date | None) -> DateRange | None:
        if published is None:
            return None
        return DateRange(published - timedelta(days=days_from), published - timedelta(days=days_to))

    return read


def _this(match: re.Match[str], published: date | None) -> DateRange | None:
    """Read "this week", "last month", "earlier this year"."""
    if published is None:
        return None
    unit, last = match["unit"].lower(), match["which"].lower() in {"last", "previous"}
    if unit == "week":
        monday = published - timedelta(days=published.weekday() + 7 * last)
        return DateRange(monday, published if not last else monday + timedelta(days=6))
    if unit == "month":
        year, month = (published.year, published.month) if not last else _previous_month(published)
        whole = _month_range(year, month)
        return whole if last else DateRange(whole.first, published)
    year = published.year - last
    return DateRange(date(year, 1, 1), date(year, 12, 31) if last else published)


def _previous_month(day: date) -> tuple[int, int]:
    return (day.year - 1, 12) if day.month == 1 else (day.year, day.month - 1)


def _past(match: re.Match[str], published: date | None) -> DateRange | None:
    """Read "in the past two days", "over the last 24 hours"."""
    if published is None:
        return None
    count = COUNTS.get((match["count"] or "one").lower()) or int(match["count"])
    unit = match["unit"].lower()
    days = max(1, round(count / 24)) if unit == "hour" else count * UNITS[unit]
    return DateRange(published - timedelta(days=days), published)


def _decade(match: re.Match[str], _published: date | None) -> DateRange | None:
    year = int(match["decade"])
    return DateRange(date(year, 1, 1), date(year + 9, 12, 31))


def _whole_year(match: re.Match[str], _published: date | None) -> DateRange:
    year = int(match["year"])
    return DateRange(date(year, 1, 1), date(year, 12, 31))


def _rule(pattern: str, read: Callable[[re.Match[str], date | None], DateRange | None]) -> _Rule:
    return _Rule(re.compile(pattern, re.IGNORECASE), read)


RULES = (
    _rule(rf"\b{YEAR}-\d\d-\d\d\b", _iso),
    _rule(rf"\b(?:(?P<from>between |from )|(?:on )?)(?P<day>{DAY})(?: and |–| to | until )(?P<other>{DAY})\b", _weekdays),
    _rule(r"\b(?:in|of|during|throughout) the (?P<decade>(?:1[5-9]|20)\d0)s\b", _decade),
    _rule(
        rf"\b(?P<month>{MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:{TO}(?P<to>\d{{1,2}}))?\b(?:,?\s+(?P<year>{YEAR})\b)?",
        _full,
    ),
    _rule(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:{TO}(?P<to>\d{{1,2}}))?\s+(?:of\s+)?(?P<month>{MONTH})\b\.?(?:,?\s+(?P<year>{YEAR})\b)?",
        _full,
    ),
    _rule(
        rf"\b(?:the night of |overnight |late |early )?(?:on )?(?P<into>overnight into |night into )?(?P<last>last )?(?P<day>{DAY})\b",
        _weekday,
    ),
    _rule(rf"\b(?:(?P<part>{PART})[ -](?:in )?)?(?P<last>last )?\b(?P<month>{MONTH})\b\.?,?\s+(?:of\s+)?(?P<year>{YEAR})\b", _month),
    _rule(
        rf"(?:\b(?P<part>{PART})[ -](?:in )?|\b(?P<last>last )|(?<=\bin )|(?<=\bsince )|(?<=\bof )|(?<=\buntil )|(?<=\bduring ))"
        rf"(?P<month>{MONTH})\b\.?(?P<year>(?!))?(?!\s*\d)",
        _month,
    ),
    _rule(rf"\b(?P<count>{COUNT})\s+(?P<unit>day|week|month|year)s?\s+(?:ago|earlier|before)\b", _ago),
    _rule(r"\b(?P<which>this|last|previous)\s+(?P<unit>week|month|year)\b", _this),
    _rule(rf"\b(?:past|last|previous)\s+(?P<count>{COUNT})?\s*(?P<unit>hour|day|week|month)s?\b", _past),
    _rule(r"\b(?:overnight|last night)\b", _back(1, 0)),
    _rule(r"\b(?:yesterday|the day before|the previous day|a day earlier)\b", _back(1, 1)),
    _rule(r"\b(?:today|tonight|this morning|this afternoon|this evening|earlier in the day)\b", _back(0, 0)),
    _rule(rf"(?:(?<=\bin )|(?<=\bsince )|(?<=\bduring )|(?<=\bthroughout )|\b(?:{PART})[ -])(?P<year>{YEAR})\b", _whole_year),
)

TIMES_OF_DAY = (
    _rule(
        r"\b(?:at|since|before|by) (?:dawn|daybreak|sunrise|noon|midday|dusk|nightfall)\b|\bin the (?:morning|afternoon|evening)\b",
        _back(0, 0),
    ),
    _rule(r"\b(?:at midnight|(?:through|during|in) the night)\b", _back(1, 0)),
    _rule(r"\bthe (?:evening|night) before\b", _back(1, 1)),
)
"""Hours and nights without a day, which are those of the day of publication; read only where nothing else dates a text."""
