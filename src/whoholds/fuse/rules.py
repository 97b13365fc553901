"""The rules of fusion: what each kind of claim does to a place, why, and whose rule it is.

This is the one place to read or change them; `docs/reference/fusion.md` prints the same table, and a test compares the
two. Windows and delays are settings (`Windows`), not rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from whoholds.taxonomy import ExtentKind, Kind, Relation, Stance


class Effect(IntEnum):
    """What a claim can do to the state of its place, in the order in which claims of one day act."""

    LEAVES = 1
    ENTERS = 2
    GAINS = 3
    DIVIDES = 4
    HOLDS = 5
    FIGHTS = 6
    ENCIRCLES = 7
    FREES = 8
    DENIES = 9
    NOTHING = 10


class Flag(StrEnum):
    """What a state's flags may say."""

    DENIED = "denied_by"
    AGAINST_INTEREST = "against_interest"
    ALLEGED_ADMISSION = "alleged_admission"
    HEDGED = "hedged"
    EUPHEMISM = "euphemism"
    ENTERED = "entered"
    ENCIRCLEMENT_HEDGED = "encirclement_hedged"
    BESIEGED = "besieged"
    BASELINE = "baseline"
    PRESUPPOSED = "presupposed"
    SIDE_ENDED = "side_ended"
    SUPERSEDED = "contradicted_claim"
    UNACKNOWLEDGED = "unacknowledged"


@dataclass(frozen=True, slots=True)
class Windows:
    """The spans of days within which fusion joins or ends things; each may be set by the user.

    `vacated`: a place that was left and has no successor is unknown after it. `contest`: fighting lapses to the last
    holder after so many quiet days. `same_change`: reports of one change may differ by so many days. `dissent`: a
    statement of control does not undo a dated change of another origin within it. `denial`: a denial reaches back so far.
    """

    vacated: int = 7
    contest: int = 7
    same_change: int = 3
    dissent: int = 14
    denial: int = 14


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table: the kinds it is for, what they do, and why."""

    name: str
    kinds: tuple[Kind, ...]
    effect: Effect
    does: str
    why: str
    origin: str


RULES: tuple[Rule, ...] = (
    Rule(
        "gain",
        (Kind.CAPTURE, Kind.HANDOVER),
        Effect.GAINS,
        "The actor holds the place from that day; a part of it divides it.",
        "Control passes with the final acquisition, not with the attack.",
        "ACLED codebook: territory is regained or overtaken when it is held at the end of the event.",
    ),
    Rule(
        "hold",
        (Kind.CONTROL, Kind.REPULSE),
        Effect.HOLDS,
        "Supports the holder. Starts a state where none is known, never against a dated change of another origin: there it is dissent.",
        "A statement of control says that, not since when; a repelled attack says only that the defender was still there.",
        "Design §5; the dated event weighs more than the undated state.",
    ),
    Rule(
        "departure",
        (Kind.WITHDRAWAL, Kind.LOSS),
        Effect.LEAVES,
        "Ends control if the actor is of the holding side; without a successor the place is vacated, then unknown.",
        "A force that has left does not hold; who came after it is another claim.",
        "ACLED codebook: a transfer of territory needs a taker, else it is a change of activity.",
    ),
    Rule(
        "entry",
        (Kind.ENTRY,),
        Effect.ENTERS,
        "Claimed control of a vacated or unheld place; elsewhere a claimed entry beside the holder.",
        "Forces inside a town do not hold it while others do.",
        "Design §5.",
    ),
    Rule(
        "fighting",
        (Kind.CLASH, Kind.UPRISING),
        Effect.FIGHTS,
        "Contested where a source that does not gain says so, or both sides, or on two days; lapses to the last holder.",
        "One side's word that it is fighting somewhere is a claim of presence.",
        "Design §5; ACLED: an armed clash alone transfers nothing.",
    ),
    Rule(
        "encirclement",
        (Kind.ENCIRCLEMENT,),
        Effect.ENCIRCLES,
        "Sets who encircles the place; the holder stays.",
        "A surrounded place is still held from inside.",
        "Design §5.",
    ),
    Rule(
        "siege lifted",
        (Kind.SIEGE_LIFTED,),
        Effect.FREES,
        "Ends the encirclement.",
        "The opposite of the rule above.",
        "Design §5.",
    ),
    Rule(
        "shown only",
        (Kind.ADVANCE, Kind.POSITION, Kind.DEPLOYMENT, Kind.STRIKE, Kind.DEFECTION, Kind.CEASEFIRE, Kind.RELEASE, Kind.OTHER),
        Effect.NOTHING,
        "Listed and drawn; no effect on the holder.",
        "Pressure, presence and fire are no control.",
        "ACLED codebook: sub-events without transfer of territory.",
    ),
)

_EFFECTS = {kind: rule.effect for rule in RULES for kind in rule.kinds}
_WHOLE = (ExtentKind.WHOLE, ExtentKind.UNSTATED)
_PARTS = (ExtentKind.MOST, ExtentKind.PART, ExtentKind.PERCENT)


def rule_of(kind: Kind) -> Rule:
    """Return the rule for claims of `kind`."""
    return next(rule for rule in RULES if kind in rule.kinds)


def effect_of(kind: Kind, stance: Stance, relation: Relation, extent: ExtentKind) -> Effect:
    """Return what a claim does to its place.

    Only a claim about the whole place, or one that states no extent, and inside it, can change or support its holder;
    a part can divide it; a facility, the outskirts and the neighbourhood are only shown. A ring around the place is
    where an encirclement stands.
    """
    if stance is Stance.DENIES:
        return Effect.DENIES
    effect = _EFFECTS[kind]
    if stance is Stance.UNACKNOWLEDGED or extent is ExtentKind.FACILITY:
        return Effect.NOTHING
    if effect in (Effect.ENCIRCLES, Effect.FREES):
        return effect
    if relation is not Relation.IN:
        return Effect.NOTHING
    if extent in _PARTS:
        return {Effect.GAINS: Effect.DIVIDES, Effect.HOLDS: Effect.DIVIDES}.get(
            effect, Effect.NOTHING if effect is Effect.LEAVES else effect
        )
    return effect
