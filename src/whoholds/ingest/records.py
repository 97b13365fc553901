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
_FIELDS = frozenset({TEXT, IDENTITY, PUBLISHED, TITLE, URL, *PUBLISHERS})
# A bool is an int to Python, so it comes first.
_JSON_NAMES = {dict: "an object", list: "an array", str: "text", bool: "true or false", int: "a number", float: "a number"}


class _Doubled(dict[str, object]):
    """An object that gives a field of a record twice: nobody can tell which one is meant."""


def parse_json(written: str) -> object:
    """Return the value of a JSON document.

    Raises:
        BadRecordError: when `written` is no JSON, or nested too deeply to be a record.
    """
    try:
        value: object = json.loads(written, object_pairs_hook=_object)
    except RecursionError:
        message = 'this JSON is nested too deeply to be a report; give records like {"id": ..., "text": ...}'
        raise BadRecordError(message) from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, character {error.colno}" if error.lineno > 1 else f"character {error.colno}"
        message = f"no valid JSON: {error.msg} at {where}; give one record a line, or an array of records"
        raise BadRecordError(message) from None
    except ValueError:
        # Python reads no whole number beyond some thousand digits.
        message = "no valid JSON: it holds a number of thousands of digits; write that as text, or leave it out"
        raise BadRecordError(message) from None
    return value


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    keys = [key for key, _ in pairs]
    return _Doubled(made) if any(keys.count(key) > 1 for key in _FIELDS) else made


def draft_of(record: object, today: date) -> Draft:
    """Return the draft that a record {id, outlet or publisher, published, title, url, text} makes; other keys are ignored.

    Raises:
        BadRecordError: when it is no object, has no text, or a field holds what it cannot hold.
    """
    if not isinstance(record, dict):
        message = f'a record must be a JSON object with a "text", not {_json_name(record)}'
        raise BadRecordError(message)
    if isinstance(record, _Doubled):
        message = "the record gives one of its fields twice; keep the one that is meant"
        raise BadRecordError(message)
    text = _words(record, TEXT)
    if text is None:
        found = f'its "{TEXT}" is empty' if TEXT in record else f"its keys: {', '.join(record)[:80] or 'none'}"
        message = f'the record has no "{TEXT}" ({found})'
        raise BadRecordError(message)
    identity = identity_of(record)
    _refuse_half_pairs(identity or "", IDENTITY)
    publisher = next(filter(None, (_words(record, key) for key in PUBLISHERS)), None)
    return Draft(
        text=text,
        sha256=record_sha256(record),
        origin_id=identity,
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
        message = f'"{key}" must be text, not {_json_name(value)}'
        raise BadRecordError(message)
    if key != TEXT:
        _refuse_half_pairs(value, key)
    return value


def _json_name(value: object) -> str:
    return next((name for kind, name in _JSON_NAMES.items() if isinstance(value, kind)), "null")


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
