"""Answers as JSON: the names of their fields, with private persons shielded and the note that every output carries."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

from whoholds.export import CAVEAT
from whoholds.export.records import Json, plain, written
from whoholds.queries.cited import Cited, shielded


def document(answer: object) -> str:
    """Return an answer as one JSON object: dates in ISO 8601, enums as their words, private persons as residents."""
    return written({"note": CAVEAT, **values(answer)}, indent=1)


def values(answer: object) -> dict[str, Json]:
    """Return an answer as JSON values, without the note."""
    found = _shielded(answer)
    return found if isinstance(found, dict) else {"answer": found}


def _shielded(value: object) -> Json:
    if isinstance(value, Cited):
        return plain(shielded(value))
    if isinstance(value, tuple):
        return [_shielded(entry) for entry in value]
    if isinstance(value, frozenset):
        return [_shielded(entry) for entry in sorted(value)]
    if is_dataclass(value) and not isinstance(value, type):
        made = {field.name: _shielded(getattr(value, field.name)) for field in fields(value)}
        edtf = getattr(value, "edtf", None)
        return made | {"edtf": edtf} if isinstance(edtf, str) else made
    return plain(value)
