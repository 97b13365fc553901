"""Readings as one self-contained page: each report with its statements marked in the running text, its claims beside it.

The page asks nothing of any network and runs no script but its own: a policy in its head names the one style and the one
script by their hashes. All that comes from a report is escaped. Without the script it is a whole page still: every mark
is a link to its statement, and every statement a link to its words.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files

from whoholds.export import CAVEAT
from whoholds.export.html_cards import aside, counted, day_words, name_of
from whoholds.export.html_text import SIGNS, escaped, marked_text
from whoholds.export.rows import report_name
from whoholds.export.spans import entries
from whoholds.export.wording import second_words
from whoholds.model import Reading
from whoholds.taxonomy import Stance

OPEN_INDEX = 12
"""The most reports that the index lists unfolded."""

_MEANINGS = {
    Stance.ASSERTS: "the source says so",
    Stance.DENIES: "the source says it is not so",
    Stance.HEDGES: "reportedly, may have",
    Stance.UNACKNOWLEDGED: "the source passes over it",
}


def html_page(readings: Iterable[Reading]) -> Iterator[str]:
    """Yield one HTML document; the readings are held in memory, as its head counts them."""
    kept = tuple(readings)
    yield _head(kept)
    yield _masthead(kept)
    yield '<main id="main">\n'
    for number, reading in enumerate(kept, 1):
        yield _report(reading, number)
    if not kept:
        yield '<p class="none">No report was read.</p>\n'
    yield "</main>\n"
    yield _foot(kept)


@cache
def _asset(name: str) -> str:
    return (files("whoholds.export") / "data" / name).read_text(encoding="utf-8")


def _hashed(content: str) -> str:
    """Return the source expression of a block by its content (Content Security Policy Level 3, §2.3.1)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def _policy() -> str:
    rules = {
        "default-src": "'none'",
        "style-src": _hashed(_asset("page.css")),
        "script-src": _hashed(_asset("page.js")),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{directive} {allowed}" for directive, allowed in rules.items())


def _head(readings: Sequence[Reading]) -> str:
    title = name_of(readings[0].report) if len(readings) == 1 else counted(len(readings), "report")
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>{escaped(title)} · claims read by WhoHolds</title>
<link rel="icon" href="data:,">
<style>{_asset("page.css")}</style>
<script type="module">{_asset("page.js")}</script>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
"""


def _masthead(readings: Sequence[Reading]) -> str:
    meanings = "".join(
        f'<li class="{stance.value}"><span class="sign" aria-hidden="true">{SIGNS[stance]}</span> '
        f'<mark class="said {stance.value}">{stance.value}</mark> <span class="meaning">{meaning}</span></li>'
        for stance, meaning in _MEANINGS.items()
    )
    claims = sum(len(reading.extracted.claims) for reading in readings)
    return f"""<header class="masthead">
<h1>Who holds what, according to whom</h1>
<p class="caveat"><strong>{escaped(CAVEAT.capitalize())}.</strong> What is marked is what a source says, never that it is true.</p>
<p class="tally">{counted(len(readings), "report")} · {counted(claims, "claim")}</p>
<ul class="legend" aria-label="How stances are marked">{meanings}</ul>
<p class="taps">Tap marked words: what was read in them opens below.</p>
<p class="keys">Point at marked words, or <kbd>Tab</kbd> to a number: its claim opens beside the text.
<kbd>←</kbd> <kbd>→</kbd> go through the statements, <kbd>Enter</kbd> goes to the claim and back, <kbd>Esc</kbd> closes.</p>
{_index(readings)}</header>
"""


def _index(readings: Sequence[Reading]) -> str:
    if len(readings) < 2:  # noqa: PLR2004  one report needs no index
        return ""
    lines = "".join(
        f'<li><a href="#r{number}"><bdi>{escaped(name_of(reading.report))}</bdi></a> '
        f'<span class="count">{counted(len(reading.extracted.claims), "claim")}</span></li>'
        for number, reading in enumerate(readings, 1)
    )
    unfolded = " open" if len(readings) <= OPEN_INDEX else ""
    return f'<nav aria-label="Reports"><details{unfolded}><summary>Reports</summary><ol>{lines}</ol></details></nav>\n'


def _report(reading: Reading, number: int) -> str:
    report, found = reading.report, entries(reading)
    headline = "" if report.title else f'<h2 id="r{number}-name"><bdi>{escaped(name_of(report))}</bdi></h2>'
    day = day_words(report.published) if report.published else "undated"
    publisher = f"<bdi>{escaped(report.publisher)}</bdi>" if report.publisher else "publisher unknown"
    line = " · ".join(
        filter(None, [publisher if report.title else "", day, f"<bdi>{escaped(report_name(report))}</bdi>", _origin(report.url)])
    )
    return f"""<article class="report" id="r{number}" aria-labelledby="r{number}-name">
<div class="words" lang="{escaped(report.language)}">
<p class="byline">{line}</p>
{headline}
{marked_text(report, found, f"r{number}")}
</div>
{aside(found, f"r{number}", second_words(reading))}
</article>
"""


def _origin(url: str | None) -> str:
    """Link the original where its address is one of the web; no other scheme may be followed from here."""
    if not url or not url.lower().startswith(("https://", "http://")):
        return ""
    return f'<a class="original" href="{escaped(url)}" rel="noopener noreferrer nofollow external">original</a>'


def _foot(readings: Sequence[Reading]) -> str:
    places = [resolution.place for reading in readings for resolution in reading.resolutions.values() if resolution.place]
    origins = sorted({f"{place.origin} ({place.licence})" for place in places})
    made = sorted(
        {f"rules {e.version}, words {e.lexicon_hash}, parser {e.model}" for e in (reading.extracted.extraction for reading in readings)}
    )
    opinions = (reading.second_opinion.extracted.extraction for reading in readings if reading.second_opinion)
    made += sorted({f"{e.version}, prompt {e.lexicon_hash}, language model {e.model}" for e in opinions})
    data = f"<p>Place data: {escaped('; '.join(origins))}.</p>" if origins else ""
    read = f"<p>Read by: {escaped('; '.join(made))}.</p>" if made else ""
    return f"""<footer>
<p><strong>{escaped(CAVEAT.capitalize())}.</strong></p>
<p>Made on the reader's own machine, with no redaction and no delay: look through it before you pass it on.</p>
{data}{read}</footer>
</body>
</html>
"""
