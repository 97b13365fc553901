"""One row of a TOML file, read field by field; whatever is off is a DataError that names file and row."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from importlib.resources.abc import Traversable
from typing import NoReturn, TypeVar

from whoholds.errors import DataError
from whoholds.registry.rows import Period

Choice = TypeVar("Choice", bound=StrEnum)
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_COUNTRY = re.compile(r"[A-Z]{2}")


class Row:
    """A table of a TOML file. Fields are taken one by one; `done` complains of those that nobody took."""

    def __init__(self, where: str, values: Mapping[str, object]) -> None:
        """Keep `values`; `where` (file and row) opens every complaint."""
        self.where = where
        self._values = values
        self._taken: set[str] = set()

    def fail(self, problem: str) -> NoReturn:
        """Raise a DataError that says where the row is and what is wrong with it."""
        message = f"{self.where}: {problem}"
        raise DataError(message)

    def _take(self, key: str) -> object | None:
        self._taken.add(key)
        return self._values.get(key)

    def optional(self, key: str) -> str | None:
        """Return a text, or None where the field is absent."""
        value = self._take(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            self.fail(f"`{key}` must be a text that is not empty, not {value!r}")
        return value

    def text(self, key: str) -> str:
        """Return a text that must be there."""
        value = self.optional(key)
        if value is None:
            self.fail(f"`{key}` is missing")
        return value

    def id(self) -> str:
        """Return the row's id: small letters, digits and hyphens."""
        value = self.text("id")
        if not _ID.fullmatch(value):
            self.fail(f"id {value!r} must be small letters and digits, joined by hyphens")
        self.where = f"{self.where} ({value})"
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; none where the field is absent."""
        value = self._take(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            self.fail(f"`{key}` must be a list of texts, not {value!r}")
        return tuple(value)

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false."""
        value = self._take(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.fail(f"`{key}` must be true or false, not {value!r}")
        return value

    def choice(self, key: str, choices: type[Choice]) -> Choice:
        """Return one of `choices`, which must be there."""
        value = self.text(key)
        try:
            return choices(value)
        except ValueError:
            self.fail(f"`{key}` is {value!r}; it must be one of {', '.join(choices)}")

    def country(self, key: str) -> str | None:
        """Return a country as ISO 3166-1 alpha-2, or None where the field is absent."""
        value = self.optional(key)
        if value is not None and not _COUNTRY.fullmatch(value):
            self.fail(f"`{key}` must be a country as two capitals (ISO 3166-1), not {value!r}")
        return value

    def countries(self, key: str) -> tuple[str, ...]:
        """Return countries as ISO 3166-1 alpha-2; at least one."""
        values = self.texts(key)
        if not values or not all(_COUNTRY.fullmatch(value) for value in values):
            self.fail(f"`{key}` must be a list of countries as two capitals (ISO 3166-1), not {list(values)!r}")
        return values

    def _day(self, key: str) -> date | None:
        value = self._take(key)
        if value is None:
            return None
        if not isinstance(value, date) or isinstance(value, datetime):
            self.fail(f"`{key}` must be a day like 2024-12-08 without quotes, not {value!r}")
        return value

    def period(self) -> Period:
        """Return the days `first` and `last`, either of which may be absent."""
        first, last = self._day("first"), self._day("last")
        if first and last and last < first:
            self.fail(f"the last day {last} precedes the first {first}")
        return Period(first, last)

    def rows(self, key: str) -> tuple[Row, ...]:
        """Return the sub-tables `[[key]]` in their order; none where there are none."""
        value = self._take(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.fail(f"`{key}` must be tables, written [[{key}]]")
        return tuple(Row(f"{self.where}: {key} {number}", item) for number, item in enumerate(value, start=1))

    def done(self) -> None:
        """Complain of fields that nobody took: a misspelt field must not pass unnoticed."""
        unknown = sorted(set(self._values) - self._taken)
        if unknown:
            self.fail(f"unknown field {', '.join(unknown)}; known here are {', '.join(sorted(self._taken))}")


def read_file(file: Traversable) -> Row:
    """Return the whole of a TOML file as a row.

    Raises:
        DataError: when the file is missing, is not UTF-8 or is not TOML.
    """
    try:
        return Row(file.name, tomllib.loads(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        message = f"{file.name}: cannot be read as TOML ({error}); correct the file or remove your copy of it"
        raise DataError(message) from error
