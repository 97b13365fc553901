"""A second opinion in the pipeline, in every output, and from the command: beside the rules, marked, and never in their way."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Protocol

import pytest

import whoholds
from whoholds import cli, pipeline, second_opinion
from whoholds.cli import main
from whoholds.config import Endpoint, Settings, load_settings
from whoholds.errors import SecondOpinionError, SetupError, UsageError
from whoholds.export.explain import explanation
from whoholds.export.html_page import html_page
from whoholds.export.records import record
from whoholds.export.table import table
from whoholds.identity import with_claim_ids, with_statement_id
from whoholds.model import Extracted, Failure, Reading, Report
from whoholds.pipeline import Stages, read_reports, read_text
from whoholds.ports import Extractor, Hints
from whoholds.taxonomy import Kind, Refusal, Stance

SENTENCES = "Army left Hama, said SOHR of the war. Rebels left Homs to the army of the town."
AWAY = Endpoint("http://192.0.2.1/v1", "small <b>", None, timeout=1, max_reports=3)


class Server(Protocol):
    url: str
    content: str
    status: int
    bodies: list[dict[str, object]]

    def say(self, *statements: dict[str, str | None]) -> None: ...


@dataclass
class Second:
    """Says what the rules say of the first place, as `stance`; of every other place something else; fails where told to."""

    rules: Extractor
    stance: Stance = Stance.ASSERTS
    failing: frozenset[str] = frozenset()
    asked: list[str] = field(default_factory=list)

    def extract(self, reports: Iterable[Report]) -> Iterator[Extracted]:
        for report in reports:
            self.asked.append(report.origin_id or "")
            if (report.origin_id or "") in self.failing:
                raise SecondOpinionError("the language model at X gave no answer within 1 s")
            (found,) = self.rules.extract([report])
            yield self._changed(found)

    def _changed(self, found: Extracted) -> Extracted:
        statements, claims = [], []
        for number, (statement, claim) in enumerate(zip(found.statements, found.claims, strict=True)):
            changed = replace(statement, rule="second-opinion:x")
            made = with_statement_id(
                replace(changed, kind=Kind.STRIKE, predicate=changed.evidence) if number else replace(changed, stance=self.stance)
            )
            statements.append(made)
            claims.append(with_claim_ids(replace(claim, statement=made.id), made))
        about = replace(found.extraction, model="small <b>", version="second-opinion-1")
        return Extracted(about, tuple(statements), tuple(claims), {Refusal.QUOTE_NOT_IN_TEXT: 2, Refusal.PLACE_UNKNOWN: 1})


@pytest.fixture
def second(extractor: Extractor) -> Second:
    return Second(extractor)


@pytest.fixture
def both(stages: Stages, second: Second) -> Stages:
    return replace(stages, second=lambda _: second)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(model=None, cache_dir=tmp_path, max_report_chars=1000, batch_size=3, second_opinion=AWAY)


def corpus(folder: Path, count: int, text: str = SENTENCES) -> str:
    path = folder / "reports.jsonl"
    records = [{"id": f"r{number}", "outlet": "Wire", "published": "2024-12-07", "text": f"{text} {number}"} for number in range(count)]
    path.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    return str(path)


def told(outcomes: Iterable[Reading | Failure]) -> list[str]:
    return [("both" if each.second_opinion else "rules") if isinstance(each, Reading) else each.error for each in outcomes]


# -- the pipeline -------------------------------------------------------------------------------------------------


def test_a_second_opinion_stands_beside_the_reading_and_changes_nothing_in_it(tmp_path: Path, settings: Settings, both: Stages) -> None:
    source = corpus(tmp_path, 1)
    (alone,) = read_reports([source], Hints(), replace(settings, second_opinion=None), lambda _: both)
    (reading,) = read_reports([source], Hints(), settings, lambda _: both)
    assert isinstance(alone, Reading)
    assert isinstance(reading, Reading)
    assert alone.second_opinion is None
    assert replace(reading, second_opinion=None) == alone
    other = reading.second_opinion
    assert other is not None
    assert {claim.id for claim in other.extracted.claims} == set(other.resolutions)
    assert other.matches == {other.extracted.claims[0].id: (reading.extracted.claims[0].id,)}


def test_a_failure_is_filed_after_its_report_which_keeps_its_claims(
    tmp_path: Path, settings: Settings, both: Stages, second: Second
) -> None:
    second.failing = frozenset({"r1"})
    source = corpus(tmp_path, 3)
    outcomes = list(read_reports([source], Hints(), settings, lambda _: both))
    assert told(outcomes) == ["both", "rules", "second-opinion: the language model at X gave no answer within 1 s", "both"]
    assert isinstance(outcomes[1], Reading)
    assert len(outcomes[1].extracted.claims) == 2
    assert isinstance(outcomes[2], Failure)
    assert (outcomes[2].report, outcomes[2].stage) == (f"{source} (r1)", "second-opinion")


def test_after_three_failures_in_a_row_no_more_is_asked(tmp_path: Path, settings: Settings, both: Stages, second: Second) -> None:
    second.failing = frozenset({"r0", "r2", "r3", "r4"})
    generous = replace(settings, second_opinion=replace(AWAY, max_reports=99))
    found = told(read_reports([corpus(tmp_path, 8)], Hints(), generous, lambda _: both))
    assert second.asked == ["r0", "r1", "r2", "r3", "r4"]
    assert [each for each in found if each in {"both", "rules"}] == ["rules", "both", *["rules"] * 6]
    assert sum("no more are asked about in this run" in each for each in found) == 1


def test_no_more_reports_are_asked_about_than_set_and_that_is_said(
    tmp_path: Path, settings: Settings, both: Stages, second: Second
) -> None:
    found = told(read_reports([corpus(tmp_path, 5)], Hints(), settings, lambda _: both))
    assert second.asked == ["r0", "r1", "r2"]
    assert found[:3] == ["both"] * 3
    assert found[3] == found[5] == "rules"
    assert "3 reports were asked about, the most that second_opinion_reports allows" in found[4]


def test_the_library_gives_one_too_and_raises_where_there_is_none(settings: Settings, both: Stages, second: Second) -> None:
    reading = read_text(SENTENCES, Hints(publisher="Wire"), settings=settings, opener=lambda _: both)
    assert reading.second_opinion is not None
    second.failing = frozenset({""})
    with pytest.raises(SecondOpinionError):
        read_text(SENTENCES, settings=settings, opener=lambda _: both)


def test_whoholds_read_asks_only_when_told_to(monkeypatch: pytest.MonkeyPatch, own_settings: Path) -> None:
    monkeypatch.setattr(pipeline, "read_text", lambda *_, **known: known["settings"].second_opinion)
    assert own_settings.is_dir()
    assert whoholds.read(SENTENCES) is None
    assert isinstance(whoholds.read(SENTENCES, second_opinion=True), Endpoint)


def test_a_missing_extra_is_said_before_anything_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Settings) -> None:
    monkeypatch.setattr(second_opinion, "PACKAGES", ("no_such_package",))
    with pytest.raises(SetupError, match="second-opinion"):
        next(iter(read_reports([corpus(tmp_path, 1)], Hints(), settings, lambda _: pytest.fail("loaded"))))
    with pytest.raises(SetupError, match="second-opinion"):
        read_text(SENTENCES, settings=settings, opener=lambda _: pytest.fail("loaded"))


# -- settings -----------------------------------------------------------------------------------------------------


def test_it_is_off_by_default_and_asks_this_machine_by_default() -> None:
    assert load_settings(environment={}).second_opinion is None
    endpoint = load_settings({"second_opinion": True}, environment={"WHOHOLDS_SECOND_OPINION_KEY": "s3cret"}).second_opinion
    assert endpoint is not None
    assert (endpoint.url, endpoint.local, endpoint.key) == ("http://127.0.0.1:8080/v1", True, "s3cret")
    assert "s3cret" not in repr(endpoint)


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://localhost:11434/v1/", True),
        ("http://[::1]:8080/v1", True),
        ("http://127.9.9.9/v1", True),
        ("https://models.example/v1/chat/completions", False),
        ("http://192.168.1.4:8080/v1", False),
        ("http://localhost.example/v1", False),
    ],
)
def test_what_is_this_machine_is_told_by_its_address(url: str, local: bool) -> None:  # noqa: FBT001  a table's column
    endpoint = load_settings({"second_opinion": True}, environment={"WHOHOLDS_SECOND_OPINION_URL": url}).second_opinion
    assert endpoint is not None
    assert endpoint.local is local
    assert endpoint.url.endswith("/v1")


@pytest.mark.parametrize(
    ("variables", "says"),
    [
        ({"URL": "localhost:8080"}, "must be an address like"),
        ({"URL": "ftp://127.0.0.1/v1"}, "must be an address like"),
        ({"URL": "http://"}, "must be an address like"),
        ({"URL": "http://me:word@127.0.0.1/v1"}, "without a name, password or query"),
        ({"URL": "http://127.0.0.1/v1?key=1"}, "without a name, password or query"),
        ({"URL": "http://127.0.0.1:0/v1"}, "port 0"),
        ({"URL": "http://127.0.0.1:99999/v1"}, "[Pp]ort"),
        ({"URL": "http://[::1/v1"}, "Invalid IPv6 URL"),
        ({"TIMEOUT": "0"}, "above zero"),
        ({"REPORTS": "many"}, "above zero"),
        ({"KEY": "sch\u00f6n"}, "ASCII"),
        ({"KEY": "a\nb"}, "ASCII"),
        ({"KEY": "k", "URL": "http://models.example/v1"}, "the key would go to models.example unencrypted; use https"),
    ],
)
def test_a_wrong_setting_is_refused_with_what_is_wrong(variables: dict[str, str], says: str) -> None:
    environment = {f"WHOHOLDS_SECOND_OPINION_{name}": value for name, value in variables.items()}
    with pytest.raises(UsageError, match=says):
        load_settings({"second_opinion": True}, environment=environment)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ('second_opinion_key = "s3cret"', "taken from the environment alone; set WHOHOLDS_SECOND_OPINION_KEY"),
        ('second_opinion = "perhaps"', "must be true or false"),
    ],
)
def test_a_file_may_not_hold_a_key_or_a_maybe(tmp_path: Path, words: str, says: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(words, encoding="utf-8")
    with pytest.raises(UsageError, match=says) as raised:
        load_settings(environment={}, path=path)
    assert "s3cret" not in str(raised.value)


@pytest.mark.parametrize(
    ("file", "variable", "flag", "on"),
    [
        ("true", None, None, True),
        ("true", "off", None, False),
        ("false", "1", None, True),
        ("true", "on", False, False),
        ("false", "no", True, True),
    ],
)
def test_file_environment_and_flag_turn_it_on_and_off(
    tmp_path: Path,
    file: str,
    variable: str | None,
    flag: bool | None,  # noqa: FBT001
    on: bool,  # noqa: FBT001  a table's columns
) -> None:
    path = tmp_path / "own.toml"
    path.write_text(f"second_opinion = {file}\n", encoding="utf-8")
    environment = {"WHOHOLDS_SECOND_OPINION": variable} if variable else {}
    assert (load_settings({"second_opinion": flag}, environment, path).second_opinion is not None) is on


# -- what is shown ------------------------------------------------------------------------------------------------


def reading_of(settings: Settings, both: Stages) -> Reading:
    return read_text(SENTENCES, Hints(publisher="Wire"), published="2024-12-07", settings=settings, opener=lambda _: both)


def test_the_table_says_of_every_claim_who_found_it(settings: Settings, both: Stages) -> None:
    shown = "".join(table([reading_of(settings, both)]))
    own, _, theirs = shown.partition("Second opinion of small <b>: ")
    assert "· 2 claims" in own
    assert own.count("also found by the second opinion\n") == 1
    assert own.count("not found by the second opinion\n") == 1
    assert " ".join(theirs.split()).startswith(
        "2 with their words in the text, 1 of them found by no rule; 3 refused (2 quote not in text, 1 place unknown)"
    )
    assert theirs.count("second opinion only: no rule found it") == 1
    assert "Claims: 2 asserts\nFound by the second opinion only, and not counted there: 1" in theirs


def test_a_stance_read_otherwise_is_said(settings: Settings, both: Stages, second: Second) -> None:
    second.stance = Stance.DENIES
    shown = "".join(table([reading_of(settings, both)]))
    assert "also found by the second opinion, which reads it as denies withdrawal\n" in shown


def test_without_a_second_opinion_nothing_of_it_is_shown(settings: Settings, both: Stages) -> None:
    reading = replace(reading_of(settings, both), second_opinion=None)
    shown = ["".join(table([reading])), "".join(explanation([reading])), json.dumps(record(reading)), "".join(html_page([reading]))]
    assert not [page for page in shown if "second opinion" in page.replace("_", " ").casefold() or "²" in page]


def test_json_keeps_it_under_a_key_of_its_own(settings: Settings, both: Stages) -> None:
    reading = reading_of(settings, both)
    alone, made = record(replace(reading, second_opinion=None)), record(reading)
    assert {key: value for key, value in made.items() if key != "second_opinion"} == alone
    other = made["second_opinion"]
    assert isinstance(other, dict)
    assert set(other) == {"extraction", "statements", "claims", "resolutions", "checks", "refused", "matches"}
    assert other["refused"] == {"quote_not_in_text": 2, "place_unknown": 1}
    assert reading.second_opinion is not None
    assert other["matches"] == {reading.second_opinion.extracted.claims[0].id: [reading.extracted.claims[0].id]}


def test_the_explanation_marks_what_no_rule_found(settings: Settings, both: Stages) -> None:
    shown = "".join(explanation([reading_of(settings, both)]))
    assert "· 2 claims" in shown
    assert "what no rule found has a ²" in " ".join(shown.split())
    assert "  3²● strik" not in shown
    assert "  3²● asserts  strike" in shown
    assert "  1 ● asserts  withdrawal" in shown
    assert "rule second-opinion:x" in shown


def test_the_page_marks_what_no_rule_found_and_escapes_the_models_name(settings: Settings, both: Stages) -> None:
    page = "".join(html_page([reading_of(settings, both)]))
    assert page.count('class="card asserts second"') == 1
    assert 'aria-label="Statement 3, second opinion only: Wire asserts, strike">●3²</a>' in page
    assert '<h3>2 claims <span class="count">in 2 statements</span></h3>' in page
    assert "Second opinion of small &lt;b&gt;: 2 with their" in page
    assert "language model small &lt;b&gt;" in page
    assert "<b>" not in page
    assert page.count('<span class="found">also found by the second opinion</span>') == 1


# -- the command --------------------------------------------------------------------------------------------------


@pytest.fixture
def file(own_settings: Path) -> str:
    path = own_settings / "report.txt"
    path.write_text("The army withdrew from Hama on Friday, a monitor said. Residents saw the rebels take Homs.\n", encoding="utf-8")
    return str(path)


def test_the_command_asks_over_http_and_shows_both(
    server: Server, file: str, shipped: Stages, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pipeline, "read_reports", partial(read_reports, opener=lambda _: shipped))
    monkeypatch.setenv("WHOHOLDS_SECOND_OPINION_URL", server.url)
    server.say(
        {"quote": "The army withdrew from Hama", "kind": "withdrawal", "stance": "asserts", "place": "Hama", "source": "a monitor"},
        {"quote": "rebels take Homs", "kind": "strike", "stance": "asserts", "place": "Homs", "source": "Residents"},
        {"quote": "rebels took Aleppo", "kind": "capture", "stance": "asserts", "place": "Aleppo", "source": None},
    )
    assert main(["read", file, "--published", "2024-12-07", "--second-opinion"]) == 0
    shown, said = capsys.readouterr()
    assert "1 refused (1 quote not in text)" in " ".join(shown.split())
    assert "second opinion only: no rule found it" in shown
    assert said == ""
    assert len(server.bodies) == 1


def test_a_server_that_fails_leaves_the_rules_claims_and_exit_code_one(
    server: Server, file: str, shipped: Stages, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pipeline, "read_reports", partial(read_reports, opener=lambda _: shipped))
    monkeypatch.setenv("WHOHOLDS_SECOND_OPINION_URL", server.url)
    server.status = 500
    assert main(["read", file, "--second-opinion"]) == 1
    shown, said = capsys.readouterr()
    assert "withdrawal" in shown
    assert said.startswith(f"whoholds: {file}: second-opinion: the language model at {server.url} refused or failed (HTTP 500)")
    assert main(["read", file, f"{file}.no", "--second-opinion"]) == 3


@pytest.mark.parametrize("form", ["eval", "geojson"])
def test_a_format_that_could_not_mark_it_is_refused(file: str, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", file, "--second-opinion", "--format", form]) == 2
    assert "has no place for it" in capsys.readouterr().err


def test_that_texts_leave_this_machine_is_said_first(
    file: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WHOHOLDS_SECOND_OPINION_URL", "https://models.example/v1")
    monkeypatch.setattr(pipeline, "read_reports", lambda *_: iter(()))
    monkeypatch.setattr(cli, "_write", lambda *_: None)
    assert main(["read", file, "--second-opinion"]) == 0
    assert capsys.readouterr().err == "whoholds: second opinion: the texts of the reports are sent to models.example\n"
