"""The office served over real HTTP, for a real browser."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn
from playwright.sync_api import Page

from api.app import create_app
from tests.api.office import PASSWORD, email_of
from tests.services.clock import MovableClock
from vcs.settings import Settings
from vcs.terms import Role


@dataclass
class Site:
    """A served site and the page of the one who visits it."""

    base: str
    page: Page

    def open(self, path: str) -> None:
        """Open a page and wait until it stands."""
        self.page.goto(self.base + path, wait_until="load")

    def sign_in(self, role: Role) -> None:
        """Sign in as the person in a role, whoever was here before."""
        self.page.context.clear_cookies()
        self.open("/sign-in")
        self.page.get_by_label("Email address").fill(email_of(role))
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url(f"{self.base}/")


@contextmanager
def serving(settings: Settings, clock: MovableClock) -> Iterator[str]:
    """Serve the app on a free port of this machine until the block ends; yields its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(create_app(settings, clock.now), log_config=None, log_level="error")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=30)
