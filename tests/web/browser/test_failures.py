"""What goes wrong under a script is told in a plain line, and nothing that was typed is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.conftest import Visit
from tests.web.conftest import OURS

pytestmark = pytest.mark.browser


def _call(visit: Visit) -> Page:
    """The page of the first call, with its facts."""
    page = visit(f"/deals/{OURS}/", "seller")
    place = page.locator("a[href*='/touches/']").first.get_attribute("href") or ""
    page.goto(page.url.partition("/deals/")[0] + place.partition("#")[0])
    expect(page.locator("[data-fact]").first).to_be_visible()
    return page


def test_a_session_that_is_over_is_told_with_a_way_to_sign_in(visit: Visit) -> None:
    page = _call(visit)
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Confirm").first.click()
    line = page.locator("#went-wrong")
    expect(line).to_contain_text("You are not signed in any more")
    assert "%2Ftouches%2F" in (line.get_by_role("link", name="Sign in").get_attribute("href") or "")


def test_a_broken_connection_is_told_and_the_line_goes_once_it_works_again(visit: Visit) -> None:
    page = _call(visit)
    page.route("**/facts/**", lambda route: route.abort())
    page.get_by_role("button", name="Confirm").first.click()
    expect(page.locator("#went-wrong")).to_contain_text("No answer came")
    page.unroute("**/facts/**")
    page.get_by_role("link", name="Correct").first.click()
    expect(page.locator("form.correct")).to_be_visible()
    expect(page.locator("#went-wrong")).to_have_count(0)


def test_a_correction_that_cannot_be_keeps_its_form_open(visit: Visit) -> None:
    page = _call(visit)
    page.get_by_role("link", name="Correct").first.click()
    form = page.locator("form.correct")
    form.get_by_label("These words tell").select_option("impact_quantified")
    form.get_by_label("What it comes to").fill("a lot")
    form.get_by_role("button", name="Correct").click()
    expect(form.get_by_role("alert")).to_contain_text("Nothing was written")
    expect(form.get_by_label("What it comes to")).to_have_value("a lot")


def test_back_from_a_deal_shows_the_whole_list(visit: Visit) -> None:
    page = visit("/people/", "seller")
    page.get_by_role("searchbox").or_(page.locator("input[name=q]")).first.press_sequentially("sol")
    page.wait_for_url("**/people/?*q=sol*")
    page.locator("#found a").first.click()
    page.wait_for_url("**/people/*/*/")
    page.go_back()
    expect(page.get_by_role("navigation", name="Pages")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_count(1)


def test_more_than_is_taken_is_told_before_it_is_sent(visit: Visit) -> None:
    page = visit("/import/", "seller")
    page.locator("form[data-drop]").evaluate("(form) => { form.dataset.most = '10'; }")
    page.locator("#files").set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": b"eleven bytes"})
    page.get_by_role("button", name="See what would be taken in").click()
    expect(page.locator("#went-wrong")).to_contain_text("This is more than 1 GB.")
    expect(page).to_have_url(page.url)
    assert page.url.endswith("/import/")
