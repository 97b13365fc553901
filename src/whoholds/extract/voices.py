"""Who speaks by a verb of saying, through mis-parsed subjects, relayed speech and hearsay (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from whoholds.extract.clauses import is_verb, subject
from whoholds.extract.discourse import FIRST
from whoholds.extract.syntax import NameOf, Sentence, Word
from whoholds.model import Span
from whoholds.registry.lexicon import Lexicon
from whoholds.taxonomy import Certainty, Kind, Stance

BREAKS = frozenset({",", ";", ":", '"', "“", "”", "–", "—", "-", "(", ")", "and", "but", "while", "as"})
IMPERSONAL = frozenset({"video", "footage", "image", "photo", "imagery"})


@dataclass(frozen=True, slots=True)
class Voice:
    """Who vouches, and what the act of saying does to the stance. Without a source the publisher speaks for itself.

    `contradicted` is the party whose claim is denied or confirmed ("rejected a claim by the rebels that …"); `relay` is who
    passed on what the source said ("state television quoted the army as saying"); `topics` are the words of what a denied claim is
    about ("called the claim about the palace a lie"), `kind` what it was a claim of ("the claim of full control is untrue").
    """

    source: Word | None = None
    sentence: Sentence | None = None
    cue: Span | None = None
    verb: Word | None = None
    stance: Stance | None = None
    certainty: Certainty = Certainty.CERTAIN
    void: bool = False
    contradicted: Word | None = None
    relay: Word | None = None
    topics: tuple[str, ...] = ()
    kind: Kind | None = None


PUBLISHER = Voice()
NOTHING_SAID = Voice(void=True)


@dataclass(frozen=True, slots=True)
class VoiceReader:
    """Reads the voice of a verb of saying with one lexicon."""

    lexicon: Lexicon

    # -- what a verb does ----------------------------------------------------------------------------------------

    def denies(self, sentence: Sentence, verb: Word) -> bool:
        """Tell whether a verb is one of denying, with its particle where it takes one ("laughed off", "brushed aside")."""
        deny = self.lexicon.saying.deny
        return verb.lemma in deny or any(f"{verb.lemma} {w.lower}" in deny for w in sentence.children(verb, "prt", "advmod"))

    def says(self, sentence: Sentence, verb: Word) -> bool:
        """Tell whether a verb is one of saying or denying."""
        return verb.lemma in self.lexicon.saying.say or self.denies(sentence, verb)

    def unsaid(self, sentence: Sentence, verb: Word) -> bool:
        """Tell whether nothing is said: "did not say", "neither confirmed nor denied", "neither side confirmed"."""
        beside = {w.lower for w in sentence.children(verb, "neg", "preconj", "det")}
        if beside & self.lexicon.stance.negation:
            return True
        head = sentence.head(verb)
        if verb.dep == "conj" and any(w.lower == "nor" for w in sentence.children(head, "cc")):
            return True
        agents = [noun for by in sentence.children(verb, "agent") for noun in sentence.children(by, "pobj")]
        return any(self._nobody(sentence, noun) for noun in [*sentence.children(verb, "nsubj"), *agents])

    def brands_false(self, sentence: Sentence, verb: Word, said: Word | None) -> bool:
        """Tell whether a verb calls a claim false: "called it a lie", "described the claim as propaganda"."""
        saying = self.lexicon.saying
        if verb.lemma not in saying.brand:
            return False
        brands = sentence.children(verb, "oprd", "acomp", "ccomp", "xcomp", "dobj")
        for bearer in [verb, *([said] if said is not None else [])]:
            for prep in sentence.children(bearer, "prep"):
                under = sentence.children(prep, "pobj")
                brands += [w for w in [*under, *sentence.children(prep, "amod"), prep] if prep.lower == "as"]
                brands += [w for noun in under for w in sentence.children(noun, "appos")]
        words = {w.lower for brand in brands for w in [brand, *sentence.children(brand, "amod", "conj")]}
        return bool(words & saying.false_word)

    def _nobody(self, sentence: Sentence, noun: Word) -> bool:
        parts = {noun.lower, *(w.lower for w in sentence.children(noun, "det", "preconj", "cc"))}
        return bool(parts & {"neither", "nobody", "none", "no"})

    def future(self, sentence: Sentence, verb: Word) -> bool:
        """Tell whether the saying itself is only possible or to come ("will announce", "could verify")."""
        modal = self.lexicon.stance.non_actual_modal | {"could", "may", "might"}
        return any(c.dep == "aux" and c.lower in modal for c in sentence.children(verb))

    # -- whose voice it is ---------------------------------------------------------------------------------------

    def said(self, sentence: Sentence, verb: Word, reported: Word | None) -> Voice | None:
        """Return the voice of a verb of saying; None where its subject cannot vouch. `reported` is the noun of saying under it."""
        cue = Span(verb.start, verb.end)
        passive = bool(sentence.children(verb, "auxpass", "nsubjpass"))
        if verb.lemma in self.lexicon.saying.opine and verb.tag == "VBN" and not sentence.children(verb, "aux", "auxpass"):
            return None  # "gunmen suspected of being jihadists attacked it"
        if passive and verb.lemma not in self.lexicon.saying.relay:
            return self._passive(sentence, verb)
        source = self.speaker(sentence, verb)
        inner = self._relayed(sentence, verb, source)
        if inner is not None:
            return Voice(inner, sentence, cue, verb, relay=source)
        shown_by = self._publisher_of(sentence, source) if source is not None else None
        if shown_by is not None:
            return Voice(shown_by, sentence, cue, verb, Stance.HEDGES, Certainty.UNDERSPECIFIED)
        if source is None or (verb.lemma in self.lexicon.saying.weak and not self.is_source(sentence, source)):
            return self._evidence(sentence, verb, source)
        if reported is not None and verb.lemma in self.lexicon.saying.relay | {"mention", "describe"}:
            return Voice(source, sentence, cue, verb, Stance.HEDGES, Certainty.UNDERSPECIFIED)
        if verb.lemma in self.lexicon.saying.opine:
            return Voice(source, sentence, cue, verb, Stance.HEDGES, Certainty.PROBABLE)
        return self.of(sentence, source, cue, verb)

    def of(self, sentence: Sentence, source: Word, cue: Span, verb: Word | None = None) -> Voice:
        """Return the voice of a source, which hedges where it is hearsay and is the publisher's where it is nobody's."""
        if self._nobodys(sentence, source):
            return Voice(None, sentence, cue, verb, Stance.HEDGES, Certainty.UNDERSPECIFIED)
        hearsay = self.is_hearsay(sentence, source)
        stance, certainty = (Stance.HEDGES, Certainty.UNDERSPECIFIED) if hearsay else (None, Certainty.CERTAIN)
        return Voice(source, sentence, cue, verb, stance, certainty)

    def spoken(self, sentence: Sentence, verb: Word, stance: Stance) -> Voice:
        """Return the voice of a verb that has a stance of its own."""
        agents = (noun for by in sentence.children(verb, "agent") for noun in sentence.children(by, "pobj"))
        passive = bool(sentence.children(verb, "nsubjpass", "auxpass"))
        source = next(agents, None) if passive else self.speaker(sentence, verb)
        return Voice(source, sentence, Span(verb.start, verb.end), verb, stance)

    def _passive(self, sentence: Sentence, verb: Word) -> Voice | None:
        cue = Span(verb.start, verb.end)
        agent = next((n for by in sentence.children(verb, "agent") for n in sentence.children(by, "pobj")), None)
        if agent is not None:
            return Voice(agent, sentence, cue, verb)
        nobody = any(self._nobody(sentence, noun) for noun in sentence.children(verb, "nsubjpass"))
        if nobody or verb.lemma in self.lexicon.saying.certify:
            return None
        return Voice(None, sentence, cue, verb, Stance.HEDGES, Certainty.UNDERSPECIFIED)

    def _evidence(self, sentence: Sentence, verb: Word, source: Word | None) -> Voice | None:
        """Read "geolocation suggests that", "there are signs that": the publisher hedges on evidence that nobody vouches for."""
        if source is None or source.lemma not in self.lexicon.saying.evidence | IMPERSONAL:
            return None
        return Voice(None, sentence, Span(verb.start, verb.end), verb, Stance.HEDGES, Certainty.UNDERSPECIFIED)

    # -- who the subject is --------------------------------------------------------------------------------------

    def speaker(self, sentence: Sentence, verb: Word) -> Word | None:
        """Return who speaks: the subject, that of the saying verb above a participle, or what stands before a mis-parsed verb."""
        quoted = self._quoted_as(sentence, verb)
        if quoted is not None:
            return quoted
        own = [noun for noun in sentence.children(verb, "nsubj") if noun.i < verb.i]
        if len(own) > 1:
            return self._vouching(sentence, own[-1])
        if not sentence.children(verb, "nsubj", "nsubjpass") and verb.dep != "relcl":
            for above in sentence.ancestors(verb):
                if self.says(sentence, above) and sentence.children(above, "nsubj"):
                    return self._vouching(sentence, subject(sentence, above))
        found = self._vouching(sentence, subject(sentence, verb))
        if found is None or not (own or self.is_source(sentence, found)):
            return self._before(sentence, verb) or found
        return found

    def _vouching(self, sentence: Sentence, noun: Word | None) -> Word | None:
        """Return the noun that can vouch where the parser took an apposition before it into the subject."""
        if noun is None or self.is_source(sentence, noun):
            return noun
        beside = [*sentence.conjuncts(noun), *sentence.children(noun, "appos")]
        return next((w for w in beside if self.is_source(sentence, w)), noun)

    def _before(self, sentence: Sentence, verb: Word) -> Word | None:
        """Return the source in the words before a verb that the parser gave no subject: "…, an aide to the leader said"."""
        if not is_verb(verb) or verb.tag == "VBG":
            return None
        end = self._outside_parenthesis(sentence, verb.i)
        start = end
        while start > 0 and sentence.words[start - 1].lower not in BREAKS:
            start -= 1
        nouns: list[Word] = []
        for word in sentence.words[start:end]:
            if word.tag in {"IN", "TO"} and nouns:
                break
            if word.tag.startswith(("NN", "PRP")) and word.tag != "PRP$":
                nouns.append(word)
        return nouns[-1] if nouns and self.is_source(sentence, nouns[-1]) else None

    @staticmethod
    def _outside_parenthesis(sentence: Sentence, end: int) -> int:
        """Return where the words before a verb end once "…, citing officials," between commas is left out."""
        if end == 0 or sentence.words[end - 1].text != ",":
            return end
        opening = next((i for i in range(end - 2, -1, -1) if sentence.words[i].text == ","), None)
        return end if opening is None else opening

    # -- speech passed on ----------------------------------------------------------------------------------------

    def _quoted_as(self, sentence: Sentence, verb: Word) -> Word | None:
        """Return who is quoted in "television quoted the army as saying that"."""
        above = sentence.head(sentence.head(verb))
        if verb.dep != "pcomp" or sentence.head(verb).lower != "as" or above.lemma not in self.lexicon.saying.relay | {"report"}:
            return None
        return sentence.child(above, "dobj", "nsubjpass")

    def _relayed(self, sentence: Sentence, verb: Word, source: Word | None) -> Word | None:
        """Return whom the speaker passes on: "TASS, citing local authorities, says", "…, television quoted a commander as saying"."""
        relay = self.lexicon.saying.relay
        if verb.lemma in relay and any(w.lower == "as" for w in sentence.children(verb, "prep")):
            return self._cited(sentence, verb)
        bearers = [verb, *([source] if source is not None else [])]
        for bearer in bearers:
            for participle in sentence.children(bearer, "advcl", "acl", "xcomp", "prep", "conj"):
                if participle.lemma in relay and participle.tag == "VBG" and (cited := self._cited(sentence, participle)):
                    return cited
        before = sentence.words[verb.i - 1] if verb.i else None
        if before is not None and before.text == ",":
            opening = self._outside_parenthesis(sentence, verb.i)
            citing = sentence.words[opening + 1] if opening < verb.i - 1 else None
            if citing is not None and citing.lemma in relay and citing.tag == "VBG":
                return self._cited(sentence, citing)
        return None

    def _cited(self, sentence: Sentence, verb: Word) -> Word | None:
        noun = sentence.child(verb, "dobj")
        return noun if noun is not None and self.is_source(sentence, noun) else None

    def _publisher_of(self, sentence: Sentence, noun: Word) -> Word | None:
        """Return who put out footage: "videos it posted", "footage released by the rebels"."""
        if noun.lemma not in IMPERSONAL:
            return None
        for verb in sentence.children(noun, "acl", "relcl"):
            if verb.lemma in self.lexicon.saying.publish:
                agents = (n for by in sentence.children(verb, "agent") for n in sentence.children(by, "pobj"))
                found = next(agents, None) or sentence.child(verb, "nsubj")
                if found is not None and not found.tag.startswith("W") and self.is_source(sentence, found):
                    return found
        return None

    # -- what can be a source ------------------------------------------------------------------------------------

    def is_source(self, sentence: Sentence, noun: Word) -> bool:
        """Tell whether a noun can vouch: a known source, a person, an office, a body; not a thing."""
        saying = self.lexicon.saying
        if noun.name in {NameOf.SOURCE, NameOf.PERSON, NameOf.ACTOR, NameOf.COUNTRY} or noun.tag.startswith(("PRP", "NNP")):
            return True
        lemmas = {noun.lemma} | {w.lemma for w in sentence.children(noun, "compound")}
        return bool(lemmas & (saying.source | saying.office | set(saying.role)))

    def is_first_person(self, voice: Voice) -> bool:
        """Tell whether the source is only "we" or "I", who is the speaker of the quotation."""
        return voice.source is not None and voice.source.lower in FIRST

    def is_hearsay(self, sentence: Sentence, noun: Word) -> bool:
        """Tell whether a source is unnamed hearsay: "reports", "media reports", "footage"."""
        if noun.name is not NameOf.NOTHING or noun.lemma not in self.lexicon.saying.hearsay:
            return False
        owned = any(c.name is not NameOf.NOTHING or c.tag == "NNP" for c in sentence.children(noun, "poss", "compound", "amod"))
        state = any(c.lower in {"state", "official", "government"} for c in sentence.children(noun, "compound", "amod"))
        return not (owned or state) or noun.lemma in IMPERSONAL

    @staticmethod
    def _nobodys(sentence: Sentence, noun: Word) -> bool:
        """Tell whether "reports" are nobody's: "unconfirmed reports", not "media reports" or "Russian reports"."""
        owned = any(c.dep == "compound" or (c.text[:1].isupper() and c.i > 0) for c in sentence.children(noun, "compound", "amod", "poss"))
        return noun.name is NameOf.NOTHING and noun.lemma in {"report", "rumour", "rumor"} and not owned

    def verbs(self, sentence: Sentence) -> Iterator[Word]:
        """Yield the verbs of saying and denying of a sentence."""
        return (word for word in sentence if is_verb(word) and self.says(sentence, word))
