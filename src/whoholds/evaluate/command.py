"""What `whoholds evaluate` shows: figures of one set or several, differences, a page, and what lies below its floor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from whoholds.config import Settings
from whoholds.errors import InputError, UsageError, WhoHoldsError
from whoholds.evaluate.floors import below, corpus_hash, read_floors
from whoholds.evaluate.gold import GoldSet, aliases_beside, gold_set, read_aliases
from whoholds.evaluate.metrics import differences
from whoholds.evaluate.page import page
from whoholds.evaluate.report import difference_lines, document, terminal_lines
from whoholds.evaluate.run import evaluate, joined


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the caller asks for; `gold` is one path, or several with commas between."""

    gold: str
    aliases: Path | None = None
    floors: Path | None = None
    errors: int = 0
    as_json: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """What to print, what to say on standard error, the pieces of the page, and the exit code."""

    shown: Sequence[str]
    differences: Sequence[str]
    complaints: Sequence[str]
    page: Iterable[str]
    exit_code: int


def files(gold: str) -> list[str]:
    """Return the files that will be read.

    Raises:
        InputError: when one is not there, or is called otherwise than annotations are.
    """
    return [str(path) for chosen in _sets(gold) for path in (chosen.gold, chosen.texts)]


def measured(wanted: Wanted, settings: Settings) -> Measured:
    """Measure the sets that `wanted` names, as one.

    Raises:
        InputError: when annotations or texts cannot be read.
        UsageError: when a folder of alias tables is none, or floors are asked for of a set that has none.
        SetupError: when the language model or the place data is missing.
    """
    sets = _sets(wanted.gold)
    floors = read_floors(wanted.floors) if wanted.floors else {}
    if wanted.floors and (missing := [chosen.name for chosen in sets if chosen.name not in floors]):
        message = f"--floors {wanted.floors}: has no entry for {', '.join(missing)}; add one, or leave --floors out"
        raise UsageError(message)
    compare = read_aliases(_alias_folder(wanted.aliases, sets))
    found = [evaluate(chosen, compare, settings) for chosen in sets]
    whole = joined(found)
    scores = whole.scores
    failed = [f"{failure.report}: {failure.error}" for failure in whole.failures]
    unmet = [line for evaluation in found if evaluation.name in floors for line in below(floors[evaluation.name], evaluation.scores)]
    other = [
        f"{chosen.name}: these are not the texts that its floors were measured on"
        for chosen in sets
        if chosen.name in floors and corpus_hash(chosen) != floors[chosen.name].corpus
    ]
    return Measured(
        shown=[document(whole.name, scores)] if wanted.as_json else list(terminal_lines(whole.name, scores)),
        differences=list(difference_lines(islice(differences(whole.judged), wanted.errors))),
        complaints=[*failed, *other, *unmet],
        page=page(whole.name, whole.judged, scores),
        exit_code=WhoHoldsError.exit_code if unmet else InputError.exit_code if failed else 0,
    )


def _sets(gold: str) -> list[GoldSet]:
    return [gold_set(Path(path).expanduser()) for path in gold.split(",")]


def _alias_folder(given: Path | None, sets: Sequence[GoldSet]) -> Path | None:
    if given is None:
        return next(filter(None, (aliases_beside(chosen.gold) for chosen in sets)), None)
    if not given.is_dir():
        message = f"--aliases {given}: there is no such folder"
        raise UsageError(message)
    return given
