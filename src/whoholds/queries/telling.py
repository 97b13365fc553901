"""Whole answers as lines of text for a terminal; the safety line stands under each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from whoholds.export.wording import clean
from whoholds.queries.cited import Cited, shielded, withheld
from whoholds.queries.claims import Claims
from whoholds.queries.diff import Difference, Shown
from whoholds.queries.explain import Argument, Point
from whoholds.queries.timelines import PlaceTimeline
from whoholds.queries.who import Pressure, Who
from whoholds.queries.words import (
    SAFETY,
    agreement_words,
    circumstances,
    cited_words,
    day_words,
    flag_words,
    holding_words,
    named,
    place_words,
    span_words,
    tier_words,
)
from whoholds.taxonomy import DistanceVerdict, LinkScope

_VERDICTS = {
    DistanceVerdict.REPRODUCIBLE: "which agrees",
    DistanceVerdict.ONLY_FROM_EDGE: "which agrees only from its edge",
    DistanceVerdict.NOT_REPRODUCIBLE: "which does not bear it out",
}
_SCOPES = {
    LinkScope.EXACT: "made of this place",
    LinkScope.CONTAINS: "made of {}, which contains it",
    LinkScope.WITHIN: "made of {}, which lies in it",
}


def who_lines(answer: Who) -> Iterator[str]:
    """Yield who holds a place, and what that rests on."""
    yield headline(answer)
    if answer.state is not None:
        yield f"  {circumstances(answer.state)}"
    for pressure in answer.pressure:
        yield f"  {pressure_words(pressure, answer.place.name)}"
    yield SAFETY


def headline(answer: Who) -> str:
    """Return the answer in one sentence."""
    begun = f"{place_words(answer.asked, answer.place)}, {day_words(answer.day)}{_whose(answer)}: "
    if answer.state is None:
        if answer.view_name:
            return f"{begun}nothing said of it by {named(answer.view_name)}{' by then' if answer.spoken else ''}"
        return f"{begun}unknown – {'nothing is said of who held it by then' if answer.spoken else 'no report says who holds it'}"
    said = holding_words(answer.state, answer.holders, answer.encircled_by)
    if answer.inherited_from is not None:
        said += f", as told of {clean(answer.inherited_from.name)} as a whole"
    return begun + "; ".join(filter(None, [said, agreement_words(answer.state, answer.denials, answer.dissent)]))


def _whose(answer: Who) -> str:
    view = f", by the account of {named(answer.view_name)}" if answer.view_name and answer.state is not None else ""
    return view + (f", as known on {day_words(answer.known_by)}" if answer.known_by else "")


def pressure_words(pressure: Pressure, place: str) -> str:
    """Return a stated distance and how the straight line compares."""
    cited = pressure.cited
    told = f"pressed: {cited_words(cited)}, {clean(pressure.as_written)} {clean(place)}"
    if pressure.straight_km is None or pressure.start is None:
        return f"{told}; the distance cannot be checked"
    verdict = _VERDICTS.get(pressure.verdict, "")
    return (
        f"{told}; straight line from {clean(pressure.start)} {pressure.straight_km:.1f} km (±{pressure.tolerance_km or 0:.0f}), {verdict}"
    )


def timeline_lines(answer: PlaceTimeline) -> Iterator[str]:
    """Yield the states of a place in order."""
    whose = f", by the account of {named(answer.view_name)}" if answer.view_name else ""
    yield f"{place_words(answer.asked, answer.place)}{whose}{f', as known on {day_words(answer.known_by)}' if answer.known_by else ''}"
    if not answer.stretches:
        yield f"  nothing said of it by {named(answer.view_name)}" if answer.view_name else "  no report says who held it"
    for stretch in answer.stretches:
        state = stretch.state
        yield f"  {span_words(state)}: {holding_words(state, stretch.holders, stretch.encircled_by)}"
        told = [agreement_words(state, stretch.denials, stretch.dissent), tier_words(state), *flag_words(state)]
        if any(told):
            yield f"      {' · '.join(filter(None, told))}"
    if answer.views:
        yield f"  Accounts of it: {', '.join(answer.views)}"
    yield SAFETY


def claims_lines(answer: Claims, today: date) -> Iterator[str]:
    """Yield the claims found; those that are too young to be served to others are counted at the end."""
    for cited in answer.claims:
        place = cited.place.name if cited.place else f"{cited.place_as_written or 'no place named'} [no pin]"
        when = f" · when {cited.when}" if cited.when else ""
        yield f"{clean(place)}: {cited_words(cited)}{when}"
        yield f"    “{clean(shielded(cited).quote)}”"
    if not answer.claims:
        yield "No claim satisfies this."
    if answer.after is not None:
        yield f"There is more: go on with --after {answer.after}"
    yield from local_line(answer.claims, today)
    yield SAFETY


def local_line(shown: tuple[Cited, ...], today: date) -> Iterator[str]:
    """Yield what says that claims are shown on this machine alone, where there are such."""
    young = sum(withheld(cited, today) for cited in shown)
    if young:
        yield f"Shown on this machine only, not served or exported: {young} on where forces stand or go, younger than 72 hours or undated."


def explain_lines(answer: Argument, today: date) -> Iterator[str]:
    """Yield the argument: what bears the state, who denies, who dissents, and the rules."""
    yield headline(answer.who)
    if answer.who.state is not None:
        yield f"  {circumstances(answer.who.state, answer.origins)}"
    for title, points in (
        ("Borne by", answer.supporting),
        ("Denied by", answer.denials),
        ("Dissent", answer.dissent),
        ("Also said", answer.others),
    ):
        if points:
            yield f"{title}:"
        for point in points:
            yield from _point_lines(point, answer)
    for cited in answer.silent:
        yield f"Silence: {cited_words(cited)}: “{clean(shielded(cited).quote)}”"
    for pressure in answer.who.pressure:
        yield pressure_words(pressure, answer.who.place.name).capitalize()
    if answer.supporting:
        yield _count(answer)
    yield from local_line(tuple(point.cited for point in answer.others), today)
    yield SAFETY


def _count(answer: Argument) -> str:
    origins = f"{answer.origins} origin{'s' * (answer.origins != 1)}, {answer.reports} report{'s' * (answer.reports != 1)}"
    return f"Counted: {origins}; reports that repeat one origin count once."


def _point_lines(point: Point, answer: Argument) -> Iterator[str]:
    cited = point.cited
    yield f"  – {cited_words(cited)}"
    yield f"    “{clean(shielded(cited).quote)}”"
    if point.scope is not None:
        place = clean(cited.place.name) if cited.place else clean(cited.place_as_written or "")
        yield f"    {_SCOPES[point.scope].format(place)}"
    if cited.claim in answer.against_interest:
        yield f"    against its own interest: {point.interest}"
    elif cited.claim in answer.alleged_admission:
        yield f"    an alleged admission: {point.interest}"
    elif cited.speaks_for is not None and point.interest:
        yield f"    no admission: {point.interest}"
    because = f"{point.because}; " if point.because else ""
    yield f"    {because}rule of fusion: {point.rule} – {point.does} Read by rule: {clean(cited.rule)}"


def diff_lines(answer: Difference) -> Iterator[str]:
    """Yield what differs, place by place."""
    if answer.before_view == answer.after_view:
        whose = f", by the account of {named(answer.before_name)}" if answer.before_name else ""
        yield f"From {day_words(answer.before)} to {day_words(answer.after)}{whose}: {_counted(answer)}"
    else:
        one, other = (named(name) if name else "all accounts together" for name in (answer.before_name, answer.after_name))
        yield f"{day_words(answer.before)}, {one} beside {other}: {_counted(answer)}"
    for change in answer.changes:
        yield f"  {place_words(change.place.name, change.place)}: {_shown(change.before)} → {_shown(change.after)}"
    yield SAFETY


def _counted(answer: Difference) -> str:
    number = len(answer.changes)
    return f"{number} place{'s' * (number != 1)} differ{'s' * (number == 1)}, {answer.alike} told alike"


def _shown(shown: Shown | None) -> str:
    if shown is None:
        return "nothing said"
    disputed = f" ({shown.state.agreement.value})"
    return holding_words(shown.state, shown.holders, shown.encircled_by) + disputed
