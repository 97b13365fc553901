"""A second opinion: a language model behind an OpenAI-compatible address is asked what a report states, and is not believed.

What it proposes is kept only where the words stand in the report; it is shown beside the reading by rules, marked, and
never becomes part of it. Off unless asked for; the libraries for it are an extra and imported late.
"""

from __future__ import annotations

import importlib.util

from whoholds.config import Endpoint
from whoholds.errors import SetupError
from whoholds.ports import Extractor, ToponymFinder

PACKAGES = ("httpx2", "openai", "pydantic", "pydantic_ai")
"""What the extra `second-opinion` brings."""


def require_installed() -> None:
    """Do nothing where the extra is installed.

    Raises:
        SetupError: when it is not.
    """
    missing = [package for package in PACKAGES if importlib.util.find_spec(package) is None]
    if missing:
        message = (
            f"a second opinion needs {', '.join(missing)}: run `pip install 'whoholds[second-opinion]'`, or leave --second-opinion out"
        )
        raise SetupError(message)


def open_second_opinion(finder: ToponymFinder, endpoint: Endpoint) -> Extractor:
    """Return the extractor that asks the language model at `endpoint`; `finder` says which words are names of places.

    Raises:
        SetupError: when the extra is not installed.
        DataError: when the shipped prompt is malformed.
    """
    require_installed()
    from whoholds.second_opinion.extractor import opened  # noqa: PLC0415  half a second of imports that reading by rules never needs

    return opened(finder, endpoint)
