"""A reader per format, and the choice between them by content and suffix."""

from __future__ import annotations

import hashlib
import io
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from whoholds.errors import BadRecordError, InputError, MissingInputError, NotTextError, TooLargeError, WhoHoldsError
from whoholds.ingest.decoding import decode, encoding_of
from whoholds.ingest.filing import READ, filed
from whoholds.ingest.records import draft_of, identity_of, parse_json
from whoholds.ingest.reports import Draft, Limits, compose
from whoholds.model import Failure, Report
from whoholds.ports import Hints

STDIN = "-"
"""The source that stands for standard input."""

JSON_BYTES = 32_000_000
"""A JSON document is held whole; beyond this, JSON Lines is the format (it is streamed)."""

_BYTES_PER_CHAR = 4
_CHARS_PER_ESCAPE = 6
_RECORD_OVERHEAD = 100_000
_PEEK = 65_536
_OBJECT = re.compile(r"\s*\{\s*[\"}]")
_OPENED_ALONE = re.compile(r"\s*\{[ \t\r]*\n")
_ARRAY = re.compile(r"\s*\[\s*[{\]]")
_JSON_SUFFIX, _LINES_SUFFIXES = ".json", (".jsonl", ".ndjson")
_NO_RECORD = 'there is no record in it; give records like {"id": ..., "text": ...}'
# How Python writes a byte that is no UTF-8 (PEP 383).
_BROKEN_BYTE = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class TextReader:
    """Reads one plain text as one report."""

    limits: Limits = field(default_factory=Limits)

    def read(self, raw: bytes, hints: Hints) -> Iterator[Report | Failure]:
        """Yield the report in `raw`.

        Raises:
            InputError: when it is empty, too long, or no text.
        """
        if len(raw) > self.byte_limit:
            raise TooLargeError(_too_many_bytes(self.limits))
        yield compose(Draft(decode(raw), hashlib.sha256(raw).hexdigest()), hints, self.limits)

    @property
    def byte_limit(self) -> int:
        """Bytes beyond which no encoding can bring the text under the limit."""
        return _BYTES_PER_CHAR * self.limits.max_chars


@dataclass(frozen=True, slots=True)
class JsonReader:
    """Reads a JSON document: one record, or an array of records."""

    label: str = "record"
    limits: Limits = field(default_factory=Limits)

    def read(self, raw: bytes, hints: Hints) -> Iterator[Report | Failure]:
        """Yield each report in `raw`, and a Failure for each record that cannot be read.

        Raises:
            InputError: when it is too large, no text, or no JSON.
        """
        if len(raw) > self.byte_limit:
            message = f"a JSON document of over {self.byte_limit:,} bytes; give it as JSON Lines (one record a line), which is streamed"
            raise TooLargeError(message)
        text = decode(raw)
        document = parse_json(text) if text.strip() else []
        if document == []:
            raise BadRecordError(_NO_RECORD)
        if not isinstance(document, list):
            yield compose(draft_of(document, self.limits.today), hints, self.limits)
            return
        for number, record in enumerate(document, start=1):
            yield _report_or_failure(record, f"{self.label}:{number}", hints, self.limits)

    @property
    def byte_limit(self) -> int:
        """Bytes that a document may have."""
        return JSON_BYTES


@dataclass(frozen=True, slots=True)
class JsonLinesReader:
    """Reads JSON Lines, a record a line, as a stream: a bad line fails alone."""

    label: str = "record"
    limits: Limits = field(default_factory=Limits)

    def read(self, raw: bytes, hints: Hints) -> Iterator[Report | Failure]:
        """Yield each report in `raw`, and a Failure for each line that cannot be read."""
        return self.read_stream(io.BytesIO(raw), hints)

    def read_stream(self, stream: BinaryIO, hints: Hints) -> Iterator[Report | Failure]:
        """Yield each report of `stream` as its line is read, and a Failure for each line that cannot be read."""
        buffered = _buffered(stream)
        encoding = encoding_of(buffered.peek(_PEEK))
        # Bytes that are no UTF-8 become lone surrogates, so that one bad line is one failure and not the end of the file.
        errors = "surrogateescape" if encoding.startswith("utf-8") else "replace"
        found = False
        lines = io.TextIOWrapper(buffered, encoding=encoding, errors=errors, newline="\n")
        try:
            for number, line in _bounded_lines(lines, _CHARS_PER_ESCAPE * self.limits.max_chars + _RECORD_OVERHEAD):
                if line is None or line.strip():
                    found = True
                    yield self._line(line, f"{self.label}:{number}", hints)
            if not found:
                yield filed(self.label, READ, BadRecordError(_NO_RECORD))
        finally:
            # The wrapper must not close a stream that is the caller's; one that the caller closed first is left alone.
            if not buffered.closed:
                lines.detach()

    def _line(self, line: str | None, label: str, hints: Hints) -> Report | Failure:
        if line is None:
            message = f"the line is too long for a report of {self.limits.max_chars:,} characters"
            return filed(label, READ, TooLargeError(message))
        if broken := _BROKEN_BYTE.search(line):
            message = f"the line is no UTF-8 (odd byte at character {broken.start() + 1}); save the file as UTF-8"
            return filed(label, READ, NotTextError(message))
        try:
            record = parse_json(line)
        except BadRecordError as error:
            return filed(label, READ, error)
        return _report_or_failure(record, label, hints, self.limits)


def check_source(source: str) -> None:
    """Refuse a source that cannot be opened, before anything expensive is loaded.

    Raises:
        MissingInputError: when there is no such file.
        InputError: when it is a directory, or may not be read.
    """
    if source == STDIN:
        return
    if not source:
        raise InputError("a file without a name; check the argument (an empty variable of the shell?)")
    path = Path(source)
    try:
        if path.is_dir():
            message = f"this is a directory; name the files in it (for example {path / '*.txt'})"
            raise InputError(message)
        found = path.exists()
    except (OSError, ValueError) as error:
        message = f"cannot be opened: {getattr(error, 'strerror', None) or error}"
        raise InputError(message) from None
    if not found:
        raise MissingInputError("no such file; check the path")
    # Asked, not opened: opening and closing a pipe would take its one reader away.
    if not os.access(path, os.R_OK):
        raise InputError("permission denied; ask its owner for read access")


def read_source(source: str, hints: Hints, limits: Limits) -> Iterator[Report | Failure]:
    """Yield each report in a file, or in standard input for `-`; what cannot be read comes as a Failure, never raised."""
    label = "standard input" if source == STDIN else source
    try:
        check_source(source)
        if source == STDIN:
            if sys.stdin is None:
                raise InputError("it is closed; give a file, or text through a pipe")
            yield from read_stream(sys.stdin.buffer, label, hints, limits)
        else:
            with Path(source).open("rb") as stream:
                yield from (_called(item, file_name(source)) for item in read_stream(stream, label, hints, limits))
    except WhoHoldsError as error:
        yield filed(label, READ, error)
    except OSError as error:
        yield filed(label, READ, InputError(f"cannot be read: {error.strerror or error}"))


def read_stream(stream: BinaryIO, label: str, hints: Hints, limits: Limits) -> Iterator[Report | Failure]:
    """Yield each report in `stream`, in the format that its content and the suffix of `label` show.

    Raises:
        InputError: when nothing at all can be read from it.
    """
    buffered = _buffered(stream)
    reader = choose_reader(buffered.peek(_PEEK)[:_PEEK], label, limits)
    if isinstance(reader, JsonLinesReader):
        yield from reader.read_stream(buffered, hints)
    else:
        yield from reader.read(buffered.read(reader.byte_limit + 1), hints)


def choose_reader(head: bytes, label: str, limits: Limits) -> TextReader | JsonReader | JsonLinesReader:
    """Return the reader for content that begins with `head` and is called `label`."""
    suffix = Path(label).suffix.lower()
    start = head.decode(encoding_of(head), errors="replace")
    if _ARRAY.match(start):
        return JsonReader(label, limits)
    if _OBJECT.match(start):
        lines = not _OPENED_ALONE.match(start) if suffix in _LINES_SUFFIXES else _first_line_is_whole(start)
        return JsonLinesReader(label, limits) if lines else JsonReader(label, limits)
    if suffix in _LINES_SUFFIXES:
        return JsonLinesReader(label, limits)
    return JsonReader(label, limits) if suffix == _JSON_SUFFIX else TextReader(limits)


def _first_line_is_whole(start: str) -> bool:
    """Tell JSON Lines from a document that is laid out over several lines (or goes on beyond what was seen)."""
    first, newline, _ = start.lstrip().partition("\n")
    if not newline:
        return False
    try:
        parse_json(first)
    except BadRecordError:
        return False
    return True


def file_name(label: str) -> str:
    """Return the last part of `label`, with odd bytes replaced: what a report is called that has no id of its own."""
    return os.fsencode(Path(label).name).decode(errors="replace")


def _called(item: Report | Failure, name: str) -> Report | Failure:
    """Call a report by its file, and its line there, where it has no id of its own, so that its claims can be led back to it."""
    return replace(item, origin_id=name) if isinstance(item, Report) and item.origin_id is None else item


def _report_or_failure(record: object, label: str, hints: Hints, limits: Limits) -> Report | Failure:
    try:
        return _called(compose(draft_of(record, limits.today), hints, limits), file_name(label))
    except InputError as error:
        identity = identity_of(record)
        return filed(f"{label} ({identity})" if identity else label, READ, error)


def _bounded_lines(lines: TextIO, limit: int) -> Iterator[tuple[int, str | None]]:
    """Yield each line with its number; `None` for one beyond `limit` characters, which is skipped piece by piece."""
    number = 0
    while line := lines.readline(limit + 1):
        number += 1
        if len(line) <= limit or line.endswith("\n"):
            yield number, line
            continue
        while (rest := lines.readline(limit)) and not rest.endswith("\n"):
            pass
        yield number, None


def _buffered(stream: BinaryIO) -> io.BufferedReader:
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast("io.RawIOBase", stream))


def _too_many_bytes(limits: Limits) -> str:
    return f"longer than {limits.max_chars:,} characters; split it into its reports (JSON Lines), or raise max_report_chars"
