"""What the command says of second opinions: where they do not go, where texts go, and how a run without them ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from whoholds.errors import InputError, SecondOpinionError, UsageError

if TYPE_CHECKING:
    from whoholds.config import Settings
    from whoholds.model import Failure

UNMARKED = frozenset({"eval", "geojson"})
"""Formats that hold the claims of the rules alone."""


def second_opinion_notice(settings: Settings, form: str) -> str:
    """Return what the user must know before a second opinion is asked: that texts leave this machine; "" where none do.

    Raises:
        UsageError: when the format could not mark a second opinion.
    """
    endpoint = settings.second_opinion
    if endpoint is None:
        return ""
    if form in UNMARKED:
        message = f"--second-opinion: --format {form} has no place for it; use table, html, json or jsonl, or add --no-second-opinion"
        raise UsageError(message)
    return "" if endpoint.local else f"second opinion: the texts of the reports are sent to {endpoint.host}"


def exit_code(failures: Sequence[Failure]) -> int:
    """Return 3 where an input could not be read, 1 where only second opinions could not be had, else 0."""
    from whoholds.pipeline import SECOND_OPINION  # noqa: PLC0415

    if any(failure.stage != SECOND_OPINION for failure in failures):
        return InputError.exit_code
    return SecondOpinionError.exit_code if failures else 0
