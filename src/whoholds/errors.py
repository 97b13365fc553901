"""One tree of errors: every class has its exit code and its HTTP status, every message says what to do.

WhoHoldsError                      1  500  something the user can act on went wrong
├── UsageError                     2  400  a flag or argument is off
├── InputError                     3  422  what was given cannot be read
│   ├── MissingInputError          3  404  no such file
│   ├── NotTextError               3  415  binary, HTML or an encoding nobody can tell
│   ├── TooLargeError              3  413  beyond the size limit
│   ├── BadRecordError             3  422  a JSON record that lacks or spoils a field
│   └── UnsupportedLanguageError   3  422  no model and lexicon for the language
├── SetupError                     4  503  a part of the installation is missing
│   ├── ModelMissingError          4  503  no language model
│   └── GazetteerMissingError      4  503  no place data
├── StoreError                     6  503  the store cannot be used
│   ├── StoreMissingError          6  404  there is none yet
│   ├── StoreUnreachableError      6  503  no folder that can be opened, or no server that answers
│   ├── StoreReadOnlyError         6  503  it may be read, not written
│   ├── StoreFullError             6  507  no room is left
│   ├── StoreBusyError             6  503  another program holds it for too long
│   ├── StoreDamagedError          6  500  the file is no store, or its content is spoilt
│   └── StoreVersionError          6  503  its tables are older or newer than this program
├── SecondOpinionError             1  502  the language model asked for a second opinion gave none
├── DataError                      5  500  shipped or user data (registry, gazetteer) is malformed
└── ModelError                     5  500  a value that the data model forbids
"""

from __future__ import annotations

from typing import ClassVar


class WhoHoldsError(Exception):
    """Base of all errors that WhoHolds raises on purpose."""

    exit_code: ClassVar[int] = 1
    http_status: ClassVar[int] = 500


class UsageError(WhoHoldsError):
    """A flag or argument is off."""

    exit_code = 2
    http_status = 400


class InputError(WhoHoldsError):
    """What was given cannot be read."""

    exit_code = 3
    http_status = 422


class MissingInputError(InputError):
    """There is no such file."""

    http_status = 404


class NotTextError(InputError):
    """The bytes are binary, HTML, or in an encoding that cannot be told."""

    http_status = 415


class TooLargeError(InputError):
    """The input is beyond the size limit."""

    http_status = 413


class BadRecordError(InputError):
    """A JSON record lacks a field or holds a value that cannot be used."""


class UnsupportedLanguageError(InputError):
    """There is no model and lexicon for the language of the report."""


class SetupError(WhoHoldsError):
    """A part of the installation is missing."""

    exit_code = 4
    http_status = 503


class ModelMissingError(SetupError):
    """No language model is installed."""


class GazetteerMissingError(SetupError):
    """No place data is installed."""


class StoreError(WhoHoldsError):
    """The store of readings cannot be used."""

    exit_code = 6
    http_status = 503


class StoreMissingError(StoreError):
    """There is no store there yet."""

    http_status = 404


class StoreUnreachableError(StoreError):
    """The folder cannot be opened, no server answers, or it refuses this user."""


class StoreReadOnlyError(StoreError):
    """The store may be read, not written."""


class StoreFullError(StoreError):
    """No room is left where the store lies."""

    http_status = 507


class StoreBusyError(StoreError):
    """Another program holds the store for longer than is waited."""


class StoreDamagedError(StoreError):
    """The file is no store of WhoHolds, or its content is spoilt."""

    http_status = 500


class StoreVersionError(StoreError):
    """The store's tables are older or newer than this program."""


class SecondOpinionError(WhoHoldsError):
    """The language model that was asked for a second opinion gave none that can be used; the reading by rules stands."""

    http_status = 502


class DataError(WhoHoldsError):
    """Shipped or user data is malformed."""

    exit_code = 5


class ModelError(WhoHoldsError):
    """A value that the data model forbids."""

    exit_code = 5
