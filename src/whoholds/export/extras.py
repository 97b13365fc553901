"""The libraries that some formats need: an extra, looked for before anything is written."""

from __future__ import annotations

import importlib.util

from whoholds.errors import SetupError


def require_extra(*packages: str) -> None:
    """Do nothing where these packages are installed.

    Raises:
        SetupError: when one is not.
    """
    missing = [package for package in packages if importlib.util.find_spec(package) is None]
    if missing:
        message = (
            f"this format needs {', '.join(missing)}: run `pip install 'whoholds[exports]'`, or choose a format without it (geojson, csv)"
        )
        raise SetupError(message)
