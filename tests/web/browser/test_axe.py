"""Every page in both themes is free of what axe objects to, and can be used 320 px wide."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.web.browser.conftest import Served, Visit
from tests.web.browser.pages import NAMES, address, visitor

pytestmark = pytest.mark.browser
EACH = pytest.mark.parametrize("name", NAMES)
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@EACH
def test_axe_objects_to_nothing(name: str, served: Served, visit: Visit) -> None:
    objections = []
    for theme in ("light", "dark"):
        page = visit(address(served, name), visitor(name), theme)
        page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
        found = Axe().run(page, options=WCAG).response["violations"]
        objections += [
            (theme, one["id"], one["help"], [node["html"][:200] for node in one["nodes"][:3]]) for one in found
        ]
    assert objections == []


@pytest.mark.parametrize("width", [1280, 375])
def test_axe_objects_to_nothing_in_the_open_menus(visit: Visit, width: int) -> None:
    page = visit("/", "admin", width=width)
    page.evaluate("document.querySelectorAll('.top details').forEach(one => one.open = true)")
    assert Axe().run(page, context=".top", options=WCAG).response["violations"] == []


@EACH
def test_it_fits_a_narrow_phone(name: str, served: Served, visit: Visit) -> None:
    page = visit(address(served, name), visitor(name), width=320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator("h1").count() == 1
