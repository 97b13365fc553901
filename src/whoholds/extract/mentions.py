"""Phrases turned into mentions: what they are, and what of the report they refer to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from whoholds.extract.actors import OWNERS
from whoholds.extract.clauses import is_verb
from whoholds.extract.discourse import FIRST, PERSONS, Discourse, Seen
from whoholds.extract.findings import ActorPhrase, Form, PlacePhrase
from whoholds.extract.grammar import Grammar
from whoholds.extract.sources import SourcePhrase
from whoholds.extract.syntax import NameOf
from whoholds.extract.voices import Voice
from whoholds.model import Attribution, Mention, Report, Span
from whoholds.taxonomy import Role


@dataclass(frozen=True, slots=True)
class MentionMaker:
    """Makes the mentions of one report; `discourse` says what anaphors and pronouns refer to."""

    report: Report
    grammar: Grammar
    discourse: Discourse

    def _seen(self, span: Span) -> Seen:
        return Seen(span, span.of(self.report.text))

    def plain(self, span: Span) -> Mention:
        """Return the mention of words that stand for themselves."""
        text = span.of(self.report.text)
        return Mention(self.report.id, span.start, span.end, text, text, span)

    # -- places --------------------------------------------------------------------------------------------------

    def toponym(self, phrase: PlacePhrase) -> Mention:
        """Return the mention of a place; an anaphor or a bare facility refers to a place named before."""
        text = phrase.span.of(self.report.text)
        seen: Seen | None = None
        if phrase.form in {Form.ANAPHOR, Form.FACILITY} and phrase.name is None:
            seen = self.discourse.place(phrase)
        if seen is not None:
            return Mention(self.report.id, phrase.span.start, phrase.span.end, text, seen.text, seen.span)
        span = phrase.name or phrase.core or phrase.span
        return Mention(self.report.id, phrase.span.start, phrase.span.end, text, span.of(self.report.text), span)

    # -- actors and sources --------------------------------------------------------------------------------------

    def actor(self, phrase: ActorPhrase | None, voice: Voice, attribution: Attribution) -> Mention | None:
        """Return the mention of an actor; a pronoun refers to its owner."""
        if phrase is None:
            return None
        plain = self.plain(phrase.span)
        if not phrase.pronoun or (phrase.pronoun in OWNERS and phrase.head.lemma in self.grammar.lexicon.actors.beside):
            return plain  # "its foes" are not it
        owner = self._owner(phrase, voice, attribution)
        return replace(plain, referent=owner.text, referent_span=owner.span) if owner else plain

    def _owner(self, phrase: ActorPhrase, voice: Voice, attribution: Attribution) -> Seen | None:
        """Return whom a pronoun stands for: the subject above it, the speaker's side for "we" and "its", else the last actor."""
        above = None if phrase.pronoun in FIRST else self._subject_above(phrase)
        if above is not None:
            return above
        if phrase.pronoun in FIRST or (phrase.pronoun not in PERSONS and voice.source is not None and not attribution.own_voice):
            group = self._speakers_group(voice, phrase.pronoun)
            if group is not None:
                return group
        before = phrase.sentence.words[: phrase.first.i]
        opens = phrase.pronoun in {"they", "it"} and not any(self.grammar.actors.is_force(phrase.sentence, word) for word in before)
        if opens and self.discourse.about is not None:
            return self.discourse.about
        return self.discourse.party(phrase.pronoun, phrase.first.start, phrase.span) or self._before(phrase)

    def _before(self, phrase: ActorPhrase) -> Seen | None:
        """Return the force or power last named before a pronoun in its own sentence: "ISIS began the assault when they stormed X"."""
        body = phrase.pronoun in self.grammar.lexicon.actors.backward
        if not body and phrase.pronoun not in {"they", "their", "them", "it", "its"}:
            return None
        sentence = phrase.sentence
        plural = phrase.pronoun.startswith("the")
        for noun in reversed(sentence.words[: phrase.first.i]):
            agrees = plural or body or noun.tag not in {"NNS", "NNPS"}
            if noun.dep in {"nsubj", "nsubjpass", "poss", "pobj"} and agrees and self.grammar.actors.is_force(sentence, noun):
                found = self.grammar.actors.read(sentence, noun)
                if found is not None and not found.pronoun:
                    return self._seen(found.span)
        return None

    def _subject_above(self, phrase: ActorPhrase) -> Seen | None:
        """Return the subject of a clause over "their": "alongside their control of A, the fighters have risen up in B"."""
        if phrase.pronoun not in OWNERS:
            return None
        sentence = phrase.sentence
        for ancestor in sentence.ancestors(phrase.head):
            if not is_verb(ancestor):
                continue
            noun = sentence.child(ancestor, "nsubj", "nsubjpass")
            if noun is not None and phrase.pronoun == "its" and noun.tag in {"NNS", "NNPS"}:
                continue  # "its" is no word for "fighters"
            if noun is not None and not (phrase.first.i <= noun.i <= phrase.last.i) and self.grammar.actors.is_power(sentence, noun):
                found = self.grammar.actors.read(sentence, noun)
                if found is not None and not found.pronoun:
                    return self._seen(found.span)
        return None

    def _speakers_group(self, voice: Voice, pronoun: str) -> Seen | None:
        if voice.source is None or voice.sentence is None:
            return None
        phrase = self.grammar.sources.read(voice.sentence, voice.source)[0]
        known = self.discourse.source(phrase.pronoun, phrase.name.start) if phrase.pronoun else self.discourse.described(phrase)
        phrase = known[1] if known else phrase
        impersonal = pronoun in {"it", "its", "they", "their"} and not phrase.pronoun
        span = phrase.group or (phrase.name if impersonal else None)
        return self._seen(span) if span is not None else None

    def remember(self, voice: Voice) -> None:
        """Remember the speaker of a voice for pronouns to come."""
        if voice.source is not None and voice.sentence is not None:
            for phrase in self.grammar.sources.read(voice.sentence, voice.source):
                if not phrase.pronoun:
                    known = self.discourse.described(phrase)
                    self.discourse.speak(*(known or (self._seen(phrase.name), phrase)))

    def attribution(self, voice: Voice) -> Attribution:
        """Return the chain publisher → channel → source of a voice."""
        publisher = self.report.publisher
        if voice.source is None or voice.sentence is None:
            implied = Mention(self.report.id, 0, 0, "", publisher or "the publisher", None)
            return Attribution(implied, (), publisher, Role.MEDIA, own_voice=True)
        phrases = self.grammar.sources.read(voice.sentence, voice.source)
        source = self._source(phrases)
        via = tuple(self._via(voice))
        return Attribution(source, via, publisher, phrases[0].role, own_voice=False)

    def _source(self, phrases: Sequence[SourcePhrase]) -> Mention:
        """Return the source; joint sources are one mention whose referent joins their names with "; "."""
        names = [self._source_name(phrase) for phrase in phrases]
        start, end = min(n.start for n in names), max(n.end for n in names)
        if len(names) == 1:
            return names[0]
        return Mention(self.report.id, start, end, self.report.text[start:end], "; ".join(n.referent for n in names), Span(start, end))

    def _source_name(self, phrase: SourcePhrase) -> Mention:
        plain = self.plain(phrase.name)
        if phrase.pronoun:
            known = self.discourse.source(phrase.pronoun, phrase.name.start)
            actor = None if phrase.pronoun in PERSONS else self.discourse.actor(phrase.name.start)
        else:
            known, actor = self.discourse.described(phrase), self.discourse.group(phrase)
        meant = known[0] if known is not None else actor
        return replace(plain, referent=meant.text, referent_span=meant.span) if meant else plain

    def _via(self, voice: Voice) -> Iterator[Mention]:
        """Yield the channel or the relaying agency: "posted on Telegram", "told Reuters"."""
        if voice.verb is None or voice.sentence is None:
            return
        sentence, verb = voice.sentence, voice.verb
        if voice.relay is not None:
            yield from (self.plain(phrase.name) for phrase in self.grammar.sources.read(sentence, voice.relay))
        for prep in sentence.children(verb, "prep", "dative"):
            if prep.lower in {"on", "to", "via", "through", "in"}:
                for noun in sentence.children(prep, "pobj"):
                    if noun.lower in self.grammar.lexicon.saying.channel or noun.name is NameOf.SOURCE:
                        yield self.plain(noun.bare)
        for noun in sentence.children(verb, "dobj", "dative"):
            if verb.lemma == "tell" and (noun.name is NameOf.SOURCE or noun.tag == "NNP"):
                yield self.plain(noun.bare)
