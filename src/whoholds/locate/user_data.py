"""Places that a user adds: read, checked, kept as shards of their own, listed and removed."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER_VARIABLE = "WHOHOLDS_GAZETTEER_DIR"


def user_folder() -> Path:
    """Return the folder of the user's own places: the environment's, else one in the user's data folder."""
    chosen = os.environ.get(FOLDER_VARIABLE)
    if chosen:
        return Path(chosen)
    from platformdirs import user_data_path  # noqa: PLC0415  only here, so that importing this module stays cheap

    return user_data_path("whoholds") / "gazetteer"
