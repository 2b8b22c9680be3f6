"""A small door for mail (SMTP, RFC 5321): what our own people put it into Bcc of is kept as files, to be brought in.

It is open only while somebody asked for it, listens on this machine unless told otherwise, takes mail from senders of
the firm's own domains to addresses of these domains, and passes nothing on. It proves nothing about who sends: let the
firm's own mail server, which knows its users, be the only one that reaches it. What it keeps goes the way of any other
mailbox.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

LARGEST = 50 * 1024 * 1024
"""Bytes that a mail may have."""
LONGEST_LINE = 64 * 1024
PATIENCE = 60
"""Seconds that may pass between two lines."""
GUESTS = 20
"""Connections at once."""
RECIPIENTS = 100

_PATH = re.compile(r"(?:FROM|TO):\s*<([^<>\s]*)>", re.IGNORECASE)


class Door:
    """Keeps mail of these domains in the folder `new` of a Maildir, which is made where it is not there."""

    def __init__(self, folder: Path, domains: Iterable[str]) -> None:
        self._domains = frozenset(one.lower() for one in domains)
        if not self._domains:
            raise ValueError("a door needs the firm's own domains")
        self._new, self._tmp = folder / "new", folder / "tmp"
        for one in (self._new, self._tmp, folder / "cur"):
            one.mkdir(parents=True, exist_ok=True)
        self._guests = 0

    async def open(self, host: str, port: int) -> asyncio.Server:
        """Listen. Raises OSError where somebody else does already."""
        return await asyncio.start_server(self._greet, host, port, limit=LONGEST_LINE)

    def is_own(self, address: str) -> bool:
        return address.rpartition("@")[2].lower() in self._domains and "@" in address

    def keep(self, mail: bytes) -> Path:
        """The same mail twice is one file. It appears whole or not at all."""
        name = f"{hashlib.sha256(mail).hexdigest()[:32]}.eml"
        (self._tmp / name).write_bytes(mail)
        return (self._tmp / name).rename(self._new / name)

    async def _greet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._guests += 1
        try:
            if self._guests > GUESTS:
                writer.write(b"421 too many are here\r\n")
            else:
                await _Talk(self, reader, writer).hold()
        except (TimeoutError, ValueError, OSError, asyncio.IncompleteReadError):
            pass  # whoever stops in the middle, or sends what is no line, has sent nothing
        finally:
            self._guests -= 1
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()


class _Talk:
    """One connection."""

    def __init__(self, door: Door, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._door, self._reader, self._writer = door, reader, writer
        self._sender: str | None = None
        self._to: list[str] = []

    async def hold(self) -> None:
        await self._say("220 premortem")
        while line := await self._line():
            command, _, rest = line.decode("utf-8", "replace").strip().partition(" ")
            await self._say(await self._data() if command.upper() == "DATA" else self._answer(command.upper(), rest))
            if command.upper() == "QUIT":
                break

    def _answer(self, command: str, rest: str) -> str:
        match command:
            case "EHLO":
                return f"250-premortem\r\n250-8BITMIME\r\n250 SIZE {LARGEST}"
            case "HELO" | "NOOP":
                return "250 yes"
            case "RSET":
                self._sender, self._to = None, []
                return "250 forgotten"
            case "MAIL":
                return self._mail(rest)
            case "RCPT":
                return self._rcpt(rest)
            case "QUIT":
                return "221 goodbye"
            case _:
                return "502 that is not spoken here"

    def _mail(self, rest: str) -> str:
        found = _PATH.match(rest)
        if found is None or not self._door.is_own(found[1]):
            return "550 only senders of the firm's own domains"
        self._sender, self._to = found[1], []
        return "250 go on"

    def _rcpt(self, rest: str) -> str:
        found = _PATH.match(rest)
        if self._sender is None:
            return "503 say MAIL first"
        if found is None or not self._door.is_own(found[1]) or len(self._to) >= RECIPIENTS:
            return "550 nothing is passed on from here"
        self._to.append(found[1])
        return "250 go on"

    async def _data(self) -> str:
        """Only a dot between two whole line ends ends a mail: a looser rule lets one mail smuggle in another."""
        if not self._to:
            return "503 say RCPT first"
        await self._say("354 end with a dot")
        lines: list[bytes] = []
        size = 0
        while (line := await self._line()) != b".\r\n":
            if not line.endswith(b"\n"):
                raise OSError("it broke off")
            size += len(line)
            if size <= LARGEST:
                lines.append(line.removeprefix(b"."))
        self._sender, self._to = None, []
        if size > LARGEST:
            return "552 it is too large"
        self._door.keep(b"".join(lines))
        return "250 kept"

    async def _line(self) -> bytes:
        return await asyncio.wait_for(self._reader.readline(), PATIENCE)

    async def _say(self, words: str) -> None:
        self._writer.write(words.encode() + b"\r\n")
        await self._writer.drain()
