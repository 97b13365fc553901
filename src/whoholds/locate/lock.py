"""A lock between processes on one machine, so that one builds and the others wait."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WAIT_SECONDS = 0.1


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Hold the lock at `path` (a file, made if need be); wait while another process holds it.

    The system lets go of the lock when its holder ends, however it ends.

    Raises:
        OSError: when the file cannot be made.
    """
    with path.open("a+b") as held:
        _take(held.fileno())
        yield


if sys.platform == "win32":
    import msvcrt

    def _take(number: int) -> None:
        while True:
            try:
                msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
            except OSError:
                time.sleep(WAIT_SECONDS)
            else:
                return

else:
    import fcntl

    def _take(number: int) -> None:
        while True:
            try:
                fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(WAIT_SECONDS)
            else:
                return
