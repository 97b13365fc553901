"""A made-up war of sides A, B and C, and accounts written as a line: `5 m1 A gains` (day, speaker, side, effect, marks)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from whoholds.fuse.accounts import ADVERSARY, DAY_STEP, Account
from whoholds.fuse.fusion import Fusion
from whoholds.fuse.linking import Denials
from whoholds.fuse.links import placeholders
from whoholds.fuse.rules import Effect
from whoholds.fuse.signatures import VERSION
from whoholds.fuse.views import FUSED, view_named
from whoholds.model import State
from whoholds.taxonomy import Kind, LinkPart

DAY_ZERO = 738_000
KINDS = {
    "gains": Kind.CAPTURE,
    "holds": Kind.CONTROL,
    "repels": Kind.REPULSE,
    "leaves": Kind.WITHDRAWAL,
    "enters": Kind.ENTRY,
    "fights": Kind.CLASH,
    "divides": Kind.CAPTURE,
    "encircles": Kind.ENCIRCLEMENT,
    "frees": Kind.SIEGE_LIFTED,
    "shows": Kind.STRIKE,
}
EFFECTS = {"repels": Effect.HOLDS, "shows": Effect.NOTHING}


class MadeUpSides:
    """A, B and C fight each other; a is an ally of A; E ended on day 20."""

    def allied(self, one: str, other: str, _day: int) -> bool:
        """Capital and small letter are friends."""
        return one.upper() == other.upper()

    def hostile(self, one: str, other: str, _day: int) -> bool:
        """All others fight."""
        return bool(one and other) and one.upper() != other.upper()

    def ended(self, side: str) -> int | None:
        """Only E ended."""
        return DAY_ZERO + 20 if side == "E" else None


class MadeUpTree:
    """`p` lies in `region`, and that in `land`."""

    def ancestors(self, place_id: str) -> Sequence[str]:
        """Return what is around a place."""
        return {"p": ("region", "land"), "region": ("land",)}.get(place_id, ())

    def within(self, inner: str, outer: str) -> bool:
        """Tell whether a place lies in another."""
        return inner == outer or outer in self.ancestors(inner)


def account(line: str, number: int) -> Account:
    """Return the account of a line.

    Speakers: a capital letter speaks for its side, `m…` is a monitor, `n…` a newspaper in its own voice. Marks after the
    effect: `?` hedged, `undated`, `denies` (the effect is what is denied), `unit`, `alleged`, `baseline`, `@place`,
    `<DAY` published on DAY, `from:SIDE` a target, `part:NAME` what of the place it speaks of, `not` a negative finding,
    `some` a speaker who is one of many, `report:NAME` the report, `taken` what is presupposed, `sig:LETTER` the text.
    """
    day_, speaker, side, what, *marks = line.split()
    day = DAY_ZERO + int(day_)
    effect = Effect.DENIES if "denies" in marks else EFFECTS.get(what) or Effect[what.upper()]
    published = next((DAY_ZERO + int(mark[1:]) for mark in marks if mark.startswith("<")), day)
    return Account(
        claim=f"c{number}",
        anchor=f"a{number}",
        report=next((mark[7:] for mark in marks if mark.startswith("report:")), f"r{number}"),
        place=next((mark[1:] for mark in marks if mark.startswith("@")), "p"),
        kind=KINDS[what],
        effect=effect,
        when=day * DAY_STEP + effect,
        day=day,
        dated="undated" not in marks and what != "holds",
        published=published,
        side=side.replace("adversary-of-", ADVERSARY),
        actor=None if side.startswith("adversary") else f"unit of {side}" if "unit" in marks else side,
        speaker=speaker,
        speaker_side=speaker[0] if speaker[0].isupper() or speaker in ("a", "b") else None,
        origin=speaker,
        derived=speaker.startswith("n"),
        hedged="?" in marks,
        unit="unit" in marks,
        baseline="baseline" in marks,
        hostile_relay="alleged" in marks,
        target_side=next((mark[5:] for mark in marks if mark.startswith("from:")), None),
        part=next((LinkPart(mark[5:]) for mark in marks if mark.startswith("part:")), LinkPart.EVENT),
        negative="not" in marks,
        generic="some" in marks,
        presupposed="taken" in marks,
        signature=next((VERSION + mark[4:].encode() * 512 for mark in marks if mark.startswith("sig:")), b""),
    )


def accounts(story: str) -> list[Account]:
    """Return the accounts of a story, one a line."""
    return [account(line, number) for number, line in enumerate(filter(None, map(str.strip, story.splitlines())))]


def written(state: State) -> str:
    """Return a state in short: `5-9 controlled A single agreed +flags`."""
    first, last = (day.toordinal() - DAY_ZERO if day else "" for day in (state.interval.first, state.interval.last))
    by = "" if state.starts_known or first == "" else "~"
    days = str(first) if first == last else f"{first}-{last}"
    ring = [f"ring:{side}" for side in state.encircled_by]
    parts = [f"{by}{days}", state.holding, "+".join(state.holders), state.tier or "", state.agreement, *ring, *sorted(state.flags)]
    return " ".join(part for part in parts if part)


Told = Callable[..., list[str]]


@pytest.fixture
def told() -> Told:
    """Fuse a story, and return the states of a place in short."""

    def fuse(story: str, view: str = "fused", place: str = "p") -> list[str]:
        fusion = Fusion(MadeUpSides(), MadeUpTree())
        seen = FUSED if view == "fused" else view_named(view)
        lines = {timeline.place: timeline for timeline in fusion.timelines(accounts(story), seen)}
        return [written(state) for state in lines[place].states] if place in lines else []

    return fuse


@pytest.fixture
def linked() -> Told:
    """Link the accounts of a story, and return the links to those of one place in short, then its placeholders."""

    def link(story: str, place: str = "p") -> list[str]:
        fusion, rows = Fusion(MadeUpSides(), MadeUpTree()), accounts(story)
        denials = Denials(rows, fusion.tree, fusion.windows)
        found = fusion.links([row for row in rows if row.place == place], denials)
        names = {row.anchor: f"{row.speaker}.{row.claim[1:]}" for row in rows}
        lines = [f"{names[link.source]} {link.relation} {names[link.target]} {link.part} {link.scope}" for link in found]
        return lines + [f"unnamed reports for {left.denial} of {left.place} {left.side}" for left in placeholders(rows, found)]

    return link


@pytest.fixture
def write() -> Callable[[str], Account]:
    """Return what makes an account of a line."""
    return lambda line: account(line, 0)


@pytest.fixture
def sides() -> MadeUpSides:
    """Return how the sides of the made-up war stand to each other."""
    return MadeUpSides()
