"""A lesson on its pages: made on the replay, an open deal lights up, on Today, on its page and in the list."""

from __future__ import annotations

from datetime import timedelta

from premortem.acts.afterwards.lessons_shown import NAMED_AT_MOST
from premortem.acts.afterwards.replay import replay
from premortem.acts.looking.reviewing import review_changed
from premortem.ledger.entries import Outcome
from premortem.records.models import AlikeRow, DealRow, ReviewRow
from premortem.web.ledger import ledger
from tests.web.conftest import OURS, House


def reopened() -> str:
    """OURS as another deal that goes on: without its end it looks as it did."""
    held = ledger()
    entries = [one for one in held.store.read(OURS) if not isinstance(one.body, Outcome)]
    held.store.append([type(one)("again-01", one.at, one.learned, one.author, one.body) for one in entries])
    held.reading.refresh("again-01")
    review_changed(held)
    return "again-01"


def stood() -> list[str]:
    """Findings that stood at the end of OURS, and still do in the deal that goes on."""
    kept = [set(row.raised.split()) for row in ReviewRow.objects.filter(deal__in=(OURS, "again-01"))]
    return sorted(set.intersection(*kept))[:2]


def last_day() -> str:
    return replay(ledger().store.read(OURS), ledger().contents).as_of


def make(house: House, who: str = "seller") -> str:
    client = house.client(who)
    given = {"on": last_day(), "title": "They never said who signs", "findings": stood()}
    answer = client.post(f"/deals/{OURS}/lessons/", given, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_replay_offers_what_stood_on_a_day(house: House) -> None:
    page = house.client("seller").get(f"/deals/{OURS}/replay/?on={last_day()}").content.decode()
    assert "Make a lesson of it" in page
    assert 'name="findings"' in page
    assert "Make a lesson of it" not in house.client("executive").get(f"/deals/{OURS}/replay/").content.decode()
    wrong = house.client("seller").get(f"/deals/{OURS}/replay/?on=soon").content.decode()
    assert "That is no day" in wrong


def test_an_open_deal_lights_up_wherever_it_is_shown(house: House) -> None:
    deal = reopened()
    page = make(house, "admin")
    assert "1 open deal looks like this one did on" in page
    assert f'href="/deals/{deal}/"' in page
    today = house.client("admin").get("/").content.decode()
    assert "Look like a deal that ended" in today
    assert "They never said who signs" in today
    assert "Looks like a deal that ended" in house.client("admin").get(f"/deals/{deal}/").content.decode()


def test_the_list_of_deals_narrows_to_those_that_look_like_it(house: House) -> None:
    deal = reopened()
    client = house.client("admin")
    assert "Looks like the lesson" not in client.get("/deals/?whose=all").content.decode(), "there is none yet"
    make(house, "admin")
    (lesson,) = AlikeRow.objects.values_list("lesson", flat=True).filter(deal=deal)
    page = client.get(f"/deals/?whose=all&status=all&lesson={lesson}").content.decode()
    assert f'<option value="{lesson}" selected>They never said who signs</option>' in page
    assert (f'href="/deals/{deal}/"' in page, f'href="/deals/{OURS}/"' in page) == (True, False)
    assert "No deal" in client.get("/deals/?whose=all&lesson=l-nothing").content.decode()


def test_of_many_alike_the_newest_are_named_and_the_list_shows_all(house: House) -> None:
    deal = reopened()
    make(house, "admin")
    row, alike = DealRow.objects.get(deal=deal), AlikeRow.objects.get(deal=deal)
    for number in range(NAMED_AT_MOST):
        row.pk = alike.deal = f"more-{number:02}"
        row.save(force_insert=True)
        alike.pk, alike.touched = None, alike.touched + timedelta(hours=1)
        alike.save(force_insert=True)
    page = house.client("admin").get("/lessons/").content.decode()
    assert "21 open deals look like this now, of these the newest" in page
    assert page.index("/deals/more-19/") < page.index("/deals/more-00/")
    assert (f'href="/deals/{deal}/"' in page, "See all 21" in page) == (False, True)


def test_whoever_may_not_see_the_deals_sees_the_lesson_and_no_names(house: House) -> None:
    deal = reopened()
    make(house)
    page = house.client("stranger").get("/lessons/").content.decode()
    assert "They never said who signs" in page
    assert "a deal of another team" in page
    assert deal not in page
    assert OURS not in page


def test_marketing_may_make_one_and_an_executive_may_not(house: House) -> None:
    reopened()
    assert "Kept." in make(house, "marketing")
    client = house.client("executive")
    assert client.post(f"/deals/{OURS}/lessons/", {"on": last_day(), "title": "x"}).status_code == 403


def test_nothing_ticked_is_told_and_nothing_is_entered(house: House) -> None:
    client = house.client("seller")
    for given, says in (
        ({"on": last_day(), "title": "Quiet"}, "Tick at least one thing"),
        ({"on": last_day(), "title": " ", "findings": "gone_quiet"}, "Say in a few words"),
        ({"on": "soon", "title": "Quiet"}, "That is no day"),
    ):
        assert says in client.post(f"/deals/{OURS}/lessons/", given, follow=True).content.decode()
    assert "There is no lesson yet" in client.get("/lessons/").content.decode()


def test_it_is_taken_back_by_a_button(house: House) -> None:
    reopened()
    page = make(house)
    address = f"/deals/{OURS}/lessons/l-" + page.split(f"/deals/{OURS}/lessons/l-")[1].split('"')[0]
    after = house.client("seller").post(address, follow=True).content.decode()
    assert "watched no longer" in after
    assert "There is no lesson yet" in after
