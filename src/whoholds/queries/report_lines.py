"""The table of control, the coverage and the sources as lines of text for a terminal; the safety line stands under each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from whoholds.export.wording import clean
from whoholds.fuse.rules import Flag
from whoholds.queries.coverage import Cover, Coverage
from whoholds.queries.sitrep_words import place_name
from whoholds.queries.sources import Profile, Profiles
from whoholds.queries.table import Standing, Table
from whoholds.queries.words import SAFETY, day_words, holding_words, start_words, tier_words
from whoholds.taxonomy import Holding

_WIDEST = (24, 46, 24, 10, 32)
"""Most columns of each cell; longer words end in "…", and stand in full in the JSON."""


def table_lines(answer: Table) -> Iterator[str]:
    """Yield the table of control; what an imported map alone tells is marked, and where nobody is known to hold a place, it says so."""
    later = f", with what was published by {day_words(answer.known_by)}" if answer.known_by != answer.day else ""
    yield f"Who held what on {day_words(answer.day)}{later}"
    rows = [_cells(row) for row in answer.rows]
    if rows:
        yield from columns([("place", "state", "from", "accounts", "told by"), *rows], _WIDEST)
    else:
        yield "nothing is told of any place by then"
    yield SAFETY


def _cells(row: Standing) -> tuple[str, ...]:
    state = row.state
    if row.pale:
        return place_name(row), holding_words(state, row.holders, row.encircled_by), start_words(state), "", "an imported map alone"
    unknown = state.holding is Holding.UNKNOWN
    denied = ", denied" if Flag.DENIED in state.flags and state.agreement.value != "disputed" else ""
    last = f", last {state.last_said}" if state.last_said else ""
    told = "" if unknown else f"{tier_words(state)}{last}"
    agreed = "" if unknown else f"{state.agreement.value}{denied}"
    return place_name(row), holding_words(state, row.holders, row.encircled_by), start_words(state), agreed, told


def coverage_lines(answer: Coverage) -> Iterator[str]:
    """Yield what was heard of each place, and which places nobody spoke of."""
    yield f"Heard from {day_words(answer.first)} to {day_words(answer.last)}; blank is not quiet"
    heard = [cover for cover in answer.places if cover.reports]
    silent = [cover for cover in answer.places if not cover.reports]
    if heard:
        yield from columns([("place", "reports", "no side", "sides", "last"), *map(_cover_cells, heard)], (30, 8, 8, 60, 10))
    else:
        yield "nothing at all"
    if silent:
        named = "; ".join(f"{clean(cover.place.name)} (last {cover.last_heard})" for cover in silent)
        yield f"Nothing in these days of {len(silent)} places that were told of before: {named}"
    yield SAFETY


def _cover_cells(cover: Cover) -> tuple[str, ...]:
    return clean(cover.place.name), str(cover.reports), str(cover.unsided), ", ".join(map(clean, cover.sides)), str(cover.last_heard)


def sources_lines(answer: Profiles) -> Iterator[str]:
    """Yield what each organisation and office-holder claimed."""
    yield f"What sources claimed, published by {day_words(answer.known_by)}"
    if answer.profiles:
        head = ("source", "role", "claims", "denials", "against interest", "borne out", "contradicted", "spoke for")
        yield from columns([head, *map(_profile_cells, answer.profiles)], (40, 11, 7, 8, 17, 10, 13, 40))
    yield f"Claims of sources without a profile (residents, unnamed and unlisted sources): {answer.others:,}"
    yield SAFETY


def _profile_cells(row: Profile) -> tuple[str, ...]:
    counts = (row.claims, row.denials, row.against_interest, row.borne_out, row.contradicted)
    return clean(row.name), row.role.value, *(str(count) for count in counts), ", ".join(map(clean, row.sides))


def columns(rows: Sequence[Sequence[str]], widest: Sequence[int]) -> Iterator[str]:
    """Yield rows with their cells under each other; a cell that is too wide ends in "…"."""
    cut = [[cell if len(cell) <= most else f"{cell[: most - 1]}…" for cell, most in zip(row, widest, strict=True)] for row in rows]
    widths = [max(len(row[at]) for row in cut) for at in range(len(widest))]
    for row in cut:
        yield "  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
