"""Phrases that name a source: persons with their offices, bodies, unnamed ones (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from whoholds.extract.phrases import first_word, is_proper
from whoholds.extract.syntax import NameOf, Sentence, Word
from whoholds.model import Span
from whoholds.registry.bodies import is_demonym
from whoholds.registry.lexicon import Lexicon
from whoholds.taxonomy import Role


@dataclass(frozen=True, slots=True)
class SourcePhrase:
    """Words that name one source; `group` is the body it speaks for ("a leader of the armed opposition"), if said.

    `words` are those of the whole phrase in lower case, by which "the colonel" finds "Colonel Naw Bu"; `definite` is true of
    a phrase that only points back so.
    """

    name: Span
    head: Word
    role: Role
    pronoun: str = ""
    group: Span | None = None
    person: bool = False
    plural: bool = False
    definite: bool = False
    words: frozenset[str] = frozenset()


SPLIT = re.compile(r"[^\W_]+")
ARTICLED = re.compile(r"(?:al|el|as|ash|ad|ar|an|ez|az|bin|ibn)-[A-Z]")
WITHIN = 2
"""How many words a place or body after an unnamed source may have to be part of its name: "residents of Deir Hafer"."""
LEADS = frozenset({"lead", "head", "command", "chair", "run"})
SPEAKS_FOR = frozenset({"for", "of", "in", "from", "at", "to", "with"})


def _pronoun(word: Word) -> SourcePhrase:
    return SourcePhrase(Span(word.start, word.end), word, Role.UNKNOWN, pronoun="it")


def _is_name(word: Word) -> bool:
    """Tell whether a word is (part of) a proper name, an Arabic one with its article in lower case included.

    The parser takes "the defense ministry" for a name now and then: one without a capital is none.
    """
    return (is_proper(word) and not word.text.islower()) or ARTICLED.match(word.text) is not None


@dataclass(frozen=True, slots=True)
class SourceReader:
    """Reads source phrases with one lexicon."""

    lexicon: Lexicon

    def read(self, sentence: Sentence, noun: Word) -> list[SourcePhrase]:
        """Return the sources that `noun` and what is coordinated with it name, at least one."""
        return [self._one(sentence, w) for w in sentence.conjuncts(noun) if w is noun or w.tag.startswith(("NN", "PRP"))]

    def _one(self, sentence: Sentence, noun: Word) -> SourcePhrase:
        if noun.tag.startswith("PRP"):
            return SourcePhrase(Span(noun.start, noun.end), noun, Role.UNKNOWN, pronoun=noun.lower)
        for child in sentence.children(noun, "appos") if noun.name is NameOf.NOTHING else []:
            if child.name in {NameOf.SOURCE, NameOf.ACTOR}:
                return self._one(sentence, child)
        behind = self._owner_of_organ(sentence, noun)
        if behind is not None:
            return self._one(sentence, behind)
        words, role = self._words(sentence, noun), self._role(sentence, noun)
        plural = noun.tag in {"NNS", "NNPS"} and noun.name is NameOf.NOTHING
        if noun.name is not NameOf.NOTHING:
            group = self._group(sentence, noun) or self._state(sentence, noun, role)
            known = noun.name is NameOf.PERSON or (group is not None and role is not Role.GOVERNMENT)
            return SourcePhrase(noun.bare, noun, role, group=group or noun.bare, person=known, words=words)
        if noun.lemma in self.lexicon.saying.statement:
            owner = self._owner(sentence, noun)
            if owner is not None:
                return owner
        person = self._person(sentence, noun)
        if person is not None:
            return SourcePhrase(person, noun, role, group=self._group(sentence, noun), person=True, words=words)
        name = self._body(sentence, noun)
        office = noun.lemma in self.lexicon.saying.office
        group = self._group(sentence, noun) if office else self._state(sentence, noun, role) or name
        return SourcePhrase(name, noun, role, "", group, office, plural, self._definite(sentence, noun), words)

    def _owner_of_organ(self, sentence: Sentence, noun: Word) -> Word | None:
        """Return the party whose organ speaks: "Al-Shabaab's Radio Andalus", "the movement's media wing"."""
        organs = self.lexicon.saying.organ
        beside = any(w.lemma in organs for w in sentence.children(noun, "compound"))
        organ = beside or noun.lemma in organs or (noun.name is not NameOf.NOTHING and bool(organs & set(noun.lower.split())))
        owners = (
            [w for w in sentence.children(noun, "poss") if w.name is NameOf.ACTOR or w.lemma in self.lexicon.saying.party] if organ else []
        )
        return owners[0] if owners else None

    @staticmethod
    def _definite(sentence: Sentence, noun: Word) -> bool:
        """Tell whether a phrase points back: "the colonel", "the two officials", not "the head of the council"."""
        article = any(c.lower == "the" for c in sentence.children(noun, "det"))
        return article and noun.tag in {"NN", "NNS"} and not sentence.children(noun, "prep", "appos", "poss", "acl", "relcl")

    @staticmethod
    def _words(sentence: Sentence, noun: Word) -> frozenset[str]:
        """Return the words of a source phrase that tell it from others."""
        near = [noun, *sentence.children(noun, "compound", "amod", "nmod", "appos")]
        near += [w for one in near[1:] for w in sentence.children(one, "compound", "amod")]
        near += [w for p in sentence.children(noun, "prep") if p.lower == "of" and noun.tag == "CD" for w in sentence.children(p, "pobj")]
        return frozenset(form.lower() for w in near for part in (w.text, w.lemma) for form in SPLIT.findall(part))

    def _state(self, sentence: Sentence, noun: Word, role: Role) -> Span | None:
        """Return the country of a body of government: whose forces "its forces" are when a ministry speaks."""
        if role is not Role.GOVERNMENT:
            return None
        for child in sentence.children(noun, "poss", "amod", "compound", "nmod"):
            if child.name is NameOf.COUNTRY or is_demonym(child.text):
                return Span(child.start, child.end)
        first = noun.text.split()[0] if noun.text.strip() else ""
        return Span(noun.start, noun.start + len(first)) if is_demonym(first) and first != noun.text else None

    def _owner(self, sentence: Sentence, noun: Word) -> SourcePhrase | None:
        """Return whose a statement is: "its statement", "a statement by the ministry"; a bare one is the last speaker's."""
        for child in sentence.children(noun, "poss", "compound"):
            if child.tag.startswith("PRP") or child.name is not NameOf.NOTHING or child.dep == "poss":
                return self._one(sentence, child) if not child.tag.startswith("PRP") else _pronoun(child)
        for prep in sentence.children(noun, "prep"):
            if prep.lower in {"by", "from", "of"}:
                for inner in sentence.children(prep, "pobj"):
                    return self._one(sentence, inner)
        bare = [c.lower for c in sentence.children(noun, "det", "amod", "compound")]
        return _pronoun(noun) if bare in (["the"], ["a"], []) else None

    def _person(self, sentence: Sentence, noun: Word) -> Span | None:
        """Return the name of a person: the run of proper nouns that ends at the head, or in apposition to an office."""
        head = noun
        if not _is_name(noun):
            beside = self._apposed(sentence, noun)
            if beside is None:
                return None
            head = beside
        first = head
        while first.i > 0:
            before = sentence.words[first.i - 1]
            if not self._part_of_name(before):
                break
            first = before
        last = head
        while last.i + 1 < len(sentence) and self._part_of_name(sentence.words[last.i + 1]) and sentence.words[last.i + 1].head == head.i:
            last = sentence.words[last.i + 1]
        if first is head and not self._has_office(sentence, head):
            return None if head.lemma in self.lexicon.saying.role else Span(first.start, last.end)
        if self._is_body(head) and not self._has_office(sentence, head):
            return None
        return Span(first.start, last.end)

    def _apposed(self, sentence: Sentence, noun: Word) -> Word | None:
        """Return the name set beside an office, also behind what the office is of: "the commander of ground forces, X X,"."""
        if noun.lemma not in self.lexicon.saying.office and noun.tag != "CD":
            return None
        under = [w for p in sentence.children(noun, "prep") for w in sentence.children(p, "pobj")]
        for bearer in (noun, *under):
            for child in sentence.children(bearer, "appos"):
                named = _is_name(child) and child.name in {NameOf.NOTHING, NameOf.PERSON}
                full = child.name is NameOf.PERSON or bool(sentence.children(child, "compound"))
                if named and (bearer is noun or full) and sentence.words[child.i + 1 : child.i + 2]:
                    return child
        return None

    def _part_of_name(self, word: Word) -> bool:
        plain = word.lower.rstrip(".")
        return (
            _is_name(word)
            and word.name in {NameOf.NOTHING, NameOf.PERSON}
            and plain not in self.lexicon.saying.office
            and word.text[:1].isalpha()
        )

    def _is_body(self, head: Word) -> bool:
        """Tell whether the last word of a name is a noun of bodies: "Sixth Division", "Protection Force"."""
        actors = self.lexicon.actors
        return head.lower in actors.force | actors.polity or head.lower in self.lexicon.saying.role

    def _has_office(self, sentence: Sentence, head: Word) -> bool:
        beside = [*sentence.children(head, "compound", "appos", "amod"), *([sentence.head(head)] if head.dep == "appos" else [])]
        return any(w.lemma in self.lexicon.saying.office for w in beside)

    def _body(self, sentence: Sentence, noun: Word) -> Span:
        """Return the words of a body or an unnamed source: its modifiers, and what it is of, for or in."""
        first, last = first_word(sentence, noun), noun
        for prep in sentence.children(noun, "prep"):
            if prep.i == noun.i + 1 and prep.lower in SPEAKS_FOR:
                for inner in sentence.children(prep, "pobj"):
                    if prep.lower == "of" or inner.i - prep.i <= WITHIN + 1:
                        last = inner
        return Span(first.start, last.end)

    def _group(self, sentence: Sentence, noun: Word) -> Span | None:
        """Return the body an office-holder speaks for: "a leader of the armed opposition", "Coalition spokesman X"."""
        saying = self.lexicon.saying
        for verb in sentence.children(noun, "relcl"):
            if verb.lemma in LEADS and (led := sentence.child(verb, "dobj")) is not None:
                return Span(first_word(sentence, led).start, led.end)
        offices = [w for w in [noun, *sentence.children(noun, "appos", "compound")] if w.lemma in saying.office]
        for office in offices:
            for prep in sentence.children(office, "prep"):
                if prep.lower in {"of", "for", "with", "in", "from"}:
                    for inner in sentence.children(prep, "pobj"):
                        return Span(first_word(sentence, inner).start, inner.end)
            for child in [
                *sentence.children(office, "compound", "poss", "amod", "nmod"),
                *sentence.children(noun, "compound", "poss", "amod"),
            ]:
                if child is not office and child.lemma not in saying.office and child.i <= office.i and self._names_group(child):
                    return Span(child.start, child.end)
        return None

    def _names_group(self, word: Word) -> bool:
        actors = self.lexicon.actors
        return word.text[:1].isupper() or word.lemma in actors.polity or word.lower.rstrip("s") in actors.force

    def _role(self, sentence: Sentence, noun: Word) -> Role:
        """Say what the words make of the source; the rarer, more telling noun of the phrase decides."""
        words = [noun, *sentence.children(noun, "compound", "amod", "appos", "nmod")]
        words += [o for w in words for p in sentence.children(w, "prep") if p.lower == "of" for o in sentence.children(p, "pobj")]
        roles = [self.lexicon.saying.role[w.lemma] for w in words if w.lemma in self.lexicon.saying.role]
        roles += [
            self.lexicon.saying.role[part]
            for w in words
            if w.name is not NameOf.NOTHING
            for part in w.lower.split()
            if part in self.lexicon.saying.role
        ]
        for role in (Role.GOVERNMENT, Role.BELLIGERENT, Role.MONITOR, Role.WITNESS, Role.MEDIA, Role.OFFICIAL):
            if role in roles:
                return role
        return Role.UNKNOWN
