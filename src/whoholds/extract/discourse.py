"""What the report has named so far, so that "the city", "they" and "our forces" find what they refer to.

One `Discourse` reads one report from its first sentence to its last; it is the only thing in extraction that remembers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from whoholds.extract.findings import Form, PlacePhrase
from whoholds.extract.sources import SourcePhrase
from whoholds.model import Span
from whoholds.registry.lexicon import Lexicon
from whoholds.taxonomy import Role

SAME_SENTENCES = 400  # characters back within which a place that carried a claim outranks one merely named
PERSONS = frozenset({"he", "she", "him", "her", "i"})
PERSONAL = PERSONS | {"his"}
NO_PARTY = frozenset({Role.GOVERNMENT, Role.MEDIA, Role.OFFICIAL})
PLURAL = frozenset({"they", "them", "their"})
FIRST = frozenset({"we", "us", "our", "ours", "my", "mine", "i"})


@dataclass(frozen=True, slots=True)
class Seen:
    """A name met in the text: its words, where they stand, and where it was last meant (by an anaphor, say)."""

    span: Span
    text: str
    region: bool = False
    gloss: bool = False
    capital: bool = False
    topic: bool = False
    meant: int = 0

    @property
    def end(self) -> int:
        """How far into the text the name has been in mind."""
        return max(self.span.end, self.meant)


@dataclass(slots=True)
class Discourse:
    """The names met so far in one report."""

    lexicon: Lexicon
    places: list[Seen] = field(default_factory=list)
    claimed: list[Seen] = field(default_factory=list)
    actors: list[Seen] = field(default_factory=list)
    sources: list[tuple[Seen, SourcePhrase]] = field(default_factory=list)
    about: Seen | None = None

    # -- places --------------------------------------------------------------------------------------------------

    def name_places(self, seen: Sequence[Seen]) -> None:
        """Remember the places that a sentence names."""
        self.places.extend(seen)

    def claim_place(self, seen: Seen) -> None:
        """Remember a place that carries a claim."""
        self.claimed.append(seen)

    def place(self, phrase: PlacePhrase) -> Seen | None:
        """Return the place that an anaphor or a bare facility refers to: the last that fits its noun and stands before it."""
        words = self.lexicon.places
        before = phrase.first.start
        if phrase.noun in words.capital:
            return self._last(self.places, before, lambda seen: seen.capital)
        if phrase.noun in words.region:
            return self._last(self.places, before, lambda seen: seen.region)
        topic = self._topic(phrase)
        if topic is not None:
            return topic
        settled = self._last(self.claimed, before, lambda seen: not seen.region)
        named = self._last(self.places, before, lambda seen: not seen.region and not seen.gloss)
        if phrase.form is Form.FACILITY or phrase.noun not in words.settlement:
            any_claimed = self._last(self.claimed, before, lambda _: True)
            settled = any_claimed or settled
        if settled and (named is None or before - settled.end < SAME_SENTENCES) and not self._newer_topic(settled, named, phrase):
            return settled
        return named or settled or self._last(self.places, before, lambda _: True)

    def _topic(self, phrase: PlacePhrase) -> Seen | None:
        """Return what the sentence of a bare facility is about: a place that is its subject, or one it is set in."""
        if phrase.form is not Form.FACILITY:
            return None
        start, before = phrase.sentence.words[0].start, phrase.first.start
        here = [seen for seen in self.places if start <= seen.span.start < before and not seen.gloss]
        return next((seen for seen in here if seen.topic), here[-1] if here else None)

    def understood(self, before: int) -> Seen | None:
        """Return the place last claimed not far before, for a clause that leaves its place out."""
        last = self._last(self.claimed, before, lambda _: True)
        return last if last is not None and before - last.end < SAME_SENTENCES else None

    @staticmethod
    def _newer_topic(settled: Seen, named: Seen | None, phrase: PlacePhrase) -> bool:
        """Tell whether a place named in the anaphor's own sentence is nearer than the last one claimed."""
        start = phrase.sentence.words[0].start
        return named is not None and named.span.start >= start >= settled.end

    @staticmethod
    def _last(seen: Sequence[Seen], before: int, fits: Callable[[Seen], bool]) -> Seen | None:
        return next((one for one in reversed(seen) if one.end <= before and fits(one)), None)

    # -- actors and sources --------------------------------------------------------------------------------------

    def act(self, seen: Seen) -> None:
        """Remember who did something."""
        self.actors.append(seen)

    def speak(self, seen: Seen, phrase: SourcePhrase) -> None:
        """Remember who said something."""
        self.sources.append((seen, phrase))

    def source(self, pronoun: str, before: int) -> tuple[Seen, SourcePhrase] | None:
        """Return the last source that "he", "she", "it" or "they" may stand for."""
        before_it = [entry for entry in reversed(self.sources) if entry[0].span.end <= before]
        if pronoun in PLURAL:
            return next((e for e in before_it if e[1].plural), next((e for e in before_it if not e[1].person), None))
        person = pronoun in PERSONAL
        return next((e for e in before_it if e[1].person == person and not e[1].plural), None)

    def described(self, phrase: SourcePhrase) -> tuple[Seen, SourcePhrase] | None:
        """Return the last source that "the colonel" or "the two officials" points back to: one whose words are all of these."""
        if not (phrase.definite or self._surname(phrase)):
            return None
        for seen, known in reversed(self.sources):
            fits = phrase.words <= known.words and known.plural == phrase.plural and not known.definite
            if fits and seen.span.end <= phrase.name.start:
                return seen, known
        return None

    def group(self, phrase: SourcePhrase) -> Seen | None:
        """Return the party that a bare "the group", "the movement" stands for: the body that spoke last, else who acted last."""
        if not phrase.definite or not phrase.words <= self.lexicon.saying.party:
            return None
        spoke = self.source("it", phrase.name.start)
        return spoke[0] if spoke is not None and spoke[1].role not in NO_PARTY else self.actor(phrase.name.start, phrase.name)

    @staticmethod
    def _surname(phrase: SourcePhrase) -> bool:
        return phrase.person and len(phrase.words) == 1

    def party(self, pronoun: str, before: int, not_in: Span | None = None) -> Seen | None:
        """Return the actor that a pronoun or "the groups" stands for: of the named, the last that such a noun is part of."""
        if pronoun.rstrip("s") not in self.lexicon.actors.backward:
            return self.actor(before, not_in)
        alike = [a for a in self.actors if a.end <= before and pronoun in a.text.lower().split()]
        several = pronoun.endswith("s")
        return alike[-1] if alike else None if several else self.actor(before, not_in)

    def actor(self, before: int, not_in: Span | None = None) -> Seen | None:
        """Return the last actor named before a place in the text, but not the words of `not_in`."""
        return next((a for a in reversed(self.actors) if a.end <= before and not (not_in and not_in.overlaps(a.span))), None)
