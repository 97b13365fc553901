"""The extractor that asks (implements `ports.Extractor`): windows out, proposals in, and of these what the report bears out."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from whoholds.config import Endpoint
from whoholds.errors import SecondOpinionError
from whoholds.model import Extracted, Extraction, Report, Span
from whoholds.ports import KnownName, ToponymFinder
from whoholds.second_opinion.asking import Asker
from whoholds.second_opinion.prompt import framed, load_prompt
from whoholds.second_opinion.verify import Verified, Witness
from whoholds.second_opinion.windows import windows

VERSION = "second-opinion-1"
"""Changes with every rule of verification that changes what is kept."""

LONGEST = 40_000
"""Characters of a report that is asked about: a book of a dozen requests and more is no news item."""


@dataclass(frozen=True, slots=True)
class AskingExtractor:
    """Asks a language model and keeps what the report bears out; what the model says may differ from run to run."""

    finder: ToponymFinder
    asker: Asker

    def extract(self, reports: Iterable[Report]) -> Iterator[Extracted]:
        """Yield what of the model's proposals each report bears out, in the order given.

        Raises:
            SecondOpinionError: when a report is too long to ask about, or the model gives no answer that can be used.
        """
        for report in reports:
            yield self._extracted(report)

    def _extracted(self, report: Report) -> Extracted:
        if len(report.text) > LONGEST:
            message = f"no second opinion is asked on a text of over {LONGEST:,} characters; split the report"
            raise SecondOpinionError(message)
        witness, found = Witness(report, list(self._names(report))), Verified()
        published = report.published.isoformat() if report.published else "unknown"
        deadline = time.monotonic() + self.asker.endpoint.timeout
        for window in windows(report):
            left = max(deadline - time.monotonic(), 0.001)
            witness.verify(self.asker.ask(framed(window.of(report.text), published), left), window, found)
        statements, claims = found.ordered()
        return Extracted(
            self._extraction(report), statements, claims, {reason: count for reason, count in sorted(found.refused.items()) if count}
        )

    def _names(self, report: Report) -> Iterator[KnownName]:
        start = 0
        for line in report.text.split("\n"):
            for known in self.finder.find(line):
                yield replace(known, span=Span(known.span.start + start, known.span.end + start))
            start += len(line) + 1

    def _extraction(self, report: Report) -> Extraction:
        return Extraction(report.id, VERSION, self.asker.prompt.hash, self.asker.endpoint.model, datetime.now(UTC))


def opened(finder: ToponymFinder, endpoint: Endpoint) -> AskingExtractor:
    """Return the extractor for an endpoint."""
    return AskingExtractor(finder, Asker(endpoint, load_prompt()))
