"""Reminders of a shared plan, for buyers who asked for them in their room, where a mail server is named.

A mail names the buyer's own steps and nothing else. It holds no link: of a link only its hash is kept, and whoever got
one has it.
"""

from __future__ import annotations

import os
import smtplib
from datetime import date, timedelta

import django
from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone

from premortem.acts.buying.room import RoomDocument, room
from premortem.errors import Unknown
from premortem.ledger.entries import PersonId
from premortem.ledger.saying import on
from premortem.ledger.store import Ledger

AHEAD = timedelta(days=3)
SUBJECT = "Your steps in our plan"
OFF = "You asked for this word in the plan. To switch it off, empty the field there."


def opened() -> Ledger:
    """The ledger as the pages have it, opened by a process that makes no pages."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "premortem.web.settings"
    django.setup()
    from premortem.web.ledger import ledger

    return ledger()


def remind_all(ledger: Ledger, today: date) -> int:
    """Mail everybody who asked and has an open step near, once a day; how many mails went out.

    Raises Unknown where no mail server is named, or it takes nothing.
    """
    from premortem.records.firm.models import RoomLink
    from premortem.web.room_guest import known_addresses, maker_of

    if not settings.EMAIL_HOST:
        raise Unknown("no mail server is named", "Set PREMORTEM_MAIL_HOST; docs/room.md says how.")
    open_ = RoomLink.objects.filter(ended_at=None, ends_at__gt=timezone.now()).exclude(email="")
    sent = 0
    for link in open_.exclude(reminded_on=today).order_by("pk"):
        if maker_of(link) is None or link.email.casefold() not in known_addresses(link.deal, link.person):
            continue
        entries = ledger.store.read(link.deal)
        document = room(entries, ledger.contents, today)
        words = _words(document, link.person, today) if document.person(link.person) else ""
        if words:
            try:
                send_mail(SUBJECT, words, None, [link.email])
            except (OSError, smtplib.SMTPException) as refused:
                raise Unknown(f"the mail server took nothing: {refused}", "See to it, and run this again.") from refused
            RoomLink.objects.filter(pk=link.pk).update(reminded_on=today)
            sent += 1
    return sent


def _words(document: RoomDocument, person: PersonId, today: date) -> str:
    """The open steps of somebody that are due soon or were due, a line each; empty where there are none."""
    near = [
        f"- {one.title}: {'was for' if one.due < today else 'by'} {on(one.due)}"
        for one in document.tasks
        if one.owner == person and one.done is None and one.due is not None and one.due <= today + AHEAD
    ]
    return "\n".join([*near, "", OFF]) if near else ""
