"""Views and sides as people name them, checked against the registry."""

from __future__ import annotations

from collections.abc import Container
from difflib import get_close_matches

from whoholds.errors import UsageError
from whoholds.fuse.views import View, ViewKind, view_named
from whoholds.queries.desk import Desk
from whoholds.registry.lookup import Registry


def view_of(desk: Desk, given: str) -> View:
    """Return the view that `given` names; a source may be called by any of its names.

    Raises:
        UsageError: when it is no view, or no side of the registry.
    """
    view = view_named(given)
    if view.kind is ViewKind.SIDE:
        checked_side(desk, view.subject)
    if view.kind is ViewKind.SOURCE and view.subject not in desk.registry.sources:
        row = desk.registry.source_named(view.subject)
        return View(view.kind, row.id if row is not None else view.subject.casefold())
    return view


def may_be_named(registry: Registry, view: View, publishers: Container[str]) -> bool:
    """Tell whether a view may be named outside the desk.

    One of a source may where that is an organisation, an office-holder or a publisher (`publishers` are case-folded). Anybody
    else who was quoted may be a private person, and the view's name would be theirs.
    """
    if view.kind is not ViewKind.SOURCE:
        return True
    row = registry.sources.get(view.subject)
    return (row.public_role and not row.generic) if row is not None else view.subject in publishers


def checked_side(desk: Desk, given: str) -> str:
    """Return the id of a side.

    Raises:
        UsageError: when the registry has no such side; the nearest are named.
    """
    if given in desk.registry.sides:
        return given
    near = get_close_matches(given, desk.registry.sides, n=4, cutoff=0.4) or sorted(desk.registry.sides)[:4]
    message = f"side {given!r}: is none of the registry; write CONFLICT.SIDE, as in {', '.join(near)}"
    raise UsageError(message)
