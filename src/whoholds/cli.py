"""The command: thin verbs over the pipeline. Heavy parts are imported by the verb that needs them."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from whoholds import __version__
from whoholds.cli_exports import export_command, import_command
from whoholds.cli_places import gazetteer_group, locate_command
from whoholds.cli_queries import claims_command, diff_command, explain_command, timeline_command, who_command
from whoholds.cli_reports import baseline_command, coverage_command, sitrep_command, sources_command, table_command
from whoholds.cli_second_opinion import exit_code, second_opinion_notice
from whoholds.cli_serve import serve_command
from whoholds.cli_store import backup_command, config_option, db_option, ingest_command, migrate_command, settings_of
from whoholds.errors import SetupError, UsageError, WhoHoldsError
from whoholds.terminal import complain, counted, discard, pass_on_cache

if TYPE_CHECKING:
    from whoholds.installation import Check
    from whoholds.model import Failure, Reading

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells count it."""

Writer = Callable[["Iterable[Reading]"], Iterator[str]]

_EPILOG = """\b
Examples:
  whoholds read report.txt
  whoholds read report.txt --published 2024-12-07 --publisher "Shafaq News"
  whoholds read reports.jsonl --format geojson --output claims.geojson
  pbpaste | whoholds read -
  whoholds doctor

\b
Exit codes: 0 done; 2 a flag or argument is off; 3 some input could not be read
(what could be is printed); 4 a part of the installation is missing; 5 shipped or
user data is malformed; 1 any other error; 130 interrupted.

Everything works with no network. No text leaves this machine, unless you ask for a second
opinion from a language model elsewhere (read --second-opinion FILE)."""


class Format(StrEnum):
    """What `read` prints."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    EVAL = "eval"
    GEOJSON = "geojson"
    HTML = "html"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; every error is one line on standard error, never a traceback."""
    try:
        status = commands.main(args=None if arguments is None else list(arguments), prog_name="whoholds", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except (BrokenPipeError, SystemExit):
        # The reader of our output has gone (`| head`): nothing is wrong, and Python must not flush at exit. Click turns
        # a broken pipe into SystemExit, and nothing else, as it does not stand alone here.
        discard(sys.stdout)
        return 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return UsageError.exit_code
    except click.ClickException as error:
        complain(f"{error.format_message()} (see whoholds --help)")
        return UsageError.exit_code
    except (click.Abort, KeyboardInterrupt):
        complain("interrupted")
        return INTERRUPTED
    except WhoHoldsError as error:
        complain(str(error))
        return error.exit_code
    except OSError as error:
        # Most often the output: a full disk, a terminal that is gone.
        complain(f"{error.filename or 'the output'}: cannot be used ({error.strerror or error}); is there space on the disk?")
        discard(sys.stdout)
        return WhoHoldsError.exit_code
    return status if isinstance(status, int) else 0


@click.group(epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 90})
@click.version_option(__version__, "--version", prog_name="whoholds", message="%(prog)s %(version)s")
def commands() -> None:
    """Who holds what, since when, according to whom, and who denies it.

    WhoHolds reads news reports on a war and shows each claim in them on military presence or control: what each source
    says, about which place, when, how certainly, and the words that carry it.
    """


@commands.command("read", short_help="Read reports and show the claims in them.")
@click.argument("sources", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in Format]),
    default=Format.TABLE.value,
    show_default=True,
    help="table for people; json, jsonl with all fields; geojson for maps; html for a page to read; eval for the scorer.",
)
@click.option("--explain", is_flag=True, help="Draw each report with what every claim used marked under the words, and its rule.")
@click.option("--published", metavar="DAY", help="Day of publication (2024-12-07), for reports that do not say; wins over a dateline.")
@click.option("--publisher", metavar="NAME", help="Who printed the reports, where they do not say; wins over a dateline.")
@click.option("--output", "-o", metavar="PATH", help="Write to this file instead of the terminal; it appears only when complete.")
@click.option("--config", metavar="PATH", help="Settings in TOML (default: WHOHOLDS_CONFIG, or the user's configuration folder).")
@click.option("--model", metavar="NAME", help="spaCy model: a package or a directory (default: the best that is installed).")
@click.option(
    "--second-opinion/--no-second-opinion",
    "second",
    default=None,
    help="Also ask a language model, and show what stands in the text beside the rules' claims, marked (default: as set, else not).",
)
def read_command(
    sources: tuple[str, ...], form: str, output: str | None, *, explain: bool, second: bool | None, **known: str | None
) -> int:
    """Read each FILE, or standard input for -, and show the claims found.

    FILE is plain text (publisher and date are taken from a header or a dateline like "BEIRUT, Dec 7 (Reuters) -"),
    JSON, or JSON Lines with records {id, outlet or publisher, published, title, url, text}.

    The table shows, for each claim: stance (asserts, denies, hedges, unacknowledged), kind and source with its role;
    actor → place, as the text calls it and as the gazetteer knows it, or [no pin] where no place is sure enough; the day
    of the event; a stated distance beside the measured one; and the words that carry it all.

    A second opinion is never needed. It is asked of the OpenAI-compatible server at WHOHOLDS_SECOND_OPINION_URL (by default
    http://127.0.0.1:8080/v1, on this machine), of the model WHOHOLDS_SECOND_OPINION_MODEL, with the key, if any, in
    WHOHOLDS_SECOND_OPINION_KEY. What it proposes is kept only where quote, place and source stand in the report; each claim
    then says who found it. It needs pip install 'whoholds[second-opinion]', and goes with table, --explain, html, json, jsonl.

    \b
    Examples:
      whoholds read report.txt --published 2024-12-07
      whoholds read report.txt --second-opinion
      whoholds read report.txt --explain
      whoholds read report.txt --format html --output report.html
      whoholds read reports.jsonl --format jsonl | jq .claims
    """  # noqa: D301  click's mark for a block that is not re-wrapped
    from whoholds.config import load_settings  # noqa: PLC0415
    from whoholds.pipeline import checked_published, read_reports  # noqa: PLC0415
    from whoholds.ports import Hints  # noqa: PLC0415

    if explain and form != Format.TABLE:
        message = f"--explain: is drawn in the terminal and does not go with --format {form}; leave one out (html shows the same on a page)"
        raise UsageError(message)
    _check_output(output, sources)
    _check_publisher(known["publisher"])
    settings = load_settings({"model": known["model"], "second_opinion": second}, path=_path(known["config"], "--config"))
    if notice := second_opinion_notice(settings, form):
        complain(notice)
    stated = known["published"]
    day = checked_published(stated).day if stated is not None else None
    pass_on_cache(settings.cache_dir)
    failures: list[Failure] = []
    with counted("reports read", shown=_counts(sources, output)) as tick:
        outcomes = read_reports(sources, Hints(publisher=known["publisher"], published=day), settings)
        _write(_readings(outcomes, failures, tick), None if explain else Format(form), output, failures)
    for failure in failures:
        complain(f"{failure.report}: {failure.error}")
    return exit_code(failures)


@commands.command("evaluate", short_help="Measure the reading against annotated reports.")
@click.argument("gold", metavar="GOLD[,MORE]")
@click.option(
    "--errors", type=click.IntRange(min=0), default=0, metavar="N", help="Print the first N misses and false claims on standard error."
)
@click.option("--json", "as_json", is_flag=True, help="Print all figures as JSON.")
@click.option("--page", metavar="FILE", help="Write one HTML page of what was read wrong, with the texts.")
@click.option("--floors", metavar="FILE", help="Fail where a figure lies below its floor in this TOML file.")
@click.option("--aliases", metavar="DIR", help="Folder of alias tables (default: that of GOLD, or the one above it, if they are there).")
@click.option("--config", metavar="PATH", help="Settings in TOML.")
@click.option("--model", metavar="NAME", help="spaCy model: a package or a directory.")
def evaluate_command(gold: str, errors: int, *, as_json: bool, **named: str | None) -> int:
    """Read the texts of an annotated set and show how much agrees with its annotations.

    GOLD is NAME.gold.jsonl, with the texts in NAME.in.jsonl beside it. Several sets, with commas between, are measured as one.
    """
    from whoholds.config import load_settings  # noqa: PLC0415
    from whoholds.evaluate.command import Wanted, files, measured  # noqa: PLC0415

    paths = {flag: _path(named[flag], f"--{flag}") for flag in ("floors", "aliases", "config")}
    page = named["page"]
    if page is not None:
        _check_output(page, files(gold), "--page")
    settings = load_settings({"model": named["model"]}, path=paths["config"])
    pass_on_cache(settings.cache_dir)
    result = measured(Wanted(gold, paths["aliases"], paths["floors"], errors, as_json), settings)
    click.echo("\n".join(result.shown))
    if page is not None:
        with _opened(page, "--page") as stream:
            stream.writelines(result.page)
    for line in result.differences:
        click.echo(line, err=True)
    for line in result.complaints:
        complain(line)
    return result.exit_code


@commands.command("doctor", short_help="Say what is installed, and what to do about what is not.")
@db_option
@config_option
def doctor_command(db: str | None, config: str | None) -> int:
    """Check Python, packages, language model, place data, cache and store, each with its remedy; exit 4 where one is missing."""
    from whoholds.installation import Status, diagnose  # noqa: PLC0415

    settings = settings_of(db, config)
    checks = [*diagnose(settings.model, settings.cache_dir), *_store_checks(settings.db)]
    width = max(len(check.name) for check in checks)
    for check in checks:
        click.echo(f"{check.status.value.upper():4}  {check.name:{width}}  {check.detail}")
        if check.remedy:
            click.echo(f"{'':4}  {'':{width}}  → {check.remedy}")
    return SetupError.exit_code if any(check.status is Status.FAIL for check in checks) else 0


@commands.command("setup-model", short_help="Install the language model, pinned by its hash.")
def setup_model_command() -> int:
    """Install the English language model into this environment, unless a good one is there; the one step that uses a network."""
    from whoholds.config import load_settings  # noqa: PLC0415
    from whoholds.installation import ensure_model  # noqa: PLC0415

    found = ensure_model(load_settings().model)
    click.echo(f"{found.name} {found.version} in {found.path}")
    return 0


commands.add_command(locate_command)
commands.add_command(gazetteer_group)
commands.add_command(ingest_command)
commands.add_command(baseline_command)
commands.add_command(backup_command)
commands.add_command(migrate_command)
commands.add_command(who_command)
commands.add_command(timeline_command)
commands.add_command(claims_command)
commands.add_command(explain_command)
commands.add_command(diff_command)
commands.add_command(export_command)
commands.add_command(import_command)
commands.add_command(table_command)
commands.add_command(sitrep_command)
commands.add_command(coverage_command)
commands.add_command(sources_command)
commands.add_command(serve_command)


def _path(given: str | None, flag: str) -> Path | None:
    try:
        return Path(given).expanduser() if given else None
    except RuntimeError:
        message = f"{flag} {given}: there is no such home folder; write the path in full"
        raise UsageError(message) from None


def _store_checks(db: str) -> Sequence[Check]:
    """Check the store, where there is one; where its library is missing, that has been said already."""
    from whoholds.installation import Check, Status  # noqa: PLC0415

    if "://" not in db and not Path(db).exists():
        return [Check("store", Status.OK, f"none yet in {db}")]
    try:
        from whoholds.store.diagnosis import diagnose_store  # noqa: PLC0415
    except ImportError:
        return ()
    return list(diagnose_store(db))


def _readings(outcomes: Iterable[Reading | Failure], failures: list[Failure], tick: Callable[[], None]) -> Iterator[Reading]:
    """Yield the readings; keep the failures for the end, so that they do not tear the output apart."""
    from whoholds.model import Reading  # noqa: PLC0415

    for outcome in outcomes:
        tick()
        if isinstance(outcome, Reading):
            yield outcome
        else:
            failures.append(outcome)


def _write(readings: Iterator[Reading], form: Format | None, output: str | None, failures: Sequence[Failure]) -> None:
    """Write the readings, explained where no format is given; nothing at all, and no file, where every input failed."""
    first = next(readings, None)
    if first is None and failures:
        return
    with _opened(output) as stream:
        for piece in _writer(form, stream)(chain([first] if first else [], readings)):
            stream.write(piece)


def _writer(form: Format | None, stream: TextIO) -> Writer:
    from whoholds.export import evaluation, explain, geojson, html_page, records, table, wording  # noqa: PLC0415

    on_terminal = stream.isatty()
    width = shutil.get_terminal_size((wording.WIDTH, 24)).columns if on_terminal or "COLUMNS" in os.environ else wording.WIDTH
    look = wording.Look(width, colour=on_terminal and not os.environ.get("NO_COLOR"))
    writers: dict[Format | None, Writer] = {
        None: lambda readings: explain.explanation(readings, look),
        Format.TABLE: lambda readings: table.table(readings, look),
        Format.JSON: records.json_document,
        Format.JSONL: records.json_lines,
        Format.EVAL: evaluation.evaluation_lines,
        Format.GEOJSON: geojson.geojson_document,
        Format.HTML: html_page.html_page,
    }
    return writers[form]


def _check_publisher(given: str | None) -> None:
    try:
        (given or "").encode()
    except UnicodeEncodeError:
        raise UsageError("--publisher: these bytes are no UTF-8; set the terminal to UTF-8") from None


def _check_output(output: str | None, sources: Sequence[str], flag: str = "--output") -> None:
    """Refuse, before anything is read, an output that nothing can come of, or that would be the end of an input."""
    if output is None:
        if sys.stdout is None:
            raise WhoHoldsError("standard output is closed; let --output name a file")
        return
    path = _path(output, flag)
    if path is None or path.is_dir():
        message = f"{flag} {output}: cannot be written ({'it is a directory' if path else 'no name given'}); name a file"
        raise UsageError(message)
    for source in sources:
        with suppress(OSError, ValueError):
            if path.is_file() and path.samefile(source):
                message = f"{flag} {output}: this is also an input; name another file"
                raise UsageError(message)


@contextmanager
def _opened(output: str | None, flag: str = "--output") -> Iterator[TextIO]:
    """Give the stream to write to; a file is put in its place only when all was written."""
    path = _path(output, flag)
    if path is None:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", errors="replace")
        yield sys.stdout
        sys.stdout.flush()
        return
    # Through a link to its file; and what is no file (a pipe, /dev/null) is written to, never replaced.
    target = path.resolve()
    mode = target.stat().st_mode if target.exists() else None
    whole = mode is None or stat.S_ISREG(mode)
    written = target.with_name(f"{target.name}.{os.getpid()}.part") if whole else target
    try:
        with written.open("w", encoding="utf-8", errors="replace") as stream:
            if whole and mode is not None:
                written.chmod(stat.S_IMODE(mode))
            yield stream
        if whole:
            written.replace(target)
    except OSError as error:
        if error.filename not in {None, str(written), str(target)}:
            raise
        message = f"{flag} {output}: cannot be written ({error.strerror or error})"
        raise UsageError(message) from None
    finally:
        if whole:
            with suppress(OSError):
                written.unlink(missing_ok=True)


def _counts(sources: Sequence[str], output: str | None) -> bool:
    """Tell whether the reports read are counted: where there may be several, and where the results do not run over the count."""
    several = len(sources) > 1 or any(not source.endswith(".txt") for source in sources)
    return several and not (output is None and sys.stdout.isatty())
