"""The sample company's export, as Salesforce would send it: dropped, read another way, taken in, seen, taken back."""

from __future__ import annotations

import base64
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bench.exporting import salesforce_export
from premortem.acts.bringing_in.bring_in import bring_in
from premortem.ledger.contents import MemoryLedger
from premortem.ledger.fold import deal_as_of
from premortem.sample.place import DEALS
from tests.web.browser.conftest import _at, serving
from tests.web.browser.test_dropping import DROP
from tests.web.conftest import NOW, House
from tests.web.test_import import zipped

pytestmark = pytest.mark.browser
REASON = "went with a larger provider"


@pytest.fixture(scope="module")
def weekly(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The weekly export of all the sample's deals, zipped."""
    rows, out = tmp_path_factory.mktemp("rows"), tmp_path_factory.mktemp("weekly")
    for deal in DEALS.iterdir():
        if (deal / "deal.json").is_file():
            (rows / deal.name).mkdir()
            shutil.copy(deal / "deal.json", rows / deal.name)
    ledger = MemoryLedger()
    bring_in(ledger, rows, NOW)
    salesforce_export(out, [deal_as_of(ledger.store.read(deal)) for deal in ledger.store.deals()], ledger.contents)
    return zipped({file.name: file.read_bytes() for file in out.iterdir()})


@pytest.fixture(scope="module")
def firm(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """A firm of its own, since all of the sample's deals come into it: its address, and the admin's session."""
    file = tmp_path_factory.mktemp("firm") / "ledger.sqlite3"
    shutil.copy(built, file)
    with _at(file):
        session = House(file).client("admin").cookies["sessionid"].value
    with serving(file) as (at, _):
        yield at, session


@pytest.fixture
def admins_page(firm: tuple[str, str], chromium: Browser) -> Iterator[Page]:
    at, session = firm
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.add_cookies([{"name": "sessionid", "value": session, "url": at}])
    page = context.new_page()
    page.goto(at + "/import/")
    yield page
    context.close()


def test_a_weekly_export_is_dropped_read_another_way_taken_in_and_taken_back(admins_page: Page, weekly: bytes) -> None:
    page = admins_page
    page.evaluate(DROP, base64.b64encode(weekly).decode())
    page.get_by_role("button", name="See what would be taken in").click()
    page.wait_for_url("**/import/*/")
    expect(page.get_by_role("heading", name="This would be taken in")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("It is an export of Salesforce")).to_be_visible()
    ended = page.get_by_text("How they ended:")
    before = ended.inner_text()
    page.get_by_label(f"A loss because of {REASON} is").select_option("other_way")
    page.get_by_role("button", name="Read it again this way").click()
    expect(page.get_by_role("heading", name="This would be taken in")).to_be_visible(timeout=60_000)
    expect(page.get_by_label(f"A loss because of {REASON} is")).to_have_value("other_way")
    assert ended.inner_text() != before
    page.get_by_role("button", name="Take it in").click()
    expect(page.get_by_role("heading", name="Taken in from Salesforce")).to_be_visible(timeout=120_000)
    expect(page.get_by_text(re.compile("solved another way"))).to_be_visible()
    deal = page.get_by_role("row").filter(has=page.get_by_text("new", exact=True)).first
    name = deal.get_by_role("link").inner_text()
    deal.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    page.go_back()
    page.get_by_label(f"Take back {name}").check()
    page.get_by_role("button", name="Take back what is marked").click()
    expect(page.get_by_text("1 was taken back.")).to_be_visible(timeout=60_000)
