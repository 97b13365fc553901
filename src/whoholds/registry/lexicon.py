"""The lexicon of one language: cue words and verbs as data, read from `data/lexicons/<language>/*.toml`.

The tables are meant to be edited by researchers; this module checks them and gives them types. The rules that use
them live in `whoholds.extract`.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from whoholds.errors import DataError, UnsupportedLanguageError
from whoholds.taxonomy import Certainty, Kind, Manner

Words = frozenset[str]
Table = TypeVar("Table")
SPECIAL = frozenset({"lemmas", "kind", "place", "target", "complement", "requires", "manner", "with"})


@dataclass(frozen=True, slots=True)
class Frame:
    """One use of a verb that makes a claim; the fields are explained at the head of verbs.toml."""

    lemma: str
    particle: str
    kind: Kind
    place: tuple[str, ...]
    actor: str = "subject"
    target: tuple[str, ...] = ()
    object: str = "any"
    subject: str = "actor"
    requires: Words = frozenset()
    complement: Words = frozenset()
    with_: str = ""
    voice: str = ""
    manner: Manner = Manner.UNSTATED
    bare: bool = False
    presupposed: bool = False
    euphemism: bool = False
    stative: bool = False
    elided: bool = False
    attempt: bool = False

    @property
    def rule(self) -> str:
        """The name under which a claim made by this frame can be traced."""
        verb = f"{self.lemma}-{self.particle}" if self.particle else self.lemma
        return f"verb:{verb}:{self.kind}"


@dataclass(frozen=True, slots=True)
class EventNoun:
    """A noun that makes a claim; the fields are explained at the head of nouns.toml."""

    lemma: str
    kind: Kind
    place: tuple[str, ...]
    actor: tuple[str, ...]
    licence: str
    target: tuple[str, ...] = ()
    bare: bool = False
    light: Mapping[str, Kind] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NounClasses:
    """Classes of nouns that frames ask for as their object, and the verbs that present an event noun as news."""

    attack: Words
    weapon: Words
    gunfire: Words
    detainees: Words
    flag: Words
    mines: Words
    hands: Words
    nothing: Words
    presence: Words
    foothold: Words
    post: Words
    stance: Words
    arresting: Words
    bomb: Words
    sides: Words
    route: Words
    front: Words
    target: Words
    arrest: Words
    policing: Words
    fate: Words
    taking: Words
    rank: Words
    kin: Words


@dataclass(frozen=True, slots=True)
class Licences:
    """Verbs that present an event noun as news.

    As its `object` or `subject`; `outcome` are those it is the result of ("led to clashes"), `aiming` those that name the goal of an
    attack ("an offensive targeting X"), `hitting` those of strike lists, whose place stands before them ("Near X, a strike destroyed …").
    """

    object: Words
    subject: Words
    outcome: Words
    aiming: Words
    involvement: Words
    hitting: Words


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Common nouns of places, by what they do to the name beside them; `civil` words name a town's offices and works after it."""

    settlement: Words
    region: Words
    capital: Words
    part: Words
    quantity: Words
    edge: Words
    front: Words
    facility: Words
    vague: Words
    front_alone: Words
    nowhere: Words
    held_at: Words
    direction: Words
    civil: Words
    never: Words
    relation_near: Words
    relation_around: Words

    @property
    def any(self) -> Words:
        """Every noun that can head the name of a place."""
        return self.settlement | self.region | self.capital | self.part | self.edge | self.front | self.facility | self.vague


@dataclass(frozen=True, slots=True)
class HoldingWords:
    """Idioms of holding: what a place is "under", and the verbs and words that go with them."""

    under: Mapping[str, Kind]
    becoming: Words
    being: Words
    held: Words
    own: Words


@dataclass(frozen=True, slots=True)
class ActorWords:
    """Common nouns of those who fight or hold, and the words that tell a report on war from another."""

    force: Words
    polity: Words
    aircraft: Words
    partisan: Words
    bound: Words
    backward: Words
    beside: Words
    group: Words
    weapon: Words
    people: Words
    conflict: Words
    conflict_stem: Words
    conflict_sure: Words
    elsewhere: Words
    never: Words


@dataclass(frozen=True, slots=True)
class SayingWords:
    """Verbs and nouns of saying, and the nouns of sources by role."""

    say: Words
    weak: Words
    opine: Words
    deny: Words
    brand: Words
    silent: Words
    false_word: Words
    report_noun: Words
    claim_noun: Words
    fact: Words
    statement: Words
    account: Words
    relay: Words
    verify: Words
    hear: Words
    publish: Words
    evidence: Words
    vouch: Words
    certify: Words
    organ: Words
    party: Words
    hearsay: Words
    source: Words
    office: Words
    channel: Words
    reporter: Words
    seeing: Words
    present: Words
    imagery: Words
    located: Words
    role: Mapping[str, str]

    @property
    def telling(self) -> Words:
        """Every noun of what or who may tell of something seen: "reports", "footage", "residents"."""
        return self.hearsay | self.evidence | self.source


@dataclass(frozen=True, slots=True)
class StanceWords:
    """Cues of stance, and the verbs that make what they govern actual, negative or an attempt."""

    adverb: Mapping[str, Certainty]
    verb: Mapping[str, Certainty]
    modal: Mapping[str, Certainty]
    actual: Words
    negative: Words
    attempt: Words
    futile: Words
    trial: Words
    averting: Words
    wish: Words
    non_actual_modal: Words
    negation: Words
    condition: Words
    said_false: Words
    open: Words
    settled: Words


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All tables of one language; `hash` changes with any of them."""

    language: str
    hash: str
    frames: Mapping[str, tuple[Frame, ...]]
    nouns: Mapping[str, EventNoun]
    classes: NounClasses
    licences: Licences
    places: PlaceWords
    actors: ActorWords
    holdings: HoldingWords
    saying: SayingWords
    stance: StanceWords


@cache
def load_lexicon(language: str) -> Lexicon:
    """Return the lexicon of a language (ISO 639-1 code).

    Raises:
        UnsupportedLanguageError: when there is none.
        DataError: when a table is malformed.
    """
    folder = files("whoholds.registry") / "data" / "lexicons" / language
    if not folder.is_dir():
        message = f"unsupported-language: no lexicon for '{language}'; there is one for English (en)"
        raise UnsupportedLanguageError(message)
    raw = {entry.name: entry.read_bytes() for entry in folder.iterdir() if entry.name.endswith(".toml")}
    digest = hashlib.sha256(b"".join(raw[name] for name in sorted(raw))).hexdigest()[:16]
    tables = {name.removesuffix(".toml"): _parse(name, content) for name, content in raw.items()}
    return _lexicon(language, digest, tables)


def _parse(name: str, content: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"lexicon table {name}: {error}"
        raise DataError(message) from error


def _lexicon(language: str, digest: str, tables: Mapping[str, dict[str, Any]]) -> Lexicon:
    try:
        nouns, places, stance = tables["nouns"], tables["places"], tables["stance"]
        relations = {f"relation_{name}": words for name, words in places.pop("relation").items()}
        saying = tables["attribution"]
        words = saying.pop("words")
        under = {noun: Kind(kind) for kind, group in tables["holdings"].pop("under").items() for noun in group}
        roles = {noun: role for role, group in reversed(saying.pop("role").items()) for noun in group}
        return Lexicon(
            language=language,
            hash=digest,
            frames=_frames(tables["verbs"]["frame"]),
            nouns={noun.lemma: noun for row in nouns["noun"] for noun in _event_nouns(row)},
            classes=_table(NounClasses, nouns["classes"]),
            licences=_table(Licences, nouns["licences"]),
            places=_table(PlaceWords, places | relations),
            actors=_table(ActorWords, tables["actors"]),
            holdings=_table(HoldingWords, tables["holdings"], under=under),
            saying=_table(SayingWords, saying | words, role=roles),
            stance=_table(
                StanceWords,
                stance["governor"] | stance["words"],
                **{cue: {word: Certainty(value) for word, value in stance[cue].items()} for cue in ("adverb", "verb", "modal")},
            ),
        )
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        message = f"lexicon '{language}': {error!r}"
        raise DataError(message) from error


def _table(cls: type[Table], rows: Mapping[str, Iterable[str]], **given: object) -> Table:
    """Make a table of word sets; a group of words that no field names, or a field without words, is an error."""
    names = {f.name for f in fields(cls)} - set(given)  # type: ignore[arg-type]
    if names != set(rows):
        message = f"{cls.__name__}: groups {sorted(names ^ set(rows))} are missing or unknown"
        raise ValueError(message)
    return cls(**{name: frozenset(rows[name]) for name in names}, **given)


def _frames(rows: Iterable[Mapping[str, Any]]) -> dict[str, tuple[Frame, ...]]:
    """Index the frames by the verb alone: "pull out" stands under "pull", before the frames of plain "pull"."""
    index: dict[str, list[Frame]] = defaultdict(list)
    for row in rows:
        for lemma in row["lemmas"]:
            frame = _frame(lemma, row)
            index[frame.lemma].append(frame)
    return {verb: tuple(sorted(group, key=lambda frame: not frame.particle)) for verb, group in index.items()}


def _frame(lemma: str, row: Mapping[str, Any]) -> Frame:
    verb, _, particle = lemma.partition(" ")
    options = {key: value for key, value in row.items() if key not in SPECIAL}
    return Frame(
        lemma=verb,
        particle=particle,
        kind=Kind(row["kind"]),
        place=tuple(row["place"]),
        target=tuple(row.get("target", ())),
        complement=frozenset(row.get("complement", ())),
        requires=frozenset(row.get("requires", ())),
        with_=row.get("with", ""),
        manner=Manner(row.get("manner", "unstated")),
        **options,
    )


def _event_nouns(row: Mapping[str, Any]) -> Iterable[EventNoun]:
    light = {verb: Kind(kind) for kind, verbs in row.get("light", {}).items() for verb in verbs}
    for lemma in row["lemmas"]:
        yield EventNoun(
            lemma=lemma,
            kind=Kind(row["kind"]),
            place=tuple(row["place"]),
            actor=tuple(row["actor"]),
            licence=row["licence"],
            target=tuple(row.get("target", ())),
            bare=row.get("bare", False),
            light=light,
        )
