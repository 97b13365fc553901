"""The situation report in words: the sentences that Markdown and the page share. Report text is untrusted and comes out clean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from whoholds.export.wording import clean
from whoholds.queries.cited import Cited
from whoholds.queries.sitrep import Change, Dispute, Silence, Sitrep
from whoholds.queries.table import Standing
from whoholds.queries.words import agreement_words, circumstances, day_words, holding_words, named, start_words, what_words
from whoholds.taxonomy import Feature, Holding


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the report: a heading, what was, what is, how it is known, and the claims for and against it."""

    heading: str
    was: str
    now: str
    how: str
    told: tuple[Cited, ...]
    more: int
    against: tuple[Cited, ...] = ()
    disputed: bool = False


def title(report: Sitrep) -> str:
    """Return what the report is called."""
    days = day_words(report.last) if report.first == report.last else f"{day_words(report.first)} to {day_words(report.last)}"
    return " · ".join(filter(None, ["Situation report", clean(report.conflict_name), days]))


def basis(report: Sitrep) -> str:
    """Return what the report rests on."""
    if not report.reports:
        return f"No report was published in these days among those at hand: blank is not quiet. As known on {day_words(report.last)}."
    count = "1 report" if report.reports == 1 else f"{report.reports} reports"
    return f"From {count} published in these days ({', '.join(map(clean, report.publishers))}); as known on {day_words(report.last)}."


def place_name(row: Standing) -> str:
    """Return the name of a place; a region says that it is one."""
    return clean(row.place.name) + (" (region)" if row.place.feature is Feature.REGION else "")


def now_words(row: Standing) -> str:
    """Return who holds a place."""
    return holding_words(row.state, row.holders, row.encircled_by)


def how_words(row: Standing) -> str:
    """Return by which day it was so, how the accounts stand, and how well it is supported."""
    if row.pale:
        return f"{start_words(row.state)} · from an imported map, and no report since"
    return " · ".join(filter(None, [agreement_words(row.state, (), ()), circumstances(row.state)]))


def change_entry(change: Change) -> Entry:
    """Return the entry of a change."""
    was = "before: nobody was known to hold it"
    if change.before is not None and change.before.state.holding is not Holding.UNKNOWN:
        was = f"before: {now_words(change.before)}" + (", by an imported map" if change.before.pale else "")
    row = change.after
    return Entry(place_name(row), was, now_words(row), how_words(row), change.told.cited, change.told.more)


def dispute_entry(dispute: Dispute) -> Entry:
    """Return the entry of a place of which accounts conflict."""
    row = dispute.standing
    return Entry(
        place_name(row), "", now_words(row), how_words(row), dispute.told.cited, dispute.told.more, dispute.against.cited, disputed=True
    )


def denial_entries(denials: Sequence[Cited]) -> list[Entry]:
    """Return an entry for what each source denies of each place, with all its denials of it."""
    together: dict[tuple[str, str, str], list[Cited]] = {}
    for cited in denials:
        where = cited.place.name if cited.place else cited.place_as_written or "no place named"
        together.setdefault((where, cited.source_id, cited.kind), []).append(cited)
    return [
        Entry(clean(where), "", f"{named(said[0].source)} denies it: {what_words(said[0])}", "", tuple(said), 0, disputed=True)
        for (where, _, _), said in together.items()
    ]


def silence_entry(silence: Silence) -> Entry:
    """Return the entry of what is passed over: "has not commented on reports that …"."""
    who = named(silence.who)
    if silence.after is None:
        what = what_words(silence.told.cited[0]) if silence.told.cited else "losses"
        return Entry(
            who[:1].upper() + who[1:], "", f"has not commented on reports of it: {what}", "", silence.told.cited, silence.told.more
        )
    place = place_name(silence.after)
    told = "nobody is known to hold it now" if not silence.after.holders else now_words(silence.after)
    said = f"has not commented, in the reports at hand, on reports that it no longer holds {place} ({told})"
    return Entry(who[:1].upper() + who[1:], "", said, "", silence.told.cited, silence.told.more)
