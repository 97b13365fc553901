"""The server process: uvicorn on one address, quiet, with bounds on what a connection may hold."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address

import uvicorn

from whoholds.config import Settings
from whoholds.store import SqlStore
from whoholds.web.app import create_app
from whoholds.web.service import Reviewer, serve_store

KEEP_ALIVE_S = 15
BACKLOG = 256


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server listens, and the names that requests may use beside those of this machine."""

    host: str
    port: int
    names: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """The address of the page."""
        return f"http://{self._written}:{self.port}/"

    @property
    def allowed(self) -> tuple[str, ...]:
        """The names that requests may use beside those of this machine."""
        return (*self.names, self._written)

    @property
    def _written(self) -> str:
        try:
            return f"[{self.host}]" if ip_address(self.host).version == 6 else self.host  # noqa: PLR2004  IPv6
        except ValueError:
            return self.host


def run(store: SqlStore, settings: Settings, address: Address, reviewer: Reviewer | None = None) -> None:
    """Serve a store that is open until the process is told to stop.

    Raises:
        SetupError: when the place data or the map's drawing library is missing.
    """
    service = serve_store(store, settings, reviewer)
    app = create_app(service, address.allowed)
    uvicorn.run(
        app,
        host=address.host,
        port=address.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=True,
        backlog=BACKLOG,
        timeout_keep_alive=KEEP_ALIVE_S,
        lifespan="off",
    )
