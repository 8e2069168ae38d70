"""Debian's Chromium, driven by Playwright, that can reach nothing but this machine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

# The first is the same browser without windows, which are half the work where nobody looks.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# The sandbox needs a user of its own, which root in a container has not got. The others keep the
# browser from calling home; the last lets a page ask this machine and nobody else, so that a stray
# address fails the page loudly.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
_AXE = Axe().axe_script

AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def program() -> str | None:
    """Return the path of a Chromium on this machine, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@contextmanager
def started(path: str) -> Iterator[Browser]:
    """Run a headless browser until the block ends."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=[*FLAGS])
        yield browser
        browser.close()


def accessibility_problems(page: Page, *, contrast: bool = True) -> list[str]:
    """Return axe's findings on the page as it stands, one line for each element at fault.

    ``contrast`` may be left out where the same colours were looked at: it takes most of the time.
    """
    options = {
        "runOnly": {"type": "tag", "values": AXE_RULES},
        "resultTypes": ["violations"],
        "rules": {"color-contrast": {"enabled": contrast}},
    }
    # Axe itself is half a megabyte: it is read once into a page, and not at each size.
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    found = page.evaluate("options => axe.run(options).then(all => all.violations)", options)
    return [
        f"{violation['id']}: {violation['help']} at {' '.join(map(str, node['target']))}"
        for violation in found
        for node in violation["nodes"]
    ]
