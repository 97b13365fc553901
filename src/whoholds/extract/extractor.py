"""The extractor: reports in, statements and claims out, parsed in batches (implements `ports.Extractor`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby, tee

from whoholds.extract import nlp
from whoholds.extract.claims import ClaimBuilder
from whoholds.extract.grammar import Grammar, english
from whoholds.extract.names import NameFinder
from whoholds.extract.relevance import is_relevant, signs_of
from whoholds.extract.segments import paragraphs
from whoholds.installation import find_model
from whoholds.model import Extracted, Extraction, Report
from whoholds.ports import Rules, ToponymFinder
from whoholds.registry import load_registry

VERSION = "2"
"""Changes with every rule that changes what is read."""


@dataclass(frozen=True, slots=True)
class RuleExtractor:
    """Reads claims by rules over a parse; says the same of the same text every time."""

    grammar: Grammar
    names: NameFinder
    model: str | None

    def extract(self, reports: Iterable[Report]) -> Iterator[Extracted]:
        """Yield what each report states, in the order given; a report that is not on war states nothing."""
        ours, theirs = tee(reports)
        parsed = groupby(nlp.parse(self._paragraphs(theirs), self.model), key=lambda pair: pair[0].report)
        waiting = next(parsed, None)
        model = find_model(self.model).name
        for place, report in enumerate(ours):
            builder = ClaimBuilder.of(report, self.grammar)
            if waiting is not None and waiting[0] == place:
                for _, sentences in waiting[1]:
                    builder.read(sentences)
                waiting = next(parsed, None)
            yield Extracted(self._extraction(report, model), tuple(builder.found.statements), tuple(builder.found.claims))

    def _paragraphs(self, reports: Iterable[Report]) -> Iterator[nlp.Paragraph]:
        for place, report in enumerate(reports):
            signs = signs_of(report.text, self.grammar.lexicon.actors)
            if signs.quiet:
                continue
            found = [(span, self.names.find(span.of(report.text))) for span in paragraphs(report)]
            kinds = [name.of for _, names in found for name in names]
            places = sum(of.locates for of in kinds)
            parties = len(kinds) - places
            if is_relevant(signs, places, parties):
                for number, (span, names) in enumerate(found):
                    yield nlp.Paragraph(place, span.of(report.text), span.start, number, names)

    def rules(self, gazetteer: str) -> Rules:
        """Return what its readings depend on, with places of this version of the gazetteer.

        Raises:
            ModelMissingError: when no language model is installed.
        """
        return Rules(VERSION, self.grammar.lexicon.hash, find_model(self.model).name, gazetteer)

    def _extraction(self, report: Report, model: str) -> Extraction:
        return Extraction(report.id, VERSION, self.grammar.lexicon.hash, model, datetime.now(UTC))


def open_rules(finder: ToponymFinder, model: str | None) -> RuleExtractor:
    """Return the rule extractor for English with the places of `finder`; the model is loaded with the first report."""
    grammar = english()
    return RuleExtractor(grammar, NameFinder.of(finder, load_registry(), grammar.lexicon), model)
