"""What the words of a report ask for at a mention of a place: a town or a province, a part of it, its countryside; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from whoholds.locate.lines import Line, is_on_the_way, line_at
from whoholds.locate.names import is_article, plain
from whoholds.locate.offsets import Offset, offset_before
from whoholds.locate.places import Asked
from whoholds.locate.words import Words, words


@dataclass(frozen=True, slots=True)
class Wording:
    """A mention, read: the bare name, what is asked for, and why.

    `part` is the word for a part or facility ("gate", "airport"), if any; the name then stands for the settlement.
    `countryside` is true for the land around a town, which is drawn as its region. `capital` asks for a capital, `natural` for a
    hill, a river, a road: what the gazetteer mostly lacks, so that a town of that name is a worse guess. `owner` is the city
    that a quarter or facility is said to be in, `side` is true for a side of a place ("northern Aleppo"), `offset` is a
    direction from it. `line` is a road or border between two places, `unnamed` is true for a settlement told only by another.
    """

    name: str
    asked: Asked
    part: str | None
    countryside: bool
    capital: bool
    natural: bool
    reason: str | None
    owner: str = ""
    side: bool = False
    offset: Offset | None = None
    line: Line | None = None
    unnamed: bool = False


QUARTERS = frozenset(
    {"district", "districts", "neighborhood", "neighbourhood", "neighborhoods", "neighbourhoods", "quarter", "quarters", "suburb"}
)
FIELDS = frozenset({"field", "fields", "oilfield", "dam", "mine", "mines", "refinery"})
SIDES = frozenset(
    {"northern", "southern", "eastern", "western", "central", "northeastern", "northwestern", "southeastern", "southwestern", "downtown"}
)
_TOKEN = re.compile(r"[^\W_]+(?:['’‘`ʿʾ.-]+[^\W_]+)*['’‘`]?")
_POSSESSIVE = re.compile(r"(?:['’]s|['’‘`])$")
_LEFT = 90
_RIGHT = 60
_NAMES = r"(?:[^\W\d_a-z][\w'’‘`-]*|[ae][lnrstdz]h?[- ][\w'’‘`-]+)(?:[- ](?:[^\W\d_a-z]|[ae][lnrstdz]h?[- ])[\w'’‘`-]*)*"
_LIST_BEFORE = re.compile(rf"(?P<owner>[^\W\d_a-z][\w'’-]* )?(?P<noun>[\w-]+) (?:of|in) (?:{_NAMES}(?:, and |, | and | as well as ))*$")
_WORD_BEFORE = re.compile(r"(?P<noun>[\w-]+) $")
_AFTER = re.compile(r"^(?:['’]s?)?[ -](?:(?:and|,) )?(?P<adjective>[a-z-]+ )?(?P<noun>[\w-]+)")
_LIST_AFTER = re.compile(rf"^(?:, {_NAMES})*(?:,? and {_NAMES}) (?P<noun>[a-z]+)s\b")
_THING_IN = re.compile(r"(?P<thing>[\w-]+) (?:in|at|near|inside|outside|on|of) (?:the )?[^\W\d_a-z]")
_KIND = r"(?P<kind>[a-z]+)"
_OWNER_FIRST = re.compile(rf"^(?:[Tt]he )?(?:city of )?(?P<owner>{_NAMES})['’]s? (?:[a-z]+ )*?(?P<name>{_NAMES}) (?:[a-z]+ )*?{_KIND}$")
_OWNER_LAST = re.compile(
    rf"^(?:[Tt]he )?(?P<name>{_NAMES}) (?:[a-z]+ )*?{_KIND} (?:of|in|inside) (?:the )?(?:city |town )?(?:of )?(?P<owner>{_NAMES})$"
)
_OWNER_BESIDE = re.compile(rf"^ (?:of|in|inside) (?:the )?(?:city |town )?(?:of )?(?P<owner>{_NAMES})")
_LINKS = frozenset(
    {"of", "the", "in", "at", "a", "an", "its", "their", "this", "that", "from", "to", "and", "near", "around", "on", "between"}
)


def read_wording(as_written: str, referent: str, left: str, right: str) -> Wording:
    """Read a mention: its words, the name they refer to, and the text on both sides of the words.

    The words of the mention itself come first ("the province" for "Daraa"), then those in the referent ("Daraa
    province"), then those beside it ("the towns of A, B and C", "the A and B provinces").
    """
    lexicon = words()
    own, own_name = _kinds_in(as_written, lexicon)
    inner, name = _kinds_in(referent, lexicon)
    beside = _kinds_beside(left, right, lexicon)
    kinds = next((kinds for kinds in (own, inner, beside) if kinds), [])
    name = name if referent != as_written else own_name
    near = beside if as_written == referent else []
    part = next((kind for kind in [*own, *inner, *near] if kind in lexicon.part), None)
    part = part or _holder_inside(as_written, lexicon) or _holder_inside(referent, lexicon)
    natural = any(kind in lexicon.natural for kind in [*own, *inner]) or (near[:1] != [] and near[0] in FIELDS)
    asked = _asked(kinds, lexicon)
    countryside = any(kind in lexicon.countryside for kind in kinds)
    capital = any(kind == "capital" for kind in own + inner)
    reason = f"the text says “{kinds[0]}”" if kinds else None
    owned = _owned(as_written, right if near else "", lexicon) or _owned(referent, "", lexicon)
    if owned:
        name, owner = owned[0] or name, owned[1]
    else:
        owner = ""
    offset = _offset(as_written, left, name)
    side = offset is None and not countryside and _has_side(as_written, name, lexicon)
    line = line_at(as_written, left, right)
    unnamed = is_on_the_way(as_written)
    return Wording(name, asked, part, countryside, capital, natural, reason, owner, side, offset, line, unnamed)


def _owned(phrase: str, right: str, lexicon: Words) -> tuple[str, str] | None:
    """Return a quarter's or facility's own name and its city: "Aleppo's Hamdaniyah district", "the X quarter of Aleppo"."""
    found = _OWNER_FIRST.search(phrase) or _OWNER_LAST.search(phrase)
    if found:
        parts = lexicon.part | lexicon.subregion | QUARTERS
        if plain(found["kind"] or "") in parts and plain(found["name"]) not in lexicon.common | lexicon.direction:
            return found["name"], found["owner"]
    elif plain(phrase.rsplit(maxsplit=1)[-1]) in QUARTERS if phrase.split() else False:
        beside = _OWNER_BESIDE.match(right)
        return ("", beside["owner"]) if beside else None
    return None


def _offset(as_written: str, left: str, name: str) -> Offset | None:
    """Return the offset in the mention itself before the name, or else right before the mention."""
    at = as_written.find(name) if name else -1
    inside = offset_before(as_written[:at]) if at > 0 else None
    return inside or (offset_before(left) if at == 0 else None)


def _has_side(as_written: str, name: str, lexicon: Words) -> bool:
    """Tell whether a side of the place is meant: "northern Aleppo", "eastern parts of Mosul"."""
    before = as_written[: as_written.find(name)] if name and name in as_written else ""
    return any(word in SIDES for word in plain(before).split()) and bool(lexicon.direction)


def _holder_inside(phrase: str, lexicon: Words) -> str | None:
    """Return the thing that stands in the place: "faculty" in "the medical faculty in Mosul"."""
    found = _THING_IN.search(phrase)
    word = plain(found.group("thing").split()[-1]) if found else ""
    settled = lexicon.settlement | lexicon.region | lexicon.subregion | lexicon.countryside | lexicon.direction | lexicon.quantity
    return word if word and word not in settled and word not in _LINKS else None


def _kinds_in(phrase: str, lexicon: Words) -> tuple[list[str], str]:
    """Return the words of kind in `phrase`, lower-case ones anywhere and capitalised ones at the ends, and the bare name.

    Of several names it is the one that has its kind behind it ("X province east of Y"), else the last.
    """
    tokens = [(found.group(), found.start(), found.end()) for found in _TOKEN.finditer(phrase)]
    kinds: list[str] = []
    names: list[tuple[int, int]] = []
    owned: list[tuple[int, int]] = []
    for number, (word, start, end) in enumerate(tokens):
        bare = plain(_POSSESSIVE.sub("", word))
        at_end = number in {0, len(tokens) - 1} and len(tokens) > 1
        if bare == "state" and word.islower() and not _is_state_of_a_name(tokens, number):
            continue
        if _is_kind(bare, lexicon) and (word.islower() or at_end):
            kinds.append(bare)
            if names and not owned and names[-1][1] == start - 1 and bare in lexicon.settlement | lexicon.region | lexicon.subregion:
                owned = list(names)
        elif not word.isdecimal() and not (word.islower() and not is_article(bare)) and not (at_end and bare in lexicon.direction):
            names.append((start, end))
    if not names:
        return kinds, ""
    return kinds, _POSSESSIVE.sub("", _last_run(phrase, owned or names))


def _is_state_of_a_name(tokens: list[tuple[str, int, int]], number: int) -> bool:
    """Tell whether "state" is the kind of the name beside it ("Gezira state"), not of a thing ("state security offices")."""
    before = tokens[number - 1][0] if number else ""
    after = tokens[number + 1][0] if number + 1 < len(tokens) else ""
    return after in {"", "of"} or (before[:1].isupper() and before not in {"The", "A"})


def _last_run(phrase: str, names: list[tuple[int, int]]) -> str:
    """Return the last unbroken run of name words: the place in "the Third Army base in Suwayda"."""
    start = names[-1][0]
    for (before_start, before_end), (after_start, _) in zip(reversed(names[:-1]), reversed(names[1:]), strict=True):
        if phrase[before_end:after_start] not in {" ", "-", "\u2011"} or _POSSESSIVE.search(phrase[before_start:before_end]):
            break
        start = before_start
    return phrase[start : names[-1][1]]


def _kinds_beside(left: str, right: str, lexicon: Words) -> list[str]:
    kinds = []
    for pattern, text in (
        (_LIST_BEFORE, left[-_LEFT:]),
        (_WORD_BEFORE, left[-_LEFT:]),
        (_AFTER, right[:_RIGHT]),
        (_LIST_AFTER, right[:_RIGHT]),
    ):
        found = pattern.search(text)
        noun = plain(found.group("noun")) if found and not _is_owned(found) else ""
        if noun == "rural" and pattern is _WORD_BEFORE:
            kinds.append("rural")
        elif pattern is _WORD_BEFORE:
            continue
        elif pattern is _AFTER and found:
            kinds.extend(_kind_after(found, lexicon))
        elif _is_kind(noun, lexicon):
            kinds.append(noun)
    return kinds


def _is_owned(found: re.Match[str]) -> bool:
    """Tell whether the noun belongs to another name, as in "the Hamdaniyah district of Aleppo"."""
    owner = found.groupdict().get("owner")
    return bool(owner) and plain(owner or "") not in {"the", "in", "of"}


def _kind_after(found: re.Match[str], lexicon: Words) -> list[str]:
    adjective, noun = plain(found.group("adjective") or ""), plain(found.group("noun"))
    if adjective and _is_kind(adjective, lexicon):
        return [adjective]
    if (
        not adjective
        or adjective in lexicon.direction
        or adjective in {"military", "international", "air", "main", "civilian", "oil", "gas"}
    ):
        return [noun] if _is_kind(noun, lexicon) else []
    return []


def _is_kind(word: str, lexicon: Words) -> bool:
    kinds = (lexicon.settlement, lexicon.region, lexicon.subregion, lexicon.countryside, lexicon.country, lexicon.part, lexicon.natural)
    return any(word in kind for kind in kinds)


_MANY = frozenset({"cities", "towns", "villages", "settlements", "hamlets"})


def _asked(kinds: list[str], lexicon: Words) -> Asked:
    areas = lexicon.region | lexicon.countryside
    singular = [kind for kind in kinds if kind not in _MANY or not areas.intersection(kinds)]
    for kind in singular:
        if kind in lexicon.settlement:
            return Asked.SETTLEMENT
        if kind in lexicon.region or kind in lexicon.countryside:
            return Asked.REGION
        if kind in lexicon.subregion:
            return Asked.SUBREGION
        if kind in lexicon.country:
            return Asked.COUNTRY
    return Asked.ANY
