"""A mailbox on a server, spoken to by its protocol: examined, never selected for writing, and peeked at."""

from __future__ import annotations

import imaplib
import re
import socketserver
import threading
from collections.abc import Iterator
from datetime import date

import pytest

from premortem.errors import Unknown, Unreadable
from premortem.importing.mailbox.imap import connect, letters_on, log_in
from premortem.importing.mailbox.letter import head_of
from premortem.importing.placing.privacy import Imap
from tests.importing.letters_told import told

MAILS = {
    "7": told("tom@harbour.example", "ines@cadence.example", subject="One"),
    "9": told("mother@gmail.com", "ines@cadence.example", subject="Two"),
}
SETTINGS = Imap("imap.cadence.example", "ines@cadence.example")


class Server(socketserver.StreamRequestHandler):
    """As much of an IMAP server as a reader needs; it remembers all that it was told."""

    heard: list[str]

    def handle(self) -> None:
        self.wfile.write(b"* OK ready\r\n")
        for line in self.rfile:
            tag, _, command = line.decode().strip().partition(" ")
            self.heard.append(command)
            self.wfile.write(self.answer(command) + f"{tag} OK done\r\n".encode())
            if command == "LOGOUT":
                return

    def answer(self, command: str) -> bytes:
        if command == "CAPABILITY":
            return b"* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\r\n"
        if command.startswith("AUTHENTICATE"):
            self.wfile.write(b"+ \r\n")
            self.heard.append(self.rfile.readline().decode().strip())
        if command.startswith("EXAMINE"):
            return b"* 2 EXISTS\r\n"
        if command.startswith("UID SEARCH"):
            return b"* SEARCH 7 9\r\n"
        found = re.match(r"UID FETCH (\S+) \((UID )?(BODY.PEEK\S+)\)", command)
        return b"".join(self.fetched(uid, found[3]) for uid in found[1].split(",")) if found else b""

    def fetched(self, uid: str, part: str) -> bytes:
        data = MAILS[uid].split(b"\r\n\r\n")[0] if "HEADER" in part else MAILS[uid]
        return f"* 1 FETCH (UID {uid} {part.replace('.PEEK', '')} {{{len(data)}}}\r\n".encode() + data + b")\r\n"


@pytest.fixture
def server() -> Iterator[tuple[imaplib.IMAP4, list[str]]]:
    heard: list[str] = []
    handler = type("Heard", (Server,), {"heard": heard})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        client = imaplib.IMAP4("127.0.0.1", served.server_address[1])
        yield client, heard
        client.logout()
        served.shutdown()


def test_headers_come_first_and_a_mail_only_when_it_is_asked_for(server: tuple[imaplib.IMAP4, list[str]]) -> None:
    client, heard = server
    log_in(client, SETTINGS, "secret")
    found = list(letters_on(client, ["INBOX"], date(2026, 4, 1)))
    assert [(one.place, head_of(one.head).subject) for one in found] == [("INBOX#7", "One"), ("INBOX#9", "Two")]
    assert not any("BODY.PEEK[]" in one for one in heard)
    assert "UID SEARCH SINCE 01-Apr-2026" in heard
    assert found[0].whole() == MAILS["7"]
    assert "UID FETCH 7 (BODY.PEEK[])" in heard
    assert not any(one.startswith(("SELECT", "STORE", "UID STORE", "EXPUNGE", "APPEND")) for one in heard)


def test_a_token_opens_it_too(server: tuple[imaplib.IMAP4, list[str]]) -> None:
    import base64

    client, heard = server
    log_in(client, Imap("h", "ines@cadence.example", login="oauth2"), "t0ken")
    assert base64.b64decode(heard[-1]) == b"user=ines@cadence.example\x01auth=Bearer t0ken\x01\x01"


def test_a_folder_that_is_never_read_is_not_opened(server: tuple[imaplib.IMAP4, list[str]]) -> None:
    client, heard = server
    log_in(client, SETTINGS, "secret")
    assert list(letters_on(client, ["Private"], never=["private"])) == []
    assert not any(one.startswith("EXAMINE") for one in heard)


def test_without_its_secret_nobody_connects() -> None:
    with pytest.raises(Unknown, match="Set PREMORTEM_IMAP_PASSWORD in the environment"):
        connect(SETTINGS, {})
    with pytest.raises(Unreadable, match="Check host, port and user"):
        connect(Imap("127.0.0.1", "ines", port=1), {"PREMORTEM_IMAP_PASSWORD": "x"})
