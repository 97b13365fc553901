"""Values of the model as columns hold them, and back: days, instants, mentions, lists.

An open end of a range is a day before or after all days (`OPEN_FIRST`, `OPEN_LAST`), so that overlap is two comparisons.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from whoholds.errors import ModelError
from whoholds.model import DateRange, Mention, Place, Span
from whoholds.taxonomy import Feature

Scalar = str | int | float | bytes | None
Columns = dict[str, Scalar]
"""A row to be written: what SQL calls its columns, and the values for them."""

OPEN_FIRST, OPEN_LAST = 0, date.max.toordinal() + 1

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_read = json.JSONDecoder().raw_decode


def clean(words: str) -> str:
    """Return `words` as both databases can hold them: no NUL, and `?` for halves of surrogate pairs (odd file names)."""
    if words.isascii() and "\0" not in words:
        return words
    return words.replace("\0", "\ufffd").encode(errors="replace").decode()


def cleaned(words: str | None) -> str | None:
    """Return `words` cleaned, or None."""
    return None if words is None else clean(words)


def folded(words: str) -> str:
    """Return `words` for search: compatible forms, no case, no accents, one space for all that is no letter or number."""
    marked = unicodedata.normalize("NFKD", words).casefold()
    letters = (sign for sign in unicodedata.normalize("NFKD", marked) if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in letters).split())


def day(number: int | None) -> date | None:
    """Return the day of an ordinal."""
    return None if number is None else date.fromordinal(number)


def ordinal(at: date | None) -> int | None:
    """Return the ordinal of a day."""
    return None if at is None else at.toordinal()


def range_columns(days: DateRange | None) -> tuple[int | None, int | None]:
    """Return first and last day of a range as ordinals, with the marks for open ends; both None where there is no range."""
    if days is None:
        return None, None
    return days.first.toordinal() if days.first else OPEN_FIRST, days.last.toordinal() if days.last else OPEN_LAST


@lru_cache(maxsize=20_000)
def date_range(first: int | None, last: int | None) -> DateRange | None:
    """Return the range that two ordinals stand for."""
    if first is None or last is None:
        return None
    return DateRange(
        None if first == OPEN_FIRST else date.fromordinal(first),
        None if last == OPEN_LAST else date.fromordinal(last),
    )


def microseconds(at: datetime) -> int:
    """Return an instant as microseconds since 1970 UTC.

    Raises:
        ModelError: when it has no time zone.
    """
    if at.tzinfo is None:
        message = f"{at}: an instant needs a time zone"
        raise ModelError(message)
    return (at - _EPOCH) // _MICROSECOND


def instant(number: int) -> datetime:
    """Return the instant of a count of microseconds, in UTC."""
    return _EPOCH + number * _MICROSECOND


def listed(values: Iterable[str]) -> str:
    """Return words as a JSON list."""
    return json.dumps(list(values), ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=20_000)
def unlisted(written: str) -> tuple[str, ...]:
    """Return the words of a JSON list."""
    return tuple(json.loads(written)) if written != "[]" else ()


def mention_column(mention: Mention | None) -> str | None:
    """Return a mention as JSON: start, end, words, referent, and where the referent stands; the report is its row's."""
    return None if mention is None else json.dumps(_parts(mention), ensure_ascii=False, separators=(",", ":"))


def mentions_column(mentions: Sequence[Mention]) -> str:
    """Return several mentions as JSON."""
    return json.dumps([_parts(mention) for mention in mentions], ensure_ascii=False, separators=(",", ":"))


def mention(report: str, written: str | None) -> Mention | None:
    """Return the mention that a column holds."""
    return None if written is None else _mention(report, _read(written)[0])


def some_mention(report: str, written: str) -> Mention:
    """Return the mention of a column that always holds one."""
    return _mention(report, _read(written)[0])


def mentions(report: str, written: str) -> tuple[Mention, ...]:
    """Return the mentions that a column holds."""
    return () if written == "[]" else tuple(_mention(report, parts) for parts in json.loads(written))


_Parts = tuple[int, int, str, str, int | None, int | None]


def _parts(mention: Mention) -> _Parts:
    at = mention.referent_span
    return mention.start, mention.end, mention.as_written, mention.referent, at.start if at else None, at.end if at else None


def _mention(report: str, parts: _Parts) -> Mention:
    start, end, as_written, referent, first, last = parts
    return Mention(report, start, end, as_written, referent, None if first is None or last is None else Span(first, last))


def place_columns(place: Place) -> Columns:
    """Return a place as its row."""
    return {
        "id": place.id,
        "name": place.name,
        "names": listed(place.names),
        "lat": place.lat,
        "lon": place.lon,
        "feature": place.feature.value,
        "admin": listed(place.admin),
        "population": place.population,
        "origin": place.origin,
        "licence": place.licence,
    }


PlaceRow = tuple[str, str, str, float, float, str, str, int | None, str, str]


def place(row: PlaceRow) -> Place:
    """Return the place of a row, its columns in the order of the table."""
    number, name, names, lat, lon, feature, admin, population, origin, licence = row
    return Place(number, name, unlisted(names), lat, lon, Feature(feature), unlisted(admin), population, origin, licence)
