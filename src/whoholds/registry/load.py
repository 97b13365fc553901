"""TOML → Registry: every row is checked before anything is looked up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from whoholds.registry.check import check_conflict, check_sources, unique
from whoholds.registry.fields import Row, read_file
from whoholds.registry.lookup import Registry
from whoholds.registry.rows import (
    Actor,
    ActorKind,
    Bond,
    Conflict,
    Membership,
    Period,
    Publisher,
    Scoped,
    Side,
    SideRelation,
    Source,
)
from whoholds.taxonomy import Role

Sides = Mapping[str, Side]


@cache
def load_registry() -> Registry:
    """Return the registry that ships with WhoHolds; read once.

    Raises:
        DataError: when a shipped file is malformed; the message names file and row.
    """
    return read_registry(files("whoholds.registry") / "data")


def read_registry(folder: Traversable) -> Registry:
    """Return the registry in `folder`: `conflicts/*.toml`, `sources.toml` and `publishers.toml`; any may be missing.

    Raises:
        DataError: when a row is malformed, refers to what is not there, or claims a name that another row has.
    """
    tables = [read_file(file) for file in _toml_files(folder / "conflicts")]
    conflicts = unique((_conflict(table), table.where) for table in tables)
    sides = {side.id: side for conflict in conflicts for side in conflict.sides}
    scoped = [
        Scoped(conflict.id, _source(row, sides, conflict.id))
        for conflict, table in zip(conflicts, tables, strict=True)
        for row in table.rows("sources")
    ]
    everywhere = _optional_rows(folder / "sources.toml", "sources")
    scoped += [Scoped(None, _source(row, sides, None)) for row in everywhere]
    outlets = _optional_rows(folder / "publishers.toml", "publishers")
    publishers = tuple(_publisher(row, sides) for row in outlets)
    for table in tables:
        table.done()
    for conflict, table in zip(conflicts, tables, strict=True):
        check_conflict(conflict, table.where)
    check_sources(scoped, publishers, conflicts)
    return Registry(conflicts, tuple(scoped), publishers)


def _toml_files(folder: Traversable) -> list[Traversable]:
    if not folder.is_dir():
        return []
    return sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)


def _optional_rows(file: Traversable, key: str) -> tuple[Row, ...]:
    if not file.is_file():
        return ()
    table = read_file(file)
    rows = table.rows(key)
    table.done()
    return rows


def _conflict(table: Row) -> Conflict:
    conflict = table.id()
    sides = tuple(_side(row, conflict) for row in table.rows("sides"))
    known = {side.id: side for side in sides}
    actors: list[Actor] = []
    memberships: list[Membership] = []
    for row in table.rows("actors"):
        actor = _actor(row)
        memberships += _memberships(row, actor.id, known, conflict)
        row.done()
        actors.append(actor)
    return Conflict(
        id=conflict,
        name=table.text("name"),
        countries=table.countries("countries"),
        period=table.period(),
        languages=table.texts("languages"),
        sides=sides,
        actors=tuple(actors),
        memberships=tuple(memberships),
        relations=tuple(_relation(row, known, conflict) for row in table.rows("relations")),
    )


def _side(row: Row, conflict: str) -> Side:
    side = Side(f"{conflict}.{row.id()}", row.text("name"), row.period(), row.optional("note"))
    row.done()
    return side


def _relation(row: Row, sides: Sides, conflict: str) -> SideRelation:
    a, b = (_known_side(row, row.text(end), sides, conflict) for end in ("a", "b"))
    if a is b:
        row.fail(f"a side has no relation to itself ({a.id})")
    relation = SideRelation(a.id, b.id, row.choice("relation", Bond), row.period(), row.optional("note"))
    row.done()
    return relation


def _actor(row: Row) -> Actor:
    return Actor(
        id=row.id(),
        name=row.text("name"),
        aliases=row.texts("aliases"),
        kind=row.choice("kind", ActorKind),
        generic=row.flag("generic", default=False),
        part_of=row.optional("part_of"),
        speaks_as=_role(row, "speaks_as", Role.BELLIGERENT),
        note=row.optional("note"),
    )


def _source(row: Row, sides: Sides, conflict: str | None) -> Source:
    identity = row.id()
    generic = row.flag("generic", default=False)
    source = Source(
        id=identity,
        name=row.text("name"),
        aliases=row.texts("aliases"),
        kind=row.choice("kind", Role),
        memberships=_memberships(row, identity, sides, conflict),
        organisation=row.flag("organisation", default=not generic),
        office=row.optional("office"),
        speaks_for=row.optional("speaks_for"),
        owner=row.optional("owner"),
        public_role=not generic,
        generic=generic,
        derivative=row.flag("derivative", default=False),
        note=row.optional("note"),
    )
    if not source.organisation and not source.generic and source.office is None:
        row.fail("a person stands in the registry by a public office alone: give `office`, or take the row out")
    row.done()
    return source


def _publisher(row: Row, sides: Sides) -> Publisher:
    identity = row.id()
    publisher = Publisher(
        id=identity,
        name=row.text("name"),
        aliases=row.texts("aliases"),
        owner=row.optional("owner"),
        memberships=_memberships(row, identity, sides, None),
        country=row.country("country"),
        note=row.optional("note"),
    )
    row.done()
    return publisher


def _role(row: Row, key: str, otherwise: Role) -> Role:
    return row.choice(key, Role) if row.optional(key) else otherwise


def _memberships(row: Row, member: str, sides: Sides, conflict: str | None) -> tuple[Membership, ...]:
    """Return the dated rows of `member`: `side` (with `first`, `last`), `sides`, or tables `memberships`."""
    short, several, tables = row.optional("side"), row.texts("sides"), row.rows("memberships")
    period = row.period()
    if sum(map(bool, (short, several, tables))) > 1:
        row.fail("give one of `side`, `sides` and `memberships`")
    if (period.first or period.last) and not short:
        row.fail("`first` and `last` go with `side`")
    if short:
        return (_membership(row, member, _known_side(row, short, sides, conflict), period),)
    whole = [_membership(row, member, _known_side(row, side, sides, conflict), Period()) for side in several]
    return (*whole, *_dated(tables, member, sides, conflict))


def _dated(tables: Iterable[Row], member: str, sides: Sides, conflict: str | None) -> Iterable[Membership]:
    for table in tables:
        side = _known_side(table, table.text("side"), sides, conflict)
        yield _membership(table, member, side, table.period())
        table.done()


def _membership(row: Row, member: str, side: Side, period: Period) -> Membership:
    """Return a membership; an end that is not given is that of the side."""
    if not period.overlaps(side.period):
        row.fail(f"the days {period.first}..{period.last} lie outside those of {side.id}")
    return Membership(member, side.id, Period(period.first or side.first, period.last or side.last))


def _known_side(row: Row, name: str, sides: Sides, conflict: str | None) -> Side:
    full = name if conflict is None or "." in name else f"{conflict}.{name}"
    if full not in sides:
        row.fail(f"no side {full!r}; known are {', '.join(sorted(sides)) or 'none'}")
    return sides[full]
