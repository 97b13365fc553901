"""One name for one body however a report turns it: "Somalia's information ministry", "the Somali Ministry of Information"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_POSSESSIVE = re.compile(r"^(?:the )?(?P<owner>[\w .]+?)['’]s?\s+(?P<body>.+)$")
_MINISTRY = re.compile(r"^(?P<owner>[A-Z]\w+ )?(?P<field>[\w ]+?) ministry$", re.IGNORECASE)
_SPELLING = {"defence": "Defense", "defense": "Defense"}


@cache
def _tables() -> tuple[Mapping[str, str], Mapping[str, str]]:
    data = tomllib.loads((files("whoholds.registry") / "data" / "demonyms.toml").read_text(encoding="utf-8"))
    return data["adjective"], data["capital"]


def canonical_body(name: str) -> str:
    """Return the usual form of the name of a ministry or a national army; any other name comes back as it is.

    "X ministry" becomes "Ministry of X", and a possessor that is a country, or a capital that stands for one, its adjective.
    """
    adjectives, capitals = _tables()
    match = _POSSESSIVE.match(name)
    owner, body = (match["owner"], match["body"]) if match else ("", name)
    country = capitals.get(owner, owner)
    ministry = _MINISTRY.match(body)
    if (owner and country not in adjectives) or (ministry is None and body.lower() != "army"):
        return name
    adjective = f"{adjectives[country]} " if owner else ""
    if ministry is None:
        return adjective + body
    field = " ".join(_SPELLING.get(word.lower(), word.capitalize()) for word in ministry["field"].split())
    return f"{adjective}{ministry['owner'] or ''}Ministry of {field}"


def country_of(name: str) -> str | None:
    """Return the country that a capital stands for ("Kyiv says"), None for any other name."""
    return _tables()[1].get(name)


def is_demonym(word: str) -> bool:
    """Tell whether a word is the adjective of a country ("Russian")."""
    return word in _tables()[0].values()
