"""The server process: uvicorn on one address, quiet, with bounds on what a connection may hold."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address

import uvicorn
from starlette.types import ASGIApp

from whoholds.errors import UsageError

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


@contextmanager
def listening(address: Address) -> Iterator[socket.socket]:
    """Give a socket that listens at an address, so that nobody is told of one where nothing answers.

    Raises:
        UsageError: when it cannot be listened at.
    """
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as opened:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            opened.bind((address.host, address.port))
            opened.listen(BACKLOG)
        except OSError as error:
            message = f"--host {address.host} --port {address.port}: cannot be listened at ({error.strerror or error}); give another port"
            raise UsageError(message) from None
        yield opened


def run(app: ASGIApp, opened: socket.socket) -> None:
    """Serve at a socket that listens, until the process is told to stop."""
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, timeout_keep_alive=KEEP_ALIVE_S, lifespan="off"
    )
    uvicorn.Server(config).run(sockets=[opened])
