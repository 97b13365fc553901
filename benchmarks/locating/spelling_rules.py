"""Changes a name into a spelling that someone may well write; pure and deterministic."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_VOWELS = "aeiou"
_INNER_VOWEL = re.compile(r"(?<=[bcdfghjklmnpqrstvwxz])[aeiou](?=[bcdfghjklmnpqrstvwxz][a-z])")
_SINGLE = re.compile(r"(?<=[aeiou])[bdfklmnrstz](?=[aeiou])")
_ARTICLE = re.compile(r"^(?P<article>al|el|as|ash|at|ar|an|ad|az|adh|ath)[ -](?P<rest>[a-z].*)$")
_SUN = re.compile(r"^(?:sh|th|dh|[tdrzsn])")
_FRENCH = (("sh", "ch"), ("j", "dj"), ("aw", "aou"), ("(?<!o)u(?!o)", "ou"), ("ee", "i"), ("w(?=[aeiou])", "ou"))
_GERMAN = (("zh", "sch"), ("(?<!s)ch", "tsch"), ("sh", "sch"), ("kh", "ch"), ("j", "dsch"), ("v", "w"), ("y(?=[aeiou])", "j"))


def drop_vowel(name: str) -> str:
    """Leave out the last vowel that stands between consonants, where its word keeps an earlier one."""
    found = [vowel for vowel in _INNER_VOWEL.finditer(name) if _has_vowel(name[: vowel.start()].rpartition(" ")[2])]
    return name[: found[-1].start()] + name[found[-1].end() :] if found else name


def double_consonant(name: str) -> str:
    """Double the first single consonant between vowels."""
    return _SINGLE.sub(lambda match: match.group() * 2, name, count=1)


def other_article(name: str) -> str:
    """Write the Arabic article in another of its forms."""
    found = _ARTICLE.match(name)
    if not found:
        return name
    article, rest = found.groups()
    sun = _SUN.match(rest)
    if article in {"al", "el"}:
        return f"e{sun.group()}-{rest}" if sun else f"{'el' if article == 'al' else 'al'}-{rest}"
    return f"al-{rest}"


def french(name: str) -> str:
    """Write the sounds as French does."""
    return _rewritten(name, _FRENCH)


def german(name: str) -> str:
    """Write the sounds as German does."""
    return _rewritten(name, _GERMAN)


def other_vowel(name: str) -> str:
    """Write the last inner vowel as its neighbour: a as e, i as e, u as o and the other way round."""
    found = list(_INNER_VOWEL.finditer(name))
    if not found:
        return name
    at = found[-1].start()
    return name[:at] + {"a": "e", "e": "i", "i": "e", "o": "u", "u": "o"}[name[at]] + name[at + 1 :]


def _has_vowel(part: str) -> bool:
    return any(vowel in part for vowel in _VOWELS)


def _rewritten(name: str, rules: tuple[tuple[str, str], ...]) -> str:
    pattern = re.compile("|".join(f"(?P<r{number}>{sound})" for number, (sound, _) in enumerate(rules)))
    return pattern.sub(lambda match: rules[int(str(match.lastgroup)[1:])][1], name)


RULES: Mapping[str, Callable[[str], str]] = {
    "drop vowel": drop_vowel,
    "double consonant": double_consonant,
    "other article": other_article,
    "french": french,
    "german": german,
    "other vowel": other_vowel,
}
"""Each rule by its name in the table; all take and give lower case."""
