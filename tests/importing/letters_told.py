"""Mails, told in a line, for tests of mailboxes and of placing."""

from __future__ import annotations

from datetime import UTC, datetime

from premortem.importing.mailbox.letter import Letter
from premortem.importing.placing.deals import DealKnown, Deals
from premortem.importing.placing.mails import Mail

HARBOUR = DealKnown(
    deal="d-harbour",
    name="Harbour: scheduling",
    account="Harbour Freight Ltd",
    created=datetime(2026, 1, 12, 12, tzinfo=UTC),
    ended=datetime(2026, 6, 30, 12, tzinfo=UTC),
    theirs=frozenset({"tom@harbour.example", "law@counsel.example"}),
    ours=frozenset({"ines@cadence.example"}),
    names=frozenset({"tom reyes"}),
    buyers=frozenset({"tom@harbour.example"}),
    mails=frozenset({"known@harbour.example"}),
)
SECOND = DealKnown(
    deal="d-second",
    name="Harbour: payroll",
    account="Harbour Freight Ltd",
    created=datetime(2026, 3, 2, 12, tzinfo=UTC),
    theirs=frozenset({"dana@harbour.example"}),
    ours=frozenset({"ines@cadence.example"}),
    names=frozenset({"dana whitlock"}),
    buyers=frozenset({"dana@harbour.example"}),
)


def firm(*more: DealKnown) -> Deals:
    """Two deals of one account: one from January to June, the other from March and open."""
    return Deals([HARBOUR, SECOND, *more])


def told(
    sender: str,
    to: str,
    day: str = "Tue, 14 Apr 2026 09:00:00 +0000",
    subject: str = "The plan",
    body: str = "See you on Thursday.",
    **more: str,
) -> bytes:
    """A mail's bytes; further headers by their names, with _ for -."""
    lines = [f"From: {sender}", f"To: {to}", f"Subject: {subject}", *([f"Date: {day}"] if day else [])]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in more.items()]
    return ("\r\n".join(lines) + f"\r\n\r\n{body}\r\n").encode()


def mail(sender: str, to: str, place: str = "box#1", folder: str = "", **more: str) -> Mail:
    data = told(sender, to, **more)
    return Mail.of(Letter(place, data.split(b"\r\n\r\n")[0], lambda: data, folder))
