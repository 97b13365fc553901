"""Denials that only point at what they deny: "Armenia denies it", "called the claim a lie", "a charge Kigali rejects" (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from whoholds.extract.clauses import is_verb
from whoholds.extract.syntax import Sentence, Word
from whoholds.extract.voices import Voice, VoiceReader
from whoholds.model import Span
from whoholds.taxonomy import Stance

BACKWARD = frozenset({"it", "this", "that", "these", "those", "them", "so"})
ABOUT = frozenset({"about", "on", "over", "regarding", "concerning"})
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
                yield replace(self.reader.spoken(sentence, verb, Stance.DENIES), topics=self._topics(sentence, verb))
            elif self.reader.denies(sentence, verb) and (denier := self._denier_of_charge(sentence, verb)) is not None:
                yield Voice(denier, sentence, Span(verb.start, verb.end), verb, Stance.DENIES)

    def _denies(self, sentence: Sentence, verb: Word) -> bool:
        said = sentence.child(verb, "dobj")
        if self.reader.denies(sentence, verb) and self._points_back(sentence, said):
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
        own += [prep for prep in sentence.children(noun, "prep") if prep.lower not in ABOUT | {"as"}]
        return noun.lemma in self.reader.lexicon.saying.report_noun and not own

    @staticmethod
    def _topics(sentence: Sentence, verb: Word) -> tuple[Word, ...]:
        """Return what the denied claim is about, where the text says so."""
        preps = [p for noun in sentence.children(verb, "dobj") for p in sentence.children(noun, "prep") if p.lower in ABOUT]
        return tuple(c for p in preps for noun in sentence.children(p, "pobj") for c in sentence.conjuncts(noun))

    def _gainsays(self, sentence: Sentence, verb: Word) -> bool:
        """Tell whether what is said is only that something said before is not so."""
        if any(w.lower == "otherwise" for w in sentence.children(verb, "advmod")):
            return True
        for content in sentence.children(verb, "ccomp"):
            about = sentence.child(content, "nsubj", "nsubjpass")
            false = [w for w in sentence.children(content, "acomp", "attr") if w.lower in self.reader.lexicon.saying.false_word]
            if false and self._points_back(sentence, about):
                return True
            elliptic = content.lemma in {"have", "do", "be"} and not sentence.children(content, "dobj", "attr", "acomp", "prep", "xcomp")
            if elliptic and sentence.children(content, "neg") and about is not None and about.tag.startswith("PRP"):
                return True
        return False

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
