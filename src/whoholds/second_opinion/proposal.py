"""What a language model proposes, before anything of it is believed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Proposal:
    """One statement about one place in the model's words, all of them unverified; "" where the model gives none.

    `kind`, `stance` and `relation` should be coded values, the others should be copied from the report.
    """

    kind: str
    stance: str
    quote: str
    place: str
    predicate: str = ""
    relation: str = "in"
    source: str = ""
    actor: str = ""
    target: str = ""
    when: str = ""
    distance: str = ""
    distance_from: str = ""
