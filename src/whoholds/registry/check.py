"""What must hold between rows: unique ids, references that lead somewhere, names that mean one thing on one day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from whoholds.errors import DataError
from whoholds.registry.names import fold
from whoholds.registry.rows import Actor, Conflict, Membership, Period, Publisher, Scoped


def unique(conflicts: Iterable[tuple[Conflict, str]]) -> tuple[Conflict, ...]:
    """Return the conflicts, each read from the file beside it.

    Raises:
        DataError: when two share an id, or one actor id has two names.
    """
    seen: dict[str, Conflict] = {}
    names: dict[str, str] = {}
    for conflict, where in conflicts:
        if conflict.id in seen:
            raise _error(where, f"a conflict {conflict.id!r} is already there; give this one another id")
        seen[conflict.id] = conflict
        for actor in conflict.actors:
            if names.setdefault(actor.id, actor.name) != actor.name:
                problem = f"actor {actor.id!r} is called {actor.name!r} here and {names[actor.id]!r} in another conflict"
                raise _error(where, f"{problem}; one id is one actor: use one name, or two ids")
    return tuple(seen.values())


def check_conflict(conflict: Conflict, where: str) -> None:
    """Check sides, actors and relations of one conflict.

    Raises:
        DataError: on double ids, units of unknown actors, names with two owners on a day, relations that overlap.
    """
    _check_ids((side.id for side in conflict.sides), where, "side")
    _check_ids((actor.id for actor in conflict.actors), where, "actor")
    _check_parts(conflict, where)
    _check_aliases(conflict, where)
    _check_memberships(conflict.memberships, where)
    _check_relations(conflict, where)


def check_sources(scoped: Sequence[Scoped], publishers: Sequence[Publisher], conflicts: Sequence[Conflict]) -> None:
    """Check sources and publishers, also against the actors (each of which is a source, too).

    Raises:
        DataError: on double ids, names with two owners in one scope, and `speaks_for` that leads nowhere.
    """
    actors = {actor.id for conflict in conflicts for actor in conflict.actors}
    ids = [entry.source.id for entry in scoped] + [publisher.id for publisher in publishers]
    _check_ids(ids, "sources and publishers", "source")
    for entry in scoped:
        source, where = entry.source, f"source {entry.source.id!r}"
        if source.id in actors:
            raise _error(where, "an actor has this id, and every actor is a source: take the row out, or give it another id")
        if source.speaks_for and source.speaks_for not in actors and source.speaks_for not in ids:
            raise _error(where, f"`speaks_for` names {source.speaks_for!r}, which is no source, publisher or actor")
        _check_memberships(source.memberships, where)
    _check_source_names(scoped, publishers)


def _error(where: str, problem: str) -> DataError:
    return DataError(f"{where}: {problem}")


def _check_ids(ids: Iterable[str], where: str, noun: str) -> None:
    seen: set[str] = set()
    for identity in ids:
        if identity in seen:
            raise _error(where, f"two rows are the {noun} {identity!r}; give one another id or join them")
        seen.add(identity)


def _check_parts(conflict: Conflict, where: str) -> None:
    by_id = {actor.id: actor for actor in conflict.actors}
    for actor in conflict.actors:
        line, whole = [actor.id], actor.part_of
        while whole is not None:
            if whole not in by_id or whole in line:
                raise _error(where, f"actor {actor.id!r}: `part_of` leads to {whole!r}, which is unknown or a part of itself")
            line.append(whole)
            whole = by_id[whole].part_of


def _check_aliases(conflict: Conflict, where: str) -> None:
    owners: dict[str, list[Actor]] = defaultdict(list)
    for actor in conflict.actors:
        for name in {fold(name) for name in (actor.name, *actor.aliases)}:
            if not name:
                raise _error(where, f"actor {actor.id!r} has a name without letters")
            owners[name].append(actor)
    periods = {actor.id: activity(actor, conflict) for actor in conflict.actors}
    for name, actors in owners.items():
        for one, other in combinations(actors, 2):
            if any(a.overlaps(b) for a in periods[one.id] for b in periods[other.id]):
                problem = f"{name!r} names both {one.id!r} and {other.id!r} on the same day"
                raise _error(where, f"{problem}; leave it to one of them or part their days")


def activity(actor: Actor, conflict: Conflict) -> tuple[Period, ...]:
    """Return the spans in which `actor` belongs to a side; the whole of the conflict for one without a side."""
    own = tuple(row.period for row in conflict.memberships if row.actor == actor.id)
    if own:
        return own
    whole = next((other for other in conflict.actors if other.id == actor.part_of), None)
    return activity(whole, conflict) if whole else (conflict.period,)


def _check_memberships(rows: Iterable[Membership], where: str) -> None:
    for one, other in combinations(rows, 2):
        same_conflict = one.side.partition(".")[0] == other.side.partition(".")[0]
        if one.actor == other.actor and same_conflict and one.period.overlaps(other.period):
            raise _error(where, f"{one.actor!r} is of {one.side} and of {other.side} on the same day; part their days")


def _check_relations(conflict: Conflict, where: str) -> None:
    for one, other in combinations(conflict.relations, 2):
        if {one.a, one.b} == {other.a, other.b} and one.period.overlaps(other.period):
            raise _error(where, f"two relations of {one.a} and {one.b} hold on the same day; part their days")


def _check_source_names(scoped: Sequence[Scoped], publishers: Sequence[Publisher]) -> None:
    owners: dict[tuple[str | None, str], str] = {}
    named = [(entry.scope, entry.source.id, (entry.source.name, *entry.source.aliases)) for entry in scoped]
    named += [(None, publisher.id, (publisher.name, *publisher.aliases)) for publisher in publishers]
    for scope, identity, names in named:
        for name in names:
            owner = owners.setdefault((scope, fold(name)), identity)
            if owner != identity:
                problem = f"the name {name!r} of source {identity!r} is also that of {owner!r}; leave it to one of them"
                raise _error(scope or "all conflicts", problem)
