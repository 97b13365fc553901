"""The situation report as one self-contained page: no script, no network, all that comes from reports escaped."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from whoholds.export.html_text import escaped
from whoholds.export.svg_map import Mark, key, svg_map
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
from whoholds.queries.table import Standing
from whoholds.queries.words import SAFETY, cited_words
from whoholds.taxonomy import Agreement, Feature, Holding


def sitrep_html(report: Sitrep) -> Iterator[str]:
    """Yield the situation report as one HTML document."""
    yield _head(report)
    yield f"""<header class="masthead">
<h1>{escaped(title(report))}</h1>
<p class="caveat"><strong>{escaped(SAFETY)}</strong> What stands here is what sources say, never that it is true.</p>
<p class="tally">{escaped(basis(report))}</p>
</header>
<main id="main">
"""
    yield _overview(report)
    yield _section("What changed", [change_entry(each) for each in report.changes], "No change of who holds a place was reported.")
    yield _section("Disputed and contested", [dispute_entry(each) for each in report.disputes], "No accounts conflict.")
    yield _section("Denied", denial_entries(report.denials), "Nothing was denied.")
    yield _section("Not acknowledged", [silence_entry(each) for each in report.silences], "No loss stands unacknowledged.")
    yield _table(report.places)
    yield _foot(report)


@cache
def _style() -> str:
    folder = files("whoholds.export") / "data"
    return "".join((folder / name).read_text(encoding="utf-8") for name in ("page.css", "sitrep.css"))


def _head(report: Sitrep) -> str:
    hashed = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{hashed}'; img-src data:; base-uri 'none'; form-action 'none'"
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>{escaped(title(report))} · WhoHolds</title>
<link rel="icon" href="data:,">
<style>{_style()}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
"""


def _overview(report: Sitrep) -> str:
    """Return the map and its legend; regions have no point of their own and stand in the table alone."""
    drawn = [row for row in report.places if row.place.feature is Feature.SETTLEMENT]
    groups = _groups(drawn)
    marks = [_mark(row, groups, report) for row in drawn]
    picture = svg_map(marks, f"Map of {len(drawn)} settlements by who is reported to hold them; the table below says the same in words")
    return f'<section class="overview">\n<div>{picture}</div>\n{_legend(drawn, groups)}</section>\n'


def _groups(rows: Sequence[Standing]) -> dict[str, int]:
    """Return a number for each side, the one that holds most first."""
    count: dict[str, int] = {}
    for row in rows:
        if side := _side(row):
            count[side] = count.get(side, 0) + 1
    return {side: number for number, side in enumerate(sorted(count, key=lambda side: (-count[side], side)))}


def _side(row: Standing) -> str:
    """Return the side that holds a place, by name; "" where nobody is known to, or several do."""
    if row.state.holding is not Holding.CONTROLLED or not row.holders:
        return ""
    return row.holders[0].side_name or row.holders[0].name


def _mark(row: Standing, groups: dict[str, int], report: Sitrep) -> Mark:
    news = {change.after.place.id for change in report.changes} | {dispute.standing.place.id for dispute in report.disputes}
    told = f"{place_name(row)}: {now_words(row)}; {how_words(row)}"
    turn = 0 if row.place.id in news else 2 if row.pale else 1
    return Mark(row.place.name, row.place.lat, row.place.lon, groups.get(_side(row)), told, turn, _conflicting(row), row.pale)


def _conflicting(row: Standing) -> bool:
    return row.state.agreement is Agreement.DISPUTED or row.state.holding in (Holding.CONTESTED, Holding.DIVIDED)


def _legend(rows: Sequence[Standing], groups: dict[str, int]) -> str:
    count = {side: sum(_side(row) == side for row in rows) for side in groups}
    lines = [f'<li>{key(number)} {escaped(side)} <span class="count">{count[side]}</span></li>' for side, number in groups.items()]
    if any(not _side(row) for row in rows):
        lines.append(f"<li>{key(None)} no one side: vacated, divided or unknown</li>")
    if any(map(_conflicting, rows)):
        lines.append(f'<li>{key(None, disputed=True)} <span class="meaning">ringed: disputed, divided or contested</span></li>')
    if any(row.pale for row in rows):
        lines.append(f'<li>{key(0, pale=True)} <span class="meaning">pale: from an imported map, no report since</span></li>')
    lines.append('<li><span class="meaning">Marks stand at settlements as a whole. Nothing is drawn between them.</span></li>')
    return f'<ul class="sides" aria-label="Sides and signs">{"".join(lines)}</ul>\n'


def _section(heading: str, entries: Sequence[Entry], none: str) -> str:
    body = f'<div class="entries">\n{"".join(map(_entry, entries))}</div>' if entries else f'<p class="none">{none}</p>'
    count = f' <span class="count">{len(entries)}</span>' if entries else ""
    return f"<section>\n<h2>{heading}{count}</h2>\n{body}\n</section>\n"


def _entry(entry: Entry) -> str:
    lines = [f"<h3><bdi>{escaped(entry.heading)}</bdi></h3>", f'<p class="now">{escaped(entry.now)}</p>']
    lines += [f'<p class="{name}">{escaped(words)}</p>' for name, words in (("was", entry.was), ("how", entry.how)) if words]
    lines.append(_cites(entry.told, entry.more))
    if entry.against:
        lines += ['<p class="against">Against it</p>', _cites(entry.against, 0)]
    disputed = " disputed" if entry.disputed else ""
    return f'<article class="entry{disputed}">\n{"".join(lines)}\n</article>\n'


def _cites(cited: Sequence[Cited], more: int) -> str:
    lines = [f"<li>{escaped(cited_words(one))}: <q><bdi>{escaped(one.quote)}</bdi></q>{_link(one.url)}</li>" for one in cited]
    if more:
        lines.append(f"<li>and {more} more</li>")
    return f'<ul class="cites">{"".join(lines)}</ul>' if lines else ""


def _link(url: str | None) -> str:
    """Link the original where its address is one of the web; no other scheme may be followed from here."""
    if not url or not url.lower().startswith(("https://", "http://")):
        return ""
    return f' <a href="{escaped(url)}" rel="noopener noreferrer nofollow external">original</a>'


def _table(rows: Sequence[Standing]) -> str:
    if not rows:
        return ""
    lines = "".join(map(_row, rows))
    return f"""<section>
<h2>Who holds what <span class="count">{len(rows)}</span></h2>
<div class="scroll"><table>
<thead><tr><th scope="col">Place</th><th scope="col">State</th><th scope="col">How it is known</th></tr></thead>
<tbody>
{lines}</tbody></table></div>
</section>
"""


def _row(row: Standing) -> str:
    cells = "".join(f"<td>{escaped(words)}</td>" for words in (now_words(row), how_words(row)))
    kind = ' class="pale"' if row.pale else ""
    return f"<tr{kind}><td><bdi>{escaped(place_name(row))}</bdi></td>{cells}</tr>\n"


def _foot(report: Sitrep) -> str:
    data = f"<p>Place data: {escaped('; '.join(report.place_data))}.</p>\n" if report.place_data else ""
    return f"""</main>
<footer>
<p><strong>{escaped(SAFETY)}</strong></p>
<p>Claims of where forces stand or go are left out. Persons without a public role are named as residents.
Where nothing was heard, it is not quiet.</p>
{data}</footer>
</body>
</html>
"""
