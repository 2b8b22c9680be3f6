"""The buyer's room in each of its states is free of what axe objects to, on a phone and at a desk, light and dark."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.web.browser.conftest import Served, Visit
from tests.web.browser.test_axe import WCAG

pytestmark = pytest.mark.browser
DEAL = "lark-05"
SIZES = {"phone": (320, 640), "desk": (1280, 900)}
OPEN = "document.querySelectorAll('details').forEach(one => one.open = true)"


@pytest.fixture(scope="module")
def link(served: Served, chromium: Browser) -> str:
    """A link to a room with a plan, in which nobody has written yet."""
    context = chromium.new_context()
    context.set_default_timeout(20_000)
    context.add_cookies([{"name": "sessionid", "value": served.sessions["seller"], "url": served.at}])
    page = context.new_page()
    page.goto(f"{served.at}/deals/{DEAL}/project/")
    page.get_by_role("button", name="Make a plan").click()
    page.get_by_label("For whom").select_option(index=1)
    page.get_by_role("button", name="Make a link").click()
    found = page.get_by_label("Link").input_value()
    context.close()
    return found


@pytest.fixture(params=[(size, theme) for size in SIZES for theme in ("light", "dark")], ids="-".join)
def guest(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    """A browser of somebody's own, who has never signed in anywhere."""
    size, theme = request.param
    context: BrowserContext = chromium.new_context(
        viewport={"width": SIZES[size][0], "height": SIZES[size][1]}, color_scheme=theme
    )
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def objections(page: Page, state: str) -> list[object]:
    """What axe says of a page with all of it open, and whether it runs over its sides."""
    page.evaluate(OPEN)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    found = Axe().run(page, options=WCAG).response["violations"]
    told: list[object] = [(state, one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found]
    return told + ([(state, "too wide by", wide)] if wide > 0 else [])


def _send(page: Page, form: str, **values: str) -> None:
    """Fill a form of the room by its names and send it, whatever of it is folded or checked by the browser."""
    page.evaluate(OPEN)
    where = page.locator(form).first
    for name, value in values.items():
        where.locator(f"[name={name}]").first.evaluate(
            "(one, value) => { one.type = 'text'; one.value = value }", value
        )
    where.evaluate("one => { one.noValidate = true }")
    with page.expect_navigation():
        where.locator("button").first.click()


def test_axe_objects_to_nothing_in_any_state(guest: Page, link: str, served: Served) -> None:
    found = []
    guest.goto(link)
    found += objections(guest, "as it is opened")
    _send(guest, "form:has([value=busy])", due="2027-01-04", note="Year-end close")
    found += objections(guest, "after something was kept, with a busy week")
    _send(guest, "li form:has([value=step])", due="in May")
    assert "Not kept yet" in guest.get_by_role("main").inner_text()
    found += objections(guest, "something that can't be taken")
    guest.goto(link)
    _send(guest, "li form:has([value=comment])", words="We have that on paper.")
    _send(guest, "form:has([value=risk])", title="Two systems at once", note="Run both for a month")
    _send(guest, "form:has([value=say])", note="It costs us 4,000 EUR a month.")
    found += objections(guest, "with words of theirs")
    name = f"Priya {re.sub('[^0-9]', '', str(guest.viewport_size))} {guest.evaluate('performance.now()'):.0f}"
    _send(guest, "form:has([value=colleague])", name=name)
    assert guest.locator("h1").inner_text() == f"A link for {name}"
    found += objections(guest, "a link for a colleague")
    guest.goto(f"{served.at}/plan/none/")
    found += objections(guest, "a link that opens nothing")
    assert found == []


def test_one_of_us_who_looks_finds_nothing_to_object_to(visit: Visit, link: str, served: Served) -> None:
    for width in (320, 1280):
        page = visit(link.removeprefix(served.at), "seller", "dark", width)
        assert "change nothing here" in page.get_by_role("main").inner_text()
        assert objections(page, "as one of us") == []


def test_a_page_that_says_wait_is_fit_to_be_read(guest: Page, served: Served) -> None:
    for number in range(60):
        answer = guest.goto(f"{served.at}/plan/none-{number}/")
        if answer is not None and answer.status == 429:
            break
    assert guest.locator("h1").inner_text() == "Wait a little"
    assert objections(guest, "wait") == []
