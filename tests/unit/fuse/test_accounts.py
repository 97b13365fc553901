"""What fusion makes of the words of a report: who speaks, for whom, and what of a place a claim is about."""

from __future__ import annotations

import pytest

from whoholds.fuse.accounts import Account, Joiner, recorded
from whoholds.pipeline import Stages, read_text
from whoholds.ports import Hints
from whoholds.registry import load_registry
from whoholds.taxonomy import LinkPart


def joined(stages: Stages, text: str, publisher: str = "Gazette") -> list[Account]:
    reading = read_text(text, Hints(publisher=publisher), published="2024-12-07", opener=lambda _: stages)
    return list(Joiner(load_registry()).accounts(recorded(reading)))


SPEAKERS = {
    "a monitor": ("Gazette", "Rebels captured Hama, the Syrian Observatory for Human Rights said.", "sohr None"),
    "own voice": ("Gazette", "Rebels captured Hama in Syria on Thursday.", "gazette None derived"),
    "own voice of an agency of a side": ("SANA", "The army controls Hama in Syria.", "sana syria.government"),
    "own voice of a monitor": ("SOHR", "Rebels captured Hama in Syria on Thursday.", "sohr None"),
    "a publisher with its agency in brackets": ("LBC (AFP)", "Rebels captured Hama in Syria on Thursday.", "lbc None derived"),
    "residents": ("Gazette", "Rebels captured Hama in Syria, residents said.", "residents None generic"),
}


@pytest.mark.parametrize(("publisher", "text", "speaker"), SPEAKERS.values(), ids=SPEAKERS)
def test_who_speaks(shipped: Stages, publisher: str, text: str, speaker: str) -> None:
    (account,) = joined(shipped, text, publisher)
    marks = [word for word in ("derived", "generic") if getattr(account, word)]
    assert " ".join([account.speaker, str(account.speaker_side), *marks]) == speaker


PARTS = {
    "the place": ("Rebels captured Hama in Syria, the Observatory said.", LinkPart.EVENT),
    "all of it": ("Rebels captured all of Hama in Syria, the Observatory said.", LinkPart.EVENT),
    "most of it": ("Rebel fighters hold most of Hama in Syria, the Observatory said.", LinkPart.EXTENT),
    "its surroundings": ("Rebels clashed with the army near Hama in Syria, the Observatory said.", LinkPart.PLACE),
    "all of it, denied": ("The army denied that rebels had captured all of Hama in Syria.", LinkPart.EXTENT),
    "the place, denied": ("The army denied that rebels had captured Hama in Syria.", LinkPart.EVENT),
}


@pytest.mark.parametrize(("text", "part"), PARTS.values(), ids=PARTS)
def test_what_of_the_place_a_claim_is_about(shipped: Stages, text: str, part: LinkPart) -> None:
    assert {account.part for account in joined(shipped, text)} == {part}


def test_silence_and_what_nobody_could_verify_are_no_denials(shipped: Stages) -> None:
    said = "Rebels captured Hama in Syria, the Observatory said. The Gazette could not verify the report."
    effects = [account.effect.name for account in joined(shipped, f"{said} The army did not acknowledge the loss of Hama.")]
    assert "DENIES" not in effects
    assert "GAINS" in effects


ORIGINS = {
    "a director is his monitor": ("Gazette", "Rebels captured Hama in Syria, Rami Abdel Rahman said.", "sohr"),
    "a monitor": ("Gazette", "Rebels captured Hama in Syria, the Syrian Observatory for Human Rights said.", "sohr"),
    "an outlet is its owner": ("Al Arabiya", "Rebels captured Hama in Syria on Thursday.", "mbc group saudi derived"),
    "another outlet of the owner": ("Al-Hadath", "Rebels captured Hama in Syria on Thursday.", "mbc group saudi derived"),
    "an outlet without a known owner": ("North Press", "Rebels captured Hama in Syria on Thursday.", "north-press derived"),
    "an analyst": ("Gazette", "Rebels captured Hama in Syria, the Institute for the Study of War said.", "isw derived"),
    "an agency of a party": (
        "Hawar News",
        "The Syrian Democratic Forces captured Hama in Syria on Thursday.",
        "media of autonomous administration area",
    ),
}


@pytest.mark.parametrize(("publisher", "text", "origin"), ORIGINS.values(), ids=ORIGINS)
def test_where_information_comes_from(shipped: Stages, publisher: str, text: str, origin: str) -> None:
    (account,) = joined(shipped, text, publisher)
    assert f"{account.origin}{' derived' if account.derived else ''}" == origin
