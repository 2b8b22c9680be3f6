"""A loss, as those who were there live it: told in a minute and a half, joined by marketing, of use to an open deal."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.conftest import Served, Visit

pytestmark = pytest.mark.browser
LOST, OPEN = "lark-05", "lark-04"
AT_MOST = 90
"""Seconds in which a seller gives the first account."""
WARNS = "Committed on our side, with nobody on theirs"


def test_a_loss_is_told_joined_and_warns_an_open_deal(visit: Visit, served: Served) -> None:
    seller = visit(f"/deals/{LOST}/post-mortem/", "seller")
    began = time.monotonic()
    _tell_the_loss(seller)
    expect(seller.get_by_role("main")).to_contain_text("A rival won it: Brightline.")
    assert time.monotonic() - began < AT_MOST
    expect(seller.get_by_text("not joint yet")).to_be_visible()

    marketing = visit(f"/deals/{LOST}/post-mortem/", "marketing")
    marketing.locator("input[name=ticked]").first.check()
    marketing.get_by_role("button", name="Give this account").click()
    expect(marketing.locator(".tag.good", has_text="joint")).to_be_visible()

    before = visit(f"/deals/{OPEN}/", "seller")
    expect(before.get_by_role("main")).not_to_contain_text(WARNS)
    seller.goto(f"{served.at}/deals/{LOST}/replay/")
    seller.get_by_label("What it warns of").fill(WARNS)
    seller.locator("input[name=findings][value=stage_ahead_of_evidence]").check()
    seller.get_by_role("button", name="Make the lesson").click()
    before.reload()
    expect(before.get_by_role("main")).to_contain_text(WARNS)


def _tell_the_loss(page: Page) -> None:
    """Four questions, answered as somebody would between two calls."""
    page.get_by_label("A rival won it").check()
    page.get_by_label("On", exact=True).fill(datetime.now(UTC).date().isoformat())
    page.get_by_label("Who", exact=True).fill("Brightline")
    page.get_by_label("We came").select_option("2")
    page.get_by_label("3. What reason did they give you?").fill("they were cheaper, they say")
    page.locator("input[name=ticked]").first.check()
    page.get_by_role("button", name="Give this account").click()
