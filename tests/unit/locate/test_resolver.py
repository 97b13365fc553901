"""The resolver on a text of our own, and on the reference report where it lies beside the checkout."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from whoholds.locate.gazetteer import Gazetteer
from whoholds.model import Claim, Distance, DistanceCheck, Mention, Report, Resolution, Span
from whoholds.taxonomy import DistanceVerdict, Feature, GeoPrecision, Relation

OURS = """Army units pulled out of Artuz in rural Damascus overnight, a monitor said, and fighters stood near Sa'sa.
Residents of the towns of Zakia, Khan al-Shih and Sanamein saw columns leave for the capital.
In Suweida governorate, police left the central prison in Sweida; the city was quiet.
Rebels hold Aleppo, Hama and Deir Ezzor, are at the outskirts of Homs, and took villages in the western countryside of Aleppo.
The ministry denied leaving the Damascus countryside and said Qaryatain, southeast of Homs, was calm, as was Daraa province.
Shelling hit the frontlines, Hama military airport, Palmyra's southern gate and the Tishreen district of Nowhereville.
"We have entered Sanamein and are less than 20 km from the capital," a commander said."""


def report_of(text: str, conflict: str | None = None) -> Report:
    return Report("r", None, None, None, text, None, None, None, "en", conflict, "", "")


def span_of(text: str, words: str, after: str = "") -> Span:
    start = text.index(words, text.index(after) if after else 0)
    return Span(start, start + len(words))


def mention_of(text: str, words: str, after: str = "", referent: str | None = None) -> Mention:
    """Return the mention `words`, the first of them in `text` from `after` on, standing for `referent`."""
    span = span_of(text, words, after)
    named = span_of(text, referent) if referent else span
    return Mention("r", span.start, span.end, words, referent or words, named)


@dataclass(frozen=True)
class Case:
    """One mention and the place it is: `after` finds it in the text, `referent` is what it stands for."""

    words: str
    place: str | None
    precision: int | None = 1
    after: str = ""
    referent: str | None = None
    relation: Relation = Relation.IN


def claim_of(text: str, case: Case, number: int = 0) -> Claim:
    return Claim(str(number), "", "", mention_of(text, case.words, case.after, case.referent), case.relation)


def resolved(gazetteer: Gazetteer, text: str, cases: list[Case], conflict: str | None = None) -> list[Resolution]:
    """Resolve all cases as the claims of one report; return their resolutions in order."""
    claims = [claim_of(text, case, number) for number, case in enumerate(cases)]
    found = gazetteer.resolver().resolve(report_of(text, conflict), claims)
    return [found[claim.id] for claim in claims]


def distance_of(text: str, words: str, reference: Mention, low: float | None, high: float | None) -> Distance:
    span_of(text, words)
    return Distance(low, high, reference, words)


OUR_PLACES = [
    Case("Artuz", "gn:172894"),
    Case("rural Damascus", "gn:170652", 3),
    Case("Sa'sa", "gn:164773", 2, relation=Relation.NEAR),
    Case("Zakia", "gn:162560"),
    Case("Khan al-Shih", "gn:168353"),
    Case("Sanamein", "gn:172469"),
    Case("Suweida governorate", "gn:172410", 3),
    Case("Suweida", "gn:172410", 3),
    Case("the central prison in Sweida", "gn:172408", 2),
    Case("the city", "gn:172408", referent="Sweida"),
    Case("Aleppo", "gn:170063", after="Rebels hold"),
    Case("Hama", "gn:170017"),
    Case("Deir Ezzor", "gn:170794"),
    Case("Homs", "gn:169577", 2, relation=Relation.OUTSKIRTS),
    Case("Aleppo", "gn:170062", 3, after="countryside of"),
    Case("western countryside of Aleppo", "gn:170062", 3),
    Case("the Damascus countryside", "gn:170652", 3),
    Case("Qaryatain", "gn:173361"),
    Case("Daraa province", "gn:170903", 3),
    Case("the frontlines", None, None),
    Case("Hama military airport", "gn:170017", 2),
    Case("Palmyra's southern gate", "gn:163808", 2),
    Case("Nowhereville", None, None),
]


@pytest.mark.parametrize("case", OUR_PLACES, ids=lambda case: f"{case.words} {case.after}".strip())
def test_places_of_our_text(gazetteer: Gazetteer, case: Case) -> None:
    found = resolved(gazetteer, OURS, OUR_PLACES)[OUR_PLACES.index(case)]
    assert (found.place.id if found.place else None, found.geo_precision) == (case.place, case.precision)


def test_a_resolution_tells_how_sure_it_is_and_why(gazetteer: Gazetteer) -> None:
    (found,) = resolved(gazetteer, OURS, [Case("Hama", "gn:170017")])
    assert 0.5 <= found.score <= 1
    assert found.gazetteer_version == gazetteer.version
    assert 1 <= len(found.runners_up) <= 5
    assert all(candidate.reasons and candidate.score <= found.score for candidate in found.runners_up)
    assert (found.radius_km, found.method) == (5.0, "exact name + context")
    assert found.place is not None
    assert found.place.admin == ("Syria", "Hama", *found.place.admin[2:])


def test_the_capital_without_a_name_is_that_of_the_country_of_the_report(gazetteer: Gazetteer) -> None:
    text = "Yemeni forces left Marib. The road to the capital is open."
    (found,) = resolved(gazetteer, text, [Case("the capital", None)])
    assert found.place is not None
    assert found.place.name == "Sanaa"


@pytest.mark.parametrize(("conflict", "country"), [("libya", "Libya"), ("lebanon", "Lebanon")])
def test_the_conflict_of_the_report_is_a_hint(gazetteer: Gazetteer, conflict: str, country: str) -> None:
    (found,) = resolved(gazetteer, "Shots were heard in Tripoli.", [Case("Tripoli", None)], conflict)
    assert found.place is not None
    assert found.place.admin[0] == country


def test_a_name_that_only_resembles_one_elsewhere_is_not_placed(gazetteer: Gazetteer) -> None:
    (found,) = resolved(gazetteer, "Syrian units entered Nova.", [Case("Nova", None)], "syria")
    assert found.place is None


def test_one_name_in_two_countries_follows_the_report(gazetteer: Gazetteer) -> None:
    for text, country in (
        ("Libyan units left Tripoli for Tarhuna.", "Libya"),
        ("Lebanese soldiers left Tripoli for Zgharta and Beirut.", "Lebanon"),
    ):
        (found,) = resolved(gazetteer, text, [Case("Tripoli", None)])
        assert found.place is not None
        assert found.place.admin[0] == country


def test_facilities_and_districts_are_drawn_at_their_settlement(gazetteer: Gazetteer) -> None:
    text = "Syrian fighters took Damascus International Airport and the Barza quarter of Damascus."
    airport, quarter = resolved(gazetteer, text, [Case("Damascus International Airport", None), Case("Barza quarter of Damascus", None)])
    for found in (airport, quarter):
        assert found.place is not None
        assert (found.place.id, found.geo_precision) == ("gn:170654", GeoPrecision.NEAR)
        assert all(runner.place.feature is not Feature.FACILITY or (runner.place.lat, runner.place.lon) for runner in found.runners_up)


def checked(gazetteer: Gazetteer, text: str, claims: list[Claim]) -> dict[str, DistanceCheck]:
    resolver = gazetteer.resolver()
    return dict(resolver.check(claims, resolver.resolve(report_of(text), claims)))


def test_a_distance_is_measured_from_the_place_named_beside_it(gazetteer: Gazetteer) -> None:
    capital = mention_of(OURS, "the capital", "We have entered", "Damascus")
    entry = claim_of(OURS, Case("Sanamein", None, after="We have entered"), 1)
    position = Claim("2", "", "", capital, Relation.NEAR, distance=distance_of(OURS, "less than 20 km", capital, None, 20))
    check = checked(gazetteer, OURS, [entry, position])["2"]
    assert check.start is not None
    assert check.reference is not None
    assert (check.start.id, check.reference.id, check.verdict) == ("gn:172469", "gn:170654", DistanceVerdict.NOT_REPRODUCIBLE)
    assert check.straight_km == pytest.approx(50, abs=3)
    assert check.tolerance_km == 4


def test_a_distance_from_nowhere_cannot_be_checked(gazetteer: Gazetteer) -> None:
    capital = mention_of(OURS, "the capital", referent="Damascus")
    claim = Claim("1", "", "", capital, Relation.NEAR, distance=distance_of(OURS, "less than 20 km", capital, None, 20))
    check = checked(gazetteer, OURS, [claim])["1"]
    assert (check.verdict, check.start, check.straight_km) == (DistanceVerdict.UNCHECKABLE, None, None)


REFERENCE_PLACES = [
    Case("Damascus", "gn:170654", 2, relation=Relation.NEAR),
    Case("Artouz", "gn:172894"),
    Case("the Damascus countryside", "gn:170652", 3),
    Case("the capital", "gn:170654", referent="Damascus", after="10 kilometers"),
    Case("Zakiyah", "gn:162560"),
    Case("Khan Al-Sheh", "gn:168353"),
    Case("Saasaa", "gn:164773"),
    Case("Suwayda province", "gn:172410", 3),
    Case("Daraa province", "gn:170903", 3),
    Case("the province", "gn:170903", 3, referent="Daraa"),
    Case("Al-Sanamayn", "gn:172469"),
    Case("the city", "gn:172469", referent="Al-Sanamayn"),
    Case("Damascus' southern gate", "gn:170654", 2),
    Case("Homs' outskirts", "gn:169577", 2, relation=Relation.OUTSKIRTS),
    Case("their frontlines", None, None),
    Case("Aleppo", "gn:170063"),
    Case("Hama", "gn:170017"),
    Case("Deir ez-Zor", "gn:170794"),
    Case("Suwayda", "gn:172408", after="risen up"),
    Case("Daraa", "gn:170905", after="risen up"),
    Case("Homs", "gn:169577", 2, after="around Hama", relation=Relation.AROUND),
    Case("the frontlines", None, None),
    Case("the Damascus countryside", "gn:170652", 3, after="withdrawals"),
    Case("Al-Qaryatayn", "gn:173361"),
]


def test_places_of_the_reference_report(gazetteer: Gazetteer, shared: Path) -> None:
    text = (shared / "seed" / "article.txt").read_text(encoding="utf-8")
    found = resolved(gazetteer, text, REFERENCE_PLACES)
    told = [(case.words, one.place.id if one.place else None, one.geo_precision) for case, one in zip(REFERENCE_PLACES, found, strict=True)]
    assert told == [(case.words, case.place, case.precision) for case in REFERENCE_PLACES]


def test_distances_of_the_reference_report(gazetteer: Gazetteer, shared: Path) -> None:
    text = (shared / "seed" / "article.txt").read_text(encoding="utf-8")
    for named, words, after, km, verdict in (
        ("Artouz", "the capital", "10 kilometers", 10, DistanceVerdict.ONLY_FROM_EDGE),
        ("Al-Sanamayn", "Damascus' southern gate", "less than 20", 20, DistanceVerdict.NOT_REPRODUCIBLE),
    ):
        reference = mention_of(text, words, after, "Damascus")
        claims = [
            claim_of(text, Case(named, None), 1),
            Claim("2", "", "", reference, distance=distance_of(text, words, reference, None, km)),
        ]
        check = checked(gazetteer, text, claims)["2"]
        assert (check.verdict, check.reference and check.reference.id) == (verdict, "gn:170654"), check


AROUND_ALEPPO = "Syrian forces near Homs, Damascus and Aleppo said that they left {} overnight."
PHRASES = [
    # words, place, precision
    ("Aleppo's Hamdaniyah district", "gn:170063", 2),
    ("the Hamdaniyah neighborhood of Aleppo", "gn:170063", 2),
    ("Khalidiya district of Homs", "gn:169577", 2),
    ("Mezzeh military airport in Damascus", "gn:170654", 2),
    ("eastern Ghouta", "wh:eastern-ghouta", 3),
    ("Qalamoun", "wh:qalamoun", 3),
    ("northern Aleppo", "gn:170063", 2),
    ("the 46th Regiment base near Atarib", "gn:174030", 2),
    ("Abu al-Duhur air base", "gn:174611", 2),
    ("Kweires airbase", "gn:167713", 2),
    ("T4 airbase", "gn:163197", 2),
    ("Tishreen Dam", "gn:170062", 3),
    ("20 km north of Hama", "gn:170017", 2),
    ("north of Hama", "gn:170017", 2),
    ("southern Syria", "gn:163843", 3),
    ("the Syrian-Jordanian border", None, None),
    ("the M5 highway", None, None),
    ("Baba Amr", None, None),
]


@pytest.mark.parametrize(("words", "place", "precision"), PHRASES)
def test_phrases_are_drawn_no_finer_than_their_settlement(
    gazetteer: Gazetteer, words: str, place: str | None, precision: int | None
) -> None:
    (found,) = resolved(gazetteer, AROUND_ALEPPO.format(words), [Case(words, place)])
    assert (found.place.id if found.place else None, found.geo_precision) == (place, precision)


def test_an_offset_stays_at_its_place_and_the_radius_covers_it(gazetteer: Gazetteer) -> None:
    (found,) = resolved(gazetteer, AROUND_ALEPPO.format("20 km north of Hama"), [Case("20 km north of Hama", None)])
    assert found.radius_km == 26.0
    assert found.method.endswith("20 km north of it (35.31, 36.76 ± 6 km)")


ABROAD = [
    ("Ukrainian and Russian forces fought near Donetsk; they left {}.", "Artemivsk", "gn:713174"),
    ("Ukrainian and Russian forces fought near Donetsk; they left {}.", "Krasny Lyman", "gn:704204"),
    ("Ukrainian and Russian forces fought near Donetsk; they left {}.", "Donbas", "wh:donbas"),
    ("The Sudanese army fought in Khartoum; they left {}.", "El Fasher", "gn:379555"),
    ("The Sudanese army fought in Khartoum; they left {}.", "Darfur", "wh:darfur"),
    ("Yemeni forces fought near Sanaa; they left {}.", "Hodeidah", "gn:79415"),
    ("Congolese troops fought near Goma; they left {}.", "Walikale", "gn:204337"),
]


@pytest.mark.parametrize(("frame", "words", "place"), ABROAD)
def test_places_of_other_wars(gazetteer: Gazetteer, frame: str, words: str, place: str) -> None:
    (found,) = resolved(gazetteer, frame.format(words), [Case(words, place)])
    assert found.place is not None
    assert found.place.id == place
