"""The registry: names to actors, sources and publishers; actors to sides; sides to each other. Each answer is a dict look-up."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from whoholds.registry.names import fold, readings
from whoholds.registry.rows import Actor, Bond, Conflict, Membership, Publisher, Scoped, Side, SideRelation, Source
from whoholds.taxonomy import Role

Scope = TypeVar("Scope")

_IN_BRACKETS = re.compile(r"\s*\(.*?\)")


class Registry:
    """Everything known beforehand. Made by `load_registry`; never changes.

    `conflicts`, `sides`, `sources` and `publishers` are mappings by id. Every actor and every publisher is a source,
    too, under the same id.
    """

    def __init__(self, conflicts: Sequence[Conflict], scoped: Sequence[Scoped], publishers: Sequence[Publisher]) -> None:
        """Index rows that have been checked."""
        self.conflicts: Mapping[str, Conflict] = MappingProxyType({conflict.id: conflict for conflict in conflicts})
        self.sides: Mapping[str, Side] = MappingProxyType({side.id: side for row in conflicts for side in row.sides})
        self.publishers: Mapping[str, Publisher] = MappingProxyType({row.id: row for row in publishers})
        self._actors = {(conflict.id, actor.id): actor for conflict in conflicts for actor in conflict.actors}
        self._activity = _memberships_of(conflicts)
        self._relations = _relations_of(conflicts)
        self._actor_names = _actor_names(conflicts)
        every_source = (*scoped, *_publishers_as_sources(publishers))
        named = {(entry.scope, name) for entry in every_source for name in _names(entry.source)}
        from_actors = _actors_as_sources(conflicts)
        self.sources: Mapping[str, Source] = MappingProxyType(_sources_by_id((*every_source, *from_actors)))
        derived = _source_names(from_actors, without=named)
        self._source_names = _merged(_source_names(every_source, without=frozenset()), derived)
        self._publisher_names = {fold(name): row for row in publishers for name in (row.name, *row.aliases)}

    def actor(self, actor_id: str, conflict: str) -> Actor | None:
        """Return the row of an actor in a conflict, or None."""
        return self._actors.get((conflict, actor_id))

    def actor_named(self, text: str, conflict: str | None, day: date | None) -> Actor | None:
        """Return the actor that `text` names, or None.

        Where a name passed from one actor to another ("the Syrian army"), the one active on `day` is meant, else the
        last that was. Without a conflict only a name that means one actor in all of them is taken.
        """
        found = _found(self._actor_names, text)
        rows = [row for row in found if conflict is None or row[0] == conflict]
        if len({actor for _, actor in rows}) > 1:
            rows = [] if conflict is None or day is None else self._active(rows, day)
        return self._actors[rows[0]] if rows else None

    def actor_in(self, text: str, conflict: str | None, day: date | None) -> Actor | None:
        """Return the actor whose name is the longest run of words inside `text` ("elite Hezbollah units"), or None."""
        words = text.split()
        for length in range(len(words), 0, -1):
            for start in range(len(words) - length + 1):
                found = self.actor_named(" ".join(words[start : start + length]), conflict, day)
                if found is not None:
                    return found
        return None

    def _active(self, rows: Iterable[tuple[str, str]], day: date) -> list[tuple[str, str]]:
        """Return the row active on `day`, or else the one that was last active before it."""
        begun = [row for row in rows if self._start(row) <= day]
        return sorted(begun, key=self._start)[-1:]

    def _start(self, row: tuple[str, str]) -> date:
        spans = self._activity.get(row, ())
        return min((span.period.first or date.min for span in spans), default=date.min)

    def source_named(self, text: str, conflict: str | None = None, day: date | None = None) -> Source | None:
        """Return the source that `text` names, or None.

        Names of the conflict come before those that hold everywhere. A name that passed from one actor to another is
        read as by `actor_named`. Without a conflict only a name that means one source in all of them is taken.
        """
        found = _found(self._source_names, text)
        ours = [(scope, source) for scope, source in found if scope is not None and scope == conflict]
        if len({source for _, source in ours}) > 1:
            ours = self._active(ours, day) if day else []
            return self.sources[ours[0][1]] if ours else None
        everywhere = [row for row in found if row[0] is None]
        ids = {source for _, source in (ours or everywhere or (() if conflict else found))}
        return self.sources[ids.pop()] if len(ids) == 1 else None

    def publisher_named(self, text: str) -> Publisher | None:
        """Return the publisher that `text` names, also with an agency in brackets behind it ("LBC (AFP)"), or None."""
        bare = _IN_BRACKETS.sub("", text)
        return self._publisher_names.get(fold(text)) or self._publisher_names.get(fold(bare))

    def publisher_as_source(self, text: str) -> Source | None:
        """Return the source that is the publisher that `text` names (see `publisher_named`), or None."""
        row = self.publisher_named(text)
        return self.sources[row.id] if row is not None else None

    def side_of(self, actor: Actor, conflict: str, day: date | None) -> Side | None:
        """Return the side of `actor` in `conflict` on `day`; that of the whole for a unit; None where it has none then.

        Without a day the side is returned only where the actor was always of the same one.
        """
        rows = self._activity.get((conflict, actor.id), ())
        if not rows and actor.part_of is not None:
            whole = self.actor(actor.part_of, conflict)
            return self.side_of(whole, conflict, day) if whole else None
        return self._side(rows, conflict, day)

    def side_of_source(self, source: Source | Publisher, conflict: str, day: date | None) -> Side | None:
        """Return the side for which a source or publisher speaks in `conflict` on `day`, or None.

        An office-holder without a side of its own speaks for that of its body.
        """
        if not source.memberships and isinstance(source, Source) and source.speaks_for:
            actor = self.actor(source.speaks_for, conflict)
            return self.side_of(actor, conflict, day) if actor else self._side_of_body(source.speaks_for, conflict, day)
        actor = self.actor(source.id, conflict)
        return self.side_of(actor, conflict, day) if actor else self._side(source.memberships, conflict, day)

    def body_of(self, source: Source) -> str:
        """Return what a source is a voice of: the id of the body that an office-holder speaks for, the folded owner of an outlet.

        Any other source is its own.
        """
        if source.speaks_for is not None:
            above = self.sources.get(source.speaks_for)
            return self.body_of(above) if above is not None else source.speaks_for
        return fold(_IN_BRACKETS.sub("", source.owner)) if source.owner is not None else source.id

    def _side_of_body(self, source_id: str, conflict: str, day: date | None) -> Side | None:
        return self.side_of_source(self.sources[source_id], conflict, day)

    def _side(self, rows: Iterable[Membership], conflict: str, day: date | None) -> Side | None:
        ours = [row for row in rows if row.side.startswith(f"{conflict}.")]
        sides = {row.side for row in ours if day is None or row.period.covers(day)}
        return self.sides[sides.pop()] if len(sides) == 1 else None

    def relation(self, side_a: str, side_b: str, day: date | None) -> Bond:
        """Return how two sides (by id) stand on `day`; a side is allied to itself, unlisted pairs are unaligned.

        Without a day the relation is returned only where it was always the same.
        """
        if side_a == side_b:
            return Bond.ALLIED
        rows = self._relations.get(frozenset((side_a, side_b)), ())
        bonds = {row.relation for row in rows if day is None or row.period.covers(day)}
        return bonds.pop() if len(bonds) == 1 else Bond.UNALIGNED

    def conflict_for(self, countries: Iterable[str], day: date | None) -> Conflict | None:
        """Return the conflict that a report is about, from the countries (ISO 3166-1 alpha-2) of its places, or None.

        Repeated countries weigh more. The conflict active on `day` that has most of them wins; among equals the one
        whose main country is named more, then the one that began last.
        """
        named = list(countries)

        def weight(conflict: Conflict) -> tuple[int, int, date]:
            inside = sum(country in conflict.countries for country in named)
            return inside, named.count(conflict.countries[0]), conflict.first or date.min

        alive = [row for row in self.conflicts.values() if weight(row)[0] and (day is None or row.period.covers(day))]
        return max(alive, key=weight, default=None)

    def actor_names(self) -> Mapping[str, frozenset[str]]:
        """Return every folded name of an actor with the ids it may mean, for finding names in running text."""
        return {name: frozenset(actor for _, actor in rows) for name, rows in self._actor_names.items()}

    def source_names(self) -> Mapping[str, frozenset[str]]:
        """Return every folded name of a source with the ids it may mean, for finding names in running text."""
        return {name: frozenset(source for _, source in rows) for name, rows in self._source_names.items()}


Names = dict[str, tuple[tuple[str | None, str], ...]]


def _found(names: Mapping[str, tuple[Scope, ...]], text: str) -> tuple[Scope, ...]:
    return next((names[folded] for folded in readings(text) if folded in names), ())


def _names(row: Source | Actor) -> set[str]:
    return {fold(name) for name in (row.name, *row.aliases)}


def _memberships_of(conflicts: Iterable[Conflict]) -> dict[tuple[str, str], tuple[Membership, ...]]:
    rows: dict[tuple[str, str], list[Membership]] = defaultdict(list)
    for conflict in conflicts:
        for row in conflict.memberships:
            rows[conflict.id, row.actor].append(row)
    return {key: tuple(found) for key, found in rows.items()}


def _relations_of(conflicts: Iterable[Conflict]) -> dict[frozenset[str], tuple[SideRelation, ...]]:
    rows: dict[frozenset[str], list[SideRelation]] = defaultdict(list)
    for row in (row for conflict in conflicts for row in conflict.relations):
        rows[frozenset((row.a, row.b))].append(row)
    return {pair: tuple(found) for pair, found in rows.items()}


def _actor_names(conflicts: Iterable[Conflict]) -> dict[str, tuple[tuple[str, str], ...]]:
    rows: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for conflict in conflicts:
        for actor in conflict.actors:
            for name in _names(actor):
                rows[name].append((conflict.id, actor.id))
    return {name: tuple(found) for name, found in rows.items()}


def _publishers_as_sources(publishers: Iterable[Publisher]) -> list[Scoped]:
    return [
        Scoped(None, Source(row.id, row.name, row.aliases, Role.MEDIA, row.memberships, owner=row.owner, note=row.note))
        for row in publishers
    ]


def _actors_as_sources(conflicts: Iterable[Conflict]) -> list[Scoped]:
    return [
        Scoped(conflict.id, Source(row.id, row.name, row.aliases, row.speaks_as, _own(row, conflict), generic=row.generic))
        for conflict in conflicts
        for row in conflict.actors
    ]


def _own(actor: Actor, conflict: Conflict) -> tuple[Membership, ...]:
    return tuple(row for row in conflict.memberships if row.actor == actor.id)


def _sources_by_id(entries: Iterable[Scoped]) -> dict[str, Source]:
    """Return the sources by id; an actor of several conflicts is one source with the names and sides of all."""
    found: dict[str, Source] = {}
    for source in (entry.source for entry in entries):
        known = found.get(source.id)
        found[source.id] = source if known is None else _joined(known, source)
    return found


def _joined(known: Source, source: Source) -> Source:
    aliases = tuple(dict.fromkeys((*known.aliases, *source.aliases)))
    return replace(known, aliases=aliases, memberships=(*known.memberships, *source.memberships))


def _source_names(entries: Iterable[Scoped], without: frozenset[tuple[str | None, str]] | set[tuple[str | None, str]]) -> Names:
    rows: dict[str, list[tuple[str | None, str]]] = defaultdict(list)
    for entry in entries:
        for name in _names(entry.source):
            if (entry.scope, name) not in without:
                rows[name].append((entry.scope, entry.source.id))
    return {name: tuple(found) for name, found in rows.items()}


def _merged(first: Names, second: Names) -> Names:
    return {name: (*first.get(name, ()), *second.get(name, ())) for name in first.keys() | second.keys()}
