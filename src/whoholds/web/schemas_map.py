"""What the server holds, and the map, as types."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from whoholds.web.schemas import Noted, Strict


class Counts(Strict):
    """How much is served."""

    reports: int
    claims: int
    places: int
    states: int


class ConflictRow(Strict):
    """A war."""

    id: str
    name: str


class SideRow(Strict):
    """A side of a war, with its days and its colour, 0 to 7."""

    id: str
    name: str
    conflict: str
    first: date | None = Field(alias="from")
    last: date | None = Field(alias="to")
    colour: int


class ViewRow(Strict):
    """Whose account, and how many places it has spoken of."""

    name: str
    label: str
    kind: Literal["fused", "side", "source"]
    places: int


class About(Noted):
    """What the server holds; `to_fuse` counts places whose claims are newer than their states."""

    version: str
    data_hash: str
    counts: Counts
    to_fuse: int
    first_day: date | None
    last_day: date | None
    conflicts: list[ConflictRow]
    sides: list[SideRow]
    views: list[ViewRow]
    review: bool
    reviewer: str | None
    delay_hours: int


class Activity(Noted):
    """Columns by day since 1970: claims published, and fused states that began."""

    days: list[int]
    claims: list[int]
    changes: list[int]


class Holder(Strict):
    """A force that holds or surrounds places; `colour` is -1 where it is of no known side."""

    id: str
    name: str
    side: str | None
    side_name: str | None
    colour: int


class MapPlaces(Strict):
    """Places in columns.

    `native` is the name in its own letters, drawn from left to right; `parent` the number of the region around it, or -1.
    """

    id: list[str]
    name: list[str]
    native: list[str]
    lat: list[float]
    lon: list[float]
    feature: list[int]
    region: list[int]
    parent: list[int]


class MapStates(Strict):
    """States in columns, by place, then day; `by` is 1 where the start is not known; numbers are those of `codes`, places and holders."""

    place: list[int]
    first: list[int | None]
    last: list[int | None]
    by: list[int]
    holding: list[int]
    holders: list[list[int]]
    agreement: list[int]
    tier: list[int]
    encircled: list[list[int]]
    flags: list[int]
    last_said: list[int | None]
    pale: list[int]


class Map(Noted):
    """All states of a view; days count from `epoch`, flags are bits by their place in `codes.flags`."""

    view: str
    view_label: str
    known_by: date | None
    conflict: str | None
    epoch: date
    holders: list[Holder]
    places: MapPlaces
    states: MapStates
    codes: dict[str, list[str]]
