"""A picture of every page, light and dark, on a desk and on a phone, in build/screens/ for people to look at."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.browser.conftest import Served, Visit
from tests.web.browser.pages import NAMES, address, visitor

pytestmark = pytest.mark.browser
UNCOVERED = ".bar { display: none !important; }"
"""What sticks to the window's edge would lie in the middle of a picture as long as the page."""
SCREENS = Path(__file__).parents[3] / "build" / "screens"


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_of_each_page(name: str, served: Served, visit: Visit) -> None:
    SCREENS.mkdir(parents=True, exist_ok=True)
    for theme in ("light", "dark"):
        page = visit(address(served, name), visitor(name), theme)
        for width in (1280, 375):
            page.set_viewport_size({"width": width, "height": 900})
            picture = page.screenshot(path=SCREENS / f"{name}-{theme}-{width}.png", full_page=True, style=UNCOVERED)
            assert picture.startswith(b"\x89PNG")
