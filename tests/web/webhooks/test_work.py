"""The task that sends: it comes again by itself, and goes on where a worker was killed in the middle."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime

import pytest
from django.conf import settings
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from premortem.records.firm.webhook_rows import Delivery, Webhook
from premortem.web.webhooks import sending
from premortem.web.webhooks.events import Event
from premortem.web.webhooks.work import keep_telling, tell_webhooks
from tests.web.conftest import House
from tests.web.webhooks.receiver import Handler, Receiver, says
from tests.web.webhooks.rows import made


def waiting() -> int:
    return DBTaskResult.objects.filter(task_path=tell_webhooks.module_path, status="READY").count()


def test_it_comes_again_while_an_address_is_on_and_else_not_at_all(house: House, receiver: Receiver) -> None:
    keep_telling()
    assert waiting() == 0
    hook = made(receiver.address, "deal.won")
    keep_telling()
    keep_telling()
    assert waiting() == 1
    DBTaskResult.objects.all().delete()
    tell_webhooks.call()
    assert waiting() == 1
    DBTaskResult.objects.all().delete()
    sending.switch_off(hook, "", timezone.now())
    tell_webhooks.call()
    assert waiting() == 0


def test_its_times_that_are_over_are_forgotten(house: House) -> None:
    made("https://hooks.firm.example/", "deal.won")
    keep_telling()
    DBTaskResult.objects.update(status="SUCCESSFUL", finished_at=timezone.now())
    tell_webhooks.call()
    assert list(DBTaskResult.objects.values_list("status", flat=True)) == ["READY"]


def test_a_worker_that_is_killed_in_the_middle_leaves_nothing_untold(house: House, receiver: Receiver) -> None:
    hook, now = made(receiver.address, "deal.won"), timezone.now()
    held = threading.Event()
    receiver.answer = hold(held)
    one = sending.say(hook, Event("deal.won", now, {}, "/", "1", house.ours), now)
    keep_telling()
    first = worker(house)
    until(lambda: len(receiver.got) == 1, first)
    first.kill()
    first.wait()
    held.set()
    assert Delivery.objects.get().state == "waiting"
    assert waiting() == 1
    # A minute later, another worker:
    Delivery.objects.update(next_at=now)
    DBTaskResult.objects.filter(status="READY").update(run_after=now)
    receiver.answer = says(204)
    second = worker(house)
    try:
        until(lambda: Delivery.objects.get().state == "delivered", second)
    finally:
        second.kill()
        second.wait()
    assert [got.headers["webhook-id"] for got in receiver.got] == [one.message] * 2
    assert receiver.got[0].body == receiver.got[1].body
    assert Webhook.objects.get().failing_since is None


def hold(until_set: threading.Event) -> Callable[[Handler], None]:
    def answer(handler: Handler) -> None:
        until_set.wait(30)

    return answer


def worker(house: House) -> subprocess.Popen[bytes]:
    """A worker as `premortem serve` starts it, on this house's ledger."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "premortem.web.settings",
        "PREMORTEM_LEDGER": str(house.file),
        "PREMORTEM_SECRET_KEY": settings.SECRET_KEY,
        "PREMORTEM_WEBHOOK_HOSTS": "127.0.0.1",
    }
    environment.pop("DATABASE_URL", None)
    quick = ["--interval", "0.05", "--no-startup-delay", "--skip-checks"]
    return subprocess.Popen([sys.executable, "-m", "django", "db_worker", "-v", "0", *quick], env=environment)


def until(there: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    last = time.monotonic() + 30
    while not there():
        assert process.poll() is None, "the worker ended"
        assert time.monotonic() < last, "the worker did nothing"
        time.sleep(0.02)


def test_a_busy_database_holds_it_up_and_does_not_end_it(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    made("https://hooks.firm.example/", "deal.won")

    def busy(now: datetime) -> int:
        raise OperationalError("database is locked")

    monkeypatch.setattr(sending, "make_messages", busy)
    tell_webhooks.call()
    assert waiting() == 1
