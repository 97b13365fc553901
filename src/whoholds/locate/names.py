"""Folding of place names so that transliterations meet; pure.

Three forms, from tight to wide:

- `plain`: case, diacritics, apostrophes and punctuation gone. Two names that agree here are spelled alike.
- `strict_key`: articles gone, diphthongs, doubled letters and the usual rival spellings of one Arabic sound made one
  ("Suwayda" = "As-Sweida", "Deir ez-Zor" = "Dayr az Zawr" = "Deir Ezzor"). The gazetteer is indexed by it.
- `loose_key`: the consonant skeleton ("Quneitra" = "Qunaytirah"). Asked only when the strict key finds nothing, and
  its finds are weighed by `similarity`.

The rival spellings follow the romanisation tables of BGN/PCGN 1956, ALA-LC and the French and German press forms.
Arabic and Cyrillic names keep their script.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import zip_longest

_APOSTROPHES = "'`´‘’‛ʹʺʻʼʽʾʿˈˊˋ′ʿ＇ʔʕ"
_LETTERS = {
    "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "a", "ħ": "h", "ŧ": "t", "ɛ": "e",
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ئ": "ي", "ة": "ه", "ۀ": "ه", "ە": "ه", "ؤ": "و",
    "ک": "ك", "ګ": "گ", "ء": "", "ـ": "", "ё": "е", "є": "е", "ґ": "г", "і": "и", "ь": "", "ъ": "", "\u200c": "", "\u200d": "",
}  # fmt: skip
_FOLD = str.maketrans({**dict.fromkeys(_APOSTROPHES, ""), **_LETTERS})
_ASCII_FOLD = str.maketrans({chr(code): chr(code).lower() if chr(code).isalnum() else " " for code in range(128)})
_NOT_WORD = re.compile(r"[\W_]+")

ARTICLES = frozenset({"al", "el", "ul", "il"})
_SUN = {"d": "d", "n": "n", "r": "r", "s": "s", "t": "t", "z": "z", "sh": "sh", "th": "th", "dh": "dh", "ch": "ch"}
ASSIMILATED = {vowel + sound: start for sound, start in _SUN.items() for vowel in "aeu"}
"""Forms that the Arabic article takes before a sun letter, with the letters that must follow."""

_GLUED = re.compile(r"^[aeu]([sztdnr])(?=\1)|^[ae]sh(?=sh)")
_DOUBLED = re.compile(r"([^eo\W])\1+")
_ANY_DOUBLED = re.compile(r"(.)\1+")
_RIVALS: tuple[tuple[tuple[str, ...], re.Pattern[str], str], ...] = tuple(
    (tuple(parts.split()), re.compile(pattern), to)
    for parts, pattern, to in (
        ("ee ie", r"ee|ie(?=.)(?!h$)", "i"),
        ("oo ou", r"oo|ou", "u"),
        ("ai ay ei ey", r"[ae][iy](?![aeiou])", "i"),
        ("aw au ow", r"(?:aw|au|ow)(?![aeiou])", "u"),
        ("h", r"(?<=[aeiouy])h$", ""),
        ("e", r"e$", "a"),
        ("q c", r"q|ck|c(?=[aoulrt])", "k"),
    )
)
"""Rival spellings of one sound: parts of which a word must have one, pattern, common form."""
_SOUNDS = (("dj", "j"), ("dh", "d"), ("th", "t"), ("ph", "f"))
_PRESS = (("j", "y"), ("dsch", "j"), ("dy", "j"), ("tsch", "ch"), ("tch", "ch"), ("sch", "sh"), ("w", "v"))
"""Letters of the German and French press, with what English writes; tried where a name as it stands is unknown."""
_VOWELS = str.maketrans("eyow", "iiuu")
_SKELETON = (("sh", "s"), ("ch", "s"), ("c", "k"), ("kh", "k"), ("gh", "g"), ("v", "f"), ("p", "b"))
_VOWELS_AND_H = str.maketrans("", "", "aiuh")
_SKELETON_LETTERS = "bcdefghjklmnopqrstvwxyz0123456789"
SHORTEST_SKELETON = 3
"""Skeletons with fewer letters say nothing."""


def plain(name: str) -> str:
    """Return `name` in lower case without diacritics, apostrophes or punctuation, its words set apart by one space."""
    if name.isascii():
        return name.lower() if name.isalpha() else " ".join(name.replace("'", "").replace("`", "").translate(_ASCII_FOLD).split())
    return " ".join(name.translate(_PLAIN_LETTERS).split())


class _PlainLetters(dict[int, str]):
    """The plain form of each letter, by its code; what is neither letter nor digit is a space, a mark on a letter nothing."""

    def __missing__(self, code: int) -> str:
        lowered = unicodedata.normalize("NFC", chr(code)).casefold().translate(_FOLD)
        bare = "".join(letter for letter in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(letter))
        plainest = self[code] = _NOT_WORD.sub(" ", bare.translate(_FOLD))
        return plainest


_PLAIN_LETTERS = _PlainLetters({ord("\n"): "\n"})


def plain_all(names: Sequence[bytes]) -> list[bytes]:
    """Return the plain form of each of `names`, without line breaks, both in UTF-8; many at once, as letters are changed in one go."""
    text = b"\n".join(names).decode().translate(_PLAIN_LETTERS).encode()
    while b"  " in text:
        text = text.replace(b"  ", b" ")
    return text.replace(b" \n", b"\n").replace(b"\n ", b"\n").strip(b" ").split(b"\n")


def strict_key(name: str) -> str:
    """Return the key under which all usual spellings of `name` meet; empty when the name has no letter or digit."""
    return folded(plain(name))


def folded(spelled: str) -> str:
    """Return the strict key of a name whose plain form is `spelled`."""
    words = without_articles(spelled.split())
    return "".join(_fold_word(word, first=number == 0) for number, word in enumerate(words))


def german_key(name: str) -> str:
    """Return the strict key of `name` read as German or French press writes it: dsch or dj for j, tsch for ch, sch for sh, j for y."""
    spelled = plain(name)
    for sound, letters in _PRESS:
        spelled = spelled.replace(sound, letters)
    return strict_key(spelled)


def loose_key(name: str) -> str:
    """Return the consonant skeleton of `name`; empty when it is too short to tell names apart, or not in Latin script."""
    return skeleton(strict_key(name))


def skeleton(key: str) -> str:
    """Return the consonant skeleton of a strict key (see `loose_key`)."""
    if not key.isascii():
        return ""
    for sound, letter in _SKELETON:
        key = key.replace(sound, letter)
    first = "A" if key[:1] in {"a", "i", "u"} else key[:1]
    bones = _ANY_DOUBLED.sub(r"\1", first + key[1:].translate(_VOWELS_AND_H))
    return bones if len(bones) >= SHORTEST_SKELETON else ""


def skeletons(keys: Sequence[bytes]) -> list[bytes]:
    """Return the skeleton of each of `keys`, ASCII without line breaks; many at once, as letters are changed in one go."""
    text = b"\n".join([b"", *keys, b""])
    for sound, letter in _SKELETON:
        text = text.replace(sound.encode(), letter.encode())
    for first, kept in ((b"\na", b"\nA"), (b"\ni", b"\nA"), (b"\nu", b"\nA"), (b"\nh", b"\nH")):
        text = text.replace(first, kept)
    text = text.translate(None, b"aiuh").replace(b"\nH", b"\nh")
    for letter in _SKELETON_LETTERS:
        once = letter.encode()
        while once + once in text:
            text = text.replace(once + once, once)
    return [bone if len(bone) >= SHORTEST_SKELETON else b"" for bone in text.split(b"\n")[1:-1]]


def without_articles(words: list[str]) -> list[str]:
    """Return `words` (plain) without Arabic articles; a name that is nothing but an article keeps it."""
    if len(words) < 2:  # noqa: PLR2004
        return words
    kept = [word for word, following in zip_longest(words, words[1:], fillvalue="") if not _is_article(word, following)]
    return kept or words


def is_article(word: str) -> bool:
    """Tell whether `word` (plain) is a form of the Arabic article."""
    return word in ARTICLES or word in ASSIMILATED


def similarity(one: str, other: str) -> float:
    """Return how alike two strict keys are: 1 minus the edit distance (Levenshtein) over the longer length."""
    return 1.0 if one == other else 1.0 - Edits(one).to(other) / max(len(one), len(other), 1)


class Edits:
    """The edit distance (Levenshtein) from one word to many, a column of the table at a time (Myers 1999, as Hyyrö 2001 has it)."""

    def __init__(self, word: str) -> None:
        """Take the word."""
        self._length = len(word)
        self._places: dict[str, int] = {}
        for at, letter in enumerate(word):
            self._places[letter] = self._places.get(letter, 0) | 1 << at

    def to(self, other: str) -> int:
        """Return how many letters must be put in, taken out or changed to make `other` of the word."""
        if not self._length:
            return len(other)
        full, last = (1 << self._length) - 1, 1 << self._length - 1
        more, less, distance = full, 0, self._length
        for letter in other:
            here = self._places.get(letter, 0)
            same = (((here & more) + more) ^ more) | here | less
            up = less | ~(same | more)
            down = more & same
            if up & last:
                distance += 1
            elif down & last:
                distance -= 1
            up = up << 1 | 1
            more = (down << 1 | ~(same | up)) & full
            less = up & same & full
        return distance


def _is_article(word: str, following: str) -> bool:
    if not following:
        return False
    start = ASSIMILATED.get(word)
    return word in ARTICLES or (start is not None and following.startswith(start))


@lru_cache(maxsize=1 << 16)
def _fold_word(word: str, *, first: bool) -> str:
    if not word.isascii():
        return word.removeprefix("ال") if len(word) > 4 else word  # noqa: PLR2004  a shorter word may be a root in "al"
    if not first:
        word = _GLUED.sub("", word)
    word = _DOUBLED.sub(r"\1", word)
    for parts, pattern, to in _RIVALS:
        for part in parts:
            if part in word:
                word = pattern.sub(to, word)
                break
    for sound, letter in _SOUNDS:
        word = word.replace(sound, letter)
    return _ANY_DOUBLED.sub(r"\1", word.translate(_VOWELS))
