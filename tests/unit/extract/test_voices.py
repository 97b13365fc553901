"""Sentences and who vouches for them, with the shipped model and gazetteer.

Each row says kind, stance, place and source of every claim, in lower case; "own" is the publisher in its own voice.
"""

from __future__ import annotations

import pytest

from whoholds.model import Report
from whoholds.pipeline import Stages

RELAYED = [
    ("State television quoted a military source as saying that jets had bombed Hama.", {"strike | asserts | hama | military source"}),
    ('"Rebels have left Hama," state television quoted a field commander as saying.', {"withdrawal | asserts | hama | field commander"}),
    ("TASS, citing local authorities, said that troops had entered Kupiansk.", {"entry | asserts | kupiansk | local authorities"}),
    ("Footage released by the rebels shows fighters leaving Hama.", {"withdrawal | hedges | hama | rebels"}),
]
BESIDE = [
    ("Rebels hold Hama, in the words of one resident.", {"control | asserts | hama | one resident"}),
    ("As per the governor's office, troops have entered Hama.", {"entry | asserts | hama | governor's office"}),
    ("Residents told a different story: troops had left Hama.", {"withdrawal | asserts | hama | residents"}),
    ("Officials close to the government said rebels had entered Hama.", {"entry | asserts | hama | officials"}),
    ("According to unconfirmed reports, rebels entered Hama.", {"entry | hedges | hama | own"}),
    ("Geolocation suggests rebels entered Hama.", {"entry | hedges | hama | own"}),
]
BACK = [
    (
        "A war monitor said troops left Hama, but the defense ministry denied this.",
        {"withdrawal | asserts | hama | war monitor", "withdrawal | denies | hama | defense ministry"},
    ),
    (
        "Brigadier Naw Bu said rebels had entered Hama. The brigadier said troops had left Homs.",
        {"entry | asserts | hama | naw bu", "withdrawal | asserts | homs | naw bu"},
    ),
    (
        "The commander of the ground forces, Oleksandr Syrskyi, visited the front. He said that rebels had entered Hama.",
        {"entry | asserts | hama | oleksandr syrskyi"},
    ),
    (
        "Military officials said rebels had entered Hama. They also said troops had left Homs.",
        {"entry | asserts | hama | military officials", "withdrawal | asserts | homs | military officials"},
    ),
]
DENIED = [
    (
        "Azerbaijan said Armenian forces had shelled Barda, which Yerevan denied.",
        {"strike | asserts | barda | azerbaijan", "strike | denies | barda | yerevan"},
    ),
    (
        "The army said it had captured Hama. The rebels called the claim a lie.",
        {"capture | asserts | hama | army", "capture | denies | hama | rebels"},
    ),
    (
        "The army said it had captured Hama and Homs. The rebels called the claim about Homs a lie.",
        {"capture | asserts | hama | army", "capture | asserts | homs | army", "capture | denies | homs | rebels"},
    ),
    (
        "The army's claim to have taken Hama was confirmed by residents.",
        {"capture | asserts | hama | army", "capture | asserts | hama | residents"},
    ),
    ("The junta labelled as fake news a report that rebels had entered Hama.", {"entry | denies | hama | junta"}),
    ("The ministry laughed off claims that rebels had entered Hama.", {"entry | denies | hama | ministry"}),
    ('"There are no soldiers in Hama," the governor said.', {"position | denies | hama | governor"}),
    ("Rebels no longer control Hama.", {"control | denies | hama | own"}),
]
UNSURE = [
    ("The claim that rebels had entered Hama could not be independently verified.", {"entry | hedges | hama | own"}),
    ("It was unclear who held Hama.", {"control | hedges | hama | own"}),
    ("The army has yet to acknowledge the loss of Hama.", {"loss | unacknowledged | hama | army"}),
    ("The ministry has neither confirmed nor denied that rebels entered Hama.", set()),
    ("The fall of Hama has been confirmed by neither side.", set()),
    ("It was not possible to establish who held Hama.", set()),
]


def said(stages: Stages, text: str) -> set[str]:
    report = Report("r", None, "Gazette", None, text, None, None, None, "en", None, "", "")
    (found,) = stages.extractor.extract([report])
    statements = {statement.id: statement for statement in found.statements}
    rows = set()
    for claim in found.claims:
        statement = statements[claim.statement]
        source = "own" if statement.attribution.own_voice else statement.attribution.source.referent.lower()
        place = claim.toponym.referent.lower() if claim.toponym else "-"
        rows.add(f"{statement.kind} | {statement.stance} | {place} | {source}")
    return rows


@pytest.mark.parametrize(("text", "expected"), [*RELAYED, *BESIDE, *BACK, *DENIED, *UNSURE])
def test_who_vouches_for_a_sentence(shipped: Stages, text: str, expected: set[str]) -> None:
    assert said(shipped, text) == expected
