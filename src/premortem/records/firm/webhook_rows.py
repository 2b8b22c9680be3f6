"""The tables of webhooks: which addresses want to hear of what, what there is to tell, and what became of it.

`WebhookNews` is written by triggers of the database, in the very transaction that writes what it tells of: by whichever
program, from the pages or the command line, and never where that transaction fails. The migration holds them.
"""

from __future__ import annotations

from typing import ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models

from premortem.ledger.store import spaced


class Webhook(models.Model):
    """An address that is told of `events` (each name with a blank before and after).

    Its secret is kept nowhere: it is made of `nonce` and the server's key (`web.webhooks.signing`), and `secret_sum`,
    a part of its hash, tells whether that key is still the same. Until `old_until` the secret before it signs too.
    `pages` is where the firm's own pages are, so that a message can point there.
    """

    address = models.TextField()
    events = models.TextField()
    with_words = models.BooleanField(default=False)
    pages = models.TextField()
    nonce = models.CharField(max_length=64)
    secret_sum = models.CharField(max_length=64)
    old_nonce = models.CharField(max_length=64, blank=True, default="")
    old_until = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    """When the first try failed after the last that arrived."""
    off_since = models.DateTimeField(null=True)
    off_why = models.TextField(blank=True, default="")
    """Why it was switched off where nobody did so by hand."""
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["address", "id"]

    def __str__(self) -> str:
        return self.address

    @property
    def host(self) -> str:
        """Where it goes, short enough to speak of."""
        return urlsplit(self.address).hostname or self.address

    @property
    def chosen(self) -> list[str]:
        """The events that it is told of, in order."""
        return self.events.split()

    def choose(self, events: list[str]) -> None:
        self.events = spaced(events)

    def wants(self, event: str) -> bool:
        return f" {event} " in self.events


class WebhookNews(models.Model):
    """Something that may be worth telling: an entry (`deal`, `seq`), a review of `deal`, or the import `seq`."""

    what = models.CharField(max_length=10)
    deal = models.TextField()
    seq = models.BigIntegerField()


class ToldFindings(models.Model):
    """A deal's findings, JSON, as they were when they were last compared: what differs from them is news."""

    deal = models.TextField(primary_key=True)
    findings = models.TextField()


class Delivery(models.Model):
    """A message to an address: `payload` is its JSON, in which no names and no words stand.

    `next_at` is when it is tried next. Whoever tries it puts that off first, so that nobody else does, and so that it
    is tried again where they are stopped in the middle.
    """

    STATES: ClassVar = [(one, one) for one in ("waiting", "delivered", "given up")]

    hook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    message = models.CharField(max_length=64)
    event = models.CharField(max_length=50)
    deal = models.TextField(blank=True)
    payload = models.TextField()
    made_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=STATES, default="waiting")
    failed = models.IntegerField(default=0)
    """How many tries failed since it was last asked for."""
    next_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["hook", "message"], name="firm_delivery_once")]
        indexes: ClassVar = [
            models.Index(fields=["state", "next_at"], name="firm_delivery_due"),
            models.Index(fields=["hook", "-made_at"], name="firm_delivery_log"),
        ]


class DeliveryTry(models.Model):
    """One try: the answer's `status`, None where there was none, and the first of what it said, or what went wrong."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="tries")
    at = models.DateTimeField()
    status = models.IntegerField(null=True)
    ms = models.IntegerField()
    says = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
