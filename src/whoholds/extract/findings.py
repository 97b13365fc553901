"""What the rules pass to each other inside extraction: phrases found in one sentence, before anything is resolved."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from whoholds.extract.syntax import Sentence, Word
from whoholds.model import Extent, Span
from whoholds.taxonomy import Certainty, Kind, Manner, Relation, Stance

WHATEVER = Extent()
"""The extent of a claim that states none."""


class Form(StrEnum):
    """How a phrase names its place."""

    NAMED = "named"
    ANAPHOR = "anaphor"
    FACILITY = "facility"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True)
class PlacePhrase:
    """Words that stand for a place. `name` is the words of the name itself, `noun` the common noun beside it.

    `core` is the phrase without "most of", "half of" before it.
    """

    sentence: Sentence
    first: Word
    last: Word
    form: Form
    name: Span | None = None
    noun: str = ""
    relation: Relation = Relation.IN
    extent: Extent = WHATEVER
    known: bool = False
    core: Span | None = None

    @property
    def span(self) -> Span:
        """The words of the phrase."""
        return Span(self.first.start, self.last.end)


@dataclass(frozen=True, slots=True)
class ActorPhrase:
    """Words that stand for who does it or holds it. `pronoun` for "they", "its forces", "our forces", "us"."""

    sentence: Sentence
    first: Word
    last: Word
    head: Word
    pronoun: str = ""
    known: bool = False

    @property
    def span(self) -> Span:
        """The words of the phrase, without an abbreviation in brackets at its end."""
        return Span(self.first.start, self.last.bare.end)


class Actuality(StrEnum):
    """Whether a clause says that something happened."""

    ACTUAL = "actual"
    NEGATED = "negated"
    ATTEMPT = "attempt"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Commitment:
    """What the wording commits its source to, with the cue that says so."""

    stance: Stance
    certainty: Certainty
    cue: Span | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A predicate of a claim with its arguments, in one sentence.

    `absorbs` are the verbs that an event noun has made part of its predicate ("took control", "fell into the hands"). `negated` is
    true of what a contrast denies ("took A but not B").
    """

    sentence: Sentence
    predicate: Word
    kind: Kind
    places: tuple[PlacePhrase, ...]
    actor: ActorPhrase | None
    target: ActorPhrase | None
    rule: str
    manner: Manner = Manner.UNSTATED
    presupposed: bool = False
    euphemism: bool = False
    bare: bool = False
    stative: bool = False
    elided: bool = False
    negated: bool = False
    object: Word | None = None
    absorbs: tuple[Word, ...] = ()
