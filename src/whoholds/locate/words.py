"""The words of `words.toml`, loaded once."""

from __future__ import annotations

import gzip
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from whoholds.errors import DataError


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Words that locating must know, in plain lower case.

    First the kinds, by what they say of a place; `demonyms` leads from a word to its country. `title` stands before people,
    `bearer` after a name that a street or a unit bears, `acting` after a capital that stands for a government, `locative`
    before a place. `english` are words, `bearers_of_names` first and family names, that meet the name of some place.
    """

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
    country_codes: Mapping[str, str]
    title: frozenset[str]
    bearer: frozenset[str]
    acting: frozenset[str]
    locative: frozenset[str]
    english: frozenset[str]
    bearers_of_names: frozenset[str]

    @property
    def kinds(self) -> frozenset[str]:
        """All words that say what kind of place is named."""
        return _all_kinds(self)


@cache
def _all_kinds(listed: Words) -> frozenset[str]:
    return listed.settlement | listed.region | listed.subregion | listed.countryside | listed.country | listed.part | listed.natural


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
        roles = {role: frozenset(table["roles"][role].split()) for role in ("title", "bearer", "acting", "locative")}
        english, bearers = _ambiguous()
        lists = {name: frozenset(table[name].split()) for name in ("common", "people")}
        return Words(
            **lists, **kinds, **roles, demonyms=demonyms, country_codes=table["country_codes"], english=english, bearers_of_names=bearers
        )
    except (KeyError, TypeError) as error:
        message = f"{path.name}: a list is missing or unknown ({error}); restore it"
        raise DataError(message) from error


def _ambiguous() -> tuple[frozenset[str], frozenset[str]]:
    """Return the English words and the names of people that meet the name of a place."""
    packed = gzip.decompress(Path(__file__).with_name("english.tsv.gz").read_bytes()).decode()
    pairs = [line.split("\t") for line in packed.splitlines()]
    english = frozenset(word for word, use in pairs if use != "person")
    return english, frozenset(word for word, use in pairs if use != "english")
