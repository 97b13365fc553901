from __future__ import annotations

from collections.abc import Sequence

from whoholds.locate.memory import Memory


def test_each_question_is_asked_once_and_new_ones_together() -> None:
    asked: list[Sequence[str]] = []

    def lengths(words: Sequence[str]) -> list[int]:
        asked.append(list(words))
        return [len(word) for word in words]

    memory = Memory(lengths, 10)
    assert [memory.of(words) for words in (["a", "bb", "a"], ["bb", "ccc"], ["a"])] == [[1, 2, 1], [2, 3], [1]]
    assert asked == [["a", "bb"], ["ccc"]]
    memory.clear()
    assert memory.of(["a"]) == [1]
    assert asked[2:] == [["a"]]


def test_no_more_answers_are_kept_than_allowed_but_all_that_are_asked_for() -> None:
    asked: list[int] = []

    def squares(numbers: Sequence[int]) -> list[int]:
        asked.extend(numbers)
        return [number * number for number in numbers]

    memory = Memory(squares, 2)
    assert memory.of([1, 2, 3]) == [1, 4, 9]
    assert memory.of([3, 4]) == [9, 16]
    assert asked == [1, 2, 3, 4]
    assert memory.of([1]) == [1]
    assert asked[4:] == [1]
