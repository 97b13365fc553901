"""A failure as it is filed: which input, which stage, a code to search for and a sentence to act on."""

from __future__ import annotations

import re

from whoholds.errors import WhoHoldsError
from whoholds.model import Failure

READ = "read"
"""Name of the stage that turns bytes into reports."""

_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


def code_of(error: WhoHoldsError) -> str:
    """Return the code of an error's class: `UnsupportedLanguageError` is `unsupported-language`."""
    return _CAPITAL.sub("-", type(error).__name__.removesuffix("Error")).lower()


def filed(label: str, stage: str, error: WhoHoldsError) -> Failure:
    """Return the failure of `label` (a file, or a record in it) in `stage`; its error is `code: one line`."""
    return Failure(label, stage, f"{code_of(error)}: {' '.join(str(error).split())}")
