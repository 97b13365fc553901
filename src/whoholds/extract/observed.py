"""Seen and not only said: a named outlet's reporter on the spot, or images whose place was found out (tier `observed`, DESIGN §5)."""

from __future__ import annotations

from whoholds.extract.syntax import Sentence, Word
from whoholds.extract.voices import Voice
from whoholds.model import Span
from whoholds.registry.lexicon import SayingWords


def was_seen(sentence: Sentence, voice: Voice, cue: Span | None, saying: SayingWords) -> bool:
    """Tell whether the words of a claim say that it was seen, by whom an editor can ask, or shown where it was."""
    return _by_reporter(voice, saying) or _in_images(voice.sentence or sentence, cue, saying)


def _by_reporter(voice: Voice, saying: SayingWords) -> bool:
    """Tell whether a reporter of a named outlet saw it ("a Reuters reporter saw") or tells it from the spot ("on the ground said")."""
    source, sentence = voice.source, voice.sentence
    if source is None or sentence is None:
        return False
    nouns = [source, *sentence.children(source, "appos")]
    reporter = next((noun for noun in nouns if noun.lemma in saying.reporter), None)
    if reporter is None or not _is_named(sentence, reporter):
        return False
    if voice.verb is not None and voice.verb.lemma in saying.seeing:
        return True
    around = " ".join(word.lower for word in sentence.subtree(source))
    return any(f" {place}" in around for place in saying.present)


def _is_named(sentence: Sentence, reporter: Word) -> bool:
    """Tell whether a reporter has a name or an outlet: "a Reuters reporter", "Ali Hassan, a reporter"; not "a local journalist"."""
    beside = sentence.children(reporter, "compound", "poss", "nmod", "amod", "appos")
    if reporter.dep == "appos":
        beside.append(sentence.head(reporter))
    return any(word.tag.startswith("NNP") for word in beside)


def _in_images(sentence: Sentence, cue: Span | None, saying: SayingWords) -> bool:
    """Tell whether images show it whose place was found out: "geolocated footage shows", "video geolocated by the BBC shows"."""
    if cue is None:
        return False
    showing = next((word for word in sentence if (word.start, word.end) == (cue.start, cue.end)), None)
    subject = sentence.child(showing, "nsubj") if showing is not None else None
    if subject is None or subject.lemma not in saying.imagery:
        return False
    return any(word.lower in saying.located for word in sentence.subtree(subject))
