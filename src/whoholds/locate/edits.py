"""How alike names are, for many pairs at once; pure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from whoholds.locate.names import similarity

LONGEST = 64
"""Letters of the longest word whose table fits a number; longer ones are compared one by one."""

_Words = npt.NDArray[np.uint64]


def similarities(words: Sequence[bytes], of: npt.NDArray[np.int64], others: npt.NDArray[np.bytes_]) -> npt.NDArray[np.float64]:
    """Return how alike each of `others` (ASCII) is to the word of `words` whose number `of` gives (see `names.similarity`)."""
    lengths = np.fromiter(map(len, words), np.int64, len(words))[of]
    other_lengths = np.char.str_len(others).astype(np.int64)
    distances = _distances([word[:LONGEST] for word in words], of, others, other_lengths)
    alike = 1.0 - distances / np.maximum(np.maximum(lengths, other_lengths), 1)
    for pair in np.flatnonzero(lengths > LONGEST).tolist():
        alike[pair] = similarity(words[int(of[pair])].decode(), bytes(others[pair]).decode())
    return alike


def _distances(
    words: Sequence[bytes], of: npt.NDArray[np.int64], others: npt.NDArray[np.bytes_], lengths: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Return the edit distances: `names.Edits`, whose comments hold here too, over columns of pairs."""
    width = int(lengths.max(initial=0))
    letters = others.view(np.uint8).reshape(len(others), -1)
    spans = np.fromiter(map(len, words), np.uint64, len(words))
    one = np.uint64(1)
    full = np.where(spans < LONGEST, (one << np.minimum(spans, np.uint64(LONGEST - 1))) - one, ~np.uint64(0))[of]
    last = (one << np.maximum(spans, one) - one)[of]
    places = _places(words)
    more, less, distance = full.copy(), np.zeros(len(of), np.uint64), spans[of].astype(np.int64)
    # The longest first, so that the pairs which still have letters are always the first ones.
    order = np.argsort(-lengths, kind="stable")
    of, letters, full, last, more, distance = of[order], letters[order], full[order], last[order], more[order], distance[order]
    left = np.searchsorted(-lengths[order], -np.arange(1, width + 1), side="right")
    for column, count in enumerate(left.tolist()):
        here = places[of[:count], letters[:count, column]]
        was_more, was_less, whole, end = more[:count], less[:count], full[:count], last[:count]
        same = (((here & was_more) + was_more) ^ was_more) | here | was_less
        up = was_less | ~(same | was_more)
        down = was_more & same
        distance[:count] += ((up & end) != 0).astype(np.int64) - ((down & end) != 0)
        up = up << one | one
        more[:count] = (down << one | ~(same | up)) & whole
        less[:count] = up & same & whole
    sorted_back = np.empty_like(distance)
    sorted_back[order] = distance
    return sorted_back


def _places(words: Sequence[bytes]) -> _Words:
    """Return for each word and letter the places at which the letter stands, a bit each."""
    table = np.zeros((len(words), 256), np.uint64)
    for number, word in enumerate(words):
        for at, letter in enumerate(word):
            table[number, letter] |= np.uint64(1 << at)
    return table
