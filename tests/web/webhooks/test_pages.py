"""The pages of webhooks: what an admin adds, sees and does."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from premortem.records.firm.webhook_rows import Delivery, DeliveryTry, ToldFindings, Webhook
from premortem.web.webhooks import sending
from premortem.web.webhooks.signing import secret_of
from tests.web.conftest import OURS, House
from tests.web.webhooks.receiver import Receiver
from tests.web.webhooks.rows import made

ALL = "/settings/firm/webhooks/"
ADDRESS = "https://hooks.firm.example/premortem"


def test_a_secret_is_shown_once_and_lies_in_no_table(house: House) -> None:
    client = house.client("admin")
    shown = client.post(ALL, {"address": ADDRESS, "events": ["deal.won", "deal.lost"]})
    word = re.search(r">(whsec_[^<]+)<", shown.content.decode())
    hook = Webhook.objects.get()
    assert word is not None
    assert word[1] == secret_of(hook.nonce)
    assert "no-store" in shown.headers["Cache-Control"]
    assert (hook.chosen, hook.with_words, hook.off_since) == (["deal.lost", "deal.won"], False, None)
    assert hook.pages == "http://testserver/"
    assert word[1].removeprefix("whsec_") not in house.file.read_bytes().decode("latin-1")
    for page in (ALL, f"{ALL}{hook.pk}/"):
        assert "whsec_" not in client.get(page).content.decode()
    assert DBTaskResult.objects.filter(status="READY").count() == 1


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"address": "http://hooks.firm.example/", "events": ["deal.won"]}, "everybody on the way can read"),
        ({"address": "https://127.0.0.1/", "events": ["deal.won"]}, "not in the public network"),
        ({"address": ADDRESS}, "Choose one at least"),
        ({"address": ADDRESS, "events": ["deal.eaten"]}, "not one of the available choices"),
    ],
)
def test_what_can_not_be_sent_to_is_refused_on_the_page(house: House, given: dict[str, str], says: str) -> None:
    assert says in house.client("admin").post(ALL, given).content.decode()
    assert not Webhook.objects.exists()


def test_the_page_says_that_it_hears_of_all_deals_and_whether_words_go_along(house: House) -> None:
    hook = made(ADDRESS, "deal.won", with_words=True)
    client = house.client("admin")
    every, one = client.get(ALL).content.decode(), client.get(f"{ALL}{hook.pk}/").content.decode()
    assert "all deals" in every
    assert "with names and words" in every
    assert "leave this machine with each message" in one
    assert "with names and words" in one


def test_a_test_is_sent_and_stands_in_the_log(house: House, receiver: Receiver) -> None:
    hook, client = made(receiver.address, "deal.won"), house.client("admin")
    client.post(f"{ALL}{hook.pk}/do/", {"do": "test"})
    sending.send_due(timezone.now())
    [got] = receiver.got
    assert got.message["type"] == "webhook.test"
    assert got.is_signed_with(secret_of(hook.nonce))
    log = client.get(f"{ALL}{hook.pk}/").content.decode()
    assert "webhook.test" in log
    assert "delivered" in log
    assert re.search(r"204 <span class=\"soft\">\d+ ms", log)


def test_a_message_shows_its_payload_and_tries_and_goes_again(house: House, receiver: Receiver) -> None:
    hook, now = made(receiver.address, "deal.won"), timezone.now()
    told = {"event": "deal.won", "deal": OURS, "payload": '{"type":"deal.won"}', "message": "msg_1"}
    one = Delivery.objects.create(hook=hook, made_at=now, next_at=now, state="given up", failed=8, **told)
    DeliveryTry.objects.create(delivery=one, at=now, status=None, ms=5_000, says="there is no host of this name")
    client, page = house.client("admin"), f"{ALL}{hook.pk}/{one.pk}/"
    shown = client.get(page).content.decode()
    assert "&quot;type&quot;: &quot;deal.won&quot;" in shown
    assert "there is no host of this name" in shown
    assert client.post(page).status_code == 302
    sending.send_due(timezone.now())
    assert receiver.got[0].headers["webhook-id"] == "msg_1"
    assert Delivery.objects.get().state == "delivered"


def test_a_message_of_another_webhook_is_not_there(house: House) -> None:
    hook, other, now = made(ADDRESS, "deal.won"), made(ADDRESS, "deal.won"), timezone.now()
    told = {"event": "deal.won", "payload": "{}", "message": "msg_1"}
    one = Delivery.objects.create(hook=hook, made_at=now, next_at=now, **told)
    assert house.client("admin").get(f"{ALL}{other.pk}/{one.pk}/").status_code == 404


def test_a_new_secret_leaves_the_old_one_a_day(house: House, receiver: Receiver) -> None:
    hook, client = made(receiver.address, "deal.won"), house.client("admin")
    old = secret_of(hook.nonce)
    shown = client.post(f"{ALL}{hook.pk}/do/", {"do": "secret"}).content.decode()
    hook.refresh_from_db()
    assert secret_of(hook.nonce) in shown
    client.post(f"{ALL}{hook.pk}/do/", {"do": "test"})
    sending.send_due(timezone.now())
    client.post(f"{ALL}{hook.pk}/do/", {"do": "test"})
    sending.send_due(timezone.now() + timedelta(days=1, seconds=1))
    assert [got.is_signed_with(secret_of(hook.nonce)) for got in receiver.got] == [True, True]
    assert [got.is_signed_with(old) for got in receiver.got] == [True, False]


def test_off_by_hand_on_again_and_ended(house: House) -> None:
    hook, client = made(ADDRESS, "deal.won"), house.client("admin")
    ToldFindings.objects.create(deal=OURS, findings="[]")
    client.post(f"{ALL}{hook.pk}/do/", {"do": "off"})
    assert "by hand" in client.get(f"{ALL}{hook.pk}/").content.decode()
    client.post(f"{ALL}{hook.pk}/do/", {"do": "on"})
    hook.refresh_from_db()
    assert hook.off_since is None
    assert not ToldFindings.objects.exists()
    client.post(f"{ALL}{hook.pk}/do/", {"do": "end"})
    assert not Webhook.objects.exists()
    assert client.post(f"{ALL}{hook.pk}/do/", {"do": "off"}).status_code == 404


def test_why_it_was_switched_off_stands_on_its_page(house: House) -> None:
    hook = made(ADDRESS, "deal.won")
    sending.switch_off(hook, sending.KEY_CHANGED, timezone.now())
    client = house.client("admin")
    assert "Take a new secret." in client.get(f"{ALL}{hook.pk}/").content.decode()
    Webhook.objects.update(secret_sum="of another")
    client.post(f"{ALL}{hook.pk}/do/", {"do": "secret"})
    hook.refresh_from_db()
    assert (hook.old_nonce, hook.old_until) == ("", None)


def test_the_log_asks_the_same_few_questions_however_long_it_is(house: House) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    hook, now, client = made(ADDRESS, "deal.won"), timezone.now(), house.client("admin")
    counts = []
    for start in (0, 60):
        for number in range(start, start + 60):
            told = {"event": "deal.won", "deal": OURS, "payload": "{}", "message": f"msg_{number}"}
            one = Delivery.objects.create(hook=hook, made_at=now, next_at=now, **told)
            DeliveryTry.objects.create(delivery=one, at=now, status=500, ms=1)
        with CaptureQueriesContext(connection) as asked:
            client.get(f"{ALL}{hook.pk}/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
