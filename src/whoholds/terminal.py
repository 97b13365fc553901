"""What every verb does at the terminal: complain in one line, count what it goes through."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

import click

from whoholds.errors import UsageError


def complain(message: str) -> None:
    """Print one line on standard error; control characters of file names and reports never reach the terminal."""
    printable = "".join(sign if sign.isprintable() else " " for sign in message)
    try:
        click.echo(f"whoholds: {' '.join(printable.split())}", err=True)
    except OSError:
        # Nobody can be told; the exit code still does.
        discard(sys.stderr)


def discard(stream: TextIO | None) -> None:
    """Let what `stream` still holds go nowhere, so that Python does not stumble over it at exit."""
    if stream is not None:
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@contextmanager
def counted(what: str, *, shown: bool) -> Iterator[Callable[[], None]]:
    """Give what counts one more of `what`, on the terminal's standard error; where that is none, or not `shown`, it says nothing."""
    if not (shown and sys.stderr is not None and sys.stderr.isatty()):
        yield lambda: None
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (SpinnerColumn(), TextColumn("{task.completed} {task.description}"), TimeElapsedColumn())
    # Not redirected: rich would send what is meant for a pipe on standard output to the terminal.
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False) as bar:
        task = bar.add_task(what, total=None)
        yield lambda: bar.advance(task)


@contextmanager
def replaced(out: str, flag: str) -> Iterator[Path]:
    """Give the path to write to instead of `out`; it is put in its place, with its mode, only when all was written.

    A link stays a link to its file; what is no file (a pipe, a device) is written to itself.

    Raises:
        UsageError: when `out`, which `flag` gave, cannot be written.
    """
    try:
        target = Path(out).expanduser().resolve()
        mode = target.stat().st_mode if target.exists() else None
    except (OSError, RuntimeError, ValueError) as error:
        message = f"{flag} {out}: cannot be written ({error}); name another file"
        raise UsageError(message) from None
    if not out or (mode is not None and stat.S_ISDIR(mode)):
        message = f"{flag} {out}: cannot be written ({'it is a folder' if out else 'no name given'}); name a file"
        raise UsageError(message)
    whole = mode is None or stat.S_ISREG(mode)
    part = target.with_name(f"{target.name}.{os.getpid()}.part") if whole else target
    try:
        yield part
        if whole:
            if mode is not None:
                part.chmod(stat.S_IMODE(mode))
            part.replace(target)
    except OSError as error:
        if error.filename not in {None, str(part), str(target)}:
            raise
        message = f"{flag} {out}: cannot be written ({error.strerror or error}); is there the folder, and space?"
        raise UsageError(message) from None
    finally:
        if whole:
            with suppress(OSError):
                part.unlink(missing_ok=True)


def pass_on_cache(folder: Path) -> None:
    """Tell the gazetteer, which knows the variable alone, of a cache folder that the configuration file names."""
    os.environ.setdefault("WHOHOLDS_CACHE_DIR", str(folder))
