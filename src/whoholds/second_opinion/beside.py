"""Second opinions in a run: which reports are asked about, and what stands beside a reading in the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from whoholds.errors import SecondOpinionError, SetupError, WhoHoldsError
from whoholds.model import Extracted, Reading, SecondOpinion
from whoholds.ports import Extractor
from whoholds.second_opinion.compare import matches

GIVE_UP = 3
"""Second opinions that fail in a row before no more are asked for: a server that is down stays down."""

Locate = Callable[[Extracted], Reading]
"""What finds the places of claims of the report at hand."""


def second_opinion(reading: Reading, extractor: Extractor, locate: Locate) -> SecondOpinion:
    """Return what `extractor` says of the report of `reading`, located, with the claims that both hold.

    Raises:
        SecondOpinionError: when the language model gives no answer that can be used.
    """
    other = locate(next(iter(extractor.extract([reading.report]))))
    return SecondOpinion(other.extracted, other.resolutions, other.checks, matches(reading, other))


@dataclass(slots=True)
class Asking:
    """Asks about one report after the other, until `most` were asked about or too many failed in a row."""

    extractor: Extractor
    most: int
    asked: int = 0
    failed: int = 0
    ended: bool = False

    def about(self, reading: Reading, locate: Locate) -> SecondOpinion | None:
        """Return a second opinion; None once asking has ended, which the error before has said.

        Raises:
            SecondOpinionError: when there is none for this report; it says so where there will be none for any other.
        """
        if self.ended:
            return None
        if self.asked == self.most:
            self.ended = True
            message = (
                f"{self.most} reports were asked about, the most that second_opinion_reports allows; no more are asked about in this run"
            )
            raise SecondOpinionError(message)
        self.asked += 1
        try:
            found = second_opinion(reading, self.extractor, locate)
        except SetupError:
            raise
        except WhoHoldsError as error:
            self.failed += 1
            self.ended = self.failed == GIVE_UP
            last = f"; that makes {GIVE_UP} in a row, and no more are asked about in this run" if self.ended else ""
            message = f"{error}{last}"
            raise SecondOpinionError(message) from error
        self.failed = 0
        return found
