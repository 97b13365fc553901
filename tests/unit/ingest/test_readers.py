"""Readers: records, streams, limits, and the choice of a format."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from whoholds.errors import BadRecordError, InputError, NotTextError, TooLargeError
from whoholds.ingest.readers import JsonLinesReader, JsonReader, TextReader, choose_reader, read_source, read_stream
from whoholds.ingest.reports import Draft, Limits, compose
from whoholds.model import Failure, Report
from whoholds.ports import Hints, Reader

LIMITS = Limits(max_chars=1000, today=date(2025, 1, 15))
RECORD = {
    "id": "a-1",
    "outlet": "Example Wire",
    "published": "2024-12-07",
    "url": "https://example.org/1",
    "text": "The army left Hama on Friday.",
    "other": [1],
}


def lines(*records: object) -> bytes:
    return "".join((record if isinstance(record, str) else json.dumps(record)) + "\n" for record in records).encode()


def only_report(outcomes: Iterator[Report | Failure]) -> Report:
    (outcome,) = outcomes
    assert isinstance(outcome, Report)
    return outcome


def only_failure(outcomes: Iterator[Report | Failure]) -> Failure:
    (outcome,) = outcomes
    assert isinstance(outcome, Failure)
    assert "\n" not in outcome.error
    return outcome


def test_every_reader_keeps_the_port() -> None:
    readers: list[Reader] = [TextReader(), JsonReader(), JsonLinesReader()]
    assert len(readers) == 3


def test_a_record_becomes_a_report() -> None:
    report = only_report(JsonLinesReader("x.jsonl", LIMITS).read(lines(RECORD), Hints()))
    assert (report.origin_id, report.publisher, report.published, report.url) == (
        "a-1",
        "Example Wire",
        date(2024, 12, 7),
        "https://example.org/1",
    )
    assert (report.text, report.title, report.body, report.language, report.canonicaliser) == (RECORD["text"], None, 0, "en", "c1")


def test_the_formats_agree_on_a_record() -> None:
    from_lines = only_report(JsonLinesReader("x", LIMITS).read(lines(RECORD), Hints()))
    from_array = only_report(JsonReader("x", LIMITS).read(json.dumps([RECORD], indent=2).encode(), Hints()))
    from_object = only_report(JsonReader("x", LIMITS).read(json.dumps(RECORD).encode("utf-16"), Hints()))
    assert from_lines == from_array == from_object


@pytest.mark.parametrize(
    ("stated", "day", "instant"),
    [
        ("2024-12-07", date(2024, 12, 7), None),
        ("2024-12-07T23:30:00-05:00", date(2024, 12, 7), datetime.fromisoformat("2024-12-07T23:30:00-05:00")),
        ("2024-12-07T00:30:00+14:00", date(2024, 12, 7), datetime.fromisoformat("2024-12-07T00:30:00+14:00")),
        ("2024-12-07T10:00:00Z", date(2024, 12, 7), datetime(2024, 12, 7, 10, tzinfo=UTC)),
        ("2024-12-07T10:00:00", date(2024, 12, 7), None),
        (None, None, None),
        ("", None, None),
        ("2025-01-16", date(2025, 1, 16), None),
    ],
)
def test_the_day_is_the_publishers_and_never_shifted(stated: str | None, day: date | None, instant: datetime | None) -> None:
    report = only_report(JsonLinesReader("x", LIMITS).read(lines(RECORD | {"published": stated}), Hints()))
    assert (report.published, report.published_at) == (day, instant)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"id": 1, "text": ', "no valid JSON"),
        ("[1, 2]", "JSON object"),
        ('"text"', "JSON object"),
        ("{}", 'no "text"'),
        ({"id": "b", "text": None}, 'no "text"'),
        ({"id": "b", "text": 7}, "must be text"),
        ({"id": "b", "text": "  \n"}, "empty"),
        (RECORD | {"published": "2024-13-45"}, "no date of the calendar"),
        (RECORD | {"published": "2025-01-17"}, "future"),
        (RECORD | {"published": "next week"}, "no date of the calendar"),
        (RECORD | {"published": 20241207}, "must be text"),
        (RECORD | {"publisher": ["a"]}, "must be text"),
        ('{"text": "half \\ud83d a pair"}', "surrogate"),
        ('{"text": "The army left.", "title": "\\udca5"}', "surrogate"),
        (RECORD | {"text": "<!doctype html><p>The army left."}, "HTML"),
        (RECORD | {"text": "word " * 300}, "longer than 1,000"),
        ('{"text": "' + "x" * 200_000 + '"}', "too long"),
        ("[" * 100_000, "nested too deeply"),
        ('{"text": ' + "9" * 5000 + "}", "no valid JSON: it holds a number of thousands of digits"),
        ('{"text": "x",}', "at character 1"),  # 14, but 13 from Python 3.13 on
        ("null", 'a "text", not null'),
        ("true", "not true or false"),
        ("5", "not a number"),
        (RECORD | {"text": ""}, 'its "text" is empty'),
        (RECORD | {"id": "\ud800"}, '"id" holds half a surrogate pair'),
        (RECORD | {"published": "0001-01-01"}, "earlier than any newspaper"),
        ('{"text": "The army left Hama.", "text": "The army left Homs."}', "one of its fields twice"),
    ],
)
def test_a_bad_line_fails_alone(line: object, says: str) -> None:
    outcomes = list(JsonLinesReader("x.jsonl", LIMITS).read(lines(line, RECORD), Hints()))
    assert [type(outcome) for outcome in outcomes] == [Failure, Report]
    failure = outcomes[0]
    assert isinstance(failure, Failure)
    assert failure.report.startswith("x.jsonl:1")
    assert failure.stage == "read"
    assert says in failure.error


def test_a_line_that_is_no_utf8_fails_alone() -> None:
    raw = '{"text": "caf\u00e9"}\n'.encode("latin-1") + lines(RECORD)
    first, second = JsonLinesReader("x.jsonl", LIMITS).read(raw, Hints())
    assert isinstance(first, Failure)
    assert first.error == "not-text: the line is no UTF-8 (odd byte at character 14); save the file as UTF-8"
    assert isinstance(second, Report)


def test_a_doubled_key_that_is_no_field_spoils_nothing() -> None:
    raw = b'{"text": "The army left Hama.", "tag": 1, "tag": 2}\n'
    assert only_report(JsonLinesReader("x", LIMITS).read(raw, Hints())).text == "The army left Hama."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("suffix", ["jsonl", "txt"])
def test_lines_come_in_every_unicode_encoding(tmp_path: Path, encoding: str, suffix: str) -> None:
    path = tmp_path / f"reports.{suffix}"
    path.write_bytes(lines(RECORD, RECORD | {"id": "b"}).decode().encode(encoding))
    found = list(read_source(str(path), Hints(), LIMITS))
    assert [each.origin_id for each in found if isinstance(each, Report)] == ["a-1", "b"]


def test_a_record_over_several_lines_is_read_under_any_suffix(tmp_path: Path) -> None:
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps(RECORD, indent=2), encoding="utf-8")
    assert only_report(read_source(str(path), Hints(), LIMITS)).origin_id == "a-1"


def test_a_report_without_an_id_is_called_by_its_file_and_line(tmp_path: Path) -> None:
    text, records = tmp_path / "a\x1b b.txt", tmp_path / "records.jsonl"
    text.write_text("The army left Hama.", encoding="utf-8")
    bare = {"text": "The army left Hama."}
    records.write_bytes(lines("", bare, bare | {"id": "own"}))
    found = [*read_source(str(text), Hints(), LIMITS), *read_source(str(records), Hints(), LIMITS)]
    assert [each.origin_id for each in found if isinstance(each, Report)] == ["a\x1b b.txt", "records.jsonl:2", "own"]
    assert len({each.id for each in found if isinstance(each, Report)}) == 1


def test_a_publisher_is_one_line_without_bidi_controls() -> None:
    report = only_report(JsonLinesReader("x", LIMITS).read(lines(RECORD | {"publisher": " Wire\n\u202eNews "}), Hints()))
    assert report.publisher == "Wire News"


def test_a_failure_names_line_and_record() -> None:
    failure = only_failure(JsonLinesReader("x.jsonl", LIMITS).read(lines("", {"id": "b-2"}), Hints()))
    assert failure.report == "x.jsonl:2 (b-2)"
    assert failure.error.startswith("bad-record: ")


def test_a_line_separator_inside_text_ends_no_line() -> None:
    text = "The army left Hama.\u2028It went to Homs.\x85"
    raw = json.dumps(RECORD | {"text": text}, ensure_ascii=False).encode()
    assert only_report(JsonLinesReader("x", LIMITS).read(raw, Hints())).text == text


def test_a_title_is_the_first_line() -> None:
    report = only_report(JsonLinesReader("x", LIMITS).read(lines(RECORD | {"title": " Army\nleaves Hama "}), Hints()))
    assert report.title == "Army leaves Hama"
    assert report.text == f"Army leaves Hama\n{RECORD['text']}"
    assert report.text[report.body :] == RECORD["text"]


def test_a_title_that_the_text_begins_with_is_not_doubled() -> None:
    text = "Army leaves Hama\nThe army left Hama."
    report = only_report(JsonLinesReader("x", LIMITS).read(lines(RECORD | {"title": "Army leaves Hama", "text": text}), Hints()))
    assert report.text == text


def test_record_wins_over_flag_and_flag_over_dateline() -> None:
    text = "2024-12-01 BEIRUT (Reuters) - The army left Hama."
    hints = Hints(publisher="Flag", published=date(2024, 12, 3))
    (plain,) = TextReader(LIMITS).read(text.encode(), Hints())
    (flagged,) = TextReader(LIMITS).read(text.encode(), hints)
    recorded = only_report(JsonLinesReader("x", LIMITS).read(lines(RECORD | {"text": text}), hints))
    undated = only_report(JsonLinesReader("x", LIMITS).read(lines({"text": text}), hints))
    found = [(each.publisher, each.published) for each in (plain, flagged, recorded, undated) if isinstance(each, Report)]
    assert found == [
        ("Reuters", date(2024, 12, 1)),
        ("Flag", date(2024, 12, 3)),
        ("Example Wire", date(2024, 12, 7)),
        ("Flag", date(2024, 12, 3)),
    ]


@pytest.mark.parametrize(
    ("head", "label", "reader"),
    [
        (b"The army left.", "a.txt", TextReader),
        (b"[UPDATE] The army left.", "a.txt", TextReader),
        (b"{sic} the army left.", "-", TextReader),
        (b'{"text": "x"}\n{"text": "y"}\n', "-", JsonLinesReader),
        (b'{"text": "x"}\n', "a.json", JsonLinesReader),
        (b'\xef\xbb\xbf{"text": "x"}\n', "-", JsonLinesReader),
        (b'{"text": "x"}', "a.json", JsonReader),
        (b'{\n "text": "x"\n}', "-", JsonReader),
        (b'[{"text": "x"}]', "a.txt", JsonReader),
        (b"[]", "-", JsonReader),
        (b"nonsense", "a.jsonl", JsonLinesReader),
        (b"nonsense", "a.json", JsonReader),
        (b"", "a.ndjson", JsonLinesReader),
    ],
)
def test_content_and_suffix_choose_the_reader(head: bytes, label: str, reader: type) -> None:
    assert isinstance(choose_reader(head, label, LIMITS), reader)


def test_a_stream_is_read_as_it_comes() -> None:
    receiving, sending = os.pipe()
    with os.fdopen(receiving, "rb") as stream, os.fdopen(sending, "wb", buffering=0) as writer:
        writer.write(lines(RECORD, RECORD))
        outcomes = read_stream(stream, "-", Hints(), LIMITS)
        assert isinstance(next(outcomes), Report)
        assert isinstance(next(outcomes), Report)
        assert not writer.closed


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.txt", b"", "input: the text is empty"),
        ("blank.txt", b" \r\n\0" + b" " * 20, "input: the text is empty"),
        ("binary.txt", bytes(range(256)) * 9, "not-text"),
        ("page.txt", b"<html><body>The army left.</body></html>", "not-text: this is HTML"),
        ("long.txt", b"word " * 201, "too-large"),
        ("longer.txt", b"word " * 900, "too-large"),
        ("bad.json", b"{", "bad-record"),
        ("empty.json", b"", "bad-record: there is no record in it"),
        ("none.json", b"[]", "bad-record: there is no record in it"),
        ("empty.jsonl", b"", "bad-record: there is no record in it"),
        ("blank.jsonl", b"\n \n", "bad-record: there is no record in it"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_failure(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    failure = only_failure(read_source(str(path), Hints(), LIMITS))
    assert failure.report == str(path)
    assert failure.error.startswith(code)


def test_missing_files_and_directories_are_failures(tmp_path: Path) -> None:
    assert only_failure(read_source(str(tmp_path / "no.txt"), Hints(), LIMITS)).error.startswith("missing-input: no such file")
    assert "directory" in only_failure(read_source(str(tmp_path), Hints(), LIMITS)).error
    assert only_failure(read_source("a\0b", Hints(), LIMITS)).stage == "read"
    assert "without a name" in only_failure(read_source("", Hints(), LIMITS)).error
    assert only_failure(read_source("a" * 300, Hints(), LIMITS)).error == "input: cannot be opened: File name too long"


@pytest.mark.parametrize("suffix", ["txt", "jsonl", "json"])
def test_fifty_megabytes_of_one_line_end_quickly(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"big.{suffix}"
    path.write_bytes(b"a" * 50_000_000)
    before = datetime.now(UTC)
    failure = only_failure(read_source(str(path), Hints(), Limits()))
    assert failure.error.startswith("too-large: ")
    assert datetime.now(UTC) - before < timedelta(seconds=5)


@pytest.mark.parametrize(
    ("text", "error"),
    [("", InputError), ("\ud800 army", NotTextError), ("x" * 1001, TooLargeError), ("<html>army", NotTextError)],
)
def test_a_draft_that_is_no_report_is_refused(text: str, error: type[InputError]) -> None:
    with pytest.raises(error):
        compose(Draft(text, "0"), Hints(), LIMITS)


def test_nothing_to_read_in_a_document_is_raised() -> None:
    with pytest.raises(BadRecordError):
        list(JsonReader("x", LIMITS).read(b"{", Hints()))


def test_ids_ignore_how_the_report_came() -> None:
    from_text = only_report(TextReader(LIMITS).read(b"The army left.\r\n", Hints(publisher="Example Wire")))
    from_record = only_report(JsonLinesReader("x", LIMITS).read(lines({"publisher": "Example Wire", "text": "The army left.\n"}), Hints()))
    assert from_text.id == from_record.id
