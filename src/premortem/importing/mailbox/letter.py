"""A mail as it lies in a mailbox, and what is told by its headers alone: all that placing goes by.

Only headers are read here, and as bytes: a mailbox is searched for mails of deals without reading anybody's words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.utils import getaddresses, parsedate_to_datetime
from typing import Literal

from msgspec import Struct

LONGEST_HEAD = 256 * 1024
"""Bytes of headers that are looked at: ten times those of a mail that went round a large firm."""

Where = Literal["from", "to", "cc"]


class Letter(Struct, frozen=True):
    """One mail of a mailbox. `place` says where it lies ('sales.mbox#12'); `whole` fetches all of it, once asked.

    `head` are its headers as they came. `aside` says why it is no mail that anybody sent and kept: a draft, one that
    was thrown away, a file that holds no mail.
    """

    place: str
    head: bytes
    whole: Callable[[], bytes]
    folder: str = ""
    aside: str | None = None


class Head(Struct, frozen=True):
    """What a mail's headers tell. Addresses are in lower case; identifiers stand without angle brackets.

    `at` is in UTC, from the line Date or else from the last server that passed it on, and None where nothing tells it.
    `automatic` says by which sign a machine sent it, or a list did.
    """

    id: str | None
    answers: tuple[str, ...]
    at: datetime | None
    sender: str
    addresses: tuple[str, ...]
    subject: str
    automatic: str | None = None


def head_of(data: bytes) -> Head:
    """The headers of a mail, given those bytes or all of it; what breaks the rules is read as far as it goes."""
    fields = _fields(data[:LONGEST_HEAD])
    people = {where: _people(fields, where) for where in ("from", "sender", "to", "cc", "bcc", "reply-to")}
    sent_by = people["from"] or people["sender"] or people["reply-to"]
    everybody = [*sent_by, *people["to"], *people["cc"], *people["bcc"]]
    ids = _identifiers(fields.get("message-id", []))
    answers = _identifiers([*fields.get("references", []), *fields.get("in-reply-to", [])])
    return Head(
        id=ids[0] if ids else None,
        answers=tuple(dict.fromkeys(answers)),
        at=_when(fields),
        sender=next(iter(sent_by), ""),
        addresses=tuple(dict.fromkeys(everybody)),
        subject=_decoded(next(iter(fields.get("subject", [])), "")),
        automatic=_automatic(fields),
    )


_LINE_END = re.compile(rb"\r\n|\r|\n")
_FIELD = re.compile(r"([!-9;-~]{1,100})[ \t]*:(.*)")
_WANTED = frozenset(
    re.findall(
        r"\S+",
        """message-id in-reply-to references date from sender reply-to to cc bcc subject received auto-submitted
        precedence list-id list-unsubscribe x-autoreply x-autorespond""",
    )
)


def _fields(data: bytes) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    latest: list[str] | None = None
    for line in _LINE_END.split(data.lstrip(b"\xef\xbb\xbf\r\n ")):
        if not line:
            break
        text = _characters(line)
        if text[:1] in " \t":
            if latest is not None:
                latest[-1] += " " + text.strip()
            continue
        field = _FIELD.match(text)
        name = field[1].lower() if field else ""
        latest = found.setdefault(name, []) if name in _WANTED else None
        if latest is not None and field is not None:
            latest.append(field[2].strip())
    return found


def _characters(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


_ADDRESS = re.compile(r"[^\s<>\"'(),:;@\[\]]{1,64}@[\w-]+(?:\.[\w-]+)*")


def _people(fields: dict[str, list[str]], where: str) -> list[str]:
    """The addresses of a header; where it breaks the rules, all that looks like one."""
    lines = fields.get(where, [])
    try:
        found = [_address(address) for _, address in getaddresses(lines)]
    except (ValueError, IndexError, AttributeError, RecursionError):
        found = []
    return [one for one in found if one] or [one.lower() for line in lines for one in _ADDRESS.findall(line)]


def _address(told: str) -> str:
    found = _ADDRESS.search(told)
    return found[0].lower() if found else ""


def _decoded(text: str) -> str:
    """A header's words on one line; what is encoded against the rules stays as it stands."""
    if "=?" in text:
        with suppress(ValueError, LookupError, UnicodeError):  # the words as they stand are better than none
            text = str(make_header(decode_header(text)))
    return " ".join(text.replace("\0", "").split()).strip("'\"")


def _identifiers(lines: list[str]) -> list[str]:
    """Identifiers of mails, as their angle brackets part them; without brackets, what stands between blanks."""
    found = []
    for line in lines:
        inside = re.findall(r"<\s*([^<>]+?)\s*>", line)
        found += [re.sub(r"\s+", "", one) for one in inside] or line.split()[:1]
    return found


def _when(fields: dict[str, list[str]]) -> datetime | None:
    passed_on = [line.rpartition(";")[2] for line in fields.get("received", [])[:1]]
    for told in (*fields.get("date", []), *passed_on):
        try:
            read = parsedate_to_datetime(told)
            return (read.replace(tzinfo=UTC) if read.tzinfo is None else read).astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue  # the next line may tell it
    return None


def _automatic(fields: dict[str, list[str]]) -> str | None:
    submitted = next(iter(fields.get("auto-submitted", [])), "").lower()
    precedence = next(iter(fields.get("precedence", [])), "").lower()
    if (submitted and not submitted.startswith("no")) or "x-autoreply" in fields or "x-autorespond" in fields:
        return "a machine sent it: an automatic reply or notice"
    if "list-id" in fields or "list-unsubscribe" in fields or precedence in ("bulk", "list", "junk"):
        return "it went to a list"
    return None
