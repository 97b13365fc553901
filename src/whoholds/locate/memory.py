"""Answers that are kept, for questions that are answered many at once; pure."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Generic, TypeVar

Q = TypeVar("Q", bound=Hashable)
A = TypeVar("A")


class Memory(Generic[Q, A]):
    """Asks each question once, new ones together, and keeps the answers to the last ones."""

    def __init__(self, answer: Callable[[Sequence[Q]], Sequence[A]], most: int) -> None:
        """Take what answers questions, and how many answers may be kept."""
        self._answer = answer
        self._most = most
        self._kept: dict[Q, A] = {}

    def of(self, questions: Sequence[Q]) -> list[A]:
        """Return the answers to `questions`."""
        kept = self.by(questions)
        return [kept[question] for question in questions]

    def by(self, questions: Sequence[Q]) -> Mapping[Q, A]:
        """Return answers by question, those to `questions` among them."""
        kept = self._kept
        new = [question for question in dict.fromkeys(questions) if question not in kept]
        if new:
            if len(kept) + len(new) > self._most:
                # What this call asks for stays; a fresh table, as another thread may be reading the old one.
                kept = self._kept = {question: kept[question] for question in questions if question in kept}
            kept.update(zip(new, self._answer(new), strict=True))
        return kept

    def clear(self) -> None:
        """Forget all answers."""
        self._kept = {}
