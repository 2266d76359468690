# SPDX-License-Identifier: AGPL-3.0-or-later
"""A real Chromium, the real server and what one looks at with them. A plugin of the test run."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from tests.postgres import free_port

CHROMIUM = "/usr/bin/chromium"
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
SCREENS = Path(__file__).resolve().parent.parent / "var" / "screens"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PATIENCE = 30.0
WHOLE = 4000  # higher than any page


@dataclass(frozen=True)
class Live:
    """The whole house, running on the test database: server, worker and schedule."""

    url: str
    data: Path

    def letters(self) -> list[EmailMessage]:
        """Every letter sent so far, oldest first."""
        files = sorted((self.data / "mail").glob("*.log"), key=lambda path: path.stat().st_mtime_ns)
        texts = [part for file in files for part in file.read_bytes().split(b"-" * 79) if part.strip()]
        return [message_from_bytes(text.lstrip(), policy=policy.default) for text in texts]

    def letter(self, recipient: str, count: int = 1) -> EmailMessage:
        """The latest letter to somebody, who waits until there are so many."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            found = [letter for letter in self.letters() if recipient in str(letter["To"])]
            if len(found) >= count:
                return found[-1]
            time.sleep(0.1)
        raise AssertionError(f"No letter to {recipient}")


def database_url() -> str:
    """The test database as another process names it."""
    at = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{at['NAME']}"
    return f"postgresql://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"


@pytest.fixture(scope="session")
def live_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Static files are gathered once for all journeys."""
    return tmp_path_factory.mktemp("live")


@pytest.fixture
def live(transactional_db: None, live_data: Path) -> Iterator[Live]:
    """`halles run` on the test database; a test fills it with actions, before or after."""
    for letter in (live_data / "mail").glob("*"):
        letter.unlink()
    cache.clear()  # the jobs of the schedule run at once, whatever the journey before had done of them
    port = free_port()
    origin = f"http://localhost:{port}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "halles.config.settings",
        "DATABASE_URL": database_url(),
        "HALLES_DATA": str(live_data),
        "HALLES_PORT": str(port),
        "HALLES_ORIGIN": origin,
    }
    command = [sys.executable, "-c", "from halles.config.command import main; main()", "run", "--no-demo"]
    log = live_data / "log"
    with log.open("wb") as output:
        server = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
    try:
        wait_until_healthy(origin, server, log)
        yield Live(origin, live_data)
    finally:
        server.terminate()
        server.wait(PATIENCE)


def wait_until_healthy(origin: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{origin}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"The server did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, which can reach nothing but this machine."""
    # Playwright keeps an event loop in this thread; our own use of the database stays synchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    arguments = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield chromium
        chromium.close()


def open_context(browser: Browser, live: Live, **options: Any) -> BrowserContext:
    """A visitor with nothing remembered; relative addresses are those of the live server."""
    context = browser.new_context(base_url=live.url, locale="fr-FR", timezone_id="Europe/Paris", **options)
    context.set_default_timeout(10_000)
    # It reads the addresses, and `tools.suite` looks into this module before there is a Django.
    from tests import visits

    visits.record(context)
    return context


@pytest.fixture
def phone(browser: Browser, live: Live) -> Iterator[Page]:
    """A neighbour's telephone."""
    context = open_context(browser, live, viewport=PHONE, has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def plain_phone(browser: Browser, live: Live) -> Iterator[Page]:
    """The same, where no script runs."""
    context = open_context(browser, live, viewport=PHONE, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def desktop(browser: Browser, live: Live) -> Iterator[Page]:
    """A merchant's computer."""
    context = open_context(browser, live, viewport=DESKTOP)
    yield context.new_page()
    context.close()


def come_until(page: Page, address: str, shown: Locator) -> None:
    """Go to an address until it shows something. What others did is seen a moment later; and where an answer is slow, a
    device of « Ma boutique » shows the page as it last was.
    """
    deadline = time.monotonic() + PATIENCE
    page.goto(address)
    while not shown.first.is_visible():
        assert time.monotonic() < deadline, f"{address} does not show {shown}"
        page.wait_for_timeout(250)
        page.goto(address)


def axe(page: Page, *, whole: bool = True) -> None:
    """No violation of WCAG 2.2 A or AA on the page as it stands.

    Seen as a `whole`: what stays at the bottom of a screen would cover a part of whatever happens to lie there. Not so
    with a sheet over it, which is as high as the screen.
    """
    before = page.viewport_size
    assert before is not None
    if whole:
        page.set_viewport_size({"width": before["width"], "height": WHOLE})
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
    if whole:
        page.set_viewport_size(before)
    assert results.violations_count == 0, results.generate_report()


def look(page: Page, name: str) -> None:
    """Keep the page as seen on a telephone and on a computer, for human eyes."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    before = page.viewport_size
    for suffix, size in (("phone", PHONE), ("desktop", DESKTOP)):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.screenshot(path=SCREENS / f"{name}-{suffix}.png", full_page=True)
    if before:
        page.set_viewport_size(before)
