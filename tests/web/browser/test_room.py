"""Two people, one plan: the seller in their pages, the buyer on a phone with nothing but a link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browser.conftest import Served, Visit

pytestmark = pytest.mark.browser
DEAL = "lark-14"
PHONE = {"width": 320, "height": 640}
SOON = datetime.now(UTC).date() + timedelta(days=30)
GONE = "gone quiet"


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """A browser of somebody's own, who has never signed in anywhere."""
    context = chromium.new_context(viewport=PHONE, has_touch=True, is_mobile=True)  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def test_seller_and_buyer_work_on_one_plan(visit: Visit, phone: Page, served: Served) -> None:
    seller = visit(f"/deals/{DEAL}/", "seller")
    gone = seller.locator("article.finding", has_text=GONE)
    expect(gone).to_have_count(1)
    known = _known(seller)
    link = _plan_and_link(seller)
    _on_the_phone(phone, link)
    _set_the_day(phone)
    _add_the_finance_lead(phone)
    seller.goto(f"{served.at}/deals/{DEAL}/")
    expect(gone).to_have_count(0)
    expect(seller.get_by_role("main")).to_contain_text(f"{SOON.day} {SOON:%b} {SOON.year}")
    assert _known(seller) == known + 1
    expect(seller.get_by_role("main")).to_contain_text("Priya Nair")
    seller.goto(f"{served.at}/deals/{DEAL}/project/")
    expect(seller.get_by_role("main")).to_contain_text("set by their own hand")


def _known(page: Page) -> int:
    """How many people on the buyer's side the deal's page knows."""
    told = re.search(r"Met on their side\s*(\d+) of (\d+) known", page.get_by_role("main").inner_text())
    assert told is not None
    return int(told[2])


def _plan_and_link(page: Page) -> str:
    page.get_by_role("link", name="Buyer’s project").click()
    page.get_by_role("button", name="Make a plan").click()
    expect(page.get_by_role("status")).to_contain_text("13 steps was laid out")
    page.get_by_label("For whom").select_option(index=1)
    page.get_by_role("button", name="Make a link").click()
    return page.get_by_label("Link").input_value()


def _on_the_phone(page: Page, link: str) -> None:
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Our plan")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    small = page.evaluate(
        "[...document.querySelectorAll('button, summary, input, select, label.inline, .take a')]"
        ".filter(one => !['hidden', 'checkbox', 'radio'].includes(one.type))"
        ".map(one => one.getBoundingClientRect().height).filter(height => height > 0 && height < 24).length"
    )
    assert small == 0


def _set_the_day(page: Page) -> None:
    step = page.locator("li", has=page.get_by_role("heading", name="The decision", exact=True))
    step.get_by_text("Change").first.click()
    step.get_by_label("By", exact=True).fill(SOON.isoformat())
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    step.get_by_role("button", name="Keep this").click()
    expect(page.get_by_role("status")).to_contain_text("Kept.")


def _add_the_finance_lead(page: Page) -> None:
    page.get_by_text("Add a colleague").click()
    page.get_by_label("Name").fill("Priya Nair")
    page.get_by_label("What they do").fill("Head of Finance")
    page.get_by_role("button", name="Add them").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A link for Priya Nair")
    theirs = page.get_by_label("Link").input_value()
    page.goto(theirs)
    expect(page.get_by_role("main")).to_contain_text("You are here as Priya Nair")
