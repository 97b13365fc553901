"""What is known beforehand: conflicts, sides, actors, sources and publishers, as dated data that a researcher can edit.

`load_registry()` reads the shipped TOML once. Nothing of it enters an identity: sides are joined when a timeline is made.
"""

from whoholds.registry.load import load_registry, read_registry
from whoholds.registry.lookup import Registry
from whoholds.registry.names import fold
from whoholds.registry.rows import (
    Actor,
    ActorKind,
    Bond,
    Conflict,
    Membership,
    Publisher,
    Side,
    SideRelation,
    Source,
)

__all__ = [
    "Actor",
    "ActorKind",
    "Bond",
    "Conflict",
    "Membership",
    "Publisher",
    "Registry",
    "Side",
    "SideRelation",
    "Source",
    "fold",
    "load_registry",
    "read_registry",
]
