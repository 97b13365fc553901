"""Which strikes came from the ground, by their words."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


def fired_from_the_ground(words: str) -> bool:
    """Tell whether the words of a strike speak of guns, mortars, rockets or missiles, and of nothing that flies."""
    ground, air = _patterns()
    told = words.lower()
    return ground.search(told) is not None and air.search(told) is None


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = tomllib.loads(files("whoholds.registry").joinpath("data", "strikes.toml").read_text(encoding="utf-8"))
    ground, air = (re.compile(rf"\b(?:{'|'.join(map(re.escape, table[kind]))})") for kind in ("ground", "air"))
    return ground, air
