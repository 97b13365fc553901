"""Sentences and the claims they make, with the shipped model and gazetteer.

Each row says what a reader would say: kind, stance, place, source and actor of every claim, in lower case and without
articles; "own" is the publisher in its own voice, "-" nothing. The reports are of Saturday, 7 December 2024.
"""

from __future__ import annotations

from datetime import date

import pytest

from whoholds.model import Claim, Report, Statement
from whoholds.pipeline import Stages
from whoholds.taxonomy import NEGATION, Certainty, ExtentKind, Relation, Stance

SATURDAY = date(2024, 12, 7)


def report_of(text: str) -> Report:
    return Report("r", None, "Gazette", None, text, None, SATURDAY, None, "en", None, "", "")


def read(stages: Stages, text: str) -> list[tuple[Statement, Claim]]:
    (found,) = stages.extractor.extract([report_of(text)])
    statements = {statement.id: statement for statement in found.statements}
    return [(statements[claim.statement], claim) for claim in found.claims]


def coded(statement: Statement, claim: Claim) -> str:
    source = "own" if statement.attribution.own_voice else statement.attribution.source.referent
    place = claim.toponym.referent if claim.toponym else "-"
    actor = statement.actor.referent if statement.actor else "-"
    return f"{statement.kind} | {statement.stance} | {place.lower()} | {source.lower()} | {actor.lower()}"


def claims_of(stages: Stages, text: str) -> set[str]:
    return {coded(statement, claim) for statement, claim in read(stages, text)}


SOHR = "syrian observatory for human rights"

REWORDED = [
    (
        "The air force carried out six strikes: four on Saraqeb, one on Hama and one on Tell Rifaat.",
        {f"strike | asserts | {place} | own | air force" for place in ("saraqeb", "hama", "tell rifaat")},
    ),
    ("The brigade was the first to enter Saraqeb.", {"entry | asserts | saraqeb | own | brigade"}),
    ("The army was able to repel an attack on Hama.", {"repulse | asserts | hama | own | army"}),
    ("The army said encirclement of Hama had been avoided.", {"encirclement | denies | hama | army | -"}),
    ("Turkey ruled out sending troops to Saraqeb.", set()),
    ("Two fighters were arrested in a raid in Palmyra.", set()),
    ("Rumours spread that rebels had captured Saraqeb.", {"capture | hedges | saraqeb | own | rebels"}),
    ("Reports give the rebels 70 percent of Hama.", {"control | hedges | hama | own | rebels"}),
    ("Residents saw soldiers near Saraqeb.", {"position | asserts | saraqeb | residents | soldiers"}),
    ("Two traders told the paper that rebels had captured Saraqeb.", {"capture | asserts | saraqeb | two traders | rebels"}),
]


DENIED = [
    ("The rebels' attempt to capture Saraqeb failed.", {"capture | denies | saraqeb | own | rebels"}),
    ("The army tried in vain to retake Saraqeb.", {"capture | denies | saraqeb | own | army"}),
    ("The army was unsuccessful in its bid to enter Saraqeb.", {"entry | denies | saraqeb | own | army"}),
    ("The rebels stopped short of entering Saraqeb.", {"entry | denies | saraqeb | own | -"}),
    (
        "The rebels left Hama before they could enter Saraqeb.",
        {"withdrawal | asserts | hama | own | rebels", "entry | denies | saraqeb | own | rebels"},
    ),
    ("The rebels control nothing in Saraqeb.", {"control | denies | saraqeb | own | rebels"}),
    ("The regime no longer has any presence in Saraqeb.", {"position | denies | saraqeb | own | regime"}),
    ("The mayor said there was neither fighting in Hama nor shelling.", {"clash | denies | hama | mayor | -"}),
    ("The army denied that any of its bases in Hama had been abandoned.", {"withdrawal | denies | hama | army | -"}),
    ("The fall of Saraqeb was prevented.", {"loss | denies | saraqeb | own | -"}),
    (
        "Claims by the rebels to have captured Saraqeb were dismissed by the army.",
        {"capture | asserts | saraqeb | rebels | rebels", "capture | denies | saraqeb | army | rebels"},
    ),
    ("Rebels spoke in Saraqeb, a town the army denies having left.", {"withdrawal | denies | saraqeb | army | army"}),
    (
        "The army is near Saraqeb, which rebels claim to control.",
        {"position | asserts | saraqeb | own | army", "control | asserts | saraqeb | rebels | rebels"},
    ),
    (
        "The army dismissed rebel announcements about Saraqeb and Hama.",
        {"capture | denies | saraqeb | army | rebel", "capture | denies | hama | army | rebel"},
    ),
    ("The mayor spoke of the rebels' failure to capture Saraqeb.", {"capture | denies | saraqeb | mayor | rebels"}),
    ("The rebels entered Saraqeb, the last town they had not held.", {"entry | asserts | saraqeb | own | rebels"}),
    ("Saraqeb has fallen, and so has Hama.", {"loss | asserts | saraqeb | own | -", "loss | asserts | hama | own | -"}),
    ("Western officials think the army has left Saraqeb.", {"withdrawal | hedges | saraqeb | western officials | army"}),
    ("By most accounts the army is still in Saraqeb.", {"position | hedges | saraqeb | own | army"}),
    ("By its own account the army holds Saraqeb.", {"control | asserts | saraqeb | army | army"}),
    ("Bases in Hama were reported hit by drones.", {"strike | hedges | hama | own | drones"}),
    ("The rebels are said to hold 250 square kilometres of Hama province.", {"control | hedges | hama province | own | rebels"}),
    ("The rebels took Saraqeb but not Hama.", {"capture | asserts | saraqeb | own | rebels", "capture | denies | hama | own | rebels"}),
    ("The army denied any role in the attack on Saraqeb.", {"clash | denies | saraqeb | army | army"}),
    ("The rebels claimed responsibility for the attack on Saraqeb.", {"clash | asserts | saraqeb | rebels | rebels"}),
    ("Allegations that rebels entered Saraqeb have no basis, the army said.", {"entry | denies | saraqeb | army | rebels"}),
    ("The rebels are nowhere near Saraqeb.", {"position | denies | saraqeb | own | rebels"}),
    ("The army has lost no ground in Hama.", {"loss | denies | hama | own | army"}),
    ("It appears that the army has left Saraqeb.", {"withdrawal | hedges | saraqeb | own | army"}),
    ("The army looks to have left Saraqeb.", {"withdrawal | hedges | saraqeb | own | army"}),
    ("The army looks to retake Saraqeb.", set()),
    ("Hama, reportedly held by rebels, was calm.", {"control | hedges | hama | own | rebels"}),
    ("Maps put rebels in Saraqeb.", {"position | hedges | saraqeb | maps | rebels"}),
    ("Hama was being evacuated by the army.", {"withdrawal | asserts | hama | own | army"}),
    ("The latest data credit Turkey with six villages in Hama province.", {"control | hedges | hama province | own | turkey"}),
    ("A truce is said to have been agreed for Hama.", {"ceasefire | hedges | hama | own | -"}),
    ("Footage showed rebels celebrating at the gates of Hama.", {"position | hedges | hama | own | rebels"}),
    (
        "The army withdrew from Hama. The general said encirclement had been avoided.",
        {"withdrawal | asserts | hama | own | army", "encirclement | denies | hama | general | -"},
    ),
    ("Rebels took Hama, and the president has fled.", {"capture | asserts | hama | own | rebels"}),
    ("Soldiers guarding a bridge in Hama are said to have fled.", {"withdrawal | hedges | hama | own | soldiers"}),
]


@pytest.mark.parametrize(("text", "claims"), DENIED, ids=[text for text, _ in DENIED])
def test_what_is_said_not_to_be_so(shipped: Stages, text: str, claims: set[str]) -> None:
    assert claims_of(shipped, text) == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Mayor: Saraqeb surrounded by rebels", {"encirclement | asserts | saraqeb | mayor | rebels"}),
        ("No army retreat from Saraqeb: Syria's army", {"withdrawal | denies | saraqeb | syria's army | army"}),
        ("Rebel forces have captured Saraqeb - provincial governor", {"capture | asserts | saraqeb | provincial governor | rebel forces"}),
        ("Rebels advance: soldiers leave Saraqeb", {"withdrawal | asserts | saraqeb | own | soldiers"}),
    ],
)
def test_a_headline_names_its_speaker_before_or_behind(shipped: Stages, text: str, claims: set[str]) -> None:
    assert claims_of(shipped, text) == claims


@pytest.mark.parametrize(
    "reply",
    [
        "Residents say otherwise.",
        "Residents accused them of spreading lies.",
        "Residents accused the rebels of a disinformation campaign.",
        "That is not true, residents replied.",
        "Not so, residents told the Gazette.",
        "Residents said nothing of the kind had happened.",
        "Residents said the claim was not true.",
        "The claim, residents said, was false.",
        "The claim was denied by residents.",
    ],
)
def test_a_retort_denies_what_another_has_just_said(shipped: Stages, reply: str) -> None:
    said = "capture | asserts | saraqeb | rebels | rebels"
    assert claims_of(shipped, f"The rebels said they had captured Saraqeb. {reply}") == {
        said,
        "capture | denies | saraqeb | residents | rebels",
    }


def test_a_retort_takes_the_kind_that_the_denied_claim_was_of(shipped: Stages) -> None:
    text = "The rebels said they had captured Saraqeb. Residents said the claim of full control was false."
    assert "control | denies | saraqeb | residents | rebels" in claims_of(shipped, text)


def test_a_retort_that_is_then_said_in_so_many_words_counts_once(shipped: Stages) -> None:
    text = "Soldiers left Hama, residents said, but the ministry rejected it. It said reports of an army pullout from Hama were untrue."
    denied = [code for code in claims_of(shipped, text) if "denies" in code]
    assert denied == ["withdrawal | denies | hama | ministry | army"]


@pytest.mark.parametrize(("text", "claims"), REWORDED, ids=[text for text, _ in REWORDED])
def test_turns_of_phrase(shipped: Stages, text: str, claims: set[str]) -> None:
    assert claims_of(shipped, text) == claims


KINDS = [
    ("Rebels captured Saraqeb on Saturday.", {"capture | asserts | saraqeb | own | rebels"}),
    ("Rebels took Hama from the army.", {"capture | asserts | hama | own | rebels"}),
    ("The army liberated Palmyra on Thursday.", {"capture | asserts | palmyra | own | army"}),
    ("Rebels drove the army out of Saraqeb.", {"capture | asserts | saraqeb | own | rebels"}),
    ("The town of Saraqeb fell to the rebels on Friday.", {"capture | asserts | saraqeb | own | rebels"}),
    ("The army lost Saraqeb to the rebels.", {"capture | asserts | saraqeb | own | rebels"}),
    (
        "The army handed over Tell Rifaat to Turkish forces under a deal.",
        {"handover | asserts | tell rifaat | own | turkish forces"},
    ),
    ("The army lost Hama.", {"loss | asserts | hama | own | army"}),
    ("Government troops withdrew from Hama.", {"withdrawal | asserts | hama | own | government troops"}),
    ("Government forces pulled out of Hama.", {"withdrawal | asserts | hama | own | government forces"}),
    ("Government troops abandoned the village of Zakiyah.", {"withdrawal | asserts | zakiyah | own | government troops"}),
    ("The opposition controls Aleppo.", {"control | asserts | aleppo | own | opposition"}),
    ("Rebel fighters entered Homs.", {"entry | asserts | homs | own | rebel fighters"}),
    ("Rebels broke into Hama.", {"entry | asserts | hama | own | rebels"}),
    ("Rebels advanced toward Homs.", {"advance | asserts | homs | own | rebels"}),
    ("Rebel fighters are 10 kilometers from Hama.", {"position | asserts | hama | own | rebel fighters"}),
    ("The army sent reinforcements to Homs.", {"deployment | asserts | homs | own | army"}),
    ("The army deployed tanks around Hama.", {"deployment | asserts | hama | own | army"}),
    ("Rebels surrounded Rastan.", {"encirclement | asserts | rastan | own | rebels"}),
    ("The army lifted the siege of Rastan.", {"siege_lifted | asserts | rastan | own | army"}),
    ("Rebels clashed with the army in Hama.", {"clash | asserts | hama | own | rebels"}),
    ("Clashes erupted in Hama.", {"clash | asserts | hama | own | -"}),
    ("The army shelled Idlib.", {"strike | asserts | idlib | own | army"}),
    ("The army launched airstrikes on Idlib.", {"strike | asserts | idlib | own | army"}),
    ("Russian warplanes struck Idlib.", {"strike | asserts | idlib | own | russian warplanes"}),
    ("The army repelled an attack on Hama.", {"repulse | asserts | hama | own | army"}),
    ("Hama fell on Thursday.", {"loss | asserts | hama | own | -"}),
    ("Soldiers defected in Daraa.", {"defection | asserts | daraa | own | soldiers"}),
    ("A ceasefire took effect in Daraa.", {"ceasefire | asserts | daraa | own | -"}),
    ("Insurgents rose up against the government in Daraa.", {"uprising | asserts | daraa | own | insurgents"}),
    ("Rebels freed prisoners in Hama.", {"release | asserts | hama | own | rebels"}),
    ("The army fortified Homs.", {"other | asserts | homs | own | army"}),
]

WORDING = [
    # Passives.
    ("Saraqeb was captured by rebels.", {"capture | asserts | saraqeb | own | rebels"}),
    ("Palmyra was retaken by the army.", {"capture | asserts | palmyra | own | army"}),
    ("Hama was abandoned by government troops.", {"withdrawal | asserts | hama | own | government troops"}),
    ("Rastan was besieged by the army.", {"encirclement | asserts | rastan | own | army"}),
    # Nouns.
    ("The army's withdrawal from Hama began on Thursday.", {"withdrawal | asserts | hama | own | army"}),
    ("The army announced the capture of Palmyra.", {"capture | asserts | palmyra | army | army"}),
    ("The army confirmed its withdrawal from Hama.", {"withdrawal | asserts | hama | army | army"}),
    (
        "The rebels' capture of Hama was confirmed by the Syrian Observatory for Human Rights.",
        {f"capture | asserts | hama | {SOHR} | rebels"},
    ),
    ("The siege of Rastan was lifted.", {"siege_lifted | asserts | rastan | own | -"}),
    # Light verbs, and who has what in hand.
    ("Rebels took control of Saraqeb.", {"capture | asserts | saraqeb | own | rebels"}),
    ("The army has regained control of Palmyra.", {"capture | asserts | palmyra | own | army"}),
    ("The army lost control of Saraqeb.", {"loss | asserts | saraqeb | own | army"}),
    ("Aleppo is under the control of the opposition.", {"control | asserts | aleppo | own | opposition"}),
    ("Aleppo is in the hands of the opposition.", {"control | asserts | aleppo | own | opposition"}),
    ("Rastan is under siege.", {"encirclement | asserts | rastan | own | -"}),
    # One makes another do it, or undoes it.
    ("Rebels forced the army to withdraw from Hama.", {"withdrawal | asserts | hama | own | army"}),
    ("The army was forced to withdraw from Hama.", {"withdrawal | asserts | hama | own | army"}),
    (
        "Rebels seized Hama, then lost it to the army a day later.",
        {"capture | asserts | hama | own | rebels", "capture | asserts | hama | own | army"},
    ),
    # Lists.
    (
        "Rebels captured Saraqeb, Khan Shaykhun and Maarrat al-Numan.",
        {f"capture | asserts | {town} | own | rebels" for town in ("saraqeb", "khan shaykhun", "maarrat al-numan")},
    ),
    ("The army withdrew from Hama and Homs.", {f"withdrawal | asserts | {city} | own | army" for city in ("hama", "homs")}),
    (
        "Rebels control Aleppo in the north, Hama in the center, and Deir ez-Zor in the east.",
        {f"control | asserts | {city} | own | rebels" for city in ("aleppo", "hama", "deir ez-zor")},
    ),
    (
        "Rebels captured Saraqeb and the army withdrew from Hama.",
        {"capture | asserts | saraqeb | own | rebels", "withdrawal | asserts | hama | own | army"},
    ),
    # What refers back.
    (
        "Rebels entered Hama on Thursday. The army withdrew from the city on Friday.",
        {"entry | asserts | hama | own | rebels", "withdrawal | asserts | hama | own | army"},
    ),
    (
        "The army withdrew from Daraa province. Rebels took control of the province.",
        {"withdrawal | asserts | daraa province | own | army", "capture | asserts | daraa province | own | rebels"},
    ),
    (
        "Rebels captured Saraqeb. They also entered Khan Shaykhun.",
        {"capture | asserts | saraqeb | own | rebels", "entry | asserts | khan shaykhun | own | rebels"},
    ),
    (
        "The army withdrew from Hama, and rebels entered it.",
        {"withdrawal | asserts | hama | own | army", "entry | asserts | hama | own | rebels"},
    ),
]

VOICES = [
    ("The Syrian Observatory for Human Rights said rebels captured Saraqeb.", {f"capture | asserts | saraqeb | {SOHR} | rebels"}),
    ("Rebels captured Saraqeb, the Syrian Observatory for Human Rights said.", {f"capture | asserts | saraqeb | {SOHR} | rebels"}),
    ("According to Reuters, rebels captured Saraqeb.", {"capture | asserts | saraqeb | reuters | rebels"}),
    ("Residents said the army had withdrawn from Hama.", {"withdrawal | asserts | hama | residents | army"}),
    ("Witnesses told Reuters that rebels had entered Homs.", {"entry | asserts | homs | witnesses | rebels"}),
    ("The army said it had withdrawn from Hama.", {"withdrawal | asserts | hama | army | army"}),
    ("The army said its troops had retaken Hama.", {"capture | asserts | hama | army | army"}),
    ("“Rebels have entered Homs,” a resident told Reuters.", {"entry | asserts | homs | resident | rebels"}),
    ('"We withdrew from Hama," the army said in a statement.', {"withdrawal | asserts | hama | army | army"}),
    (
        '"The army left Hama. Rebels then entered the city," the Syrian Observatory for Human Rights said.',
        {f"withdrawal | asserts | hama | {SOHR} | army", f"entry | asserts | hama | {SOHR} | rebels"},
    ),
]

STANCES = [
    ("The army denied that rebels had entered Homs.", {"entry | denies | homs | army | rebels"}),
    ("The Syrian army denied that it had withdrawn from Hama.", {"withdrawal | denies | hama | syrian army | syrian army"}),
    ("The Defense Ministry denied reports of a withdrawal from Homs.", {"withdrawal | denies | homs | defense ministry | -"}),
    ("The governor rejected claims that rebels had taken Homs.", {"capture | denies | homs | governor | rebels"}),
    ("The army dismissed claims that its forces had left Homs.", {"withdrawal | denies | homs | army | army"}),
    ("Reports that the army had left Homs are false, the Defense Ministry said.", {"withdrawal | denies | homs | defense ministry | army"}),
    ("It is not true that rebels have entered Homs, the army said.", {"entry | denies | homs | army | rebels"}),
    (
        "The army denied it had lost Homs and said it controlled Hama.",
        {"loss | denies | homs | army | army", "control | asserts | hama | army | army"},
    ),
    ("The army has yet to withdraw from Hama.", {"withdrawal | denies | hama | own | army"}),
    ("Media reports said rebels had entered Homs.", {"entry | hedges | homs | media reports | rebels"}),
    ("Rebels did not capture Saraqeb.", {"capture | denies | saraqeb | own | rebels"}),
    ("Rebels failed to capture Saraqeb.", {"capture | denies | saraqeb | own | rebels"}),
    ("The army has not withdrawn from Hama.", {"withdrawal | denies | hama | own | army"}),
    ("No rebels have entered Homs, the army said.", {"entry | denies | homs | army | rebels"}),
    ("Rebels have reportedly captured Saraqeb.", {"capture | hedges | saraqeb | own | rebels"}),
    ("Rebels appear to have captured Saraqeb.", {"capture | hedges | saraqeb | own | rebels"}),
    ("Rebels might have entered Homs.", {"entry | hedges | homs | own | rebels"}),
    ("Rebels are believed to have entered Homs.", {"entry | hedges | homs | own | rebels"}),
    ("The army did not acknowledge the loss of Saraqeb.", {"loss | unacknowledged | saraqeb | army | army"}),
]

NOTHING = [
    "Rebels plan to capture Homs.",
    "Rebels will capture Homs.",
    "Rebels threatened to capture Homs.",
    "Rebels could capture Homs within days.",
    "If rebels capture Homs, the road to Damascus is open.",
    "Rebels would capture Homs if the army withdrew.",
    "Whether rebels have captured Homs is unclear.",
    "The army must withdraw from Homs.",
    "The rebels vowed to capture Damascus.",
    "The army ordered its troops to withdraw from Hama.",
    "The president urged the rebels to leave Hama.",
    "The army did not deny that rebels had entered Homs.",
    "The army said it could not confirm that rebels had entered Homs.",
    "Homs is an old city in central Syria.",
    "The team captured the league title in Homs.",
    "The ministers met in Damascus on Friday.",
]


FORMS = [
    ("The army announced on Friday full control of Saraqeb.", {"control | asserts | saraqeb | army | army"}),
    ("A resident told AFP the fighters were in Hama.", {"position | asserts | hama | resident | fighters"}),
    (
        "The army launched a counter-offensive in rural Hama, targeting the village of Maardis.",
        {"advance | asserts | maardis | own | army"},
    ),
    ("Rebels launched an attack on Monday to capture Maardis.", {"clash | asserts | maardis | own | rebels"}),
    (
        "The air force struck the rebels' positions at Saraqeb and Maardis.",
        {"strike | asserts | saraqeb | own | air force", "strike | asserts | maardis | own | air force"},
    ),
    ("Three soldiers were killed during clashes with fighters near Saraqeb.", {"clash | asserts | saraqeb | own | three soldiers"}),
    (
        "The army captured Maardis after a fierce battle with rebels.",
        {"capture | asserts | maardis | own | army", "clash | asserts | maardis | own | army"},
    ),
    ("The army captured Maardis after the clashes.", {"capture | asserts | maardis | own | army"}),
    ("Rebels swept through Rastan.", {"capture | asserts | rastan | own | rebels"}),
    (
        "Rebels took Hama in 2015 but were driven out within a week.",
        {"capture | asserts | hama | own | rebels", "loss | asserts | hama | own | rebels"},
    ),
    ("The garrison of Saraqeb has gone.", {"withdrawal | asserts | saraqeb | own | garrison"}),
    ("Saraqeb surrendered at dawn.", {"handover | asserts | saraqeb | own | -"}),
    ("Rebels made their way into Hama.", {"entry | asserts | hama | own | rebels"}),
    ("Soldiers set up a checkpoint in Rastan.", {"position | asserts | rastan | own | soldiers"}),
    ("Fighters held out in Rastan.", {"position | asserts | rastan | own | fighters"}),
    ("Army reinforcements reached Hama.", {"deployment | asserts | hama | own | army reinforcements"}),
    ("Rastan came under artillery fire.", {"strike | asserts | rastan | own | -"}),
    ("The town of Rastan, into which rebels moved on Friday, is quiet.", {"entry | asserts | rastan | own | rebels"}),
    ("Regime forces are back in control of Hama.", {"control | asserts | hama | own | regime forces"}),
    ("The collapse gave the rebels control of Hama.", {"capture | asserts | hama | own | rebels"}),
    ("Officials confirmed the loss of Hama to the rebels.", {"capture | asserts | hama | officials | rebels"}),
    ("Rebels declared Hama liberated.", {"capture | asserts | hama | rebels | rebels"}),
    ("Rastan recaptured", {"capture | asserts | rastan | own | -"}),
    ("Rebels at gates of Hama", {"position | asserts | hama | own | rebels"}),
]

NO_PLACES = [
    "Troops captured Shalit on Friday.",
    "Rebels killed two men in Hama and wounded a third.",
]


@pytest.mark.parametrize(("text", "claims"), [*KINDS, *WORDING, *FORMS, *VOICES, *STANCES])
def test_the_claims_of_a_sentence(shipped: Stages, text: str, claims: set[str]) -> None:
    assert claims_of(shipped, text) == claims


@pytest.mark.parametrize("text", [*NOTHING, *NO_PLACES])
def test_what_is_not_said_to_be_so_is_no_claim(shipped: Stages, text: str) -> None:
    assert claims_of(shipped, text) == set()


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Rebels captured Saraqeb on Friday.", "2024-12-06"),
        ("Rebels captured Saraqeb.", None),
        ("Government forces retreated from Hama overnight.", "2024-12-06/2024-12-07"),
        ("Rebels captured Saraqeb in late November.", "2024-11-21/2024-11-30"),
        # What holds now holds on the day of publication.
        ("The opposition controls Aleppo.", "2024-12-07"),
        ("Rebels are less than 20 km from Damascus.", "2024-12-07"),
        ("The army's withdrawal from Hama began on Thursday.", "2024-12-05"),
    ],
)
def test_when(shipped: Stages, text: str, when: str | None) -> None:
    (statement, _), *others = read(shipped, text)
    assert not others
    assert (statement.event_date.edtf if statement.event_date else None) == when


@pytest.mark.parametrize(
    ("text", "low", "high", "reference"),
    [
        ("Rebel fighters are 10 kilometers from Hama.", 10, 10, "Hama"),
        ("Rebels are less than 20 km from Damascus.", None, 20, "Damascus"),
        ("Rebels are more than 20 km from Damascus.", 20, None, "Damascus"),
        ("Rebels are 5 km north of Homs, the Syrian Observatory for Human Rights said.", 5, 5, "Homs"),
        ("Rebels seized Saraqeb, which is located about 15 km from the provincial capital of Idlib.", 15, 15, "Idlib"),
        ("Rebels surrounded Hama at a distance of some 12 km.", 12, 12, "Hama"),
    ],
)
def test_how_far(shipped: Stages, text: str, low: float | None, high: float | None, reference: str) -> None:
    ((_, claim),) = read(shipped, text)
    assert claim.distance is not None
    assert (claim.distance.km_low, claim.distance.km_high, claim.distance.reference.referent) == (low, high, reference)


def test_how_far_is_told_of_all_places_of_a_list(shipped: Stages) -> None:
    read_of = read(shipped, "Rebels seized Saraqeb and Maarat al-Numan which lie some 30 km from the provincial capital of Idlib.")
    assert [(claim.distance.km_low, claim.distance.reference.referent) for _, claim in read_of if claim.distance is not None] == [
        (30, "Idlib")
    ] * 2


@pytest.mark.parametrize(
    ("text", "relation", "extent", "percent"),
    [
        ("Rebels captured Saraqeb.", Relation.IN, ExtentKind.UNSTATED, None),
        ("Rebels reached the outskirts of Hama.", Relation.OUTSKIRTS, ExtentKind.UNSTATED, None),
        ("The army deployed tanks around Hama.", Relation.AROUND, ExtentKind.UNSTATED, None),
        ("Rebels captured the airport of Hama.", Relation.IN, ExtentKind.FACILITY, None),
        ("Rebels captured Kuweires airbase.", Relation.IN, ExtentKind.FACILITY, None),
        ("Rebel fighters hold most of Hama.", Relation.IN, ExtentKind.MOST, None),
        ("Rebels control 80 percent of Hama.", Relation.IN, ExtentKind.PERCENT, 80),
    ],
)
def test_how_much_of_the_place(shipped: Stages, text: str, relation: Relation, extent: ExtentKind, percent: int | None) -> None:
    ((_, claim),) = read(shipped, text)
    assert (claim.relation, claim.extent.kind, claim.extent.percent) == (relation, extent, percent)


def test_flags_of_a_statement(shipped: Stages) -> None:
    ((retaken, _),) = read(shipped, "The army recaptured Hama.")
    assert retaken.presupposed
    ((old, _),) = read(shipped, "Rebels captured Hama in 2016.")
    assert old.background
    ((hearsay, _),) = read(shipped, "Rebels have reportedly captured Saraqeb.")
    assert hearsay.certainty is Certainty.UNDERSPECIFIED
    assert hearsay.cue is not None
    assert hearsay.cue.of("Rebels have reportedly captured Saraqeb.") == "reportedly"


def test_a_channel_is_on_the_way_and_no_source(shipped: Stages) -> None:
    ((statement, _),) = read(shipped, "“We have entered Homs,” the rebel spokesman Hassan Abdul Ghani posted on Telegram.")
    assert [relay.referent for relay in statement.attribution.via] == ["Telegram"]
    assert statement.attribution.source.referent == "Hassan Abdul Ghani"
    assert statement.attribution.publisher == "Gazette"


def test_every_statement_names_its_rule(shipped: Stages) -> None:
    for text, _ in KINDS:
        assert all(":" in statement.rule for statement, _ in read(shipped, text))


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("The army failed to take Hama, the Observatory said.", True),
        ("The army has not withdrawn from Hama, the ministry said.", True),
        ("The ministry denied that the army had withdrawn from Hama.", False),
        ("There is no truth to reports of a withdrawal from Hama, the ministry said.", False),
        ("The ministry denied any withdrawal of its forces from Hama.", False),
    ],
)
def test_a_negative_finding_is_told_from_an_act_of_denying(shipped: Stages, text: str, finding: bool) -> None:  # noqa: FBT001  a column
    ((statement, _),) = read(shipped, text)
    assert statement.stance is Stance.DENIES
    assert statement.rule.endswith(NEGATION) is finding
