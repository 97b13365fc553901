"""A JSON record becomes a draft: which keys count, and what is wrong with one that cannot be used."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date

from whoholds.errors import BadRecordError
from whoholds.ingest.dates import Published, parse_published
from whoholds.ingest.reports import Draft

TEXT, IDENTITY, PUBLISHED, TITLE, URL = "text", "id", "published", "title", "url"
PUBLISHERS = ("publisher", "outlet")


def parse_json(written: str) -> object:
    """Return the value of a JSON document.

    Raises:
        BadRecordError: when `written` is no JSON, or nested too deeply to be a record.
    """
    try:
        value: object = json.loads(written)
    except RecursionError:
        message = 'this JSON is nested too deeply to be a report; give records like {"id": ..., "text": ...}'
        raise BadRecordError(message) from None
    except ValueError as error:
        message = f"no valid JSON: {str(error)[:120]}; give one record a line, or an array of records"
        raise BadRecordError(message) from None
    return value


def draft_of(record: object, today: date) -> Draft:
    """Return the draft that a record {id, outlet or publisher, published, title, url, text} makes; other keys are ignored.

    Raises:
        BadRecordError: when it is no object, has no text, or a field holds what it cannot hold.
    """
    if not isinstance(record, dict):
        message = f'a record must be a JSON object with a "text", not {type(record).__name__}'
        raise BadRecordError(message)
    text = _words(record, TEXT)
    if text is None:
        message = f'the record has no "text" (its keys: {", ".join(map(str, record))[:80] or "none"})'
        raise BadRecordError(message)
    publisher = next(filter(None, (_words(record, key) for key in PUBLISHERS)), None)
    return Draft(
        text=text,
        sha256=record_sha256(record),
        origin_id=identity_of(record),
        publisher=publisher,
        published=_published(record, today),
        title=_words(record, TITLE),
        url=_words(record, URL),
    )


def identity_of(record: object) -> str | None:
    """Return the id that a record gives itself, as text; `None` where it gives none that can be used."""
    given = record.get(IDENTITY) if isinstance(record, dict) else None
    usable = isinstance(given, str | int) and not isinstance(given, bool)
    return str(given) if usable and given != "" else None


def record_sha256(record: Mapping[str, object]) -> str:
    """Return the hash of a record as canonical JSON, so that spacing and the order of its keys do not matter."""
    return hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()


def _words(record: Mapping[str, object], key: str) -> str | None:
    value = record.get(key)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        message = f'"{key}" must be text, not {type(value).__name__}'
        raise BadRecordError(message)
    if key != TEXT:
        _refuse_half_pairs(value, key)
    return value


def _refuse_half_pairs(value: str, key: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError as error:
        message = f'"{key}" holds half a surrogate pair at character {error.start}; write it as UTF-8'
        raise BadRecordError(message) from error


def _published(record: Mapping[str, object], today: date) -> Published | None:
    stated = _words(record, PUBLISHED)
    if stated is None:
        return None
    try:
        return parse_published(stated, today)
    except ValueError as error:
        message = f'"{PUBLISHED}": {error}'
        raise BadRecordError(message) from None
