"""The situation report as Markdown; what comes from reports is escaped, so that it can neither format nor link."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from whoholds.export.wording import clean
from whoholds.queries.cited import Cited
from whoholds.queries.sitrep import Sitrep
from whoholds.queries.sitrep_words import (
    Entry,
    basis,
    change_entry,
    denial_entries,
    dispute_entry,
    how_words,
    now_words,
    place_name,
    silence_entry,
    title,
)
from whoholds.queries.words import SAFETY, cited_words

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~!&$^])")
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\\`\"'|]+", re.IGNORECASE)


def sitrep_markdown(report: Sitrep) -> Iterator[str]:
    """Yield the situation report line by line."""
    yield from (f"# {plain(title(report))}", "", f"**{SAFETY}**", "", plain(basis(report)), "")
    sections = (
        ("What changed", map(change_entry, report.changes), "No change of who holds a place was reported."),
        ("Disputed and contested", map(dispute_entry, report.disputes), "No accounts conflict."),
        ("Denied", denial_entries(report.denials), "Nothing was denied."),
        ("Not acknowledged", map(silence_entry, report.silences), "No loss stands unacknowledged."),
    )
    for heading, entries, none in sections:
        yield from _section(heading, tuple(entries), none)
    yield from ("## Who holds what", "", "| Place | State | How it is known |", "|---|---|---|")
    yield from (f"| {plain(place_name(row))} | {plain(now_words(row))} | {plain(how_words(row))} |" for row in report.places)
    yield from ("", f"Place data: {plain('; '.join(report.place_data))}.", "", f"**{SAFETY}**")


def plain(words: str) -> str:
    """Return words as Markdown text that says only themselves."""
    return _MARKUP.sub(r"\\\1", clean(words))


def _section(heading: str, entries: Sequence[Entry], none: str) -> Iterator[str]:
    yield from (f"## {heading}", "")
    if not entries:
        yield from (none, "")
    for entry in entries:
        yield from (f"### {plain(entry.heading)}", "")
        yield from (f"{plain(line)}  " for line in (entry.now, entry.was, entry.how) if line)
        yield ""
        yield from _cites(entry.told, entry.more)
        if entry.against:
            yield from ("Against it:", "")
            yield from _cites(entry.against, 0)


def _cites(cited: Iterable[Cited], more: int) -> Iterator[str]:
    lines = [f"- {plain(cited_words(one))}: “{plain(one.quote)}”{_link(one.url)}" for one in cited]
    yield from [*lines, f"- and {more} more", ""] if more else [*lines, ""] if lines else []


def _link(url: str | None) -> str:
    """Link the original where its address is one of the web and cannot end the link early."""
    return f" ([original]({url}))" if url and _ADDRESS.fullmatch(url) else ""
