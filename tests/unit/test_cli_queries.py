"""The verbs that ask the store: what they refuse, in one line, with the exit code of its kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from whoholds.cli import main
from whoholds.store import open_store

NOWHERE = "Nowhereville"

ERRORS = {
    "who: no such place": (["who", NOWHERE], 2, f"no place is called '{NOWHERE}'"),
    "who: no day": (["who", "Hama", "--on", "soon"], 2, "--on soon: is no day; write it as 2024-12-07"),
    "who: no day of knowing": (["who", "Hama", "--known-by", "2024-13-01"], 2, "--known-by 2024-13-01: is no day"),
    "who: no view": (["who", "Hama", "--view", "sideways"], 2, "must be fused, side:ID or source:ID"),
    "who: no side": (["who", "Hama", "--view", "side:none"], 2, "is none of the registry"),
    "who: no place given": (["who"], 2, "Missing argument"),
    "timeline: an empty name": (["timeline", ""], 2, "no place is called ''"),
    "explain: no day": (["explain", "Hama", "--on", "31.12.2024"], 2, "--on 31.12.2024: is no day"),
    "explain: no such place": (["explain", NOWHERE, "--on", "2024-12-07"], 2, "no place is called"),
    "claims: no kind": (["claims", "--kind", "conquest"], 2, "'conquest' is not one of"),
    "claims: no stance": (["claims", "--stance", "maybe"], 2, "'maybe' is not one of"),
    "claims: no such place": (["claims", "--place", NOWHERE], 2, "no place is called"),
    "claims: no such area": (["claims", "--inside", NOWHERE], 2, "no place is called"),
    "claims: an empty page": (["claims", "--limit", "0"], 2, "'--limit': 0 is not in the range"),
    "diff: no day": (["diff", "--from", "soon"], 2, "is no day"),
    "diff: one view": (["diff", "--between", "fused"], 2, "'--between' requires 2 arguments"),
    "diff: no view": (["diff", "--between", "fused", "sideways", "--on", "2024-12-07"], 2, "must be fused, side:ID or source:ID"),
    "table: no war": (["table", "--conflict", "mars"], 2, "--conflict 'mars': no such war; there are "),
    "table: no day": (["table", "--on", "soon"], 2, "--on soon: is no day"),
    "coverage: no war": (["coverage", "--conflict", "mars"], 2, "no such war"),
    "coverage: no days": (["coverage", "--days", "0"], 2, "'--days': 0 is not in the range"),
    "sources: no war": (["sources", "--conflict", "mars"], 2, "no such war"),
    "sources: no limit": (["sources", "--limit", "0"], 2, "'--limit': 0 is not in the range"),
    "sources: no day": (["sources", "--known-by", "soon"], 2, "--known-by soon: is no day"),
    "sitrep: two formats": (["sitrep", "--json", "--format", "html"], 2, "do not go together"),
    "sitrep: no war": (["sitrep", "--conflict", "mars"], 2, "no such war"),
    "sitrep: no folder": (["sitrep", "--on", "2024-12-07", "--out", "none/of/these/page.md"], 2, "none/of/these"),
}

VERBS = (["who", "Hama"], ["timeline", "Hama"], ["explain", "Hama"], ["claims"], ["table"], ["coverage"], ["sources"], ["sitrep"])


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the verbs look for a store; there is none yet."""
    monkeypatch.setenv("WHOHOLDS_CONFIG", "")
    monkeypatch.setenv("WHOHOLDS_DB", str(tmp_path / "store.sqlite"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "store.sqlite"


@pytest.mark.parametrize(("arguments", "code", "says"), ERRORS.values(), ids=ERRORS)
def test_what_is_refused_is_told_in_one_line(
    store: Path, arguments: list[str], code: int, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    open_store(str(store), create=True).close()
    assert main(arguments) == code
    told = capsys.readouterr()
    assert says in told.err
    assert told.err.startswith("whoholds: ")
    assert told.err.count("\n") == 1
    assert told.out == ""


@pytest.mark.parametrize("arguments", VERBS, ids=lambda arguments: arguments[0])
def test_without_a_store_each_verb_says_so(store: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 6
    error = capsys.readouterr().err
    assert "there is none yet; make one with `whoholds ingest`" in error
    assert error.count("\n") == 1
    assert not store.exists()
