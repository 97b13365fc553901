"""The rows of the registry, as frozen data. Days are inclusive; an end that is None is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from whoholds.taxonomy import Role


class ActorKind(StrEnum):
    """What an actor is, in the categories of ACLED's `inter` (codebook 2024)."""

    STATE_FORCES = "state_forces"
    REBEL_GROUP = "rebel_group"
    POLITICAL_MILITIA = "political_militia"
    IDENTITY_MILITIA = "identity_militia"
    RIOTERS = "rioters"
    PROTESTERS = "protesters"
    CIVILIANS = "civilians"
    EXTERNAL_FORCES = "external_forces"

    @property
    def label(self) -> str:
        """The words that ACLED writes in its `inter` columns."""
        return "External/Other forces" if self is ActorKind.EXTERNAL_FORCES else self.value.replace("_", " ").capitalize()

    @property
    def code(self) -> int:
        """ACLED's number of the category, 1 to 8."""
        return list(ActorKind).index(self) + 1


class Bond(StrEnum):
    """How two sides stand to each other on a day."""

    HOSTILE = "hostile"
    ALLIED = "allied"
    TRUCE = "truce"
    UNALIGNED = "unaligned"


@dataclass(frozen=True, slots=True)
class Period:
    """First to last day, both inclusive; an open end is None."""

    first: date | None = None
    last: date | None = None

    def covers(self, day: date) -> bool:
        """Tell whether `day` lies in the period."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def overlaps(self, other: Period) -> bool:
        """Tell whether the two share a day."""
        starts_in_time = self.first is None or other.last is None or self.first <= other.last
        ends_in_time = self.last is None or other.first is None or other.first <= self.last
        return starts_in_time and ends_in_time


@dataclass(frozen=True, slots=True)
class Side:
    """A coalition in one conflict for a span of time; `id` is `conflict.side`, the name is neutral."""

    id: str
    name: str
    period: Period
    note: str | None = None

    @property
    def first(self) -> date | None:
        """First day of the side."""
        return self.period.first

    @property
    def last(self) -> date | None:
        """Last day of the side."""
        return self.period.last


@dataclass(frozen=True, slots=True)
class SideRelation:
    """How two sides stand to each other for a span of time; the order of `a` and `b` means nothing."""

    a: str
    b: str
    relation: Bond
    period: Period
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """An actor belongs to a side, or a source or publisher (then `actor` is its id) speaks for one, for a span of time."""

    actor: str
    side: str
    period: Period


@dataclass(frozen=True, slots=True)
class Actor:
    """A force or body that does or holds something in one conflict.

    The same `id` in two conflicts is the same actor. `generic` marks words that stand for a side's forces at large
    ("the army", "rebels"). `part_of` is the actor it is a unit of; a unit without memberships has those of the whole.
    `speaks_as` is its role where it is quoted.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    kind: ActorKind
    generic: bool = False
    part_of: str | None = None
    speaks_as: Role = Role.BELLIGERENT
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A war: its countries (ISO 3166-1 alpha-2, the main one first), days, sides and actors."""

    id: str
    name: str
    countries: tuple[str, ...]
    period: Period
    languages: tuple[str, ...]
    sides: tuple[Side, ...]
    actors: tuple[Actor, ...]
    memberships: tuple[Membership, ...]
    relations: tuple[SideRelation, ...]

    @property
    def first(self) -> date | None:
        """First day of the conflict."""
        return self.period.first

    @property
    def last(self) -> date | None:
        """Last day of the conflict."""
        return self.period.last


@dataclass(frozen=True, slots=True)
class Source:
    """Who may vouch for a claim: an organisation, an office-holder, or a generic kind ("residents").

    `memberships` say for which sides it speaks, and when; none for a source without a side. `speaks_for` is the source
    whose view an office-holder gives. Persons stand here by their public office alone; `public_role` is false for
    generic kinds, behind which private persons stand. `derivative` marks analysts, who work from the reports of others:
    what they say is no further origin.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    kind: Role
    memberships: tuple[Membership, ...] = ()
    organisation: bool = True
    office: str | None = None
    speaks_for: str | None = None
    owner: str | None = None
    public_role: bool = True
    generic: bool = False
    derivative: bool = False
    note: str | None = None

    @property
    def sides(self) -> tuple[str, ...]:
        """The sides it speaks for at some time, by `conflict.side`."""
        return tuple(dict.fromkeys(row.side for row in self.memberships))


@dataclass(frozen=True, slots=True)
class Publisher:
    """An outlet: who owns it, the sides it speaks for by ownership, and where it sits (ISO 3166-1 alpha-2).

    Every publisher is a `Source` of the same id, too, for the reports of others that quote it.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    owner: str | None
    memberships: tuple[Membership, ...]
    country: str | None
    note: str | None = None

    @property
    def sides(self) -> tuple[str, ...]:
        """The sides it speaks for at some time, by `conflict.side`."""
        return tuple(dict.fromkeys(row.side for row in self.memberships))


@dataclass(frozen=True, slots=True)
class Scoped:
    """A source and the conflict in which its names hold; everywhere where `scope` is None."""

    scope: str | None
    source: Source
