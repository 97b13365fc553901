"""What a browser is sent before the map stands: bytes on the wire of every file and answer, MapLibre's own apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import sync_playwright

ARGUMENTS = ("--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist")
QUIET_MS = 120_000


@dataclass(slots=True)
class FirstView:
    """Bytes sent, by address; `foreign` are requests to other hosts, of which there must be none."""

    sent: Counter[str] = field(default_factory=Counter)
    foreign: list[str] = field(default_factory=list)

    @property
    def library(self) -> int:
        """Bytes of MapLibre."""
        return sum(size for address, size in self.sent.items() if "/vendor/" in address)

    @property
    def beyond(self) -> int:
        """Bytes of all else."""
        return sum(self.sent.values()) - self.library


def first_view(address: str, chromium: str | None = None) -> FirstView:
    """Open the page in a browser that has nothing of it, wait until nothing more is loaded, and count what was sent."""
    found = FirstView()
    addresses: dict[str, str] = {}

    def asked(event: dict[str, Any]) -> None:
        url = event["request"]["url"]
        addresses[event["requestId"]] = url
        if not url.startswith((address, "data:", "blob:")):
            found.foreign.append(url)

    def loaded(event: dict[str, Any]) -> None:
        found.sent[addresses.get(event["requestId"], "")] += int(event["encodedDataLength"])

    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", asked)
        session.on("Network.loadingFinished", loaded)
        page.goto(address, wait_until="networkidle", timeout=QUIET_MS)
        page.wait_for_timeout(2000)
        browser.close()
    return found
