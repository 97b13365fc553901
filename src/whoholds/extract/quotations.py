"""Who speaks in the quotations of a paragraph, over all their sentences (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from whoholds.extract.clauses import is_verb
from whoholds.extract.syntax import Sentence, Word
from whoholds.extract.voices import Voice, VoiceReader
from whoholds.model import Span

BORROWED = 3
"""Quotations of no more words are words borrowed, not speech."""


@dataclass(frozen=True, slots=True)
class QuotationRules:
    """Finds the speakers of quotations."""

    reader: VoiceReader

    def speakers(self, sentences: Sequence[Sentence], last: Voice | None = None) -> dict[int, Voice]:
        """Return who speaks in each quotation of a paragraph; one without a saying verb is the last speaker's.

        `last` is who spoke in the paragraph before, whom a paragraph that is all quotation goes on quoting.
        """
        found: dict[int, Voice] = {}
        if not self._goes_on(sentences):
            last = None
        numbers = sorted({n for s in sentences for n in s.quoted if n})
        for number in numbers:
            candidates = [(s, v) for s in sentences if number in s.quoted for v in self._saying_outside(s)]
            voice = (
                self._nearest(candidates, number)
                or self._labelled(sentences, number)
                or (last if self._is_speech(sentences, number) else None)
            )
            if voice is not None:
                found[number] = last = voice
        return found

    @staticmethod
    def _goes_on(sentences: Sequence[Sentence]) -> bool:
        """Tell whether a paragraph opens with a quotation and says nothing outside of it."""
        outside = [w for s in sentences for w in s if not s.quoted[w.i] and any(c.isalnum() for c in w.text)]
        return not outside

    def _saying_outside(self, sentence: Sentence) -> Iterator[Word]:
        for word in self.reader.verbs(sentence):
            if not sentence.quoted[word.i] and word.lemma not in self.reader.lexicon.saying.weak - self.reader.lexicon.saying.relay:
                yield word
        for word in sentence:
            if is_verb(word) and not sentence.quoted[word.i] and word.lemma == "call":
                yield word

    def _nearest(self, candidates: Sequence[tuple[Sentence, Word]], number: int) -> Voice | None:
        best: tuple[int, Voice] | None = None
        for sentence, verb in candidates:
            voice = self.reader.said(sentence, verb, None)
            if voice is None or voice.source is None:
                continue
            distance = min(abs(verb.i - i) for i, n in enumerate(sentence.quoted) if n == number)
            if best is None or distance < best[0]:
                best = (distance, voice)
        return best[1] if best else None

    def _labelled(self, sentences: Sequence[Sentence], number: int) -> Voice | None:
        """Return who is named before the colon of a quotation: "Junta spokesman Thein Naing: "The school is ours.""."""
        for sentence in sentences:
            first = next((i for i, n in enumerate(sentence.quoted) if n == number), 0)
            before = [w for w in sentence.words[:first] if w.text != '"']
            if first and len(before) > 1 and before[-1].text == ":":
                source = before[-2]
                named = source.tag.startswith("NN") and self.reader.is_source(sentence, source)
                return self.reader.of(sentence, source, Span(source.start, source.end)) if named else None
        return None

    @staticmethod
    def _is_speech(sentences: Sequence[Sentence], number: int) -> bool:
        words = [w for s in sentences for w in s if s.quoted[w.i] == number]
        return len(words) > BORROWED and any(is_verb(w) for w in words)
