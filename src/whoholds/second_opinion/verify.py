"""What a language model proposes, held against the report: deterministic and pure, and the only way into a statement.

A proposal is kept whole or refused with its reason. Nothing in it is mended: words that do not stand in the report, letter
by letter, are no ground for a claim, and what is kept is spans of the report and coded values, never the model's words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import TypeVar

from whoholds.extract.dates import dates
from whoholds.extract.distances import distances
from whoholds.identity import with_claim_ids, with_statement_id
from whoholds.model import Attribution, Claim, DateRange, Distance, Mention, Report, Span, Statement
from whoholds.ports import KnownName
from whoholds.second_opinion.proposal import Proposal
from whoholds.taxonomy import Certainty, Kind, Manner, Refusal, Relation, Role, Stance

RULE = "second-opinion"
"""How the rule of every statement made here begins; its kind follows after a colon."""

FEWEST_QUOTED = 2
"""Words of a quote: one alone shows nothing."""
LONGEST_QUOTE = 600
LONGEST_MENTION = 120
SURE = 0.2
"""How telling a name of a place must be by itself, as for the rules."""
BACKGROUND = timedelta(days=14)

_OWN = frozenset({"outlet", "publisher", "the report", "null", "none"})
_Code = TypeVar("_Code", bound=StrEnum)


class _RefusedError(Exception):
    """A proposal that the report does not bear out."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(slots=True)
class Verified:
    """What was kept so far, and how much was refused for which reason."""

    statements: dict[str, Statement] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    refused: Counter[Refusal] = field(default_factory=Counter)

    def keep(self, statement: Statement, claim: Claim) -> None:
        """Keep a claim with its statement; one that is kept already counts as repeated."""
        self.refused[Refusal.REPEATED] += claim.id in self.claims
        self.statements[statement.id] = statement
        self.claims[claim.id] = claim

    def ordered(self) -> tuple[tuple[Statement, ...], tuple[Claim, ...]]:
        """Return the statements in text order, and their claims in the same order."""
        statements = sorted(self.statements.values(), key=lambda made: (made.evidence, made.predicate, made.id))
        place = {statement.id: number for number, statement in enumerate(statements)}
        return tuple(statements), tuple(sorted(self.claims.values(), key=lambda claim: (place[claim.statement], claim.id)))


@dataclass(frozen=True, slots=True)
class Witness:
    """A report as proposals are held against it; `names` are the names of places in it, at offsets of its text."""

    report: Report
    names: Sequence[KnownName]

    def verify(self, proposals: Sequence[Proposal], window: Span, found: Verified) -> None:
        """Add to `found` what of `proposals`, made of the words in `window`, the report bears out."""
        for proposal in proposals:
            try:
                statement, claim = self._kept(proposal, window)
            except _RefusedError as refused:
                found.refused[refused.reason] += 1
            else:
                found.keep(statement, claim)

    def _kept(self, proposal: Proposal, window: Span) -> tuple[Statement, Claim]:
        kind = _coded(Kind, proposal.kind, Refusal.UNKNOWN_KIND)
        stance = _coded(Stance, proposal.stance, Refusal.UNKNOWN_STANCE)
        relation = _coded(Relation, proposal.relation, Refusal.UNKNOWN_RELATION)
        quote = self._quote(proposal.quote, window)
        toponym = self._place(proposal.place, quote)
        event = self._days(proposal.when, quote)
        statement = with_statement_id(
            Statement(
                id="",
                report=self.report.id,
                evidence=quote,
                predicate=self._predicate(proposal.predicate, quote),
                cue=None,
                kind=kind,
                stance=stance,
                certainty=Certainty.CERTAIN if stance in {Stance.ASSERTS, Stance.DENIES} else Certainty.UNDERSPECIFIED,
                actor=self._optional(proposal.actor, quote, Refusal.ACTOR_NOT_IN_TEXT),
                target=self._optional(proposal.target, quote, Refusal.TARGET_NOT_IN_TEXT),
                attribution=self._attribution(proposal.source, quote),
                event_date=event,
                manner=Manner.UNSTATED,
                rule=f"{RULE}:{kind}",
                background=self._is_background(event),
            )
        )
        claim = Claim("", "", statement.id, toponym, relation, distance=self._distance(proposal, quote))
        return statement, with_claim_ids(claim, statement)

    # -- words ---------------------------------------------------------------------------------------------------

    def _quote(self, words: str, window: Span) -> Span:
        quoted = words.strip()
        if len(quoted.split()) < FEWEST_QUOTED:
            raise _RefusedError(Refusal.QUOTE_TOO_SHORT)
        if len(quoted) > LONGEST_QUOTE or "\n" in quoted:
            raise _RefusedError(Refusal.QUOTE_TOO_LONG)
        found = next((span for span in occurrences(self.report.text, quoted) if window.covers(span)), None)
        if found is None:
            raise _RefusedError(Refusal.QUOTE_NOT_IN_TEXT)
        return found

    def _predicate(self, words: str, quote: Span) -> Span:
        """Return the word for what happened; the whole quote where the model names none."""
        if not words.strip():
            return quote
        found = next((span for span in occurrences(self.report.text, words.strip()) if quote.covers(span)), None)
        if found is None:
            raise _RefusedError(Refusal.PREDICATE_NOT_IN_QUOTE)
        return found

    def _spans(self, words: str, quote: Span) -> list[Span]:
        """Return where `words` stand in the report: in the quote, then before it (the nearest first), then after it."""
        named = words.strip()
        if len(named) > LONGEST_MENTION or "\n" in named:
            return []
        found = list(occurrences(self.report.text, named))
        inside = [span for span in found if quote.covers(span)]
        before = [span for span in reversed(found) if span.start < quote.start]
        return [*inside, *before, *(span for span in found if span not in inside and span not in before)]

    def _mention(self, words: str, quote: Span, reason: Refusal) -> Mention:
        spans = self._spans(words, quote)
        if not spans:
            raise _RefusedError(reason)
        return self._at(spans[0], spans[0], quote)

    def _at(self, span: Span, name: Span, quote: Span) -> Mention:
        """Return the mention of words at `span`; one of no width, implied by the quote, where they stand outside of it."""
        text = self.report.text
        if quote.covers(span):
            return Mention(self.report.id, span.start, span.end, span.of(text), name.of(text), name)
        return Mention(self.report.id, quote.end, quote.end, "", name.of(text), name)

    def _optional(self, words: str, quote: Span, reason: Refusal) -> Mention | None:
        return self._mention(words, quote, reason) if words.strip() else None

    # -- places and sources --------------------------------------------------------------------------------------

    def _place(self, words: str, quote: Span) -> Mention:
        """Return the place: words of the report in which the gazetteer knows one name, and only one."""
        if not words.strip():
            raise _RefusedError(Refusal.PLACE_MISSING)
        spans = self._spans(words, quote)
        if not spans:
            raise _RefusedError(Refusal.PLACE_NOT_IN_TEXT)
        for span in spans:
            inside = [known.span for known in self.names if known.prominence >= SURE and span.covers(known.span)]
            if len(inside) == 1:
                return self._at(span, inside[0], quote)
        raise _RefusedError(Refusal.PLACE_UNKNOWN)

    def _attribution(self, words: str, quote: Span) -> Attribution:
        """Return who vouches: words of the report, or the publisher where none or its own name is given."""
        publisher, name = self.report.publisher, words.strip()
        if not name or name.casefold() in _OWN or (publisher and name.casefold() == publisher.casefold()):
            implied = Mention(self.report.id, 0, 0, "", publisher or "the publisher", None)
            return Attribution(implied, (), publisher, Role.MEDIA, own_voice=True)
        spans = self._spans(name, quote)
        if not spans:
            raise _RefusedError(Refusal.SOURCE_NOT_IN_TEXT)
        at = spans[0]
        # Where a source stands matters to the anchor, and it may well stand outside of the quote: it is never implied.
        source = Mention(self.report.id, at.start, at.end, at.of(self.report.text), at.of(self.report.text), at)
        return Attribution(source, (), publisher, Role.UNKNOWN, own_voice=False)

    # -- measures ------------------------------------------------------------------------------------------------

    def _days(self, words: str, quote: Span) -> DateRange | None:
        """Return the days that words of the quote's paragraph mean; None where they are no date that can be read."""
        if not words.strip():
            return None
        line = _line(self.report.text, quote)
        spans = [span for span in self._spans(words, quote) if line.covers(span)]
        if not spans:
            raise _RefusedError(Refusal.DATE_NOT_IN_TEXT)
        stated = dates(line.of(self.report.text), line.start, self.report.published)
        return next((one.days for one in stated if one.span.overlaps(spans[0])), None)

    def _is_background(self, event: DateRange | None) -> bool:
        published = self.report.published
        return bool(published and event and event.last and event.last < published - BACKGROUND)

    def _distance(self, proposal: Proposal, quote: Span) -> Distance | None:
        if not proposal.distance.strip():
            return None
        spans = [span for span in self._spans(proposal.distance, quote) if quote.covers(span)]
        if not spans:
            raise _RefusedError(Refusal.DISTANCE_NOT_IN_QUOTE)
        stated = [one for one in distances(quote.of(self.report.text), quote.start) if one.span.overlaps(spans[0])]
        if len(stated) != 1:
            raise _RefusedError(Refusal.DISTANCE_UNREADABLE)
        reference = self._place(proposal.distance_from, quote)
        return Distance(stated[0].km_low, stated[0].km_high, reference, stated[0].span.of(self.report.text))


def occurrences(text: str, words: str) -> Iterator[Span]:
    """Yield where `words` stand in `text` letter by letter, cutting no word of it, in order."""
    start = text.find(words) if words else -1
    while start >= 0:
        end = start + len(words)
        cut = (start > 0 and text[start - 1].isalnum() and words[0].isalnum()) or (
            end < len(text) and text[end].isalnum() and words[-1].isalnum()
        )
        if not cut:
            yield Span(start, end)
        start = text.find(words, start + 1)


def _line(text: str, span: Span) -> Span:
    end = text.find("\n", span.end)
    return Span(text.rfind("\n", 0, span.start) + 1, end if end >= 0 else len(text))


def _coded(codes: type[_Code], word: str, reason: Refusal) -> _Code:
    try:
        return codes(word)
    except ValueError:
        raise _RefusedError(reason) from None
