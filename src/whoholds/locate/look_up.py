"""Looks names up, many at once: by strict key, read as the press writes, and only where that finds nothing by skeleton."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from zlib import crc32

import numpy as np
import numpy.typing as npt

from whoholds.locate.columns import Checks, Columns, Flags, Numbers, Records
from whoholds.locate.edits import similarities
from whoholds.locate.geometry import rough_km
from whoholds.locate.hits import HIT, Hits, joined
from whoholds.locate.names import folded, german_key, plain, skeleton, strict_key
from whoholds.locate.places import LEAST_SIMILARITY, Match, Row, feature_of
from whoholds.locate.table import DEGREE, NO_PEOPLE, PlaceTable, key_hash

MOST_SKELETON_FINDS = 400
SAME_PLACE_KM = 5.0
"""A place of the user's hides an embedded one of its name and kind within this distance."""
_PRESS_LETTERS = re.compile("j|sch|tch|w")


class LookUp:
    """Finds places by name in the open index files (what the numbers of its finds stand for, it knows: a `hits.Atlas`)."""

    def __init__(self, tables: Sequence[PlaceTable]) -> None:
        """Take the open index files, the one that wins first."""
        self._tables = tuple(tables)
        self._columns = [Columns(table) for table in tables]
        self.codes: tuple[str, ...] = tuple(dict.fromkeys(code for table in tables for code in table.codes))
        self.countries: Sequence[str] = list(dict.fromkeys(["", *(country for table in tables for country in table.countries)]))
        self.country_numbers: Mapping[str, int] = MappingProxyType({country: number for number, country in enumerate(self.countries)})
        numbers = {code: number for number, code in enumerate(self.codes)}
        self._codes = [np.array([numbers[code] for code in table.codes], np.uint16) for table in tables]
        self._countries = [np.array([self.country_numbers[one] for one in table.countries], np.uint16) for table in tables]
        self._own_countries = {crc32(country.encode()): number for number, country in enumerate(self.countries) if country}
        self._none = np.zeros(0, HIT)
        self.none = Hits(self, self._none)

    def row(self, table: int, number: int) -> Row:
        """Return a place."""
        return self._tables[table].row(number)

    def steps_of(self, finds: Records) -> tuple[Numbers, Checks]:
        """Return how many areas are around each find, and the CRC-32 of the ids of all."""
        if len(self._columns) == 1:
            return self._columns[0].steps_of(finds["path"].astype(np.int64))
        each = [self._columns[int(find["table"])].steps_of(np.array([find["path"]], np.int64)) for find in finds]
        counts = np.array([int(count[0]) for count, _ in each], np.int64)
        return counts, np.concatenate([np.zeros(0, np.uint32), *(steps for _, steps in each)])

    def named(self, names: Sequence[str]) -> list[Hits]:
        """Return for each name the places that bear it."""
        spelled = [plain(name) for name in names]
        keys = [folded(one) for one in spelled]
        forms = checks(spelled)
        found = self._split(*self.keyed(keys, forms))
        missing = [at for at, finds in enumerate(found) if not len(finds)]
        if missing:
            others = {at: german_key(names[at]) if _PRESS_LETTERS.search(spelled[at]) else "" for at in missing}
            self._fill(found, others, keys, forms)
        return [Hits(self, finds) for finds in found]

    def alike(self, names: Sequence[str]) -> list[Hits]:
        """Return for each name the places whose names have its consonants and resemble it, the likest first."""
        return [Hits(self, finds) for finds in self._alike([strict_key(name) for name in names])]

    def has_key(self, key: str) -> bool:
        """Tell whether a name of some place has this strict key."""
        return bool(self.keyed([key], checks([key]))[1][0])

    def keyed(self, keys: Sequence[str], forms: Checks) -> tuple[Records, Numbers]:
        """Return the finds by strict key, those of a key together, and where those of each key end.

        `forms` are the `checks` of the plain forms of the names, which tell whether a place is spelled so.
        """
        hashes = np.array([key_hash(key.encode()) for key in keys], np.uint64)
        named = np.array([key != "" for key in keys], np.bool_)
        counts = np.zeros(len(keys), np.int64)
        finds, of = [], []
        for number, columns in enumerate(self._columns):
            counted, places = columns.places_of(np.where(named, hashes, ~np.uint64(0)))
            of.append(np.arange(len(keys)).repeat(counted))
            finds.append(self._finds(number, places, forms[of[-1]]))
            counts += counted
        if len(finds) == 1:
            return finds[0], np.cumsum(counts)
        return self._of_users(joined(finds), np.concatenate(of), len(keys))

    def _of_users(self, finds: Records, of: Numbers, count: int) -> tuple[Records, Numbers]:
        """Return finds of several files by key, without those that a place of the user's stands for."""
        order = np.argsort(of, kind="stable")
        finds, of = finds[order], of[order]
        kept = np.ones(len(finds), np.bool_)
        for key in np.unique(of[finds["table"] == 0]).tolist():
            span = slice(*np.searchsorted(of, [key, key + 1]).tolist())
            kept[span] = self._not_hidden(finds[span])
        return finds[kept], np.searchsorted(of[kept], np.arange(count), side="right")

    def _not_hidden(self, finds: Records) -> Flags:
        """Tell of each find whether no earlier one has its id, and no place of the user's its name and kind within a few kilometres."""
        kept: list[int] = []
        for at, find in enumerate(finds):
            same = any(self._hides(finds[other], find) for other in kept)
            if not same:
                kept.append(at)
        return np.isin(np.arange(len(finds)), kept)

    def _hides(self, newer: np.void, older: np.void) -> bool:
        if newer["check"] == older["check"]:
            return True
        kinds = {feature_of(self.codes[int(one["code"])]) for one in (newer, older)}
        if newer["table"] == older["table"] or len(kinds) > 1:
            return False
        return rough_km(float(newer["lat"]), float(newer["lon"]), float(older["lat"]), float(older["lon"])) < SAME_PLACE_KM

    def _finds(self, table: int, places: Numbers, forms: Checks) -> Records:
        """Return places of an index file as finds by strict key."""
        if not len(places):
            return self._none
        columns = self._columns[table]
        records = columns.records(places)
        finds = np.zeros(len(places), HIT)
        exact, own = columns.spelled(places, forms)
        finds["table"], finds["number"], finds["similarity"] = table, places, 1.0
        finds["match"], finds["own"] = np.where(exact, Match.EXACT, Match.FOLDED), own
        finds["code"] = self._codes[table][records["code"]]
        finds["lat"], finds["lon"] = records["lat"] / DEGREE, records["lon"] / DEGREE
        finds["people"] = np.where(records["people"] == NO_PEOPLE, -1.0, records["people"])
        for name in ("standing", "check", "path"):
            finds[name] = records[name]
        finds["country"] = self._countries[table][records["country"]]
        for at in np.flatnonzero(finds["country"] == 0).tolist():
            finds["country"][at] = self._own_countries.get(int(finds["check"][at]), 0)
        drawn = np.flatnonzero(records["settlement"])
        finds["settled"][drawn] = columns.steps_of(records["settlement"][drawn].astype(np.int64))[1]
        return finds

    def _fill(self, found: list[Records], others: Mapping[int, str], keys: Sequence[str], forms: Checks) -> None:
        """Find what is missing: by its key as the press writes it (`others`, by number), then by skeleton of either key."""
        pressed = [at for at, other in others.items() if other]
        if pressed:
            self._put(found, pressed, self._split(*self.keyed([others[at] for at in pressed], forms[pressed])))
        left = [at for at in others if not len(found[at])]
        self._put(found, left, self._alike([keys[at] for at in left]))
        left = [at for at in left if not len(found[at]) and others[at] not in {"", keys[at]}]
        self._put(found, left, self._alike([others[at] for at in left]))

    @staticmethod
    def _put(found: list[Records], places: Sequence[int], finds: Sequence[Records]) -> None:
        for at, some in zip(places, finds, strict=True):
            found[at] = some

    def _alike(self, keys: Sequence[str]) -> list[Records]:
        """Return for each key the finds by its skeleton, the likest first."""
        bones = [skeleton(key) for key in keys]
        asked = [at for at, bone in enumerate(bones) if bone]
        listed = [columns.keys_alike([bones[at] for at in asked]) for columns in self._columns] if asked else []
        pairs = [(at, other) for at, *others in zip(asked, *listed, strict=True) for other in _near_in_length(keys[at], others)]
        if not pairs:
            return [self._none] * len(keys)
        of, others = np.array([at for at, _ in pairs]), np.array([other for _, other in pairs])
        alike = similarities([key.encode() for key in keys], of, others)
        kept = np.flatnonzero(alike >= LEAST_SIMILARITY)
        kept = kept[np.lexsort((others[kept], -alike[kept], of[kept]))]
        finds, ends = self.keyed([other.decode() for other in others[kept].tolist()], np.zeros(len(kept), np.uint32))
        if not len(finds):
            return [self._none] * len(keys)
        counts = np.concatenate([ends[:1], ends[1:] - ends[:-1]])
        finds["match"], finds["own"] = Match.SKELETON, False
        finds["similarity"] = np.repeat(alike[kept], counts)
        owner = np.repeat(of[kept], counts)
        _, first = np.unique(owner.astype(np.uint64) << np.uint64(32) | finds["check"], return_index=True)
        first.sort()
        finds, owner = finds[first], owner[first]
        return [one[:MOST_SKELETON_FINDS] for one in self._split(finds, np.searchsorted(owner, np.arange(len(keys)), side="right"))]

    def _split(self, finds: Records, ends: npt.NDArray[np.int64]) -> list[Records]:
        """Return the finds of each key."""
        stops = ends.tolist()
        return [finds[start:stop] if stop > start else self._none for start, stop in zip([0, *stops], stops, strict=False)]


def checks(words: Sequence[str]) -> Checks:
    """Return the CRC-32 of each of `words`."""
    return np.array([crc32(word.encode()) for word in words], np.uint32)


def _near_in_length(key: str, lists: Iterable[Iterable[bytes]]) -> set[bytes]:
    """Return the keys of `lists` that are not so much longer or shorter than `key` that they cannot be alike enough."""
    least, most = LEAST_SIMILARITY * len(key), len(key) / LEAST_SIMILARITY
    return {other for others in lists for other in others if least <= len(other) <= most}
