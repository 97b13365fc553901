"""A draft becomes a report: limits, canonical text, header, publisher and day, language, identity."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from whoholds.errors import InputError, NotTextError, TooLargeError
from whoholds.identity import report_id
from whoholds.ingest.canonical import CANONICALISER, canonicalise
from whoholds.ingest.dates import Published
from whoholds.ingest.decoding import refuse_html
from whoholds.ingest.header import Header, read_header
from whoholds.ingest.language import language_of
from whoholds.model import Report
from whoholds.ports import Hints

MAX_CHARS = 2_000_000


def today() -> date:
    """Return the current day, UTC."""
    return datetime.now(UTC).date()


@dataclass(frozen=True, slots=True)
class Limits:
    """What a report may be: at most `max_chars` code points, published not later than the day after `today`."""

    max_chars: int = MAX_CHARS
    today: date = field(default_factory=today)


@dataclass(frozen=True, slots=True)
class Draft:
    """A report's words as decoded, and what its record says of them; `sha256` is that of the bytes they came in."""

    text: str
    sha256: str
    origin_id: str | None = None
    publisher: str | None = None
    published: Published | None = None
    title: str | None = None
    url: str | None = None


def compose(draft: Draft, hints: Hints, limits: Limits) -> Report:
    """Return the report that `draft` makes: what its record says wins over `hints`, and these over its head and dateline.

    Raises:
        TooLargeError: when the text is longer than the limit.
        NotTextError: when it is HTML or holds halves of surrogate pairs.
        InputError: when it is empty, or a hint holds halves of surrogate pairs.
    """
    _refuse_unreadable(draft.text, limits)
    _refuse_halves(hints)
    title = _one_line(draft.title or hints.title)
    text = _titled(canonicalise(draft.text), title)
    header = read_header(text, limits.today, titled=title is not None)
    publisher = _one_line(draft.publisher) or _one_line(hints.publisher) or header.publisher
    published = _published(draft, hints, header)
    url = draft.url or hints.url or header.url
    return Report(
        id=report_id(text, publisher, published.day if published else None, url),
        origin_id=draft.origin_id,
        publisher=publisher,
        title=title or header.title,
        text=text,
        url=url,
        published=published.day if published else None,
        published_at=published.at if published else None,
        language=language_of(text[header.body :] or text),
        conflict=None,
        raw_sha256=draft.sha256,
        canonicaliser=CANONICALISER,
        body=header.body,
    )


def _refuse_unreadable(text: str, limits: Limits) -> None:
    if len(text) > limits.max_chars:
        message = f"longer than {limits.max_chars:,} characters; split it into its reports, or raise max_report_chars"
        raise TooLargeError(message)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        message = f"half a surrogate pair at character {error.start}; save the text again as UTF-8"
        raise NotTextError(message) from error
    if not canonicalise(text).strip():
        message = "the text is empty; give the words of a news report"
        raise InputError(message)
    refuse_html(text)


def _refuse_halves(hints: Hints) -> None:
    """Refuse what a terminal that writes no UTF-8 gave: it has no bytes to be hashed or stored as."""
    for name, words in (("publisher", hints.publisher), ("title", hints.title), ("url", hints.url)):
        try:
            (words or "").encode()
        except UnicodeEncodeError as error:
            message = f"{name}: half a surrogate pair at character {error.start}; write it in UTF-8"
            raise InputError(message) from error


def _published(draft: Draft, hints: Hints, header: Header) -> Published | None:
    day = hints.published or header.published
    return draft.published or (Published(day) if day else None)


def _one_line(words: str | None) -> str | None:
    return " ".join(canonicalise(words).split()) or None if words else None


def _titled(text: str, title: str | None) -> str:
    """Put the title first, unless the text begins with it already."""
    if title is None or text.lstrip().split("\n", 1)[0].strip() == title:
        return text.lstrip("\n") if title else text
    return f"{title}\n{text}"
