"""Many clients at once: each keeps its connection, asks for one page after another, and notes how long each took.

    python -m benchmarks.web.load ADDRESS CLIENTS ROUNDS < paths

Run as a process of its own, so that the clients are no load on the server's interpreter. Prints milliseconds as JSON.
"""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from time import perf_counter
from urllib.parse import urlsplit

OK = 200


@dataclass(frozen=True, slots=True)
class Load:
    """What came of a load: milliseconds of each request, sorted, how many failed, and bytes of one answer."""

    taken_ms: tuple[float, ...]
    failed: int
    size: int

    def at(self, share: float) -> float:
        """Return the time within which a share of the requests was answered."""
        return self.taken_ms[min(len(self.taken_ms) - 1, int(share * len(self.taken_ms)))]


def load(address: str, paths: Sequence[str], clients: int) -> Load:
    """Ask for all paths, dealt out to so many clients, from a process of its own."""
    command = [sys.executable, "-m", "benchmarks.web.load", address, str(clients)]
    done = subprocess.run(command, input=json.dumps(list(paths)), capture_output=True, text=True, check=True)  # noqa: S603  our own command
    said = json.loads(done.stdout)
    return Load(tuple(sorted(said["taken"])), said["failed"], said["size"])


def _client(address: str, paths: Sequence[str], taken: list[float], failed: list[str], sizes: list[int]) -> None:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    for path in paths:
        begun = perf_counter()
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            body = answer.read()
        except OSError as error:
            failed.append(str(error))
            connection.close()
            continue
        taken.append((perf_counter() - begun) * 1000)
        if answer.status != OK:
            failed.append(f"{answer.status} {path}")
        sizes.append(len(body))


def main() -> None:
    """Run the clients of one load."""
    address, clients = sys.argv[1], int(sys.argv[2])
    paths = json.load(sys.stdin)
    taken: list[float] = []
    failed: list[str] = []
    sizes: list[int] = []
    shares = [list(islice(paths, number, None, clients)) for number in range(clients)]
    threads = [threading.Thread(target=_client, args=(address, share, taken, failed, sizes)) for share in shares]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.stdout.write(json.dumps({"taken": taken, "failed": len(failed), "size": max(sizes, default=0), "said": failed[:3]}))


if __name__ == "__main__":
    main()
