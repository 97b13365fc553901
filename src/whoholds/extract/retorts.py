"""Denials that only point at what they deny: "Armenia denies it", "called the claim a lie", "a charge Kigali rejects" (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from whoholds.extract.clauses import is_verb
from whoholds.extract.syntax import Sentence, Word
from whoholds.extract.voices import Voice, VoiceReader
from whoholds.model import Span
from whoholds.registry.lexicon import EventNoun
from whoholds.taxonomy import Kind, Stance

BACKWARD = frozenset({"it", "this", "that", "these", "those", "them", "so"})
ABOUT = frozenset({"about", "on", "over", "regarding", "concerning"})
CHARGING = frozenset({"accuse"})
KINDS = frozenset({"kind", "sort"})
CLOSE = 8
"""How many words may part "a charge that" from the verb that rejects it."""


@dataclass(frozen=True, slots=True)
class RetortRules:
    """Finds the denials of a sentence that name nothing themselves."""

    reader: VoiceReader

    def find(self, sentence: Sentence) -> Iterator[Voice]:
        """Yield their voices, each with the verb of the denial."""
        for verb in sentence:
            if not is_verb(verb) or self.reader.future(sentence, verb) or self.reader.unsaid(sentence, verb):
                continue
            if self._denies(sentence, verb):
                kind = self._kind(sentence, verb)
                yield replace(self.reader.spoken(sentence, verb, Stance.DENIES), topics=self._topics(sentence, verb), kind=kind)
            elif self.reader.denies(sentence, verb) and (denier := self._denier_of_charge(sentence, verb)) is not None:
                yield Voice(denier, sentence, Span(verb.start, verb.end), verb, Stance.DENIES)

    def _denies(self, sentence: Sentence, verb: Word) -> bool:
        said = sentence.child(verb, "dobj") or (sentence.child(verb, "nsubjpass") if sentence.children(verb, "agent") else None)
        if self.reader.denies(sentence, verb) and self._points_back(sentence, said):
            return True
        if verb.lemma in CHARGING and self._of_lying(sentence, verb):
            return True
        if self._points_back(sentence, said) and self.reader.brands_false(sentence, verb, said):
            return True
        return verb.lemma in self.reader.lexicon.saying.say and self._gainsays(sentence, verb)

    def _points_back(self, sentence: Sentence, noun: Word | None) -> bool:
        if noun is None:
            return False
        if noun.lower in BACKWARD:
            return True
        own = sentence.children(noun, "acl", "relcl", "ccomp", "compound", "poss")
        own += [w for w in sentence.children(noun, "amod") if w.text[:1].isupper()]
        own += [prep for prep in sentence.children(noun, "prep") if prep.lower not in ABOUT | {"as"} and not self._of_event(sentence, prep)]
        return noun.lemma in self.reader.lexicon.saying.report_noun and not own

    def _of_event(self, sentence: Sentence, prep: Word) -> EventNoun | None:
        """Return what a claim was of where it says no more than that: "the claim of full control"."""
        noun = sentence.child(prep, "pobj") if prep.lower == "of" else None
        bare = noun is not None and not sentence.children(noun, "prep", "poss", "compound", "relcl", "acl")
        return self.reader.lexicon.nouns.get(noun.lemma) if noun is not None and bare else None

    def _kind(self, sentence: Sentence, verb: Word) -> Kind | None:
        """Return the kind that the denied claim was of, where it is named."""
        claims = [*sentence.children(verb, "dobj", "nsubjpass")]
        claims += [w for content in self._contents(sentence, verb) for w in sentence.children(content, "nsubj", "nsubjpass")]
        events = (self._of_event(sentence, prep) for noun in claims for prep in sentence.children(noun, "prep"))
        return next((event.kind for event in events if event is not None), None)

    @staticmethod
    def _topics(sentence: Sentence, verb: Word) -> tuple[str, ...]:
        """Return the words of what the denied claim is about, where the text says so."""
        preps = [p for noun in sentence.children(verb, "dobj") for p in sentence.children(noun, "prep") if p.lower in ABOUT]
        nouns = [c for p in preps for noun in sentence.children(p, "pobj") for c in sentence.conjuncts(noun)]
        return tuple(w.lower for noun in nouns for w in (noun, *sentence.children(noun, "compound")))

    def _of_lying(self, sentence: Sentence, verb: Word) -> bool:
        """Tell whether somebody is charged with having said what is not so: "accused them of spreading lies"."""
        false = self.reader.lexicon.saying.false_word
        bearers = [verb, *sentence.children(verb, "dobj")]
        charges = [p for bearer in bearers for p in sentence.children(bearer, "prep") if p.lower == "of"]
        return any(w.lower in false or w.lemma in false for charge in charges for w in sentence.subtree(charge))

    @staticmethod
    def _contents(sentence: Sentence, verb: Word) -> list[Word]:
        """Return the clauses that are said, one after the other, or the one around "the claim, the army said, was false"."""
        around = [sentence.head(verb)] if verb.dep == "parataxis" else []
        return [clause for content in [*sentence.children(verb, "ccomp"), *around] for clause in sentence.conjuncts(content)]

    def _gainsays(self, sentence: Sentence, verb: Word) -> bool:
        """Tell whether what is said is only that something said before is not so."""
        beside = sentence.children(verb, "advmod")
        negated = any(w.lower == "not" and w.i < verb.i for w in sentence.words[: verb.i])
        if any(w.lower == "otherwise" or (w.lower == "so" and w.i < verb.i and negated) for w in beside):
            return True
        return any(self._is_untrue(sentence, content) or self._unlike(sentence, content) for content in self._contents(sentence, verb))

    def _is_untrue(self, sentence: Sentence, content: Word) -> bool:
        """Read "this was untrue", "the claim is not true"."""
        about = sentence.child(content, "nsubj", "nsubjpass")
        complements = sentence.children(content, "acomp", "attr")
        false = any(w.lower in self.reader.lexicon.saying.false_word for w in complements)
        untrue = any(w.lower in self.reader.lexicon.stance.said_false for w in complements) and bool(sentence.children(content, "neg"))
        return (false or untrue) and self._points_back(sentence, about)

    @staticmethod
    def _unlike(sentence: Sentence, content: Word) -> bool:
        """Read "it had not", "nothing of the kind had happened"."""
        about = sentence.child(content, "nsubj", "nsubjpass")
        if about is None:
            return False
        if about.lower == "nothing":
            return any(w.lower in KINDS for prep in sentence.children(about, "prep") for w in sentence.children(prep, "pobj"))
        elliptic = content.lemma in {"have", "do", "be"} and not sentence.children(content, "dobj", "attr", "acomp", "prep", "xcomp")
        return elliptic and bool(sentence.children(content, "neg")) and about.tag.startswith("PRP")

    def _denier_of_charge(self, sentence: Sentence, verb: Word) -> Word | None:
        """Return who denies in ", which Yerevan denied", ", a charge Kigali rejects": what was just said is the object."""
        if sentence.children(verb, "dobj") and not any(w.lower == "which" for w in sentence.children(verb, "dobj")):
            return None
        if any(w.i > verb.i for w in sentence.children(verb, "ccomp", "xcomp")):
            return None
        for i in range(verb.i - 1, max(0, verb.i - CLOSE), -1):
            word = sentence.words[i]
            charge = word.lower in {"which", "something"} or word.lemma in self.reader.lexicon.saying.report_noun
            if charge and any(w.text == "," for w in sentence.words[max(0, i - 2) : i]):
                nouns = [w for w in sentence.words[i + 1 : verb.i] if w.tag.startswith(("NN", "PRP")) and w.tag != "PRP$"]
                return nouns[-1] if nouns else None
        return None
