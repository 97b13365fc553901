"""The command: verbs, formats, exit codes, one-line errors, and what it must not import."""

from __future__ import annotations

import functools
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from whoholds import __version__, pipeline
from whoholds.cli import Format, main
from whoholds.errors import ModelMissingError
from whoholds.pipeline import Stages, read_reports

HEAVY = {"spacy", "numpy", "sqlalchemy", "py3langid", "rich.console", "whoholds.extract", "whoholds.locate", "whoholds.registry"}
TEXT = "2024-12-07 Example News/ The troops of it: Army left Hama, 40 km from Homs. Later Army denied leaving Homs to the rebels."

pytestmark = pytest.mark.usefixtures("own_settings")


@pytest.fixture
def fake(stages: Stages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "read_reports", functools.partial(read_reports, opener=lambda _: stages))


@pytest.fixture
def nothing_loads(monkeypatch: pytest.MonkeyPatch) -> None:
    def opener(_: str | None) -> Stages:
        raise AssertionError("nothing may be loaded for this")

    monkeypatch.setattr(pipeline, "read_reports", functools.partial(read_reports, opener=opener))


def written(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def one_line(captured: str) -> str:
    assert captured.startswith("whoholds: ")
    assert captured.count("\n") == 1
    assert "Traceback" not in captured
    return captured


def started(arguments: list[str], root: Path) -> subprocess.Popen[bytes]:
    environment = os.environ | {"PYTHONPATH": str(root / "src")}
    command = [sys.executable, "-m", "whoholds", *arguments]
    return subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.mark.usefixtures("fake")
def test_the_table_tells_who_what_where_when_and_how_far(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", written(tmp_path, "a.txt", TEXT)]) == 0
    shown = capsys.readouterr().out
    for words in (
        "Example News · 2024-12-07",
        "● asserts  withdrawal  Example News (own voice)",
        "Army → Hama (xx:Hama)",
        "when 2024-12-07",
        "≤ 40 km from Homs: straight line from Hama 44.6 km, only from its edge",
        "“Army left Hama, 40 km from Homs”",
        "✕ denies",
        "Claims: 1 asserts, 1 denies",
        "Reported control, not access, safety or sovereignty.",
    ):
        assert words in shown
    assert "\x1b" not in shown
    assert max(map(len, shown.splitlines())) <= 80


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize("form", list(Format))
def test_every_format_is_printed_and_written(tmp_path: Path, form: Format, capsys: pytest.CaptureFixture[str]) -> None:
    source, target = written(tmp_path, "a.txt", TEXT), tmp_path / "out.file"
    assert main(["read", source, "--format", form.value]) == 0
    printed = capsys.readouterr().out
    assert main(["read", source, "--format", form.value, "-o", str(target)]) == 0
    assert target.read_text(encoding="utf-8") == printed
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []
    if form not in {Format.TABLE, Format.HTML}:
        assert json.loads(printed)


@pytest.mark.usefixtures("fake")
def test_explain_draws_the_report_and_goes_with_no_other_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = written(tmp_path, "a.txt", TEXT)
    assert main(["read", source, "--explain"]) == 0
    shown = capsys.readouterr().out
    assert re.search(r"^  1 ● +acto┄pred┄plac┄", shown, re.MULTILINE)
    assert "rule fake" in shown
    assert main(["read", source, "--explain", "--format", "html"]) == 2
    assert "--explain" in one_line(capsys.readouterr().err)


@pytest.mark.usefixtures("fake")
def test_flags_win_over_the_dateline(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = written(tmp_path, "a.txt", TEXT)
    assert main(["read", source, "--published", "2024-12-09", "--publisher", "Flag", "--format", "jsonl"]) == 0
    report = json.loads(capsys.readouterr().out)["report"]
    assert (report["publisher"], report["published"]) == ("Flag", "2024-12-09")


@pytest.mark.usefixtures("fake")
def test_some_failures_print_the_rest_and_exit_with_three(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad, good = written(tmp_path, "bad.txt", b"%PDF-1.7"), written(tmp_path, "good.txt", TEXT)
    assert main(["read", bad, good, "--format", "eval"]) == 3
    captured = capsys.readouterr()
    assert len(json.loads(captured.out)["claims"]) == 2
    assert (
        one_line(captured.err)
        == f"whoholds: {bad}: not-text: this is a PDF file, not text; save its text as a UTF-8 .txt file and read that\n"
    )


@pytest.mark.usefixtures("nothing_loads")
@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.txt", b"", "input: the text is empty"),
        ("binary.txt", bytes(range(256)) * 9, "not-text"),
        ("page.html", b"<!doctype html><p>The army left.</p>", "not-text: this is HTML"),
        ("big.txt", b"a" * 50_000_000, "too-large"),
        ("arabic.txt", "دخلت قوات المعارضة مدينة حماة يوم الخميس", "unsupported-language: the text looks like 'ar'"),
        ("russian.txt", "Войска вошли в город Купянск, сообщило министерство", "unsupported-language: the text looks like 'ru'"),
        ("french.txt", "Les forces du régime se sont retirées de la ville de Hama, a annoncé l'armée", "unsupported-language"),
        ("german.txt", "Die Armee hat sich aus der Stadt Hama zurückgezogen, teilte sie am Samstag mit", "unsupported-language"),
        ("bad.jsonl", b'{"text": \n', "bad-record: no valid JSON"),
        ("deep.jsonl", b"[" * 90_000, "bad-record: this JSON is nested too deeply"),
        ("half.jsonl", b'{"text": "\\ud800"}\n', "not-text: half a surrogate pair"),
        (
            "future.jsonl",
            b'{"text": "The army left.", "published": "2999-01-01"}\n',
            'bad-record: "published": 2999-01-01 lies in the future',
        ),
        (
            "nonsense.jsonl",
            b'{"text": "The army left.", "published": "2024-13-45"}\n',
            "bad-record: \"published\": '2024-13-45' is no date",
        ),
        (None, b"", "missing-input: no such file"),
        (".", b"", "input: this is a directory"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_three(
    tmp_path: Path, name: str | None, content: str | bytes, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    source = str(tmp_path / "none.txt") if name is None else str(tmp_path) if name == "." else written(tmp_path, name, content)
    target = tmp_path / "out.json"
    assert main(["read", source, "--output", str(target)]) == 3
    captured = capsys.readouterr()
    assert says in one_line(captured.err)
    assert captured.out == ""
    assert not target.exists()


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(TEXT.encode("utf-16"), id="UTF-16"),
        pytest.param(TEXT.encode("utf-16-le"), id="UTF-16 without a mark"),
        pytest.param((TEXT + " Café.").encode("latin-1"), id="Latin-1"),
        pytest.param(TEXT.replace("Later", "\0Later").encode(), id="NUL"),
        pytest.param(TEXT.replace(". ", ".\r\n").encode(), id="CRLF"),
    ],
)
def test_odd_text_is_read_correctly(tmp_path: Path, raw: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", written(tmp_path, "a.txt", raw), "--format", "eval"]) == 0
    assert [claim["evidence"] for claim in json.loads(capsys.readouterr().out)["claims"]] == [
        "Army left Hama, 40 km from Homs",
        "Army denied leaving Homs",
    ]


@pytest.mark.usefixtures("nothing_loads")
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["read"], "Missing argument"),
        (["read", "x", "--format", "xml"], "'xml' is not one of"),
        (["read", "x", "--speed"], "No such option"),
        (["write"], "No such command"),
        (["read", "x", "--published", "2024-13-45"], "no date of the calendar"),
        (["read", "x", "--published", "2999-01-01"], "lies in the future"),
        (["read", "x", "--published", ""], "no date of the calendar"),
        (["read", "x", "--publisher", "Wire \udcff"], "--publisher: these bytes are no UTF-8"),
        (["read", "x", "--config", "~nobody-here/x"], "--config ~nobody-here/x: there is no such home folder"),
        (["read", "x", "--config", "/no/such.toml"], "no such file"),
        (["doctor", "--config", "/no/such.toml"], "no such file"),
    ],
)
def test_a_wrong_argument_is_one_line_and_exit_code_two(arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert says in one_line(capsys.readouterr().err)


@pytest.mark.usefixtures("fake")
def test_an_output_that_cannot_be_written_is_a_wrong_argument(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = written(tmp_path, "a.txt", TEXT)
    for target in (tmp_path / "no" / "out.json", tmp_path):
        assert main(["read", source, "--output", str(target)]) == 2
        assert "cannot be written" in one_line(capsys.readouterr().err)


@pytest.mark.usefixtures("fake")
def test_an_output_is_never_an_input_nor_nameless(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = written(tmp_path, "a.txt", TEXT)
    link = tmp_path / "link.txt"
    link.symlink_to(source)
    for target, says in (
        (source, "also an input"),
        (str(link), "also an input"),
        ("", "no name given"),
        ("~nobody-here/x", "no such home"),
    ):
        assert main(["read", source, "--output", target]) == 2
        assert says in one_line(capsys.readouterr().err)
    assert Path(source).read_text(encoding="utf-8") == TEXT


@pytest.mark.usefixtures("fake")
def test_an_output_keeps_the_mode_of_the_file_and_the_link_to_it(tmp_path: Path) -> None:
    source, target, link = written(tmp_path, "a.txt", TEXT), tmp_path / "kept.json", tmp_path / "link.json"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o600)
    link.symlink_to(target)
    assert main(["read", source, "--format", "json", "--output", str(link)]) == 0
    assert link.is_symlink()
    assert target.stat().st_mode & 0o777 == 0o600
    assert json.loads(target.read_text(encoding="utf-8"))["readings"]


@pytest.mark.usefixtures("fake")
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_as_output_is_written_to_and_stays(tmp_path: Path) -> None:
    source, pipe = written(tmp_path, "a.txt", TEXT), tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen([sys.executable, "-c", f"print(open({str(pipe)!r}).read())"], stdout=subprocess.PIPE, text=True)
    assert main(["read", source, "--format", "jsonl", "--output", str(pipe)]) == 0
    assert json.loads(reader.communicate()[0])["claims"]
    assert pipe.is_fifo()


FULL = Path("/dev/full")


@pytest.mark.usefixtures("fake")
@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full here")
def test_a_full_disk_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", written(tmp_path, "a.txt", TEXT), "--output", str(FULL)]) == 2
    assert "cannot be written (No space left on device)" in one_line(capsys.readouterr().err)


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full here")
def test_a_full_standard_output_is_one_line_and_a_full_standard_error_keeps_the_exit_code(root: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(root / "src")}
    command = [sys.executable, "-m", "whoholds"]
    with FULL.open("wb") as full:
        helped = subprocess.run([*command, "--help"], env=environment, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        complained = subprocess.run([*command, "read", "no.txt"], env=environment, stderr=full, check=False)
    assert (helped.returncode, complained.returncode) == (1, 3)
    assert "No space left" in one_line(helped.stderr)


@pytest.mark.skipif(sys.platform == "win32", reason="a shell closes the streams")
@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ("read - <&-", 3, "standard input: input: it is closed"),
        ("read no.txt >&-", 1, "standard output is closed"),
        ("read no.txt 2>&-", 3, ""),
        ("read no.txt <&- >&- 2>&-", 1, ""),
        ("--help >&-", 0, ""),
    ],
)
def test_closed_streams_are_one_line(root: Path, arguments: str, code: int, says: str) -> None:
    environment = os.environ | {"PYTHONPATH": str(root / "src")}
    done = subprocess.run(
        ["/bin/sh", "-c", f'"{sys.executable}" -m whoholds {arguments}'],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code
    assert says in (one_line(done.stderr) if says else done.stderr)
    assert "Traceback" not in done.stderr


def test_a_missing_model_exits_with_four(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def opener(_: str | None) -> Stages:
        raise ModelMissingError("no language model is installed: run `whoholds setup-model`")

    monkeypatch.setattr(pipeline, "read_reports", functools.partial(read_reports, opener=opener))
    assert main(["read", written(tmp_path, "a.txt", TEXT)]) == 4
    assert "setup-model" in one_line(capsys.readouterr().err)


def test_an_interrupt_exits_with_130(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def opener(_: str | None) -> Stages:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "read_reports", functools.partial(read_reports, opener=opener))
    assert main(["read", written(tmp_path, "a.txt", TEXT)]) == 130
    assert "interrupted" in capsys.readouterr().err


@pytest.mark.usefixtures("nothing_loads")
def test_control_characters_of_a_file_name_never_reach_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "\x1b[31mred\n.txt"]) == 3
    assert "\x1b" not in one_line(capsys.readouterr().err)


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"whoholds {__version__}\n"


@pytest.mark.parametrize("arguments", [["--help"], ["read", "--help"]])
def test_help_teaches_with_examples(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0
    shown = capsys.readouterr().out
    assert "Examples:" in shown
    assert "whoholds read report" in shown


def test_doctor_lists_every_part(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) in {0, 4}
    shown = capsys.readouterr().out
    for part in ("Python", "language model", "gazetteer", "cache", "SQLite"):
        assert part in shown


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["read", "--help"], ["--version"], ["doctor"], ["read"], ["read", "no.txt"], ["read", "x", "--published", "soon"]],
)
def test_light_commands_import_nothing_heavy(arguments: list[str], root: Path) -> None:
    code = f"import sys; from whoholds.cli import main; main({arguments!r}); print('LOADED', *sorted({HEAVY!r} & set(sys.modules)))"
    environment = os.environ | {"PYTHONPATH": str(root / "src")}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "LOADED"


def test_importing_the_library_is_cheap(root: Path) -> None:
    code = "import sys, whoholds; print(sorted(name for name in sys.modules if name.startswith('whoholds') or name in ('spacy', 'click')))"
    environment = os.environ | {"PYTHONPATH": str(root / "src")}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['whoholds']"


def test_a_closed_pipe_ends_quietly(root: Path) -> None:
    process = started(["read", "--help"], root)
    assert process.stdin
    assert process.stdout
    assert process.stderr
    with process.stdin, process.stderr:
        process.stdout.close()
        errors = process.stderr.read()
    assert (process.wait(), errors) == (0, b"")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = written(tmp_path, "a.txt", TEXT)
    Path(source).chmod(0)
    assert main(["read", source]) == 3
    assert "permission denied" in one_line(capsys.readouterr().err)


def test_standard_input_is_read(root: Path) -> None:
    process = started(["read", "-"], root)
    out, errors = process.communicate(b"<html>page</html>")
    assert (process.returncode, out) == (3, b"")
    assert errors.decode().startswith("whoholds: standard input: not-text: ")


def test_every_verb_and_flag_is_documented(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reference = (root / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    main(["--help"])
    main(["read", "--help"])
    shown = capsys.readouterr().out
    flags = {word.strip(",") for word in shown.split() if word.startswith("--") and len(word) > 3}
    assert {flag for flag in flags if flag not in reference} == set()


@pytest.mark.usefixtures("fake")
def test_a_counter_runs_on_standard_error_and_results_stay_on_standard_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    source = written(tmp_path, "a.txt", TEXT)
    assert main(["read", source, source, "--format", "jsonl"]) == 0
    captured = capsys.readouterr()
    assert [len(json.loads(line)["claims"]) for line in captured.out.splitlines()] == [2, 2]
    assert "2 reports read" in captured.err
