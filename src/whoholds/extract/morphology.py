"""Part of speech and lemma of each word, told once for each form, tag and dependency that is met.

The model's attribute ruler and rule lemmatiser look at one word and its labels, but for a few patterns of two words
("there is", "let's"). They take a quarter of the pipe's time to say again what they have said of the same word before.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.pipeline import AttributeRuler
    from spacy.tokens import Doc

RULER, LEMMATISER = "attribute_ruler", "lemmatizer"
APART = ","
"""Stands between words that are looked at together, so that none meets a pattern of two words."""

MOST = 1 << 16
"""Words kept; then all are forgotten, so that a long stream does not fill the memory."""

_Key = tuple[int, int, int]


@dataclass(slots=True)
class Morphology:
    """Says what the rules of a model say of the words of a parsed text."""

    nlp: Language
    pairs: AttributeRuler
    known: dict[_Key, tuple[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, nlp: Language) -> Morphology | None:
        """Return it for a model whose ruler and lemmatiser look at words alone; None for any other, whose pipe must run as it is."""
        from spacy.pipeline import AttributeRuler, Lemmatizer  # noqa: PLC0415  heavy, and not needed before the first report

        parts = dict(nlp.pipeline)
        ruler, lemmatiser = parts.get(RULER), parts.get(LEMMATISER)
        if type(ruler) is not AttributeRuler or not isinstance(lemmatiser, Lemmatizer):
            return None
        pairs = AttributeRuler(nlp.vocab)
        pairs.add_patterns([entry for entry in ruler.patterns if max(map(len, entry["patterns"])) > 1])  # type: ignore[arg-type]
        return cls(nlp, pairs)

    def read(self, doc: Doc) -> list[tuple[str, str]]:
        """Return part of speech and lemma of each word; `doc` has been tagged and parsed, and no more."""
        keys: list[_Key] = [(orth, tag, dep) for orth, tag, dep in doc.to_array(["ORTH", "TAG", "DEP"]).tolist()]
        if len(self.known) > MOST:
            self.known.clear()
        if unknown := [key for key in dict.fromkeys(keys) if key not in self.known]:
            self._learn(unknown)
        words = [self.known[key] for key in keys]
        self._pair(doc, words)
        return words

    def _learn(self, keys: list[_Key]) -> None:
        from spacy.tokens import Doc  # noqa: PLC0415  heavy, and not needed before the first report

        name = self.nlp.vocab.strings
        rows = [(name[orth], name[tag], name[dep]) for orth, tag, dep in keys]
        spread = [row for word in rows for row in (word, (APART, APART, "punct"))]
        words, tags, deps = (list(column) for column in zip(*spread, strict=True))
        doc = Doc(self.nlp.vocab, words=words, tags=tags, deps=deps, heads=[0] * len(words))
        for part in (RULER, LEMMATISER):
            doc = self.nlp.get_pipe(part)(doc)
        self.known.update((key, (doc[2 * i].pos_, doc[2 * i].lemma_)) for i, key in enumerate(keys))

    def _pair(self, doc: Doc, words: list[tuple[str, str]]) -> None:
        """Mend what patterns of two words say otherwise."""
        matches = self.pairs.match(doc)
        self.pairs.set_annotations(doc, matches)  # type: ignore[no-untyped-call]
        for _, _, start, end in matches:
            for i in range(start, end):
                pos, lemma = words[i]
                words[i] = (doc[i].pos_ or pos, doc[i].lemma_ or lemma)
