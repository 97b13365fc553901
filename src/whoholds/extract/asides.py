"""Voices that stand beside a clause, not over it: "according to", "in the words of", "…, residents say", "Army: …" (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from whoholds.extract.clauses import is_verb
from whoholds.extract.syntax import NameOf, Sentence, Word
from whoholds.extract.voices import Voice, VoiceReader
from whoholds.model import Span
from whoholds.taxonomy import Certainty, Stance

TURNS = frozenset({";", "but", "while", "whereas", "although"})
SOME = frozenset({"most", "some", "several", "many", "all"})
DASHES = frozenset({"-", "–", "—"})
LABEL_WORDS = 6
PARTS = 2


@dataclass(frozen=True, slots=True)
class AsideRules:
    """Finds the voice beside a clause."""

    reader: VoiceReader

    def within(self, sentence: Sentence, predicate: Word) -> Voice | None:
        """Return the voice of a parenthesis within the clause itself: "where, he said, the army was in control"."""
        for verb in sentence.children(predicate, "parataxis"):
            voice = self._parenthetical(sentence, verb, predicate)
            if voice is not None:
                return voice
        return None

    def beside(self, sentence: Sentence, predicate: Word) -> Voice | None:
        """Return the voice of whatever stands beside the clause and vouches for it."""
        return (
            self._hung_on(sentence, predicate)
            or self._according(sentence, predicate)
            or self._by_account(sentence, predicate)
            or self._announced(sentence, predicate)
            or self._across(sentence, predicate)
        )

    def _hung_on(self, sentence: Sentence, predicate: Word) -> Voice | None:
        """Read "…, residents say" that the parser hung on the clause instead of over it."""
        for word in [predicate, *sentence.ancestors(predicate)]:
            for verb in sentence.children(word, "parataxis", "advcl", "relcl", "ccomp", "dep", "conj"):
                voice = self._parenthetical(sentence, verb, predicate)
                if voice is not None:
                    return voice
        return None

    def _parenthetical(self, sentence: Sentence, verb: Word, predicate: Word) -> Voice | None:
        bare = not sentence.children(verb, "dobj", "xcomp", "mark") and not self._has_content(sentence, verb)
        saying = verb.lemma in self.reader.lexicon.saying.say and bool(sentence.children(verb, "nsubj"))
        if not (bare and saying and self._aside(sentence, verb, predicate)):
            return None
        voice = self.reader.said(sentence, verb, None)
        found = voice is not None and voice.source is not None and not voice.source.tag.startswith("W")
        return voice if found else None

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

    # -- according to, in the words of ---------------------------------------------------------------------------

    def _according(self, sentence: Sentence, predicate: Word) -> Voice | None:
        for word in sentence:
            if word.lower in {"according", "per"} and not self._parted(sentence, word, predicate):
                for noun in self._put_down_to(sentence, word):
                    if word.lower == "according" or self.reader.is_source(sentence, noun):
                        return self.reader.of(sentence, noun, Span(word.start, word.end))
        return None

    @staticmethod
    def _put_down_to(sentence: Sentence, according: Word) -> Iterator[Word]:
        for prep in [according, *sentence.children(according, "prep")]:
            yield from sentence.children(prep, "pobj")

    def _by_account(self, sentence: Sentence, predicate: Word) -> Voice | None:
        """Read "in the words of a resident", "by the army's own account"."""
        for noun in sentence:
            if noun.lemma not in self.reader.lexicon.saying.account or sentence.head(noun).lower not in {"in", "by", "on"}:
                continue
            if self._parted(sentence, noun, predicate):
                continue
            of = [w for p in sentence.children(noun, "prep") if p.lower == "of" for w in sentence.children(p, "pobj")]
            owners = [w for w in sentence.children(noun, "poss") if not w.tag.startswith("PRP")]
            own = any(w.tag == "PRP$" for w in sentence.children(noun, "poss"))
            for source in [*of, *owners, *(self._subjects(sentence, predicate) if own else [])]:
                if self.reader.is_source(sentence, source):
                    return self.reader.of(sentence, source, Span(noun.start, noun.end))
            if noun.tag == "NNS" and any(w.lower in SOME for w in sentence.children(noun, "amod", "det")):
                return Voice(None, sentence, Span(noun.start, noun.end), None, Stance.HEDGES, Certainty.UNDERSPECIFIED)
        return None

    @staticmethod
    def _subjects(sentence: Sentence, predicate: Word) -> list[Word]:
        """Return the subject of a clause and whose it is: "by his own account, the warlord's men hold the airstrip"."""
        subjects = sentence.children(predicate, "nsubj", "nsubjpass")
        return [w for noun in subjects for w in (*sentence.children(noun, "poss"), noun)]

    @staticmethod
    def _parted(sentence: Sentence, word: Word, predicate: Word) -> bool:
        """Tell whether a semicolon or a turn ("but", "while") parts the two."""
        low, high = sorted((word.i, predicate.i))
        return any(w.lower in TURNS for w in sentence.words[low + 1 : high])

    # -- before a colon ------------------------------------------------------------------------------------------

    def _announced(self, sentence: Sentence, predicate: Word) -> Voice | None:
        """Read what a colon announces: "The channel told a different story: …", and the label of a headline, "Army: …"."""
        colon = next((w for w in reversed(sentence.words[: predicate.i]) if w.text == ":"), None)
        if colon is None or self._parted(sentence, colon, predicate):
            return None
        before = sentence.words[: colon.i]
        verbs = [w for w in before if is_verb(w)]
        if not verbs and len(before) <= LABEL_WORDS:
            return self._label(sentence, before)
        telling = [verb for verb in verbs if self._announces(sentence, verb, colon)]
        return self.reader.said(sentence, telling[-1], None) if telling else None

    def _announces(self, sentence: Sentence, verb: Word, colon: Word) -> bool:
        """Tell whether a verb before a colon says what comes after it, and has said nothing yet."""
        if not sentence.children(verb, "nsubj"):
            return False
        inner = [w for w in sentence.children(verb, "ccomp", "xcomp") if w.i < colon.i]
        told = sentence.child(verb, "dobj")
        if told is not None and (told.lemma in self.reader.lexicon.saying.account or told.lower == "it"):
            return not inner
        strong = verb.lemma in self.reader.lexicon.saying.say - self.reader.lexicon.saying.weak
        return strong and told is None and not inner

    def headline(self, sentences: Sequence[Sentence]) -> Voice | None:
        """Return whom a headline of two parts names: "Mayor: X surrounded", "X retaken - army"."""
        if len(sentences) != PARTS:
            return None
        first, second = sentences
        mark = first.words[-1].text
        ahead = self._speaker(first) if mark == ":" else None
        return ahead or (self._speaker(second) if mark == ":" or mark in DASHES else None)

    def _speaker(self, part: Sentence) -> Voice | None:
        """Return the speaker that one part of a headline is; None where it says anything."""
        words = tuple(w for w in part if w.text != ":")
        return self._label(part, words) if len(words) <= LABEL_WORDS and not any(is_verb(w) for w in words) else None

    def _label(self, sentence: Sentence, before: tuple[Word, ...]) -> Voice | None:
        nouns = [w for w in before if w.tag.startswith("NN") or w.name in {NameOf.SOURCE, NameOf.PERSON}]
        if not nouns or any(w.tag in {"IN", "CD"} for w in before):
            return None
        source = nouns[-1]
        saying = self.reader.lexicon.saying
        role = source.lemma in saying.source or source.lemma in saying.role or source.name in {NameOf.SOURCE, NameOf.PERSON}
        return self.reader.of(sentence, source, Span(source.start, source.end)) if role else None

    # -- across a semicolon --------------------------------------------------------------------------------------

    def _across(self, sentence: Sentence, predicate: Word) -> Voice | None:
        """Return the saying verb before the predicate in its part of a sentence whose parts the parser has tied together."""
        if not any(w.text == ";" for w in sentence.words):
            return None
        start = next((w.i + 1 for w in reversed(sentence.words[: predicate.i]) if w.text == ";"), 0)
        for verb in reversed(sentence.words[start : predicate.i]):
            if is_verb(verb) and sentence.children(verb, "nsubj"):
                strong = verb.lemma in self.reader.lexicon.saying.say - self.reader.lexicon.saying.weak
                first = sentence.children(predicate, "nsubj", "nsubjpass")
                governs = strong and (verb.i < min([predicate.i, *(w.i for w in first)]))
                return self.reader.said(sentence, verb, None) if governs and not self.reader.unsaid(sentence, verb) else None
        return None
