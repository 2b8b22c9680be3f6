"""Starting the pages: tables brought up to date, a way in for the first admin, a worker, and the server itself."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

os.environ["DJANGO_SETTINGS_MODULE"] = "premortem.web.settings"

import django
from django.contrib.auth import get_user_model
from django.core.management import call_command
from granian import Granian
from granian.constants import Interfaces

from premortem.errors import Unknown
from premortem.web.ledger import ledger

AT_MOST = 4
"""Processes that answer, where nobody says how many: each takes some 150 MB."""
THREADS = 2
"""Pages that a process makes at once. One at a time is fastest, since they compute; the second goes on where one waits
for the database's lock."""


def prepare(hire: Callable[[], None] | None = None) -> str | None:
    """Bring all tables up to date; the word of a one-time link where nobody can sign in as an admin yet.

    `hire` makes members of those who are known to work here before anybody signs in.
    """
    django.setup()
    opened = ledger()
    call_command("migrate", verbosity=0)
    opened.close()
    from premortem.records.firm.models import Member
    from premortem.web.joining import new_link
    from premortem.web.webhooks.work import keep_telling

    keep_telling()
    if hire is not None:
        hire()
    if Member.objects.filter(role="admin", user__is_active=True, user__last_login__isnull=False).exists():
        return None
    member = Member.objects.filter(role="admin").first()
    if member is None:
        user, _ = get_user_model().objects.get_or_create(username="admin", defaults={"first_name": "Admin"})
        user.set_unusable_password()
        user.save()
        member = Member.objects.create(user=user, role="admin")
    return new_link(user=member.user)


def serve(
    host: str,
    port: int,
    worker: bool,
    workers: int | None,
    say: Callable[[str], None],
    hire: Callable[[], None] | None = None,
) -> None:
    """Serve until somebody stops it. With `worker`, what is put off is done by a process of its own beside it.

    `workers` are the processes that answer; without a number, one for each core, four at most.
    """
    word = prepare(hire)
    address = f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0') else host}:{port}"
    say(f"premortem is at {address} (stop with Ctrl+C)")
    if word is not None:
        say(f"Sign in once, as the admin, by this link: {address}/first/{word}/")
    beside = _worker() if worker else None
    try:
        Granian(
            "premortem.web.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers or min(os.cpu_count() or 1, AT_MOST),
            blocking_threads=THREADS,
            log_enabled=False,
        ).serve()
    except RuntimeError as refused:
        if "os error" not in str(refused):
            raise
        why = str(refused).partition(" (os error")[0].lower()
        raise Unknown(f"the pages can't be at {address}: {why}", "Name another port, such as --port 8001.") from refused
    finally:
        if beside is not None:
            beside.terminate()
            beside.wait(timeout=10)


def _worker() -> subprocess.Popen[bytes]:
    """It says nothing here: what becomes of a task is kept with it, and told on the page that waits for it."""
    return subprocess.Popen([sys.executable, "-m", "django", "db_worker", "-v", "0"], env=os.environ.copy())
