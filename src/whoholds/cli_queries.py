"""The verbs that ask a store: thin, over `whoholds.queries`, which is imported by the verb that needs it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

import click

from whoholds.cli_store import config_option, db_option, settings_of
from whoholds.errors import UsageError
from whoholds.taxonomy import Kind, Stance
from whoholds.terminal import pass_on_cache

if TYPE_CHECKING:
    from whoholds.fuse.views import View
    from whoholds.model import DateRange
    from whoholds.ports import Box
    from whoholds.queries.desk import Desk
    from whoholds.queries.who import Asked

Verb = Callable[..., int]


def query_options(verb: Verb) -> Verb:
    """Add what every query takes: the store, the settings, and JSON."""
    as_json = click.option("--json", "as_json", is_flag=True, help="Print the answer as one JSON object.")
    return db_option(as_json(config_option(verb)))


def _when_options(verb: Verb) -> Verb:
    known = click.option("--known-by", metavar="DAY", help="Only with what was published by this day.")
    view = click.option("--view", default="fused", show_default=True, metavar="VIEW", help="Whose account: fused, side:X or source:Y.")
    return known(view(verb))


@contextmanager
def opened(db: str | None, config: str | None) -> Iterator[Desk]:
    """Open the store for a query.

    Raises:
        UsageError: when a flag or the file of settings is off.
        StoreError: when there is no store, or it cannot be used.
    """
    from whoholds.queries.desk import open_desk  # noqa: PLC0415

    settings = settings_of(db, config)
    pass_on_cache(settings.cache_dir)
    with open_desk(settings) as desk:
        yield desk


def day_of(given: str | None, flag: str) -> date | None:
    """Return the day that a flag gives, None where it is not given.

    Raises:
        UsageError: when it is no day.
    """
    if given is None:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        message = f"{flag} {given}: is no day; write it as 2024-12-07"
        raise UsageError(message) from None


def _view(desk: Desk, given: str) -> View:
    from whoholds.queries.accounts import view_of  # noqa: PLC0415

    return view_of(desk, given)


def _today() -> date:
    from whoholds.ingest.reports import today  # noqa: PLC0415

    return today()


def _told(lines: Iterable[str]) -> int:
    for line in lines:
        click.echo(line)
    return 0


def _asked(desk: Desk, place: str, on: str | None, view: str, known_by: str | None) -> Asked:
    from whoholds.queries.who import Asked  # noqa: PLC0415

    return Asked(place, day_of(on, "--on") or _today(), _view(desk, view), day_of(known_by, "--known-by"))


@click.command("who", short_help="Say who holds a place on a day.")
@click.argument("place")
@click.option("--on", metavar="DAY", help="The day asked for (default: today).")
@_when_options
@query_options
def who_command(place: str, on: str | None, view: str, known_by: str | None, *, as_json: bool, **store: str | None) -> int:
    """Say who holds PLACE on a day, by which day that was so, how well it is supported, and who denies it.

    PLACE is a name or an id of the gazetteer. A view gives the account of one side or one source alone; where it has not
    spoken of the place, the answer says so. A place that nobody is known to hold shows the forces said to be near it.

    \b
    Examples:
      whoholds who Artouz --on 2024-12-07
      whoholds who Hama --on 2024-12-06 --known-by 2024-12-06
      whoholds who gn:172894 --on 2024-12-07 --view side:syria.government
      whoholds who Damascus --json
    """  # noqa: D301  click's mark for a block that is not re-wrapped
    with opened(store["db"], store["config"]) as desk:
        from whoholds.queries.documents import document  # noqa: PLC0415
        from whoholds.queries.telling import who_lines  # noqa: PLC0415
        from whoholds.queries.who import who  # noqa: PLC0415

        answer = who(desk, _asked(desk, place, on, view, known_by))
        return _told([document(answer)] if as_json else who_lines(answer))


@click.command("timeline", short_help="Show who held a place, state by state.")
@click.argument("place")
@_when_options
@query_options
def timeline_command(place: str, view: str, known_by: str | None, *, as_json: bool, **store: str | None) -> int:
    """Show all states of PLACE in order: since or by when, who held it, who denied it, how well it is supported.

    \b
    Examples:
      whoholds timeline Hama
      whoholds timeline "Deir ez-Zor" --view source:sohr
      whoholds timeline Artouz --json
    """  # noqa: D301  click's mark for a block that is not re-wrapped
    with opened(store["db"], store["config"]) as desk:
        from whoholds.queries.documents import document  # noqa: PLC0415
        from whoholds.queries.telling import timeline_lines  # noqa: PLC0415
        from whoholds.queries.timelines import timeline  # noqa: PLC0415

        answer = timeline(desk, place, _view(desk, view), day_of(known_by, "--known-by"))
        return _told([document(answer)] if as_json else timeline_lines(answer))


@click.command("explain", short_help="Say why a place is told to be held so.")
@click.argument("place")
@click.option("--on", metavar="DAY", help="The day asked for (default: today).")
@_when_options
@query_options
def explain_command(place: str, on: str | None, view: str, known_by: str | None, *, as_json: bool, **store: str | None) -> int:
    """Give the argument for the state of PLACE on a day: each claim with its words, its rules, who denies it and who dissents.

    \b
    Examples:
      whoholds explain Artouz --on 2024-12-07
      whoholds explain Hama --on 2024-12-06 --json
    """  # noqa: D301  click's mark for a block that is not re-wrapped
    with opened(store["db"], store["config"]) as desk:
        from whoholds.queries.documents import document  # noqa: PLC0415
        from whoholds.queries.explain import explain  # noqa: PLC0415
        from whoholds.queries.telling import explain_lines  # noqa: PLC0415

        answer = explain(desk, _asked(desk, place, on, view, known_by))
        return _told([document(answer)] if as_json else explain_lines(answer, _today()))


@click.command("claims", short_help="List claims by place, source, kind, day or words.")
@click.option("--conflict", metavar="ID", help="Of one war, as the registry calls it (syria).")
@click.option("--place", metavar="PLACE", help="About one place, a name or an id.")
@click.option("--inside", metavar="PLACE", help="About places in this area (a region or country), itself among them.")
@click.option("--box", metavar="W,S,E,N", help="About places in a box of degrees.")
@click.option("--polygon", metavar="WKT", help="About places in a polygon.")
@click.option("--source", metavar="NAME", help="By one source: an id of the registry, one of its names, or a name as reports write it.")
@click.option("--side", metavar="ID", help="By sources that speak for this side (syria.government).")
@click.option("--kind", "kinds", multiple=True, type=click.Choice([kind.value for kind in Kind]), help="Of this kind; may be repeated.")
@click.option("--stance", "stances", multiple=True, type=click.Choice([stance.value for stance in Stance]), help="With this stance.")
@click.option("--from", "first", metavar="DAY", help="Of events on or after this day.")
@click.option("--to", "last", metavar="DAY", help="Of events on or before this day.")
@click.option("--known-by", metavar="DAY", help="Published by this day.")
@click.option("--text", metavar="WORDS", help="With all these words in the quote or its names.")
@click.option("--after", metavar="N", type=click.IntRange(min=0), default=0, help="Go on after this number, as the page before says.")
@click.option("--limit", metavar="N", type=click.IntRange(min=1), default=25, show_default=True, help="At most so many.")
@query_options
def claims_command(kinds: tuple[str, ...], stances: tuple[str, ...], after: int, limit: int, *, as_json: bool, **given: str | None) -> int:
    """List the claims that satisfy every filter, in the order of recording, each with its source and its words.

    \b
    Examples:
      whoholds claims --place Hama --kind withdrawal --kind capture
      whoholds claims --inside "Rif Dimashq" --stance denies
      whoholds claims --source SOHR --from 2024-12-05 --to 2024-12-07 --json
      whoholds claims --side syria.government --text "countryside"
    """  # noqa: D301  click's mark for a block that is not re-wrapped
    with opened(given["db"], given["config"]) as desk:
        from whoholds.ports import ClaimFilter  # noqa: PLC0415
        from whoholds.queries.accounts import checked_side  # noqa: PLC0415
        from whoholds.queries.claims import Wanted, claims  # noqa: PLC0415
        from whoholds.queries.documents import document  # noqa: PLC0415
        from whoholds.queries.telling import claims_lines  # noqa: PLC0415

        chosen = ClaimFilter(
            conflict=given["conflict"],
            box=_box(given["box"]),
            polygon=given["polygon"],
            kinds=frozenset(map(Kind, kinds)),
            stances=frozenset(map(Stance, stances)),
            event=_days(given["first"], given["last"]),
            text=given["text"],
            known_by=day_of(given["known_by"], "--known-by"),
            after=after,
        )
        side = checked_side(desk, given["side"]) if given["side"] else None
        answer = claims(desk, Wanted(chosen, given["place"], given["inside"], given["source"], side, limit))
        return _told([document(answer)] if as_json else claims_lines(answer, _today()))


@click.command("diff", short_help="Show what changed between days, or differs between accounts.")
@click.option("--from", "first", metavar="DAY", help="The first day.")
@click.option("--to", "last", metavar="DAY", help="The last day (default: today).")
@click.option("--view", default="fused", show_default=True, metavar="VIEW", help="Whose account: fused, side:X or source:Y.")
@click.option("--between", nargs=2, metavar="VIEW VIEW", help="Compare two accounts on one day instead.")
@click.option("--on", metavar="DAY", help="The day on which accounts are compared (default: today).")
@query_options
def diff_command(
    first: str | None, last: str | None, view: str, between: tuple[str, str] | None, *, as_json: bool, **given: str | None
) -> int:
    """Show the places whose holder, dispute or encirclement changed from one day to another, or differ between two accounts.

    Two accounts are compared where both have spoken: silence is no contradiction.

    \b
    Examples:
      whoholds diff --from 2024-12-05 --to 2024-12-07
      whoholds diff --between side:syria.government side:syria.opposition --on 2024-12-07
      whoholds diff --from 2024-12-01 --view source:sohr --json
    """  # noqa: D301  click's mark for a block that is not re-wrapped
    if (first is None) == (between is None):
        raise UsageError("diff: give --from DAY (and --to DAY), or --between VIEW VIEW (and --on DAY)")
    if (between and last) or (first and given["on"]):
        raise UsageError("diff: --to goes with --from, and --on with --between")
    with opened(given["db"], given["config"]) as desk:
        from whoholds.queries.diff import Moment, diff  # noqa: PLC0415
        from whoholds.queries.documents import document  # noqa: PLC0415
        from whoholds.queries.telling import diff_lines  # noqa: PLC0415

        if between is not None:
            day = day_of(given["on"], "--on") or _today()
            one, other = (Moment(day, _view(desk, each)) for each in between)
        else:
            one, other = (
                Moment(day_of(first, "--from") or _today(), _view(desk, view)),
                Moment(day_of(last, "--to") or _today(), _view(desk, view)),
            )
        answer = diff(desk, one, other)
        return _told([document(answer)] if as_json else diff_lines(answer))


def _box(given: str | None) -> Box | None:
    from whoholds.ports import Box  # noqa: PLC0415

    if given is None:
        return None
    try:
        west, south, east, north = (float(part) for part in given.split(","))
    except ValueError:
        message = f"--box {given}: give four numbers, west,south,east,north, as in 35.5,32.5,37,34"
        raise UsageError(message) from None
    return Box(west, south, east, north)


def _days(first: str | None, last: str | None) -> DateRange | None:
    from whoholds.model import DateRange  # noqa: PLC0415

    begin, end = day_of(first, "--from"), day_of(last, "--to")
    if begin is None and end is None:
        return None
    if begin and end and end < begin:
        message = f"--from {begin} --to {end}: the last day precedes the first"
        raise UsageError(message)
    return DateRange(begin, end)
