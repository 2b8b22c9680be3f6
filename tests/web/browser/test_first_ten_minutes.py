"""A new user's first ten minutes, from the printed link to the printed call sheet, on a machine that knows nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from premortem.sample.place import DEALS
from tests.web.browser.conftest import serving

pytestmark = pytest.mark.browser
FOLDER = next(DEALS.glob("01-*"))
A_MINUTE = 60_000
WRONG = "Maxine just wants it to work and not be on the fridge"
"""What a developer says in passing, and a reader took for opposition."""


@pytest.fixture
def first_page(tmp_path: Path, chromium: Browser) -> Iterator[Page]:
    """The page behind the link that `premortem serve` prints on its first start."""
    with serving(tmp_path / "ledger.sqlite3") as (at, said):
        link = re.search(r"http://\S+/first/\S+", "\n".join(said))
        assert link is not None, said
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.goto(link[0].replace("localhost", "127.0.0.1"))
        assert page.url.startswith(at)
        yield page
        context.close()


def test_a_new_user_gets_from_the_link_to_a_call_sheet(first_page: Page) -> None:
    page = first_page
    _sign_in(page)
    _import_a_folder(page)
    _read_the_first_finding(page)
    _reject_what_is_wrong(page)
    _move_the_slider_back(page)
    _print_the_call_sheet(page)


def _sign_in(page: Page) -> None:
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("navigation", name="Pages")).to_be_visible()
    used = page.context.request.get(page.url)
    assert used.ok


def _import_a_folder(page: Page) -> None:
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Import").click()
    page.locator("input[type=file][webkitdirectory]").set_input_files(FOLDER)
    page.locator("form:has(input[type=file][webkitdirectory]) button.main").click()
    accept = page.get_by_role("button", name="Take it in")
    expect(accept).to_be_visible(timeout=A_MINUTE)
    expect(page.get_by_role("main")).to_contain_text("2025-03-04-first-call.vtt")
    accept.click()
    deal = page.get_by_role("main").get_by_role("link", name=re.compile("Bellfield"))
    expect(deal).to_be_visible(timeout=A_MINUTE)
    deal.click()


def _read_the_first_finding(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bellfield Instrument Hire")
    first = page.locator("article.finding").first
    expect(first).to_contain_text("The close is planned for 30 April 2025")
    first.get_by_role("link", name=re.compile("in its place")).first.click()
    turn = page.locator(f"[id='{page.url.partition('#')[2]}']")
    expect(turn).to_be_in_viewport()
    expect(turn.locator("mark").first).to_be_visible()
    page.go_back()


def _reject_what_is_wrong(page: Page) -> None:
    finding = page.locator("article.finding", has_text="Against it: Maxine")
    expect(finding).to_have_count(1)
    finding.get_by_role("link", name=re.compile("in its place")).first.click()
    turn = page.locator(f"[id='{page.url.partition('#')[2]}']")
    expect(turn).to_contain_text(WRONG)
    turn.get_by_role("button", name=re.compile("Reject.*(oppos|against)", re.I)).first.click()
    expect(page.get_by_role("main")).to_contain_text("No longer found in this deal: somebody is against us")
    page.get_by_role("main").get_by_role("link", name=re.compile("Bellfield")).first.click()
    expect(page.locator("article.finding").first).to_be_visible()
    expect(finding).to_have_count(0)


def _move_the_slider_back(page: Page) -> None:
    before = page.locator("article.finding").count()
    slider = page.get_by_role("slider")
    slider.focus()
    slider.press("Home")
    expect(page.locator("#seen-from")).to_contain_text("3 Mar 2025")
    expect(page.locator("article.finding")).not_to_have_count(before)
    assert "as_of=2025-03-03" in page.url
    page.get_by_role("link", name="Back to the latest").click()


def _print_the_call_sheet(page: Page) -> None:
    page.get_by_role("link", name=re.compile("Call sheet")).click()
    expect(page.get_by_role("heading", name="Ask", exact=True)).to_be_visible()
    printed = page.pdf(format="A4")
    assert printed.startswith(b"%PDF-")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= 2
