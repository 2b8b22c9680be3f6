"""The door for Bcc: open only when asked, for the firm's own domains, and what comes in is kept whole or not at all."""

from __future__ import annotations

import asyncio
import smtplib
from collections.abc import Callable
from pathlib import Path

import pytest

from premortem.importing.mailbox.door import Door
from premortem.importing.mailbox.opening import letters
from tests.importing.letters_told import told

INES, BCC = "ines@cadence.example", "deals@cadence.example"


def visited(folder: Path, visit: Callable[[smtplib.SMTP], None]) -> None:
    """A visit to the door by the standard library's own client."""

    async def both() -> None:
        opened = await Door(folder, ["cadence.example"]).open("127.0.0.1", 0)
        port = opened.sockets[0].getsockname()[1]

        def go() -> None:
            with smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
                visit(client)

        async with opened:
            await asyncio.to_thread(go)

    asyncio.run(both())


def test_a_mail_of_our_own_is_kept_and_can_be_brought_in(tmp_path: Path) -> None:
    mail = told(INES, "tom@harbour.example", body="One.\r\n.two\r\nThree.")

    def twice(client: smtplib.SMTP) -> None:
        client.sendmail(INES, [BCC], mail)
        client.sendmail(INES, [BCC], mail)

    visited(tmp_path, twice)
    (kept,) = letters(tmp_path)
    assert kept.aside is None
    assert kept.whole() == mail


def test_strangers_are_sent_away_and_nothing_is_passed_on(tmp_path: Path) -> None:
    def visit(client: smtplib.SMTP) -> None:
        with pytest.raises(smtplib.SMTPSenderRefused):
            client.sendmail("x@spam.example", [BCC], b"Subject: x\r\n\r\nx")
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            client.sendmail(INES, ["somebody@else.example"], b"Subject: x\r\n\r\nx")
        assert client.docmd("VRFY", "ines")[0] == 502
        assert client.docmd("DATA")[0] == 503

    visited(tmp_path, visit)
    assert list((tmp_path / "new").iterdir()) == []


def test_what_breaks_off_is_not_kept(tmp_path: Path) -> None:
    def visit(client: smtplib.SMTP) -> None:
        client.ehlo()
        client.mail(INES)
        client.rcpt(BCC)
        client.docmd("DATA")
        client.send(b"Subject: half")
        client.close()

    visited(tmp_path, visit)
    assert list((tmp_path / "new").iterdir()) == []


def test_a_door_without_domains_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="own domains"):
        Door(tmp_path, [])
