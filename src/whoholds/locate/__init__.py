"""Locating: from mentions to places. `open_gazetteer()` is the way in; importing this costs nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whoholds.locate.gazetteer import Gazetteer

__all__ = ["open_gazetteer"]


def open_gazetteer(data: Path | None = None) -> Gazetteer:
    """Open the embedded gazetteer, or the one whose shards lie in `data`; the index is built on first use.

    Raises:
        GazetteerMissingError: when no data is installed.
    """
    from whoholds.locate import gazetteer  # noqa: PLC0415  the index is opened only where places are wanted

    return gazetteer.open_gazetteer(data or gazetteer.DATA)
