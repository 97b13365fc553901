"""Who does what in a clause: arguments read off the parse, through passives, relatives and coordination (pure)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from whoholds.extract.syntax import Sentence, Word

SUBJECTS = ("nsubj", "csubj")
PASSIVE_SUBJECTS = ("nsubjpass", "csubjpass")
RELATIVES = frozenset({"which", "who", "that", "whom", "whose", "where"})
# Verbs whose object, not subject, does what their infinitive says.
OBJECT_CONTROL = frozenset(
    [
        "allow",
        "force",
        "enable",
        "order",
        "urge",
        "cause",
        "compel",
        "help",
        "let",
        "make",
        "see",
        "watch",
        "hear",
        "permit",
        "prompt",
        "tell",
        "oblige",
        "lead",
        "accuse",
        "blame",
        "leave",
    ]
)
# Nouns whose relative clause says when or why: "the first time that forces tried to advance".
OCCASIONS = frozenset({"time", "day", "night", "week", "month", "year", "moment", "hour", "occasion", "reason", "way"})
OTHER_CLAUSE = frozenset({"relcl", "advcl", "ccomp", "acl", "csubj", "parataxis", "xcomp", "pcomp"})
COMPASS = frozenset(f"{a}{b}" for a in ("north", "south", "") for b in ("", "east", "west", "-east", "-west")) - {""}


@dataclass(frozen=True, slots=True)
class Complement:
    """A noun under a preposition: "from" and "Artouz"."""

    preposition: str
    noun: Word


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb with its arguments in active terms: the subject of a passive is the object here, its agent the subject.

    `of_person` is true where the object is a relative "who": whatever noun stands before it, it is people.
    """

    verb: Word
    subject: Word | None
    object: Word | None
    passive: bool
    complements: tuple[Complement, ...]
    of_person: bool = False

    def under(self, preposition: str) -> list[Word]:
        """Return the nouns under one preposition."""
        return [c.noun for c in self.complements if c.preposition == preposition]

    def has(self, preposition: str) -> bool:
        """Tell whether there is such a preposition."""
        return any(c.preposition == preposition for c in self.complements)


def is_verb(word: Word) -> bool:
    """Tell whether a word is a verb form."""
    return word.tag.startswith("VB") or word.pos in {"VERB", "AUX"}


def clause(sentence: Sentence, verb: Word) -> Clause:
    """Read the arguments of `verb`."""
    passive = _is_passive(sentence, verb)
    agent = next((noun for by in sentence.children(verb, "agent") for noun in sentence.children(by, "pobj")), None)
    found_subject = subject(sentence, verb)
    found_object = direct_object(sentence, verb)
    if passive:
        found_object, found_subject = found_subject or found_object, agent
    elif sentence.children(verb, "expl"):
        found_subject = sentence.child(verb, "attr", "nsubj") or found_subject
    of_person = any(w.lower in {"who", "whom"} for w in sentence.children(verb, *PASSIVE_SUBJECTS, "dobj"))
    return Clause(verb, found_subject, found_object, passive, tuple(complements(sentence, verb, found_object)), of_person)


def _is_passive(sentence: Sentence, verb: Word) -> bool:
    if sentence.children(verb, "auxpass", *PASSIVE_SUBJECTS, "agent"):
        return True
    if verb.tag != "VBN" or sentence.children(verb, "aux"):
        return False
    if sentence.children(verb, *SUBJECTS):
        return verb.dep in {"ccomp", "oprd"} and not sentence.children(verb, "dobj")  # "declared the town freed"
    if verb.dep == "acl":
        return True
    head = sentence.head(verb)
    told = verb.dep in {"xcomp", "oprd"} or (verb.dep == "advcl" and any(w.lower == "as" for w in sentence.children(verb, "mark")))
    if told and sentence.children(head, "nsubjpass"):
        return True  # "was reported hit", "had been announced as retaken"
    return verb.dep == "conj" and head is not verb and is_verb(head) and _is_passive(sentence, head)


def subject(sentence: Sentence, verb: Word, depth: int = 0) -> Word | None:
    """Return the grammatical subject, also where grammar leaves it out."""
    own = sentence.children(verb, *SUBJECTS, *PASSIVE_SUBJECTS)
    if own:
        return antecedent(sentence, own[-1] if own[0].lower in RELATIVES else own[0])  # "which Baku says its troops took"
    if depth > len(sentence) or verb.dep == "ROOT":
        return None
    head = sentence.head(verb)
    if verb.dep in {"acl", "relcl"} and not is_verb(head):
        return _subject_of_noun_clause(sentence, verb, head)
    means = verb.dep == "pcomp" and head.lower in {"by", "after", "before", "since", "without", "while", "on", "upon"}
    if verb.dep in {"pcomp", "prep"} and head.dep in {"prep", "advcl", "mark", "agent", "pcomp"}:
        head = sentence.head(head)
    if verb.dep == "xcomp" and head.dep == "acomp":  # "was able to repel"
        head = sentence.head(head)
    if not is_verb(head):
        return None
    if verb.dep in {"xcomp", "ccomp", "pcomp"} and head.lemma in OBJECT_CONTROL and not means:
        return sentence.child(head, "dobj") or subject(sentence, head, depth + 1)
    if verb.dep == "ccomp" and verb.tag not in {"VB", "VBG", "VBN"}:
        taken = sentence.child(head, "dobj")
        return taken if taken is not None and taken.i < verb.i else None
    return subject(sentence, head, depth + 1)


def told_of(sentence: Sentence, verb: Word, telling: Collection[str]) -> Word | None:
    """Return what the subject of a verb of `telling` is said to have done or undergone: "a truce is said to have been agreed"."""
    below = sentence.child(verb, "xcomp") if verb.lemma in telling else None
    return below if below is not None and any(w.lower == "to" for w in sentence.children(below, "aux")) else None


def _subject_of_noun_clause(sentence: Sentence, verb: Word, noun: Word) -> Word | None:
    """Return who does what a clause says that hangs on a noun: the noun, or of an infinitive whose it is."""
    infinitive = verb.dep == "acl" and any(c.lower == "to" for c in sentence.children(verb, "aux"))
    if infinitive and (owner := _owner(sentence, noun)) is not None:
        return owner
    if infinitive and any(c.lower == "have" for c in sentence.children(verb, "aux")):
        return None  # "claims to have taken it were dismissed": nobody says whose
    ranked = verb.tag == "VB" and noun.dep == "attr" and noun.tag in {"JJ", "CD"}  # "they were the first to enter"
    return subject(sentence, sentence.head(noun)) if ranked else noun


def _owner(sentence: Sentence, noun: Word) -> Word | None:
    """Return whose a noun is that carries an infinitive: "their bid to", "claims by the rebels to have"."""
    by = (inner for prep in sentence.children(noun, "prep") if prep.lower == "by" for inner in sentence.children(prep, "pobj"))
    return sentence.child(noun, "poss") or next(by, None)


def direct_object(sentence: Sentence, verb: Word) -> Word | None:
    """Return the object, also that of a relative clause ("the town which they took", "the town they took")."""
    own = sentence.child(verb, "dobj")
    if own:
        return None if own.lower in RELATIVES and _claims_to(sentence, verb) else antecedent(sentence, own)
    if verb.dep == "relcl" and sentence.children(verb, *SUBJECTS) and not _relative_subject(sentence, verb):
        deeper = _relative_elsewhere(sentence, verb) or _relative_below(sentence, verb)
        return None if deeper else sentence.head(verb)
    said_of = _said_of(sentence, verb)
    if said_of is not None:
        return said_of
    if verb.dep != "conj":
        shared = [w for w in sentence.children(verb, "conj") if is_verb(w) and not sentence.children(w, *SUBJECTS)]
        return sentence.child(shared[0], "dobj") if shared and shared[0].i - verb.i <= 2 else None  # noqa: PLR2004  "took and held X"
    return None


def _relative_subject(sentence: Sentence, verb: Word) -> bool:
    return any(child.lower in RELATIVES for child in sentence.children(verb, *SUBJECTS))


def _claims_to(sentence: Sentence, verb: Word) -> bool:
    """Tell whether "which they claim to hold" has been read as two objects: what is claimed is the infinitive."""
    return verb.lemma == "claim" and bool(sentence.children(verb, "xcomp"))


def _relative_below(sentence: Sentence, verb: Word) -> bool:
    """Tell whether the relative pronoun is the object of a clause below: "which the rebels claim to control"."""
    below = sentence.children(verb, "xcomp", "ccomp")
    return any(noun.lower in RELATIVES for inner in below for noun in sentence.children(inner, "dobj"))


def _said_of(sentence: Sentence, verb: Word) -> Word | None:
    """Return what a clause below a relative is said of: "X, which Baku says its troops took", "a town it has been unable to take"."""
    above = verb
    while above.dep in {"ccomp", "xcomp", "acomp"}:
        above = sentence.head(above)
    if above is verb or above.dep != "relcl" or is_verb(sentence.head(above)) or sentence.head(above).lemma in OCCASIONS:
        return None
    between = [above, *(w for w in sentence.ancestors(verb) if w.i > above.i), verb]
    relatives = [w for clause_ in between for w in sentence.children(clause_, *SUBJECTS, "dobj") if w.lower in RELATIVES]
    taken = any(
        w.lower not in RELATIVES or not _claims_to(sentence, clause_)
        for clause_ in between[:-1]
        for w in sentence.children(clause_, "dobj")
    )
    others = [w for clause_ in between for w in sentence.children(clause_, *SUBJECTS) if w.lower not in RELATIVES]
    loose = not relatives or relatives[0].dep in SUBJECTS or _claims_to(sentence, above)
    return sentence.head(above) if others and not taken and loose else None


def _relative_elsewhere(sentence: Sentence, verb: Word) -> bool:
    """Tell whether the relative pronoun is no object: "into which they moved", "where they fought"."""
    under_preposition = (noun for prep in sentence.children(verb, "prep") for noun in sentence.children(prep, "pobj"))
    return any(noun.lower in RELATIVES for noun in under_preposition) or any(w.lower == "where" for w in sentence.children(verb, "advmod"))


def antecedent(sentence: Sentence, word: Word) -> Word:
    """Return what a relative pronoun stands for, any other word as it is."""
    if word.lower in RELATIVES and word.tag.startswith(("W", "IN")):
        for ancestor in sentence.ancestors(word):
            if ancestor.dep == "relcl":
                return sentence.head(ancestor)
    return word


def complements(sentence: Sentence, verb: Word, obj: Word | None) -> Iterator[Complement]:
    """Yield the nouns under the prepositions of a verb, of its particle, adverbs and complement, and of its object."""
    bearers = [verb, *sentence.children(verb, "prt", "advmod", "acomp", "npadvmod", "oprd", "attr")]
    if verb.dep == "xcomp" and sentence.head(verb).lemma in {"begin", "start", "continue", "manage", "appear", "seem"}:
        bearers.append(sentence.head(verb))
    for bearer in bearers:
        yield from under(sentence, bearer)
    if obj is not None and obj.head == verb.i:
        for part in sentence.conjuncts(obj):
            yield from under(sentence, part)


def under(sentence: Sentence, bearer: Word) -> Iterator[Complement]:
    """Yield the nouns under the prepositions of one word; "south of X" stands under "south of" and under "of"."""
    for compass in sentence.children(bearer, "advmod", "npadvmod"):
        if compass.lower in COMPASS and not is_verb(bearer):
            yield from under(sentence, compass)
    for prep in _prepositions(sentence, bearer):
        name = prep.lower
        if prep.dep == "dative" and prep.tag not in {"IN", "TO"}:
            yield Complement("dative", prep)
        if bearer.lower in COMPASS | {"out", "away", "outside", "close", "deeper", "up", "ahead"} and prep.lower in {
            "of",
            "from",
            "to",
            "into",
        }:
            name = f"{bearer.lower} {prep.lower}"
        for noun in sentence.children(prep, "pobj"):
            yield Complement(name, antecedent(sentence, noun))
            if name != prep.lower:
                yield Complement(prep.lower, antecedent(sentence, noun))
            yield from _measured(sentence, noun)
        for nested in sentence.children(prep, "prep"):
            for noun in sentence.children(nested, "pobj"):
                yield Complement(f"{name} {nested.lower}", noun)
                yield Complement(nested.lower, noun)
                yield from _measured(sentence, noun)


def _prepositions(sentence: Sentence, bearer: Word) -> Iterator[Word]:
    """Yield the prepositions of a word, and those joined to them: "in Daraa province and around Artouz"."""
    preps = sentence.children(bearer, "prep", "dative", "agent")
    yield from preps
    yield from (also for prep in preps for also in sentence.children(prep, "conj") if also.tag == "IN")


def _measured(sentence: Sentence, noun: Word) -> Iterator[Complement]:
    """Read "within 10 kilometers of the capital": the place stands under the measure, and is what one is "within"."""
    if noun.lemma.startswith(("kilomet", "mile", "km", "met", "positio", "area", "distance", "reach", "rang")):
        for prep in sentence.children(noun, "prep"):
            for inner in sentence.children(prep, "pobj"):
                yield Complement(prep.lower, inner)
                if sentence.head(noun).lower == "within":
                    yield Complement("within", inner)


def antecedent_of_where(sentence: Sentence, verb: Word) -> Word | None:
    """Return the noun that "where" stands for: "the port, where snipers are posted"."""
    if verb.dep == "relcl" and any(w.lower == "where" for w in sentence.children(verb, "advmod")):
        return sentence.head(verb)
    return None


def nearby(sentence: Sentence, verb: Word) -> Iterator[Complement]:
    """Yield every noun under a preposition within the clause of `verb`, wherever the parser hung it; other clauses left out."""
    stack = [verb]
    found: list[Complement] = []
    while stack:
        word = stack.pop()
        for child in sentence.children(word):
            if child.dep in OTHER_CLAUSE or child.lower == "according" or (child.dep == "conj" and is_verb(child)):
                continue
            if child.dep in {"prep", "agent"}:
                found += [Complement(child.lower, noun) for noun in sentence.children(child, "pobj")]
            stack.append(child)
    yield from sorted(found, key=lambda c: c.noun.i)


def scene(sentence: Sentence, verb: Word) -> Iterator[Complement]:
    """Yield the places set before a clause or the clauses above it: "In Daraa province, …"."""
    for word in [verb, *sentence.ancestors(verb)]:
        if is_verb(word):
            for prep in sentence.children(word, "prep"):
                if prep.lower in {"in", "at", "near", "around", "inside", "outside", "across", "on"} and prep.i < word.i:
                    for noun in sentence.children(prep, "pobj"):
                        yield Complement(prep.lower, noun)
