"""WhoHolds: who holds what, since when, according to whom, and who denies it."""

__version__ = "0.1.0"
