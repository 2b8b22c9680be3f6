"""Starting the pages: tables brought up to date, a way in for the first admin, a worker, and the server itself."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from threading import Thread

os.environ["DJANGO_SETTINGS_MODULE"] = "premortem.web.settings"

import django
from django.contrib.auth import get_user_model
from django.core.management import call_command
from granian import Granian
from granian.constants import Interfaces

from premortem.errors import Unknown
from premortem.records.planning import know_the_tables
from premortem.records.schema import alone
from premortem.web.ledger import ledger

AT_MOST = 4
"""Processes that answer, where nobody says how many: each takes some 150 MB."""
THREADS = 2
"""Pages that a process makes at once. One at a time is fastest, since they compute; the second goes on where one waits
for the database's lock."""
OTHER_PORT = "Name another port, such as --port 8001."


def prepare(hire: Callable[[], None] | None = None) -> str | None:
    """Bring all tables up to date; the word of a one-time link where no admin could sign in again by themselves.

    `hire` makes members of those who are known to work here before anybody signs in.
    """
    _tables()
    from premortem.records.firm.models import Member
    from premortem.web.joining import can_return, new_link
    from premortem.web.webhooks.work import keep_telling

    keep_telling()
    if hire is not None:
        hire()
    admins = Member.objects.select_related("user").filter(role="admin", user__is_active=True).order_by("pk")
    if any(can_return(one.user) for one in admins):
        return None
    member = admins.first()
    if member is None:
        user, _ = get_user_model().objects.get_or_create(username="admin", defaults={"first_name": "Admin"})
        user.set_unusable_password()
        user.is_active = True
        user.save()
        member, _ = Member.objects.update_or_create(user=user, defaults={"role": "admin"})
    return new_link(user=member.user)


def _tables() -> None:
    django.setup()
    opened = ledger()
    with alone(opened.alias):
        call_command("migrate", verbosity=0)
    know_the_tables(opened.alias)
    opened.close()


def let_in(called: str, host: str, port: int, say: Callable[[str], None]) -> None:
    """Say a one-time link for an admin who can't sign in any more; a second factor, which may be lost, is taken off.

    Raises Unknown where no admin who may sign in has this user name or mail address.
    """
    _tables()
    from allauth.mfa.models import Authenticator

    from premortem.records.firm.models import Member
    from premortem.web.joining import new_link

    admins = Member.objects.select_related("user").filter(role="admin", user__is_active=True).order_by("pk")
    wanted = called.strip().casefold()
    found = [one for one in admins if wanted in (one.user.get_username().casefold(), one.user.email.casefold())]
    if not wanted or len(found) != 1:
        known = ", ".join(one.user.get_username() for one in admins)
        remedy = f"Admins are: {known}." if known else "Start the pages: the first start prints a link."
        raise Unknown(f"no admin is called '{called}'", remedy)
    user = found[0].user
    if Authenticator.objects.filter(user=user).delete()[0]:
        say(f"The second factor of {user.get_username()} is taken off. Add a new one after signing in.")
    link = f"{_address(host, port)}/first/{new_link(user=user)}/"
    say(f"Sign in once, within a day, as {user.get_username()}, by this link: {link}")


def _address(host: str, port: int) -> str:
    return f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0') else host}:{port}"


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
    address = _address(host, port)
    if _answers(host, port):  # two servers could share a port, and each page would come from either
        raise Unknown(f"something else is at {address} already", OTHER_PORT)
    word = prepare(hire)
    where = f"premortem is at {address} (stop with Ctrl+C)"
    if word is not None:
        where += f"\nSign in once, as the admin, by this link: {address}/first/{word}/"
    beside = _worker() if worker else None
    server = Granian(
        "premortem.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers or min(os.cpu_count() or 1, AT_MOST),
        blocking_threads=THREADS,
        log_enabled=False,
    )
    server.on_startup(Thread(target=_say_once_it_answers, args=(host, port, where, say), daemon=True).start)
    try:
        server.serve()
    except RuntimeError as refused:
        if "os error" not in str(refused):
            raise
        why = str(refused).partition(" (os error")[0].lower()
        raise Unknown(f"the pages can't be at {address}: {why}", OTHER_PORT) from refused
    finally:
        if beside is not None:
            beside.terminate()
            beside.wait(timeout=10)


def _say_once_it_answers(host: str, port: int, where: str, say: Callable[[str], None]) -> None:
    """Say it as soon as a page can be had: whoever follows a link at once finds somebody there."""
    while not _answers(host, port):
        time.sleep(0.05)
    say(where)


def _answers(host: str, port: int) -> bool:
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    try:
        socket.create_connection((here, port), timeout=1).close()
    except OSError:  # nobody is there, or not yet
        return False
    return True


def _worker() -> subprocess.Popen[bytes]:
    """It says nothing here: what becomes of a task is kept with it, and told on the page that waits for it."""
    return subprocess.Popen([sys.executable, "-m", "django", "db_worker", "-v", "0"], env=os.environ.copy())
