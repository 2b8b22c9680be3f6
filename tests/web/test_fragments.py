"""Fragments and pages at one address: the browser tells them apart, and Back shows the whole page."""

from __future__ import annotations

import pytest

from tests.web.conftest import OURS, House

WITH_PARTS = pytest.mark.parametrize("path", [f"/deals/{OURS}/", "/deals/", "/people/"])


@WITH_PARTS
def test_a_kept_fragment_is_never_shown_as_the_page(path: str, house: House) -> None:
    client = house.client("seller")
    part = client.get(path, headers={"HX-Request": "true"})
    assert b"<html" not in part.content
    for answer in (part, client.get(path)):
        assert "HX-Request" in answer.headers["Vary"].split(", ")
        assert "Cookie" in answer.headers["Vary"].split(", ")


@WITH_PARTS
def test_going_back_to_a_page_brings_the_whole_of_it(path: str, house: House) -> None:
    back = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert b"<html" in house.client("seller").get(path, headers=back).content
