"""Pictures to take along: PNG, SVG that stands alone, and CSV of the table beneath."""

from __future__ import annotations

import csv
import io
import re
from xml.dom import minidom

import pytest

from premortem.acts.looking.deal_page import deal_page
from premortem.records.firm.models import Look
from premortem.web.ledger import ledger
from premortem.web.pictures.alone import light_style
from premortem.web.pictures.tables import csv_of
from tests.web.cases import a_mail, a_touch
from tests.web.conftest import OURS, House

PICTURES = ("pictures/map", "pictures/timeline", "strip")


def take(house: House, picture: str, kind: str, more: str = "") -> bytes:
    base = a_touch(house) if picture == "strip" else f"/deals/{OURS}/"
    answer = house.client("seller").get(f"{base}{picture}.{kind}{more}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="lark-01-')
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    return answer.content


@pytest.mark.parametrize("picture", PICTURES)
def test_an_svg_stands_alone_with_its_colours(house: House, picture: str) -> None:
    drawn = take(house, picture, "svg").decode()
    parsed = minidom.parseString(drawn).documentElement
    assert parsed is not None
    assert parsed.getAttribute("role") == "img"
    assert "var(" not in drawn
    styled = set(re.findall(r"\.([\w-]+)", light_style()))
    used = {one for told in re.findall(r'class="([^"]+)"', drawn) for one in told.split()}
    assert used - {"tip", "mark", "person", "named", "call", "odd"} <= styled, "a class without its rule has no colour"
    assert not re.search(r"<script|<image|<foreignObject|\son\w+=", drawn)


@pytest.mark.parametrize("picture", PICTURES)
def test_a_png_is_the_picture_twice_as_sharp(house: House, picture: str) -> None:
    width = int(re.search(r'width="(\d+)"', take(house, picture, "svg").decode())[1])  # type: ignore[index]
    made = take(house, picture, "png")
    assert made.startswith(b"\x89PNG")
    assert int.from_bytes(made[16:20]) == 2 * width
    assert len(made) > 10_000, "letters and shapes are in it"


def test_the_csvs_hold_what_the_tables_hold(house: House) -> None:
    page = deal_page(ledger().store.read(OURS), ledger().contents)
    people = list(csv.DictReader(io.StringIO(take(house, "pictures/map", "csv").decode("utf-8-sig"))))
    assert [one["name"] for one in people] == [one.name for one in page.people]
    assert any(one["stands"] == "against" and one["words"] for one in people)
    days = list(csv.DictReader(io.StringIO(take(house, "pictures/timeline", "csv").decode("utf-8-sig"))))
    assert {one.name for one in page.touches} <= {one["what"] for one in days}
    assert [one["day"] for one in days] == sorted(one["day"] for one in days)
    voices = list(csv.DictReader(io.StringIO(take(house, "strip", "csv").decode("utf-8-sig"))))
    assert 98 <= sum(int(one["percent of all talk"]) for one in voices) <= 102


def test_no_cell_is_a_formula() -> None:
    assert csv_of(("name", "n"), [("=HYPERLINK(1)", 1), ("@x", -2)]).splitlines()[1:] == ["'=HYPERLINK(1),1", "'@x,-2"]


def test_a_picture_of_a_day_long_past_shows_that_day(house: House) -> None:
    early = take(house, "pictures/timeline", "svg", "?as_of=2025-03-04").decode()
    assert "seen from 4 Mar 2025" in early
    assert early.count('class="mark') < take(house, "pictures/timeline", "svg").decode().count('class="mark')


def test_the_pages_lead_to_them_and_what_is_no_picture_is_not_there(house: House) -> None:
    client = house.client("seller")
    deal, call = (
        client.get(f"/deals/{OURS}/?as_of=2025-03-20").content.decode(),
        client.get(a_touch(house)).content.decode(),
    )
    for kind in ("png", "svg", "csv"):
        assert f'href="/deals/{OURS}/pictures/map.{kind}?as_of=2025-03-20"' in deal
        assert f'href="/deals/{OURS}/pictures/timeline.{kind}?as_of=2025-03-20"' in deal
        assert f'href="{a_touch(house)}strip.{kind}"' in call
    for path in (f"/deals/{OURS}/pictures/map.exe", f"/deals/{OURS}/pictures/x.png", f"{a_mail(house)}strip.png"):
        assert client.get(path).status_code == 404


def test_whoever_takes_words_along_is_noted(house: House) -> None:
    house.client("marketing").get(f"/deals/{OURS}/pictures/map.csv")
    assert Look.objects.get().deal == OURS
