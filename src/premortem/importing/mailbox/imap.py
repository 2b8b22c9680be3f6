"""A mailbox on a server (IMAP, RFC 9051), read only: folders are examined, mails peeked at, nothing is marked as seen.

By date and by folder. Headers come first, for all; the rest of a mail is fetched only once it is placed in a deal, so
what is private never leaves the server.
"""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from premortem.errors import Unknown, Unreadable
from premortem.importing.mailbox.access_token import access_token
from premortem.importing.mailbox.letter import Letter
from premortem.importing.placing.privacy import Imap

PASSWORD, TOKEN = "PREMORTEM_IMAP_PASSWORD", "PREMORTEM_IMAP_TOKEN"
HEADS_AT_ONCE = 200
PATIENCE = 60
"""Seconds that a server may take for an answer."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def connect(settings: Imap, environment: Mapping[str, str]) -> imaplib.IMAP4:
    """A connection by TLS, logged in with what the environment holds, or with a token that it gets by that.

    Raises Unknown where the secret is not there, and Unreadable where the server can't be reached or refuses it.
    """
    name = TOKEN if settings.login == "oauth2" else PASSWORD
    secret = environment.get(name)
    if not secret and settings.login == "oauth2" and settings.token_url:
        secret = access_token(settings, environment)
    if not secret:
        raise Unknown(f"nothing opens the mailbox of {settings.user}", f"Set {name} in the environment.")
    try:
        client = imaplib.IMAP4_SSL(
            settings.host, settings.port, ssl_context=ssl.create_default_context(), timeout=PATIENCE
        )
        log_in(client, settings, secret)
    except (OSError, imaplib.IMAP4.error) as refused:
        remedy = f"Check host, port and user in the settings, and {name}."
        raise Unreadable(settings.host, "", _plainly(refused), remedy) from refused
    return client


def log_in(client: imaplib.IMAP4, settings: Imap, secret: str) -> None:
    """By password, or by a token of OAuth 2 (XOAUTH2, as Google and Microsoft document it)."""
    if settings.login == "oauth2":
        told = f"user={settings.user}\x01auth=Bearer {secret}\x01\x01".encode()
        client.authenticate("XOAUTH2", lambda challenge: b"" if challenge else told)
    else:
        client.login(settings.user, secret)


def letters_on(
    client: imaplib.IMAP4, folders: Sequence[str], since: date | None = None, never: Sequence[str] = ()
) -> Iterator[Letter]:
    """The mails of these folders, those of a day and later where one is given; folders never read are not opened.

    Raises Unreadable where the server has no such folder or breaks off.
    """
    for folder in folders:
        if folder.casefold() not in {one.casefold() for one in never}:
            yield from _in_folder(client, folder, since)


def _in_folder(client: imaplib.IMAP4, folder: str, since: date | None) -> Iterator[Letter]:
    _examine(client, folder)
    wanted = ("SINCE", f"{since.day:02}-{_MONTHS[since.month - 1]}-{since.year}") if since else ("ALL",)
    found = _asked(client, folder, "SEARCH", *wanted)
    uids = b" ".join(one for one in found if isinstance(one, bytes)).split()
    for start in range(0, len(uids), HEADS_AT_ONCE):
        some = b",".join(uids[start : start + HEADS_AT_ONCE]).decode()
        _examine(client, folder)  # what was fetched meanwhile may lie in another folder
        for told in _asked(client, folder, "FETCH", some, "(UID BODY.PEEK[HEADER])"):
            if isinstance(told, tuple) and (uid := re.search(rb"UID (\d+)", told[0])):
                number = uid[1].decode()
                yield Letter(f"{folder}#{number}", told[1], partial(_whole, client, folder, number), folder)


def _whole(client: imaplib.IMAP4, folder: str, uid: str) -> bytes:
    _examine(client, folder)
    for told in _asked(client, folder, "FETCH", uid, "(BODY.PEEK[])"):
        if isinstance(told, tuple):
            return bytes(told[1])
    raise OSError(f"the server has no mail {uid} in {folder} any more")


def _examine(client: imaplib.IMAP4, folder: str) -> None:
    quoted = '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'
    try:
        status, _ = client.select(quoted, readonly=True)
    except (OSError, imaplib.IMAP4.error) as refused:
        raise Unreadable(folder, "", _plainly(refused), "Try again; it goes on where it stopped.") from refused
    if status != "OK":
        raise Unreadable(folder, "", "the server has no such folder", 'Name one that it has: folders = ["INBOX"].')


def _asked(client: imaplib.IMAP4, folder: str, command: str, *told: str) -> list[bytes | tuple[bytes, bytes] | None]:
    try:
        status, data = client.uid(command, *told)
    except (OSError, imaplib.IMAP4.error) as refused:
        raise Unreadable(folder, "", _plainly(refused), "Try again; it goes on where it stopped.") from refused
    if status != "OK":
        raise Unreadable(folder, "", f"the server refused to {command.lower()}", "Try again later.")
    return data


def _plainly(refused: Exception) -> str:
    told = refused.args[0] if refused.args else refused
    return (told.decode("utf-8", "replace") if isinstance(told, bytes) else str(refused)).strip().rstrip(".")
