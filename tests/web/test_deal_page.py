"""The deal's page: each statement with its words, the deal as of any of its days, findings set aside and taken back."""

from __future__ import annotations

import re
from datetime import date

from django.utils import timezone

from premortem.acts.bringing_in.bring_in import bring_in
from premortem.acts.looking.deal_page import deal_page
from premortem.records.firm.models import Look
from premortem.records.models import ReviewRow
from premortem.sample.place import DEALS
from premortem.web.ledger import ledger
from tests.web.conftest import NOW, House


def text(house: House, path: str = "", who: str = "seller", **more: str) -> str:
    answer = house.client(who).get(f"/deals/{house.ours}/{path}", **more)  # type: ignore[arg-type]
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_head_holds_our_date_against_the_buyers(house: House) -> None:
    page = text(house)
    assert "Bellfield" in page
    assert re.search(r"Our planned close</dt><dd>30 Apr 2025", page)
    assert re.search(r"Buyer’s date</dt><dd>30 Jun 2025", page)
    assert re.search(r"Last word from the buyer</dt><dd>29 Apr 2025", page)


def test_quotes_lead_to_their_place(house: House) -> None:
    page = text(house)
    links = re.findall(rf'href="(/deals/{house.ours}/touches/([^/]+)/)#turn-(\d+)"', page)
    touches = {one.id: one for one in deal_page(ledger().store.read(house.ours), ledger().contents).touches}
    assert len(links) > 10
    assert {touch for _, touch, _ in links} <= set(touches)


def test_at_most_five_questions_each_with_why_now(house: House) -> None:
    block = text(house).split('id="ask-next"')[1].split("</section>")[0]
    asked = block.count('<p class="ask">')
    assert 1 <= asked <= 5
    assert block.count('<p class="soft">') == asked


def test_a_day_long_past_shows_less(house: House) -> None:
    early, late = text(house, "?as_of=2025-03-04"), text(house)
    assert "Seen from <strong>4 Mar 2025" in early
    assert early.count('<article class="finding') < late.count('<article class="finding')
    assert "2025-04-29" not in early.split("<main")[1].split("day-forms")[0]
    assert "pipeline-note" not in early
    assert "How it ended" not in early, "on that day nobody knew"


def test_the_slider_sends_days_since_the_first(house: House) -> None:
    first = deal_page(ledger().store.read(house.ours), ledger().contents).first_day
    assert date.fromisoformat(first) == date(2025, 3, 3)
    assert "Seen from <strong>13 Mar 2025" in text(house, f"?from={first}&day=10")


def test_htmx_gets_the_changing_part_alone_and_an_address_to_keep(house: House) -> None:
    answer = house.client("seller").get(f"/deals/{house.ours}/?as_of=2025-03-20", headers={"hx-request": "true"})
    page = answer.content.decode()
    assert "<html" not in page
    assert page.lstrip().startswith('<div id="seen">')
    assert 'hx-swap-oob="true"' in page
    assert answer.headers["HX-Push-Url"] == f"/deals/{house.ours}/?as_of=2025-03-20"


def test_a_typed_day_moves_the_slider_and_the_slider_is_left_to_the_finger_that_holds_it(house: House) -> None:
    client, htmx = house.client("seller"), {"hx-request": "true"}
    typed = client.get(f"/deals/{house.ours}/?as_of=2025-03-13", headers=htmx).content.decode()
    slid = client.get(f"/deals/{house.ours}/?from=2025-03-03&day=10", headers=htmx).content.decode()
    assert re.search(r'<input type="range" id="day"[^>]* value="10"[^>]* hx-swap-oob="true"', typed)
    assert 'type="range"' not in slid


def test_the_head_of_an_open_deal_counts_the_silence_to_today(house: House) -> None:
    folder = next(one for one in DEALS.iterdir() if one.name.startswith("04"))
    deal = bring_in(ledger(), folder, NOW)[0].deal
    client = house.client("admin")
    now, then = (client.get(f"/deals/{deal}/{asked}").content.decode() for asked in ("", "?as_of=2026-10-20"))
    word = deal_page(ledger().store.read(deal), ledger().contents).review.deal.last_word_from_the_buyer or ""
    assert f"<small>{(timezone.localdate() - date.fromisoformat(word)).days} days ago</small>" in now
    assert re.search(r'id="seen-from" role="status">Seen from <strong>[^<]+</strong>(, today|[^.]*up to it)\.', now)
    assert "days ago</small>" not in then.split('id="ask-next"')[0]


def test_on_a_phone_four_facts_stand_before_the_questions_and_the_rest_is_folded(house: House) -> None:
    head = text(house).split('class="deal-facts"')[1].split('id="ask-next"')[0]
    shown, folded = head.split('<details class="unfold">')
    assert shown.count("<dt>") == 4
    assert "Met on their side" in folded
    assert "Buyer’s project" in folded


def test_touches_are_called_by_their_kind_and_day_and_not_by_their_files(house: House) -> None:
    page = text(house)
    assert "in its place: call of 4 Mar 2025" in page
    assert "in its place: 2025-" not in page
    touches = deal_page(ledger().store.read(house.ours), ledger().contents).touches
    call = next(one for one in touches if one.kind == "call")
    shown = house.client("seller").get(f"/deals/{house.ours}/touches/{call.id}/").content.decode()
    assert "<h1>Call of 4 Mar 2025</h1>" in shown
    assert f"<small>{call.name}</small>" in shown, "whoever looks for the file finds it"


def test_nobody_is_called_a_coach_who_is_not_proved(house: House) -> None:
    page = text(house, "sheet/")
    assert ": not proved" in page
    assert "perhaps a coach" in page
    assert "perhaps a coach" in text(house)


def test_a_day_that_is_none_is_told_and_passed_over(house: House) -> None:
    page = text(house, "?as_of=soon%3Cb%3E")
    assert "“soon&lt;b&gt;” is no day" in page
    assert "Seen from <strong>1 May 2025" in page


def test_days_outside_the_deal_become_its_first_or_last(house: House) -> None:
    assert "Seen from <strong>3 Mar 2025" in text(house, "?as_of=1999-01-01")
    assert "Seen from <strong>1 May 2025" in text(house, "?as_of=2031-01-01")
    assert text(house, "?from=2025-03-03&day=99999999999999") is not None


def test_the_map_names_who_signs_as_a_gap_and_has_a_table_beneath(house: House) -> None:
    block = text(house).split('id="who"')[1].split("</section>")[0]
    assert "Who signs?" in block
    assert 'role="img"' in block
    assert "<title" in block
    assert '<th scope="row"><a href="/people/' in block
    assert re.search(r"against us\s*<blockquote>", block), "a stance has its words"


def test_no_inline_style_or_script(house: House) -> None:
    page = text(house) + text(house, "sheet/")
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)", page)


def test_set_aside_and_undone(house: House) -> None:
    client, at = house.client("seller"), f"/deals/{house.ours}/"
    assert 'action="/deals/lark-01/waive/single_threaded/"' in text(house)
    before = ReviewRow.objects.get(deal=house.ours).high
    answer = client.post(f"{at}waive/single_threaded/", {"because": "They are a firm of two"}, follow=True)
    page = answer.content.decode()
    assert "They are a firm of two" in page.split("Set aside</h3>")[1]
    assert "Everything runs through" not in page.split('id="findings"')[1].split("<h3>Set aside")[0]
    assert ReviewRow.objects.get(deal=house.ours).high == before - 1, "lists follow"
    again = client.post(f"{at}waive/single_threaded/", {"undo": "1"}, follow=True).content.decode()
    assert "They are a firm of two" not in again
    assert ReviewRow.objects.get(deal=house.ours).high == before


def test_nothing_is_set_aside_without_a_reason_or_until_a_day_that_is_none(house: House) -> None:
    client, at = house.client("seller"), f"/deals/{house.ours}/waive/single_threaded/"
    entries = len(ledger().store.read(house.ours))
    assert "Say why" in client.post(at, {"because": "  "}, follow=True).content.decode()
    assert "That is no day" in client.post(at, {"because": "so", "until": "soon"}, follow=True).content.decode()
    assert "is past" in client.post(at, {"because": "so", "until": "2020-01-01"}, follow=True).content.decode()
    unknown = client.post(f"/deals/{house.ours}/waive/nothing_like_it/", {"because": "so"}, follow=True)
    assert "there is no check" in unknown.content.decode()
    assert len(ledger().store.read(house.ours)) == entries


def test_who_only_reads_sees_no_form_to_change(house: House) -> None:
    assert "/waive/" in text(house)
    assert "/waive/" not in text(house, who="executive")
    assert "/waive/" not in text(house, "?as_of=2025-03-20"), "what is set aside is set aside as of now"


def test_a_look_by_somebody_else_is_logged(house: House) -> None:
    text(house)
    assert not Look.objects.exists()
    text(house, who="executive")
    text(house, "sheet/", who="marketing")
    assert sorted(Look.objects.values_list("user__username", flat=True)) == ["executive", "marketing"]


def test_the_call_sheet_has_what_the_next_meeting_needs(house: House) -> None:
    page = text(house, "sheet/")
    for heading in ("Ask", "Who is who", "Their dates and ours", "What we know", "What we don’t know", "Better not"):
        assert f"<h2>{heading}</h2>" in page
    assert "seen from 4 Mar 2025" in text(house, "sheet/?as_of=2025-03-04")


def test_the_page_needs_few_queries(house: House) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = house.client("seller")
    client.get(f"/deals/{house.ours}/")
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/deals/{house.ours}/")
    assert len(asked) < 60, [one["sql"][:90] for one in asked]
