"""Answers as bytes: written and packed once, kept until the store changes, and not sent again to who has them.

An answer depends on the store alone, on the address, and, as young claims are withheld, on the hour. So its tag is made of
these three before anything is computed, and a client that shows it is told "not modified" at once.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from anyio import CapacityLimiter, to_thread
from fastapi import Request, Response
from pydantic import TypeAdapter

MOST_KEPT = 96 * 1024 * 1024
"""Bytes of answers that are kept."""

MOST_ONE = MOST_KEPT // 4
"""Bytes of an answer that is kept."""

WORKERS = 4
"""Answers computed at once; a thread may need three of the store's connections."""

SLOW_WORKERS = 1
"""Answers computed at once that read all claims: they wait for each other, and leave the other workers free."""

_JSON: TypeAdapter[object] = TypeAdapter(object)
_WORTH_PACKING = 500
_LEVEL = 7

Make = Callable[[], object]
"""What computes an answer, as values of JSON or as bytes; it is called in a thread of its own."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An answer written, and packed where that is worth it."""

    plain: bytes
    packed: bytes | None

    @property
    def size(self) -> int:
        """Bytes of both forms."""
        return len(self.plain) + len(self.packed or b"")


class Answers:
    """The answers that are kept; the least asked for go first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Stored] = OrderedDict()
        self._size = 0
        self._mark = ""
        self._making: dict[str, asyncio.Future[Stored]] = {}
        self._workers, self._slow_workers = CapacityLimiter(WORKERS - SLOW_WORKERS), CapacityLimiter(SLOW_WORKERS)

    async def stored(self, mark: str, address: str, make: Make, *, slow: bool = False) -> Stored:
        """Return the answer at an address; asked twice at once it is computed once. `slow` is one that reads all claims."""
        self._forget_older(mark)
        found = self._kept.get(address)
        if found is not None:
            self._kept.move_to_end(address)
            return found
        key = f"{mark} {address}"
        waiting = self._making.get(key)
        if waiting is not None:
            return await asyncio.shield(waiting)
        future = asyncio.ensure_future(self._made(mark, address, make, slow=slow))
        self._making[key] = future
        future.add_done_callback(lambda done: self._done(key, done))
        return await asyncio.shield(future)

    async def computed(self, make: Make, *, slow: bool = False) -> Stored:
        """Return an answer that is not kept."""
        return await to_thread.run_sync(_written, make, limiter=self._slow_workers if slow else self._workers)

    async def _made(self, mark: str, address: str, make: Make, *, slow: bool) -> Stored:
        made = await self.computed(make, slow=slow)
        if self._mark == mark and made.size <= MOST_ONE:
            self._keep(address, made)
        return made

    def _done(self, key: str, done: asyncio.Future[Stored]) -> None:
        self._making.pop(key, None)
        if not done.cancelled():
            # Seen here even where every client has gone, so that nothing complains of an error that nobody took.
            done.exception()

    def _keep(self, address: str, made: Stored) -> None:
        self._kept[address] = made
        self._size += made.size
        while self._size > MOST_KEPT:
            _, gone = self._kept.popitem(last=False)
            self._size -= gone.size

    def _forget_older(self, mark: str) -> None:
        if mark != self._mark:
            self._kept.clear()
            self._size, self._mark = 0, mark


def tag(mark: str, address: str) -> str:
    """Return the entity tag of the answer at an address; weak, as it stands for the packed form, too."""
    return f'W/"{hashlib.sha256(f"{mark} {address}".encode()).hexdigest()[:24]}"'


def response(stored: Stored, request: Request, headers: Mapping[str, str], media_type: str) -> Response:
    """Return an answer in the form that the client takes."""
    packs = stored.packed is not None and accepts_gzip(request)
    body = stored.packed if packs and stored.packed is not None else stored.plain
    told = {"Vary": "Accept-Encoding", **headers}
    return Response(body, headers=told | {"Content-Encoding": "gzip"} if packs else told, media_type=media_type)


def accepts_gzip(request: Request) -> bool:
    """Tell whether the client takes gzip."""
    offered = (part.partition(";") for part in request.headers.get("accept-encoding", "").lower().split(","))
    return any(name.strip() == "gzip" and weight.replace(" ", "") not in {"q=0", "q=0.0"} for name, _, weight in offered)


def _written(make: Make) -> Stored:
    made = make()
    plain = made if isinstance(made, bytes) else json_bytes(made)
    return Stored(plain, packed(plain))


def json_bytes(value: object) -> bytes:
    """Return values of JSON, days and words of the taxonomy, written."""
    return _JSON.dump_json(value)


def packed(plain: bytes) -> bytes | None:
    """Return bytes packed with gzip, None where that gains next to nothing."""
    return gzip.compress(plain, _LEVEL, mtime=0) if len(plain) > _WORTH_PACKING else None
