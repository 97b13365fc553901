"""What holds for all shipped rows."""

from __future__ import annotations

from datetime import date

import pytest

from whoholds.registry import ActorKind, Conflict, load_registry

REGISTRY = load_registry()
LOADED_WORDS = ("regime", "terrorist", "jihad", "militant", "junta", "occupation", "rebel", "puppet", "invader")


def test_the_wars_are_there() -> None:
    assert len(REGISTRY.conflicts) >= 14


def test_names_of_sides_are_neutral() -> None:
    names = {side.name.casefold() for side in REGISTRY.sides.values()}
    assert not [name for name in names for word in LOADED_WORDS if word in name]


def test_the_assad_government_ends() -> None:
    assert REGISTRY.sides["syria.government"].last == date(2024, 12, 8)


@pytest.mark.parametrize("conflict", REGISTRY.conflicts.values(), ids=REGISTRY.conflicts.keys())
def test_every_conflict_has_hostile_sides_and_generic_actors(conflict: Conflict) -> None:
    assert any(row.relation == "hostile" for row in conflict.relations)
    assert any(actor.generic for actor in conflict.actors)
    assert all(row.period.overlaps(conflict.period) for row in conflict.memberships)


def test_persons_stand_by_a_public_office_alone() -> None:
    persons = [source for source in REGISTRY.sources.values() if not source.organisation and not source.generic]
    assert persons
    assert all(person.office and person.public_role for person in persons)


def test_behind_generic_sources_stand_private_persons() -> None:
    for identity in ("residents", "witnesses", "activists"):
        assert not REGISTRY.sources[identity].public_role


def test_categories_are_acleds() -> None:
    assert [kind.code for kind in ActorKind] == list(range(1, 9))
    assert [ActorKind.EXTERNAL_FORCES.label, ActorKind.REBEL_GROUP.label] == ["External/Other forces", "Rebel group"]
