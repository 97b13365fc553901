"""Report → statements and claims: names, parse, predicates, attribution, stance, dates, and what the words refer to."""

from __future__ import annotations

from whoholds.ports import ToponymFinder, VersionedExtractor


def open_extractor(finder: ToponymFinder, model: str | None) -> VersionedExtractor:
    """Return the extractor for English.

    Args:
        finder: knows the names of places.
        model: a language model's package or directory; None takes the best one installed.

    Raises:
        DataError: when a lexicon or the registry is malformed.
    """
    from whoholds.extract.extractor import open_rules  # noqa: PLC0415  keeps the import of the package cheap

    return open_rules(finder, model)
