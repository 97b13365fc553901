"""Several programs at once lose nothing; one that is killed at any moment is repeated and ends in the same state."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from datetime import date
from pathlib import Path

from whoholds.ports import ClaimFilter, Fused
from whoholds.store import SqlStore, open_store

REPORTS, CLAIMS = 60, 20
NEVER = date(2024, 1, 1)
RECORDER = Path(__file__).with_name("recorder.py")


def corpus(folder: Path, name: str, numbers: range) -> str:
    path = folder / f"{name}.jsonl"
    words = "The troops of the army left the town of Hama, and the rebels of the area said that they had seen it."
    records = [{"publisher": f"Wire {number}", "published": "2024-12-07", "text": f"{words} ({number})"} for number in numbers]
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return str(path)


def started(target: str, sources: str, out: Path, root: Path) -> subprocess.Popen[bytes]:
    environment = os.environ | {"PYTHONPATH": str(root / "src")}
    return subprocess.Popen([sys.executable, str(RECORDER), target, sources, str(out)], env=environment, stderr=subprocess.PIPE)


def finished(process: subprocess.Popen[bytes]) -> None:
    _, error = process.communicate(timeout=120)
    assert process.returncode == 0, error.decode()


def held(store: SqlStore) -> tuple[list[str], int, int, list[str]]:
    """What a store holds, but for the order in which it came."""
    counts = store.counts()
    return sorted(claim.claim.id for claim in store.claims(ClaimFilter())), counts.reports, counts.extractions, list(store.dirty())


def whole(store: SqlStore) -> None:
    """Every report that is there is there with all its claims."""
    seen: dict[str, int] = {}
    for claim in store.claims(ClaimFilter()):
        seen[claim.report.id] = seen.get(claim.report.id, 0) + 1
    assert set(seen.values()) <= {CLAIMS}
    assert len(seen) == store.counts().reports


def killed_in_the_middle(process: subprocess.Popen[bytes], out: Path, new: int, delay: float) -> None:
    """Kill a program once it has recorded some new reports, and a moment of chance later."""
    while process.poll() is None and (not out.exists() or out.read_text(encoding="utf-8").count("new ") < new):
        time.sleep(0.002)
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.communicate()


def test_a_killed_run_is_repeated_and_ends_in_the_same_state(target: str, tmp_path: Path, root: Path) -> None:
    source, expected = corpus(tmp_path, "reports", range(REPORTS)), tmp_path / "expected.sqlite"
    finished(started(str(expected), source, tmp_path / "expected.txt", root))
    chance = random.Random(7)  # noqa: S311  moments, no secrets
    open_store(target, create=True).close()
    left: list[int] = []
    for number in range(4):
        out = tmp_path / f"{number}.txt"
        killed_in_the_middle(started(target, source, out, root), out, chance.randint(1, 6), chance.uniform(0, 0.004))
        with open_store(target) as store:
            whole(store)
            left.append(store.counts().reports)
    assert sorted(set(left)) == left, "each run goes on where the one before ended"
    assert 0 < left[0] < REPORTS
    finished(started(target, source, tmp_path / "last.txt", root))
    with open_store(str(expected)) as wanted, open_store(target) as got:
        assert held(got) == held(wanted)
        assert got.counts().claims == REPORTS * CLAIMS


def test_two_writers_and_many_readers_lose_nothing(target: str, tmp_path: Path, root: Path) -> None:
    open_store(target, create=True).close()
    one, two = corpus(tmp_path, "one", range(40)), corpus(tmp_path, "two", range(20, 60))
    writers = [started(target, source, tmp_path / f"{number}.txt", root) for number, source in enumerate((one, two))]
    problems: list[str] = []
    with open_store(target) as store:

        def read() -> None:
            after: dict[str, int] = {}
            while any(writer.poll() is None for writer in writers):
                for claim in store.claims(ClaimFilter()):
                    after[claim.report.id] = after.get(claim.report.id, 0) + 1
                if any(count % CLAIMS for count in after.values()):
                    problems.append("a report was seen in part")
                after.clear()
                store.state_on("xx:Hama", "fused", NEVER)
                time.sleep(0.1)

        readers = [threading.Thread(target=read) for _ in range(2)]
        for reader in readers:
            reader.start()
        for writer in writers:
            finished(writer)
        for reader in readers:
            reader.join()
        assert not problems
        assert (store.counts().reports, store.counts().claims) == (REPORTS, REPORTS * CLAIMS)
        numbers = [claim.number for claim in store.claims(ClaimFilter())]
        assert numbers == list(range(1, REPORTS * CLAIMS + 1))
        assert store.generation() == REPORTS


def test_a_page_by_number_misses_nothing_while_others_write(target: str, tmp_path: Path, root: Path) -> None:
    open_store(target, create=True).close()
    writers = [
        started(target, corpus(tmp_path, str(number), range(number * 10, number * 10 + 10)), tmp_path / f"{number}.txt", root)
        for number in range(2)
    ]
    seen: list[int] = []
    with open_store(target) as store:
        running = True
        while running:
            running = any(writer.poll() is None for writer in writers)
            seen += [claim.number for claim in store.claims(ClaimFilter(after=seen[-1] if seen else 0, limit=50))]
            time.sleep(0.05)
        while page := [claim.number for claim in store.claims(ClaimFilter(after=seen[-1] if seen else 0, limit=50))]:
            seen += page
    for writer in writers:
        finished(writer)
    assert seen == list(range(1, 20 * CLAIMS + 1))


def test_a_mark_that_is_set_while_states_are_computed_stays(target: str, tmp_path: Path, root: Path) -> None:
    finished(started(target, corpus(tmp_path, "one", range(3)), tmp_path / "1.txt", root))
    with open_store(target) as store:
        read_at = store.generation()
        finished(started(target, corpus(tmp_path, "two", range(3, 5)), tmp_path / "2.txt", root))
        store.put_timelines([Fused("xx:Hama", ())], read_at)
        assert store.dirty() == ["xx:Hama"]
        store.put_timelines([Fused("xx:Hama", ())], store.generation())
        assert store.dirty() == []


def test_a_new_store_opened_by_several_at_once_is_made_once(target: str, tmp_path: Path, root: Path) -> None:
    source = corpus(tmp_path, "reports", range(5))
    for process in [started(target, source, tmp_path / f"{number}.txt", root) for number in range(3)]:
        finished(process)
    with open_store(target) as store:
        assert (store.counts().reports, store.counts().claims) == (5, 5 * CLAIMS)
