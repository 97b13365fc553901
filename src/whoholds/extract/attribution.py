"""Who vouches for a clause: saying verbs, denials, reports of, quotations, "according to" (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from whoholds.extract.clauses import is_verb, subject
from whoholds.extract.syntax import NameOf, Sentence, Word
from whoholds.model import Span
from whoholds.registry.lexicon import Lexicon
from whoholds.taxonomy import Certainty, Stance

BACKWARD = frozenset({"it", "this", "that", "these", "them", "so"})
CONTENT = frozenset({"ccomp", "parataxis", "xcomp"})
NOMINAL = frozenset({"dobj", "pobj", "nsubjpass", "oprd", "attr"})


@dataclass(frozen=True, slots=True)
class Voice:
    """Who vouches, and what the act of saying does to the stance. Without a source the publisher speaks for itself.

    `contradicted` is the party whose claim is denied ("rejected a claim by the rebels that …").
    """

    source: Word | None = None
    sentence: Sentence | None = None
    cue: Span | None = None
    verb: Word | None = None
    stance: Stance | None = None
    certainty: Certainty = Certainty.CERTAIN
    void: bool = False
    contradicted: Word | None = None


PUBLISHER = Voice()
NOTHING_SAID = Voice(void=True)


@dataclass(frozen=True, slots=True)
class AttributionRules:
    """Finds the voice of a clause with one lexicon."""

    lexicon: Lexicon

    def read(self, sentence: Sentence, predicate: Word, speakers: Mapping[int, Voice]) -> Voice:
        """Return the innermost voice: what governs the clause, else its quotation's speaker, else who it is put down to."""
        governed = self._climb(sentence, predicate)
        quotation = sentence.quoted[predicate.i]
        if governed.void or (governed.source is not None and governed.verb is not None and sentence.quoted[governed.verb.i] == quotation):
            return governed
        speaker = speakers.get(quotation) if quotation else None
        if speaker is not None:
            return speaker
        if governed is not PUBLISHER:
            return governed
        return self._beside(sentence, predicate) or self._according(sentence, predicate) or PUBLISHER

    # -- what governs the clause ---------------------------------------------------------------------------------

    def _climb(self, sentence: Sentence, predicate: Word) -> Voice:
        word, reported, untrue = predicate, None, None
        for parent in sentence.ancestors(predicate):
            if self._parted_by_semicolon(sentence, word, parent):
                break
            untrue = untrue or self._untrue(sentence, word, parent)
            if self._is_report(word, parent):
                reported = parent
            elif is_verb(parent):
                voice = self._verb(sentence, word, parent, predicate, reported)
                if voice is not None:
                    return self._gainsaid(sentence, voice, untrue, reported)
            word = parent
        if untrue is not None:
            return self._gainsaid(sentence, Voice(None, sentence), untrue, reported)
        if reported is not None:
            return self._reported(sentence, reported)
        return self._own_claim(sentence, predicate)

    @staticmethod
    def _parted_by_semicolon(sentence: Sentence, word: Word, parent: Word) -> bool:
        """Tell whether the parser hung a clause on one beyond a semicolon, which is another sentence."""
        low, high = sorted((word.i, parent.i))
        return any(w.text == ";" for w in sentence.words[low + 1 : high])

    def _gainsaid(self, sentence: Sentence, voice: Voice, untrue: Span | None, reported: Word | None) -> Voice:
        """Return a voice with what it calls untrue denied, and with whose claim that is."""
        if untrue is not None:
            voice = replace(voice, stance=Stance.DENIES, certainty=Certainty.CERTAIN, cue=untrue)
        if voice.stance is not Stance.DENIES or reported is None:
            return voice
        owner = self._owner(sentence, reported)
        return replace(voice, contradicted=owner) if owner is not None and owner is not voice.source else voice

    def _owner(self, sentence: Sentence, noun: Word) -> Word | None:
        """Return whose claim it is: "Moscow's claim", "an announcement by the rebels", "an Islamic State claim"."""
        for child in sentence.children(noun, "poss", "compound", "nmod"):
            if not child.tag.startswith("PRP") and self.is_source(sentence, child):
                return child
        by = (n for p in sentence.children(noun, "prep") if p.lower in {"by", "from"} for n in sentence.children(p, "pobj"))
        return next((noun for noun in by if self.is_source(sentence, noun)), None)

    def _is_report(self, word: Word, parent: Word) -> bool:
        """Tell whether `parent` is a noun of saying that carries `word`: "reports of", "rumours that" (whatever its tag)."""
        if parent.lemma not in self.lexicon.saying.report_noun or parent.tag in {"VB", "VBD", "VBP", "VBG", "VBN"}:
            return False
        return word.dep in {"acl", "prep", "pobj", "ccomp", "relcl", "appos", "compound"} and (word.i > parent.i or word.dep == "compound")

    def _untrue(self, sentence: Sentence, word: Word, parent: Word) -> Span | None:
        """Return the cue of "there is no truth to …", "reports that … were false", "it is not true that …"."""
        words = self.lexicon.stance
        if parent.lemma in words.said_false:
            beside = [*sentence.children(parent), *sentence.children(sentence.head(parent))]
            return Span(parent.start, parent.end) if any(c.lower in words.negation for c in beside) else None
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
        source = subject(sentence, predicate) if predicate.lemma in {"claim", "put", "place"} and is_verb(predicate) else None
        if source is None or source.tag.startswith("W") or not (predicate.lemma == "claim" or self.is_source(sentence, source)):
            return PUBLISHER
        return self._said(sentence, predicate, None) or PUBLISHER

    def _verb(self, sentence: Sentence, word: Word, verb: Word, predicate: Word, reported: Word | None) -> Voice | None:
        """Return the voice if `verb` says or denies what hangs on it by `word`; None if it does neither."""
        saying = self.lexicon.saying
        negated = bool(sentence.children(verb, "neg"))
        nominal = word.dep in NOMINAL or (word.dep in {"prep", "agent"} and word.lower in {"of", "to", "about", "as"})
        if verb.lemma in saying.deny and (word.dep in CONTENT | {"advcl", "pcomp", "acl"} or nominal):
            return NOTHING_SAID if negated else self._spoken(sentence, verb, Stance.DENIES)
        if (word.dep in CONTENT or nominal) and self._keeps_silent(sentence, word, verb):
            return self._spoken(sentence, verb, Stance.UNACKNOWLEDGED)
        if not self._carries(sentence, word, verb) and not (nominal and self._names(verb, predicate, reported)):
            return None
        return NOTHING_SAID if negated or self._future(sentence, verb) else self._said(sentence, verb, reported)

    def _keeps_silent(self, sentence: Sentence, word: Word, verb: Word) -> bool:
        """Tell "did not mention", "without acknowledging", "acknowledged no loss"."""
        mention = any(noun.lemma in {"mention", "acknowledgement", "admission"} for noun in sentence.children(verb, "dobj"))
        if verb.lemma not in self.lexicon.saying.silent and not (verb.lemma == "make" and mention):
            return False
        if verb.lemma == "make":
            return any(w.lower == "no" for noun in sentence.children(verb, "dobj") for w in sentence.children(noun, "det"))
        none_such = word.dep == "dobj" and any(w.lower == "no" for w in sentence.children(word, "det"))
        return bool(sentence.children(verb, "neg")) or self._without(sentence, verb) or none_such

    def _carries(self, sentence: Sentence, word: Word, verb: Word) -> bool:
        """Tell whether a verb of saying carries a clause: "said that", "accused X of", "called it untrue that"."""
        if verb.lemma in {"accuse", "blame"}:
            return word.dep in {"prep", "pcomp"}
        if verb.lemma in {"call", "brand", "label", "deem"}:
            return word.tag == "JJ" and word.dep in {"oprd", "ccomp", "xcomp"}
        second = word.dep == "conj" and any(c.lower == "that" for c in sentence.children(word, "mark"))
        return verb.lemma in self.lexicon.saying.say and (word.dep in CONTENT or second)

    def _names(self, verb: Word, predicate: Word, reported: Word | None) -> bool:
        """Tell whether a verb of saying names an event: "announced the capture of", "reported 14 assaults beaten back"."""
        saying = self.lexicon.saying
        if verb is predicate or verb.lemma not in saying.say:
            return False
        if reported is not None:
            return True
        telling = verb.lemma not in saying.weak or verb.lemma in {"speak", "describe", "mention"}
        return telling and (not is_verb(predicate) or predicate.dep == "acl")

    def _said(self, sentence: Sentence, verb: Word, reported: Word | None) -> Voice | None:
        source = self._vouching(sentence, self._speaker(sentence, verb))
        passive = bool(sentence.children(verb, "auxpass", "nsubjpass"))
        if passive and verb.lemma != "quote":
            agent = next((n for by in sentence.children(verb, "agent") for n in sentence.children(by, "pobj")), None)
            if agent is not None:
                return Voice(agent, sentence, Span(verb.start, verb.end), verb)
            return Voice(None, sentence, Span(verb.start, verb.end), verb, Stance.HEDGES, Certainty.UNDERSPECIFIED)
        if source is None or (verb.lemma in self.lexicon.saying.weak and not self.is_source(sentence, source)):
            return None
        cue = Span(verb.start, verb.end)
        if reported is not None and verb.lemma in {"cite", "quote", "mention", "describe"}:
            return Voice(source, sentence, cue, verb, Stance.HEDGES, Certainty.UNDERSPECIFIED)
        if self._nobodys(sentence, source):
            return Voice(None, sentence, cue, verb, Stance.HEDGES, Certainty.UNDERSPECIFIED)
        hearsay = self.is_hearsay(sentence, source)
        stance, certainty = (Stance.HEDGES, Certainty.UNDERSPECIFIED) if hearsay else (None, Certainty.CERTAIN)
        return Voice(source, sentence, cue, verb, stance, certainty)

    def _spoken(self, sentence: Sentence, verb: Word, stance: Stance) -> Voice:
        return Voice(self._vouching(sentence, self._speaker(sentence, verb)), sentence, Span(verb.start, verb.end), verb, stance)

    def _reported(self, sentence: Sentence, noun: Word) -> Voice:
        """Read "amid reports that …", "rebel claims of …": hearsay, of the publisher unless the noun has an owner."""
        source = self._owner(sentence, noun)
        return Voice(source, sentence, Span(noun.start, noun.end), None, Stance.HEDGES, Certainty.UNDERSPECIFIED)

    def _vouching(self, sentence: Sentence, noun: Word | None) -> Word | None:
        """Return the noun that can vouch where the parser took an apposition before it into the subject."""
        if noun is None or self.is_source(sentence, noun):
            return noun
        beside = [*sentence.conjuncts(noun), *sentence.children(noun, "appos")]
        return next((w for w in beside if self.is_source(sentence, w)), noun)

    def _speaker(self, sentence: Sentence, verb: Word) -> Word | None:
        """Return the subject of a saying verb; a participle ("…, affirming that") shares that of the saying verb above it."""
        if not sentence.children(verb, "nsubj", "nsubjpass") and verb.dep != "relcl":
            for above in sentence.ancestors(verb):
                if above.lemma in self.lexicon.saying.say | self.lexicon.saying.deny and sentence.children(above, "nsubj"):
                    return subject(sentence, above)
        return subject(sentence, verb)

    @staticmethod
    def _without(sentence: Sentence, verb: Word) -> bool:
        return verb.dep == "pcomp" and sentence.head(verb).lower == "without"

    def _future(self, sentence: Sentence, verb: Word) -> bool:
        modal = self.lexicon.stance.non_actual_modal | {"could", "may", "might"}
        return any(c.dep == "aux" and c.lower in modal for c in sentence.children(verb))

    # -- what stands beside the clause ---------------------------------------------------------------------------

    def _beside(self, sentence: Sentence, predicate: Word) -> Voice | None:
        """Return the voice of a parenthetical "…, residents say" that the parser hung on the clause instead of over it."""
        for word in [predicate, *sentence.ancestors(predicate)]:
            for verb in sentence.children(word, "parataxis", "advcl", "relcl", "ccomp", "dep", "conj"):
                bare = not sentence.children(verb, "dobj", "xcomp", "mark") and not self._has_content(sentence, verb)
                if (
                    bare
                    and self._aside(sentence, verb, predicate)
                    and verb.lemma in self.lexicon.saying.say
                    and sentence.children(verb, "nsubj")
                ):
                    voice = self._said(sentence, verb, None)
                    if voice is not None and voice.source is not None and not voice.source.tag.startswith("W"):
                        return voice
        return None

    @staticmethod
    def _aside(sentence: Sentence, verb: Word, predicate: Word) -> bool:
        """Tell whether a saying verb stands after the predicate in its sentence, or before it between commas."""
        low, high = sorted((verb.i, predicate.i))
        if any(word.text == ";" for word in sentence.words[low:high]):
            return False
        return verb.i > predicate.i or sentence.words[verb.i + 1].text == ","

    @staticmethod
    def _has_content(sentence: Sentence, verb: Word) -> bool:
        """Tell whether a saying verb has a clause of its own; one after a semicolon is the next sentence."""
        if verb.dep == "conj" and any(w.lower in {"and", "but"} for w in sentence.words[sentence.head(verb).i : verb.i]):
            return True
        contents = sentence.children(verb, "ccomp")
        return any(not any(w.text == ";" for w in sentence.words[verb.i : content.i]) for content in contents)

    def _according(self, sentence: Sentence, predicate: Word) -> Voice | None:
        for word in sentence:
            if word.lower == "according" and not self._parted(sentence, word, predicate):
                for noun in self._put_down_to(sentence, word):
                    stance, certainty = (
                        (Stance.HEDGES, Certainty.UNDERSPECIFIED) if self.is_hearsay(sentence, noun) else (None, Certainty.CERTAIN)
                    )
                    return Voice(noun, sentence, Span(word.start, word.end), None, stance, certainty)
        return None

    @staticmethod
    def _put_down_to(sentence: Sentence, according: Word) -> Iterator[Word]:
        for prep in [according, *sentence.children(according, "prep")]:
            yield from sentence.children(prep, "pobj")

    @staticmethod
    def _parted(sentence: Sentence, word: Word, predicate: Word) -> bool:
        """Tell whether a semicolon or a turn ("but", "while") parts the two."""
        low, high = sorted((word.i, predicate.i))
        return any(w.lower in {";", "but", "while", "whereas", "although"} for w in sentence.words[low + 1 : high])

    def voices(self, sentence: Sentence) -> Iterator[Voice]:
        """Yield the voices of all saying and denying verbs of a sentence, whatever they say."""
        for verb in sentence:
            if is_verb(verb) and verb.lemma in self.lexicon.saying.deny | self.lexicon.saying.say and sentence.children(verb, "nsubj"):
                voice = self._said(sentence, verb, None)
                if voice is not None and voice.source is not None and self.is_source(sentence, voice.source):
                    yield voice

    def retorts(self, sentence: Sentence) -> Iterator[Voice]:
        """Yield the denials that only point at what they deny: "Armenia denies it", "officials reject this", "says it has not"."""
        saying = self.lexicon.saying
        for verb in sentence:
            if not is_verb(verb) or self._future(sentence, verb):
                continue
            if sentence.children(verb, "neg"):
                continue
            denies = verb.lemma in saying.deny and self._points_back(sentence, sentence.child(verb, "dobj"))
            if denies or (verb.lemma in saying.say and self._gainsays(sentence, verb)):
                yield self._spoken(sentence, verb, Stance.DENIES)

    def _points_back(self, sentence: Sentence, noun: Word | None) -> bool:
        if noun is None:
            return False
        if noun.lower in BACKWARD:
            return True
        plain = not sentence.children(noun, "acl", "relcl", "prep", "ccomp", "compound", "poss")
        return noun.lemma in self.lexicon.saying.report_noun and plain

    def _gainsays(self, sentence: Sentence, verb: Word) -> bool:
        """Tell whether what is said is only that something said before is not so."""
        if any(w.lower == "otherwise" for w in sentence.children(verb, "advmod")):
            return True
        for content in sentence.children(verb, "ccomp"):
            about = sentence.child(content, "nsubj", "nsubjpass")
            false = [w for w in sentence.children(content, "acomp", "attr") if w.lower in self.lexicon.saying.false_word]
            if false and self._points_back(sentence, about):
                return True
            elliptic = content.lemma in {"have", "do", "be"} and not sentence.children(content, "dobj", "attr", "acomp", "prep", "xcomp")
            if elliptic and sentence.children(content, "neg") and about is not None and about.tag.startswith("PRP"):
                return True
        return False

    # -- quotations ----------------------------------------------------------------------------------------------

    def speakers(self, sentences: Sequence[Sentence]) -> dict[int, Voice]:
        """Return who speaks in each quotation of a paragraph; one without a saying verb is the last speaker's."""
        found: dict[int, Voice] = {}
        last: Voice | None = None
        numbers = sorted({n for s in sentences for n in s.quoted if n})
        for number in numbers:
            candidates = [(s, v) for s in sentences if number in s.quoted for v in self._saying_outside(s)]
            voice = self._nearest(candidates, number) or (last if self._is_speech(sentences, number) else None)
            if voice is not None:
                found[number] = last = voice
        return found

    def _saying_outside(self, sentence: Sentence) -> Iterator[Word]:
        speaking = (self.lexicon.saying.say - self.lexicon.saying.weak) | self.lexicon.saying.deny | {"call"}
        for word in sentence:
            if is_verb(word) and not sentence.quoted[word.i] and word.lemma in speaking:
                yield word

    def _nearest(self, candidates: Sequence[tuple[Sentence, Word]], number: int) -> Voice | None:
        best: tuple[int, Voice] | None = None
        for sentence, verb in candidates:
            voice = self._said(sentence, verb, None)
            if voice is None or voice.source is None:
                continue
            distance = min(abs(verb.i - i) for i, n in enumerate(sentence.quoted) if n == number)
            if best is None or distance < best[0]:
                best = (distance, voice)
        return best[1] if best else None

    @staticmethod
    def _is_speech(sentences: Sequence[Sentence], number: int) -> bool:
        words = [w for s in sentences for w in s if s.quoted[w.i] == number]
        return len(words) > 3 and any(is_verb(w) for w in words)  # noqa: PLR2004  shorter ones are borrowed words

    @staticmethod
    def _nobodys(sentence: Sentence, noun: Word) -> bool:
        """Tell whether "reports" are nobody's: "unconfirmed reports", not "media reports" or "Russian reports"."""
        owned = any(c.dep == "compound" or (c.text[:1].isupper() and c.i > 0) for c in sentence.children(noun, "compound", "amod", "poss"))
        return noun.name is NameOf.NOTHING and noun.lemma in {"report", "rumour", "rumor"} and not owned

    # -- what can be a source ------------------------------------------------------------------------------------

    def is_source(self, sentence: Sentence, noun: Word) -> bool:
        """Tell whether a noun can vouch: a known source, a person, an office, a body; not a thing."""
        saying = self.lexicon.saying
        if noun.name in {NameOf.SOURCE, NameOf.PERSON, NameOf.ACTOR, NameOf.COUNTRY} or noun.tag.startswith(("PRP", "NNP")):
            return True
        lemmas = {noun.lemma} | {w.lemma for w in sentence.children(noun, "compound")}
        return bool(lemmas & (saying.source | saying.office | set(saying.role)))

    def is_hearsay(self, sentence: Sentence, noun: Word) -> bool:
        """Tell whether a source is unnamed hearsay: "reports", "media reports", "footage"."""
        if noun.name is not NameOf.NOTHING or noun.lemma not in self.lexicon.saying.hearsay:
            return False
        owned = any(c.name is not NameOf.NOTHING or c.tag == "NNP" for c in sentence.children(noun, "poss", "compound", "amod"))
        state = any(c.lower in {"state", "official", "government"} for c in sentence.children(noun, "compound", "amod"))
        return not (owned or state) or noun.lemma in {"video", "footage", "image", "photo"}
