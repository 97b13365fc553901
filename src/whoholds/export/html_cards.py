"""What stands beside the text of a report in HTML: a card for each statement with its claims, and the claims without a pin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from whoholds.export.html_text import SIGNS, escaped
from whoholds.export.rows import Row, report_name
from whoholds.export.spans import Entry, Part
from whoholds.export.wording import before_place, found_words, kilometre_words
from whoholds.model import DateRange, Distance, DistanceCheck, Place, Report
from whoholds.taxonomy import DistanceVerdict, GeoPrecision, Manner, Role

_PRECISIONS = {
    GeoPrecision.SETTLEMENT: "1, the named settlement",
    GeoPrecision.NEAR: "2, part of it or near it",
    GeoPrecision.REGION: "3, a region",
}
_VERDICTS = {
    DistanceVerdict.REPRODUCIBLE: ("✓", "agrees"),
    DistanceVerdict.ONLY_FROM_EDGE: ("≈", "only from the edge of the place"),
    DistanceVerdict.NOT_REPRODUCIBLE: ("≠", "not reproducible from the places named"),
    DistanceVerdict.UNCHECKABLE: ("?", "cannot be checked"),
}
_RUNNERS_UP = 3
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def counted(number: int, noun: str) -> str:
    """Return "no claims", "1 claim", "2 claims"."""
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def day_words(day: date) -> str:
    """Return a day as "5 December 2024", whatever the machine's language."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def name_of(report: Report) -> str:
    """Return what a reader would call the report: its title, else its publisher, else its id."""
    return report.title or report.publisher or report_name(report)


def aside(found: Sequence[Entry], prefix: str, opinion: str = "") -> str:
    """Return the column of a report: its statements as cards in text order, then the claims that no place could be given.

    `opinion` says what came of a second opinion, "" where none was had; what it alone found stands after the rest.
    """
    own, second = [entry for entry in found if not entry.second], [entry for entry in found if entry.second]
    claims = sum(len(entry.rows) for entry in own)
    if not found and not opinion:
        return (
            '<aside aria-label="Claims"><h3>No claims</h3><p class="none">No statement on control or presence was found here.</p></aside>'
        )
    return f"""<aside aria-label="Claims">
<h3>{counted(claims, "claim").capitalize()} <span class="count">in {counted(len(own), "statement")}</span></h3>
{_cards(own, prefix)}{_opinion(second, prefix, opinion)}{_unplaced(found, prefix)}</aside>"""


def _cards(found: Sequence[Entry], prefix: str) -> str:
    cards = "\n".join(_card(entry, prefix) for entry in found)
    return f'<ol class="cards">\n{cards}\n</ol>\n' if found else ""


def _opinion(found: Sequence[Entry], prefix: str, opinion: str) -> str:
    return f'<h3>Second opinion</h3>\n<p class="opinion">{escaped(opinion)}.</p>\n{_cards(found, prefix)}' if opinion else ""


def claim_label(entry: Entry, row: Row) -> str:
    """Return what a claim is called: its statement's number, with a letter where the statement makes several."""
    place = entry.rows.index(row)
    return str(entry.number) if len(entry.rows) == 1 else f"{entry.number}{_letters(place)}"


def _letters(place: int) -> str:
    """Return a, b, … z, aa, ab, … for 0, 1, …."""
    more, last = divmod(place, 26)
    return (_letters(more - 1) if more else "") + chr(ord("a") + last)


def _card(entry: Entry, prefix: str) -> str:
    statement, row, number = entry.statement, entry.rows[0], entry.number
    stance, kind = statement.stance.value, statement.kind.value.replace("_", " ")
    places = "".join(_claim(entry, claim, prefix) for claim in entry.rows)
    facts = "".join(f"<dt>{term}</dt><dd>{words}</dd>" for term, words in _facts(entry))
    sign = f'<span class="sign" aria-hidden="true">{SIGNS[statement.stance]}</span>'
    return f"""<li class="card {stance}{" second" if entry.second else ""}" id="{prefix}-s{number}" data-number="{number}">
<h4><a href="#{prefix}-t{number}" data-number="{number}" aria-label="Statement {number}, to its words">{entry.label}</a>
<span class="stance">{sign} {stance}</span> · <span class="kind">{kind}</span></h4>
<p class="source">{_source(row)}</p>
<p class="actor"><span class="term">Actor</span> {_name(row.actor) if row.actor else "nobody named"}</p>
<ul class="claims">{places}</ul>
<dl class="more">{facts}</dl>
</li>"""


def _name(words: str) -> str:
    """Return a name in a box of its own, so that its reading direction turns nothing around it."""
    return f"<bdi>{escaped(words)}</bdi>"


def _source(row: Row) -> str:
    attribution = row.statement.attribution
    role = "own voice" if attribution.own_voice else "" if row.role is Role.UNKNOWN else row.role.value
    via = "".join(f", via {_name(relay.referent)}" for relay in attribution.via)
    said = f' <span class="role">({role})</span>' if role else ""
    return f'<span class="term">Source</span> <strong>{_name(row.source)}</strong>{said}{via}'


def _claim(entry: Entry, row: Row, prefix: str) -> str:
    label = f'<span class="label">{claim_label(entry, row)}</span> ' if len(entry.rows) > 1 else ""
    lines = [f"{label}{_where(row)}", *_located(row)]
    if row.claim.distance:
        lines.append(_distance(row.claim.distance, row.check))
    if found := found_words(row):
        lines.append(f'<span class="found">{escaped(found)}</span>')
    inner = "".join(f'<span class="line">{line}</span>' for line in lines)
    return f'<li id="{prefix}-c{claim_label(entry, row)}">{inner}</li>'


def _where(row: Row) -> str:
    toponym = row.claim.toponym
    if toponym is None:
        return '<span class="term">Place</span> none named'
    name = _name(toponym.referent or toponym.as_written)
    return f'<span class="term">Place</span> {before_place(row.claim)}<strong>{name}</strong>'


def _located(row: Row) -> Iterator[str]:
    if row.place is None:
        yield '<span class="pin none">no pin</span>' + (f" {_runners_up(row)}" if row.claim.toponym else "")
        return
    resolution = row.resolution
    precision = resolution.geo_precision if resolution else None
    radius = f", within {resolution.radius_km:g} km" if resolution and resolution.radius_km is not None else ""
    yield f'<span class="pin">{_full_name(row.place)}</span> <code>{escaped(row.place.id)}</code>'
    if precision is not None:
        yield f'<span class="precision">precision {_PRECISIONS[precision]}{radius}</span>'


def _full_name(place: Place) -> str:
    return _name(", ".join(dict.fromkeys([place.name, *reversed(place.admin)])))


def _runners_up(row: Row) -> str:
    candidates = row.resolution.runners_up[:_RUNNERS_UP] if row.resolution else ()
    if not candidates:
        return "nothing in the place data fits"
    return "could be " + "; ".join(f"{_full_name(candidate.place)} <code>{escaped(candidate.place.id)}</code>" for candidate in candidates)


def _distance(distance: Distance, check: DistanceCheck | None) -> str:
    reference = check.reference.name if check and check.reference else distance.reference.referent
    stated = f'<span class="term">Distance</span> {kilometre_words(distance)} from {_name(reference)}'
    if check is None or check.straight_km is None or check.start is None:
        sign, words = _VERDICTS[DistanceVerdict.UNCHECKABLE]
        return f'{stated} <span class="verdict"><span aria-hidden="true">{sign}</span> {words}</span>'
    sign, words = _VERDICTS[check.verdict]
    measured = f"straight line from {_name(check.start.name)} {check.straight_km:.1f} km, tolerance {check.tolerance_km:g} km"
    return f'{stated} <span class="verdict {check.verdict.value}"><span aria-hidden="true">{sign}</span> {words}: {measured}</span>'


def _facts(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield what is told only of a statement that is looked at: when, how, how sure, and why it was read so."""
    statement, text = entry.statement, entry.rows[0].report.text
    yield "When", when_words(statement.event_date)
    if entry.rows[0].target:
        yield "Against", _name(entry.rows[0].target)
    manner = "" if statement.manner is Manner.UNSTATED else statement.manner.value
    told = {"background": statement.background, "taken for granted": statement.presupposed, "possible euphemism": statement.euphemism}
    notes = [manner, *(note for note, holds in told.items() if holds)]
    if any(notes):
        yield "Notes", ", ".join(filter(None, notes))
    yield "Certainty", statement.certainty.value
    for part in (Part.CUE, Part.PREDICATE):
        words = [escaped(mark.span.of(text)) for mark in entry.marks if mark.part is part]
        yield part.value.capitalize(), "; ".join(f"<q>{quoted}</q>" for quoted in words) or "none"
    yield "Words", f"<q>{escaped(' '.join(entry.evidence.of(text).split()))}</q>"
    yield "Rule", f"<code>{escaped(statement.rule)}</code>"


def when_words(days: DateRange | None) -> str:
    """Return the days of an event in words; an open end is said to be open."""
    if days is None:
        return "not said"
    if days.first == days.last and days.first:
        return f'<time datetime="{days.first.isoformat()}">{day_words(days.first)}</time>'
    if days.first and days.last:
        return f"between {day_words(days.first)} and {day_words(days.last)}"
    return f"since {day_words(days.first)}" if days.first else f"by {day_words(days.last)}" if days.last else "not said"


def _unplaced(found: Sequence[Entry], prefix: str) -> str:
    unplaced = [(entry, row) for entry in found for row in entry.rows if row.place is None]
    if not unplaced:
        return ""
    lines = "".join(_unplaced_line(entry, row, prefix) for entry, row in unplaced)
    heading = f"<h4>Unplaced: {counted(len(unplaced), 'claim')} with no pin</h4>"
    return f'<section class="unplaced" aria-label="Unplaced">{heading}<ul>{lines}</ul></section>\n'


def _unplaced_line(entry: Entry, row: Row, prefix: str) -> str:
    toponym, label = row.claim.toponym, claim_label(entry, row)
    words = _name(toponym.referent or toponym.as_written) if toponym else "no place named"
    kind = row.statement.kind.value.replace("_", " ")
    return f'<li><a href="#{prefix}-c{label}" data-number="{entry.number}">{label}</a> {words} <span class="kind">{kind}</span></li>'
