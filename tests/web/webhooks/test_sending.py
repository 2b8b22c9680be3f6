"""From an act to an address: noted with it, made a message, sent, tried again, given up."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from premortem.acts.looking.reviewing import review_changed
from premortem.acts.telling.judge import judge
from premortem.acts.telling.waive import waive
from premortem.ledger.contents import card
from premortem.records.firm.models import Upload
from premortem.records.firm.webhook_rows import Delivery, ToldFindings, Webhook, WebhookNews
from premortem.records.models import DealRow, FactRow, PersonRow, ReviewRow
from premortem.web.ledger import ledger, rules
from premortem.web.webhooks import sending
from premortem.web.webhooks.signing import new_nonce, secret_of
from tests.web.conftest import OURS, House
from tests.web.webhooks.receiver import Receiver, says
from tests.web.webhooks.rows import made


def confirmed() -> str:
    """Somebody confirms a fact of OURS; its id."""
    fact = FactRow.objects.filter(deal=OURS, standing="read").order_by("at", "fact")[0].fact
    judge(ledger(), OURS, fact, "confirmed", "dana", timezone.now())
    return fact


def sent(now: datetime | None = None) -> None:
    """All that a worker does in one go."""
    sending.make_messages(now or timezone.now())
    sending.send_due(now or timezone.now())


def test_what_somebody_does_arrives_signed_and_without_words(house: House, receiver: Receiver) -> None:
    hook = made(receiver.address, "fact.confirmed")
    fact = confirmed()
    sent()
    [got] = receiver.got
    assert got.is_signed_with(secret_of(hook.nonce))
    assert not got.is_signed_with(secret_of(new_nonce()))
    assert got.message["type"] == "fact.confirmed"
    assert (got.message["data"]["deal"], got.message["data"]["fact"]) == (OURS, fact)
    assert got.message["data"]["url"].startswith(f"https://pm.example/deals/{OURS}/touches/")
    one = Delivery.objects.get()
    assert (one.state, one.message) == ("delivered", got.headers["webhook-id"])
    for row in PersonRow.objects.filter(deal=OURS).exclude(card=None):
        known = card(ledger().contents, row.card or "")
        assert known is not None
        assert known.called not in got.body.decode()


def test_words_go_along_where_an_admin_said_so_and_are_not_kept(house: House, receiver: Receiver) -> None:
    hook = made(receiver.address, "fact.confirmed", with_words=True)
    receiver.answer = says(200, b"thanks for the words")
    fact = confirmed()
    sent()
    [got] = receiver.got
    words = got.message["data"]["words"]
    row = FactRow.objects.get(deal=OURS, fact=fact)
    assert words["deal"] == DealRow.objects.get(deal=OURS).name
    assert len(words["quotes"][0]["quote"]) == row.end - row.start
    assert got.is_signed_with(secret_of(hook.nonce))
    assert words["quotes"][0]["quote"] not in Delivery.objects.get().payload
    assert Delivery.objects.get().tries.get().says == ""


def test_what_was_not_chosen_is_not_sent(house: House, receiver: Receiver) -> None:
    made(receiver.address, "deal.won")
    confirmed()
    sent()
    assert receiver.got == []
    assert not WebhookNews.objects.exists()


def test_an_act_that_fails_tells_nobody(house: House, receiver: Receiver) -> None:
    """The note stands or falls with the entry that it is about."""
    made(receiver.address, "fact.confirmed")
    with transaction.atomic():
        confirmed()
        assert WebhookNews.objects.filter(what="entry", deal=OURS).count() == 1
        transaction.set_rollback(True)
    assert not WebhookNews.objects.exists()
    sent()
    assert receiver.got == []
    assert not Delivery.objects.exists()


def test_where_nobody_listens_nothing_is_noted(house: House) -> None:
    made("https://hooks.firm.example/", "fact.confirmed", off_since=timezone.now())
    confirmed()
    assert not WebhookNews.objects.exists()
    assert not ToldFindings.objects.exists()


def test_findings_that_go_and_come_are_told_by_comparison(house: House, receiver: Receiver) -> None:
    made(receiver.address, "finding.raised", "finding.cleared")
    DealRow.objects.filter(deal=OURS).update(status="open")
    row = ReviewRow.objects.get(deal=OURS)
    check = row.raised.split()[0]
    waive(ledger(), rules(), OURS, check, "as agreed", "dana", timezone.now())
    review_changed(ledger(), only=[OURS])
    DealRow.objects.filter(deal=OURS).update(status="open")
    sent()
    cleared = [one.message["data"] for one in receiver.got]
    assert [(one["check"], one["set_aside"]) for one in cleared if one["check"] == check] == [(check, True)]
    ReviewRow.objects.filter(deal=OURS).delete()
    ReviewRow.objects.create(**{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields})
    receiver.got.clear()
    sent()
    raised = [one.message for one in receiver.got if one.message["data"]["check"] == check]
    assert [(one["type"], one["data"]["severity"] in ("high", "medium", "low")) for one in raised] == [
        ("finding.raised", True)
    ]


def test_a_finding_goes_along_in_words_with_its_question(house: House, receiver: Receiver) -> None:
    made(receiver.address, "finding.raised", with_words=True)
    row = ReviewRow.objects.get(deal=OURS)
    ToldFindings.objects.create(deal=OURS, findings="[]")
    WebhookNews.objects.create(what="review", deal=OURS, seq=row.entries)
    DealRow.objects.filter(deal=OURS).update(status="open")
    sending.make_messages(timezone.now())
    while sending.send_due(timezone.now()):
        pass
    told = [got.message["data"] for got in receiver.got]
    assert {one["check"] for one in told} == set(row.raised.split())
    assert all(one["words"]["says"] and one["words"]["ask"]["question"] for one in told)
    assert any(one["words"]["quotes"] for one in told)
    assert not any("{p-" in one["words"]["says"] for one in told)


def test_findings_kept_by_another_version_begin_anew(house: House, receiver: Receiver) -> None:
    made(receiver.address, "finding.raised", "finding.cleared")
    row = ReviewRow.objects.get(deal=OURS)
    ToldFindings.objects.create(deal=OURS, findings='[{"kind":"finding","check":1}]')
    WebhookNews.objects.create(what="review", deal=OURS, seq=row.entries)
    DealRow.objects.filter(deal=OURS).update(status="open")
    sent()
    assert receiver.got == []
    assert ToldFindings.objects.get().findings == row.findings


def test_an_upload_taken_in_is_told_once(house: House, receiver: Receiver) -> None:
    made(receiver.address, "import.done")
    admin = get_user_model().objects.get(username="admin")
    upload = Upload.objects.create(user=admin, folder="", state="importing", preview={"done": [{"deal": OURS}]})
    for state in ("done", "undoing", "done"):
        Upload.objects.filter(pk=upload.pk).update(state=state)
    sent()
    assert [got.message["data"]["deals"] for got in receiver.got] == [1]
    assert receiver.got[0].message["data"]["url"] == f"https://pm.example/import/{upload.pk}/"


def test_it_is_tried_again_after_growing_pauses_and_then_given_up(house: House, receiver: Receiver) -> None:
    made(receiver.address, "fact.confirmed")
    receiver.answer = says(503, b"not now")
    confirmed()
    began = at = timezone.now()
    pauses = []
    sent(at)
    while (one := Delivery.objects.get()).state == "waiting":
        pauses.append((one.next_at - at).total_seconds())
        sending.send_due(one.next_at - timedelta(milliseconds=1))
        at = one.next_at
        sending.send_due(at)
    assert pauses == [5, 60, 300, 1_800, 7_200, 28_800, 86_400]
    assert (one.state, one.tries.count(), len(receiver.got)) == ("given up", 8, 8)
    assert {got.headers["webhook-id"] for got in receiver.got} == {one.message}
    assert set(one.tries.values_list("status", "says")) == {(503, "not now")}
    hook = Webhook.objects.get()
    assert (hook.off_since, hook.failing_since) == (None, began)


def test_an_address_that_fails_for_days_is_switched_off_and_says_why(house: House, receiver: Receiver) -> None:
    now = timezone.now()
    hook = made(receiver.address, "fact.confirmed", failing_since=now - sending.FAILS_FOR)
    receiver.answer = says(500)
    confirmed()
    sending.make_messages(now)
    Delivery.objects.update(failed=len(sending.PAUSES))
    sending.send_due(now)
    hook.refresh_from_db()
    assert hook.off_since == now
    assert "three days" in hook.off_why


def test_what_arrives_ends_a_run_of_failures(house: House, receiver: Receiver) -> None:
    hook = made(receiver.address, "fact.confirmed", failing_since=timezone.now())
    confirmed()
    sent()
    hook.refresh_from_db()
    assert hook.failing_since is None


def test_410_switches_an_address_off_at_once(house: House, receiver: Receiver) -> None:
    hook = made(receiver.address, "fact.confirmed")
    receiver.answer = says(410)
    confirmed()
    sent()
    hook.refresh_from_db()
    assert hook.off_since is not None
    assert "410" in hook.off_why
    assert Delivery.objects.get().state == "given up"


def test_whoever_asks_for_time_gets_it(house: House, receiver: Receiver) -> None:
    made(receiver.address, "fact.confirmed")
    receiver.answer = says(429, retry_after="600")
    confirmed()
    now = timezone.now()
    sent(now)
    assert Delivery.objects.get().next_at == now + timedelta(minutes=10)


def test_an_address_that_is_off_waits_and_goes_on(house: House, receiver: Receiver) -> None:
    hook = made(receiver.address, "fact.confirmed")
    confirmed()
    sending.make_messages(timezone.now())
    sending.switch_off(hook, "", timezone.now())
    sending.send_due(timezone.now())
    assert receiver.got == []
    sending.switch_on(hook)
    sending.send_due(timezone.now())
    assert len(receiver.got) == 1


def test_one_that_hangs_holds_up_no_other(house: House, receiver: Receiver) -> None:
    """At most a few messages to each address are sent at once."""
    made(receiver.address, "deal.won")
    full = Webhook.objects.get()
    other = made(f"http://127.0.0.1:{receiver.port}/other", "deal.won")
    now = timezone.now()
    for hook, many in ((full, 20), (other, 1)):
        for number in range(many):
            told = {"event": "deal.won", "payload": "{}", "message": f"msg_{number}"}
            Delivery.objects.create(hook=hook, made_at=now, next_at=now, **told)
    sending.send_due(now)
    assert [got.path for got in receiver.got].count("/other") == 1
    assert len(receiver.got) == sending.OF_ONE + 1


def test_a_server_with_another_key_signs_nothing(house: House, receiver: Receiver) -> None:
    hook = made(receiver.address, "fact.confirmed", secret_sum="of another")
    confirmed()
    sent()
    hook.refresh_from_db()
    assert receiver.got == []
    assert hook.off_why == sending.KEY_CHANGED


def test_the_log_keeps_thirty_days(house: House) -> None:
    hook, now = made("https://hooks.firm.example/", "deal.won"), timezone.now()
    for days, state in ((29, "delivered"), (31, "delivered"), (31, "waiting"), (31, "given up")):
        told = {"event": "deal.won", "payload": "{}", "message": f"msg_{days}{state}", "state": state}
        Delivery.objects.create(hook=hook, made_at=now - timedelta(days=days), next_at=now, **told)
    sending.tidy(now)
    assert sorted(Delivery.objects.values_list("message", flat=True)) == ["msg_29delivered", "msg_31waiting"]


def test_two_workers_make_each_message_once(house: House, receiver: Receiver) -> None:
    made(receiver.address, "fact.confirmed")
    confirmed()
    news = list(WebhookNews.objects.all())
    assert sending.make_messages(timezone.now()) == len(news)
    WebhookNews.objects.bulk_create(news)  # as the other one saw them
    sending.make_messages(timezone.now())
    assert Delivery.objects.count() == 1


def test_triggers_stand_again_after_every_migration(house: House) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER firm_news_entry")
    call_command("migrate", verbosity=0)
    made("https://hooks.firm.example/", "fact.confirmed")
    confirmed()
    assert WebhookNews.objects.filter(what="entry").exists()
