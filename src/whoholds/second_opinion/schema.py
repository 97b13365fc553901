"""The form of an answer, as a JSON schema for the server and as a check of what it sends."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from whoholds.second_opinion.proposal import Proposal
from whoholds.taxonomy import Kind, Relation, Stance


def _coded(values: type[Kind | Relation | Stance]) -> JsonDict:
    """Tell the server the values; what comes is any word, so that one wrong value does not spoil a whole answer."""
    return {"enum": [value.value for value in values]}


class ProposedStatement(BaseModel):
    """One statement about one place."""

    model_config = ConfigDict(extra="ignore")

    quote: str = Field(description="the words of the report that carry the statement, copied exactly")
    predicate: str | None = Field(default=None, description="the word in the quote for what happened")
    kind: str = Field(json_schema_extra=_coded(Kind))
    stance: str = Field(json_schema_extra=_coded(Stance))
    place: str | None = Field(description="the name of the place, copied exactly")
    relation: str = Field(default=Relation.IN.value, json_schema_extra=_coded(Relation))
    source: str | None = Field(default=None, description="who says so, copied exactly; null where the report itself does")
    actor: str | None = Field(default=None, description="who did it or holds it, copied exactly")
    target: str | None = Field(default=None, description="against whom, copied exactly")
    when: str | None = Field(default=None, description="the words for the day, copied exactly")
    distance: str | None = Field(default=None, description="a stated distance in km or miles, copied exactly")
    distance_from: str | None = Field(default=None, description="the place it is measured from, copied exactly")

    def proposal(self) -> Proposal:
        """Return it as plain data."""
        optional = ("place", "predicate", "source", "actor", "target", "when", "distance", "distance_from")
        given = {name: getattr(self, name) or "" for name in optional}
        return Proposal(kind=self.kind, stance=self.stance, quote=self.quote, relation=self.relation, **given)


class Answer(BaseModel):
    """What one window of a report states."""

    statements: list[ProposedStatement]

    def proposals(self) -> tuple[Proposal, ...]:
        """Return the statements as plain data, in the order given."""
        return tuple(statement.proposal() for statement in self.statements)
