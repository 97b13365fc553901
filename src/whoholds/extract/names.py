"""Names known before the parse: places of the gazetteer, actors and sources of the registry (pure)."""

from __future__ import annotations

import re
from calendar import day_abbr, day_name, month_abbr, month_name
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from whoholds.extract.syntax import Name, NameOf
from whoholds.ports import KnownName, ToponymFinder
from whoholds.registry import Registry
from whoholds.registry.bodies import is_demonym
from whoholds.registry.lexicon import Lexicon
from whoholds.registry.names import fold
from whoholds.taxonomy import Feature

LONGEST = 7
REACH = 60
"""Characters before a name that say what it is."""
SURE = 0.2
SHORTEST_CITY = 5
"""Letters from which on capitals alone may be a great city."""
FAMOUS = 0.8
"""How telling a place name must be to win over a party of the same name: countries and capitals are."""
SMALL = frozenset({"of", "for", "the", "and", "in", "al", "el", "de", "du", "bin", "ibn", "on"})
ARTICLES = frozenset({"The", "A", "An"})
WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
NAMING_TITLES = frozenset({"sheikh", "emir", "king", "marshal", "prime", "foreign", "major", "general"})
"""Titles that towns bear too ("Sheikh Miskin", "King Khalid"), and words of an office that say nothing alone."""
INSTITUTIONS = frozenset({"academy", "church", "clinic", "college", "court", "hospital", "library", "museum", "school", "university"})
"""Last words of names that stand in a place and are none; the parse reads them as facilities."""
CALENDAR = frozenset(name.lower() for names in (day_name, day_abbr, month_name, month_abbr) for name in names if name) | {"sept"}
CAPITAL_BEFORE = re.compile(r"\b([A-Z][\w’'-]+)\s$")
CAPITAL_AFTER = re.compile(r"\s((?:[Aa]l-)?[A-Z][\w’'-]+)")
CAPITALISED = r"(?:(?:[Aa]l|[Ee]l|[Aa]sh|[Aa]s|[Aa]d|[Aa]r|[Ee]z|[Uu]m|[Uu]mm)[ -])?[A-Z][\w’'`-]+"
UNKNOWN = re.compile(rf"\b{CAPITALISED}(?: (?:(?:al|el|as|ash|ez|de|wa)[ -])?[A-Z][\w’'`-]+){{0,3}}(?<!['’]s)(?<!['’])\b")
PLACE_BEFORE = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Aa]round|into|towards?|[Oo]utside|[Ii]nside|from|over|across|north of|south of|east of|west of|"
    r"retook|controls?|controlled|enter(?:ed|ing)?|shelled|bombed|stormed|liberated|abandoned|surrounded|encircled|holds|"
    r"recaptured|overran|besieged|"
    r"(?:towns?|villages?|city|cities|districts?|suburbs?|neighbou?rhoods?|hamlets?|settlements?|islands?|ports?|outskirts|parts|most|half|control|fall|capture|edge|"
    r"countryside|siege|all) of(?: the)?)\s$"
)
LIST_MARK = re.compile(r"(?:,|,? and|,? or| as well as|, and)\s$")
PERSON_AFTER = re.compile(r"['’]s\b|,? (?:said|told|says|added|wrote|announced)\b|\s\(|, (?:aged )?\d{1,3}(?:,|\.$)")
OF_A_PLACE = re.compile(r" of (?:the )?[A-Z]")
"""Behind a name on a list: somebody of that place ("A of Homs, B of Hama")."""
NUMBERED = re.compile(r" (?:\d+[A-Z]\b|[A-Z]\b(?!['’.]))")
"""Behind a word that is numbered by letters: "Class 3A", "Block B"."""
DATELINE = re.compile(r"(?:, [A-Z][\w. ]{1,24})?(?: \([^()]{2,40}\))? ?(?:—|–|--| - )")
OWNER = re.compile(r"['’]s$")
COMMON_AFTER = re.compile(r" [a-z(]")
"""Behind an owner that is a party of its own ("the Rebel Army's base"), not a part of a longer name ("the Rebel Army's 3rd Brigade")."""
TAIL = re.compile(r"-(?:[a-z]{1,3}[- ])?[A-Z]\w+")
ACRONYM = re.compile(r"[A-Z][A-Z0-9]{1,5}")
ABBREVIATION = re.compile(r"\s?\((?:the )?([A-Z][\w/&-]{1,9})\)")
OF_FEATURE = (
    (Feature.COUNTRY, NameOf.COUNTRY),
    (Feature.SETTLEMENT, NameOf.PLACE),
    (Feature.DISTRICT, NameOf.PLACE),
    (Feature.REGION, NameOf.REGION),
    (Feature.FACILITY, NameOf.FACILITY),
)


@dataclass(frozen=True, slots=True)
class NameFinder:
    """Finds names in a paragraph; the longer name wins, and a place over a party of the same words."""

    toponyms: ToponymFinder
    actors: Collection[str]
    sources: Collection[str]
    persons: Collection[str]
    common: Collection[str]
    places: frozenset[str]
    titles: Collection[str]

    @classmethod
    def of(cls, toponyms: ToponymFinder, registry: Registry, lexicon: Lexicon) -> NameFinder:
        """Take the places from the gazetteer and the parties from the registry; common nouns of the lexicon are no names."""
        sources = registry.source_names()
        persons = {name for name, ids in sources.items() if not any(registry.sources[i].organisation for i in ids)}
        common = lexicon.actors.force | lexicon.actors.polity | lexicon.saying.source | frozenset(lexicon.saying.role)
        places = lexicon.places.any | lexicon.places.civil | lexicon.saying.office
        titles = {title.rstrip(".") for title in lexicon.saying.office} - NAMING_TITLES
        return cls(toponyms, registry.actor_names().keys(), sources.keys(), persons, common, places, titles)

    def find(self, text: str) -> tuple[Name, ...]:
        """Return the names in `text`, in order, none overlapping; an abbreviation in brackets belongs to its name."""
        parties = list(self._parties(text))
        spans = {(name.start, name.end) for name in parties}
        sure = [known for known in self._sure(text) if known.prominence >= FAMOUS or (known.span.start, known.span.end) not in spans]
        found = [*self._whole(text, [_place(known, text) for known in sure], parties), *parties]
        found.sort(key=lambda name: (-(name.end - name.start), not name.of.locates))
        kept: list[Name] = []
        for name in found:
            if not any(name.start < other.end and other.start < name.end for other in kept):
                kept.append(name)
        kept += self._guessed(text, sorted(kept, key=lambda name: name.start))
        return tuple(sorted((_with_abbreviation(text, name) for name in kept), key=lambda name: name.start))

    def _whole(self, text: str, places: Sequence[Name], parties: Sequence[Name]) -> Iterator[Name]:
        """Yield the places; one that is only part of a longer unknown name is that name where a place must stand, else none.

        "Shushan Stepanyan" is no Stepanyan, "in Verkhnia Balka" no Balka.
        """
        taken = {end for name in (*places, *parties) for end in (name.start, name.end)}
        for place in places:
            before, after = _before(CAPITAL_BEFORE, text, place.start), CAPITAL_AFTER.match(text, place.end)
            if before is not None and (before.start(1) in taken or self._opens(text, before.start(1)) or not self._is_name(before[1])):
                before = None
            kind_last = not self._is_name(text[place.start : place.end].rsplit(maxsplit=1)[-1])
            if after is not None and (kind_last or after.start(1) in taken or self._is_titled(after[1]) or not self._is_name(after[1])):
                after = None
            if before is None and after is None:
                yield place
                continue
            start, end = before.start(1) if before else place.start, after.end(1) if after else place.end
            if _before(PLACE_BEFORE, text, start) is not None:
                yield Name(start, end, NameOf.PLACE)

    def _is_name(self, word: str) -> bool:
        lower, single = word.lower(), word.lower().rstrip("s")
        return lower not in CALENDAR and single not in self.common and lower not in self.places and single not in self.places

    def _is_kind(self, written: str) -> bool:
        """Tell whether a word is a mere kind of place or thing ("School"), no unit ("Regiment 16 Base")."""
        kinds = {written.lower(), written.lower().rstrip("s")}
        return not kinds.isdisjoint(self.places) and kinds.isdisjoint(self.common)

    def _is_titled(self, word: str) -> bool:
        """Tell whether a word is a title, in full or shortened."""
        return word.lower().rstrip(".") in self.titles

    @staticmethod
    def _opens(text: str, at: int) -> bool:
        """Tell whether a word opens a sentence, where a capital says nothing."""
        return text[:at].rstrip(" \"'“”‘’(")[-1:] in {"", ".", "!", "?", ":", "\n"}

    def _guessed(self, text: str, known: Sequence[Name]) -> Iterator[Name]:
        """Yield unknown names that stand where only a place can, and the names on a list with one.

        "in Kibirizi", "the villages of Nyamitaba, Kilolirwe and Mulimbi": the parser keeps such lists together only
        if it takes them for places.
        """
        ends = {name.end for name in known if name.of.locates}
        parties = [name for name in known if not name.of.locates]
        for match in UNKNOWN.finditer(text):
            located = _before(PLACE_BEFORE, text, match.start())
            listed = _before(LIST_MARK, text, match.start())
            if located is None and not (listed is not None and listed.start() in ends):
                continue
            if any(match.start() < name.end and name.start < match.end() for name in known):
                continue
            if located is None and OF_A_PLACE.match(text, match.end()):
                continue
            if self._is_place(match[0]) and not self._is_someone(text, match) and not self._apposed(text, match, parties):
                ends.add(match.end())
                yield Name(match.start(), match.end(), NameOf.PLACE)

    @staticmethod
    def _is_someone(text: str, match: re.Match[str]) -> bool:
        """Tell whether what follows says that the words name a person or a numbered thing."""
        return PERSON_AFTER.match(text, match.end()) is not None or NUMBERED.match(text, match.end()) is not None

    def _is_place(self, written: str) -> bool:
        """Tell whether words may name a place: no date, no acronym, no nationality, no holder of an office, no mere kind of thing."""
        words = written.split()
        if self._is_titled(words[0]) or words[-1].lower() in INSTITUTIONS or self._is_kind(written):
            return False
        if any(word.lower() in CALENDAR or word.isupper() for word in words) or len(written) <= 2:  # noqa: PLR2004
            return False
        adjective = len(words) == 1 and is_demonym(written)
        return not adjective and words[0] not in ARTICLES

    @staticmethod
    def _apposed(text: str, match: re.Match[str], parties: Sequence[Name]) -> bool:
        """A name on the list of a party is another party ("the SDF, Asayish and …")."""
        return any(text[name.end : match.start()].strip(" ,") in {"", "and"} for name in parties if name.end <= match.start())

    def _sure(self, text: str) -> Sequence[KnownName]:
        found = [
            known for known in self.toponyms.find(text) if known.prominence >= SURE and known.span.of(text).lower() not in INSTITUTIONS
        ]
        return [known for known in found if Feature.COUNTRY in known.features or not self._is_acronym(known, text)]

    def _is_acronym(self, known: KnownName, text: str) -> bool:
        """Tell whether capitals are an acronym, not a great city in capitals ("BEIRUT: …") nor the place of a dateline ("ZABUL --")."""
        city = known.span.end - known.span.start >= SHORTEST_CITY and (
            known.prominence >= FAMOUS or (self._opens(text, known.span.start) and DATELINE.match(text, known.span.end) is not None)
        )
        return not city and ACRONYM.fullmatch(known.span.of(text)) is not None

    def _parties(self, text: str) -> Iterator[Name]:
        """Yield the longest known party at each capitalised word."""
        words = list(WORD.finditer(text))
        skip_to = 0
        for i, word in enumerate(words):
            if word.start() < skip_to or word[0] in ARTICLES or not (word[0][0].isupper() or word[0][0].isdigit()):
                continue
            for last in words[min(i + LONGEST, len(words)) - 1 : i - 1 if i else None : -1]:
                written = text[word.start() : last.end()]
                if " " in written and COMMON_AFTER.match(text, last.end()):
                    written = OWNER.sub("", written)
                name = self._party(written, word.start())
                if name is not None:
                    skip_to = name.end
                    yield name
                    break

    def _party(self, written: str, start: int) -> Name | None:
        if any(c in written for c in "\n()[],:;") or written.endswith(("'s", "’s")) or written.rsplit(maxsplit=1)[-1].lower() in SMALL:
            return None
        words = [word for word in written.split() if word.lower() not in SMALL]
        if (
            written.rsplit(maxsplit=1)[-1].lower() in SMALL
            or not all(word[0].isupper() or word[0].isdigit() for word in words)
            or written.lower().rstrip("s") in self.common
        ):
            return None
        folded = fold(written)
        if folded in self.persons and len(words) > 1:
            return Name(start, start + len(written), NameOf.PERSON)
        if folded in self.actors:
            return Name(start, start + len(written), NameOf.ACTOR)
        return Name(start, start + len(written), NameOf.SOURCE) if folded in self.sources else None


def _before(pattern: re.Pattern[str], text: str, end: int) -> re.Match[str] | None:
    """Find what stands right before `end`; the search starts no farther back than the longest that `pattern` can match."""
    return pattern.search(text, max(0, end - REACH), end)


def _place(known: KnownName, text: str) -> Name:
    tail = TAIL.match(text, known.span.end)
    of = next((name for feature, name in OF_FEATURE if feature in known.features), NameOf.PLACE)
    return Name(known.span.start, tail.end() if tail else known.span.end, of)


def _with_abbreviation(text: str, name: Name) -> Name:
    match = ABBREVIATION.match(text, name.end)
    return Name(name.start, match.end(), name.of) if match and not name.of.locates else name
