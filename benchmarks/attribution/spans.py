"""Attributions as spans, by our rules and by a rule over spaCy's parse alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whoholds.extract import nlp
from whoholds.extract.clauses import is_verb
from whoholds.extract.extractor import RuleExtractor
from whoholds.extract.segments import paragraphs
from whoholds.extract.syntax import Sentence, Word
from whoholds.model import Report, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SAYING = frozenset(
    (
        *("acknowledge", "add", "admit", "affirm", "allege", "announce", "argue", "assert", "claim", "comment", "concede"),
        *("confirm", "declare", "deny", "disclose", "explain", "insist", "maintain", "mention", "note", "observe", "reply"),
        *("report", "respond", "reveal", "say", "state", "stress", "suggest", "tell", "testify", "warn", "write"),
    )
)
"""News verbs of saying, by lemma; "according to" counts beside them."""


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution: offsets of its cue, of who says it and of what is said (None where there is none)."""

    cue: Span
    source: Span | None
    content: Span | None


def ours(text: str, report: Report, extractor: RuleExtractor) -> list[Said]:
    """Return what our rules put down to someone by a news verb; without a source the publisher speaks, which is no attribution."""
    pieces = [
        nlp.Paragraph(0, span.of(text), span.start, n, extractor.names.find(span.of(text))) for n, span in enumerate(paragraphs(report))
    ]
    rules = extractor.grammar.attribution
    found: list[Said] = []
    for _, sentences in nlp.parse(pieces, extractor.model):
        speakers = rules.speakers(sentences)
        for sentence in sentences:
            contents: dict[Span, tuple[Sentence, Word, set[Word]]] = {}
            for word in sentence:
                if not is_verb(word):
                    continue
                voice = rules.read(sentence, word, speakers)
                if voice.source is None or voice.cue is None or voice.sentence is None or not _is_news(voice.sentence, voice.cue):
                    continue
                words = contents.setdefault(voice.cue, (voice.sentence, voice.source, set()))[2]
                words.update(w for w in sentence.subtree(word) if w.dep != "punct")
            found += [_said(cue, *parts) for cue, parts in contents.items()]
    return found


def _is_news(sentence: Sentence, cue: Span) -> bool:
    word = next((w for w in sentence if w.start == cue.start), None)
    return word is not None and (word.lemma in SAYING or word.lower == "according")


def _said(cue: Span, sentence: Sentence, source: Word, words: Collection[Word]) -> Said:
    who = {w for w in sentence.subtree(source) if w.dep != "punct"}
    verb = next(w for w in sentence if w.start == cue.start)
    what = sorted((w for w in words if w not in who and w is not verb), key=lambda w: w.start)
    content = Span(what[0].start, what[-1].end) if what else None
    ordered = sorted(who, key=lambda w: w.start)
    return Said(cue, Span(ordered[0].start, ordered[-1].end), content)


def baseline(docs: Iterable[Doc]) -> Iterator[list[Said]]:
    """Yield, for each parsed text: the subject of a news verb says its clausal complement, and "according to" its clause."""
    for doc in docs:
        yield [
            said
            for token in doc
            for said in (_by_verb(token) if token.lemma_ in SAYING else _by_according(token) if token.lower_ == "according" else ())
        ]


def _by_verb(verb: Token) -> Iterator[Said]:
    source = next((t for t in verb.children if t.dep_ == "nsubj"), None)
    content = next((t for t in verb.children if t.dep_ in {"ccomp", "dobj", "parataxis"}), None)
    if source is not None and content is not None:
        yield Said(_extent([verb]), _extent(source.subtree), _extent(content.subtree))


def _by_according(word: Token) -> Iterator[Said]:
    nouns = [n for prep in (word, *word.children) for n in prep.children if n.dep_ == "pobj"]
    own = set(word.subtree)
    content = [t for t in word.head.subtree if t not in own and t.dep_ != "punct"]
    if nouns and content:
        yield Said(_extent([word]), _extent(nouns[0].subtree), _extent(content))


def _extent(tokens: Iterable[Token]) -> Span:
    ordered: Sequence[Token] = list(tokens)
    return Span(ordered[0].idx, ordered[-1].idx + len(ordered[-1]))
