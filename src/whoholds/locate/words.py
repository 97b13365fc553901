"""The words of `words.toml`, loaded once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from whoholds.errors import DataError


@dataclass(frozen=True, slots=True)
class Words:
    """Words that locating must know, in plain lower case; `kinds` by what they say of a place, `demonyms` word to country."""

    common: frozenset[str]
    people: frozenset[str]
    settlement: frozenset[str]
    region: frozenset[str]
    subregion: frozenset[str]
    countryside: frozenset[str]
    country: frozenset[str]
    part: frozenset[str]
    natural: frozenset[str]
    quantity: frozenset[str]
    direction: frozenset[str]
    demonyms: Mapping[str, str]


@cache
def words() -> Words:
    """Return the shipped words.

    Raises:
        DataError: when a list is missing.
    """
    path = Path(__file__).with_name("words.toml")
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        kinds = {kind: frozenset(listed) for kind, listed in table["kinds"].items()}
        demonyms = {word: country for country, listed in table["demonyms"].items() for word in listed}
        return Words(frozenset(table["common"].split()), frozenset(table["people"].split()), **kinds, demonyms=demonyms)
    except (KeyError, TypeError) as error:
        message = f"{path.name}: a list is missing or unknown ({error}); restore it"
        raise DataError(message) from error
