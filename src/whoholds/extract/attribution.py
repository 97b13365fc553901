"""Who vouches for a clause: saying verbs, denials, reports of, quotations, "according to" (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from whoholds.extract.asides import AsideRules
from whoholds.extract.clauses import is_verb, subject
from whoholds.extract.quotations import QuotationRules
from whoholds.extract.retorts import RetortRules
from whoholds.extract.syntax import NameOf, Sentence, Word
from whoholds.extract.voices import NOTHING_SAID, PUBLISHER, Voice, VoiceReader
from whoholds.model import Span
from whoholds.registry.lexicon import Lexicon
from whoholds.taxonomy import Certainty, Stance

CONTENT = frozenset({"ccomp", "parataxis", "xcomp"})
UNQUOTED = 0
"""What stands in no quotation: its speaker is known where a headline names him."""
CONTRAST = frozenset({"though", "although", "whereas"})
NOMINAL = frozenset({"dobj", "pobj", "nsubjpass", "oprd", "attr"})


@dataclass(slots=True)
class _Climb:
    """What has been met on the way up from a predicate: a noun of saying, a cue of falsehood, hearsay, a clause set apart."""

    reported: Word | None = None
    untrue: Span | None = None
    stated: bool = False
    hearsay: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True)
class AttributionRules:
    """Finds the voice of a clause with one lexicon."""

    lexicon: Lexicon

    @property
    def reader(self) -> VoiceReader:
        """What reads the voice of one verb."""
        return VoiceReader(self.lexicon)

    @property
    def _asides(self) -> AsideRules:
        return AsideRules(self.reader)

    def read(self, sentence: Sentence, predicate: Word, speakers: Mapping[int, Voice]) -> Voice:
        """Return the innermost voice: what governs the clause, else its quotation's speaker, else who it is put down to."""
        within = self._asides.within(sentence, predicate)
        if within is not None:
            return within
        governed = self._climb(sentence, predicate)
        quotation = sentence.quoted[predicate.i]
        if governed.void or (governed.source is not None and governed.verb is not None and sentence.quoted[governed.verb.i] == quotation):
            return governed
        speaker = speakers.get(quotation) if quotation else None
        if speaker is not None:
            return self._in_quotation(sentence, speaker, governed, quotation)
        if governed is not PUBLISHER:
            return governed
        return self._asides.beside(sentence, predicate) or speakers.get(UNQUOTED, PUBLISHER)

    @staticmethod
    def _in_quotation(sentence: Sentence, speaker: Voice, governed: Voice, quotation: int) -> Voice:
        """Return the speaker, with the stance of a cue that is part of the quotation ("There is no truth to reports that")."""
        cue = governed.cue
        inside = cue is not None and any(w.start == cue.start and sentence.quoted[w.i] == quotation for w in sentence)
        return replace(speaker, stance=governed.stance, certainty=governed.certainty, cue=cue) if governed.stance and inside else speaker

    def voices(self, sentence: Sentence) -> Iterator[Voice]:
        """Yield the voices of all saying and denying verbs of a sentence, whatever they say, and the persons it is about."""
        reader = self.reader
        for word in sentence:
            if word.dep in {"nsubj", "nsubjpass"} and self._is_officer(sentence, word):
                yield Voice(word, sentence)
        for verb in reader.verbs(sentence):
            if sentence.children(verb, "nsubj") and not reader.unsaid(sentence, verb):
                voice = reader.said(sentence, verb, None)
                if voice is not None and voice.source is not None and reader.is_source(sentence, voice.source):
                    yield voice

    def _is_officer(self, sentence: Sentence, noun: Word) -> bool:
        """Tell whether a noun is one person of some office, of whom "he said" may speak later."""
        lemmas = {noun.lemma, *(w.lemma for w in sentence.children(noun, "compound"))}
        return noun.name is NameOf.PERSON or (noun.tag in {"NN", "NNP"} and bool(lemmas & self.lexicon.saying.office))

    def retorts(self, sentence: Sentence) -> Iterator[Voice]:
        """Yield the denials that only point at what they deny: "Armenia denies it", "officials reject this", "says it has not"."""
        yield from RetortRules(self.reader).find(sentence)

    def speakers(self, sentences: Sequence[Sentence], last: Voice | None = None) -> dict[int, Voice]:
        """Return who speaks in each quotation of a paragraph, and under 0 whom a headline names; `last` spoke in the paragraph before."""
        found = QuotationRules(self.reader).speakers(sentences, last)
        label = self._asides.headline(sentences)
        return found | {UNQUOTED: label} if label is not None else found

    def last_speaker(self, sentences: Sequence[Sentence], speakers: Mapping[int, Voice]) -> Voice | None:
        """Return whom a quotation in the next paragraph goes on quoting: the speaker of the last, else who spoke at the end."""
        if speakers:
            return speakers[max(speakers)]
        voices = list(self.voices(sentences[-1])) if sentences else []
        return voices[-1] if voices else None

    # -- what governs the clause ---------------------------------------------------------------------------------

    def _climb(self, sentence: Sentence, predicate: Word) -> Voice:
        word, so_far = predicate, _Climb()
        for parent in sentence.ancestors(predicate):
            if self._parted_by_semicolon(sentence, word, parent):
                break
            so_far.untrue = so_far.untrue or self._untrue(sentence, word, parent)
            so_far.apart = so_far.apart or self._set_apart(sentence, word)
            if self._is_report(sentence, word, parent):
                so_far.reported = parent
            elif self._is_statement(sentence, word, parent):
                so_far.stated = True
            elif is_verb(parent):
                voice = self._verb(sentence, word, parent, predicate, so_far)
                if voice is not None and not (so_far.apart and voice.stance in {Stance.DENIES, Stance.UNACKNOWLEDGED}):
                    return self._settled(sentence, voice, so_far)
                so_far.hearsay = so_far.hearsay or (so_far.reported is word and parent.lemma in self.lexicon.saying.hear)
            word = parent
        if so_far.untrue is not None:
            return self._settled(sentence, Voice(None, sentence), so_far)
        if so_far.reported is not None:
            return self._reported(sentence, so_far.reported)
        return self._own_claim(sentence, predicate)

    @staticmethod
    def _parted_by_semicolon(sentence: Sentence, word: Word, parent: Word) -> bool:
        """Tell whether the parser hung a clause on one beyond a semicolon, which is another sentence."""
        low, high = sorted((word.i, parent.i))
        return any(w.text == ";" for w in sentence.words[low + 1 : high])

    @staticmethod
    def _set_apart(sentence: Sentence, word: Word) -> bool:
        """Tell whether a clause is a relative after a comma, or one of contrast, which no denial above it reaches."""
        if word.dep == "advcl" and any(w.lower in CONTRAST for w in sentence.children(word, "mark")):
            return True
        return word.dep == "relcl" and is_verb(word) and any(w.text == "," for w in sentence.words[sentence.head(word).i : word.i])

    def _settled(self, sentence: Sentence, voice: Voice, so_far: _Climb) -> Voice:
        """Return a voice with what it calls untrue denied, what it only heard hedged, and with whose claim it speaks of."""
        if so_far.untrue is not None:
            voice = replace(voice, stance=Stance.DENIES, certainty=Certainty.CERTAIN, cue=so_far.untrue)
        elif so_far.hearsay and voice.stance is None:
            voice = replace(voice, stance=Stance.HEDGES, certainty=Certainty.UNDERSPECIFIED)
        confirms = voice.verb is not None and voice.verb.lemma == "confirm" and voice.stance is None
        if so_far.reported is None or not (confirms or voice.stance is Stance.DENIES):
            return voice
        owner = self._owner(sentence, so_far.reported)
        return replace(voice, contradicted=owner) if owner is not None and owner is not voice.source else voice

    def _owner(self, sentence: Sentence, noun: Word) -> Word | None:
        """Return whose claim it is: "Moscow's claim", "an announcement by the rebels", "an Islamic State claim"."""
        for child in sentence.children(noun, "poss", "compound", "nmod"):
            if not child.tag.startswith("PRP") and self.reader.is_source(sentence, child):
                return child
        by = (n for p in sentence.children(noun, "prep") if p.lower in {"by", "from"} for n in sentence.children(p, "pobj"))
        return next((noun for noun in by if self.reader.is_source(sentence, noun)), None)

    def _is_report(self, sentence: Sentence, word: Word, parent: Word) -> bool:
        """Tell whether `parent` is a noun of saying that carries `word`: "reports of", "rumours that" (whatever its tag)."""
        verb = parent.tag.startswith("VB") and (parent.tag != "VBZ" or bool(sentence.children(parent, "nsubj")))
        if verb or parent.lemma not in self.lexicon.saying.report_noun:
            return False
        return word.dep in {"acl", "prep", "pobj", "ccomp", "relcl", "appos", "compound"} and (word.i > parent.i or word.dep == "compound")

    def _is_statement(self, sentence: Sentence, word: Word, parent: Word) -> bool:
        """Tell whether a clause hangs on the channel of what is said: "claimed in a communique that"."""
        channel = parent.lemma in self.lexicon.saying.channel | self.lexicon.saying.statement
        marked = any(w.lower == "that" for w in sentence.children(word, "mark"))
        return channel and marked and word.dep in {"acl", "relcl", "ccomp"} and not is_verb(parent)

    def _untrue(self, sentence: Sentence, word: Word, parent: Word) -> Span | None:
        """Return the cue of "there is no truth to …", "reports that … were false", "it is not true that …"."""
        words = self.lexicon.stance
        if parent.lemma in words.said_false:
            beside = [*sentence.children(parent), *sentence.children(sentence.head(parent))]
            return Span(parent.start, parent.end) if any(c.lower in words.negation for c in beside) else None
        if parent.lemma in {"have", "lack"} and word.dep in {"nsubj", "csubj"} and (ground := sentence.child(parent, "dobj")) is not None:
            without = parent.lemma == "lack" or any(c.lower == "no" for c in sentence.children(ground, "det"))
            return Span(ground.start, ground.end) if without and ground.lemma in words.said_false else None
        if parent.lower in self.lexicon.saying.false_word and word.dep == "ccomp":
            return Span(parent.start, parent.end)
        if parent.lemma in {"be", "remain"} and word.dep in {"nsubj", "nsubjpass", "csubj", "ccomp"}:
            for complement in sentence.children(parent, "acomp", "attr", "oprd"):
                false = complement.lower in self.lexicon.saying.false_word
                if false or (complement.lemma in words.said_false and sentence.children(parent, "neg")):
                    return Span(complement.start, complement.end)
        return None

    def _own_claim(self, sentence: Sentence, predicate: Word) -> Voice:
        """Return the subject's own voice where the predicate itself is a claim: "the rebels claimed the airbase"."""
        verb = predicate if is_verb(predicate) else next((w for w in sentence.ancestors(predicate) if is_verb(w)), predicate)
        source = subject(sentence, verb) if verb.lemma in self.lexicon.saying.vouch else None
        if source is None or source.tag.startswith(("W", "PRP")) or (verb is not predicate and verb.lemma == "claim"):
            return PUBLISHER
        witness = source.lemma in self.lexicon.saying.telling and not sentence.children(verb, "prt")
        own = verb is predicate and verb.lemma in {"put", "place"} and self.reader.is_source(sentence, source)
        if not (verb.lemma == "claim" or witness or own):
            return PUBLISHER
        return self.reader.said(sentence, verb, None) or PUBLISHER

    def _verb(self, sentence: Sentence, word: Word, verb: Word, predicate: Word, so_far: _Climb) -> Voice | None:
        """Return the voice if `verb` says or denies what hangs on it by `word`; None if it does neither."""
        reader, reported = self.reader, so_far.reported
        unsaid = reader.unsaid(sentence, verb)
        nominal = word.dep in NOMINAL or (word.dep in {"prep", "agent"} and word.lower in {"of", "to", "about", "as"})
        if reader.denies(sentence, verb) and (word.dep in CONTENT | {"advcl", "pcomp", "acl"} or nominal):
            return NOTHING_SAID if unsaid else reader.spoken(sentence, verb, Stance.DENIES)
        if reported is not None and nominal and not unsaid and reader.brands_false(sentence, verb, word):
            return reader.spoken(sentence, verb, Stance.DENIES)
        unvouched = self._unvouched(sentence, word, verb) if word.dep in CONTENT else None
        if unvouched is not None:
            return unvouched
        if (word.dep in CONTENT or nominal) and self._keeps_silent(sentence, word, verb):
            owned = reported is not None and self._owner(sentence, reported) is not None
            return self._reported(sentence, reported) if reported and owned else reader.spoken(sentence, verb, Stance.UNACKNOWLEDGED)
        if reported is not None and verb.lemma in self.lexicon.saying.verify and (unsaid or reader.future(sentence, verb)):
            return self._reported(sentence, reported)
        stated = so_far.stated and word.dep == "prep" and verb.lemma in self.lexicon.saying.say
        carries = stated or self._carries(sentence, word, verb, predicate)
        if not carries and not (nominal and self._names(verb, predicate, reported)):
            return None
        if unsaid or reader.future(sentence, verb):
            return NOTHING_SAID
        voice = reader.said(sentence, verb, reported)
        if voice is not None and reader.is_first_person(voice):
            so_far.hearsay = so_far.hearsay or (reported is not None and verb.lemma in self.lexicon.saying.hear)
            return None
        return voice

    def _unvouched(self, sentence: Sentence, word: Word, verb: Word) -> Voice | None:
        """Read "rumours spread that …" and "it was not possible to verify a claim by X that …": whose it is, else hearsay."""
        saying = self.lexicon.saying
        rumour = sentence.child(verb, "nsubj") if word.dep == "ccomp" and verb.lemma in saying.hear else None
        if rumour is not None and rumour.lemma in saying.report_noun:
            return self._reported(sentence, rumour)
        if verb.lemma not in saying.verify or sentence.head(verb).lemma not in {"possible", "impossible"}:
            return None
        claimed = sentence.child(verb, "dobj")
        return self._reported(sentence, claimed) if claimed is not None else NOTHING_SAID

    def _keeps_silent(self, sentence: Sentence, word: Word, verb: Word) -> bool:
        """Tell "did not mention", "without acknowledging", "acknowledged no loss", "has yet to acknowledge"."""
        mention = any(noun.lemma in {"mention", "acknowledgement", "admission"} for noun in sentence.children(verb, "dobj"))
        if verb.lemma not in self.lexicon.saying.silent and not (verb.lemma == "make" and mention):
            return False
        if verb.lemma == "make":
            return any(w.lower == "no" for noun in sentence.children(verb, "dobj") for w in sentence.children(noun, "det"))
        if any(c.dep == "aux" and c.lower in {"could", "can"} for c in sentence.children(verb)):
            return False
        none_such = word.dep == "dobj" and any(w.lower == "no" for w in sentence.children(word, "det"))
        return bool(sentence.children(verb, "neg")) or self._without(sentence, verb) or self._yet_to(sentence, verb) or none_such

    def _carries(self, sentence: Sentence, word: Word, verb: Word, predicate: Word) -> bool:
        """Tell whether a verb of saying carries a clause: "said that", "accused X of", "called it untrue that"."""
        if verb.lemma in {"accuse", "blame"}:
            return word.dep in {"prep", "pcomp"} or (word.dep == "dobj" and predicate.dep == "pcomp" and predicate.i > word.i)
        if verb.lemma in {"call", "brand", "label", "deem"}:
            return word.tag == "JJ" and word.dep in {"oprd", "ccomp", "xcomp"}
        second = word.dep == "conj" and any(c.lower == "that" for c in sentence.children(word, "mark"))
        return verb.lemma in self.lexicon.saying.say and (word.dep in CONTENT or second or self._elliptic(sentence, word, verb))

    @staticmethod
    def _elliptic(sentence: Sentence, word: Word, verb: Word) -> bool:
        """Tell whether a participle shares the "to have" of another: "claimed to have entered A and taken B"."""
        if word.dep != "conj" or word.tag not in {"VBN", "VBD"} or sentence.children(word, "nsubj", "aux"):
            return False
        return any(c.lower == "have" for x in sentence.children(verb, "xcomp") for c in sentence.children(x, "aux"))

    def _names(self, verb: Word, predicate: Word, reported: Word | None) -> bool:
        """Tell whether a verb of saying names an event: "announced the capture of", "reported 14 assaults beaten back"."""
        saying = self.lexicon.saying
        if verb is predicate or verb.lemma not in saying.say:
            return False
        if reported is not None:
            return True
        telling = verb.lemma not in saying.weak or verb.lemma in {"speak", "describe", "mention", "show", "hear"}
        return telling and (not is_verb(predicate) or predicate.dep == "acl")

    def _reported(self, sentence: Sentence, noun: Word) -> Voice:
        """Read "amid reports that …", "rebel claims of …": hearsay of the publisher; an owner asserts its claims, hedges the rest."""
        if noun.lemma in self.lexicon.saying.fact:
            return PUBLISHER
        source, cue = self._owner(sentence, noun), Span(noun.start, noun.end)
        if source is not None and noun.lemma in self.lexicon.saying.claim_noun:
            return Voice(source, sentence, cue)
        return Voice(source, sentence, cue, None, Stance.HEDGES, Certainty.UNDERSPECIFIED)

    @staticmethod
    def _without(sentence: Sentence, verb: Word) -> bool:
        return verb.dep == "pcomp" and sentence.head(verb).lower == "without"

    @staticmethod
    def _yet_to(sentence: Sentence, verb: Word) -> bool:
        head = sentence.head(verb)
        return verb.dep == "xcomp" and any(w.lower == "yet" for w in sentence.children(head, "advmod"))
