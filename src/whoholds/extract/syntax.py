"""Words, sentences and their parse, as plain data: what the rules of extraction read.

Independent of any parser, so that rules can be tested on sentences written by hand. Dependency labels are those of
ClearNLP (nsubj, dobj, prep, pobj, …), which the English spaCy models use.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from whoholds.model import Span


class NameOf(StrEnum):
    """What a name that is known before the parse is the name of."""

    NOTHING = ""
    PLACE = "place"
    REGION = "region"
    COUNTRY = "country"
    FACILITY = "facility"
    ACTOR = "actor"
    SOURCE = "source"
    PERSON = "person"

    @property
    def locates(self) -> bool:
        """Whether it is a name of a place of any sort."""
        return self in {NameOf.PLACE, NameOf.REGION, NameOf.COUNTRY, NameOf.FACILITY}


@dataclass(frozen=True, slots=True)
class Name:
    """A known name in the text of a paragraph (offsets within the paragraph)."""

    start: int
    end: int
    of: NameOf


@dataclass(frozen=True, slots=True)
class Word:
    """One token: its place in the sentence (`i`), its offsets in the report, its form and its place in the parse.

    A multi-word name that the gazetteer or the registry knows is one word; `name` says what it is the name of.
    """

    i: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    name: NameOf = NameOf.NOTHING

    @property
    def bare(self) -> Span:
        """The offsets of a name without the abbreviation in brackets that belongs to it."""
        cut = self.text.find(" (") if self.name is not NameOf.NOTHING else -1
        return Span(self.start, self.start + cut if cut > 0 else self.end)

    @property
    def lower(self) -> str:
        """The form in lower case."""
        return self.text.lower()


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of one sentence, in order, with the paragraph they stand in.

    `quoted` holds, for each word, the number of the quotation it stands in (0 outside of quotation marks).
    """

    number: int
    paragraph: int
    words: tuple[Word, ...]
    quoted: tuple[int, ...]
    _children: tuple[tuple[int, ...], ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, number: int, paragraph: int, words: Sequence[Word], quoted: Sequence[int]) -> Sentence:
        """Build a sentence and index its parse."""
        children: list[list[int]] = [[] for _ in words]
        for word in words:
            if word.head != word.i:
                children[word.head].append(word.i)
        return cls(number, paragraph, tuple(words), tuple(quoted), tuple(map(tuple, children)))

    def __iter__(self) -> Iterator[Word]:
        """Iterate over the words."""
        return iter(self.words)

    def __len__(self) -> int:
        """Count the words."""
        return len(self.words)

    def head(self, word: Word) -> Word:
        """Return what `word` depends on (itself for the root)."""
        return self.words[word.head]

    def children(self, word: Word, *deps: str) -> list[Word]:
        """Return the direct dependants of `word`, only those with one of `deps` if any are given."""
        found = [self.words[i] for i in self._children[word.i]]
        return [child for child in found if child.dep in deps] if deps else found

    def child(self, word: Word, *deps: str) -> Word | None:
        """Return the first such dependant, or None."""
        return next(iter(self.children(word, *deps)), None)

    def subtree(self, word: Word) -> list[Word]:
        """Return `word` and all that depends on it, in text order."""
        seen, stack = {word.i}, [word.i]
        while stack:
            for i in self._children[stack.pop()]:
                if i not in seen:
                    seen.add(i)
                    stack.append(i)
        return [self.words[i] for i in sorted(seen)]

    def ancestors(self, word: Word) -> Iterator[Word]:
        """Yield what `word` depends on, nearest first, up to the root."""
        seen = {word.i}
        while word.head not in seen:
            word = self.words[word.head]
            seen.add(word.i)
            yield word

    def conjuncts(self, word: Word) -> list[Word]:
        """Return `word` and the words coordinated with it after it ("A, B and C" from A)."""
        found, frontier = [word], [word]
        while frontier:
            here = frontier.pop()
            for child in self.children(here, "conj"):
                if child not in found:
                    found.append(child)
                    frontier.append(child)
        return sorted(found, key=lambda w: w.i)

    def span(self, first: Word, last: Word) -> Span:
        """Return the offsets from the start of `first` to the end of `last`."""
        return Span(first.start, last.end)

    @property
    def extent(self) -> Span:
        """The offsets of the whole sentence."""
        return Span(self.words[0].start, self.words[-1].end)
