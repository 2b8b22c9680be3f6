"""The task that sends messages. It comes again every few seconds while a webhook is on, and else not at all.

It asks for its own next time before it does anything: a worker that is stopped in the middle leaves that behind, and
whoever works next goes on.
"""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta
from typing import Any

from django.db import OperationalError
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from premortem.records.firm.webhook_rows import Webhook
from premortem.web.patience import patiently
from premortem.web.webhooks import sending

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=5)
AT_MOST = 10.0
"""Seconds after which it lets other tasks go on, and comes again."""
BEHIND = -10
"""Its priority: an import that somebody waits for goes first."""
A_DAY = timedelta(days=1)


@task(priority=BEHIND)
def tell_webhooks() -> None:
    """Send what is due, for a few seconds."""
    now = timezone.now()
    patiently(lambda: keep_telling(now + EVERY))  # first: a worker that is killed leaves the next time behind
    try:
        until = time.monotonic() + AT_MOST
        while time.monotonic() < until and _some():
            pass
        sending.tidy(now)
        _sweep(now)
    except OperationalError:
        log.warning("the database was busy; what is due is sent the next time", exc_info=True)


def keep_telling(at: datetime | None = None) -> None:
    """See that the task comes, once, while any webhook is on."""
    if Webhook.objects.filter(off_since=None).exists() and not _ours().filter(status="READY").exists():
        tell_webhooks.using(run_after=at or timezone.now()).enqueue()


def _some() -> bool:
    """A step of the work; False where there was nothing to do."""
    read = sending.make_messages(timezone.now())
    return bool(sending.send_due(timezone.now()) or read)


def _ours() -> QuerySet[Any]:
    return DBTaskResult.objects.filter(task_path=tell_webhooks.module_path)


def _sweep(now: datetime) -> None:
    """Forget its times that are over: there is one every few seconds. Those that failed are kept for a day."""
    _ours().filter(status="SUCCESSFUL").delete()
    _ours().exclude(status="READY").filter(started_at__lt=now - A_DAY).delete()
