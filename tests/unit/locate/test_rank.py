from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from whoholds.locate.hits import Hits
from whoholds.locate.index_build import build_index
from whoholds.locate.look_up import LookUp
from whoholds.locate.places import Asked, Match, ShardRow
from whoholds.locate.rank import Ask, Context, ranked, ranked_all
from whoholds.locate.shards import write_rows
from whoholds.locate.table import PlaceTable

NOWHERE = Context({}, ())
LAND = ShardRow("land", "Land", 0, 0, "PCLI", (), None, None, None, ("x",), ())


Find = Callable[..., Hits]


@pytest.fixture
def hits(tmp_path: Path) -> Iterator[Find]:
    """What looks up a name that all the places given bear."""
    tables: list[PlaceTable] = []

    def found(*rows: ShardRow, match: Match = Match.EXACT, similarity: float = 1.0) -> Hits:
        folder = tmp_path / str(len(tables))
        folder.mkdir()
        countries = {row.admin[0]: LAND._replace(id=row.admin[0], name=row.admin[0]) for row in rows if row.admin}
        write_rows(folder / "places.tsv.gz", [*countries.values(), *(row._replace(names=("Shared",)) for row in rows)])
        build_index(folder / "index", folder, lambda _: None)
        tables.append(PlaceTable(folder / "index"))
        (finds,) = LookUp(tables[-1:]).named(["Shared"])
        finds.finds["match"], finds.finds["similarity"] = match, similarity
        return finds

    yield found
    for table in tables:
        table.close()


def row(
    place_id: str, code: str, admin: tuple[str, ...] = ("land",), population: int | None = None, at: tuple[float, float] = (0, 0)
) -> ShardRow:
    return ShardRow(place_id, place_id, at[0], at[1], code, admin, population, None, None, ("x",), ())


def first(found: Hits, asked: Asked = Asked.ANY, context: Context = NOWHERE) -> str:
    return ranked(found, asked, context)[0].row.id


TOWN = row("town", "PPLA", ("land", "region"), 80_000)
REGION = row("region", "ADM1")


def test_a_name_of_town_and_region_is_the_town_unless_the_words_say_otherwise(hits: Find) -> None:
    both = hits(TOWN, REGION)
    assert [first(both, asked) for asked in (Asked.ANY, Asked.SETTLEMENT, Asked.REGION)] == ["town", "town", "region"]


def test_a_region_is_no_unknown_village_elsewhere(hits: Find) -> None:
    assert first(hits(REGION, row("village", "PPL", ("land", "other")))) == "region"


def test_a_district_gives_way_to_any_town_of_its_name_in_it(hits: Find) -> None:
    district, village = row("district", "ADM2", population=90_000), row("village", "PPL", ("land", "district"))
    shadowed, alone = (ranked(hits(district, *others), Asked.ANY, NOWHERE) for others in ((village,), (row("far", "PPL"),)))
    told = {one.row.id: one for one in (*shadowed, *alone)}
    assert [one.row.id for one in shadowed] == ["village", "district"]
    assert "a town of this name lies in it" in {one.row.id: one for one in shadowed}["district"].reasons
    assert "a town of this name lies in it" not in told["district"].reasons


def test_the_country_of_the_report_decides_between_equals(hits: Find) -> None:
    pair = hits(row("here", "PPL", ("one",), 5000), row("there", "PPL", ("two",), 9000))
    assert [first(pair), first(pair, context=Context({"one": 1.0}, ()))] == ["there", "here"]


def test_a_country_is_in_itself(hits: Find) -> None:
    pair = hits(LAND, row("village", "PPL", ("other",), 900_000))
    assert first(pair, context=Context({"land": 1.0}, ())) == "land"


def test_the_nearer_of_two_equals_wins(hits: Find) -> None:
    pair = hits(row("far", "PPL", at=(5, 5)), row("near", "PPL", at=(0, 0.1)))
    assert first(pair, context=Context({}, [("other", 0.0, 0.0)])) == "near"


def test_a_place_is_no_neighbour_of_its_own_name(hits: Find) -> None:
    pair = hits(row("a", "PPL", at=(5, 5)), row("b", "PPL", at=(0, 0)))
    assert first(pair, context=Context({}, [("b", 0.0, 0.0)])) == "a"


def test_a_quarter_counts_where_its_city_is_named_and_hardly_elsewhere(hits: Find) -> None:
    quarter = row("quarter", "PPLX")._replace(settlement="city")
    found = hits(quarter, row("village", "PPL"))
    named, unnamed = (first(found, context=Context({}, [(city, 1.0, 1.0)])) for city in ("city", "town"))
    assert (named, unnamed) == ("quarter", "village")


def test_consonants_alone_elsewhere_are_not_sure_enough(hits: Find) -> None:
    guess = hits(row("guess", "PPLC", population=9_000_000), match=Match.SKELETON, similarity=0.9)
    assert ranked(guess, Asked.ANY, Context({"other": 1.0}, ()))[0].score < 0.5


def test_the_order_is_the_same_whatever_the_order_given(hits: Find) -> None:
    rows = [row(name, "PPL") for name in "abcd"]
    assert [one.row.id for one in ranked(hits(*rows), Asked.ANY, NOWHERE)] == list("abcd")
    assert [one.row.id for one in ranked(hits(*rows[::-1]), Asked.ANY, NOWHERE)] == list("abcd")


def test_mentions_ranked_together_are_ranked_as_each_alone(hits: Find) -> None:
    found = hits(TOWN, REGION, row("far", "PPL", ("two",), 5000, (9, 9)))
    contexts = (NOWHERE, Context({"two": 1.0, "land": 0.2}, ()), Context({"land": 1.0}, [("town", 0.0, 0.0), ("x", 9.0, 8.0)]))
    asks = [Ask(found, asked, context, natural) for asked in Asked for context in contexts for natural in (False, True)]
    together = [[(one.row.id, one.score, one.reasons) for one in of_ask] for of_ask in ranked_all(asks, most=2)]
    alone = [ranked(ask.hits, ask.asked, ask.context, natural=ask.natural, most=2) for ask in asks]
    assert together == [[(one.row.id, one.score, one.reasons) for one in of_ask] for of_ask in alone]
    assert ranked_all([Ask(found.where(found.finds["number"] < 0), Asked.ANY, NOWHERE), asks[0]])[0] == ()


def test_reasons_are_given_in_words(hits: Find) -> None:
    best = ranked(hits(TOWN), Asked.SETTLEMENT, Context({"land": 1.0}, [("x", 0.1, 0.0)]))[0]
    assert "spelled as in the gazetteer" in best.reasons
    assert "it is the settlement that the words ask for" in best.reasons
    assert any("km from another place" in reason for reason in best.reasons)
