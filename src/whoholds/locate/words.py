"""The words of `words.toml`, loaded once."""

from __future__ import annotations

import gzip
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from whoholds.errors import DataError

ROLES = ("title", "bearer", "illness", "acting", "locative", "inside", "peopled", "speaking", "institution")


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Words that locating must know, in plain lower case.

    First the kinds, by what they say of a place; `demonyms` and `nationalities`
    lead from a word to its country, the former with the parties of its war. `title` stands before people,
    `bearer` after a name that a street or a unit bears, `illness` after one
    that an illness bears, `acting` after a capital that stands for a government, `locative`
    before a place, `inside` before nothing but a place, `peopled` behind one; `speaking` beside whoever speaks, `institution`
    behind the town that runs it. `english` are words and `bearers_of_names` first and family names that meet the name of some place;
    `first_names` are all that are known.
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
    nationalities: Mapping[str, str]
    country_codes: Mapping[str, str]
    title: frozenset[str]
    bearer: frozenset[str]
    illness: frozenset[str]
    acting: frozenset[str]
    locative: frozenset[str]
    inside: frozenset[str]
    peopled: frozenset[str]
    speaking: frozenset[str]
    institution: frozenset[str]
    english: frozenset[str]
    bearers_of_names: frozenset[str]
    first_names: frozenset[str]

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
        roles = {role: frozenset(table["roles"][role].split()) for role in ROLES}
        uses = _ambiguous()
        ambiguous = {"english": uses["e"], "bearers_of_names": uses["f"] | uses["l"], "first_names": uses["f"]}
        lists = {name: frozenset(table[name].split()) for name in ("common", "people")}
        return Words(
            **lists,
            **kinds,
            **roles,
            **ambiguous,
            demonyms=_countries(table["demonyms"]),
            nationalities=_countries(table["nationalities"]),
            country_codes=table["country_codes"],
        )
    except (KeyError, TypeError) as error:
        message = f"{path.name}: a list is missing or unknown ({error}); restore it"
        raise DataError(message) from error


def _countries(listed: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the country of each word of a table of words by country."""
    return {word: country for country, names in listed.items() for word in names}


def _ambiguous() -> dict[str, frozenset[str]]:
    """Return the words that meet the name of a place by their use: `e` English, `f` first names, `l` family names."""
    packed = gzip.decompress(Path(__file__).with_name("english.tsv.gz").read_bytes()).decode()
    pairs = [line.split("\t") for line in packed.splitlines()]
    return {use: frozenset(word for word, uses in pairs if use in uses) for use in "efl"}
