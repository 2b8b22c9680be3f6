"""A webhook that is off, with a message in its log: made when a case asks for it."""

from __future__ import annotations

from django.utils import timezone

from premortem.records.firm.webhook_rows import Delivery, DeliveryTry, Webhook
from premortem.web.webhooks.events import Event, message_of, payload_of
from premortem.web.webhooks.signing import new_nonce, secret_of, sum_of
from tests.web.conftest import House


def made(address: str, *events: str, **more: object) -> Webhook:
    """A webhook that is on and is told of these events."""
    nonce = new_nonce()
    hook = Webhook(address=address, nonce=nonce, secret_sum=sum_of(secret_of(nonce)), pages="https://pm.example/")
    hook.choose(list(events))
    for name, value in more.items():
        setattr(hook, name, value)
    hook.save()
    return hook


def a_webhook(house: House) -> str:
    hook = made("https://hooks.larkspur.example/premortem", "finding.raised", off_since=timezone.now())
    return f"/settings/firm/webhooks/{hook.pk}/"


def a_message(house: House) -> str:
    hook = Webhook.objects.get(pk=int(a_webhook(house).split("/")[-2]))
    now = timezone.now()
    event = Event("finding.raised", now, {"check": "gone_quiet"}, f"/deals/{house.ours}/", "1", house.ours)
    told = {
        "event": event.type,
        "deal": event.deal,
        "payload": payload_of(event, hook.pages),
        "message": message_of(event, 1),
    }
    one = Delivery.objects.create(hook=hook, made_at=now, next_at=now, failed=1, **told)
    DeliveryTry.objects.create(delivery=one, at=now, status=503, ms=120, says="try again later")
    return f"/settings/firm/webhooks/{hook.pk}/{one.pk}/"
