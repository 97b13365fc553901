"""People who are taken, not places: "captured Smith", "was captured while fighting", "two soldiers captured in an ambush" (pure)."""

from __future__ import annotations

from dataclasses import dataclass

from whoholds.extract.clauses import clause, is_verb
from whoholds.extract.findings import Form
from whoholds.extract.phrases import is_proper, proper_run
from whoholds.extract.syntax import NameOf, Sentence, Word
from whoholds.extract.toponyms import PlaceReader
from whoholds.registry.lexicon import Lexicon

PERSONAL = frozenset({"he", "his", "him", "she", "her", "himself", "herself"})
MEN = frozenset({"he", "she", "they", "him", "her", "them", "who", "whom", "those", "i", "we", "us"})
DURING = frozenset({"in", "during", "after", "while"})
COUNTS = frozenset({"dozen", "hundred", "thousand"})
AGE_WORDS = 3
"""Words of an age behind a name: ", 34 ,"."""


@dataclass(frozen=True, slots=True)
class PrisonerRules:
    """Tells people who are captured from places that are."""

    lexicon: Lexicon
    places: PlaceReader

    def is_person(self, sentence: Sentence, verb: Word, noun: Word) -> bool:
        """Tell whether a name that is captured, held or handed over is a prisoner's."""
        return (
            self._described(sentence, noun)
            or self._fared(sentence, verb, noun)
            or self._taken_with(sentence, verb, noun)
            or self._may_be(sentence, verb, noun)
        )

    def taken_in(self, sentence: Sentence, event: Word) -> bool:
        """Tell whether an event is only where somebody was taken: "captured in a raid near X", "captured while fighting in X"."""
        above = sentence.head(event)
        if event.dep not in {"pobj", "pcomp", "advcl"} or (event.dep != "advcl" and above.lower not in DURING):
            return False
        verb = sentence.head(above) if event.dep != "advcl" else above
        if not is_verb(verb) or verb.lemma not in self.lexicon.classes.taking:
            return False
        if event.dep == "advcl" and (event.tag != "VBG" or sentence.child(event, "nsubj") is not None):
            return False
        read = clause(sentence, verb)
        taken = read.object if read.object is not None else read.subject
        return taken is not None and (verb.dep == "acl" or self._are_people(sentence, verb, taken))

    def _are_people(self, sentence: Sentence, verb: Word, noun: Word) -> bool:
        if noun.lower in MEN or noun.tag in {"CD", "PRP"} or noun.lemma in self.lexicon.classes.detainees | self.lexicon.actors.people:
            return True
        force = noun.lemma in self.lexicon.actors.force and noun.tag == "NNS"
        return force or noun.lemma in self._human() or (is_proper(noun) and self.is_person(sentence, verb, noun))

    def _human(self) -> frozenset[str]:
        return self.lexicon.saying.office | self.lexicon.classes.kin

    # -- signs ---------------------------------------------------------------------------------------------------

    def _described(self, sentence: Sentence, noun: Word) -> bool:
        """Tell whether a name has an age, a rank, a "who", or is said to be somebody's brother, a mechanic, one of five."""
        after = sentence.words[noun.i + 1 : noun.i + 1 + AGE_WORDS]
        aged = [w.text for w in after[::2]] == [",", ","] and after[1].tag == "CD"
        who = any(w.lower in {"who", "whom"} for part in sentence.children(noun, "relcl") for w in sentence.children(part))
        if aged or who:
            return True
        if not is_proper(noun):
            return False
        first = proper_run(sentence, noun)[0]
        ranked = noun.name is NameOf.NOTHING and any(
            w.lower.rstrip(".") in self.lexicon.classes.rank for w in sentence.words[max(0, first.i - 1) : noun.i]
        )
        return ranked or any(self._is_human(sentence, w) for w in sentence.children(noun, "appos"))

    def _is_human(self, sentence: Sentence, noun: Word) -> bool:
        of_people = noun.lower == "one" and any(p.lower == "of" for p in sentence.children(noun, "prep"))
        return of_people or noun.lemma in self._human() or (noun.name is NameOf.ACTOR and noun.tag in {"NN", "NNP"})

    def _fared(self, sentence: Sentence, verb: Word, noun: Word) -> bool:
        """Tell whether a name is said to have been tortured, tried or freed too, is "he" later on, or is taken as others are caught."""
        if verb.tag == "VBN" and is_proper(noun) and any(w.lower in PERSONAL and w.i > noun.i for w in sentence):
            return True
        fate, arrest = self.lexicon.classes.fate, self.lexicon.classes.arrest
        for other in sentence:
            if other is verb or not is_verb(other) or other.lemma not in fate | arrest:
                continue
            beside = other.lemma in arrest and other.dep in {"conj", "advcl"} and sentence.head(other) is verb
            if beside or (other.dep in {"conj", "advcl", "pcomp", "ROOT"} and clause(sentence, other).object is noun):
                return True
        return False

    def _taken_with(self, sentence: Sentence, verb: Word, noun: Word) -> bool:
        """Tell whether a name is taken as only a man can be: alive, with other men, while fighting or on patrol."""
        passive = verb.tag == "VBN"
        if not is_proper(noun):
            return False
        if any(w.lower == "alive" for w in sentence.children(verb, "oprd", "acomp", "advmod", "amod")):
            return True
        for prep in sentence.children(verb, "prep"):
            companions = [prep] if prep.lower == "with" and passive else []
            companions += sentence.children(prep, "prep") if prep.lower in {"along", "together"} else []
            for inner in companions:
                if any(
                    w.tag == "NNS" and w.lemma not in COUNTS and self._are_people(sentence, verb, w)
                    for w in sentence.children(inner, "pobj")
                ):
                    return True
        return passive and any(self._meanwhile(sentence, w, noun) for w in sentence.children(verb, "advcl"))

    @staticmethod
    def _meanwhile(sentence: Sentence, word: Word, noun: Word) -> bool:
        """Tell "while fighting", "as he fled", "while on a mission": what a man may do, and no town."""
        if not any(w.dep == "mark" and w.lower in {"while", "as", "when"} for w in sentence.children(word)):
            return False
        doer = sentence.child(word, "nsubj", "nsubjpass")
        return (doer is None and word.tag in {"VBG", "IN"}) or (doer is not None and (doer.lower in PERSONAL or doer.text == noun.text))

    def _may_be(self, sentence: Sentence, verb: Word, noun: Word) -> bool:
        """Tell whether one word that is captured may be a prisoner: no gazetteer knows it and no noun says that it is a place."""
        if verb.lemma not in self.lexicon.classes.arresting or noun.name is not NameOf.NOTHING or not is_proper(noun):
            return False
        if noun.i > 0 and is_proper(sentence.words[noun.i - 1]):
            return False
        return all(place.form is Form.NAMED and not place.known and not place.noun for place in self.places.read(sentence, noun))
