"""Wordings of wire reports: prisoners, fighting somebody suffered, names that share a noun, and what only says which place."""

from __future__ import annotations

from datetime import date

import pytest

from whoholds.model import Report
from whoholds.pipeline import Stages


def claims_of(stages: Stages, text: str) -> set[str]:
    """Read a text as `kind | place | actor` for each claim."""
    report = Report("r", None, "Gazette", None, text, None, date(2024, 12, 7), None, "en", None, "", "")
    (found,) = stages.extractor.extract([report])
    statements = {statement.id: statement for statement in found.statements}
    coded = set()
    for claim in found.claims:
        statement = statements[claim.statement]
        place = claim.toponym.referent if claim.toponym else "-"
        actor = statement.actor.referent if statement.actor else "-"
        coded.add(f"{statement.kind} | {place.lower()} | {actor.lower()}")
    return coded


PRISONERS = [
    "Captain Idris Tia was captured near Hama in 2013 and held for two years.",
    "Khalil was captured while fighting with the rebels in Hama.",
    "Samir Haddad, a mechanic, was captured by soldiers last month.",
    "Two soldiers were captured in an ambush near Hama.",
    "Seven militants were captured alive during a raid near Hama.",
    "Khalil was captured with fighters of the group after a battle in June.",
]


@pytest.mark.parametrize("text", PRISONERS)
def test_people_who_are_taken_are_no_places(shipped: Stages, text: str) -> None:
    assert claims_of(shipped, text) == set()


WORDINGS = [
    ("Rebels retook the Rastan and Talbiseh districts.", {"capture | rastan | rebels", "capture | talbiseh | rebels"}),
    ("Six people were killed in an attack launched by rebels on Rastan.", {"clash | rastan | rebels"}),
    ("Airstrikes killed dozens of people across Hama.", {"strike | hama | -"}),
    ("Soldiers were killed in raids by the coalition on Rastan.", {"strike | rastan | coalition"}),
    ("Rebels launched an offensive south of Hama at dawn, targeting army positions in Rastan.", {"advance | rastan | rebels"}),
    ("The air force began the day by striking positions at Rastan and Hama.", {"strike | rastan | air force", "strike | hama | air force"}),
    ("Troops advanced to within 15 kilometres of Rastan.", {"advance | rastan | troops"}),
    ("The army captured several sites.", {"capture | several sites | army"}),
    ("Soldiers crossed from Lebanon and took positions in Hama.", {"position | hama | soldiers"}),
    ("Soldiers took rebel positions in Hama.", {"capture | hama | soldiers"}),
    (
        "The army left Hama city and the surrounding countryside.",
        {"withdrawal | hama | army", "withdrawal | the surrounding countryside | army"},
    ),
    ("Sources say Rastan and Talbiseh, on the motorway, went to the rebels.", {"capture | rastan | rebels", "capture | talbiseh | rebels"}),
    ("Bloggers claimed Rastan, north of Hama, had been retaken by soldiers.", {"capture | rastan | soldiers"}),
    ("The army took the Hama side of the Rastan crossing.", {"capture | rastan | army"}),
    ("The general announced control of Rastan by his forces.", {"control | rastan | his forces"}),
    (
        "The army took Rastan but was driven out a day later by the rebels.",
        {"capture | rastan | army", "capture | rastan | rebels"},
    ),
    (
        "Rebels launched an offensive on Hama following the army's capture of Rastan last week.",
        {"advance | hama | rebels", "capture | rastan | army"},
    ),
    ("The army captured Rastan, cutting off a supply line.", {"capture | rastan | army", "other | supply line | army"}),
    ("Families fled villages held by rebels near Hama.", set()),
    ("Jets struck the districts of Hama under the control of rebels.", {"strike | hama | jets"}),
    ("The palace in Hama, held by rebels since May, was quiet.", {"control | hama | rebels"}),
    ("Rebels of Hezbollah stormed Rastan.", {"entry | rastan | hezbollah"}),
    ("Allies of Hezbollah stormed Rastan.", {"entry | rastan | allies of hezbollah"}),
]


@pytest.mark.parametrize(("text", "claims"), WORDINGS, ids=[text for text, _ in WORDINGS])
def test_wordings_of_wire_reports(shipped: Stages, text: str, claims: set[str]) -> None:
    assert claims_of(shipped, text) == claims


@pytest.mark.parametrize("text", ["The regime   s army seized Rastan.", "The regime's army seized Rastan."])
def test_a_lost_apostrophe_is_read_as_one(shipped: Stages, text: str) -> None:
    (claim,) = claims_of(shipped, text)
    assert claim.startswith("capture | rastan | regime")
