"""JSON values → nouns of the model, each field checked against the type that the model gives it; `records.plain` undone."""

from __future__ import annotations

import math
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Final, TypeVar, Union, get_args, get_origin, get_type_hints

from whoholds.errors import BadRecordError
from whoholds.model import Place, Span

Noun = TypeVar("Noun")

NO_PLACES: Final[Mapping[str, Place]] = {}

_SHOWN = 60
_ENDS = 2


def noun(kind: type[Noun], value: object, where: str, places: Mapping[str, Place] = NO_PLACES) -> Noun:
    """Return the noun of a kind that a JSON value writes; keys that the model does not have are ignored.

    `where` names the value in messages. A place that is written as its id is taken from `places`.

    Raises:
        BadRecordError: when a field is missing or holds what it cannot hold.
        ModelError: when the model forbids the values together.
    """
    made = _decoded(kind, value, where, places)
    assert isinstance(made, kind)  # noqa: S101  what is decoded is of the kind that is asked for
    return made


def nouns(kind: type[Noun], value: object, where: str) -> tuple[Noun, ...]:
    """Return the nouns that a JSON array writes; raises as `noun`."""
    if not isinstance(value, list):
        raise _refused(where, "an array", value)
    return tuple(noun(kind, each, f"{where}[{number}]") for number, each in enumerate(value))


def _decoded(kind: object, value: object, where: str, places: Mapping[str, Place]) -> object:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        if value is None:
            return None
        kind = next(each for each in get_args(kind) if each is not type(None))
        origin = get_origin(kind)
    if origin in (tuple, frozenset):
        return _several(kind, value, where, places)
    assert isinstance(kind, type)  # noqa: S101  the model has no other types
    if kind is Place and isinstance(value, str):
        return _known(value, where, places)
    if kind is Span:
        return _span(value, where)
    if issubclass(kind, Enum):
        return _coded(kind, value, where)
    if is_dataclass(kind):
        return _noun(kind, value, where, places)
    return _scalar(kind, value, where)


def _noun(kind: type, value: object, where: str, places: Mapping[str, Place]) -> object:
    if not isinstance(value, dict):
        raise _refused(where, "an object", value)
    hints = _hints(kind)
    given: dict[str, object] = {}
    for field in fields(kind):
        if field.name in value:
            given[field.name] = _decoded(hints[field.name], value[field.name], f"{where}.{field.name}", places)
        elif field.default is MISSING and field.default_factory is MISSING:
            message = f"{where}.{field.name} is missing"
            raise BadRecordError(message)
    return kind(**given)


def _several(kind: object, value: object, where: str, places: Mapping[str, Place]) -> object:
    if not isinstance(value, list):
        raise _refused(where, "an array", value)
    member = get_args(kind)[0]
    made = (_decoded(member, each, f"{where}[{number}]", places) for number, each in enumerate(value))
    return frozenset(made) if get_origin(kind) is frozenset else tuple(made)


def _scalar(kind: type, value: object, where: str) -> object:
    if kind is float and isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    if kind in (str, int, bool) and type(value) is kind:
        return _writable(value, where)
    if issubclass(kind, date) and isinstance(value, str):
        try:
            return kind.fromisoformat(value)
        except ValueError:
            raise _refused(where, "an ISO 8601 date", value) from None
    names = {str: "text", int: "a whole number", float: "a number", bool: "true or false", date: "a date", datetime: "an instant"}
    raise _refused(where, names[kind], value)


def _writable(value: object, where: str) -> object:
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            message = f"{where} holds half a surrogate pair; write it as UTF-8"
            raise BadRecordError(message) from None
    return value


def _coded(kind: type[Enum], value: object, where: str) -> Enum:
    try:
        return kind(value)
    except ValueError:
        raise _refused(where, f"one of {', '.join(str(each.value) for each in kind)}", value) from None


def _span(value: object, where: str) -> Span:
    if isinstance(value, list) and len(value) == _ENDS and all(type(each) is int for each in value):
        return Span(*value)
    raise _refused(where, "[start, end]", value)


def _known(place_id: str, where: str, places: Mapping[str, Place]) -> Place:
    found = places.get(place_id)
    if found is None:
        message = f"{where}: no line before it has the place {place_id[:_SHOWN]!r}"
        raise BadRecordError(message)
    return found


@cache
def _hints(kind: type) -> dict[str, object]:
    return get_type_hints(kind)


def _refused(where: str, wanted: str, value: object) -> BadRecordError:
    return BadRecordError(f"{where} must be {wanted}, not {str(value)[:_SHOWN]!r}")
