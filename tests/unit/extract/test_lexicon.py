"""The tables of cue words: what is malformed is refused, what ships is sound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from whoholds.errors import DataError, UnsupportedLanguageError
from whoholds.registry import lexicon as lexicons
from whoholds.registry.lexicon import EventNoun, Frame, Lexicon, load_lexicon
from whoholds.taxonomy import Certainty, Kind, Role

SHIPPED = load_lexicon("en")
FRAMES = [frame for frames in SHIPPED.frames.values() for frame in frames]
NOUNS = list(SHIPPED.nouns.values())
PREPOSITIONS = frozenset(
    re.findall(
        r"\w+",
        """about above across after against ahead along among around as at away behind below beside between by close deeper east for
        from in inside into near nearby north of off on onto out outside over short south targeting there through throughout to toward
        towards up via west with within""",
    )
)
SLOTS = frozenset({"object", "subject", "agent", "xcomp:object"})
ACTORS = frozenset({"none", "dative"})
CLASSES = frozenset(SHIPPED.classes.__dataclass_fields__)


def prepositional(slot: str) -> bool:
    return set(slot.split()) <= PREPOSITIONS


def frame_name(frame: Frame) -> str:
    return f"{frame.rule}-{frame.object}"


def test_a_language_without_a_lexicon_is_refused() -> None:
    with pytest.raises(UnsupportedLanguageError, match="unsupported-language: no lexicon for 'xx'"):
        load_lexicon("xx")


def test_the_lexicon_is_read_once_and_has_a_stable_hash() -> None:
    assert load_lexicon("en") is load_lexicon("en")
    assert re.fullmatch(r"[0-9a-f]{16}", SHIPPED.hash)
    load_lexicon.cache_clear()
    assert load_lexicon("en").hash == SHIPPED.hash


@pytest.mark.parametrize("frame", FRAMES, ids=frame_name)
def test_every_slot_of_a_frame_can_be_filled(frame: Frame) -> None:
    assert frame.place
    assert all(slot in SLOTS or prepositional(slot) for slot in (*frame.place, *frame.target))
    assert frame.actor in SLOTS | ACTORS or prepositional(frame.actor)
    assert frame.object in CLASSES | {"any", "none", "place", "named", "actor", "force", "never", "bare_stance"}
    assert frame.subject in {"actor", "place", "named", "force", "power", "telling", "aircraft", "reinforcement", "any"}
    assert frame.voice in {"", "active", "passive", "absolute"}
    assert all(word == "distance" or prepositional(word) for word in frame.requires)
    assert frame.with_ in {"", "weapon"}


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.lemma)
def test_every_slot_of_an_event_noun_can_be_filled(noun: EventNoun) -> None:
    assert all(slot == "poss" or prepositional(slot) for slot in noun.place)
    assert all(slot in {"poss", "subject"} or prepositional(slot) for slot in (*noun.actor, *noun.target))
    assert noun.licence in {"report", "always", "light"}


def test_every_kind_has_words() -> None:
    light = {kind for noun in NOUNS for kind in noun.light.values()}
    assert {frame.kind for frame in FRAMES} | {noun.kind for noun in NOUNS} | light == set(Kind)


def test_roles_are_those_of_the_taxonomy() -> None:
    assert set(SHIPPED.saying.role.values()) <= set(Role)


def test_cues_have_a_certainty() -> None:
    assert SHIPPED.stance.adverb["reportedly"] is Certainty.UNDERSPECIFIED
    assert all(
        isinstance(c, Certainty) for cues in (SHIPPED.stance.adverb, SHIPPED.stance.verb, SHIPPED.stance.modal) for c in cues.values()
    )


def test_words_of_denial_and_of_saying_are_different_words(lexicon: Lexicon) -> None:
    assert not lexicon.saying.deny & lexicon.saying.say


# -- malformed tables ------------------------------------------------------------------------------------------------


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the shipped tables under the language "zz"."""
    folder = tmp_path / "data" / "lexicons" / "zz"
    folder.mkdir(parents=True)
    shipped = Path(lexicons.__file__).parent / "data" / "lexicons" / "en"
    for table in shipped.glob("*.toml"):
        (folder / table.name).write_bytes(table.read_bytes())
    monkeypatch.setattr(lexicons, "files", lambda _package: tmp_path)
    yield folder
    load_lexicon.cache_clear()


def loaded() -> Lexicon:
    load_lexicon.cache_clear()
    return load_lexicon("zz")


def test_a_copy_reads_like_the_original_and_a_changed_table_changes_the_hash(copied: Path) -> None:
    before = loaded()
    assert before.frames == SHIPPED.frames
    (copied / "stance.toml").write_text((copied / "stance.toml").read_text(encoding="utf-8") + "\n# a remark\n", encoding="utf-8")
    assert loaded().hash != before.hash


FRAME = '[[frame]]\nlemmas = ["take"]\nkind = "capture"\nplace = ["object"]\n'


@pytest.mark.parametrize(
    ("table", "content", "complaint"),
    [
        ("verbs", "[[frame", "verbs.toml"),
        ("verbs", b"\xff\xfe", "verbs.toml"),
        ("verbs", "", "frame"),
        ("verbs", FRAME.replace("capture", "conquest"), "conquest"),
        ("verbs", FRAME.replace('lemmas = ["take"]\n', ""), "lemmas"),
        ("verbs", FRAME.replace('place = ["object"]\n', ""), "place"),
        ("verbs", FRAME + 'manner = "gentle"\n', "gentle"),
        ("verbs", FRAME + 'colour = "red"\n', "colour"),
        ("nouns", "[classes]\n[licences]\nobject = []\nsubject = []\n", "noun"),
        ("places", "[relation]\n", "missing or unknown"),
        ("places", "settlement = []\n", "relation"),
        ("actors", "force = []\nsquad = []\n", "squad"),
        ("attribution", "say = []\n", "words"),
        ("stance", '[adverb]\nreportedly = "surely"\n[verb]\n[modal]\n[governor]\n[words]\n', "surely"),
    ],
)
def test_a_malformed_table_is_refused_with_its_name_or_the_word_at_fault(
    copied: Path, table: str, content: str | bytes, complaint: str
) -> None:
    (copied / f"{table}.toml").write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(DataError, match=complaint):
        loaded()


def test_a_missing_table_is_refused(copied: Path) -> None:
    (copied / "verbs.toml").unlink()
    with pytest.raises(DataError, match="verbs"):
        loaded()
