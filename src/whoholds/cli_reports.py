"""The verbs that tell of a store as a whole, and the maps it may begin with: thin, over `whoholds.queries`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from whoholds.cli_queries import day_of, opened, query_options
from whoholds.cli_store import config_option, db_option, settings_of
from whoholds.errors import UsageError
from whoholds.terminal import pass_on_cache

if TYPE_CHECKING:
    from whoholds.export.records import Json
    from whoholds.queries.baseline import Baseline, Baselines, Imported


Verb = Callable[..., int]


@click.command("baseline", short_help="Import the map of a day, as one source's claims.")
@click.argument("file", metavar="[FILE]", required=False)
@click.option("--source", metavar="NAME", help="Whose map it is; it speaks under this name.")
@click.option("--list", "all_of_them", is_flag=True, help="List the baselines that stand.")
@click.option("--remove", metavar="NAME", help="Take back the baselines of this source (with --on, of that day alone).")
@click.option("--on", "day", metavar="DAY", help="With --remove: the day of the map (2024-11-26).")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as one JSON object.")
@db_option
@config_option
def baseline_command(
    file: str | None, source: str | None, db: str | None, config: str | None, *, as_json: bool, all_of_them: bool, **asked: str | None
) -> int:
    """Import FILE, a CSV or GeoJSON of who held which place on a day, as claims of the source NAME.

    Each row has place (a name, or an id such as gn:170063), holder (a force or body as the registry names it) and date; country
    (a name or code) tells places of one name apart, source and note say where the row comes from. A file with a wrong row
    is refused as a whole, with the lines named.

    A baseline weighs nothing: whatever is reported later ends it, and it is shown pale. A file of the same source and
    day takes the place of the earlier one. What is removed stays in the store for audit and speaks no more.

    \b
    Examples:
      whoholds baseline map.csv --source "Desk map"
      whoholds baseline --list
      whoholds baseline --remove "Desk map" --on 2024-11-26
    """  # noqa: D301  click's mark for a block that is not re-wrapped
    removed, day = asked["remove"], day_of(asked["day"], "--on")
    _check_mode(file, removed, listed=all_of_them, day=day)
    settings = settings_of(db, config)
    pass_on_cache(settings.cache_dir)
    from whoholds.queries import open_desk  # noqa: PLC0415
    from whoholds.queries.baseline import Baselines  # noqa: PLC0415

    with open_desk(settings, create=file is not None) as desk:
        baselines = Baselines(desk.store, desk.places, desk.registry)
        if file is not None:
            imported = _imported(baselines, Path(file).expanduser(), source)
            click.echo(_document(imported) if as_json else "\n".join(_import_lines(imported)))
            return 0
        found = baselines.remove(removed, day) if removed else baselines.listed()
    click.echo(_document({"removed" if removed else "baselines": found}) if as_json else "\n".join(_lines(found, removed)))
    return 0


_CONFLICT = "The war, by its id in the registry (syria)."


def _conflict_option(verb: Verb) -> Verb:
    return click.option("--conflict", metavar="ID", help=_CONFLICT)(verb)


@click.command("table", short_help="List who held what on a day.")
@click.option("--on", metavar="DAY", help="The day asked for (default: today).")
@click.option("--known-by", metavar="DAY", help="Only with what was published by this day (default: the day asked for).")
@click.option("--view", default="fused", show_default=True, metavar="VIEW", help="Whose account: fused, side:X or source:Y.")
@_conflict_option
@query_options
def table_command(on: str | None, known_by: str | None, view: str, conflict: str | None, *, as_json: bool, **store: str | None) -> int:
    """List every place with who held it on a day, by which day that was so, whether accounts agree, and how well it is supported.

    It says what could be known on that day; --known-by takes in what was published later.

    \b
    Examples:
      whoholds table --on 2024-12-07
      whoholds table --on 2024-12-07 --conflict syria --view side:syria.government
      whoholds table --on 2024-12-01 --known-by 2024-12-31 --json
    """  # noqa: D301  click's mark for a block that is not re-wrapped
    with opened(store["db"], store["config"]) as desk:
        from whoholds.queries.accounts import view_of  # noqa: PLC0415
        from whoholds.queries.report_lines import table_lines  # noqa: PLC0415
        from whoholds.queries.table import table  # noqa: PLC0415

        answer = table(desk, day_of(on, "--on") or _today(), conflict, view_of(desk, view), day_of(known_by, "--known-by"))
        return _told(answer, table_lines(answer), as_json=as_json)


@click.command("coverage", short_help="Count what was heard of each place.")
@click.option("--on", metavar="DAY", help="The last day (default: today).")
@click.option("--days", type=click.IntRange(1, 3650), default=7, show_default=True, help="How many days back.")
@_conflict_option
@query_options
def coverage_command(on: str | None, days: int, conflict: str | None, *, as_json: bool, **store: str | None) -> int:
    """Count the reports and sides heard of each place in the days up to DAY: a place of which nothing is heard is not quiet.

    \b
    Examples:
      whoholds coverage --on 2024-12-07
      whoholds coverage --on 2024-12-07 --days 14 --conflict syria --json
    """  # noqa: D301  click's mark for a block that is not re-wrapped
    with opened(store["db"], store["config"]) as desk:
        from whoholds.queries.coverage import coverage  # noqa: PLC0415
        from whoholds.queries.report_lines import coverage_lines  # noqa: PLC0415

        answer = coverage(desk, day_of(on, "--on") or _today(), days, conflict)
        return _told(answer, coverage_lines(answer), as_json=as_json)


@click.command("sources", short_help="Say what each source claimed, and how it fared.")
@click.option("--known-by", metavar="DAY", help="Only with what was published by this day (default: today).")
@click.option("--limit", metavar="N", type=click.IntRange(min=1), default=50, show_default=True, help="The N that claimed most.")
@_conflict_option
@query_options
def sources_command(known_by: str | None, limit: int, conflict: str | None, *, as_json: bool, **store: str | None) -> int:
    """Say of each organisation and office-holder how much it claimed, against its side's interest, borne out or contradicted by others.

    Borne out means that another source of no allied side said so too, on the same day or later; contradicted, that one
    spoke against it. Neither says who was right. Private persons have no profile; their claims are counted together.

    \b
    Examples:
      whoholds sources --conflict syria
      whoholds sources --known-by 2024-12-07 --json
    """  # noqa: D301  click's mark for a block that is not re-wrapped
    with opened(store["db"], store["config"]) as desk:
        from whoholds.queries.report_lines import sources_lines  # noqa: PLC0415
        from whoholds.queries.sources import sources  # noqa: PLC0415

        answer = sources(desk, day_of(known_by, "--known-by") or _today(), conflict, limit)
        return _told(answer, sources_lines(answer), as_json=as_json)


@click.command("sitrep", short_help="Write the situation report of a day.")
@click.option("--on", metavar="DAY", help="The last day of the report (default: today).")
@click.option("--days", type=click.IntRange(1, 366), default=1, show_default=True, help="How many days it covers.")
@_conflict_option
@click.option("--format", "form", type=click.Choice(["md", "html"]), default="md", show_default=True, help="Markdown, or one page of HTML.")
@click.option("--output", "--out", "-o", metavar="PATH", help="Write to this file instead of the terminal; it appears only when complete.")
@query_options
def sitrep_command(on: str | None, days: int, form: str, output: str | None, *, as_json: bool, **asked: str | None) -> int:
    """Write what changed, what is disputed, denied and not acknowledged, each with its sources and their words, and who holds what.

    It says what could be known on its last day. The page asks nothing of any network; its map is drawn from the places.

    \b
    Examples:
      whoholds sitrep --on 2024-12-07
      whoholds sitrep --on 2024-12-07 --days 3 --conflict syria --format html --out sitrep.html
    """  # noqa: D301  click's mark for a block that is not re-wrapped
    if as_json and form != "md":
        raise UsageError("sitrep: --json and --format html do not go together; leave one out")
    with opened(asked["db"], asked["config"]) as desk:
        from whoholds.queries.documents import document  # noqa: PLC0415
        from whoholds.queries.sitrep import sitrep  # noqa: PLC0415
        from whoholds.queries.sitrep_html import sitrep_html  # noqa: PLC0415
        from whoholds.queries.sitrep_markdown import sitrep_markdown  # noqa: PLC0415

        answer = sitrep(desk, day_of(on, "--on") or _today(), days, asked["conflict"])
        lines = (f"{line}\n" for line in sitrep_markdown(answer))
        pieces = [document(answer), "\n"] if as_json else sitrep_html(answer) if form == "html" else lines
        with written_to(output) as stream:
            stream.writelines(pieces)
    return 0


def _today() -> date:
    return datetime.now(UTC).date()


def _told(answer: object, lines: Iterable[str], *, as_json: bool) -> int:
    from whoholds.queries.documents import document  # noqa: PLC0415

    for line in [document(answer)] if as_json else lines:
        click.echo(line)
    return 0


@contextmanager
def written_to(output: str | None) -> Iterator[TextIO]:
    """Give the stream to write to; a file is put in its place only when all was written.

    Raises:
        UsageError: when the file cannot be written.
    """
    if output is None:
        yield sys.stdout
        return
    target = Path(output).expanduser().resolve()
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", errors="replace") as stream:
            yield stream
        part.replace(target)
    except OSError as error:
        message = f"--output {output}: cannot be written ({error.strerror or error}); name a file in a folder that is there"
        raise UsageError(message) from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _check_mode(file: str | None, removed: str | None, *, listed: bool, day: date | None) -> None:
    modes = [name for name, given in (("FILE", file is not None), ("--list", listed), ("--remove", removed is not None)) if given]
    if len(modes) != 1:
        message = (
            f"baseline: {' and '.join(modes) or 'neither file nor flag'} given; give a file with --source NAME, or --list, or --remove NAME"
        )
        raise UsageError(message)
    if day is not None and removed is None:
        raise UsageError("baseline --on: goes with --remove alone; the days of a file stand in its rows")


def _imported(baselines: Baselines, file: Path, source: str | None) -> Imported:
    from whoholds.errors import BadRecordError  # noqa: PLC0415
    from whoholds.queries.baseline_files import read_rows  # noqa: PLC0415

    if source is None:
        raise UsageError("baseline: --source is missing; name whose map it is, as in --source 'Desk map'")
    given = read_rows(file, datetime.now(UTC).date())
    try:
        return baselines.add(given, source)
    except BadRecordError as error:
        message = f"{file}: {error}"
        raise BadRecordError(message) from None


def _document(answer: object) -> str:
    from whoholds.export import CAVEAT  # noqa: PLC0415
    from whoholds.export.records import plain, written  # noqa: PLC0415

    found: Json = plain(answer)
    return written({"note": CAVEAT, **found} if isinstance(found, dict) else found, indent=1)


def _import_lines(imported: Imported) -> list[str]:
    told = [f"{each.source}, {each.day}: {each.places:,} places" for each in imported.kept]
    told += [f"  takes the place of the one with {each.places:,} places" for each in imported.replaced]
    return [*told, "  known already: nothing changed"] if imported.known == len(imported.kept) and not imported.replaced else told


def _lines(found: Sequence[Baseline], removed: str | None) -> list[str]:
    if not found:
        return ["no baseline stands; `whoholds baseline FILE --source NAME` imports one"]
    return [f"{'removed  ' if removed else ''}{each.source}, {each.day}: {each.places:,} places" for each in found]
