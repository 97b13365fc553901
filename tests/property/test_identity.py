"""Laws of identity: what an id depends on, and what it never does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from whoholds.identity import DIGITS, report_id, with_claim_ids, with_statement_id
from whoholds.model import Attribution, Claim, DateRange, Distance, Extent, Mention, Span, Statement
from whoholds.taxonomy import Certainty, ExtentKind, Kind, Manner, Relation, Role, Stance

REPORT = "r" * DIGITS
SPANS = st.tuples(st.integers(0, 400), st.integers(0, 40)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))
DAYS = st.dates(date(2010, 1, 1), date(2030, 1, 1))


@st.composite
def mentions(draw: st.DrawFn) -> Mention:
    span = draw(SPANS)
    return Mention(REPORT, span.start, span.end, draw(st.text(max_size=5)), draw(st.text(max_size=5)), draw(st.none() | SPANS))


@st.composite
def attributions(draw: st.DrawFn) -> Attribution:
    via = draw(st.lists(mentions(), max_size=2))
    return Attribution(
        draw(mentions()), tuple(via), draw(st.none() | st.text(max_size=5)), draw(st.sampled_from(Role)), draw(st.booleans())
    )


@st.composite
def ranges(draw: st.DrawFn) -> DateRange:
    first = draw(DAYS)
    return DateRange(first, first + timedelta(days=draw(st.integers(0, 30))))


STATEMENTS = st.builds(
    Statement,
    id=st.just(""),
    report=st.just(REPORT),
    evidence=SPANS,
    predicate=SPANS,
    cue=st.none() | SPANS,
    kind=st.sampled_from(Kind),
    stance=st.sampled_from(Stance),
    certainty=st.sampled_from(Certainty),
    actor=st.none() | mentions(),
    target=st.none() | mentions(),
    attribution=attributions(),
    event_date=st.none() | ranges(),
    manner=st.sampled_from(Manner),
    rule=st.text(max_size=8),
    background=st.booleans(),
    presupposed=st.booleans(),
    euphemism=st.booleans(),
)
DISTANCES = st.builds(Distance, st.none() | st.integers(0, 99).map(float), st.floats(100, 500), mentions(), st.text(max_size=5))
CLAIMS = st.builds(
    Claim,
    id=st.just(""),
    anchor=st.just(""),
    statement=st.just(""),
    toponym=st.none() | mentions(),
    relation=st.sampled_from(Relation),
    extent=st.sampled_from(ExtentKind).map(Extent),
    distance=st.none() | DISTANCES,
)


def renamed(mention: Mention) -> Mention:
    return replace(mention, as_written=mention.as_written + "x", referent=mention.referent + "x")


@given(STATEMENTS, CLAIMS)
def test_a_rerun_gives_the_same_ids(statement: Statement, claim: Claim) -> None:
    first, again = with_claim_ids(claim, statement), with_claim_ids(with_claim_ids(claim, statement), with_statement_id(statement))
    assert first == again
    assert with_statement_id(statement) == with_statement_id(with_statement_id(statement))
    assert len(first.id) == len(first.anchor) == DIGITS


@given(STATEMENTS, CLAIMS, st.text(max_size=8), st.sampled_from(Role), st.booleans())
def test_rule_role_and_spelling_of_names_do_not_matter(
    statement: Statement,
    claim: Claim,
    rule: str,
    role: Role,
    own_voice: bool,  # noqa: FBT001  hypothesis gives it
) -> None:
    attribution = replace(statement.attribution, role=role, publisher="another", own_voice=own_voice)
    other = replace(statement, rule=rule, attribution=replace(attribution, source=renamed(attribution.source)))
    toponym = renamed(claim.toponym) if claim.toponym else None
    assert with_statement_id(other).id == with_statement_id(statement).id
    before, after = with_claim_ids(claim, statement), with_claim_ids(replace(claim, toponym=toponym), other)
    assert (before.id, before.anchor) == (after.id, after.anchor)


@given(STATEMENTS, STATEMENTS, CLAIMS)
def test_any_coded_value_changes_statement_and_claim(one: Statement, two: Statement, claim: Claim) -> None:
    for name in (
        "evidence",
        "predicate",
        "cue",
        "kind",
        "stance",
        "certainty",
        "event_date",
        "manner",
        "background",
        "presupposed",
        "euphemism",
    ):
        changed = replace(one, **{name: getattr(two, name)})
        same = getattr(one, name) == getattr(two, name)
        assert (with_statement_id(changed).id == with_statement_id(one).id) is same
        assert (with_claim_ids(claim, changed).id == with_claim_ids(claim, one).id) is same


@given(STATEMENTS, CLAIMS, CLAIMS)
def test_relation_extent_and_distance_change_the_claim(statement: Statement, one: Claim, two: Claim) -> None:
    for name in ("relation", "extent"):
        changed = replace(one, **{name: getattr(two, name)})
        assert (with_claim_ids(changed, statement).id == with_claim_ids(one, statement).id) is (getattr(one, name) == getattr(two, name))
    assume(one.distance is not None)
    assert with_claim_ids(replace(one, distance=None), statement).id != with_claim_ids(one, statement).id


@given(STATEMENTS, STATEMENTS, CLAIMS, CLAIMS)
def test_an_anchor_knows_only_report_predicate_toponym_and_source(one: Statement, two: Statement, claim: Claim, other: Claim) -> None:
    recoded = replace(two, predicate=one.predicate, attribution=replace(two.attribution, source=one.attribution.source))
    anchor = with_claim_ids(claim, one).anchor
    assert with_claim_ids(replace(other, toponym=claim.toponym), recoded).anchor == anchor
    assert with_claim_ids(claim, replace(one, report="s" * DIGITS)).anchor != anchor


@given(STATEMENTS, CLAIMS, SPANS)
def test_an_anchor_changes_with_the_predicates_span(statement: Statement, claim: Claim, span: Span) -> None:
    moved = with_claim_ids(claim, replace(statement, predicate=span))
    assert (moved.anchor == with_claim_ids(claim, statement).anchor) is (span == statement.predicate)


def test_places_of_one_statement_have_their_own_anchors() -> None:
    source = Mention(REPORT, 50, 54, "SOHR", "SOHR", Span(50, 54))
    statement = Statement(
        "", REPORT, Span(0, 40), Span(5, 9), None, Kind.CAPTURE, Stance.ASSERTS, Certainty.CERTAIN, None, None,
        Attribution(source, (), None, Role.MONITOR, own_voice=False), None, Manner.UNSTATED, "r",
    )  # fmt: skip
    towns = [Mention(REPORT, start, start + 4, "Town", "Town", Span(start, start + 4)) for start in (10, 20)]
    first, second = (with_claim_ids(Claim("", "", "", town), statement) for town in towns)
    assert first.anchor != second.anchor
    assert first.id != second.id


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("é", None, None, None), ("e\u0301", None, None, None), True),
        (("a", "Wire", None, None), ("a", None, None, None), False),
        (("a", None, date(2024, 12, 7), None), ("a", None, date(2024, 12, 8), None), False),
        (("a", None, None, "u"), ("a", "u", None, None), False),
    ],
)
def test_a_report_is_its_words_publisher_day_and_address(
    one: tuple[str, str | None, date | None, str | None], other: tuple[str, str | None, date | None, str | None], *, same: bool
) -> None:
    assert (report_id(*one) == report_id(*other)) is same
