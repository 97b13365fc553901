"""Predicates that make claims: verbs by their frames, event nouns by what presents them as news (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from whoholds.extract.actors import OWNERS, ActorReader
from whoholds.extract.clauses import Clause, antecedent_of_where, clause, is_verb, nearby
from whoholds.extract.findings import ActorPhrase, Finding, Form, PlacePhrase
from whoholds.extract.prisoners import PrisonerRules
from whoholds.extract.syntax import NameOf, Sentence, Word
from whoholds.extract.toponyms import PlaceReader
from whoholds.model import Extent
from whoholds.registry.lexicon import Frame, Lexicon
from whoholds.taxonomy import ExtentKind, Kind, Relation

DEFENCES = frozenset({"position", "defence", "defense", "line", "fortification", "trench"})
GUARDING = frozenset({"guard", "defend", "man", "hold", "protect"})
DECLARING = frozenset({"declare", "proclaim"})
ANCHOR_REACH = 6
"""Words between "positions" and the place they are at."""
MAY_TAKE_PEOPLE = frozenset({Kind.CAPTURE, Kind.CONTROL, Kind.HANDOVER})
MEASURES = ("kilomet", "mile", "km", "metre", "meter", "distance")


@dataclass(frozen=True, slots=True)
class VerbRules:
    """Matches verbs against the frames of a lexicon."""

    lexicon: Lexicon
    places: PlaceReader
    actors: ActorReader
    prisoners: PrisonerRules

    def find(self, sentence: Sentence) -> Iterator[Finding]:
        """Yield the claims that the verbs of a sentence make, in text order."""
        for verb in sentence:
            if is_verb(verb) and verb.dep not in {"amod", "compound", "nsubj", "nsubjpass", "dobj"} and verb.lemma in self.lexicon.frames:
                yield from self.match(sentence, verb)

    def match(self, sentence: Sentence, verb: Word) -> Iterator[Finding]:
        """Yield what the first frame that fits makes of `verb`."""
        read = self._headline(sentence, clause(sentence, verb))
        particles = {w.lower for w in sentence.children(verb, "prt", "advmod", "prep", "acomp", "dobj", "npadvmod", "oprd")}
        for frame in self.lexicon.frames[verb.lemma]:
            if frame.particle == "in" and not any(w.lower == "in" for w in sentence.children(verb, "prt", "advmod")):
                continue
            if frame.particle and not set(frame.particle.split()) <= particles | {w.lower for w in sentence.words[verb.i + 1 : verb.i + 3]}:
                continue
            finding = self._fit(sentence, read, frame)
            if finding and frame.kind is Kind.CLASH and self.prisoners.taken_in(sentence, verb):
                return
            if finding:
                yield finding
                return

    def _headline(self, sentence: Sentence, read: Clause) -> Clause:
        """Read "Gharyan recaptured" as the passive it is: a place that takes nothing is taken."""
        place = read.subject
        if read.passive or place is None or read.object is not None or not place.name.locates or place.name is NameOf.COUNTRY:
            return read
        kinds = {Kind.CAPTURE, Kind.ENCIRCLEMENT} if read.verb.dep == "ROOT" else {Kind.CAPTURE}
        transitive = any(frame.kind in kinds and frame.object == "place" for frame in self.lexicon.frames[read.verb.lemma])
        bare = (
            sentence.child(read.verb, "nsubj") is place
            and read.verb.tag in {"VBD", "VBN"}
            and not sentence.children(read.verb, "aux", "neg", "prt", "xcomp", "ccomp")
        )
        return replace(read, subject=None, object=place, passive=True) if transitive and bare else read

    def _fit(self, sentence: Sentence, read: Clause, frame: Frame) -> Finding | None:
        if not (
            self._voice_fits(sentence, read, frame)
            and self._object_fits(sentence, read, frame)
            and self._subject_fits(sentence, read, frame)
            and self._rest_fits(sentence, read, frame)
        ):
            return None
        if frame.kind is Kind.CONTROL and self._only_says_which(sentence, read.verb):
            return None
        places = self._places(sentence, read, frame)
        if not places and not frame.bare:
            return None
        actor = self._actor(sentence, read, frame)
        named = [w for w in sentence.children(read.verb, "attr") if not w.lemma.startswith(MEASURES) and w is not read.subject]
        if frame.stative and named:
            return None
        if frame.subject == "actor" and frame.actor == "subject" and actor is None and read.subject is not None and not read.passive:
            return None
        target = next(
            (found for slot in frame.target for noun in self._slot(read, slot) if (found := self.actors.read(sentence, noun))), None
        )
        return Finding(
            sentence=sentence,
            predicate=read.verb,
            kind=self._kind(sentence, read, frame, places),
            places=tuple(places),
            actor=actor,
            target=target,
            rule=frame.rule,
            manner=frame.manner,
            presupposed=frame.presupposed,
            euphemism=frame.euphemism,
            bare=frame.bare,
            stative=frame.stative,
            elided=frame.elided,
            object=read.object,
        )

    @staticmethod
    def _only_says_which(sentence: Sentence, verb: Word) -> bool:
        """Tell whether a participle only says which places are meant: "villages held by X"; not "the palace, held by X since May"."""
        reduced = verb.dep == "acl" and verb.tag == "VBN" and not sentence.children(verb, "nsubj", "aux", "mark")
        before = sentence.words[verb.i - 2 if sentence.words[verb.i - 1].tag == "RB" else verb.i - 1]
        return reduced and before.text != ","

    @staticmethod
    def _kind(sentence: Sentence, read: Clause, frame: Frame, places: list[PlacePhrase]) -> Kind:
        """Return the frame's kind, but for positions stormed (fighting), an edge reached (position), troops still stationed (control)."""
        if read.verb.lemma == "station" and any(w.lower == "still" for w in sentence.children(read.verb, "advmod")):
            return Kind.CONTROL
        if frame.kind is Kind.CONTROL and read.verb.lemma == "control" and read.verb.dep == "pcomp" and read.verb.tag == "VBG":
            return Kind.CAPTURE if sentence.head(read.verb).lower in {"after", "by"} else frame.kind
        if frame.kind is Kind.ENTRY and places:
            stormed = {read.object.lemma} if read.object is not None else set()
            if stormed & DEFENCES or any(place.noun in DEFENCES for place in places):
                return Kind.CLASH
            if read.verb.lemma == "reach" and all(place.relation is Relation.OUTSKIRTS for place in places):
                return Kind.POSITION
        return frame.kind

    # -- what a frame asks for ---------------------------------------------------------------------------------

    @staticmethod
    def _voice_fits(sentence: Sentence, read: Clause, frame: Frame) -> bool:
        """Check passive or active; "absolute" is a perfect with nothing behind it: "had gone", "has left"."""
        if frame.voice != "absolute":
            return not frame.voice or read.passive == (frame.voice == "passive")
        perfect = any(
            w.lemma == "have" or w.lower in {"had", "has", "have", "'ve", "is"} for w in sentence.children(read.verb, "aux", "auxpass")
        )
        return perfect and not any(
            c.dep in {"prep", "xcomp", "dobj", "acomp", "prt", "ccomp"} and c.i > read.verb.i for c in sentence.children(read.verb)
        )

    def _object_fits(self, sentence: Sentence, read: Clause, frame: Frame) -> bool:
        noun, wanted = read.object, frame.object
        if wanted == "any":
            return True
        if noun is None:
            return wanted == "none"
        if wanted == "none":
            return (
                noun.lemma.startswith(MEASURES)
                or noun.lemma in self.lexicon.places.direction
                or (read.passive and noun.dep in {"nsubjpass", "nsubj"})
                or noun.dep in {"attr", "npadvmod"}
            )
        if wanted in {"place", "named"} and self._is_no_place(sentence, read, frame, noun):
            return False
        if wanted == "place":
            return bool(self._object_places(sentence, noun))
        if wanted == "named":
            return any(p.form is not Form.VAGUE and (p.known or p.noun) for p in self._object_places(sentence, noun))
        if wanted == "bare_stance":  # "took positions in X", not "took rebel positions in X"
            return noun.lemma in self.lexicon.classes.stance and not any(c.dep != "prep" for c in sentence.children(noun))
        if wanted == "actor":
            unknown = bool(frame.requires) and not noun.name.locates and self.actors.is_actor(sentence, noun)
            return self.actors.is_power(sentence, noun) or unknown
        if wanted == "force":
            return self.actors.is_force(sentence, noun) or noun.lemma == "reinforcement"
        return self.actors.in_class(sentence, noun, getattr(self.lexicon.classes, wanted, frozenset()))

    def _is_no_place(self, sentence: Sentence, read: Clause, frame: Frame, noun: Word) -> bool:
        """Tell whether an object is people for all its name ("captured Smith"), or what something is said of ("left X exposed")."""
        if frame.kind is Kind.WITHDRAWAL and self._small_clause(sentence, read.verb, noun):
            return True
        return read.of_person or (frame.kind in MAY_TAKE_PEOPLE and self.prisoners.is_person(sentence, read.verb, noun))

    @staticmethod
    def _small_clause(sentence: Sentence, verb: Word, noun: Word) -> bool:
        """Tell whether the object is what something is said of: "leaving the town exposed"."""
        return any(w.dep in {"ccomp", "oprd", "acomp"} and w.i > noun.i for w in sentence.children(verb))

    def _object_places(self, sentence: Sentence, noun: Word) -> list[PlacePhrase]:
        """Return the places an object stands for; a person, a body of troops or a thing is none."""
        found = self.places.read(sentence, noun)
        if self.actors.is_force(sentence, noun) and not noun.name.locates:
            return [place for place in found if place.form is Form.FACILITY and place.name is not None]
        return found

    def _subject_fits(self, sentence: Sentence, read: Clause, frame: Frame) -> bool:
        noun = read.object if read.passive and frame.actor == "none" else read.subject
        if frame.subject == "any":
            return True
        if frame.subject == "place":
            noun = noun or read.object
            return noun is not None and bool(self.places.read(sentence, noun))
        if read.passive and frame.object == "none":
            noun = read.object
        if noun is None:
            return frame.subject == "actor"
        return self._is_of(sentence, noun, frame.subject)

    def _is_of(self, sentence: Sentence, noun: Word, wanted: str) -> bool:
        """Tell whether a subject is of the sort that a frame asks for."""
        counted = [o for p in sentence.children(noun, "prep") if p.lower == "of" for o in sentence.children(p, "pobj")]
        if wanted == "aircraft" and counted and noun.lemma in self.lexicon.actors.group:
            noun = counted[0]  # "none of its drones"
        match wanted:
            case "named":
                named = any(place.name is not None for place in self.places.read(sentence, noun))
                return named and (noun.name.locates or not self.actors.is_force(sentence, noun))
            case "reinforcement":
                return noun.lemma == "reinforcement"
            case "aircraft":
                return self.actors.in_class(sentence, noun, self.lexicon.actors.aircraft)
            case "telling":
                return noun.lemma in self.lexicon.saying.telling
            case "power":
                return self.actors.is_power(sentence, noun)
            case "force":
                return self.actors.is_force(sentence, noun) or noun.name is NameOf.COUNTRY or noun.lower in {"they", "we"}
            case _:
                return self.actors.read(sentence, noun) is not None

    def _rest_fits(self, sentence: Sentence, read: Clause, frame: Frame) -> bool:
        """Check the preposition, complement or instrument that a frame asks for."""
        if "distance" in frame.requires:
            return any(w.lemma.startswith(MEASURES) for w in sentence.subtree(read.verb))
        if frame.requires:
            names = {c.preposition for c in read.complements} | {p for c in read.complements for p in c.preposition.split()}
            names |= {w.lower for w in sentence.children(read.verb, "advmod", "prt", "prep")}
            if not names & frame.requires:
                return False
        if frame.with_:
            weapons = self.lexicon.classes.weapon
            return any(n.lemma in weapons for name in ("with", "in", "using", "by") for n in read.under(name))
        if frame.complement:
            words = sentence.children(read.verb, "acomp", "xcomp", "advmod", "oprd", "attr", "advcl", "conj", "prt", "prep")
            return any(w.lower in frame.complement or w.lemma in frame.complement for w in words)
        return True

    # -- what fills the slots ----------------------------------------------------------------------------------

    @staticmethod
    def _declarer(sentence: Sentence, verb: Word) -> Word | None:
        """Return who declares a place taken, as who took it: "the militia declared the town liberated"."""
        small = verb.dep in {"ccomp", "oprd"} and not sentence.children(verb, "aux", "auxpass", "mark", "agent")
        return sentence.child(sentence.head(verb), "nsubj") if small and sentence.head(verb).lemma in DECLARING else None

    @staticmethod
    def _slot(read: Clause, slot: str) -> list[Word]:
        if slot == "object":
            return [read.object] if read.object else []
        if slot == "subject":
            noun = read.subject or read.object
            return [noun] if noun else []
        return read.under(slot)

    def _places(self, sentence: Sentence, read: Clause, frame: Frame) -> list[PlacePhrase]:
        filled = [(slot, noun) for slot in frame.place for noun in self._slot(read, slot)]
        ahead = [pair for pair in filled if pair[0] not in {"object", "subject"} and pair[1].i < read.verb.i]  # "On the X axis, troops …"
        ahead.sort(key=lambda pair: pair[1].name is NameOf.COUNTRY)
        for slot, noun in [*(pair for pair in filled if pair not in ahead), *ahead]:
            preposition = "" if slot in {"object", "subject"} else slot
            found = self._object_places(sentence, noun) if slot == "object" else self.places.read(sentence, noun, preposition)
            if found:
                anchored = self._anchored(sentence, read, found)
                return [] if frame.bare and self._own_positions(sentence, noun, anchored) else anchored
        for complement in nearby(sentence, read.verb):
            if complement.preposition in frame.place and (found := self.places.read(sentence, complement.noun, complement.preposition)):
                return found
        where = antecedent_of_where(sentence, read.verb)
        if where is not None and (found := self.places.read(sentence, where)):
            return found
        words = sentence.children(read.verb, "advmod")
        if frame.bare and frame.kind in {Kind.WITHDRAWAL, Kind.DEFECTION} and (found := self._own_place(sentence, read)):
            return found
        if any(slot in {"in", "at", "near"} for slot in frame.place):
            return [phrase for word in words if word.lower in {"there", "here", "nearby"} for phrase in self.places.read(sentence, word)]
        return []

    def _own_positions(self, sentence: Sentence, noun: Word, found: list[PlacePhrase]) -> bool:
        """Tell whether a side's own posts are left, wherever they are: "quit their positions"."""
        owned = any(w.lower in OWNERS for w in sentence.children(noun, "poss"))
        return owned and noun.tag == "NNS" and noun.lemma in self.lexicon.places.held_at and all(place.name is None for place in found)

    def _own_place(self, sentence: Sentence, read: Clause) -> list[PlacePhrase]:
        """Read "the garrison of X has gone", "soldiers guarding X fled": those who leave or give up are where their name says."""
        noun = read.subject or read.object
        if noun is None or not self.actors.is_force(sentence, noun) or noun.name is not NameOf.NOTHING:
            return []
        for verb in sentence.children(noun, "acl", "relcl"):
            guarded = sentence.child(verb, "dobj") if verb.lemma in GUARDING else None
            if guarded is not None and (found := self.places.read(sentence, guarded)):
                return found
        stationed = noun.lemma in self.lexicon.places.facility or noun.lemma == "defender"
        for prep in sentence.children(noun, "prep"):
            if prep.i == noun.i + 1 and prep.lower in {"of", "in", "at", "inside", "on"}:
                for inner in sentence.children(prep, "pobj"):
                    if (inner.name.locates and inner.name is not NameOf.COUNTRY) or stationed or prep.lower == "at":
                        return self.places.read(sentence, inner)
        owners = [w for w in sentence.children(noun, "poss", "compound") if w.name.locates and w.name is not NameOf.COUNTRY]
        there = [w for w in sentence.children(noun, "advmod") if w.lower == "there"]
        return self.places.read(sentence, (owners if stationed and owners else there)[0]) if (stationed and owners) or there else []

    def _anchored(self, sentence: Sentence, read: Clause, found: list[PlacePhrase]) -> list[PlacePhrase]:
        """Give "several points", "positions" the place set behind them: "… around X", "… southwest of Y"."""
        loose = found[0]
        listed = read.verb.lemma in self.lexicon.licences.hitting and read.verb.tag != "VBG"
        if listed and all(place.name is None and place.form is not Form.ANAPHOR for place in found):
            for complement in sorted(nearby(sentence, read.verb), key=lambda c: c.noun.name is NameOf.COUNTRY):
                near = complement.preposition in {"near", "in", "at", "around"} and complement.noun.i < read.verb.i
                if near and (named := self.places.read(sentence, complement.noun, complement.preposition)) and named[0].name is not None:
                    return named
        if len(found) > 1 or loose.name is not None or loose.form not in {Form.VAGUE, Form.FACILITY}:
            return found
        for complement in (*read.complements, *nearby(sentence, read.verb)):
            named = self.places.read(sentence, complement.noun, complement.preposition)
            if (
                named
                and named[0].name is not None
                and 0 < named[0].first.i - loose.last.i <= ANCHOR_REACH
                and complement.preposition != "from"
            ):
                extent = loose.extent if loose.extent.kind is ExtentKind.FACILITY else Extent(ExtentKind.PART)
                if complement.noun.tag == "NNS":
                    named = named[:1]  # "positions in A and B provinces" are one vague area
                return [replace(place, first=loose.first, form=loose.form, noun=loose.noun, extent=extent) for place in named]
        return found

    def _actor(self, sentence: Sentence, read: Clause, frame: Frame) -> ActorPhrase | None:
        if frame.actor == "none":
            return None
        if frame.actor == "subject":
            noun = read.subject
            moved = frame.object == "none" or frame.kind in {Kind.DEPLOYMENT, Kind.POSITION}
            if noun is None and read.passive and moved:
                noun = read.object
            if noun is None and read.passive:
                behind = (c.noun for c in nearby(sentence, read.verb) if c.preposition == "by" and self.actors.is_power(sentence, c.noun))
                noun = next(behind, None) or self._declarer(sentence, read.verb)
            if noun is not None and noun.lemma in self.lexicon.actors.aircraft and not self.actors.is_force(sentence, noun):
                return self.actors.possessor(sentence, noun)
            return self.actors.read(sentence, noun)
        nouns = [noun for noun in self._slot(read, frame.actor) if self.actors.is_power(sentence, noun)]
        return next((actor for noun in nouns if (actor := self.actors.read(sentence, noun))), None)
