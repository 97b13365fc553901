"""WhoHolds: who holds what, since when, according to whom, and who denies it.

`read` turns one report into a `whoholds.model.Reading`: its statements, its claims, and the places of these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from whoholds.model import Reading

__all__ = ["__version__", "read"]
__version__ = "0.1.0"


def read(
    text: str,
    *,
    published: date | str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    url: str | None = None,
    second_opinion: bool = False,
) -> Reading:
    """Return what one report says: who holds, took or left which place, according to whom, and where that place is.

    What is given here wins over what the text's own header or dateline says. The first call loads the language model
    and the places (seconds); later calls in the same process reuse them. Nothing is sent anywhere, unless a second opinion
    is asked for here or in the settings.

    Args:
        text: the words of the report, in English.
        published: the publisher's day, as a date or in ISO 8601; without it, relative dates stay open.
        publisher: the outlet that printed the report; it vouches for what no other source is named for.
        title: the headline; it becomes the first line of the canonical text that all spans count in.
        url: where the report was published.
        second_opinion: ask the language model that the settings name, too; what it finds and the text bears out stands
            in `Reading.second_opinion`.

    Raises:
        whoholds.errors.UsageError: when `published` is no day of the calendar, or lies in the future.
        whoholds.errors.InputError: when the text is empty, too long, HTML, or not in English.
        whoholds.errors.SetupError: when the language model or the place data is missing; `whoholds doctor` says which.
        whoholds.errors.SecondOpinionError: when a second opinion is asked for and cannot be had.
    """
    # Late: importing whoholds must cost nothing.
    from whoholds.config import load_settings  # noqa: PLC0415
    from whoholds.pipeline import read_text  # noqa: PLC0415
    from whoholds.ports import Hints  # noqa: PLC0415

    settings = load_settings({"second_opinion": second_opinion or None})
    return read_text(text, Hints(publisher=publisher, url=url, title=title), published=published, settings=settings)
