from __future__ import annotations

from whoholds.locate.places import Asked, Hit, Match, ShardRow
from whoholds.locate.rank import Context, ranked

NOWHERE = Context({}, ())


def row(
    place_id: str, code: str, admin: tuple[str, ...] = ("land",), population: int | None = None, at: tuple[float, float] = (0, 0)
) -> ShardRow:
    return ShardRow(place_id, place_id, at[0], at[1], code, admin, population, None, None, ("x",), ())


def hits(*rows: ShardRow, match: Match = Match.EXACT, similarity: float = 1.0) -> list[Hit]:
    return [Hit(one, match, similarity) for one in rows]


def first(found: list[Hit], asked: Asked = Asked.ANY, context: Context = NOWHERE) -> str:
    return ranked(found, asked, context)[0].row.id


TOWN = row("town", "PPLA", ("land", "region"), 80_000)
REGION = row("region", "ADM1")


def test_a_name_of_town_and_region_is_the_town_unless_the_words_say_otherwise() -> None:
    both = hits(TOWN, REGION)
    assert [first(both, asked) for asked in (Asked.ANY, Asked.SETTLEMENT, Asked.REGION)] == ["town", "town", "region"]


def test_a_region_is_no_unknown_village_elsewhere() -> None:
    assert first(hits(REGION, row("village", "PPL", ("land", "other")))) == "region"


def test_the_country_of_the_report_decides_between_equals() -> None:
    pair = hits(row("here", "PPL", ("one",), 5000), row("there", "PPL", ("two",), 9000))
    assert [first(pair), first(pair, context=Context({"one": 1.0}, ()))] == ["there", "here"]


def test_the_nearer_of_two_equals_wins() -> None:
    pair = hits(row("far", "PPL", at=(5, 5)), row("near", "PPL", at=(0, 0.1)))
    assert first(pair, context=Context({}, [("other", 0.0, 0.0)])) == "near"


def test_a_place_is_no_neighbour_of_its_own_name() -> None:
    pair = hits(row("a", "PPL", at=(5, 5)), row("b", "PPL", at=(0, 0)))
    assert first(pair, context=Context({}, [("b", 0.0, 0.0)])) == "a"


def test_consonants_alone_elsewhere_are_not_sure_enough() -> None:
    guess = hits(row("guess", "PPLC", population=9_000_000), match=Match.SKELETON, similarity=0.9)
    assert ranked(guess, Asked.ANY, Context({"other": 1.0}, ()))[0].score < 0.5


def test_the_order_is_the_same_whatever_the_order_given() -> None:
    rows = [row(name, "PPL") for name in "abcd"]
    assert [one.row.id for one in ranked(hits(*rows), Asked.ANY, NOWHERE)] == [
        one.row.id for one in ranked(hits(*rows[::-1]), Asked.ANY, NOWHERE)
    ]


def test_reasons_are_given_in_words() -> None:
    best = ranked(hits(TOWN), Asked.SETTLEMENT, Context({"land": 1.0}, [("x", 0.1, 0.0)]))[0]
    assert "spelled as in the gazetteer" in best.reasons
    assert "it is the settlement that the words ask for" in best.reasons
    assert any("km from another place" in reason for reason in best.reasons)
