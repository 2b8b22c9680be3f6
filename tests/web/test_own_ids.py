"""An id that somebody else's deal has: nobody who may not see that deal learns of it."""

from __future__ import annotations

import re

from django.http import HttpResponse

from premortem.records.firm.models import DealHome
from premortem.records.models import DealRow
from premortem.sample.place import DEALS
from tests.web.conftest import House
from tests.web.test_import import CALL, at_once, deal_zip, newest, send, zipped

__all__ = ["at_once"]


def told_of(page: HttpResponse, number: int, id: str) -> str:
    """What a page says, whatever the upload's number and its deal's id."""
    shown = page.content.decode().partition("<main")[2]
    shown = re.sub(rf"{re.escape(id)}(~\w+)?", "ID", shown)
    return re.sub(
        r'csrfmiddlewaretoken" value="[^"]+"', "", shown.replace(f"/{number}/", "/N/").replace(f"d {number}", "d N")
    )


def test_an_id_that_is_taken_looks_like_one_that_is_free(house: House) -> None:
    """A stranger learns by nothing but the address of their own deal that another had its id."""
    client, looked, taken = house.client("stranger"), [], []
    for id in ("lark-99", house.ours):
        page = send(client, "lark.zip", deal_zip(id=id))
        looked.append(told_of(page, newest().pk, id))
        done = client.post(f"/import/{newest().pk}/", {"do": "take"}, follow=True)
        assert newest().state == "done", newest().says
        taken.append(re.sub(r"t-\w+", "T", told_of(done, newest().pk, id)))  # type: ignore[arg-type]
    assert looked[0] == looked[1]
    assert "Take it in" in looked[0]
    assert taken[0] == taken[1]


def test_what_came_under_an_id_of_its_own_is_found_again(house: House) -> None:
    client = house.client("stranger")
    for _ in range(2):
        send(client, "lark.zip", deal_zip(id=house.ours))
        client.post(f"/import/{newest().pk}/", {"do": "take"})
    mine = DealHome.objects.get(owner__username="stranger").deal
    assert mine.startswith(f"{house.ours}~")
    assert DealRow.objects.get(deal=mine).touches == 1
    assert client.get(f"/deals/{mine}/").status_code == 200
    assert house.client("seller").get(f"/deals/{mine}/").status_code == 404


def test_whoever_may_change_a_deal_imports_into_it_under_its_own_id(house: House) -> None:
    row = (next(DEALS.glob("01-*")) / "deal.json").read_bytes()
    send(house.client("seller"), "lark.zip", zipped({"lark/deal.json": row, "lark/touches/2026-01-13-call.vtt": CALL}))
    assert newest().preview["deals"][0]["deal"] == house.ours, newest().preview
