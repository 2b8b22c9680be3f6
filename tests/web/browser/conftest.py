"""The pages as a browser gets them: `premortem serve` as a process of its own, and Debian's Chromium before it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from django.contrib.auth import get_user_model
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from premortem.acts.bringing_in.bring_in import bring_in
from premortem.acts.looking.reviewing import review_changed
from premortem.records.firm.models import DealHome, Team
from premortem.sample.place import DEALS
from premortem.web.ledger import ledger
from tests.web.browser.at_work import ABSENT, PAGES, at_work
from tests.web.browser.uploads import uploads
from tests.web.cases import CASES
from tests.web.conftest import CAST, NOW, House, _point_to

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
STILL_OPEN = ("04", "05", "14", "20")
"""Deals that nobody has won or lost yet, so that there is something to ask this week."""


class Served(NamedTuple):
    """Where the pages are, who is let in by which cookie, and where each page lies that a signed-in admin may read."""

    at: str
    said: list[str]
    sessions: dict[str, str]
    pages: dict[str, str]


@pytest.fixture(scope="session")
def lived_in(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The house's ledger with open deals beside those that ended."""
    file = tmp_path_factory.mktemp("lived-in") / "ledger.sqlite3"
    shutil.copy(built, file)
    with _at(file):
        seller, team = get_user_model().objects.get(username="seller"), Team.objects.get(name="Hosting")
        for number in STILL_OPEN:
            brought = bring_in(ledger(), next(DEALS.glob(f"{number}-*")), NOW)
            for one in brought:
                DealHome.objects.create(deal=one.deal, owner=seller, team=team)
        review_changed(ledger())
        at_work(House(file))
    return file


@pytest.fixture(scope="session")
def served(lived_in: Path) -> Iterator[Served]:
    house = House(lived_in)
    with _at(lived_in):
        sessions = {who: house.client(who).cookies["sessionid"].value for who in CAST if who != "nobody"}
        readable = {
            name: case for name, case in CASES.items() if case.method == "get" and case.expected["admin"] == 200
        }
        pages = {name: one.path if isinstance(one.path, str) else one.path(house) for name, one in readable.items()}
        pages |= PAGES | uploads(lived_in.parent)
    with serving(lived_in) as (at, said):
        yield Served(at, said, sessions, pages)


@contextmanager
def _at(file: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        _point_to(file, patch)
        yield
        connections["default"].close()


@contextmanager
def serving(file: Path) -> Iterator[tuple[str, list[str]]]:
    """`premortem serve` on this ledger and a port of its own: its address, and the lines that it printed."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"PREMORTEM_SECRET_KEY": "only for tests", "PREMORTEM_LEDGER": str(file)}
    for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
        environment.pop(name, None)
    start = [sys.executable, "-c", "from premortem.cli.main import run; run()", "serve", "--port", str(port)]
    printed = file.with_name("printed.txt")
    with printed.open("w") as out:
        process = subprocess.Popen(start, env=environment, stdout=out, stderr=subprocess.STDOUT)
    try:
        _wait(process, printed)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/account/login/", timeout=30):
            pass  # it says where it is once it answers there
        yield f"http://127.0.0.1:{port}", printed.read_text().splitlines()
    finally:
        process.terminate()
        process.wait(timeout=60)


def _wait(process: subprocess.Popen[bytes], printed: Path) -> None:
    until = time.monotonic() + 90
    while time.monotonic() < until and process.poll() is None:
        if "premortem is at" in printed.read_text():
            return
        time.sleep(0.1)
    raise AssertionError(f"the pages did not come up:\n{printed.read_text()}")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One for a module, and closed with it: while it is open, Django refuses to ask a database in this thread."""
    if not Path(CHROMIUM).exists():
        pytest.skip("Chromium is not installed (apt-get install chromium)")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
        yield browser
        browser.close()


Visit = Callable[..., Page]


@pytest.fixture
def visit(served: Served, chromium: Browser) -> Iterator[Visit]:
    """Open a page as one of the cast, in a theme and a width."""
    opened: list[BrowserContext] = []
    faults: list[Error] = []
    away = [PAGES[name] for name in ABSENT]

    def open_page(path: str, who: str = "admin", theme: str = "light", width: int = 1280) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        opened.append(context)
        cookies = {"theme": theme} | ({"sessionid": served.sessions[who]} if who in served.sessions else {})
        context.add_cookies([{"name": name, "value": value, "url": served.at} for name, value in cookies.items()])
        page = context.new_page()
        page.on("pageerror", lambda fault: faults.append(fault))
        answer = page.goto(served.at + path)
        assert answer is not None
        assert answer.ok or path in away, f"{path} answered {answer.status}"
        return page

    yield open_page
    for context in opened:
        context.close()
    assert faults == [], "a script of ours failed"
