"""The verbs that carry a store's content out and in: thin, over `whoholds.queries`, imported by the verb that needs it."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whoholds.cli_store import config_option, db_option, settings_of
from whoholds.errors import StoreReadOnlyError, UsageError
from whoholds.terminal import complain, counted, pass_on_cache, replaced

if TYPE_CHECKING:
    from whoholds.queries.desk import Desk
    from whoholds.queries.selection import Scope


class Format(StrEnum):
    """What `export` writes."""

    GEOJSON = "geojson"
    GEOPARQUET = "geoparquet"
    KML = "kml"
    ACLED = "acled"
    VIINA = "viina"
    GED = "ged"
    ACCESS = "access"
    JSONL = "jsonl"


MAPS = frozenset((Format.GEOJSON, Format.GEOPARQUET, Format.KML))
VIEWED = MAPS | {Format.VIINA, Format.ACCESS}
DATED = MAPS | {Format.ACLED, Format.VIINA}


@click.command("export", short_help="Write states and claims for other programs.")
@click.argument("form", metavar="FORMAT", type=click.Choice([form.value for form in Format]))
@click.option("--out", metavar="FILE", required=True, help="The file to write; it appears only when complete.")
@click.option("--on", metavar="DAY", help="What holds, or happened, on this day.")
@click.option("--from", "first", metavar="DAY", help="From this day on.")
@click.option("--to", "last", metavar="DAY", help="Up to this day.")
@click.option("--view", "views", metavar="VIEW", multiple=True, help="Whose account: fused, side:ID or source:ID; may be repeated.")
@click.option("--only", type=click.Choice(["states", "claims"]), help="Maps of states alone, or of claims alone.")
@click.option("--every-day", is_flag=True, help="viina: a line for every place and day, not for changes alone.")
@click.option("--complete", is_flag=True, help="With names of private persons and claims of any age: for this desk, not to be passed on.")
@db_option
@config_option
def export_command(
    form: str, out: str, db: str | None, config: str | None, *, every_day: bool, complete: bool, **chosen: str | tuple[str, ...] | None
) -> int:
    """Write what the store holds to FILE, for other programs.

    FORMAT is geojson, geoparquet or kml (maps of states and claims), acled, viina or ged (CSV in the shape of these data
    sets), access (holders per P-code; XLSX where FILE ends so), or jsonl (the whole model, for whoholds import).

    Claims of positions, deployments and ways younger than 72 hours are left out and counted (setting export_delay_hours);
    private persons are called "a resident of" their place, in quotes too; facilities are drawn at their settlement.
    A CSV has its description beside it, in FILE-metadata.json.

    \b
    Examples:
      whoholds export geojson --out map.geojson --on 2024-12-07
      whoholds export acled --out events.csv --from 2024-11-27 --to 2024-12-08
      whoholds export viina --out control.csv --view fused --view side:syria.government
      whoholds export access --out access.xlsx --on 2024-12-07
      whoholds export jsonl --out store.jsonl
    """  # noqa: D301  click's mark for a block that is not re-wrapped
    from whoholds.queries import open_desk  # noqa: PLC0415
    from whoholds.queries.exporting import Order, write_export  # noqa: PLC0415

    chosen_form = Format(form)
    _check_fit(chosen_form, every_day=every_day, chosen=chosen)
    scope = _scope(chosen, every_day=every_day)
    settings = settings_of(db, config)
    if "://" not in settings.db and Path(settings.db).exists() and Path(out).exists() and Path(out).samefile(settings.db):
        message = f"--out {out}: this is the store itself; name another file"
        raise UsageError(message)
    pass_on_cache(settings.cache_dir)
    with open_desk(settings) as desk:
        _check_views(desk, scope)
        with counted("places fused", shown=True) as tick:
            try:
                desk.refresh(tick)
            except StoreReadOnlyError:
                complain("the store cannot be written to: states are those that were made last")
        delay = None if complete else settings.export_delay_hours
        order = Order(chosen_form.value, out, scope, only=_one(chosen["only"]), delay_hours=delay, now=datetime.now(UTC))
        with replaced(out, "--out") as part:
            summary = write_export(desk, order, part)
    for line in summary:
        click.echo(line)
    if complete:
        complain("complete: with the names of private persons and where forces are now; keep this file at your desk")
    return 0


@click.command("import", short_help="Read an export of the whole model into the store.")
@click.argument("file", metavar="FILE")
@db_option
@config_option
def import_command(file: str, db: str | None, config: str | None) -> int:
    """Read FILE, which `whoholds export jsonl` wrote, into the store; what is kept already changes nothing.

    States are made anew from the claims when they are next asked for. An import that was interrupted is repeated with the
    same command.

    \b
    Examples:
      whoholds import store.jsonl
      whoholds import store.jsonl --db postgresql://desk@db.example/war
    """  # noqa: D301  click's mark for a block that is not re-wrapped
    from whoholds.ingest.model_lines import opened_model  # noqa: PLC0415
    from whoholds.queries.transfer import import_entries  # noqa: PLC0415
    from whoholds.store import open_store  # noqa: PLC0415

    settings = settings_of(db, config)
    count: Counter[str] = Counter()
    with opened_model(file) as entries, open_store(settings.db, create=True) as store, counted("entries", shown=True) as tick:
        for outcome in import_entries(entries, store):
            tick()
            count[outcome] += 1
        shown = store.database.name
    click.echo(f"{shown}: {count['new'] + count['known'] + count['reread']:,} reports")
    click.echo(f"  new {count['new']:,} · known {count['known']:,} · read anew {count['reread']:,}")
    click.echo(f"  reviews {count['review']:,} · failures {count['failure']:,}")
    return 0


def _check_fit(form: Format, *, every_day: bool, chosen: dict[str, str | tuple[str, ...] | None]) -> None:
    """Refuse an option that the format has no use for.

    Raises:
        UsageError: naming it, and the formats that have.
    """
    days = [name for name, given in (("--from", chosen["first"]), ("--to", chosen["last"])) if given is not None]
    wrong = [
        ("--every-day", every_day, {Format.VIINA}),
        ("--only", chosen["only"] is not None, MAPS),
        ("--view", bool(chosen["views"]), VIEWED),
        ("--on", chosen["on"] is not None, DATED | {Format.ACCESS}),
        *((name, True, DATED) for name in days),
    ]
    for option, given, fitting in wrong:
        if given and form not in fitting:
            message = f"{option}: has no meaning for {form.value}; it goes with {', '.join(sorted(fitting))}"
            raise UsageError(message)
    if form is Format.ACCESS and len(chosen["views"] or ()) > 1:
        raise UsageError("--view: the access table shows one view; write a table for each")


def _scope(chosen: dict[str, str | tuple[str, ...] | None], *, every_day: bool) -> Scope:
    from whoholds.fuse.views import view_named  # noqa: PLC0415
    from whoholds.model import DateRange  # noqa: PLC0415
    from whoholds.queries.selection import Scope  # noqa: PLC0415

    on, first, last = (_day(_one(chosen[key]), flag) for key, flag in (("on", "--on"), ("first", "--from"), ("last", "--to")))
    if on and (first or last):
        raise UsageError("--on: goes without --from and --to; leave one out")
    if first and last and last < first:
        message = f"--to {last}: lies before --from {first}"
        raise UsageError(message)
    days = DateRange(on, on) if on else DateRange(first, last) if first or last else None
    return Scope(days, tuple(map(view_named, chosen["views"] or ())), every_day)


def _check_views(desk: Desk, scope: Scope) -> None:
    """Refuse a view that nobody can have: of a side or source that neither the registry nor the store knows."""
    kept: frozenset[str] = frozenset()
    for view in scope.views:
        if view.subject and view.subject not in desk.registry.sides and view.subject not in desk.registry.sources:
            kept = kept or frozenset(desk.store.every_view())
            if view.name not in kept:
                known = ", ".join(name for name in sorted(kept) if name.startswith("side:")) or "none yet"
                message = f"--view {view.name}: nobody of that name has spoken; the sides that have are {known}"
                raise UsageError(message)


def _day(given: str | None, flag: str) -> date | None:
    if given is None:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        message = f"{flag} {given}: must be a day like 2024-12-07"
        raise UsageError(message) from None


def _one(given: str | tuple[str, ...] | None) -> str | None:
    return given if isinstance(given, str) else None
