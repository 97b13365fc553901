"""The verb that opens the map: thin, over `whoholds.web`, which needs the extra of that name."""

from __future__ import annotations

import os
import secrets
import webbrowser
from importlib.util import find_spec
from ipaddress import ip_address

import click

from whoholds.cli_store import config_option, db_option, refresh, settings_of
from whoholds.errors import SetupError, StoreReadOnlyError, UsageError
from whoholds.terminal import complain, pass_on_cache

PACKAGES = ("fastapi", "maplibre", "pydantic", "uvicorn")
"""What the extra `web` brings."""

TOKEN = "WHOHOLDS_REVIEW_TOKEN"  # noqa: S105  the name of a variable
LEAST_TOKEN = 16


@click.command("serve", short_help="Open the map in the browser.")
@db_option
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="The address to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port to listen at.")
@click.option(
    "--allow-host", "hosts", multiple=True, metavar="NAME", help="A name of this machine that requests may use, beside localhost."
)
@click.option(
    "--review",
    "reviewer",
    metavar="NAME",
    help="Let reviews be made in this name, by who has the token (printed, or WHOHOLDS_REVIEW_TOKEN).",
)
@click.option("--open", "show", is_flag=True, help="Open the page in the browser.")
@config_option
def serve_command(db: str | None, config: str | None, host: str, port: int, reviewer: str | None, **more: object) -> int:
    """Serve the map of the store, at http://127.0.0.1:8000 unless told otherwise, until stopped with Ctrl+C.

    The map shows who holds what as each source tells it, on any day, with every claim behind it. It works without a
    network, and only on this machine: --host with another address shows it to others, who must use a name that --allow-host
    gives. Nothing can be changed from the page, unless --review gives the name of a reviewer: then claims can be confirmed,
    rejected, moved or marked as impersonated by who has the token.

    Private persons are called residents, and claims of positions younger than 72 hours are withheld (setting
    export_delay_hours).

    \b
    Examples:
      whoholds serve --open
      whoholds serve --db war.sqlite --port 8080
      whoholds serve --review "A. Analyst"
    """  # noqa: D301  click's mark for a block that is not re-wrapped
    require_installed()
    names = [str(name) for name in more["hosts"]] if isinstance(more["hosts"], tuple) else []
    _check_host(host, names)
    token = _token(reviewer)
    settings = settings_of(db, config)
    pass_on_cache(settings.cache_dir)

    from whoholds.store import open_store  # noqa: PLC0415
    from whoholds.web.app import create_app  # noqa: PLC0415
    from whoholds.web.service import Reviewer, serve_store  # noqa: PLC0415
    from whoholds.web.serving import Address, listening, run  # noqa: PLC0415

    with open_store(settings.db) as store:
        try:
            refresh(store)
        except StoreReadOnlyError:
            complain("the store cannot be written to: states are those that were made last")
    address = Address(host, port, tuple(names))
    with listening(address) as opened, open_store(settings.db, read_only=reviewer is None) as store:
        app = create_app(serve_store(store, settings, Reviewer(reviewer, token) if reviewer is not None else None), address.allowed)
        click.echo(f"{store.database.name}: {address.url} (stop with Ctrl+C)")
        if reviewer is not None and TOKEN not in os.environ:
            click.echo(f"reviews in the name of {reviewer}, with the token {token}")
        if more["show"]:
            webbrowser.open(address.url)
        run(app, opened)
    return 0


def require_installed() -> None:
    """Check that what the map needs is installed.

    Raises:
        SetupError: naming what is missing, and the command that installs it.
    """
    missing = [package for package in PACKAGES if find_spec(package) is None]
    if missing:
        message = f"serve: {', '.join(missing)} {'is' if len(missing) == 1 else 'are'} not installed; pip install 'whoholds[web]'"
        raise SetupError(message)


def _check_host(host: str, names: list[str]) -> None:
    """Refuse an address that others can reach, unless it is told under which names.

    Raises:
        UsageError: when it is told under none.
    """
    try:
        loopback = ip_address(host).is_loopback
    except ValueError:
        loopback = host == "localhost"
    if not loopback and not names:
        message = f"--host {host}: shows the map to other machines; say under which name they may ask for it, with --allow-host NAME"
        raise UsageError(message)


def _token(reviewer: str | None) -> str:
    """Return the token that reviews need: the one of the environment, else a new one.

    Raises:
        UsageError: when the name is empty, or the token too short.
    """
    if reviewer is not None and not reviewer.strip():
        raise UsageError("--review: give the name in which reviews are made")
    given = os.environ.get(TOKEN, "")
    if given and len(given) < LEAST_TOKEN:
        message = f"{TOKEN}: must have at least {LEAST_TOKEN} characters"
        raise UsageError(message)
    return given or secrets.token_urlsafe(24)
