"""The post-mortem and the buyer's interview as pages: who may do what; a buyer's link tells nothing of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client, override_settings
from django.utils import timezone

from premortem.acts.afterwards.post_mortem_shown import PostMortemDocument
from premortem.acts.afterwards.post_mortem_shown import post_mortem as post_mortem_of
from premortem.acts.witness import Witness
from premortem.ledger.fold import deal_as_of
from premortem.records.firm.models import BuyerLink, Firm
from premortem.records.models import TouchRow
from premortem.web.ledger import ledger
from tests.web.conftest import OURS, House

AT = f"/deals/{OURS}/post-mortem/"
INTERVIEW = f"/deals/{OURS}/interview/"
LOST = {"status": "lost", "to": "Stratoscale", "rank": "2", "reason": "they went for price", "ended": "2025-05-02"}


@pytest.fixture(autouse=True)
def at_once() -> Iterator[None]:
    cache.clear()
    with override_settings(TASKS={"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}):
        yield


def stands() -> PostMortemDocument:
    return post_mortem_of(ledger().store.read(OURS), ledger().contents)


def buyer() -> str:
    """The ledger's id of the buyer whom we spoke with most."""
    return deal_as_of(ledger().store.read(OURS)).closest_buyers[0]


def a_link(house: House, *questions: str) -> str:
    """The path of a link for that buyer, as the seller got it."""
    given = {"buyer": buyer(), "question": list(questions or ("what_decided", "who_decided"))}
    page = house.client("seller").post(f"{INTERVIEW}link/", given).content.decode()
    found: str
    (found,) = re.findall(r"https?://[^<\s]*/answer/[^<\s]*", page)
    return urlsplit(found).path


def test_a_loss_is_told_on_one_form_and_marketing_makes_it_joint(house: House) -> None:
    seller, marketing = house.client("seller"), house.client("marketing")
    form = seller.get(AT).content.decode()
    assert all(number in form for number in ("1. How did it end?", "4. What do you wish"))
    assert not re.search(r">\s*5\. ", form.partition('class="account-form"')[2].partition("</form>")[0])
    done = seller.post(f"{AT}account/", LOST | {"ticked": "economic_buyer_unknown"}, follow=True).content.decode()
    assert "A rival won it: Stratoscale. We came second." in done
    assert "Still to take part: marketing." in done
    assert "1. How did it end?" not in marketing.get(AT).content.decode()  # that was told
    done = marketing.post(f"{AT}account/", {"wish": "The sheet was too long."}, follow=True).content.decode()
    assert '<span class="tag good">joint</span>' in done
    assert stands().joint


def test_blame_is_pointed_out_as_it_is_typed_and_once_more_when_it_is_kept(house: House) -> None:
    client = house.client("seller")
    told = client.post(f"{AT}wording/", {"wish": "Seller should have asked."}).content.decode()
    assert "Seller should have" in told
    assert client.post(f"{AT}wording/", {"wish": "We should have asked."}).content.strip() == b""
    kept = client.post(f"{AT}account/", LOST | {"wish": "Marketing dropped the ball."}, follow=True).content.decode()
    assert "Kept as you wrote it. ‘Marketing dropped the ball’" in kept
    assert [one.words for one in stands().factors] == ["Marketing dropped the ball."]


def test_what_was_typed_is_not_lost_where_something_is_wrong(house: House) -> None:
    page = house.client("seller").post(f"{AT}account/", LOST | {"ended": "2 May", "wish": "sousaphone"})
    assert "That is no day" in page.content.decode()
    assert "sousaphone" in page.content.decode()
    assert stands().factors == []


def test_an_action_is_undertaken_done_and_asked_about(house: House) -> None:
    client = house.client("seller")
    client.post(f"{AT}conclude/", {"do": "factor", "words": "Nobody met Maxine."})
    (factor,) = stands().factors
    due = (timezone.now() + timedelta(days=20)).date().isoformat()
    given = {"do": "action", "about": factor.id, "words": "Ask for her in call two.", "owner": "Seller", "due": due}
    client.post(f"{AT}conclude/", given)
    (action,) = stands().factors[0].actions
    page = client.post(f"{AT}conclude/", {"do": "done", "about": action.id}, follow=True).content.decode()
    assert "Did it happen again?" in page
    again = {"do": "recurred", "about": action.id, "again": "no", "words": "three deals since"}
    page = client.post(f"{AT}conclude/", again, follow=True).content.decode()
    assert "it has not happened again. Three deals since" in page
    assert "Did it happen again?" not in page


def test_no_page_stands_a_persons_name_beside_what_they_named(house: House) -> None:
    house.client("manager").post(f"{AT}account/", {"wish": "The board was never met."})
    page = house.client("executive").get(AT).content.decode()
    contributed = page.partition('id="contributed"')[2].partition("</section>")[0]
    assert "The board was never met." in contributed
    assert "manager" not in contributed.casefold()
    assert 'name="wish"' not in page  # who only looks is asked nothing


def test_an_interview_that_was_written_down_is_a_note_of_the_deal(house: House) -> None:
    before = TouchRow.objects.filter(deal=OURS, type="note").count()
    given = {"buyer": buyer(), "on": "2025-06-01", "what_decided": "The board trusted the larger firm."}
    house.client("seller").post(f"{INTERVIEW}record/", given)
    assert TouchRow.objects.filter(deal=OURS, type="note").count() == before + 1
    assert stands().reasons[1].said == ["The board trusted the larger firm."]


def test_a_buyer_answers_once_without_an_account(house: House) -> None:
    place, visitor = a_link(house), Client()
    page = visitor.get(place)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert "Looking back, what decided it in the end?" in page.content.decode()
    assert "One answer is enough" in visitor.post(place, {"what_decided": " "}).content.decode()
    before = TouchRow.objects.filter(deal=OURS).count()
    thanks = visitor.post(place, {"what_decided": "Our board chose.", "trial": "not asked"}, follow=True)
    assert "Thank you" in thanks.content.decode()
    visitor.post(place, {"what_decided": "And again."})
    assert TouchRow.objects.filter(deal=OURS).count() == before + 1
    assert stands().reasons[1].said == ["Our board chose."]
    assert "answered" in house.client("seller").get(INTERVIEW).content.decode()


def test_a_link_opens_nothing_once_it_is_over_or_revoked(house: House) -> None:
    place = a_link(house)
    link = BuyerLink.objects.get()
    assert link.secret not in place  # only its hash is kept
    house.client("seller").post(f"{INTERVIEW}link/{link.pk}/end/")
    assert Client().get(place).status_code == 404
    BuyerLink.objects.update(ended_at=None, ends_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(place).status_code == 404
    assert Client().post(place, {"what_decided": "x"}).status_code == 404
    BuyerLink.objects.update(ends_at=timezone.now() + timedelta(1))
    assert Client().get(place).status_code == 200
    link.made_by.is_active = False
    link.made_by.save()
    assert Client().get(place).status_code == 404
    assert Client().get("/answer/nothing-like-this/").status_code == 404


def test_links_are_not_tried_without_end(house: House) -> None:
    statuses = [Client().get(f"/answer/{number}/").status_code for number in range(40)]
    assert (statuses[0], statuses[-1]) == (404, 429)


def test_a_link_ends_with_whoever_made_it(house: House) -> None:
    place = a_link(house)
    get_user_model().objects.get(username="seller").member.delete()
    assert Client().post(place, {"what_decided": "x"}).status_code == 404


def test_nothing_of_our_side_reaches_whoever_follows_a_buyers_link(house: House) -> None:
    """Canaries are planted wherever words of ours go, and every page that the link leads to is looked through."""
    seller = house.client("seller")
    seller.post(f"{AT}account/", LOST | {"reason": "canary reason", "to": "Canary Rival", "wish": "canary wish"})
    seller.post(f"{AT}conclude/", {"do": "factor", "words": "canary factor"})
    seller.post(f"/deals/{OURS}/waive/no_coach/", {"because": "canary waiver"})
    Firm.objects.update_or_create(pk=1, defaults={"name": "Larkspur"})
    every = seller.get(INTERVIEW).content.decode()
    place = a_link(house, *re.findall(r'name="question" value="(\w+)"', every))
    seen = "\n".join(_crawled(place, Client())).casefold()
    assert "a few questions from larkspur" in seen
    assert "canary" not in seen
    told = deal_as_of(ledger().store.read(OURS))
    witness = Witness(told, ledger().contents)
    opened = told.opened
    assert opened is not None
    secret = [told.name, opened.account, told.id, *witness.names.values(), "stratoscale", "premortem</", "finding"]
    secret += [witness.cite(known.quote).quote for known in told.facts]
    secret += [one.says for one in stands().offered]
    assert [words for words in secret if len(words) > 3 and words.casefold() in seen] == []


def _crawled(start: str, visitor: Client) -> Iterator[str]:
    """Every page and answer that can be reached from a place by links and forms, thanks included."""
    waiting, known = [start], set()
    while waiting:
        place = waiting.pop()
        if place in known or place.startswith("/static/"):
            continue
        known.add(place)
        page = visitor.get(place, follow=True).content.decode()
        waiting += [urlsplit(found).path for found in re.findall(r'(?:href|action|src)="(/[^"]*)"', page)]
        yield page
    yield visitor.post(start, {"what_decided": "ours"}, follow=True).content.decode()
