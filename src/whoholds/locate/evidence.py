"""What a report says of a name: that a place bears it, that someone does, that it is a mere word; pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from whoholds.locate.names import plain
from whoholds.locate.tokens import JOINS, POSSESSIVE, Token
from whoholds.locate.words import words

_LAST_WORD = re.compile(r"([^\W\d_]+)\.? $")
_NEXT_WORD = re.compile(r"^(?P<owns>['’]s?)?(?: (?P<word>[^\W\d_]+)|-(?P<joined>based|controlled|held)\b)")
_AGED = re.compile(r"^, (?:aged )?\d{1,3}(?:[,.;]| of | from )|^ \(\d{1,3}\)")
_CLAUSE = re.compile(r"^,? who(?:se|m)?\b")
_DATELINE = re.compile(r"^(?:, [^\W\d_][\w. ]{1,24})?(?: \([^()]{2,40}\))? ?(?:—|–|--| - )")
_QUOTED = re.compile(r"[,\"'”’] ([^\W\d_]+) $")
_CLOSES = re.compile(r"^[.,;\"'”’]")
_NUMBERED = re.compile(r"^(?:/?\d|-\d|\$)")
_INITIAL = re.compile(r"(?:^|[^\w.])[^\W\d_]\. $")
_NEAR = 40
_SHORT = 4


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a find.

    `before` and `after` are the words next to it (plain), `after_capital` whether the latter is capitalised, `in_run` whether
    the find is part of a longer run of names, `heads_run` whether it opens that run, `opens` whether it opens a sentence.
    `placed` and `someone` are what the words beside it say: that a place is meant, that a person is; `says` that it speaks,
    `numbered` that it is part of a code.
    """

    before: str
    after: str
    after_capital: bool
    in_run: bool
    heads_run: bool
    opens: bool
    placed: bool
    someone: bool
    says: bool
    numbered: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a whole report says of names (plain).

    `people` are names of people by the words beside them, `borne` the words of longer names that the gazetteer does not know,
    `places` names of places by the words beside them, `words` the lower-case words.
    """

    people: frozenset[str]
    borne: frozenset[str]
    places: frozenset[str]
    words: frozenset[str]


def beside(text: str, tokens: Sequence[Token], first: int, end: int) -> Beside:
    """Return what stands beside the tokens `first` to `end` (exclusive)."""
    start, stop = tokens[first].start, tokens[end - 1].end
    own = POSSESSIVE.search(tokens[end - 1].text)
    stop -= len(own.group()) if own else 0
    left, right = text[max(0, start - _NEAR) : start], text[stop : stop + _NEAR]
    before, after = _LAST_WORD.search(left), _NEXT_WORD.match(right)
    run_first, run_end = _run(text, tokens, first, end)
    longer = (run_first, run_end) != (first, end) and not _is_facility(text, tokens, run_end)
    word_before = plain(before[1]) if before else ""
    written = (after["word"] or after["joined"]) if after else ""
    word_after, capital = plain(written), written[:1].isupper()
    owns = bool(after and after["owns"])
    return Beside(
        before=word_before,
        after=word_after,
        after_capital=capital,
        in_run=longer,
        heads_run=run_first == first,
        opens=tokens[first].opens,
        placed=not owns and not (longer and run_first != first) and _is_placed(tokens[first], word_before, word_after, left, right),
        someone=_is_someone(tokens, first, left, right, run_first),
        says=_says(word_after, left, right, capital=capital),
        numbered=bool(_NUMBERED.match(right)) or (left.endswith("/") and right.startswith("/")),
    )


def evidence(text: str, tokens: Sequence[Token], found: Iterable[tuple[str, tuple[int, int], bool, Beside]]) -> Evidence:
    """Return what the report says of the names found: of each its plain form, its tokens, whether it acts, what is beside it."""
    people: set[str] = set()
    places: set[str] = set()
    spans: set[tuple[int, int]] = set()
    for spelled, span, acts, by in found:
        spans.add(span)
        if by.placed:
            places.add(spelled)
        if by.someone or (by.says and not acts):
            people.add(spelled)
    borne = set(names_of_people(text, tokens, spans, people))
    return Evidence(
        frozenset(people), frozenset(borne - places), frozenset(places), frozenset(token.text for token in tokens if not token.capital)
    )


def names_of_people(text: str, tokens: Sequence[Token], found: Collection[tuple[int, int]], people: set[str]) -> frozenset[str]:
    """Return the words (plain) of the longer names in `text` that the gazetteer does not know: people, firms, unknown places.

    `found` holds first and last token (exclusive) of what the gazetteer knows. The words of names that a first name opens
    are added to `people`.
    """
    taken: set[str] = set()
    at = 0
    while at < len(tokens):
        if not _begins_run(tokens, at):
            at += 1
            continue
        first, end = _run(text, tokens, at, at + 1)
        if end - first > 1 and tokens[at].capital and not _is_known(text, tokens, (first, end), found):
            run = [plain(POSSESSIVE.sub("", token.text)) for token in tokens[first:end] if not token.article]
            taken.update(run)
            if run and is_first_name(run[0]):
                people.update(run[1:])
        at = max(end, at + 1)
    return frozenset(taken)


def _begins_run(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a run of names may lie around this word or behind it; false of most words of a text."""
    if tokens[at].capital or at + 1 == len(tokens):
        return tokens[at].capital
    return tokens[at + 1].capital or tokens[at + 1].article


def _is_known(text: str, tokens: Sequence[Token], run: tuple[int, int], found: Collection[tuple[int, int]]) -> bool:
    return run in found or _is_facility(text, tokens, run[1]) or _is_institution(tokens[run[1] - 1])


def _is_placed(opening: Token, before: str, after: str, left: str, right: str) -> bool:
    """Tell whether the words say that a place is meant: "in X", "the town of X", "X county", "X (Reuters) —"."""
    listed = words()
    if before in listed.inside or (before == "of" and _settled(left)):
        return True
    return after in listed.peopled or (opening.opens and bool(_DATELINE.match(right)))


def _settled(left: str) -> bool:
    last = left.split()[-2:-1]
    return bool(last) and (plain(last[0]) in words().settlement or plain(last[0]) in words().region)


def _is_someone(tokens: Sequence[Token], first: int, left: str, right: str, run_first: int) -> bool:
    """Tell whether the words say that someone is meant: a first name or an initial before, an age behind."""
    if _AGED.match(right) or _CLAUSE.match(right) or _INITIAL.search(left):
        return True
    if run_first == first:
        return False
    return is_first_name(plain(tokens[first - 1].text))


def _says(after: str, left: str, right: str, *, capital: bool) -> bool:
    """Tell whether the name speaks: "X said", "“…,” said X."."""
    speaking = words().speaking
    if after in speaking and not capital:
        return True
    told = _QUOTED.search(left)
    return bool(told) and plain(told[1] if told else "") in speaking and bool(_CLOSES.match(right))


def is_first_name(word: str) -> bool:
    """Tell whether a plain word is known as a first name."""
    return word in words().first_names or word in words().people


def _run(text: str, tokens: Sequence[Token], first: int, end: int) -> tuple[int, int]:
    """Return the run of name words around the tokens `first` to `end`: capitalised, no common word, set apart by a space."""
    while first > 0 and _is_name(tokens[first - 1]) and _continues(text, tokens[first - 1], tokens[first]):
        first -= 1
    while end < len(tokens) and _is_name(tokens[end]) and _continues(text, tokens[end - 1], tokens[end]):
        end += 1
    while end - first > 1 and tokens[end - 1].article:
        end -= 1
    return first, end


def _continues(text: str, before: Token, word: Token) -> bool:
    joint = text[before.end : word.start]
    if joint not in JOINS or POSSESSIVE.search(before.text):
        return False
    if joint == " " or before.article or word.article:
        return True
    whole = min(len(before.text), len(word.text)) < _SHORT or is_first_name(plain(before.text))
    return whole and not before.text.isupper()


def _is_name(token: Token) -> bool:
    if token.article:
        return True
    if not token.capital:
        return False
    name, someone = _use_of(token.text)
    return name and (someone or not token.opens)


@lru_cache(maxsize=1 << 15)
def _use_of(word: str) -> tuple[bool, bool]:
    """Tell of a capitalised word whether it may be a name, and whether it is known as someone's."""
    listed, spelled = words(), plain(word)
    plain_word = spelled in listed.common or spelled in listed.kinds or spelled in listed.direction or spelled in listed.title
    return not plain_word, spelled in listed.bearers_of_names or spelled in listed.people


def _is_facility(text: str, tokens: Sequence[Token], end: int) -> bool:
    """Tell whether a word of kind goes on after the run: "Aleppo Artillery Academy", "Homs Military College"."""
    if end >= len(tokens) or text[tokens[end - 1].end : tokens[end].start] not in JOINS:
        return False
    word = plain(tokens[end].text)
    return word in words().kinds or word in {"military", "international", "national", "central"}


def _is_institution(token: Token) -> bool:
    return plain(token.text) in words().institution
