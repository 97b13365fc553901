"""What stands before the prose of a plain text: header lines, headline, byline, dateline. Pure.

News text carries its publisher and day in a handful of forms that agencies share: `BEIRUT, Dec 7 (Reuters) - `,
`DAMASCUS, Syria (AP) — `, `(Beirut) – `, `Shafaq News/ `, lines like `Published: 2024-12-07`. What is not clearly one
of them is prose and stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from whoholds.ingest.dates import PROSE_DATE, find_published


@dataclass(frozen=True, slots=True)
class Header:
    """What the head of a text says of it; `body` is the code point offset at which the prose begins."""

    publisher: str | None = None
    published: date | None = None
    title: str | None = None
    url: str | None = None
    body: int = 0


class _Field(StrEnum):
    TITLE = "title"
    PUBLISHER = "publisher"
    PUBLISHED = "published"
    URL = "url"
    IGNORED = "ignored"


_KEYS = {
    **dict.fromkeys(("title", "headline", "subject"), _Field.TITLE),
    **dict.fromkeys(("publisher", "source", "outlet", "agency", "newspaper", "publication", "site"), _Field.PUBLISHER),
    **dict.fromkeys(
        ("date", "published", "published on", "published at", "publication date", "posted", "posted on", "pubdate", "dated"),
        _Field.PUBLISHED,
    ),
    **dict.fromkeys(("url", "link", "address", "permalink"), _Field.URL),
    **dict.fromkeys(
        ("author", "authors", "by", "byline", "updated", "last updated", "section", "tags", "language", "location", "dateline", "id"),
        _Field.IGNORED,
    ),
}
_LINES = 30
_TITLE_LENGTH = 200
_BYLINE_WORDS = 8

_NEXT_LINE = re.compile(r"[ \t\ufeff]*([^\n]*?)[ \t]*(?:\n|\Z)")
_KEYED = re.compile(r"([A-Za-z][A-Za-z -]{1,20}?)\s*:\s+(\S.*)")
_DATE_LINE = re.compile(
    rf"(?:(?:published|posted|updated|date)(?:\s+on)?:?\s+)?{PROSE_DATE}(?:[,\s|·-]+\d{{1,2}}[:.]\d\d.{{0,20}})?", re.IGNORECASE
)
_BYLINE = re.compile(r"[Bb][Yy]\s+[A-Z][^.!?:;]{2,80}")
_ENDS_PROSE = re.compile(r"[.!?…][\"”’')\]]?$|[,;:]$")

_DASH = r"\s*(?:--?|[—–―])\s+"
_NAME = r"[A-Z][\w'’`.&-]*"
_CAPITALS = r"[A-Z][A-Z'’`.-]{2,}(?:\s[A-Z][A-Z'’`.-]+){0,3}"
_PLACE = rf"{_NAME}(?:\s(?:{_NAME}|al|el|de|of)){{0,3}}"
_REGION = rf"(?:[,/]\s*{_NAME}(?:\s{_NAME}){{0,3}})"
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s+)?"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:[,.]?\s+{_WEEKDAY}(?:\d{{1,2}}\s+)?{_MONTH}(?:\s+\d{{1,2}})?(?:,?\s+\d{{4}})?,?)"
_PROSE_BEGINS = r"(?=[\"“‘'«(\[]*[A-Z0-9])"

_SEPARATOR = r"\s*[|·:;/–—-]+\s*"
# A sentence may begin with a date ("December 7, 2024 was the day"): only "date", figures or a dash set it apart.
_LEADING_DATES = (
    re.compile(rf"\s*(?:date|published|posted)(?:\s+on)?\s*:?\s+(?P<date>{PROSE_DATE})(?:{_SEPARATOR}|,?\s+)", re.IGNORECASE),
    re.compile(rf"\s*(?P<date>\d{{4}}-\d\d-\d\d)(?:{_SEPARATOR}|\s+){_PROSE_BEGINS}"),
    re.compile(rf"\s*(?P<date>{PROSE_DATE})\s*[|·:;/–—-]+\s+", re.IGNORECASE),
)
_MEDIA_WORD = r"(?:News|Agency|Press|Times|Post|Radio|TV|Media|Net|Network|Observer|Tribune|Herald)"
_DATELINES = tuple(
    re.compile(pattern + _PROSE_BEGINS)
    for pattern in (
        # BEIRUT, Dec 7 (Reuters) -   DAMASCUS, Syria (AP) —   Damascus, Syria (7:40 A.M.) –
        rf"\s*{_PLACE}{_REGION}?(?P<day>{_DAY})?\s*\((?P<inside>[^()\n]{{2,40}})\){_DASH}",
        # (Beirut) –   (Beirut, December 7, 2024) –
        rf"\s*\({_PLACE}{_REGION}?(?P<day>{_DAY})?\){_DASH}",
        # BEIRUT —   KYIV, Ukraine, Dec 7 —
        rf"\s*{_CAPITALS}{_REGION}?(?P<day>{_DAY})?{_DASH}",
        # AMMAN:
        rf"\s*{_CAPITALS}{_REGION}?:\s+",
        # Shafaq News/
        rf"\s*(?P<publisher>(?!The\s){_NAME}(?:\s{_NAME}){{0,3}}?)/\s+",
        rf"\s*(?P<publisher>{_NAME}(?:\s{_NAME}){{0,3}}?\s{_MEDIA_WORD})\s/\s+",
        # an agency's initials alone: (AFP) Turkey
        r"\s*\((?P<publisher>[A-Z]{2,8}|Reuters)\)\s+(?:[—–-]\s+)?",
        # the hour of a live report: 15:40 –
        rf"\s*\d{{1,2}}[:.]\d\d(?:\s?[AaPp]\.?[Mm]\.?)?(?:\s[A-Z]{{2,4}})?{_DASH}",
    )
)
_TIME_OR_DAY = re.compile(r"\d{1,2}[:.]\d\d|\b[AP]\.?M\b|\d{4}|\b(?:time|update[ds]?|local)\b", re.IGNORECASE)
_MOST_DATELINES = 3


def read_header(text: str, today: date, *, titled: bool = False) -> Header:
    """Return what the head of canonical `text` says of its publisher, day and title, and where its prose begins.

    Impossible and future dates (after `today` and a day) are passed over. With `titled` the first line is known to be
    the title.
    """
    header = Header()
    if titled:
        first = _NEXT_LINE.match(text)
        header = replace(header, title=first.group(1) if first else None, body=first.end() if first else 0)
    header = _skip_head_lines(text, header, today)
    header = _skip_datelines(text, header, today)
    return replace(header, body=_first_word(text, header.body))


def _skip_head_lines(text: str, header: Header, today: date) -> Header:
    for _ in range(_LINES):
        match = _NEXT_LINE.match(text, header.body)
        if match is None or header.body >= len(text):
            break
        line, end = match.group(1), match.end()
        taken = header if not line else _keyed_line(line, header, today) or _plain_line(line, text[end:], header, today)
        if taken is None:
            break
        header = replace(taken, body=end)
    return header


def _keyed_line(line: str, header: Header, today: date) -> Header | None:
    match = _KEYED.fullmatch(line)
    field = _KEYS.get(match.group(1).lower()) if match else None
    if match is None or field is None:
        return None
    value = match.group(2)
    if field is _Field.TITLE:
        return replace(header, title=header.title or value)
    if field is _Field.PUBLISHER:
        return replace(header, publisher=header.publisher or value)
    if field is _Field.PUBLISHED:
        return replace(header, published=header.published or find_published(value, today))
    return replace(header, url=header.url or value) if field is _Field.URL else header


def _plain_line(line: str, rest: str, header: Header, today: date) -> Header | None:
    """Take a line that is only a date, a byline, or (before any other prose) a headline."""
    if _DATE_LINE.fullmatch(line):
        return replace(header, published=header.published or find_published(line, today))
    if _BYLINE.fullmatch(line) and len(line.split()) <= _BYLINE_WORDS:
        return header
    return replace(header, title=line) if header.title is None and _is_headline(line, rest) else None


def _is_headline(line: str, rest: str) -> bool:
    """Tell a headline: one short line without a full stop, set off from the prose by an empty or a header line."""
    if len(line) > _TITLE_LENGTH or _ENDS_PROSE.search(line) or not rest.strip():
        return False
    following = rest.split("\n", 1)[0].strip()
    keyed = _KEYED.fullmatch(following)
    return not following or bool(_DATE_LINE.fullmatch(following)) or bool(keyed and keyed.group(1).lower() in _KEYS)


def _skip_datelines(text: str, header: Header, today: date) -> Header:
    if match := _first_match(_LEADING_DATES, text, header.body):
        published = find_published(match.group("date"), today)
        header = replace(header, published=header.published or published, body=match.end())
    for _ in range(_MOST_DATELINES):
        match = _first_match(_DATELINES, text, header.body)
        if match is None:
            break
        header = _with_dateline(header, match, today)
    return header


def _first_match(patterns: tuple[re.Pattern[str], ...], text: str, offset: int) -> re.Match[str] | None:
    return next(filter(None, (pattern.match(text, offset) for pattern in patterns)), None)


def _with_dateline(header: Header, match: re.Match[str], today: date) -> Header:
    found = match.groupdict()
    inside, day = found.get("inside"), found.get("day")
    publisher = found.get("publisher") or (inside if inside and not _TIME_OR_DAY.search(inside) else None)
    published = find_published(day or inside or "", today)
    return replace(
        header,
        publisher=header.publisher or publisher,
        published=header.published or published,
        body=match.end(),
    )


def _first_word(text: str, offset: int) -> int:
    while offset < len(text) and text[offset].isspace():
        offset += 1
    return offset
