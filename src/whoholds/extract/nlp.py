"""The only place that knows the parser (but for its morphology): paragraphs in, sentences of plain words out.

Known names are one token each, and the parser sees a name it has met in training in their stead: with the names of
places it has never seen it mistakes towns for people and loses lists and clauses; with "Baghdad" for each it does not.
Quotation marks are straightened for the same reason. Offsets are those of the report throughout.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from whoholds.errors import ModelMissingError
from whoholds.extract.mending import mended
from whoholds.extract.morphology import LEMMATISER, RULER, Morphology
from whoholds.extract.syntax import Name, NameOf, Sentence, Word
from whoholds.installation import find_model

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

STRAIGHT = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "ʼ": "'", "\u00a0": " ", "\n": " ", "\t": " "}
)
STAND_IN = {
    NameOf.PLACE: "Baghdad",
    NameOf.REGION: "Baghdad",
    NameOf.FACILITY: "Baghdad",
    NameOf.COUNTRY: "Iraq",
    NameOf.ACTOR: "Hezbollah",
    NameOf.SOURCE: "Reuters",
    NameOf.PERSON: "Obama",
}
INNER = r"(?:'(?!(?:s|t|re|ve|ll|d|m)\b)\w+)"
"""What stands behind an apostrophe inside a name: "Sha'er"."""

HYPHENATED = re.compile(
    rf"\b(?:(?:[Aa]l|[Ee]l|[Aa]sh|[Aa]s|[Aa]d|[Aa]r|[Aa]n|[Ee]z|[Uu]l|[A-Z]\w*)-(?:[a-z]{{1,3}}-)?'?)+[A-Z]\w*{INNER}*|\b[A-Z]\w+{INNER}+"
)
LOST_APOSTROPHE = re.compile(r"(?<=[a-z]) {2,}s(?= )")
"""What is left of "'s" where a page has lost its apostrophes: "the regime   s army"."""
QUOTE = '"'
BATCH = 64
PREFIXED = re.compile(
    r"\b(?:[Cc]ounter|[Cc]ease|[Rr]e)-[a-z]{4,}\b|\b[Aa]ir-strikes?\b|\b[Gg]un-battles?\b"
    r"|\b(?:[Pp]ull-(?:out|back)|[Tt]ake-over|[Hh]and-over)s?\b"
)
"""Words that the tokeniser would cut at the hyphen: "counter-offensive", "cease-fire", "re-entered", "pull-out"."""
HEADLINE = re.compile(r"^(?:[^:.!?]{2,40}:|.{8,120} [-–—](?= [^-–—:.!?,]{2,40}$))(?= [^.!?]{5,120}$| )(?=.*[^.!?\"]$)")
"""What stands before the turn of a headline that names its speaker: "Mayor: X surrounded", "X retaken - army"."""
HEADLINE_WORDS = 16
LEMMAS = {"retook": "retake", "overran": "overrun", "besieged": "besiege", "raged": "rage", "withdrew": "withdraw"}
"""Forms that the lemmatiser does not know."""
NOUN_LEMMAS = {"bases": "base"}
"""Plurals that it takes for another noun's: "bases" are no "basis" here."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: which report of the run it is of, its text, where it starts there, its number and the names known in it."""

    report: int
    text: str
    start: int
    number: int
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A token as the parser will see it, with its offsets in the paragraph."""

    start: int
    end: int
    seen_as: str
    name: NameOf
    space: bool


@dataclass(frozen=True, slots=True)
class _Token:
    """What the model says of a token; the head counts from the start of the paragraph."""

    pos: str
    lemma: str
    tag: str
    dep: str
    head: int


@cache
def load(setting: str | None) -> Language:
    """Load the language model that the setting names, or the best one installed; without its entity recogniser.

    Raises:
        ModelMissingError: when none is installed or the one named cannot be loaded.
    """
    import spacy  # noqa: PLC0415  heavy, and not needed before the first report

    location = find_model(setting)
    try:
        return spacy.load(location.path, exclude=["ner"])
    except (OSError, ValueError) as error:
        message = f"the language model at {location.path} cannot be loaded ({error}); run `whoholds setup-model`"
        raise ModelMissingError(message) from error


@cache
def _morphology(setting: str | None) -> Morphology | None:
    return Morphology.of(load(setting))


def parse(paragraphs: Iterable[Paragraph], setting: str | None = None) -> Iterator[tuple[Paragraph, list[Sentence]]]:
    """Yield each paragraph with its sentences, in order, parsed in batches."""
    nlp, morphology = load(setting), _morphology(setting)
    known_apart = [RULER, LEMMATISER] if morphology is not None else []
    prepared = (
        (_doc(nlp, pieces, turn_of(paragraph.text)), (paragraph, pieces)) for paragraph in paragraphs if (pieces := _pieces(nlp, paragraph))
    )
    for doc, (paragraph, pieces) in nlp.pipe(prepared, as_tuples=True, batch_size=BATCH, disable=known_apart):
        yield paragraph, _sentences(doc, morphology, paragraph, pieces)


def _pieces(nlp: Language, paragraph: Paragraph) -> list[_Piece]:
    """Tokenise, with every known name and every hyphenated name as one token."""
    text = LOST_APOSTROPHE.sub(_restored, paragraph.text.translate(STRAIGHT))
    names = {name.start: name for name in paragraph.names}
    prefixed = {match.start(): match.end() for match in PREFIXED.finditer(text)}
    ends = prefixed | dict(_hyphenated(text, paragraph.names)) | {name.start: name.end for name in paragraph.names}
    pieces: list[_Piece] = []
    skip_to = 0
    for token in nlp.make_doc(text):
        start = token.idx
        if start < skip_to or token.is_space:
            continue
        end = max(ends.get(start, 0), start + len(token))
        skip_to = end
        name = names[start].of if start in names else NameOf.NOTHING
        seen_as = STAND_IN.get(name, "") if _needs_stand_in(text[start:end], name) else ""
        if start in prefixed:
            seen_as = text[start:end].replace("-", "")
        pieces.append(_Piece(start, end, seen_as or text[start:end], name, text[end : end + 1] == " "))
    return pieces


def _restored(match: re.Match[str]) -> str:
    return "'s".rjust(len(match[0]))


def _hyphenated(text: str, names: Sequence[Name]) -> list[tuple[int, int]]:
    found = [match.span() for match in HYPHENATED.finditer(text)]
    return [(start, end) for start, end in found if not any(start < name.end and name.start < end for name in names)]


def _needs_stand_in(text: str, name: NameOf) -> bool:
    """Places always; other names where they are several words or look like a verb or pronoun ("IS"): "SDF" parses well as it is."""
    return name.locates or (name is not NameOf.NOTHING and (" " in text or text in {"IS", "US"}))


def turn_of(text: str) -> int | None:
    """Return where the second part of a headline begins that names its speaker; None where the text is no such headline."""
    found = HEADLINE.match(text) if len(text.split()) <= HEADLINE_WORDS else None
    return found.end() if found is not None else None


def _doc(nlp: Language, pieces: Sequence[_Piece], turn: int | None) -> Doc:
    """Make what the parser reads; the two parts of a headline that names its speaker are sentences of their own."""
    from spacy.tokens import Doc  # noqa: PLC0415  heavy, and not needed before the first report

    doc = Doc(nlp.vocab, words=[piece.seen_as for piece in pieces], spaces=[piece.space for piece in pieces])
    behind = next((i for i, piece in enumerate(pieces) if turn is not None and piece.start >= turn), 0)
    if behind:
        doc[behind].is_sent_start = True
    return doc


def _sentences(doc: Doc, morphology: Morphology | None, paragraph: Paragraph, pieces: Sequence[_Piece]) -> list[Sentence]:
    quoted = _quotations([piece.seen_as for piece in pieces])
    starts = _sentence_starts(doc, pieces, quoted)
    tokens = _tokens(doc, morphology)
    sentences = []
    for number, (first, last) in enumerate(pairwise([*starts, len(doc)])):
        words = [_word(i, (first, last), tokens[i], pieces[i], paragraph) for i in range(first, last)]
        sentences.append(Sentence.of(number, paragraph.number, mended(words), quoted[first:last]))
    return sentences


def _tokens(doc: Doc, morphology: Morphology | None) -> list[_Token]:
    """Read the parse as columns: a spaCy token for each word would take several times as long."""
    name = doc.vocab.strings
    words = morphology.read(doc) if morphology is not None else [(token.pos_, token.lemma_) for token in doc]
    labels = doc.to_array(["TAG", "DEP"]).tolist()
    heads = doc.to_array(["HEAD"]).astype("int64").ravel().tolist()
    return [
        _Token(pos, lemma, name[tag], name[dep], i + head)
        for i, ((pos, lemma), (tag, dep), head) in enumerate(zip(words, labels, heads, strict=True))
    ]


def _sentence_starts(doc: Doc, pieces: Sequence[_Piece], quoted: Sequence[int]) -> list[int]:
    """Return where sentences start; a sentence of punctuation alone joins the one before it."""
    starts = [sentence.start for sentence in doc.sents]
    return [start for start in starts if start == 0 or any(c.isalnum() for c in pieces[start].seen_as) or quoted[start]]


def _word(i: int, bounds: tuple[int, int], token: _Token, piece: _Piece, paragraph: Paragraph) -> Word:
    """Make a plain word; a head outside of the sentence (after joining sentences) becomes the word itself."""
    first, last = bounds
    head = token.head if first <= token.head < last else i
    text = paragraph.text[piece.start : piece.end]
    known = LEMMAS.get(piece.seen_as.lower())
    named = piece.name is not NameOf.NOTHING and piece.seen_as != text
    return Word(
        i=i - first,
        start=paragraph.start + piece.start,
        end=paragraph.start + piece.end,
        text=text,
        lemma=known or (text if named else NOUN_LEMMAS.get(piece.seen_as.lower(), token.lemma.lower())),
        pos="VERB" if known else token.pos,
        tag="VBD" if known and not token.tag.startswith("VB") else token.tag,
        dep=token.dep,
        head=head - first,
        name=piece.name,
    )


def _quotations(tokens: Sequence[str]) -> list[int]:
    """Number the quotations of a paragraph and say for each token which it stands in (0: none).

    A quotation that is not closed runs to the end of the paragraph, as in quotations over several paragraphs.
    """
    numbers, current, count = [], 0, 0
    for token in tokens:
        if token == QUOTE:
            if current:
                current = 0
            else:
                count += 1
                current = count
            numbers.append(0)
        else:
            numbers.append(current)
    return numbers
