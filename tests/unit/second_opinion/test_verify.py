"""What a model proposes against the words of a report: kept whole, or refused with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.model import Claim, Report, Span, Statement
from whoholds.ports import KnownName
from whoholds.second_opinion.proposal import Proposal
from whoholds.second_opinion.verify import Verified, Witness, occurrences
from whoholds.second_opinion.windows import WINDOW, windows
from whoholds.taxonomy import Certainty, Kind, Refusal, Relation, Role, Stance


class Finder(Protocol):
    def find(self, text: str) -> Sequence[KnownName]: ...


LEFT = Proposal(
    kind="withdrawal",
    stance="asserts",
    quote="The army left Hama on Friday",
    place="Hama",
    predicate="left",
    source="Syrian Observatory",
    actor="The army",
    when="on Friday",
)
STANDS = Proposal(
    "position",
    "asserts",
    "Fighters stand 40 km from Homs, north of Hama",
    "Hama",
    relation="near",
    distance="40 km from Homs",
    distance_from="Homs",
)
DENIES = Proposal("withdrawal", "denies", "its forces had withdrawn from the city", "Hama", source="The ministry")


def verified(report: Report, finder: Finder, *proposals: Proposal, window: Span | None = None) -> Verified:
    found = Verified()
    Witness(report, finder.find(report.text)).verify(proposals, window or Span(0, len(report.text)), found)
    return found


def only(found: Verified) -> tuple[Statement, Claim]:
    (statements, claims) = found.ordered()
    assert (len(statements), len(claims), dict(+found.refused)) == (1, 1, {})
    return statements[0], claims[0]


def test_what_the_report_bears_out_becomes_spans_of_it(report: Report, finder: Finder) -> None:
    statement, claim = only(verified(report, finder, LEFT))
    text = report.text
    assert (statement.evidence.of(text), statement.predicate.of(text)) == (LEFT.quote, "left")
    assert (statement.kind, statement.stance, statement.certainty) == (Kind.WITHDRAWAL, Stance.ASSERTS, Certainty.CERTAIN)
    assert statement.rule == "second-opinion:withdrawal"
    assert statement.actor is not None
    assert statement.actor.span.of(text) == "The army"
    assert statement.attribution.source.span.of(text) == "Syrian Observatory"
    assert (statement.attribution.own_voice, statement.attribution.role) == (False, Role.UNKNOWN)
    assert statement.event_date is not None
    assert statement.event_date.first == date(2024, 12, 6)
    assert claim.toponym is not None
    assert claim.toponym.span.of(text) == "Hama"
    assert claim.statement == statement.id
    assert len(claim.id) == len(claim.anchor) == 24


def test_a_distance_is_read_from_the_quote_and_measured_from_a_known_place(report: Report, finder: Finder) -> None:
    _, claim = only(verified(report, finder, STANDS))
    assert claim.relation is Relation.NEAR
    assert claim.distance is not None
    assert (claim.distance.km_low, claim.distance.km_high, claim.distance.reference.referent) == (40.0, 40.0, "Homs")


def test_a_place_named_elsewhere_is_implied_and_the_nearest_before_the_quote(report: Report, finder: Finder) -> None:
    statement, claim = only(verified(report, finder, DENIES))
    assert (statement.stance, statement.predicate) == (Stance.DENIES, statement.evidence)
    assert claim.toponym is not None
    assert claim.toponym.implied
    assert claim.toponym.referent_span == Span(report.text.index("Hama.\n"), report.text.index(".\nThe ministry"))


@pytest.mark.parametrize("source", ["", "outlet", "Example Wire", "example wire", "null"])
def test_the_publisher_speaks_where_no_other_source_is_named(report: Report, finder: Finder, source: str) -> None:
    statement, _ = only(verified(report, finder, replace(LEFT, source=source)))
    assert statement.attribution.own_voice


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"kind": "annihilation"}, Refusal.UNKNOWN_KIND),
        ({"kind": "Withdrawal"}, Refusal.UNKNOWN_KIND),
        ({"stance": "believes"}, Refusal.UNKNOWN_STANCE),
        ({"relation": "beneath"}, Refusal.UNKNOWN_RELATION),
        ({"quote": ""}, Refusal.QUOTE_TOO_SHORT),
        ({"quote": "Hama"}, Refusal.QUOTE_TOO_SHORT),
        ({"quote": "on Friday, the Syrian Observatory said. " * 20}, Refusal.QUOTE_TOO_LONG),
        ({"quote": "Army leaves two towns\nThe army left Hama"}, Refusal.QUOTE_TOO_LONG),
        ({"quote": "The army quit Hama on Friday"}, Refusal.QUOTE_NOT_IN_TEXT),
        ({"quote": "the army left Hama on Friday"}, Refusal.QUOTE_NOT_IN_TEXT),
        ({"quote": "The army  left Hama on Friday"}, Refusal.QUOTE_NOT_IN_TEXT),
        ({"quote": "he army left Hama on Frid"}, Refusal.QUOTE_NOT_IN_TEXT),
        ({"predicate": "captured"}, Refusal.PREDICATE_NOT_IN_QUOTE),
        ({"predicate": "denied"}, Refusal.PREDICATE_NOT_IN_QUOTE),
        ({"place": ""}, Refusal.PLACE_MISSING),
        ({"place": "Aleppo"}, Refusal.PLACE_NOT_IN_TEXT),
        ({"place": "Ham"}, Refusal.PLACE_NOT_IN_TEXT),
        ({"place": "army"}, Refusal.PLACE_UNKNOWN),
        ({"place": "Friday"}, Refusal.PLACE_UNKNOWN),
        ({"place": "Sheikhoun"}, Refusal.PLACE_UNKNOWN),
        ({"place": "Ali Homs"}, Refusal.PLACE_UNKNOWN),
        ({"place": "Hama and Homs"}, Refusal.PLACE_UNKNOWN),
        ({"source": "the Pentagon"}, Refusal.SOURCE_NOT_IN_TEXT),
        ({"actor": "Wagner Group"}, Refusal.ACTOR_NOT_IN_TEXT),
        ({"target": "rebel"}, Refusal.TARGET_NOT_IN_TEXT),
        ({"when": "on Thursday"}, Refusal.DATE_NOT_IN_TEXT),
        ({"distance": "40 km from Homs", "distance_from": "Homs"}, Refusal.DISTANCE_NOT_IN_QUOTE),
        ({"distance": "left Hama", "distance_from": "Homs"}, Refusal.DISTANCE_UNREADABLE),
    ],
)
def test_what_the_report_does_not_bear_out_is_refused_with_its_reason(
    report: Report, finder: Finder, changed: dict[str, str], reason: Refusal
) -> None:
    found = verified(report, finder, replace(LEFT, **changed), LEFT)
    assert dict(+found.refused) == {reason: 1}
    assert len(found.ordered()[1]) == 1, "one bad proposal spoils no good one"


def test_a_distance_from_a_place_nobody_knows_is_refused(report: Report, finder: Finder) -> None:
    found = verified(report, finder, replace(STANDS, distance_from="Fighters"), replace(STANDS, distance_from=""))
    assert dict(+found.refused) == {Refusal.PLACE_UNKNOWN: 1, Refusal.PLACE_MISSING: 1}


def test_words_that_are_no_date_leave_the_day_unsaid(report: Report, finder: Finder) -> None:
    statement, _ = only(verified(report, finder, replace(LEFT, when="The army")))
    assert statement.event_date is None


def test_an_event_long_ago_is_background(report: Report, finder: Finder) -> None:
    old = replace(report, text=report.text.replace("on Friday", "on May 3, 2013"))
    statement, _ = only(verified(old, finder, replace(LEFT, quote="The army left Hama on May 3, 2013", when="on May 3, 2013")))
    assert statement.background


def test_the_same_claim_twice_counts_once(report: Report, finder: Finder) -> None:
    found = verified(report, finder, LEFT, LEFT, replace(LEFT, place="Homs"))
    statements, claims = found.ordered()
    assert (len(statements), len(claims), dict(+found.refused)) == (1, 2, {Refusal.REPEATED: 1})
    assert {claim.statement for claim in claims} == {statements[0].id}


def test_words_outside_the_window_that_was_asked_about_are_no_quote(report: Report, finder: Finder) -> None:
    found = verified(report, finder, LEFT, window=Span(report.text.index("The ministry"), len(report.text)))
    assert dict(+found.refused) == {Refusal.QUOTE_NOT_IN_TEXT: 1}


def test_an_order_hidden_in_the_text_yields_at_most_a_claim_with_those_very_words(report: Report, finder: Finder) -> None:
    obeyed = Proposal("capture", "asserts", "Rebels captured Damascus.", "Damascus", source="the army")
    quoted = replace(obeyed, quote="rebels captured Damascus", source="")
    found = verified(report, finder, obeyed, quoted, replace(quoted, source="https://evil.example/"))
    statement, _ = only(replace(found, refused=type(found.refused)()))
    assert dict(+found.refused) == {Refusal.QUOTE_NOT_IN_TEXT: 1, Refusal.SOURCE_NOT_IN_TEXT: 1}
    assert statement.evidence.of(report.text) == "rebels captured Damascus"
    assert statement.attribution.own_voice


def test_offsets_are_code_points(report: Report, finder: Finder) -> None:
    moved = replace(report, text="😀🏳️‍🌈 " + report.text)
    statement, claim = only(verified(moved, finder, LEFT))
    assert claim.toponym is not None
    assert (statement.evidence.of(moved.text), claim.toponym.span.of(moved.text)) == (LEFT.quote, "Hama")


WORDS = st.text(alphabet="aB 😀\n.é", max_size=12)


@given(WORDS, WORDS)
def test_an_occurrence_is_the_very_words(text: str, words: str) -> None:
    for span in occurrences(text, words):
        assert span.of(text) == words


@given(st.builds(Proposal, *[st.sampled_from(["", "withdrawal", "asserts", "in"]) | WORDS] * 12))
def test_whatever_a_model_says_is_kept_as_spans_or_refused(proposal: Proposal) -> None:
    text = "aB B. a B aB\nB a"
    report = Report("r", None, None, None, text, None, None, None, "en", None, "0", "c1")
    names = [KnownName(Span(*span), frozenset(), 0.9) for span in ((0, 2), (6, 7))]
    found = Verified()
    Witness(report, names).verify([proposal], Span(0, len(text)), found)
    statements, claims = found.ordered()
    assert len(claims) + found.refused.total() == 1
    assert all(statement.evidence.of(text) == proposal.quote.strip() for statement in statements)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("short", [5]),
        ("", []),
        ("a" * (WINDOW + 5), [WINDOW, WINDOW + 5]),
        ("a" * 4000 + "\n" + "b. " * 2000, [4001, 10001]),
        ("a" * 4000 + ". " + "b " * 2000, [4002, 8002]),
        ("a" * 4000 + " " + "b" * 4000, [4001, 8001]),
        ("a\n" + "b" * 7000, [6000, 7002]),
    ],
)
def test_windows_cover_a_report_and_end_where_a_reader_would_pause(report: Report, text: str, ends: list[int]) -> None:
    found = list(windows(replace(report, text=text)))
    assert [span.end for span in found] == ends
    assert "".join(span.of(text) for span in found) == text
