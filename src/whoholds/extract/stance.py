"""Whether a clause says that something happened, and how firmly (pure)."""

from __future__ import annotations

from dataclasses import dataclass

from whoholds.extract.clauses import is_verb, told_of
from whoholds.extract.findings import Actuality
from whoholds.extract.syntax import Sentence, Word
from whoholds.model import Span
from whoholds.registry.lexicon import Lexicon
from whoholds.taxonomy import Certainty

STATES = frozenset({"be", "have", "hold", "control", "remain", "stay", "stand", "keep", "lie"})
CLAUSAL = frozenset({"ccomp", "xcomp", "advcl", "acl", "relcl", "conj", "parataxis", "pcomp"})
SEEMING = frozenset({"appear", "seem", "look"})
NEVER = frozenset({"never", "hardly", "longer", "nowhere"})
QUESTIONS = frozenset({"who", "whether", "if", "what", "which", "how"})
RANKS = frozenset({"first", "second", "third", "fourth", "fifth", "last", "latest", "only"})
PURPOSE_ACTUAL = frozenset({"come", "go", "return"})


@dataclass(frozen=True, slots=True)
class Reality:
    """The outcome: what became of the event in the wording, with a hedge and its cue where there is one."""

    actuality: Actuality
    hedge: Certainty | None = None
    cue: Span | None = None


@dataclass(frozen=True, slots=True)
class StanceRules:
    """Reads negation, modality and hedges with one lexicon."""

    lexicon: Lexicon

    def read(self, sentence: Sentence, predicate: Word) -> Reality:
        """Climb from a predicate to the clause that is said or stands alone, and collect what each step does to it."""
        actuality, hedge, cue = Actuality.ACTUAL, None, None
        word, shares = self._first_verb(sentence, predicate), True
        while True:
            if shares:
                step = self._own(sentence, word, predicate)
                actuality = _combine(actuality, step)
            own_hedge = self._hedge(sentence, word) or self._left_open(sentence, word)
            if own_hedge is not None and hedge is None:
                hedge, cue = own_hedge
            parent = sentence.head(word)
            if parent is word or actuality is Actuality.DROPPED:
                break
            step, shares, go_on, passive_hedge = self._link(sentence, word, parent, shares)
            actuality = _combine(actuality, step)
            if passive_hedge is not None and hedge is None:
                hedge, cue = passive_hedge, Span(parent.start, parent.end)
            if not go_on:
                break
            word = parent
        return Reality(actuality, hedge, cue)

    def _first_verb(self, sentence: Sentence, predicate: Word) -> Word:
        """For an event noun, begin at the verb whose object or subject it is; other nouns begin at themselves."""
        first = predicate
        while first.dep == "conj" and not is_verb(first) and not is_verb(sentence.head(first)):
            first = sentence.head(first)  # "neither a revolt nor a withdrawal"
        head = sentence.head(first)
        if first is not predicate:
            return head if first.dep in {"dobj", "attr"} and sentence.children(first, "preconj") and is_verb(head) else predicate
        if not is_verb(predicate) and predicate.dep in {"dobj", "nsubj", "nsubjpass", "attr"} and is_verb(head):
            told = told_of(sentence, head, self.lexicon.stance.verb) if predicate.dep == "nsubjpass" else None
            return told or head
        return predicate

    def _own(self, sentence: Sentence, verb: Word, predicate: Word) -> Actuality:
        """Return what the auxiliaries, negation and conjunction of one clause say."""
        children = sentence.children(verb)
        if self._asked(sentence, verb) or self._so_far(sentence, verb):
            return Actuality.DROPPED
        if any(c.dep == "det" and c.lower == "no" for c in children):
            return Actuality.NEGATED
        modal = self._modal(sentence, verb)
        if modal is not None:
            return modal
        if any(c.dep in {"preconj", "cc"} and c.lower in {"neither", "nor"} and c.i < verb.i for c in children):
            return Actuality.NEGATED
        if any(c.dep == "aux" and c.lower in {"may", "might"} for c in children) and self._forecast(sentence, verb):
            return Actuality.DROPPED
        if any(c.dep == "neg" or (c.dep == "advmod" and c.lower in NEVER) for c in children):
            return Actuality.NEGATED
        averting = self.lexicon.stance.negative | self.lexicon.stance.averting
        averted = verb is not predicate and verb.lemma in averting and predicate.dep in {"dobj", "nsubjpass"}
        if averted or self._of_none(sentence, verb, predicate):
            return Actuality.NEGATED
        yet = any(c.lower == "yet" for c in children) and verb.lemma in {"be", "have"}
        return Actuality.NEGATED if yet and "to" in {w.lower for w in sentence.words[verb.i : verb.i + 4]} else Actuality.ACTUAL

    def _asked(self, sentence: Sentence, verb: Word) -> bool:
        """Tell whether a clause is a condition or a question to which the text has no answer: "if", "establish who held it"."""
        children = sentence.children(verb)
        conditional = any(c.dep == "mark" and c.lower in self.lexicon.stance.condition for c in children)
        asks_who = verb.dep in {"ccomp", "csubj"} and any(c.lower == "who" and c.dep == "nsubj" for c in children)
        return (conditional or asks_who) and self._left_open(sentence, verb) is None

    def _so_far(self, sentence: Sentence, verb: Word) -> bool:
        """Tell whether a relative only says what had not been so until now: "the last city it had not held"."""
        if verb.dep != "relcl" or not sentence.children(verb, "neg") or not any(w.lower == "had" for w in sentence.children(verb, "aux")):
            return False
        return self._ranked(sentence, sentence.head(verb)) or any(w.lower == "since" for w in sentence.children(verb, "prep"))

    def _modal(self, sentence: Sentence, verb: Word) -> Actuality | None:
        """Return what a modal makes of a clause: "could not enter" did not, "will enter" is dropped; None where there is none."""
        children = sentence.children(verb)
        lowered = {c.lower for c in children}
        if "could" in lowered and any(c.dep == "mark" and c.lower == "before" for c in children):
            return Actuality.NEGATED  # "thrown back before they could enter"
        modal = self.lexicon.stance.non_actual_modal | {"could"}
        if not any(c.dep == "aux" and c.lower in modal for c in children) or {"have", "may"} <= lowered:
            return None
        negated = any(c.dep == "neg" for c in children)
        return Actuality.NEGATED if negated and lowered & {"could", "can"} else Actuality.DROPPED

    @staticmethod
    def _of_none(sentence: Sentence, verb: Word, predicate: Word) -> bool:
        """Tell whether a clause is of nobody or nothing: "no unit left", "left no village"; not "their entry met no resistance"."""
        children = sentence.children(verb)
        nouns = [noun for prep in children if prep.dep in {"prep", "agent"} for noun in sentence.children(prep, "pobj")]
        event_met_it = predicate.head == verb.i and predicate.dep in {"nsubj", "nsubjpass"}
        nouns += [c for c in children if c.dep in {"dobj", "attr"} and not event_met_it]
        if any(c.lower == "nothing" for c in sentence.children(verb, "dobj")):
            return True
        if any(c.lower in {"no", "neither"} for noun in nouns for c in sentence.children(noun, "det", "preconj", "cc")):
            return True
        subject = next((c for c in children if c.dep in {"nsubj", "nsubjpass"}), None)
        if subject is None:
            return False
        return subject.lower in {"nobody", "none"} or any(c.lower in {"no", "neither", "not"} for c in sentence.children(subject))

    def _forecast(self, sentence: Sentence, verb: Word) -> bool:
        """Tell "may take it" (what may come) from "may be there", "may have taken it" (what may be so)."""
        return verb.lemma not in STATES and not any(c.lower in {"have", "be"} for c in sentence.children(verb, "aux", "auxpass"))

    def _hedge(self, sentence: Sentence, verb: Word) -> tuple[Certainty, Span] | None:
        """Return the hedge that an adverb or modal of this clause makes, with its cue."""
        words = self.lexicon.stance
        for child in sentence.children(verb):
            if child.lower in words.adverb and child.dep in {"advmod", "amod", "acomp", "dep", "conj"}:
                return words.adverb[child.lower], Span(child.start, child.end)
            if child.dep == "aux" and child.lower in words.modal and child.lower != "could" and not self._forecast(sentence, verb):
                return words.modal[child.lower], Span(child.start, child.end)
        return None

    def _left_open(self, sentence: Sentence, verb: Word) -> tuple[Certainty, Span] | None:
        """Return the cue of a state that the text leaves open: "who held it was unclear", "it is not clear whether it holds".

        An event of which nothing is known is not news.
        """
        above = sentence.head(verb)
        asks = any(c.lower in QUESTIONS for c in sentence.children(verb))
        if not asks or verb.lemma not in STATES or verb.dep not in {"csubj", "ccomp", "nsubj", "advcl", "xcomp"}:
            return None
        words = self.lexicon.stance
        for word in [above, *sentence.children(above, "acomp", "oprd", "attr")]:
            denied = bool(sentence.children(above, "neg") or sentence.children(word, "neg"))
            if word.lower in words.open or (word.lower in words.settled and denied):
                return Certainty.UNDERSPECIFIED, Span(word.start, word.end)
        return None

    def _link(self, sentence: Sentence, word: Word, parent: Word, shares: bool) -> tuple[Actuality, bool, bool, Certainty | None]:  # noqa: FBT001  state of the climb
        """Judge one step up: what it does to the event, whether the parent's modality is shared, whether to go on."""
        words = self.lexicon.stance
        if word.dep in {"pcomp", "prep", "pobj"} or parent.tag in {"IN", "TO"}:
            far_from = f"{sentence.head(parent).lower} {parent.lower}" in {"far from", "short of"}
            negates = word.dep == "pcomp" and (parent.lower == "without" or far_from)
            seeming = words.verb[parent.lemma] if word.dep == "prep" and parent.lemma in SEEMING else None
            return (Actuality.NEGATED if negates else Actuality.ACTUAL), shares and word.dep != "pcomp", True, seeming
        infinitive = any(c.dep == "aux" and c.lower == "to" for c in sentence.children(word))
        if parent.lemma in {"able", "unable"} and infinitive:
            return (Actuality.ACTUAL if parent.lemma == "able" else Actuality.NEGATED), True, True, None
        if not is_verb(parent):
            return self._under_noun(sentence, word, parent), infinitive and parent.lemma in words.trial, True, None
        if parent.lemma in words.negative and word.dep in {"xcomp", "ccomp", "advcl", "pcomp"}:
            return Actuality.NEGATED, True, True, None
        if parent.lemma in words.attempt and infinitive:
            return Actuality.NEGATED if self._futile(sentence, parent) else Actuality.ATTEMPT, True, True, None
        if infinitive and word.dep in {"xcomp", "ccomp", "advcl"}:
            return self._infinitive(sentence, word, parent)
        ruled_out = parent.lemma == "rule" and any(w.lower == "out" for w in sentence.children(parent, "prt"))
        considered = word.dep == "ccomp" or (word.dep == "xcomp" and word.tag == "VBG")
        if considered and (parent.lemma in words.wish or ruled_out):
            return Actuality.DROPPED, False, False, None
        if word.dep == "conj":
            bare = not sentence.children(word, "nsubj", "nsubjpass", "aux", "auxpass")
            return Actuality.ACTUAL, shares and bare, True, None
        if word.dep == "advcl":
            bare = not sentence.children(word, "nsubj", "nsubjpass", "mark")
            return Actuality.ACTUAL, shares and bare, True, None
        impersonal = word.dep == "ccomp" and parent.lemma in SEEMING and any(w.lower == "it" for w in sentence.children(parent, "nsubj"))
        seeming = words.verb[parent.lemma] if impersonal else None  # "it appears that"
        return Actuality.ACTUAL, False, word.dep in CLAUSAL or not is_verb(word), seeming

    def _under_noun(self, sentence: Sentence, word: Word, noun: Word) -> Actuality:
        """Judge a clause that hangs on a noun: an infinitive is a plan, but for what is claimed, what came true and failed attempts."""
        infinitive = any(c.dep == "aux" and c.lower == "to" for c in sentence.children(word))
        if not infinitive or word.dep not in {"acl", "relcl", "xcomp", "advcl", "ccomp"}:
            return Actuality.ACTUAL
        if noun.lemma in self.lexicon.stance.trial and self._futile(sentence, noun):
            return Actuality.NEGATED
        real = noun.lemma in self.lexicon.saying.claim_noun or self._ranked(sentence, noun)
        return Actuality.ACTUAL if real else Actuality.DROPPED

    def _futile(self, sentence: Sentence, attempt: Word) -> bool:
        """Tell whether an attempt came to nothing: "tried in vain to", "was unsuccessful in its bid to", "their failed attempt to"."""
        words, above = self.lexicon.stance, sentence.head(attempt)
        beside = [attempt, *sentence.children(attempt, "advmod", "amod"), above, sentence.head(above)]
        beside += [noun for prep in sentence.children(attempt, "prep") for noun in sentence.children(prep, "pobj")]
        judged = above if attempt.dep in {"nsubj", "nsubjpass"} else sentence.head(above)
        beside += sentence.children(judged, "acomp", "attr")
        return any(w.lower in words.futile or (w.lemma == "fail" and not is_verb(attempt)) for w in beside)

    @staticmethod
    def _is_past(sentence: Sentence, verb: Word) -> bool:
        """Tell whether a relative clause tells what has been, whatever is planned above it: "retake X from the men who seized it"."""
        return verb.tag == "VBD" or any(w.lower in {"had", "was", "were"} for w in sentence.children(verb, "aux", "auxpass"))

    @staticmethod
    def _ranked(sentence: Sentence, noun: Word) -> bool:
        """Tell whether an infinitive after a noun has come true: "the first to enter", "the last town to fall"."""
        return any(w.lower in RANKS for w in (noun, *sentence.children(noun, "amod", "nummod")))

    def _infinitive(self, sentence: Sentence, word: Word, parent: Word) -> tuple[Actuality, bool, bool, Certainty | None]:
        words = self.lexicon.stance
        if parent.lemma in {"have", "be"} and any(c.lower == "yet" for c in sentence.children(parent)):
            return Actuality.NEGATED, True, True, None
        passive = bool(sentence.children(parent, "auxpass", "nsubjpass")) or (
            parent.tag == "VBN" and parent.dep in {"acl", "relcl", "amod"}
        )
        aimed = parent.lemma == "look" and not any(c.lower in {"have", "be"} for c in sentence.children(word, "aux"))  # "look to retake"
        seems = passive or (parent.lemma in SEEMING and not aimed)
        hedging = word.dep in {"xcomp", "ccomp"} and parent.lemma in words.verb and seems
        if hedging:
            return Actuality.ACTUAL, True, True, words.verb[parent.lemma]
        outcome = any(w.lower == "only" for w in sentence.children(word, "advmod"))  # "took it, only to be driven out"
        if word.dep == "advcl" and not outcome and parent.lemma not in PURPOSE_ACTUAL:
            return Actuality.DROPPED, False, False, None
        actual = parent.lemma in words.actual or outcome
        return (Actuality.ACTUAL if actual else Actuality.DROPPED), True, True, None


def _combine(so_far: Actuality, step: Actuality) -> Actuality:
    """Two negations make an assertion that no report means; the first cue that drops or negates stands."""
    order = (Actuality.DROPPED, Actuality.NEGATED, Actuality.ATTEMPT)
    return next((a for a in order if a in {so_far, step}), Actuality.ACTUAL)
