from __future__ import annotations

import json
from pathlib import Path

import pytest

from whoholds.cli import main
from whoholds.locate.user_data import FOLDER_VARIABLE


def test_locate_shows_candidates_with_id_position_score_and_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["locate", "Khan Al-Sheh", "--near", "Damascus", "--country", "SY"]) == 0
    shown = capsys.readouterr().out
    assert "gn:168353" in shown
    assert "33.3694, 36.1086" in shown
    assert "spelled as in the gazetteer" in shown


def test_locate_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["locate", "20 km north of Hama", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["sure"], answer["candidates"][0]["id"], answer["point"]["within_km"]) == (True, "gn:170017", 6.0)


def test_locate_says_what_is_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["locate", "Qwxqwxqwx\x1b[31m"]) == 0
    shown = capsys.readouterr().out
    assert "not in the gazetteer" in shown
    assert "\x1b" not in shown


def test_places_of_the_users_own_are_added_listed_and_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "own"))
    (tmp_path / "mine.csv").write_text("name,lat,lon\nNewford,34.5,36.5\n", encoding="utf-8")
    assert main(["gazetteer", "add", str(tmp_path / "mine.csv")]) == 0
    assert main(["gazetteer", "info"]) == 0
    assert main(["locate", "Newford", "--country", "SY"]) == 0
    assert main(["gazetteer", "remove", "mine"]) == 0
    shown = capsys.readouterr().out
    assert "added 1 places from mine.csv as mine" in shown
    assert "mine.csv (CSV): 1 places" in shown
    assert "user:mine-2" in shown


ERRORS = [
    (["locate", "Hama", "--near", "Qwxqwxqwx"], 2, "no such place"),
    (["locate", "Hama", "--country", "Nowhereland"], 2, "no such country"),
    (["gazetteer", "add", "nowhere.csv"], 3, "cannot be read"),
    (["gazetteer", "remove", "nope"], 2, "nothing was added"),
    (["gazetteer", "build", "nowhere", "out", "--recipe", "none.toml"], 2, "no recipe"),
]


@pytest.mark.parametrize(("arguments", "code", "message"), ERRORS, ids=lambda value: str(value)[:30])
def test_errors_are_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, message: str
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "own"))
    assert main(arguments) == code
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1
