"""One answer for the command line, the library and the web: who holds a place, since when, according to whom, and why."""

from whoholds.queries.desk import Desk, open_desk

__all__ = ["Desk", "open_desk"]
