"""The table of deals in a browser: what stands around it follows its order, on a desk and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.web.browser.conftest import Visit

pytestmark = pytest.mark.browser


def test_after_a_sort_the_file_the_filter_and_the_saved_view_know_it(visit: Visit) -> None:
    page = visit("/deals/?whose=all&status=all")
    page.get_by_role("link", name="Amount").click()
    heading = page.get_by_role("columnheader", name="Amount")
    expect(heading).to_have_attribute("aria-sort", "descending")
    expect(heading.get_by_role("link")).to_be_focused()
    assert "sort=amount" in (page.get_by_role("link", name="Export CSV").get_attribute("href") or "")
    assert "sort=amount" in page.locator("#view-query").input_value()
    page.get_by_label("Status").select_option("open")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**status=open**")
    assert "sort=amount" in page.url


def test_on_a_phone_deals_are_sorted_by_a_choice_and_pages_are_folded(visit: Visit) -> None:
    page = visit("/deals/?whose=all&status=all", width=375)
    assert page.locator("header.top").evaluate("one => one.offsetHeight") < 100
    expect(page.get_by_text("a click on a heading sorts")).not_to_be_visible()
    expect(page.locator("#by-amount")).not_to_be_visible()
    page.get_by_label("Sort by").select_option("amount")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**sort=amount**")
    nav = page.get_by_role("navigation", name="Pages", exact=True)
    nav.get_by_text("Pages").click()
    nav.get_by_role("link", name="Lessons").click()
    page.wait_for_url("**/lessons/")
