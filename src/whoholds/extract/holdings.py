"""Holding said by idiom: "under the control of", "in the hands of", "is Houthi-held", "was theirs" (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from whoholds.extract.actors import ActorReader
from whoholds.extract.clauses import antecedent, clause, is_verb, under
from whoholds.extract.findings import ActorPhrase, Finding, PlacePhrase
from whoholds.extract.syntax import Sentence, Word
from whoholds.extract.toponyms import PlaceReader
from whoholds.registry.lexicon import Lexicon
from whoholds.taxonomy import Kind

COMPLEMENTS = ("acomp", "attr", "oprd", "prep", "ROOT", "ccomp", "conj")
STRIKING = frozenset({"strike", "target", "hit", "shell", "bomb", "pound", "attack", "enter", "storm", "visit", "reach"})
WITHIN = frozenset({"in", "inside", "at", "near", "outside", "back"})


@dataclass(frozen=True, slots=True)
class HoldingRules:
    """Matches idioms of holding."""

    lexicon: Lexicon
    places: PlaceReader
    actors: ActorReader

    def find(self, sentence: Sentence) -> Iterator[Finding]:
        """Yield the holdings that a sentence states by idiom, in text order."""
        for word in sentence:
            found = None
            if word.tag.startswith("NN") and word.dep == "pobj":
                found = self._under(sentence, word)
            elif word.lower in self.lexicon.holdings.held and word.i >= 2 and sentence.words[word.i - 1].text == "-":  # noqa: PLR2004  "Houthi-held"
                found = self._held(sentence, word)
            elif word.lower in self.lexicon.holdings.own and word.dep in COMPLEMENTS:
                found = self._own(sentence, word)
            elif word.lower == "with" and word.dep == "prep" and word.i > 0 and sentence.words[word.i - 1].text == ",":
                found = self._with_them_in(sentence, word)
            elif word.lower == "with" and word.dep == "prep" and sentence.head(word).lemma in {"be", "remain"}:
                found = self._with(sentence, word)
            elif word.dep == "ROOT" and word.tag.startswith("NN"):
                found = self._verbless(sentence, word)
            if found is not None:
                yield found

    # -- nouns under a preposition -------------------------------------------------------------------------------

    def _under(self, sentence: Sentence, noun: Word) -> Finding | None:
        prep = sentence.head(noun)
        if prep.lower == "in" and noun.lemma in {"control", "possession", "charge"}:
            return self._in_control(sentence, noun, self._bearer(sentence, prep))
        hands = noun.lemma == "hand" and prep.lower in {"in", "into"}
        if not hands and not (prep.lower == "under" and noun.lemma in self.lexicon.holdings.under):
            return None
        bearer = self._bearer(sentence, prep)
        becoming = is_verb(bearer) and bearer.lemma in self.lexicon.holdings.becoming
        kind = self.lexicon.holdings.under.get(noun.lemma, Kind.CONTROL)
        kind = Kind.CAPTURE if becoming and kind is Kind.CONTROL else kind
        places, actor = self._places_of(sentence, bearer), self._holder(sentence, noun)
        if not places or (actor is None and hands) or (kind is Kind.CONTROL and self._is_modifier(sentence, bearer, prep)):
            return None
        found = self._finding(sentence, noun, kind, places, actor, bearer)
        apart = prep.i > 0 and sentence.words[prep.i - 1].text == "," and kind is Kind.ENCIRCLEMENT
        return replace(found, absorbs=()) if apart else found  # "seized the base in the city, under siege since May"

    @staticmethod
    def _is_modifier(sentence: Sentence, bearer: Word, prep: Word) -> bool:
        """Tell whether a holding only says which places are meant: "struck the districts under rebel control"."""
        if is_verb(bearer):
            struck = sentence.child(bearer, "dobj")
            return bearer.lemma in STRIKING and struck is not None and struck.i < prep.i
        return bearer.dep in {"dobj", "pobj", "nsubj", "nsubjpass", "conj"} and sentence.head(bearer).lower != "with"

    @staticmethod
    def _bearer(sentence: Sentence, prep: Word) -> Word:
        """Return what a phrase says something of: the verb or noun over it, "back" and other particles passed over."""
        bearer = sentence.head(prep)
        if bearer.dep == "pobj" and sentence.head(bearer).lower == "with":
            return bearer  # "with the base in their hands"
        while not is_verb(bearer) and (bearer.dep in {"prep", "pobj", "prt"} or bearer.tag in {"IN", "RB"}) and bearer.dep != "ROOT":
            if bearer.dep == "pobj" and sentence.head(bearer).lower == "with":
                break  # "with the command in its hands"
            bearer = sentence.head(bearer)
        return bearer

    def _in_control(self, sentence: Sentence, noun: Word, bearer: Word) -> Finding | None:
        """Read "remains in control of X"."""
        places = [p for c in under(sentence, noun) if c.preposition == "of" for p in self.places.read(sentence, c.noun)]
        holder = clause(sentence, bearer).subject if is_verb(bearer) else bearer
        actor = self.actors.read(sentence, holder)
        return self._finding(sentence, noun, Kind.CONTROL, places, actor, bearer) if places and actor is not None else None

    def _places_of(self, sentence: Sentence, bearer: Word) -> list[PlacePhrase]:
        """Return what is held: the object or the subject of the verb, or the noun itself ("depots under regime control")."""
        if not is_verb(bearer):
            return self.places.read(sentence, antecedent(sentence, bearer))
        read = clause(sentence, bearer)
        nouns = [noun for noun in (read.object, read.subject) if noun is not None]
        return next((found for noun in nouns if (found := self.places.read(sentence, noun))), [])

    def _holder(self, sentence: Sentence, noun: Word) -> ActorPhrase | None:
        for complement in under(sentence, noun):
            if complement.preposition in {"of", "by"} and (found := self.actors.read(sentence, complement.noun)) is not None:
                return found
        return self.actors.possessor(sentence, noun)

    # -- forms of "to be" ----------------------------------------------------------------------------------------

    def _held(self, sentence: Sentence, word: Word) -> Finding | None:
        verb = next((w for w in [word, *sentence.ancestors(word)] if w.lemma in self.lexicon.holdings.being), None)
        states = any(w.dep in COMPLEMENTS and w.dep != "prep" for w in (word, sentence.head(word)) if not is_verb(w) or w is word)
        if verb is None or word.dep in {"amod", "appos"} or not states:
            return None
        holder = sentence.words[word.i - 2]
        return self._owned(sentence, word, verb, ActorPhrase(sentence, holder, holder, holder))

    def _own(self, sentence: Sentence, word: Word) -> Finding | None:
        verb = sentence.head(word)
        if verb.lemma not in self.lexicon.holdings.being:
            return None
        return self._owned(sentence, word, verb, ActorPhrase(sentence, word, word, word, pronoun=word.lower))

    def _with(self, sentence: Sentence, word: Word) -> Finding | None:
        noun = sentence.child(word, "pobj")
        actor = self.actors.read(sentence, noun) if noun is not None and self.actors.is_force(sentence, noun) else None
        return self._owned(sentence, word, sentence.head(word), actor) if actor is not None else None

    def _with_them_in(self, sentence: Sentence, word: Word) -> Finding | None:
        """Read ", with the rebels apparently inside the barracks": where somebody is while something else goes on."""
        noun = sentence.child(word, "pobj")
        if noun is None or not self.actors.is_force(sentence, noun) or sentence.children(sentence.head(word), "neg"):
            return None
        for prep in sentence.children(noun, "prep"):
            apart = any(w.tag == "RB" for w in sentence.words[noun.i + 1 : prep.i]) or prep.lower == "inside"
            where = sentence.child(prep, "pobj")
            if prep.lower in WITHIN and apart and where is not None and (places := self.places.read(sentence, where, prep.lower)):
                return self._finding(sentence, prep, Kind.POSITION, places, self.actors.read(sentence, noun), prep)
        return None

    def _owned(self, sentence: Sentence, word: Word, verb: Word, actor: ActorPhrase) -> Finding | None:
        subject = clause(sentence, verb).subject
        places = self.places.read(sentence, subject) if subject is not None else []
        return self._finding(sentence, word, Kind.CONTROL, places, actor, verb) if places else None

    def _verbless(self, sentence: Sentence, noun: Word) -> Finding | None:
        """Read "Rebels at gates of Aleppo", "Government troops back in Palmyra": a headline that leaves "are" out."""
        if not self.actors.is_force(sentence, noun) or sentence.children(noun, "acl", "relcl", "nsubj", "cop"):
            return None
        for prep in sentence.children(noun, "prep", "advmod"):
            if prep.lower in WITHIN and prep.i == noun.i + 1:
                places = [p for c in under(sentence, noun) for p in self.places.read(sentence, c.noun, c.preposition) if p.name is not None]
                places += [
                    p for c in under(sentence, prep) for p in self.places.read(sentence, c.noun, c.preposition) if p.name is not None
                ]
                if places:
                    return self._finding(sentence, noun, Kind.POSITION, places, self.actors.read(sentence, noun), noun)
        return None

    @staticmethod
    def _finding(sentence: Sentence, word: Word, kind: Kind, places: list[PlacePhrase], actor: ActorPhrase | None, bearer: Word) -> Finding:
        absorbs = (bearer,) if is_verb(bearer) else ()
        rule = f"holding:{word.lemma}:{kind}"
        return Finding(sentence, word, kind, tuple(places), actor, None, rule=rule, stative=kind is Kind.CONTROL, absorbs=absorbs)
