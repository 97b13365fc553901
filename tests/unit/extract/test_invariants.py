"""What holds for every statement and claim of every report: the development texts and the examples, read once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from whoholds.identity import DIGITS
from whoholds.ingest.readers import read_source
from whoholds.ingest.reports import Limits
from whoholds.model import Attribution, Claim, Extracted, Mention, Report, Span, Statement
from whoholds.pipeline import Stages
from whoholds.ports import Hints
from whoholds.taxonomy import Certainty, Stance

FILES = (
    "tests/data/sentences.in.jsonl",
    "tests/data/reports.in.jsonl",
    "tests/data/retelling.in.jsonl",
    "tests/data/voices.in.jsonl",
    "examples/reports.jsonl",
)
LIMITS = Limits(100_000)


@dataclass(frozen=True)
class Read:
    """A report and what it states."""

    report: Report
    found: Extracted

    def mentions(self) -> Iterator[Mention]:
        for statement in self.found.statements:
            yield from (mention for mention in (statement.actor, statement.target) if mention)
            yield from (statement.attribution.source, *statement.attribution.via)
        for claim in self.found.claims:
            yield from (mention for mention in (claim.toponym, claim.distance and claim.distance.reference) if mention)


@pytest.fixture(scope="module")
def reports(root: Path) -> list[Report]:
    found = [item for name in FILES for item in read_source(str(root / name), Hints(), LIMITS)]
    return [item for item in found if isinstance(item, Report)]


@pytest.fixture(scope="module")
def readings(shipped: Stages, reports: list[Report]) -> list[Read]:
    return [Read(report, found) for report, found in zip(reports, shipped.extractor.extract(reports), strict=True)]


def said(found: Extracted) -> tuple[tuple[Statement, ...], tuple[Claim, ...]]:
    return found.statements, found.claims


def test_there_is_something_to_look_at(readings: list[Read]) -> None:
    assert len(readings) > 400
    assert sum(len(read.found.claims) for read in readings) > 400


def test_every_claim_is_of_a_statement_and_every_statement_has_a_claim(readings: list[Read]) -> None:
    for read in readings:
        assert {claim.statement for claim in read.found.claims} == {statement.id for statement in read.found.statements}


def test_ids_are_unique_and_anchors_are_within_a_report(readings: list[Read]) -> None:
    ids = [one for read in readings for one in (*(s.id for s in read.found.statements), *(c.id for c in read.found.claims))]
    assert len(ids) == len(set(ids))
    assert all(len(one) == DIGITS for one in ids)
    for read in readings:
        anchors = [claim.anchor for claim in read.found.claims]
        assert len(anchors) == len(set(anchors)), read.report.text


def test_every_span_lies_in_the_text_and_evidence_covers_its_predicate(readings: list[Read]) -> None:
    for read in readings:
        whole = Span(0, len(read.report.text))
        for statement in read.found.statements:
            spans = (statement.evidence, statement.predicate, *((statement.cue,) if statement.cue else ()))
            assert all(whole.covers(span) and span.of(read.report.text).strip() for span in spans)
            assert statement.evidence.covers(statement.predicate)


def test_mentions_are_the_words_they_stand_on(readings: list[Read]) -> None:
    for read in readings:
        for mention in read.mentions():
            assert mention.report == read.report.id
            assert mention.as_written == mention.span.of(read.report.text)


def test_a_referent_is_the_words_it_stands_on(readings: list[Read]) -> None:
    for read in readings:
        joint = {statement.attribution.source for statement in read.found.statements if "; " in statement.attribution.source.referent}
        for mention in read.mentions():
            if mention.referent_span is not None and mention not in joint:
                assert mention.referent == mention.referent_span.of(read.report.text)


def test_statements_and_claims_are_in_text_order(readings: list[Read]) -> None:
    for read in readings:
        place = {statement.id: number for number, statement in enumerate(read.found.statements)}
        order = [place[claim.statement] for claim in read.found.claims]
        assert order == sorted(order)


def test_the_own_voice_is_the_publisher_s(readings: list[Read]) -> None:
    for read in readings:
        for statement in read.found.statements:
            attribution: Attribution = statement.attribution
            assert attribution.publisher == read.report.publisher
            assert not attribution.own_voice or (attribution.source.implied and attribution.source.referent_span is None)


def test_a_hedge_is_less_than_certain(readings: list[Read]) -> None:
    for read in readings:
        assert all(s.certainty is not Certainty.CERTAIN for s in read.found.statements if s.stance is Stance.HEDGES)


def test_neither_order_nor_company_nor_repetition_changes_what_is_read(shipped: Stages, readings: list[Read]) -> None:
    some = readings[::4][::-1]
    again = list(shipped.extractor.extract([read.report for read in some]))
    assert [said(found) for found in again] == [said(read.found) for read in some]


def test_identical_reports_in_one_batch_are_read_alike(shipped: Stages, readings: list[Read]) -> None:
    read = max(readings, key=lambda read: len(read.found.claims))
    batch = list(shipped.extractor.extract([read.report] * 3))
    assert [said(found) for found in batch] == [said(read.found)] * 3


def test_a_run_tells_who_made_it(readings: list[Read]) -> None:
    made = {(read.found.extraction.version, read.found.extraction.lexicon_hash, read.found.extraction.model) for read in readings}
    assert len(made) == 1
    assert all(next(iter(made)))
    assert all(read.found.extraction.report == read.report.id for read in readings)


@pytest.mark.parametrize("text", ["", " ", "🙂", "The minister opened a school in Homs.", "The coach took the title from Homs in the cup."])
def test_a_report_without_war_states_nothing(shipped: Stages, text: str) -> None:
    report = Report("r", None, None, None, text, None, None, None, "en", None, "", "")
    (found,) = shipped.extractor.extract([report])
    assert said(found) == ((), ())


def test_no_reports_are_no_trouble(shipped: Stages) -> None:
    assert list(shipped.extractor.extract([])) == []
