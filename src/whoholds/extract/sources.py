"""Phrases that name a source: persons with their offices, bodies, unnamed ones (pure)."""

from __future__ import annotations

from dataclasses import dataclass

from whoholds.extract.phrases import first_word, is_proper
from whoholds.extract.syntax import NameOf, Sentence, Word
from whoholds.model import Span
from whoholds.registry.lexicon import Lexicon
from whoholds.taxonomy import Role


@dataclass(frozen=True, slots=True)
class SourcePhrase:
    """Words that name one source; `group` is the body it speaks for ("a leader of the armed opposition"), if said."""

    name: Span
    head: Word
    role: Role
    pronoun: str = ""
    group: Span | None = None
    person: bool = False


SPOKEN = frozenset({"statement", "communique", "communiqué", "bulletin", "announcement"})


def _pronoun(word: Word) -> SourcePhrase:
    return SourcePhrase(Span(word.start, word.end), word, Role.UNKNOWN, pronoun="it")


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
        if noun.name is not NameOf.NOTHING:
            group = self._group(sentence, noun)
            known = noun.name is NameOf.PERSON or group is not None
            return SourcePhrase(noun.bare, noun, self._role(sentence, noun), group=group or noun.bare, person=known)
        if noun.lemma in SPOKEN:
            owner = self._owner(sentence, noun)
            if owner is not None:
                return owner
        person = self._person(sentence, noun)
        if person is not None:
            return SourcePhrase(person, noun, self._role(sentence, noun), group=self._group(sentence, noun), person=True)
        name = self._body(sentence, noun)
        office = noun.lemma in self.lexicon.saying.office
        return SourcePhrase(name, noun, self._role(sentence, noun), group=self._group(sentence, noun) if office else name, person=office)

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
        if not is_proper(noun):
            proper = [c for c in sentence.children(noun, "appos") if is_proper(c) and c.name in {NameOf.NOTHING, NameOf.PERSON}]
            if noun.lemma not in self.lexicon.saying.office or not proper:
                return None
            head = proper[0]
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
            return None if any(w.lemma in self.lexicon.saying.role for w in (head,)) else Span(first.start, last.end)
        return Span(first.start, last.end)

    def _part_of_name(self, word: Word) -> bool:
        plain = word.lower.rstrip(".")
        return (
            is_proper(word)
            and word.name in {NameOf.NOTHING, NameOf.PERSON}
            and plain not in self.lexicon.saying.office
            and word.text[:1].isalpha()
        )

    def _has_office(self, sentence: Sentence, head: Word) -> bool:
        beside = [*sentence.children(head, "compound", "appos", "amod"), *([sentence.head(head)] if head.dep == "appos" else [])]
        return any(w.lemma in self.lexicon.saying.office for w in beside)

    def _body(self, sentence: Sentence, noun: Word) -> Span:
        """Return the words of a body or an unnamed source: its modifiers, and "of …" after it."""
        first, last = first_word(sentence, noun), noun
        for prep in sentence.children(noun, "prep"):
            if prep.lower == "of" and prep.i == noun.i + 1 and not noun.tag.startswith("PRP"):
                for inner in sentence.children(prep, "pobj"):
                    last = inner
        return Span(first.start, last.end)

    def _group(self, sentence: Sentence, noun: Word) -> Span | None:
        """Return the body an office-holder speaks for: "a leader of the armed opposition", "Coalition spokesman X"."""
        saying = self.lexicon.saying
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
