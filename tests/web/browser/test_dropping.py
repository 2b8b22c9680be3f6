"""Files that are dropped onto the import page: told by name, left out again, and sent to their preview."""

from __future__ import annotations

import base64
import json

import pytest
from playwright.sync_api import expect

from tests.web.browser.conftest import Visit
from tests.web.test_import import CALL, ROW, zipped

pytestmark = pytest.mark.browser
DROP = """(data) => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const held = new DataTransfer();
  held.items.add(new File([bytes], "harbour.zip", { type: "application/zip" }));
  const area = document.querySelector(".drop");
  for (const name of ["dragover", "drop"])
    area.dispatchEvent(new DragEvent(name, { dataTransfer: held, bubbles: true, cancelable: true }));
}"""


def test_what_is_dropped_is_told_and_sent(visit: Visit) -> None:
    page = visit("/import/", "seller")
    packed = zipped({"h/deal.json": json.dumps(ROW).encode(), "h/touches/2026-01-13-call.vtt": CALL})
    data = base64.b64encode(packed).decode()
    told, leave = page.locator("[data-drop-list]"), page.get_by_role("button", name="Leave them out again")
    expect(leave).to_be_hidden()
    page.evaluate(DROP, data)
    expect(told).to_have_text("Ready to send: harbour.zip.")
    leave.click()
    expect(told).to_have_text("")
    expect(page.locator("#files")).to_be_focused()
    page.evaluate(DROP, data)
    expect(told).to_have_text("Ready to send: harbour.zip.")
    page.get_by_role("button", name="See what would be taken in").press("Enter")
    page.wait_for_url("**/import/*/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("harbour.zip")


def test_without_a_script_the_page_says_nothing_of_dropping_and_takes_files_all_the_same(visit: Visit) -> None:
    page = visit("/import/", "seller")
    page.route("**/premortem.js", lambda route: route.abort())
    page.reload()
    expect(page.locator("[data-drop-told]")).to_be_hidden()
    expect(page.get_by_label("Files, or a zip")).to_be_enabled()
    expect(page.get_by_label("A folder")).to_be_enabled()
