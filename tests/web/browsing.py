"""A real browser before a real server: Debian's Chromium, or the one that Playwright brings."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright
from playwright.sync_api import Error as BrowserError

from whoholds.config import load_settings
from whoholds.store import open_store
from whoholds.web.app import create_app
from whoholds.web.service import Reviewer, serve_store

# Without a graphics card WebGL is drawn by the processor.
ARGUMENTS = ("--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist")
PATIENCE_S = 40


@contextmanager
def serving_at(db: Path, reviewer: str | None = None, token: str = "") -> Iterator[str]:
    """Serve a store at a free port of this machine; yields the address of the page."""
    settings = replace(load_settings(), db=str(db))
    with open_store(str(db), read_only=reviewer is None) as store:
        app = create_app(serve_store(store, settings, Reviewer(reviewer, token) if reviewer else None))
        server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", access_log=False, lifespan="off"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        until(lambda: server.started)
        try:
            yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(PATIENCE_S)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Open Chromium; without one the test is skipped, loudly, or fails where WHOHOLDS_REQUIRE_BROWSER is 1."""
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(ARGUMENTS))
        except BrowserError as error:
            if os.environ.get("WHOHOLDS_REQUIRE_BROWSER") == "1":
                raise
            pytest.skip(f"NOT CHECKED: the page was opened in no browser (apt install chromium, or playwright install chromium): {error}")
        yield browser
        browser.close()


def until(told: object, what: str = "") -> None:
    """Wait until a function returns something true.

    Raises:
        AssertionError: when it does not, in time.
    """
    assert callable(told)
    end = time.monotonic() + PATIENCE_S
    while not told():
        assert time.monotonic() < end, what or "it did not happen"
        time.sleep(0.05)


@dataclass
class Visit:
    """A page in the browser, with what it asked for and what went wrong."""

    browser: Browser
    url: str
    width: int = 1440
    height: int = 900
    asked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    page: Page = field(init=False)

    def __enter__(self) -> Self:
        """Open an empty page."""
        self.page = self.browser.new_page(viewport={"width": self.width, "height": self.height})
        self.page.set_default_timeout(PATIENCE_S * 1000)
        self.page.on("request", self._asks)
        self.page.on("console", self._says)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.page.close()

    def open(self, query: str = "") -> Page:
        """Open the map at a state, and wait until it can be used."""
        self.page.goto(f"{self.url}/{query}")
        self.page.wait_for_selector("body[data-ready]")
        return self.page

    def script(self, expression: str, given: object = None) -> object:
        """Return the value of an expression in the page."""
        return self.page.evaluate(expression, given)

    def until(self, expression: str, given: object = None) -> None:
        """Wait until an expression is true in the page; the policy of the page forbids the browser's own waiting."""
        until(lambda: self.page.evaluate(expression, given), expression)

    def strangers(self) -> list[str]:
        """Return what was asked of anybody but this server."""
        home = urlsplit(self.url).netloc
        return [url for url in self.asked if not url.startswith(("data:", f"blob:{self.url}")) and urlsplit(url).netloc != home]

    def _asks(self, request: Request) -> None:
        self.asked.append(request.url)

    def _says(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "GPU stall" not in message.text:
            self.wrong.append(message.text)
