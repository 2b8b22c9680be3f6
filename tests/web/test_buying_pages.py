"""Content, relations and what is open, on their pages."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from premortem.ledger.fold import deal_as_of
from premortem.web.ledger import ledger
from tests.web.conftest import OURS, THEIRS, House

PIECE = {"title": "How a host moved in a week", "concern": "risk", "pain": "downtime"}


def a_buyer() -> str:
    return deal_as_of(ledger().store.read(OURS)).buyers[0].id


def test_marketing_keeps_a_piece_and_a_seller_sends_it(house: House) -> None:
    marketing, seller = house.client("marketing"), house.client("seller")
    assert "Kept: How a host moved in a week." in marketing.post("/content/add/", PIECE, follow=True).content.decode()
    sent = {"piece": "how-a-host-moved-in-a-week", "to": a_buyer()}
    page = seller.post(f"/deals/{OURS}/content/sent/", sent, follow=True).content.decode()
    assert "Entered." in page
    assert "Nobody knows whether it was opened." in page
    page = seller.post(f"/deals/{OURS}/content/sent/", {**sent, "opened": "yes"}, follow=True).content.decode()
    assert "Nobody knows whether it was opened." not in page
    assert "this says little yet" in marketing.get("/content/").content.decode()


def test_a_table_of_pieces_comes_in_and_a_wrong_line_is_named(house: House) -> None:
    marketing = house.client("marketing")
    for text, says in (("title,pain\nOne,night\nTwo,day\n", "2 pieces are kept"), ("title,pain\nOne,\n", "line 2")):
        file = SimpleUploadedFile("pieces.csv", text.encode())
        assert says in marketing.post("/content/add/", {"table": file}, follow=True).content.decode()


def test_whoever_only_reads_gets_no_forms(house: House) -> None:
    for page in ("content", "relations", "visibility"):
        assert (
            '<form method="post" action="/deals/'
            not in house.client("executive").get(f"/deals/{OURS}/{page}/").content.decode()
        )
    assert "Keep a piece" not in house.client("seller").get("/content/").content.decode()


def test_the_deal_leads_to_all_three(house: House) -> None:
    page = house.client("seller").get(f"/deals/{OURS}/").content.decode()
    for part in ("content", "relations", "visibility"):
        assert f"/deals/{OURS}/{part}/" in page


def test_a_lunch_without_a_day_is_told(house: House) -> None:
    seller = house.client("seller")
    page = seller.post(f"/deals/{OURS}/relations/lunch/", {"do": "plan", "on": ""}, follow=True).content.decode()
    assert "A lunch needs a day." in page


def test_a_matter_needs_all_three_and_then_stands_there(house: House) -> None:
    seller = house.client("seller")
    address = f"/deals/{OURS}/visibility/matter/"
    page = seller.post(address, {"do": "ask", "what": "Who signs?"}, follow=True).content.decode()
    assert "nobody told in which way or by when" in page
    told = {"do": "ask", "what": "Who signs?", "way": "ask in the next call", "due": "2099-01-01"}
    page = seller.post(address, told, follow=True).content.decode()
    assert "ask in the next call" in page


def test_a_sample_holds_no_deal_that_one_does_not_see(house: House) -> None:
    assert f"/deals/{THEIRS}/" not in house.client("seller").get("/sample/").content.decode()
