"""What leaves the desk (DESIGN §7): private persons without their names, and nothing that helps to find troops of today.

Pure, and the one place that says who is private and what is too young: exports, answers and served pages ask it. A
private person is a source who is named, is no body, and holds no office: neither the words nor the registry give one. In
doubt a name is left out: an outlet that nobody knows loses more words than it needs to, a witness loses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from whoholds.export.rows import Row
from whoholds.export.shifting import Swap, shifted
from whoholds.model import Mention, Place, Reading, Report, Statement
from whoholds.ports import ReportHead
from whoholds.registry.lookup import Registry
from whoholds.registry.naming import naming
from whoholds.taxonomy import Feature, Kind, Relation, Role

DELAY = timedelta(hours=72)
"""How old a claim of where forces are must be, where no setting says otherwise."""

DELAYED = frozenset((Kind.POSITION, Kind.DEPLOYMENT, Kind.ADVANCE))
"""Kinds that say where forces stand or go; claims on the way to a place, and on roads, are delayed with them."""

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
        if not says_where(row.statement.kind, row.claim.relation, row.place.feature if row.place else None):
            return False
        last = _last_day(row.statement, row.report.published) or known_since.astimezone(UTC).date()
        return too_young(last, self.now, self.delay)

    def redacted(self, reading: Reading) -> tuple[Reading, int]:
        """Return `reading` with private persons as "a resident of X", wherever they are named, and how many they are."""
        people = private_people(reading, self.registry)
        if not people:
            return reading, 0
        names = _names(people)
        return shifted(reading, list(_swaps(reading.report.text, names)), names), len(people)


def private_people(reading: Reading, registry: Registry) -> dict[str, str]:
    """Return the name of each private person among the sources of a reading, with the words to call them by."""
    report = reading.report
    places = {claim.toponym.referent for claim in reading.extracted.claims if claim.toponym}
    people = {}
    for statement in reading.extracted.statements:
        attribution = statement.attribution
        for mention in (*attribution.via, *(() if attribution.own_voice else (attribution.source,))):
            officer = attribution.role is Role.UNKNOWN and _holds_office(mention, report.text)
            if not officer and mention.referent not in places and may_be_private(mention, attribution.role, registry, report):
                people[mention.referent] = _called(statement, reading)
    return people


def may_be_private(mention: Mention, role: Role, registry: Registry, report: Report | ReportHead) -> bool:
    """Tell whether a source, by what is said of it alone, may be a private person; its whole report may yet give it an office."""
    words = mention.referent
    if role not in PRIVATE or not _looks_like_a_person(words):
        return False
    known = registry.source_named(words, report.conflict, report.published)
    if known is not None:
        return not known.public_role and not known.generic
    return not (registry.actor_named(words, report.conflict, report.published) or registry.publisher_named(words))


def unnamed(text: str, person: str, called: str) -> str:
    """Return a text with a private person called by other words, wherever the name or a part of it stands."""
    for swap in sorted(_swaps(text, _names({person: called})), key=lambda swap: -swap.start):
        text = text[: swap.start] + swap.words + text[swap.end :]
    return text


def says_where(kind: Kind, relation: Relation, feature: Feature | None) -> bool:
    """Tell whether a claim of this kind, at a place of this feature, says where forces stand or which way they move."""
    return kind in DELAYED or relation is Relation.DIRECTION_OF or feature is Feature.ROUTE


def too_young(last: date, now: datetime, delay: timedelta) -> bool:
    """Tell whether what speaks of days up to `last` is younger than `delay` at `now`."""
    # The day is the place's own: it ends no later than twelve hours after it does at Greenwich.
    ended = datetime.combine(last, time(12), tzinfo=UTC) + timedelta(days=1)
    return ended + delay > now


def _names(people: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return every form of the names of people, the longest first, each with the words to call them by."""
    return sorted(((name, instead) for person, instead in people.items() for name in _forms(person)), key=lambda pair: -len(pair[0]))


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
