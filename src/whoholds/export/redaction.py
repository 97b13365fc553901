"""What leaves the desk (DESIGN §7): private persons without their names, and nothing that helps to find troops of today.

Pure. A private person is a source who is named, is no body, and holds no office: neither the words nor the registry
give one. In doubt a name is left out: an outlet that nobody knows loses more words than it needs to, a witness loses
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from whoholds.export.rows import Row
from whoholds.export.shifting import Swap, shifted
from whoholds.model import Mention, Place, Reading, Statement
from whoholds.registry.lookup import Registry
from whoholds.registry.naming import naming
from whoholds.taxonomy import Feature, Kind, Relation, Role

DELAYED = frozenset((Kind.POSITION, Kind.DEPLOYMENT))
"""Kinds that say where forces stand now; claims on the way to a place, and on roads, are delayed with them."""

PRIVATE = frozenset((Role.WITNESS, Role.UNKNOWN))
"""Roles in which the words give a source no office and no body."""

LEAST_NAME, MOST_WORDS = 4, 5

BESIDE = 40
"""How many characters before and after a name its office may stand in."""

_WORD = re.compile(r"[^\W\d_][\w'’.-]*")


@dataclass(frozen=True, slots=True)
class Curtain:
    """What may be shown: `delay` is how old a claim of position must be at `now`."""

    registry: Registry
    now: datetime
    delay: timedelta

    def hides(self, row: Row, known_since: datetime) -> bool:
        """Tell whether a claim is too young to leave: it says where forces are, or which way they go.

        Where neither the words nor the report give a day, its age counts from `known_since`.
        """
        if not says_where(row):
            return False
        last = _last_day(row.statement, row.report.published) or known_since.astimezone(UTC).date()
        # The day is the place's own: it ends no later than twelve hours after it does at Greenwich.
        ended = datetime.combine(last, time(12), tzinfo=UTC) + timedelta(days=1)
        return ended + self.delay > self.now

    def redacted(self, reading: Reading) -> tuple[Reading, int]:
        """Return `reading` with private persons as "a resident of X", wherever they are named, and how many they are."""
        people = dict(self._private(reading))
        if not people:
            return reading, 0
        names = [(name, instead) for person, instead in people.items() for name in _forms(person)]
        names.sort(key=lambda pair: -len(pair[0]))
        return shifted(reading, list(_swaps(reading.report.text, names)), names), len(people)

    def _private(self, reading: Reading) -> Iterator[tuple[str, str]]:
        """Yield the name of each private person among the sources, with the words to call them by."""
        for statement in reading.extracted.statements:
            attribution = statement.attribution
            mentions = (*attribution.via, *(() if attribution.own_voice else (attribution.source,)))
            for mention in mentions:
                public = attribution.role not in PRIVATE or (
                    attribution.role is Role.UNKNOWN and _holds_office(mention, reading.report.text)
                )
                if not public and self._is_person(mention, reading):
                    yield mention.referent, _called(statement, reading)

    def _is_person(self, mention: Mention, reading: Reading) -> bool:
        words = mention.referent
        report = reading.report
        if not _looks_like_a_person(words):
            return False
        known = self.registry.source_named(words, report.conflict, report.published)
        if known is not None:
            return not known.public_role and not known.generic
        if self.registry.actor_named(words, report.conflict, report.published) or self.registry.publisher_named(words):
            return False
        return words not in {claim.toponym.referent for claim in reading.extracted.claims if claim.toponym}


def says_where(row: Row) -> bool:
    """Tell whether a claim says where forces stand or which way they move."""
    feature = row.place.feature if row.place else None
    return row.statement.kind in DELAYED or row.claim.relation is Relation.DIRECTION_OF or feature is Feature.ROUTE


def _looks_like_a_person(words: str) -> bool:
    found = _WORD.findall(words)
    if not 1 <= len(found) <= MOST_WORDS or naming().bodies.intersection(found):
        return False
    named = [word for word in found if word.lower() not in naming().particles and not word.lower().startswith(("al-", "el-"))]
    return bool(named) and all(word[0].isupper() for word in named) and not all(word.isupper() for word in named)


def _holds_office(mention: Mention, text: str) -> bool:
    """Tell whether the words beside a name, anywhere in the report, give it an office: "Lieutenant-General X", "X, the minister"."""
    for found in re.finditer(rf"(?<!\w){re.escape(mention.referent)}(?!\w)", text):
        beside = text[max(0, found.start() - BESIDE) : found.start()] + text[found.end() : found.end() + BESIDE]
        if naming().offices.intersection(word.lower() for word in _WORD.findall(beside)):
            return True
    return False


def _forms(person: str) -> Iterator[str]:
    """Yield the whole name, then what else it is called by: its parts that are names by themselves."""
    yield person
    words = person.split()
    if len(words) > 1:
        yield from (word for word in words if len(word) >= LEAST_NAME and word.lower() not in naming().particles)


def _called(statement: Statement, reading: Reading) -> str:
    place = next((found for found in _places(statement, reading)), None)
    return f"a resident of {place.name}" if place else "a resident"


def _places(statement: Statement, reading: Reading) -> Iterator[Place]:
    for claim in reading.extracted.claims:
        found = reading.resolutions.get(claim.id) if claim.statement == statement.id else None
        if found and found.place:
            yield found.place


def _swaps(text: str, names: Iterable[tuple[str, str]]) -> Iterator[Swap]:
    """Yield where the names stand as whole words, the longest first, none inside another."""
    taken: list[Swap] = []
    for name, instead in names:
        for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            swap = Swap(found.start(), found.end(), instead)
            if not any(other.start < swap.end and swap.start < other.end for other in taken):
                taken.append(swap)
                yield swap


def _last_day(statement: Statement, published: date | None) -> date | None:
    """Return the last day that a claim may speak of; where the words give none, the day of publication."""
    event = statement.event_date
    return (event.last if event else None) or published
