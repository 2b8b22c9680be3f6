"""A process on PostgreSQL: notes are written and rolled back with what they tell, and become one message each.

Run by test_postgresql.py with DATABASE_URL and DJANGO_SETTINGS_MODULE set.
"""

from __future__ import annotations

import sys
from datetime import timedelta

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from premortem.ledger.entries import Entry, Opened, Outcome
from premortem.ledger.store import Reviewed
from premortem.records.opening import start_django


def main(address: str) -> None:
    start_django()
    from premortem.records.firm.webhook_rows import Delivery, ToldFindings, WebhookNews
    from premortem.web.ledger import ledger
    from tests.web.webhooks.rows import made

    opened, now = ledger(), timezone.now()
    for _ in range(2):
        call_command("migrate", "firm", verbosity=0)
    made(address, "deal.opened", "deal.won", "finding.raised", "finding.cleared")
    with transaction.atomic():
        opened.store.append([Entry("d-0", now, now, "user:dana", Outcome("won"))])
        assert WebhookNews.objects.count() == 1
        transaction.set_rollback(True)
    assert not WebhookNews.objects.exists()
    opened.store.append([Entry("d-1", now, now, "user:dana", Opened("Night shift", "Larkspur", "Sam"))])
    opened.reading.refresh("d-1")
    opened.reviews.keep([reviewed("gone_quiet")])
    send()
    opened.reviews.keep([reviewed("no_coach")])
    assert WebhookNews.objects.count() == 1
    send()
    assert ToldFindings.objects.count() == 1
    assert set(Delivery.objects.values_list("state", flat=True)) == {"delivered"}


def send() -> None:
    from premortem.records.firm.webhook_rows import WebhookNews
    from premortem.web.webhooks import sending

    sending.make_messages(timezone.now())
    sending.send_due(timezone.now())
    assert not WebhookNews.objects.exists()


def reviewed(check: str) -> Reviewed:
    found = f'[{{"kind":"finding","check":"{check}","severity":"high","says":"x","ask":{{"question":"y"}}}}]'
    return Reviewed("d-1", 1, "a", None, timezone.now() - timedelta(1), 1, 0, 0, check, 0, "{}", found)


if __name__ == "__main__":
    main(sys.argv[1])
