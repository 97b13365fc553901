"""The verbs on the store: what they say, what they leave behind, and their errors."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Protocol

import pytest

from whoholds import pipeline
from whoholds.cli import main
from whoholds.fuse.signatures import signature_of
from whoholds.pipeline import Stages, ingest_reports
from whoholds.ports import Rules
from whoholds.store import open_store

TEXT = "The troops of it: Army left Hama, 40 km from Homs. Later Army denied leaving Homs to the rebels."

MORE = "What was told of it came from many towns in the north, and more of it is told on another page of this paper."

pytestmark = pytest.mark.usefixtures("own_settings")


class Calls(Protocol):
    calls: list[list[str]]


@pytest.fixture(autouse=True)
def fake(stages: Stages, monkeypatch: pytest.MonkeyPatch) -> None:
    known = Stages(stages.extractor, stages.resolver, Rules("fake-1", "0", "none", "fake-1"))
    monkeypatch.setattr(pipeline, "ingest_reports", functools.partial(ingest_reports, opener=lambda _: known))


@pytest.fixture
def corpus(tmp_path: Path) -> str:
    path = tmp_path / "reports.jsonl"
    records = [{"id": f"r{number}", "outlet": f"Wire {number}", "published": "2024-12-07", "text": TEXT} for number in range(4)]
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return str(path)


def test_reports_are_ingested_once(tmp_path: Path, corpus: str, extractor: Calls, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", corpus]) == 0
    assert "new 4 · known 0 · read anew 0 · failed 0" in capsys.readouterr().out
    read = len(extractor.calls)
    assert main(["ingest", corpus]) == 0
    assert "new 0 · known 4 · read anew 0 · failed 0" in capsys.readouterr().out
    assert len(extractor.calls) == read, "what is known must not be extracted again"
    with open_store(str(tmp_path / "data" / "store.sqlite")) as store:
        assert (store.counts().reports, store.counts().claims) == (4, 8)


def test_a_report_is_kept_with_the_signature_of_its_words(tmp_path: Path) -> None:
    texts = {"a": f"{TEXT} {MORE}", "b": f"{TEXT} {MORE}", "c": TEXT}
    path = tmp_path / "signed.jsonl"
    records = [{"id": name, "outlet": f"Wire {name}", "published": "2024-12-07", "text": text} for name, text in texts.items()]
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    assert main(["ingest", str(path)]) == 0
    with open_store(str(tmp_path / "data" / "store.sqlite")) as store:
        heads = {claim.report.publisher: claim.report.signature for claim in store.claims_at(["xx:Hama"])}
    assert heads["Wire a"] == heads["Wire b"] == signature_of(texts["a"])
    assert heads["Wire c"] == b"", "its words are too few"


def test_what_fails_is_listed_filed_and_the_rest_is_kept(tmp_path: Path, corpus: str, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.txt"
    broken.write_text("2024-12-07 Wire/ Army left Hama. This is broken for the test, and so the army left the town.", encoding="utf-8")
    assert main(["ingest", "none.txt", str(broken), corpus, "--db", str(tmp_path / "x.sqlite"), "--json"]) == 3
    shown = capsys.readouterr()
    summary = json.loads(shown.out)
    assert (summary["reports"], summary["new"], summary["known"], summary["reread"]) == (6, 4, 0, 0)
    assert [failure["stage"] for failure in summary["failures"]] == ["read", "extract"]
    assert shown.err.count("whoholds: ") == 2
    with open_store(str(tmp_path / "x.sqlite")) as store:
        assert [filed.failure.stage for filed in store.failures()] == ["read", "extract"]


def test_changed_words_at_the_same_address_revise_the_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number, town in enumerate(("Hama", "Homs")):
        path = tmp_path / f"{number}.json"
        text = f"The army of it: Army left {town}, and the rebels took the town."
        path.write_text(json.dumps({"publisher": "Wire", "url": "https://wire.example/1", "text": text}), encoding="utf-8")
        assert main(["ingest", str(path)]) == 0
    assert capsys.readouterr().out.count("new 1") == 2
    with open_store(str(tmp_path / "data" / "store.sqlite")) as store:
        first, second = (claim.report.id for claim in store.claims_at(["xx:Hama", "xx:Homs"]))
        revised = store.report(second)
        assert revised is not None
        assert revised.revises == first


def test_a_store_is_backed_up_migrated_and_diagnosed(tmp_path: Path, corpus: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", corpus]) == 0
    assert main(["backup", str(tmp_path / "copy.sqlite")]) == 0
    assert main(["migrate", "--db", str(tmp_path / "copy.sqlite")]) == 0
    assert main(["doctor", "--db", str(tmp_path / "copy.sqlite")]) in {0, 4}
    shown = capsys.readouterr().out
    assert "4 reports" in shown
    assert "nothing to do" in shown
    assert "store           4 reports, 8 claims, 2 places, 0 reviews in" in shown


def test_doctor_says_what_is_wrong_with_a_store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.sqlite"
    other.write_bytes(b"no database at all, but long enough to be looked at" * 40)
    assert main(["doctor", "--db", str(other)]) == 4
    assert "file is not a database" in capsys.readouterr().out
    assert main(["doctor", "--db", str(tmp_path / "none.sqlite")]) in {0, 4}
    assert "none yet" in capsys.readouterr().out


ERRORS = [
    (["ingest", "a.txt", "--db", "mysql://host/db"], 2, "give the path of a file"),
    (["ingest", "a.txt", "--db", "."], 2, "this is a folder"),
    (["ingest", "a.txt", "--published", "soon"], 2, "no date"),
    (["ingest", "a.txt", "--db", "postgresql://user:secret@127.0.0.1:1/none"], 6, "is the server running"),
    (["ingest", "a.txt", "--db", "~nobody-of-this-name/x.sqlite"], 2, "no usable path"),
    (["backup", "copy.sqlite"], 6, "there is none yet"),
    (["backup", "copy.sqlite", "--db", "postgresql://127.0.0.1:1/none"], 2, "pg_dump"),
    (["migrate"], 6, "there is none yet"),
    (["ingest"], 2, "Missing argument"),
]


@pytest.mark.parametrize(("arguments", "code", "says"), ERRORS, ids=lambda value: str(value)[:40])
def test_errors_are_one_line(arguments: list[str], code: int, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == code
    error = capsys.readouterr().err
    assert says in error
    assert error.startswith("whoholds: ")
    assert error.count("\n") == 1
    assert "secret" not in error
