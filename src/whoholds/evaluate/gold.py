"""Reads annotations, predictions in the exchange form, and alias tables.

A gold line is `{"id", "outlet", "claims": [...]}`, a claim has `quote`, `source`, `source_kind`, `stance`, `kind`, `actor`, `places`,
`places_resolved`, `when` and `distance_km`; one with several places is as many units. A predicted line is what `whoholds read --format
eval` writes: a claim for each place, with `place`, `place_name` and `evidence`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import NoReturn, TypeVar

from whoholds.errors import BadRecordError, InputError, MissingInputError
from whoholds.evaluate.align import ACTOR_WORDS, OWN_VOICE, PLACE_WORDS, SOURCE_WORDS, Comparison, Names, Unit
from whoholds.evaluate.metrics import days
from whoholds.taxonomy import Kind, Role, Stance

GOLD, TEXTS = ".gold.jsonl", ".in.jsonl"
"""How the files of a set end."""

PLACE_ALIASES, SOURCE_ALIASES, ACTOR_ALIASES = "place_aliases.json", "source_aliases.json", "actor_aliases.json"

Term = TypeVar("Term", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class GoldSet:
    """An annotated set: its name, its annotations, and the texts that lie beside them."""

    name: str
    gold: Path
    texts: Path


@dataclass(frozen=True, slots=True)
class Annotated:
    """The annotations of one report."""

    report: str
    outlet: str | None
    units: tuple[Unit, ...]


def gold_set(path: Path) -> GoldSet:
    """Return the set whose annotations are `path`.

    Raises:
        InputError: when the file's name does not end in `.gold.jsonl`.
        MissingInputError: when the file, or the texts beside it, are not there.
    """
    if not path.name.endswith(GOLD):
        message = f"{path}: annotations are called NAME{GOLD}, with their texts in NAME{TEXTS} beside them"
        raise InputError(message)
    name = path.name.removesuffix(GOLD)
    found = GoldSet(name, path, path.with_name(name + TEXTS))
    for file in (found.gold, found.texts):
        if not file.is_file():
            message = f"{file}: no such file; a set is NAME{GOLD} with NAME{TEXTS} beside it"
            raise MissingInputError(message)
    return found


def read_gold(path: Path) -> dict[str, Annotated]:
    """Return the annotations in `path` by report id, in their order.

    Raises:
        BadRecordError: when a line is no annotation, or a report comes twice; the message names file and line.
        InputError: when the file cannot be read.
    """
    found: dict[str, Annotated] = {}
    for line in _lines(path):
        report = line.required("id")
        if report in found:
            line.refuse(f"report {report!r} is annotated twice; join its claims")
        units = tuple(unit for claim in line.claims() for unit in _expanded(claim))
        found[report] = Annotated(report, line.text("outlet"), units)
    return found


def predicted_units(line: str, where: str) -> tuple[str, tuple[Unit, ...]]:
    """Return the report id and the units of one line in the exchange form; `where` names the line in errors.

    Raises:
        BadRecordError: when the line is not in the exchange form.
    """
    record = _record(line, where)
    units = tuple(
        replace(_unit(claim, "evidence"), place=claim.text("place"), place_name=claim.text("place_name")) for claim in record.claims()
    )
    return record.required("id"), units


def read_aliases(folder: Path | None) -> Comparison:
    """Return how names are compared with the alias tables in `folder`; by their words alone where there is none.

    A table is a JSON array of groups, each an array of names of one place, source or actor; one that is not there is empty.

    Raises:
        InputError: when a table is no such array.
    """
    if folder is None:
        return Comparison()
    return Comparison(
        Names(PLACE_WORDS, _groups(folder / PLACE_ALIASES)),
        Names(SOURCE_WORDS, _groups(folder / SOURCE_ALIASES)),
        Names(ACTOR_WORDS, _groups(folder / ACTOR_ALIASES)),
    )


def aliases_beside(gold: Path) -> Path | None:
    """Return the folder with alias tables that belongs to a set: its own, or the one above."""
    tables = (PLACE_ALIASES, SOURCE_ALIASES, ACTOR_ALIASES)
    return next((folder for folder in gold.absolute().parents[:2] if any((folder / table).is_file() for table in tables)), None)


@dataclass(frozen=True, slots=True)
class _Record:
    """A JSON object, and where it stands."""

    where: str
    fields: Mapping[str, object]

    def text(self, name: str) -> str | None:
        value = self.fields.get(name)
        if value is not None and not isinstance(value, str):
            self.refuse(f"{name} must be text or null")
        return value or None

    def required(self, name: str) -> str:
        value = self.text(name)
        if value is None:
            self.refuse(f"{name} is missing")
        return value

    def term(self, name: str, terms: type[Term]) -> Term:
        value = self.required(name)
        if value not in {term.value for term in terms}:
            self.refuse(f"{name} {value!r} is none of {', '.join(terms)}")
        return terms(value)

    def names(self, name: str) -> list[str]:
        value = self.fields.get(name) or []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.refuse(f"{name} must be an array of names")
        return value

    def claims(self) -> Iterator[_Record]:
        claims = self.fields.get("claims")
        if not isinstance(claims, list):
            self.refuse("claims must be an array")
        for number, claim in enumerate(claims, 1):
            if not isinstance(claim, dict):
                self.refuse(f"claim {number} must be an object")
            yield _Record(f"{self.where}, claim {number}", claim)

    def refuse(self, reason: str) -> NoReturn:
        message = f"{self.where}: {reason}"
        raise BadRecordError(message) from None


def _lines(path: Path) -> Iterator[_Record]:
    for number, line in enumerate(_content(path).splitlines(), 1):
        if line.strip():
            yield _record(line, f"{path}:{number}")


def _content(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: cannot be read ({error}); give UTF-8 text"
        raise InputError(message) from None


def _record(line: str, where: str) -> _Record:
    try:
        value = json.loads(line)
    except ValueError as error:
        message = f"{where}: no JSON ({error})"
        raise BadRecordError(message) from None
    if not isinstance(value, dict):
        message = f"{where}: must be a JSON object"
        raise BadRecordError(message)
    return _Record(where, value)


def _unit(claim: _Record, quote: str) -> Unit:
    """Return what gold and predicted claims have in common."""
    when = claim.text("when")
    try:
        days(when or "2000-01-01")
    except InputError as error:
        claim.refuse(str(error))
    return Unit(
        quote=claim.text(quote) or "",
        kind=claim.term("kind", Kind),
        stance=claim.term("stance", Stance),
        source=claim.text("source") or OWN_VOICE,
        actor=claim.text("actor"),
        when=when,
        distance=_kilometres(claim),
    )


def _expanded(claim: _Record) -> Iterator[Unit]:
    """Yield a unit for each place of a gold claim, or one without a place."""
    unit = _unit(claim, "quote")
    role = claim.term("source_kind", Role) if claim.text("source_kind") else None
    written = claim.names("places")
    resolved = claim.names("places_resolved") or written
    if len(written) != len(resolved):
        claim.refuse("places_resolved must have as many names as places")
    for place, name in zip(written, resolved, strict=True) if written else [(None, None)]:
        yield replace(unit, place=place, place_name=name, role=role)


def _kilometres(claim: _Record) -> float | tuple[float, ...] | None:
    value = claim.fields.get("distance_km")
    if value is None or isinstance(value, int | float):
        return value
    if not isinstance(value, list) or not all(isinstance(bound, int | float) for bound in value):
        claim.refuse("distance_km must be a number, [low, high] or null")
    return tuple(value)


def _groups(path: Path) -> tuple[tuple[str, ...], ...]:
    if not path.exists():
        return ()
    try:
        groups = json.loads(_content(path))
    except ValueError as error:
        message = f"{path}: no JSON ({error}); give an array of arrays of names"
        raise InputError(message) from None
    if not _grouped(groups):
        message = f"{path}: must be an array of arrays of names"
        raise InputError(message)
    return tuple(map(tuple, groups))


def _grouped(groups: object) -> bool:
    if not isinstance(groups, Sequence) or isinstance(groups, str):
        return False
    return all(isinstance(group, list) and all(isinstance(name, str) for name in group) for group in groups)
