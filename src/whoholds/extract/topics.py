"""Denied claims that name only a place: "dismissed Russian announcements about X and Y" (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from whoholds.extract.actors import ActorReader
from whoholds.extract.clauses import is_verb
from whoholds.extract.findings import ActorPhrase, Finding, Form, PlacePhrase
from whoholds.extract.syntax import Sentence, Word
from whoholds.extract.toponyms import PlaceReader
from whoholds.registry.lexicon import Lexicon
from whoholds.taxonomy import Kind

ABOUT = frozenset({"about", "on", "over", "regarding", "concerning"})


@dataclass(frozen=True, slots=True)
class TopicRules:
    """Finds the announcements of a party about a place that somebody denies: what is announced of a place is that it was taken."""

    lexicon: Lexicon
    places: PlaceReader
    actors: ActorReader

    def find(self, sentence: Sentence) -> Iterator[Finding]:
        """Yield what is denied, in text order."""
        for noun in sentence:
            if noun.lemma in self.lexicon.saying.claim_noun and noun.tag.startswith("NN") and self._is_denied(sentence, noun):
                owner, places = self._owner(sentence, noun), list(self._topics(sentence, noun))
                if owner is not None and places:
                    rule = f"topic:{noun.lemma}:{Kind.CAPTURE}"
                    yield Finding(sentence, noun, Kind.CAPTURE, tuple(places), owner, None, rule=rule)

    def _is_denied(self, sentence: Sentence, noun: Word) -> bool:
        verb = sentence.head(noun)
        if not is_verb(verb) or noun.dep not in {"dobj", "nsubjpass"}:
            return False
        particles = {f"{verb.lemma} {w.lower}" for w in sentence.children(verb, "prt", "advmod")}
        return bool(({verb.lemma} | particles) & self.lexicon.saying.deny)

    def _owner(self, sentence: Sentence, noun: Word) -> ActorPhrase | None:
        by = [w for p in sentence.children(noun, "prep") if p.lower in {"by", "from"} for w in sentence.children(p, "pobj")]
        return self.actors.read(sentence, by[0]) if by else self.actors.possessor(sentence, noun)

    def _topics(self, sentence: Sentence, noun: Word) -> Iterator[PlacePhrase]:
        for prep in sentence.children(noun, "prep"):
            if prep.lower in ABOUT:
                for topic in sentence.children(prep, "pobj"):
                    found = self.places.read(sentence, topic)
                    yield from (place for place in found if place.known or place.name or place.form is Form.ANAPHOR)
