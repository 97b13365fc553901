"""The pipeline with fake stages: order, batches, failures, and what is raised rather than filed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn, Protocol

import pytest

import whoholds
from whoholds import locate
from whoholds.config import Settings
from whoholds.errors import InputError, ModelMissingError, SetupError, UnsupportedLanguageError, UsageError
from whoholds.model import Failure, Reading
from whoholds.pipeline import Stages, open_stages, read_reports, read_text
from whoholds.ports import Hints

FRENCH = "Les forces du régime se sont retirées de la ville de Hama, a annoncé samedi l'Observatoire syrien."


class Calls(Protocol):
    calls: list[list[str]]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(model=None, cache_dir=tmp_path, max_report_chars=1000, batch_size=3)


def no_stages(_: str | None) -> NoReturn:
    raise AssertionError("nothing may be loaded for this")


def corpus(folder: Path, texts: Sequence[str]) -> str:
    path = folder / "reports.jsonl"
    records = [{"id": f"r{number}", "outlet": "Wire", "published": "2024-12-07", "text": text} for number, text in enumerate(texts)]
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return str(path)


def told(outcomes: Iterator[Reading | Failure]) -> list[str]:
    return [f"{len(each.extracted.claims)} claims" if isinstance(each, Reading) else each.error.split(":")[0] for each in outcomes]


def test_reports_come_in_order_and_in_batches(tmp_path: Path, settings: Settings, stages: Stages, extractor: Calls) -> None:
    source = corpus(tmp_path, ["Army left Hama. The army left for the town."] * 7)
    outcomes = list(read_reports([source], Hints(), settings, lambda _: stages))
    assert [each.report.origin_id for each in outcomes if isinstance(each, Reading)] == [f"r{number}" for number in range(7)]
    assert [len(call) for call in extractor.calls] == [3, 3, 1]


def test_a_claim_is_located_and_its_distance_checked(tmp_path: Path, settings: Settings, stages: Stages) -> None:
    source = corpus(tmp_path, ["Army left Hama, 40 km from Homs, and then the army left Nowhere to the rebels of the town."])
    (reading,) = read_reports([source], Hints(), settings, lambda _: stages)
    assert isinstance(reading, Reading)
    (claim,) = reading.extracted.claims
    located = reading.resolutions[claim.id].place
    assert located is not None
    assert located.id == "xx:Hama"
    assert reading.checks[claim.id].straight_km == 44.6


def test_one_bad_report_is_filed_and_the_others_of_its_batch_are_read(tmp_path: Path, settings: Settings, stages: Stages) -> None:
    source = corpus(
        tmp_path, ["Army left Hama to the rebels.", "This is broken for the test.", FRENCH, "", "Army left Homs to the rebels."]
    )
    assert told(read_reports([source], Hints(), settings, lambda _: stages)) == [
        "1 claims",
        "data",
        "unsupported-language",
        "bad-record",
        "1 claims",
    ]


def test_a_failure_names_file_record_and_stage(tmp_path: Path, settings: Settings) -> None:
    source = corpus(tmp_path, [FRENCH])
    (failure,) = read_reports([source], Hints(), settings, no_stages)
    assert isinstance(failure, Failure)
    assert failure.report == f"{source} (r0)"
    assert failure.stage == "extract"
    assert failure.error.startswith("unsupported-language: the text looks like 'fr'")


def test_a_failure_of_a_record_without_an_id_names_file_and_line_once(tmp_path: Path, settings: Settings) -> None:
    text, records = tmp_path / "a.txt", tmp_path / "a.jsonl"
    text.write_text("... 12 34", encoding="utf-8")
    records.write_text(json.dumps({"text": FRENCH}) + "\n", encoding="utf-8")
    found = list(read_reports([str(text), str(records)], Hints(), settings, no_stages))
    assert [each.report for each in found if isinstance(each, Failure)] == [str(text), f"{records}:1"]
    assert isinstance(found[0], Failure)
    assert found[0].error.startswith("unsupported-language: the language cannot be told")


def test_a_disk_too_full_for_the_index_is_a_fault_of_the_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> NoReturn:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(locate, "open_gazetteer", full)
    with pytest.raises(SetupError, match="WHOHOLDS_CACHE_DIR"):
        open_stages.__wrapped__(None)


def test_files_that_cannot_be_opened_come_first_and_load_nothing(tmp_path: Path, settings: Settings) -> None:
    good = tmp_path / "good.txt"
    good.write_text("Army left Hama to the rebels.", encoding="utf-8")
    outcomes = read_reports([str(good), str(tmp_path / "no.txt"), str(tmp_path)], Hints(), settings, no_stages)
    assert [next(outcomes), next(outcomes)] == [
        Failure(str(tmp_path / "no.txt"), "read", "missing-input: no such file; check the path"),
        Failure(str(tmp_path), "read", f"input: this is a directory; name the files in it (for example {tmp_path / '*.txt'})"),
    ]


def test_a_missing_model_is_raised_not_filed(tmp_path: Path, settings: Settings) -> None:
    def opener(_: str | None) -> NoReturn:
        raise ModelMissingError("no language model is installed: run it")

    with pytest.raises(ModelMissingError):
        list(read_reports([corpus(tmp_path, ["Army left Hama to the rebels."])], Hints(), settings, opener))


def test_a_text_is_read_with_what_the_caller_knows(settings: Settings, stages: Stages) -> None:
    reading = read_text(
        "Army left Hama to the rebels.", Hints(publisher="Wire"), published="2024-12-07", settings=settings, opener=lambda _: stages
    )
    assert (reading.report.publisher, reading.report.published) == ("Wire", date(2024, 12, 7))
    assert reading.extracted.statements[0].event_date is not None


@pytest.mark.parametrize(
    ("text", "published", "error"),
    [
        ("", None, InputError),
        (FRENCH, None, UnsupportedLanguageError),
        ("x" * 1001, None, InputError),
        ("The army left Hama.", "2024-02-30", UsageError),
        ("The army left Hama.", date(2999, 1, 1), UsageError),
    ],
)
def test_a_text_that_cannot_be_read_is_raised(text: str, published: date | str | None, error: type[Exception], settings: Settings) -> None:
    with pytest.raises(error):
        read_text(text, published=published, settings=settings, opener=no_stages)


def test_the_library_says_what_is_wrong_before_anything_is_loaded() -> None:
    with pytest.raises(UsageError, match="no date of the calendar"):
        whoholds.read("The army left Hama.", published="soon")
    with pytest.raises(InputError, match="empty"):
        whoholds.read(" \n")


@pytest.mark.parametrize(
    ("given", "error", "says"),
    [
        ({"text": None}, UsageError, "text: must be text, not NoneType"),
        ({"text": b"The army left."}, UsageError, "text: must be text, not bytes"),
        ({"published": 20241207}, UsageError, "published: must be text, not int"),
        ({"publisher": 5}, UsageError, "publisher: must be text, not int"),
        ({"title": ["x"]}, UsageError, "title: must be text, not list"),
        ({"url": 7}, UsageError, "url: must be text, not int"),
        ({"published": "0001-01-01"}, UsageError, "earlier than any newspaper"),
        ({"publisher": "\ud800"}, InputError, "publisher: half a surrogate pair"),
        ({"url": "\ud800"}, InputError, "url: half a surrogate pair"),
    ],
)
def test_what_the_library_cannot_take_is_an_error_of_its_tree(given: dict[str, object], error: type[Exception], says: str) -> None:
    arguments = {"text": "The army left Hama to the rebels.", **given}
    with pytest.raises(error, match=says):
        whoholds.read(**arguments)  # type: ignore[arg-type]
