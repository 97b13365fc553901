"""How often, and how many at once: what costs much may not be asked for without end."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from whoholds.web.problems import Problem


@dataclass(slots=True)
class Rate:
    """At most so many times in so many seconds."""

    most: int
    seconds: float
    clock: Callable[[], float] = time.monotonic
    _taken: deque[float] = field(default_factory=deque)

    def take(self) -> None:
        """Count one more.

        Raises:
            Problem: when there were too many.
        """
        self.check()
        self._taken.append(self.clock())

    def check(self) -> None:
        """Refuse where there were too many already, without counting one more.

        Raises:
            Problem: when there were.
        """
        current = self.clock()
        while self._taken and self._taken[0] <= current - self.seconds:
            self._taken.popleft()
        if len(self._taken) >= self.most:
            wait = max(1, round(self._taken[0] + self.seconds - current))
            raise Problem(
                429, f"at most {self.most} of these in {self.seconds:g} seconds; come again in {wait}", {"Retry-After": str(wait)}
            )


@dataclass(slots=True)
class AtOnce:
    """At most so many at the same time; who comes on top is told to come again."""

    most: int
    _now: int = 0

    @contextmanager
    def one(self) -> Iterator[None]:
        """Count as one for as long as it lasts; for code of one thread.

        Raises:
            Problem: when there are too many.
        """
        if self._now >= self.most:
            raise Problem(503, "another one is being made; come again in a moment", {"Retry-After": "2"})
        self._now += 1
        try:
            yield
        finally:
            self._now -= 1
