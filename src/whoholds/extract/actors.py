"""Phrases that name who fights or holds, read off the parse around a noun (pure)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from whoholds.extract.findings import ActorPhrase
from whoholds.extract.names import CALENDAR
from whoholds.extract.phrases import first_word, is_proper
from whoholds.extract.syntax import NameOf, Sentence, Word
from whoholds.registry.bodies import is_demonym
from whoholds.registry.lexicon import Lexicon

PRONOUNS = frozenset({"they", "them", "it", "we", "us", "he", "she", "i", "him", "her", "which", "who", "nobody", "none"})
OWNERS = frozenset({"theirs", "ours", "hers", "mine", "its", "their", "his", "her", "our", "my"})


@dataclass(frozen=True, slots=True)
class ActorReader:
    """Reads actor phrases with one lexicon."""

    lexicon: Lexicon

    def read(self, sentence: Sentence, noun: Word | None) -> ActorPhrase | None:
        """Return the actor that `noun` heads, coordination included, or None where it can be none."""
        if noun is None:
            return None
        members = self._members(sentence, noun)
        if members is not None:
            return self.read(sentence, members)
        if noun.lemma in self.lexicon.saying.statement:
            return self.possessor(sentence, noun)  # "its statement spoke of wresting the city from the army"
        if noun.tag.startswith("PRP") or noun.lower in PRONOUNS:
            return ActorPhrase(sentence, noun, noun, noun, pronoun=noun.lower)
        if not self.is_actor(sentence, noun):
            return None
        if self._refers_back(sentence, noun):
            return ActorPhrase(sentence, noun, noun, noun, pronoun=noun.lower)
        party = self._whose(sentence, noun)
        if party is not None and self._is_all_of(noun, party) and _belongs(sentence, noun, party):
            return self.read(sentence, party)
        last = party or self._last_conjunct(sentence, noun)
        owner = next((c for c in sentence.children(noun, "poss") if c.lower in OWNERS), None)
        first = owner or first_word(sentence, noun)
        known = noun.name in {NameOf.ACTOR, NameOf.COUNTRY} or self._force(sentence, noun)
        return ActorPhrase(sentence, first, last, noun, pronoun=owner.lower if owner else "", known=known)

    def _members(self, sentence: Sentence, noun: Word) -> Word | None:
        """Return the troops in "hundreds of troops", "some of the soldiers", "a part of the group"."""
        if noun.lemma not in self.lexicon.actors.group and noun.tag not in {"CD", "DT"}:
            return None
        inner = (o for p in sentence.children(noun, "prep") if p.lower == "of" for o in sentence.children(p, "pobj"))
        return next((o for o in inner if self._force(sentence, o) or o.name is NameOf.ACTOR), None)

    def is_actor(self, sentence: Sentence, noun: Word) -> bool:
        """Tell whether a noun can be an actor: a known one, a body of people under arms, a power, or an unknown name."""
        if noun.name in {NameOf.ACTOR, NameOf.COUNTRY, NameOf.SOURCE}:
            return True
        if self._force(sentence, noun) or noun.lemma in self.lexicon.actors.polity:
            return True
        if noun.lemma in self.lexicon.actors.never or noun.lower.rstrip(".") in CALENDAR:
            return False
        return noun.name.locates or (is_proper(noun) and noun.text[:1].isalpha())

    def is_force(self, sentence: Sentence, noun: Word) -> bool:
        """Tell whether a noun is surely an actor: by its own meaning or as a known name."""
        return noun.name is NameOf.ACTOR or self._force(sentence, noun)

    def _refers_back(self, sentence: Sentence, noun: Word) -> bool:
        """Tell whether a bare "the group", "the movement" stands for a party named before."""
        children = sentence.children(noun)
        closed = all(c.i < noun.i or sentence.words[noun.i + 1].text == "," for c in children)
        before = {c.lower for c in children if c.i < noun.i}
        plain = before & {"the", "this"} and before <= {"the", "this"} | self.lexicon.actors.partisan
        return noun.lemma in self.lexicon.actors.backward and closed and bool(plain)

    def possessor(self, sentence: Sentence, noun: Word) -> ActorPhrase | None:
        """Return whose a noun is: "regime control", "its hands", "Russian control", "Turkey's grip"."""
        for child in reversed(sentence.children(noun, "poss", "compound", "amod", "nmod")):
            if child.lower in OWNERS:
                return ActorPhrase(sentence, child, child, child, pronoun=child.lower)
            if child.dep != "poss" and child.lemma in self.lexicon.actors.weapon:
                continue
            if child.dep == "amod" and child.tag == "JJ" and (is_demonym(child.text) or (child.i > 0 and child.text[:1].isupper())):
                return ActorPhrase(sentence, child, child, child)
            if child.dep == "amod" and (child.lower in self.lexicon.actors.partisan or child.lemma in self.lexicon.actors.force):
                return ActorPhrase(sentence, child, child, child)
            if child.dep != "amod" and (found := self.read(sentence, child)) is not None:
                return found
        return None

    def is_power(self, sentence: Sentence, noun: Word) -> bool:
        """Tell whether a noun can take a place: a force, a government, a country, "them"."""
        known = noun.name in {NameOf.ACTOR, NameOf.COUNTRY} or noun.lemma in self.lexicon.actors.polity
        return known or self._force(sentence, noun) or noun.tag.startswith("PRP") or self._members(sentence, noun) is not None

    def in_class(self, sentence: Sentence, noun: Word, words: Collection[str]) -> bool:
        """Tell whether a noun or one coordinated with it is of a class of words."""
        return any(w.lemma in words or w.lower in words for w in sentence.conjuncts(noun))

    def _force(self, sentence: Sentence, noun: Word) -> bool:
        words = self.lexicon.actors
        if noun.lemma in words.force or noun.lower.rstrip("s") in words.force:
            return True
        if noun.lemma in self.lexicon.actors.group:
            under = [o for p in sentence.children(noun, "prep") if p.lower == "of" for o in sentence.children(p, "pobj")]
            return any(self._force(sentence, o) or o.name is NameOf.ACTOR for o in under)
        return noun.tag == "NNPS" and noun.lower.rstrip("s") not in self.lexicon.places.any  # "Al-Hassan Mountains"

    def _whose(self, sentence: Sentence, noun: Word) -> Word | None:
        """Return the party in "forces of the X army", "factions from X", "fighters loyal to X": whose men they are."""
        if noun.name is not NameOf.NOTHING or not self._force(sentence, noun):
            return None
        bound = [w for w in sentence.children(noun, "acl", "amod", "relcl") if w.lemma in self.lexicon.actors.bound and w.i == noun.i + 1]
        for bearer in (noun, *bound):
            for prep in sentence.children(bearer, "prep", "agent"):
                if (
                    prep.i == bearer.i + 1
                    and prep.lower in {"of", "from", "to", "with", "by"}
                    and (bearer is not noun or prep.lower in {"of", "from"})
                ):
                    for party in sentence.children(prep, "pobj"):
                        if party.name is NameOf.ACTOR or (not party.name.locates and self.is_actor(sentence, party)):
                            return party
        return None

    def _is_all_of(self, noun: Word, party: Word) -> bool:
        return party.name is NameOf.ACTOR and noun.lemma not in self.lexicon.actors.beside

    def _last_conjunct(self, sentence: Sentence, noun: Word) -> Word:
        """Return the end of "soldiers and Wagner mercenaries": only names and actors are one party."""
        last = noun
        for conjunct in sentence.conjuncts(noun)[1:]:
            if not self.is_actor(sentence, conjunct) or conjunct.tag.startswith("VB"):
                break
            last = conjunct
        return last


def _belongs(sentence: Sentence, noun: Word, party: Word) -> bool:
    """Tell whether men are simply a party's ("fighters of X", "rebels from X"), not only bound to it ("forces loyal to X")."""
    prep = sentence.head(party)
    return prep.head == noun.i and prep.lower in {"of", "from"}
