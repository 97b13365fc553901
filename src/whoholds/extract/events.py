"""Event nouns that make claims: "the capture of", "their control of", "reports of withdrawals" (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from whoholds.extract.actors import ActorReader
from whoholds.extract.clauses import clause, complements, is_verb, nearby, subject, told_of, under
from whoholds.extract.findings import ActorPhrase, Finding, Form, PlacePhrase
from whoholds.extract.names import CALENDAR
from whoholds.extract.prisoners import PrisonerRules
from whoholds.extract.syntax import NameOf, Sentence, Word
from whoholds.extract.toponyms import PlaceReader
from whoholds.registry.lexicon import EventNoun, Lexicon
from whoholds.taxonomy import Kind

NOMINAL = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})
SUBJECT_OF = frozenset({"nsubj", "nsubjpass"})
AIR = frozenset({"air", "aerial", "drone", "missile", "rocket", "artillery", "bombing", "coalition", "warplane"})
SETTING = frozenset({"under during", "under in", "under amid", "under by", "under due", "under through"})
AFTERMATH = frozenset({"under following", "under after", "under during", "under since"})
POINTING = frozenset({"this", "these", "that", "those"})
CARRIED_UNDER = frozenset({"under in", "under with", "under during", "under after", "under by", "under due", "under following", "under to"})
FIGHTING = frozenset({Kind.CLASH, Kind.STRIKE})
AVERTED = frozenset({Kind.ENCIRCLEMENT, Kind.CAPTURE, Kind.LOSS})
HARM = frozenset({"kill", "wound", "injure", "destroy", "damage"})
OPPONENT = frozenset({"with", "between", "against"})
REACH = 18
"""Words after an event noun within which the place that its clause names is the event's."""


@dataclass(frozen=True, slots=True)
class NounRules:
    """Matches event nouns against the tables of a lexicon."""

    lexicon: Lexicon
    places: PlaceReader
    actors: ActorReader
    prisoners: PrisonerRules

    def find(self, sentence: Sentence) -> Iterator[Finding]:
        """Yield the claims that the nouns of a sentence make, in text order."""
        for noun in sentence:
            gerund = noun.tag == "VBG" and noun.dep in NOMINAL
            mistaken = noun.tag == "JJ" and noun.dep in NOMINAL and noun.lemma in self.lexicon.nouns  # "launched an offensive last night"
            if not (noun.tag.startswith("NN") or gerund or mistaken) or noun.name is not NameOf.NOTHING or _is_named(sentence, noun):
                continue
            entry = self.lexicon.nouns.get(noun.lower if gerund else noun.lemma)
            if entry is not None and (found := self._event(sentence, noun, entry)):
                yield found

    # -- event nouns ---------------------------------------------------------------------------------------------

    def _event(self, sentence: Sentence, noun: Word, entry: EventNoun) -> Finding | None:
        governor, role = self._governor(sentence, noun)
        kind = self._kind(sentence, noun, entry, governor, role)
        if kind is None:
            return None
        actor = (
            self._subject_actor(sentence, governor) if kind is Kind.SIEGE_LIFTED and governor is not None and is_verb(governor) else None
        )
        actor = actor or self._actor(sentence, noun, entry, governor, role)
        if entry.licence == "always" and actor is None and role != "object":
            return None
        places, aiming = self._places(sentence, noun, entry, governor, role), self._aiming(sentence, noun, entry, governor)
        if aiming is not None:
            places = self._goal(sentence, aiming[0], aiming[1]) or places
        bare = entry.bare or (role == "object" and governor is not None and governor.lemma in self.lexicon.stance.averting)
        if not places and (not bare or (kind is Kind.LOSS and noun.tag == "NNS")):
            return None
        target = self._under_prepositions(sentence, noun, entry.target)
        if kind is Kind.LOSS and places and (taker := self._recipient(sentence, noun, governor)) is not None:
            kind, actor, target = Kind.CAPTURE, taker, actor
        rule = f"noun:{noun.lemma}:{kind}"
        stative = kind is Kind.CONTROL
        absorbs = (governor,) if governor is not None and is_verb(governor) and role == "object" else ()
        if aiming is not None:
            absorbs = (*absorbs, aiming[0])
        return Finding(sentence, noun, kind, tuple(places), actor, target, rule=rule, bare=bare, stative=stative, absorbs=absorbs)

    def _governor(self, sentence: Sentence, noun: Word) -> tuple[Word | None, str]:
        """Return what governs the noun and how: as its object, its subject, the complement of a noun, or not at all."""
        head = sentence.head(noun)
        while noun.dep in {"conj", "appos"} and head is not noun and not is_verb(head):
            noun, head = head, sentence.head(head)
        if noun.dep == "nsubjpass" and (told := told_of(sentence, head, self.lexicon.stance.verb)) is not None:
            return told, "object" if sentence.children(told, "auxpass") else "subject"
        if noun.dep in {"dobj", "nsubjpass", "attr", "oprd"} and is_verb(head):
            return head, "object"
        if noun.dep == "nsubj" and is_verb(head):
            return head, "subject"
        if noun.dep == "pobj":
            above = sentence.head(head)
            if head.tag in {"IN", "TO"} or head.lower in {"following", "due"}:
                return above, f"under {head.lower}"
        if noun.dep == "ROOT":
            return None, "root"
        return None, ""

    def _kind(self, sentence: Sentence, noun: Word, entry: EventNoun, governor: Word | None, role: str) -> Kind | None:
        lemma = governor.lemma if governor else ""
        if role == "object" and lemma in entry.light:
            return entry.light[lemma]
        classes = self.lexicon.classes
        if entry.kind is Kind.CLASH and noun.lemma in classes.policing and any(is_verb(w) and w.lemma in classes.arrest for w in sentence):
            return None
        if entry.kind is Kind.CLASH and self.prisoners.taken_in(sentence, noun):
            return None
        kind = Kind.STRIKE if entry.kind is Kind.CLASH and self._from_afar(sentence, noun) else entry.kind
        if entry.licence == "always":
            return kind
        licences, saying = self.lexicon.licences, self.lexicon.saying
        licensed = (
            (role == "object" and (lemma in licences.object or lemma in saying.say or lemma in saying.deny))
            or (role == "object" and lemma in self.lexicon.stance.averting and entry.kind in AVERTED)
            or (role == "object" and governor is not None and bool(sentence.children(governor, "expl")))
            or (role == "under behind" and lemma == "be")
            or (role in {"under in", "under for"} and lemma in licences.involvement)
            or (role == "subject" and lemma in licences.subject and not self._is_judged(sentence, entry, governor))
            or (role.startswith("under") and lemma in saying.report_noun)
            or (role == "under of" and lemma in saying.say | licences.object | saying.deny)
            or (role in {"under on", "under to"} and lemma in licences.object)
            or (role == "under to" and lemma in {"admit", "confess"})
            or (role == "under with" and any(is_verb(w) for w in sentence.children(noun, "acl", "relcl")))
            or (role == "under with" and noun.i + 1 < len(sentence) and sentence.words[noun.i + 1].tag == "VBG")
            or role == "root"
            or (entry.kind in {Kind.CAPTURE, Kind.WITHDRAWAL} and role in AFTERMATH and self._owned_or_dated(sentence, noun, entry))
            or (
                role in {"subject", "object"}
                and noun.dep in SUBJECT_OF
                and self._placed(sentence, noun, entry)
                and self._is_news(sentence, noun)
            )
            or (entry.kind in FIGHTING and self._befell(sentence, noun, entry, lemma, role))
            or (entry.kind in FIGHTING and role in CARRIED_UNDER and self._carried(sentence, noun) is not None)
        )
        return kind if licensed else None

    @staticmethod
    def _is_judged(sentence: Sentence, entry: EventNoun, governor: Word | None) -> bool:
        """Tell whether the sentence only says what an event is: "the fall of X is the worst defeat"."""
        return entry.kind in {Kind.CAPTURE, Kind.LOSS} and governor is not None and sentence.child(governor, "attr") is not None

    def _befell(self, sentence: Sentence, noun: Word, entry: EventNoun, governor: str, role: str) -> bool:
        """Tell whether fighting is said to have been: "killed in strikes on X", "after a battle with the army", "led to clashes"."""
        if role in {"under in", "under to", "under with"} and governor in self.lexicon.licences.outcome:
            return True
        if role in {"under after", "under following"}:
            known = any(child.lower in POINTING | {"the"} for child in sentence.children(noun, "det"))
            return not known and any(p.lower in OPPONENT for p in sentence.children(noun, "prep"))
        pointing = any(child.lower in POINTING for child in sentence.children(noun, "det"))
        return role in SETTING and not pointing and (self._placed(sentence, noun, entry) or bool(self._around(sentence, noun, entry, role)))

    def _carried(self, sentence: Sentence, noun: Word) -> Word | None:
        """Return the participle of "an attack launched by the group on X", "an ambush set by militants near X"."""
        verbs = (verb for verb in sentence.children(noun, "acl") if verb.tag == "VBN" and sentence.children(verb, "agent"))
        return next((verb for verb in verbs if verb.lemma in self.lexicon.licences.object or verb.lemma in {"set", "lay"}), None)

    @staticmethod
    def _from_afar(sentence: Sentence, noun: Word) -> bool:
        before = sentence.children(noun, "compound", "amod", "nmod")
        by = [agent for prep in sentence.children(noun, "prep", "agent") if prep.lower == "by" for agent in sentence.children(prep, "pobj")]
        flown = [w for agent in by if noun.lemma == "raid" for w in (agent, *sentence.children(agent, "compound"))]
        return any(word.lower.rstrip("s") in AIR for word in (*before, *flown))

    def _actor(self, sentence: Sentence, noun: Word, entry: EventNoun, governor: Word | None, role: str) -> ActorPhrase | None:
        for slot in entry.actor:
            found = None
            if slot == "poss":
                found = self.actors.possessor(sentence, noun)
                if found is not None and found.head.name is NameOf.PLACE and "poss" in entry.place and "by" in entry.actor:
                    found = self._under_prepositions(sentence, noun, ("by",)) or found  # "Hama's capture by the rebels"
            elif slot == "subject" and governor is not None and role == "object" and is_verb(governor):
                found = self._subject_actor(sentence, governor)
            elif slot in {"by", "of", "to", "between"}:
                found = self._under_prepositions(sentence, noun, (slot,)) or self._by_far(sentence, noun, slot, governor, role)
            if found is not None:
                return found
        if (carried := self._carried(sentence, noun)) is not None:
            return self.actors.read(sentence, clause(sentence, carried).subject)
        return self._of_governor(sentence, entry, governor, role) if governor is not None else None

    def _of_governor(self, sentence: Sentence, entry: EventNoun, governor: Word, role: str) -> ActorPhrase | None:
        """Return who does it by what governs the noun: "denied any role in the raid", "put the rebels in control", "killed in clashes"."""
        if governor.lemma in self.lexicon.licences.involvement and is_verb(sentence.head(governor)):
            return self._subject_actor(sentence, sentence.head(governor))
        if entry.licence == "always" and role == "object":
            return self._subject_actor(sentence, governor)
        if entry.licence == "always" and role == "under in" and is_verb(governor):
            return self.actors.read(sentence, clause(sentence, governor).object)  # "reports put the rebels in control of X"
        fought = entry.kind is Kind.CLASH and role.startswith("under") and is_verb(governor)
        return self._side(sentence, governor) if fought else None

    def _side(self, sentence: Sentence, verb: Word) -> ActorPhrase | None:
        """Return who fights in "killed in clashes", "retook the hill after a battle": the force of the verb's clause."""
        read = clause(sentence, verb)
        side = self.actors.read(sentence, read.object if read.passive and read.subject is None else read.subject)
        return side if side is not None and (side.pronoun or self.actors.is_force(sentence, side.head)) else None

    def _recipient(self, sentence: Sentence, noun: Word, governor: Word | None) -> ActorPhrase | None:
        """Return who gains by a loss: "gave the militia control of X", "lost control of X to the army", "the loss of X to the rebels"."""
        if governor is not None and governor.lemma == "give" and (given := sentence.child(noun, "compound")) is not None:
            return self.actors.read(sentence, given) if given.tag in {"NNS", "NNPS"} else None  # "gave the rebels control"
        for bearer in (noun, *([governor] if governor is not None and is_verb(governor) else [])):
            for child in sentence.children(bearer, "dative", "dobj", "prep"):
                taker = (
                    sentence.child(child, "pobj") if child.lower == "to" else child if child.dep != "prep" and child is not noun else None
                )
                if taker is not None and self.actors.is_power(sentence, taker):
                    return self.actors.read(sentence, taker)
        return None

    def _subject_actor(self, sentence: Sentence, governor: Word) -> ActorPhrase | None:
        """Read the governing verb's subject as the actor, unless the verb is one of saying ("announced the capture")."""
        read = clause(sentence, governor)
        if read.passive:
            return self.actors.read(sentence, read.subject)
        return self.actors.read(sentence, subject(sentence, governor))

    def _under_prepositions(self, sentence: Sentence, noun: Word, names: tuple[str, ...]) -> ActorPhrase | None:
        for prep in sentence.children(noun, "prep", "agent"):
            if prep.lower in names:
                for inner in sentence.children(prep, "pobj"):
                    if not (inner.name.locates and prep.lower == "of"):
                        return self.actors.read(sentence, inner)
        return None

    def _by_far(self, sentence: Sentence, noun: Word, slot: str, governor: Word | None, role: str) -> ActorPhrase | None:
        """Return the force whose preposition hangs on the verb: "announced control of X by his forces", "broke out between A and B"."""
        announced = slot == "by" and role == "object" and governor is not None and governor.lemma in self.lexicon.saying.say
        if governor is None or not (announced or (slot == "between" and role == "subject")):
            return None
        forces = (w for p in sentence.children(governor, "prep") if p.lower == slot and p.i > noun.i for w in sentence.children(p, "pobj"))
        return next((self.actors.read(sentence, w) for w in forces if self.actors.is_force(sentence, w)), None)

    def _places(self, sentence: Sentence, noun: Word, entry: EventNoun, governor: Word | None, role: str) -> list[PlacePhrase]:
        bearers = [noun, *([governor] if governor is not None and is_verb(governor) and not role.startswith("under") else [])]
        said = [found for bearer in bearers for found in self._stated(sentence, bearer, entry, noun)]
        if said:
            return next((found for found in said if not _is_loose(found)), said[0])
        if noun.dep == "conj" and not is_verb(sentence.head(noun)):
            return self._places(sentence, sentence.head(noun), entry, None, role)
        aimed = self._aimed_at(sentence, noun, entry, governor if role == "object" else None)
        return aimed or self._trapped(sentence, noun, entry) or self._around(sentence, noun, entry, role)

    def _stated(self, sentence: Sentence, bearer: Word, entry: EventNoun, noun: Word) -> Iterator[list[PlacePhrase]]:
        """Yield the places that stand by a noun or its verb, slot by slot."""
        for slot in entry.place:
            if slot != "poss" or bearer is not noun:
                yield from self._at(sentence, bearer, slot)
                continue
            for child in sentence.children(noun, "poss", "compound"):
                if child.name.locates:
                    yield self.places.read(sentence, child)

    def _around(self, sentence: Sentence, noun: Word, entry: EventNoun, role: str) -> list[PlacePhrase]:
        """Return the place of fighting that hangs deeper ("clashes with fighters near X") or on the verb ("killed in a raid … in X")."""
        if entry.kind not in FIGHTING:
            return []
        harmed = role == "subject" and any(w.lemma in HARM for w in sentence.ancestors(noun))
        above = (
            [w for w in sentence.ancestors(noun) if is_verb(w)][:1]
            if role in SETTING or harmed or (role == "subject" and entry.bare)
            else []
        )
        carried = self._carried(sentence, noun)
        for head in (noun, *([carried] if carried is not None else []), *above):
            for complement in nearby(sentence, head):
                near = 0 < complement.noun.i - noun.i <= REACH and complement.preposition in entry.place
                near = near and (head is noun or not any(w.text == "," for w in sentence.words[noun.i : complement.noun.i]))
                if near and not self.actors.is_force(sentence, complement.noun):
                    found = self.places.read(sentence, complement.noun, complement.preposition)
                    if found and any(place.form is not Form.VAGUE for place in found):
                        return found
        return []

    def _at(self, sentence: Sentence, bearer: Word, slot: str) -> Iterator[list[PlacePhrase]]:
        found_under = complements(sentence, bearer, None) if is_verb(bearer) else under(sentence, bearer)
        for complement in found_under:
            if complement.preposition == slot and not self.actors.is_force(sentence, complement.noun):
                found = self.places.read(sentence, complement.noun, slot)
                if found:
                    yield found
        if slot in {"in", "at", "near"}:
            for word in sentence.children(bearer, "advmod"):
                if word.lower in {"there", "here", "nearby"}:
                    yield self.places.read(sentence, word)

    @staticmethod
    def _is_news(sentence: Sentence, noun: Word) -> bool:
        """Tell whether an event noun is set in time or has an agent: "the capture of X by the rebels on Friday"."""
        preps = sentence.children(noun, "prep", "agent")
        dated = any(o.lower in CALENDAR for p in preps for o in sentence.children(p, "pobj"))
        return dated or any(p.lower == "by" for p in preps) or any(not w.name.locates for w in sentence.children(noun, "poss"))

    def _owned_or_dated(self, sentence: Sentence, noun: Word, entry: EventNoun) -> bool:
        """Tell whether a change is told of in passing: "following the army's capture of X", "killed during X's liberation on Sunday"."""
        taken = entry.actor == ("to",) and self._under_prepositions(sentence, noun, entry.actor) is not None
        return self._placed(sentence, noun, entry) and (taken or self._is_news(sentence, noun))

    def _placed(self, sentence: Sentence, noun: Word, entry: EventNoun) -> bool:
        """Tell whether an event noun has a place of its own: "killed during clashes near X"."""
        owned = "poss" in entry.place and any(w.name.locates for w in sentence.children(noun, "poss"))
        return owned or any(found for slot in entry.place for found in self._at(sentence, noun, slot))

    def _aiming(self, sentence: Sentence, noun: Word, entry: EventNoun, governor: Word | None) -> tuple[Word, Word] | None:
        """Return the verb and the place of "…, targeting the town of X": of an attack in a region, the town is the place."""
        if entry.kind not in {Kind.ADVANCE, Kind.CLASH}:
            return None
        for bearer in [noun, *([governor] if governor is not None else [])]:
            for verb in sentence.children(bearer, "advcl", "acl", "conj", "dep", "relcl"):
                obj = sentence.child(verb, "dobj")
                aims = verb.lemma in self.lexicon.licences.aiming and (verb.tag == "VBG" or verb.dep == "relcl")
                if aims and obj is not None and self.places.is_place(sentence, obj):
                    return verb, obj
        return None

    def _goal(self, sentence: Sentence, verb: Word, goal: Word) -> list[PlacePhrase]:
        """Return what is aimed at: "targeting X", "striking the rebel defences at X"; nothing where no place is named."""
        found = self.places.read(sentence, goal)
        if not _is_loose(found):
            return found
        for complement in nearby(sentence, verb):
            if complement.noun.i > goal.i and complement.preposition != "from":
                named = self.places.read(sentence, complement.noun, complement.preposition)
                if named and not _is_loose(named):
                    return named
        return []

    def _trapped(self, sentence: Sentence, noun: Word, entry: EventNoun) -> list[PlacePhrase]:
        """Read "the siege of units trapped on X"."""
        if entry.kind is not Kind.ENCIRCLEMENT:
            return []
        for word in sentence.subtree(noun):
            if word.lower in {"on", "in", "at", "near", "inside"} and word.dep == "prep":
                for complement in sentence.children(word, "pobj"):
                    if found := self.places.read(sentence, complement):
                        return found
        return []

    def _aimed_at(self, sentence: Sentence, noun: Word, entry: EventNoun, governor: Word | None) -> list[PlacePhrase]:
        """Read "an operation to retake it", "launched an attack on Monday to seize X": what an attack is for is where it goes."""
        if entry.kind not in {Kind.ADVANCE, Kind.CLASH}:
            return []
        purposes = [
            *sentence.children(noun, "acl", "relcl"),
            *(sentence.children(governor, "advcl", "xcomp") if governor is not None else []),
        ]
        for verb in purposes:
            obj = sentence.child(verb, "dobj")
            wanted = verb.lemma in self.lexicon.frames and any(w.lower == "to" for w in sentence.children(verb, "aux"))
            if obj is not None and wanted and (found := self.places.read(sentence, obj)):
                return found
        return []


def _is_named(sentence: Sentence, noun: Word) -> bool:
    """Tell whether an event noun is part of a name: "Samarra Barrage"; in a headline capitals say nothing."""
    words = [w for w in sentence if w.text[:1].isalpha()]
    headline = 2 * sum(w.text[:1].isupper() for w in words) > len(words)
    named = any(w.text[:1].isupper() and w.i == noun.i - 1 for w in sentence.children(noun, "compound"))
    return noun.tag in {"NNP", "NNPS"} and noun.text[:1].isupper() and named and not headline


def _is_loose(found: list[PlacePhrase]) -> bool:
    """Tell whether places are only "positions", "several points", that a name elsewhere in the clause says more of."""
    return all(place.name is None and (place.form is Form.VAGUE or place.last.tag == "NNS") for place in found)
