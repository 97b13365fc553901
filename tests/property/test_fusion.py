"""What holds for any history: order, reprints, what was known by a day, disjoint intervals, that support never weakens,
and that fusing only the places which a change touches gives what fusing everything gives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from whoholds.fuse.accounts import DAY_STEP, Account
from whoholds.fuse.dirty import Neighbourhood, changed, refreshed
from whoholds.fuse.fusion import Fusion
from whoholds.fuse.linking import Bearing, Denials
from whoholds.fuse.rules import Effect, effect_of
from whoholds.fuse.signatures import VERSION
from whoholds.fuse.views import FUSED, View, ViewKind
from whoholds.fuse.weight import RANKS, SINGLE, is_apart, is_firm, weigh
from whoholds.model import Timeline
from whoholds.taxonomy import ExtentKind, Kind, Relation, Stance

DAY_ZERO = 738_000
SIDES = ("A", "B", "C")
SPEAKERS = (*SIDES, "m1", "m2", "n1")
KINDS = (
    Kind.CAPTURE,
    Kind.CONTROL,
    Kind.WITHDRAWAL,
    Kind.ENTRY,
    Kind.CLASH,
    Kind.REPULSE,
    Kind.ENCIRCLEMENT,
    Kind.SIEGE_LIFTED,
    Kind.STRIKE,
)


class Apart:
    """Sides of which no two are friends."""

    def allied(self, one: str, other: str, _day: int) -> bool:
        return one == other

    def hostile(self, one: str, other: str, _day: int) -> bool:
        return bool(one and other) and one != other

    def ended(self, side: str) -> int | None:
        return DAY_ZERO + 30 if side == "C" else None


class Flat:
    """Places of which none lies in another."""

    def ancestors(self, _place_id: str) -> Sequence[str]:
        return ()

    def within(self, inner: str, outer: str) -> bool:
        return inner == outer


FUSION = Fusion(Apart(), Flat())


@st.composite
def histories(draw: st.DrawFn) -> list[Account]:
    rows = draw(
        st.lists(
            st.tuples(
                st.integers(0, 40),
                st.integers(0, 3),
                st.sampled_from(SPEAKERS),
                st.sampled_from(SIDES),
                st.sampled_from(KINDS),
                st.sampled_from((Stance.ASSERTS, Stance.ASSERTS, Stance.HEDGES, Stance.DENIES)),
                st.sampled_from((ExtentKind.UNSTATED, ExtentKind.UNSTATED, ExtentKind.PART)),
                st.sampled_from("pq"),
                st.booleans(),
            ),
            max_size=14,
        )
    )
    return [_account(number, *row) for number, row in enumerate(rows)]


def _account(  # noqa: PLR0917  the columns of the table above
    number: int,
    day: int,
    lag: int,
    speaker: str,
    side: str,
    kind: Kind,
    stance: Stance,
    extent: ExtentKind,
    place: str,
    dated: bool,  # noqa: FBT001
) -> Account:
    effect = effect_of(kind, stance, Relation.IN, extent)
    when = DAY_ZERO + day
    return Account(
        claim=f"c{number:03}",
        anchor=f"a{number:03}",
        report=f"r{number:03}",
        place=place,
        kind=kind,
        effect=effect,
        when=when * DAY_STEP + effect,
        day=when,
        dated=dated and kind is not Kind.CONTROL,
        published=when + lag,
        side=side,
        actor=side,
        speaker=speaker,
        speaker_side=speaker if speaker in SIDES else None,
        origin=speaker,
        derived=speaker.startswith("n"),
        hedged=stance is Stance.HEDGES,
    )


def fused(accounts: Sequence[Account]) -> dict[str, Timeline]:
    return {timeline.place: timeline for timeline in FUSION.timelines(accounts)}


def essence(timelines: dict[str, Timeline]) -> list[object]:
    return [
        (place, [(s.interval, s.holding, s.holders, s.tier, s.agreement, s.encircled_by) for s in timelines[place].states])
        for place in sorted(timelines)
    ]


@given(histories(), st.randoms())
@settings(max_examples=60, deadline=None)
def test_the_order_in_which_accounts_arrive_does_not_matter(accounts: list[Account], random: Random) -> None:
    shuffled = list(accounts)
    random.shuffle(shuffled)
    assert fused(shuffled) == fused(accounts)


@given(histories())
@settings(max_examples=60, deadline=None)
def test_the_intervals_of_a_place_are_ordered_and_disjoint(accounts: list[Account]) -> None:
    for timeline in fused(accounts).values():
        for before, after in zip(timeline.states, timeline.states[1:], strict=False):
            assert before.interval.last is not None
            assert after.interval.first is not None
            assert before.interval.last < after.interval.first


@given(histories(), st.data())
@settings(max_examples=60, deadline=None)
def test_a_reprint_changes_no_holder_and_no_tier(accounts: list[Account], data: st.DataObject) -> None:
    if not accounts:
        return
    copied = data.draw(st.sampled_from(accounts))
    reprint = replace(copied, claim=copied.claim + "r", anchor=copied.anchor + "r", report=copied.report + "r")

    assert essence(fused([*accounts, reprint])) == essence(fused(accounts))


@given(histories(), st.integers(0, 45))
@settings(max_examples=60, deadline=None)
def test_what_is_published_later_is_not_known_by_a_day(accounts: list[Account], day: int) -> None:
    known = [account for account in accounts if account.published <= DAY_ZERO + day]
    claims = {account.claim for account in known}
    for timeline in fused(known).values():
        for state in timeline.states:
            assert {*state.supporting, *state.opposing} <= claims


@given(histories(), st.sampled_from(SIDES))
@settings(max_examples=60, deadline=None)
def test_an_independent_supporting_account_never_weakens_a_tier(accounts: list[Account], side: str) -> None:
    support = [account for account in accounts if account.side == side and account.effect is not Effect.DENIES]
    witness = _account(999, 41, 0, "m9", side, Kind.CONTROL, Stance.ASSERTS, ExtentKind.UNSTATED, "p", dated=False)
    before, after = weigh(side, support, Apart()), weigh(side, [*support, witness], Apart())
    assert RANKS[after.tier] >= RANKS[before.tier]
    assert after.rank >= before.rank


@given(histories())
@settings(max_examples=60, deadline=None)
def test_every_claim_that_a_state_cites_speaks_of_its_place(accounts: list[Account]) -> None:
    places = {account.claim: account.place for account in accounts}
    for timeline in fused(accounts).values():
        for state in timeline.states:
            assert {places[claim] for claim in (*state.supporting, *state.opposing)} <= {timeline.place}


AROUND = {"p": ("region", "land"), "q": ("region", "land"), "region": ("land",), "s": ("land",), "land": ()}
PLACES = tuple(AROUND)
VIEWS = (FUSED, View(ViewKind.SIDE, "A"), View(ViewKind.SOURCE, "m1"))


class SmallLand:
    """Two towns in a region, and one town beside it, all in a land."""

    def ancestors(self, place_id: str) -> Sequence[str]:
        return AROUND[place_id]

    def within(self, inner: str, outer: str) -> bool:
        return inner == outer or outer in AROUND[inner]


FUSION_OF_LAND = Fusion(Apart(), SmallLand())


ROWS_OF_LAND = st.tuples(
    st.integers(0, 12),
    st.integers(0, 3),
    st.sampled_from(("A", "B", "m1", "m2")),
    st.sampled_from(("A", "B")),
    st.sampled_from((Kind.CAPTURE, Kind.CONTROL, Kind.WITHDRAWAL)),
    st.sampled_from((Stance.ASSERTS, Stance.DENIES)),
    st.just(ExtentKind.UNSTATED),
    st.sampled_from(PLACES),
    st.booleans(),
)


@st.composite
def scattered(draw: st.DrawFn) -> list[Account]:
    """A short war over all places of the land, with as many denials as claims."""
    rows = draw(st.lists(ROWS_OF_LAND, min_size=4, max_size=14))
    return [_account(number, *row) for number, row in enumerate(rows)]


@st.composite
def changes(draw: st.DrawFn) -> tuple[list[Account], list[Account]]:
    """A history, and what it has become: some accounts gone, some new, some moved, some of another origin."""
    before, after = [], []
    for account in draw(scattered()):
        fate = draw(st.sampled_from(("kept", "kept", "kept", "new", "gone", "moved", "joined")))
        if fate != "new":
            before.append(account)
        if fate == "moved":
            after.append(replace(account, place=draw(st.sampled_from(PLACES))))
        elif fate == "joined":
            after.append(replace(account, origin="m1"))
        elif fate != "gone":
            after.append(account)
    return before, after


def whole(accounts: Sequence[Account], view: View) -> dict[str, Timeline]:
    return {timeline.place: timeline for timeline in FUSION_OF_LAND.timelines(accounts, view)}


@given(changes(), st.sampled_from(VIEWS))
@settings(max_examples=300, deadline=None)
def test_fusing_the_dirty_places_alone_is_fusing_everything(told: tuple[list[Account], list[Account]], view: View) -> None:
    before, after = told
    near = Neighbourhood((account.place for account in before), SmallLand())
    dirty = near.dirty(changed(before, after))
    kept = whole(before, view)
    for timeline in refreshed(FUSION_OF_LAND, dirty, near, lambda place: [account for account in after if account.place == place], view):
        kept.pop(timeline.place, None)
        if timeline.states:
            kept[timeline.place] = timeline
    assert kept == whole(after, view)


@given(scattered())
@settings(max_examples=60, deadline=None)
def test_nothing_changed_is_nothing_dirty(accounts: list[Account]) -> None:
    copies = [replace(account) for account in reversed(accounts)]
    near = Neighbourhood((account.place for account in accounts), SmallLand())
    assert near.dirty(changed(accounts, copies)) == frozenset()


@given(scattered())
@settings(max_examples=60, deadline=None)
def test_what_no_denial_says_changes_its_own_place_alone(accounts: list[Account]) -> None:
    near = Neighbourhood(PLACES, SmallLand())
    for account in accounts:
        dirty = near.dirty([account])
        assert account.place in dirty
        if account.effect is not Effect.DENIES:
            assert dirty == {account.place}
        else:
            assert dirty == {other for other in PLACES if other in AROUND[account.place] or account.place in (other, *AROUND[other])}


@given(histories(), st.data())
@settings(max_examples=80, deadline=None)
def test_a_reprint_of_a_text_changes_nothing_whoever_it_names(accounts: list[Account], data: st.DataObject) -> None:
    """The text is printed again some days later, by a paper that names other sources than the first did."""
    if not accounts:
        return
    copied = data.draw(st.sampled_from(accounts)).report
    signature = VERSION + b"text" * 128
    first = [replace(account, signature=signature if account.report == copied else b"") for account in accounts]
    lag, speaker = data.draw(st.integers(0, 5)), data.draw(st.sampled_from(("m1", "m3", "n2")))
    again = [
        replace(
            account,
            claim=account.claim + "r",
            anchor=account.anchor + "r",
            report=account.report + "r",
            published=account.published + lag,
            speaker=speaker,
            speaker_side=None,
            origin=speaker,
            derived=speaker.startswith("n"),
        )
        for account in first
        if account.report == copied
    ]
    assert essence(fused([*first, *again])) == essence(fused(first))


@given(histories(), st.sampled_from(SIDES), st.sampled_from(("", "baseline", "hostile_relay")))
@settings(max_examples=100, deadline=None)
def test_what_is_told_at_once_of_a_weight_is_what_weighing_tells(accounts: list[Account], side: str, mark: str) -> None:
    rows = [replace(account, **{mark: True}) if mark and number % 3 == 0 else account for number, account in enumerate(accounts)]  # type: ignore[arg-type]
    for account in rows:
        assert is_apart(side, account, Apart()) == (weigh(side, [account], Apart()).rank >= SINGLE)
    assert is_firm(side, rows, Apart()) == (weigh(side, rows, Apart()).rank >= SINGLE)


@given(histories(), st.integers(0, 13), st.integers(1, 14))
@settings(max_examples=150, deadline=None)
def test_no_denial_of_some_accounts_is_overlooked(accounts: list[Account], start: int, length: int) -> None:
    index = Denials(accounts, FUSION.tree, FUSION.windows)
    objections = index.bearing_on("p")
    told = sorted((account for account in accounts if account.effect < Effect.DENIES), key=lambda account: account.when)
    support = told[start : start + length]
    if objections and support:
        about = Bearing.of(objections, index).about(support[0].day, support[-1].day)
        assert list(about) == [objection for objection in objections if objection in about]
        assert {objection.denial.claim for objection in objections if any(index.opposed(objection, support))} <= {
            objection.denial.claim for objection in about
        }
