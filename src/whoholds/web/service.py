"""What every address of the server works with: the desk, the shield before it, and the answers that are kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

from fastapi import Request, Response

from whoholds.config import Settings
from whoholds.fuse.views import View, ViewKind, view_named
from whoholds.locate import open_gazetteer
from whoholds.locate.place_index import PlaceIndex
from whoholds.model import Place
from whoholds.queries.accounts import may_be_named, view_of
from whoholds.queries.desk import Desk, desk_of
from whoholds.queries.documents import values
from whoholds.queries.words import SAFETY
from whoholds.store import Overview, SqlStore
from whoholds.web.answers import Answers, Make, response, tag
from whoholds.web.problems import Problem
from whoholds.web.shield import Shield

FRESH_S = 0.25
"""For how long it is not asked again whether the store has changed."""

Json = dict[str, object]
Clock = Callable[[], datetime]


def now() -> datetime:
    """Return the current instant, UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Reviewer:
    """In whose name reviews are made, and the token that who makes them shows."""

    name: str
    token: str = field(repr=False)


@dataclass(slots=True)
class Service:
    """A store that is served; made by `serve_store`."""

    desk: Desk
    store: SqlStore
    overview: Overview
    settings: Settings
    index: PlaceIndex
    clock: Clock
    reviewer: Reviewer | None = None
    answers: Answers = field(default_factory=Answers)
    _mark: str = ""
    _asked_at: float = 0.0
    _shields: dict[str, Shield] = field(default_factory=dict)
    _known: dict[str, frozenset[str]] = field(default_factory=dict)

    def mark(self) -> str:
        """Return what differs as soon as an answer may: the state of the store, and the hour."""
        current = time.monotonic()
        if not self._mark or current - self._asked_at > FRESH_S:
            self._mark, self._asked_at = f"{self.overview.mark()}.{self.clock():%Y%m%d%H}", current
        return self._mark

    def forget(self) -> None:
        """Ask anew whether the store has changed, at once."""
        self._mark = ""

    def shield(self) -> Shield:
        """Return what stands between the desk and the answers, for the state of the store and the hour."""
        mark = self.mark()
        found = self._shields.get(mark)
        if found is None:
            found = Shield(self.desk, self.index, self.clock(), timedelta(hours=self.settings.export_delay_hours))
            self._shields.clear()
            self._shields[mark] = found
        return found

    async def answer(
        self, request: Request, make: Make, media_type: str = "application/json", *, apart: str = "", slow: bool = False
    ) -> Response:
        """Return the answer to a request: kept, computed, or "not modified" where the client has it.

        Answers that differ in something else than the address are kept `apart` by it; `slow` ones read all claims.
        """
        mark, address = self.mark(), f"{apart}{request.url.path}?{request.url.query}"
        found = tag(mark, address)
        headers = {"ETag": found, "Cache-Control": "no-cache"}
        if found in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return response(await self.answers.stored(mark, address, make, slow=slow), request, headers, media_type)

    def said(self, answer: object) -> Json:
        """Return an answer of the desk as it may be shown, with the note.

        Raises:
            Problem: when it may not be shown yet.
        """
        try:
            shown = self.shield().shown(answer)
        except LookupError:
            raise Problem(404, f"withheld: younger than {self.settings.export_delay_hours} hours") from None
        return {"note": SAFETY, **values(shown)}

    def view(self, name: str) -> View:
        """Return the view of a name.

        Raises:
            UsageError: when it is none.
            Problem: when it is one that is not served.
        """
        found = view_of(self.desk, name)
        if not self.serves(found):
            raise Problem(404, "no such view is served: sources have one where the registry knows them, and publishers")
        return found

    def serves(self, view: View) -> bool:
        """Tell whether a view may be asked for: not one of a private person."""
        return may_be_named(self.desk.registry, view, self._publishers())

    def views(self, names: Iterable[str]) -> list[str]:
        """Return those of the views that may be asked for."""
        return [name for name in names if self.serves(view_named(name))]

    def _publishers(self) -> frozenset[str]:
        mark = self.mark()
        if mark not in self._known:
            self._known.clear()
            self._known[mark] = frozenset(name.casefold() for name in self.overview.publishers())
        return self._known[mark]

    def conflict(self, given: str | None) -> str | None:
        """Return the id of a war, None where all are meant.

        Raises:
            Problem: when there is none of that id.
        """
        if given and given not in self.desk.registry.conflicts:
            raise Problem(404, f"conflict {given!r}: no such war; there are {', '.join(sorted(self.desk.registry.conflicts))}")
        return given or None

    def place(self, place_id: str) -> Place:
        """Return the place of an id.

        Raises:
            Problem: when there is none.
        """
        found = self.desk.places.get(place_id) or self.desk.store.place(place_id)
        if found is None:
            raise Problem(404, f"no place has the id {place_id!r}; /api/v1/search?q=NAME finds it")
        return found

    def day(self, given: date | None) -> date:
        """Return the day asked for, else the last that anything was published on, else today."""
        return given or max(self.overview.claims_by_day(), default=self.clock().date())


def serve_store(store: SqlStore, settings: Settings, reviewer: Reviewer | None = None, clock: Clock = now) -> Service:
    """Return the service of a store that is open; with a `reviewer`, one whose reviews are kept.

    Raises:
        SetupError: when the place data is missing.
    """
    return Service(desk_of(store), store, Overview(store.database), settings, open_gazetteer().index, clock, reviewer)


def row(answer: object) -> Json:
    """Return a part of an answer, already as it may be shown, as values of JSON."""
    return {**values(answer)}


def page(request: Request, items: list[object], after: str | int | None) -> Json:
    """Return a page of a list; `after` is where the next one begins, None where there is none."""
    parameters = [(name, value) for name, value in request.query_params.multi_items() if name != "after"]
    following = None if after is None else f"{request.url.path}?{urlencode([*parameters, ('after', str(after))])}"
    return {"note": SAFETY, "items": items, "next": following}


def view_kind(name: str) -> ViewKind:
    """Return the kind of a view by its name."""
    return ViewKind(name.partition(":")[0])
