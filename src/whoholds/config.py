"""Settings as data: name, type, default, help; read from a file, overruled by the environment, overruled by flags."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs

from whoholds.errors import UsageError

PREFIX = "WHOHOLDS_"
"""Environment variables are this and the setting's name in capitals."""

CONFIG_VARIABLE = "WHOHOLDS_CONFIG"

_DIGITS = 15

Value = str | int | bool | Path | None


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting; `parse` turns what a file, a variable or a flag says into its value, or raises ValueError saying why not.

    A `secret` one is taken from the environment alone: files are copied, and command lines are seen by others.
    """

    name: str
    default: Value
    parse: Callable[[object], Value]
    help: str
    secret: bool = False

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return PREFIX + self.name.upper()


def default_store() -> str:
    """Return where the store lies unless a setting says otherwise: a file in the user's data folder."""
    return str(platformdirs.user_data_path("whoholds") / "whoholds.sqlite")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A language model behind an OpenAI-compatible address: `url` ends before `/chat/completions`, `timeout` is in seconds a report.

    At most `max_reports` reports are asked about in one run, one at a time.
    """

    url: str
    model: str
    key: str | None = field(repr=False)
    timeout: int
    max_reports: int

    @property
    def host(self) -> str:
        """The host that report texts go to."""
        return urlsplit(self.url).hostname or ""

    @property
    def local(self) -> bool:
        """Whether the host is this machine."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force.

    `model` is a spaCy package or directory, `None` the best that is installed. `second_opinion` is the language model
    to ask for one, `None` where none is wanted: then no text is sent anywhere.
    """

    model: str | None
    cache_dir: Path
    max_report_chars: int
    batch_size: int
    db: str = field(default_factory=default_store)
    second_opinion: Endpoint | None = None
    export_delay_hours: int = 72


def _words(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        message = f"must be a name, not {value!r}"
        raise ValueError(message)
    return value.strip()


def _folder(value: object) -> Path:
    return Path(_words(value)).expanduser()


def _positive(value: object) -> int:
    written = "" if isinstance(value, bool) else str(value)
    number = int(written) if written.isascii() and written.isdigit() and len(written) <= _DIGITS else 0
    if number < 1:
        message = f"must be a whole number above zero, not {str(value)[:40]!r}"
        raise ValueError(message)
    return number


def _switch(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if str(value).strip().lower() in {"true", "yes", "on", "1"}:
        return True
    if str(value).strip().lower() in {"false", "no", "off", "0"}:
        return False
    message = f"must be true or false, not {str(value)[:40]!r}"
    raise ValueError(message)


def _address(value: object) -> str:
    written = _words(value).rstrip("/").removesuffix("/chat/completions")
    parts = urlsplit(written)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.password or parts.query or parts.fragment:
        message = f"must be an address like http://127.0.0.1:8080/v1, without a name, password or query, not {written[:80]!r}"
        raise ValueError(message)
    if parts.port == 0:
        raise ValueError("port 0 is none that a server has")
    return written


def _key(value: object) -> str:
    written = _words(value)
    if not (written.isascii() and written.isprintable()):
        raise ValueError("must be ASCII letters, digits and signs")
    return written


SETTINGS = (
    Setting("model", None, _words, "spaCy model, an installed package or a directory (default: the best installed)"),
    Setting("cache_dir", None, _folder, "folder for what is built once, such as the index of places (default: the user's cache folder)"),
    Setting("db", None, _words, "the store: a file, or postgresql://USER@HOST/DATABASE (default: whoholds.sqlite in your data folder)"),
    Setting("max_report_chars", 2_000_000, _positive, "longest report, in characters"),
    Setting("batch_size", 32, _positive, "reports that are read into memory and parsed together"),
    Setting("export_delay_hours", 72, _positive, "how old claims of positions, deployments and routes must be before they are exported"),
    Setting("second_opinion", default=False, parse=_switch, help="ask a language model for a second opinion, beside the rules"),
    Setting("second_opinion_url", "http://127.0.0.1:8080/v1", _address, "OpenAI-compatible address that is asked"),
    Setting("second_opinion_model", "default", _words, "what the server calls the language model"),
    Setting("second_opinion_key", None, _key, "key of the server, where it wants one; from the environment alone", secret=True),
    Setting("second_opinion_timeout", 120, _positive, "seconds for one report"),
    Setting("second_opinion_reports", 100, _positive, "most reports of one run that are asked about"),
)
"""Every setting there is; documentation and checks are made from this."""


def load_settings(
    flags: Mapping[str, object] | None = None, environment: Mapping[str, str] | None = None, path: Path | None = None
) -> Settings:
    """Return the settings: defaults, overruled by the file, by the environment, and by `flags` (of which `None` is unset).

    The file is `path`, else the one that WHOHOLDS_CONFIG names, else `config.toml` in the user's configuration folder.

    Raises:
        UsageError: when a file that was named is missing or no TOML, a setting is unknown, a value cannot be used, or a
            key would travel unencrypted.
    """
    variables = os.environ if environment is None else environment
    values: dict[str, Value] = {setting.name: setting.default for setting in SETTINGS}
    values |= _from_file(path, variables)
    for setting in SETTINGS:
        if variables.get(setting.variable):
            values[setting.name] = _parsed(setting, variables[setting.variable], setting.variable)
    for name, flag in (flags or {}).items():
        if flag is not None:
            values[name] = _parsed(_setting(name, "flag"), flag, f"--{name.replace('_', '-')}")
    return _settings(values)


def _settings(values: Mapping[str, Value]) -> Settings:
    model, cache = values["model"], values["cache_dir"]
    return Settings(
        model=None if model is None else str(model),
        cache_dir=cache if isinstance(cache, Path) else platformdirs.user_cache_path("whoholds"),
        max_report_chars=int(str(values["max_report_chars"])),
        batch_size=int(str(values["batch_size"])),
        db=default_store() if values["db"] is None else str(values["db"]),
        second_opinion=_endpoint(values) if values["second_opinion"] else None,
        export_delay_hours=int(str(values["export_delay_hours"])),
    )


def _endpoint(values: Mapping[str, Value]) -> Endpoint:
    key = values["second_opinion_key"]
    endpoint = Endpoint(
        url=str(values["second_opinion_url"]),
        model=str(values["second_opinion_model"]),
        key=None if key is None else str(key),
        timeout=int(str(values["second_opinion_timeout"])),
        max_reports=int(str(values["second_opinion_reports"])),
    )
    if endpoint.key and not endpoint.local and endpoint.url.startswith("http:"):
        message = f"second_opinion_url: the key would go to {endpoint.host} unencrypted; use https, or unset WHOHOLDS_SECOND_OPINION_KEY"
        raise UsageError(message)
    return endpoint


def _from_file(path: Path | None, variables: Mapping[str, str]) -> dict[str, Value]:
    named = path or (Path(variables[CONFIG_VARIABLE]).expanduser() if variables.get(CONFIG_VARIABLE) else None)
    file = named or platformdirs.user_config_path("whoholds") / "config.toml"
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if named is None:
            return {}
        message = f"configuration {file}: no such file; check --config and {CONFIG_VARIABLE}"
        raise UsageError(message) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        message = f"configuration {file}: cannot be read as TOML ({error})"
        raise UsageError(message) from None
    return {name: _parsed(_not_secret(_setting(name, str(file)), str(file)), value, f"{file}: {name}") for name, value in table.items()}


def _not_secret(setting: Setting, where: str) -> Setting:
    if setting.secret:
        message = f"{where}: {setting.name} is taken from the environment alone; set {setting.variable} and remove it here"
        raise UsageError(message)
    return setting


def _setting(name: str, where: str) -> Setting:
    found = next((setting for setting in SETTINGS if setting.name == name), None)
    if found is None:
        message = f"{where}: there is no setting {name!r}; there are {', '.join(setting.name for setting in SETTINGS)}"
        raise UsageError(message)
    return found


def _parsed(setting: Setting, value: object, where: str) -> Value:
    try:
        return setting.parse(value)
    except ValueError as error:
        message = f"{where}: {error}"
        raise UsageError(message) from None
