"""What is due goes out; what fails is tried again after growing pauses, and given up in the end.

Of each message the address hears once or more, under the same `webhook-id`: where we are stopped between its answer and
our note of it, it is sent again. Messages may overtake one another; each tells when its event was.
"""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import F

from premortem.records.firm.webhook_rows import Delivery, DeliveryTry, ToldFindings, Webhook, WebhookNews
from premortem.web.webhooks.events import Event, message_of, payload_of
from premortem.web.webhooks.news import told_by
from premortem.web.webhooks.posting import IN_ALL, Answer, post
from premortem.web.webhooks.signing import headers, same_key, secrets_of
from premortem.web.webhooks.words import with_words

log = logging.getLogger(__name__)
PAUSES = tuple(timedelta(seconds=one) for one in (5, 60, 300, 1_800, 7_200, 28_800, 86_400))
"""After each try that failed; after the one behind the last of them the message is given up."""
LEASE = timedelta(seconds=2 * IN_ALL + 30)
"""For how long a message that is being sent is left alone by others."""
FAILS_FOR = timedelta(days=3)
"""How long nothing may arrive before an address, with the next message given up, is switched off."""
KEPT_FOR = timedelta(days=30)
"""How long the log keeps a message that arrived or was given up."""
NEWS_AT_ONCE, AT_ONCE, OF_ONE = 200, 16, 4
"""Notes read at once; messages sent at once, and of these to one address: a slow one must not hold up the others."""
LONGEST_WAIT = 86_400
KEY_CHANGED = "The key of this server is another one than when the secret was made. Take a new secret."


class Letter(NamedTuple):
    """A message about to go out."""

    delivery: Delivery
    body: bytes
    headers: dict[str, str]


def make_messages(now: datetime) -> int:
    """Make a message of each thing noted, for each address that wants to hear of it; how many notes were read.

    Notes go in the transaction in which their messages come: nothing is lost, and nothing told twice.
    """
    news = list(WebhookNews.objects.order_by("pk")[:NEWS_AT_ONCE])
    if not news:
        return 0
    told = told_by(news)
    hooks = list(Webhook.objects.filter(off_since=None))
    made = [_message(hook, event, now) for event in told.events for hook in hooks if hook.wants(event.type)]
    with transaction.atomic():
        gone, _ = WebhookNews.objects.filter(pk__in=[one.pk for one in news]).delete()
        if gone < len(news):  # another worker was quicker: theirs are the messages
            transaction.set_rollback(True)
            return 0
        for deal, findings in told.compared.items():
            ToldFindings.objects.update_or_create(deal=deal, defaults={"findings": findings})
        Delivery.objects.bulk_create(made, ignore_conflicts=True)
    return len(news)


def _message(hook: Webhook, event: Event, now: datetime) -> Delivery:
    return Delivery(
        hook=hook,
        message=message_of(event, hook.pk),
        event=event.type,
        deal=event.deal,
        payload=payload_of(event, hook.pages),
        made_at=now,
        next_at=now,
    )


def say(hook: Webhook, event: Event, now: datetime) -> Delivery:
    """Make a message for one address, whatever it chose."""
    made = _message(hook, event, now)
    made.save()
    return made


def again(delivery: Delivery, now: datetime) -> None:
    """Send a message again, with all its tries before it."""
    Delivery.objects.filter(pk=delivery.pk).update(state="waiting", failed=0, next_at=now)


def send_due(now: datetime) -> int:
    """Send what is due, some of it; how many messages went out or failed to."""
    claimed = _claimed(now)
    letters = [letter for one in claimed if (letter := _letter(one, now)) is not None]
    with ThreadPoolExecutor(AT_ONCE) as many:
        answers = many.map(_post, letters)
        for letter, answer in zip(letters, answers, strict=True):
            _note(letter.delivery, answer, now)
    return len(claimed)


def _claimed(now: datetime) -> list[Delivery]:
    """Some messages that are due, those that wait longest first, each put off so that nobody else takes it too."""
    due = Delivery.objects.filter(state="waiting", next_at__lte=now, hook__off_since=None)
    taken: list[Delivery] = []
    for hook in list(due.order_by().values_list("hook", flat=True).distinct())[:AT_ONCE]:
        for one in due.filter(hook=hook).select_related("hook").order_by("next_at", "pk")[:OF_ONE]:
            mine = Delivery.objects.filter(pk=one.pk, state="waiting", next_at=one.next_at)
            if mine.update(next_at=now + LEASE):
                taken.append(one)
    return taken[: AT_ONCE * OF_ONE]


def _letter(delivery: Delivery, now: datetime) -> Letter | None:
    """The message, signed; None where the server can't sign for its address any more, which is then switched off."""
    hook = delivery.hook
    if not same_key(hook):
        switch_off(hook, KEY_CHANGED, now)
        return None
    body = with_words(delivery.payload) if hook.with_words else delivery.payload.encode()
    return Letter(delivery, body, headers(secrets_of(hook, now), delivery.message, int(now.timestamp()), body))


def _post(letter: Letter) -> Answer:
    return post(letter.delivery.hook.address, letter.body, letter.headers, settings.WEBHOOK_HOSTS)


def _note(delivery: Delivery, answer: Answer, now: datetime) -> None:
    """Write down what became of a try, and what follows. What a receiver of words answers may repeat them: not kept."""
    hook = delivery.hook
    says = "" if hook.with_words and answer.status is not None else answer.says
    with transaction.atomic():
        DeliveryTry.objects.create(delivery=delivery, at=now, status=answer.status, ms=answer.ms, says=says)
        if answer.arrived:
            Delivery.objects.filter(pk=delivery.pk).update(state="delivered")
            Webhook.objects.filter(pk=hook.pk).update(failing_since=None)
        else:
            Webhook.objects.filter(pk=hook.pk, failing_since=None).update(failing_since=now)
            _failed(delivery, answer, now)


def _failed(delivery: Delivery, answer: Answer, now: datetime) -> None:
    if answer.status == 410:
        switch_off(delivery.hook, "The address answered 410: it wants to hear nothing more.", now)
    last = delivery.failed >= len(PAUSES) or answer.status == 410
    pause = timedelta() if last else PAUSES[delivery.failed]
    asked = timedelta(seconds=min(answer.wait, LONGEST_WAIT))
    told = {"state": "given up"} if last else {"next_at": now + max(pause, asked)}
    Delivery.objects.filter(pk=delivery.pk).update(failed=F("failed") + 1, **told)
    if last:
        _tired(delivery.hook, now)


def _tired(hook: Webhook, now: datetime) -> None:
    """Switch an address off where nothing has arrived for long."""
    since = Webhook.objects.filter(pk=hook.pk).values_list("failing_since", flat=True).first()
    if since is not None and now - since >= FAILS_FOR:
        switch_off(hook, "Nothing has arrived for three days or more. Switch it on once the address answers.", now)


def switch_off(hook: Webhook, why: str, now: datetime) -> None:
    """What waits for it stays, and goes out once it is on again; what happens meanwhile is not told."""
    if Webhook.objects.filter(pk=hook.pk, off_since=None).update(off_since=now, off_why=why):
        log.warning("webhook %s is switched off: %s", hook.pk, why)


def switch_on(hook: Webhook) -> None:
    """Begin to tell it again. Where none was on, what happened meanwhile was not noted: comparing begins anew."""
    with transaction.atomic():
        if not Webhook.objects.filter(off_since=None).exists():
            ToldFindings.objects.all().delete()
        Webhook.objects.filter(pk=hook.pk).update(off_since=None, off_why="", failing_since=None)


def tidy(now: datetime) -> None:
    """Drop what the log no longer keeps."""
    old = Delivery.objects.filter(made_at__lt=now - KEPT_FOR)
    old.exclude(state="waiting", hook__off_since=None).delete()
