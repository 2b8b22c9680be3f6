"""The text of a mail: which of its parts is the message itself, in which characters, and what hangs on it."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.errors import CloseBoundaryNotFoundDefect, MessageError, StartBoundaryNotFoundDefect
from email.message import Message

from msgspec import Struct

from premortem.listening.formats.decoding import Decoded, decoded_text
from premortem.listening.formats.hypertext import text_of

_BROKEN = (ValueError, TypeError, LookupError, AttributeError, AssertionError, MessageError)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "latin-1": "cp1252", "us-ascii": "utf-8"}
"""Encodings that mails name and what their senders mean by them: each contains the one named."""
_UUENCODED = re.compile(r"^begin [0-7]{3,4} (?P<name>\S.*)\n(?:[ -`]{1,62}\n)*?(?:`?\n)?end$\n?", re.MULTILINE)
_ATTACHMENT_ENCODED = "winmail.dat"


class Body(Struct, frozen=True):
    """The text, line ends as newlines, and what was odd or left out."""

    text: str
    remarks: tuple[str, ...] = ()


def body_of(message: Message) -> Body:
    """A mail's own text: all its plain parts, or its HTML turned into text where it has no plain one."""
    texts: list[str] = []
    remarks: list[str] = []
    attached: list[str] = []
    for part in _leaves(message):
        if _kind(part) in ("text/plain", "text/html") and not _is_attachment(part):
            decoded = _text(part)
            texts.append(text_of(decoded.text) if _kind(part) == "text/html" else decoded.text)
            remarks += decoded.remarks
        elif part.get_payload():
            attached.append(_name(part))
    text = "\n".join(text.strip("\n") for text in texts if text.strip()).replace("\x00", "")
    for found in _UUENCODED.finditer(text):
        attached.append(found["name"].strip())
    if _cut_off(message):
        remarks.append("It breaks off: one of its parts has no end.")
    if attached:
        remarks.append(f"Attachments were left out: {', '.join(attached)}.")
    if _ATTACHMENT_ENCODED in attached:
        remarks.append("Outlook may have put its text into winmail.dat.")
    return Body(_UUENCODED.sub("", text), tuple(dict.fromkeys(remarks)))


def as_sent(message: Message) -> tuple[str, str]:
    """A mail as its sender's program sent it: its plain text, and its HTML as markup; either may be empty."""
    shown = [part for part in message.walk() if not part.is_multipart() and not _is_attachment(part)]
    plain, markup = (
        "\n".join(_text(part).text for part in shown if _kind(part) == kind) for kind in ("text/plain", "text/html")
    )
    return plain.replace("\x00", ""), markup.replace("\x00", "")


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that count, in order: of alternatives one alone; a forwarded message is an attachment."""
    message = _mended(message)
    if not message.is_multipart() or _kind(message).startswith("message/"):
        yield message
        return
    parts = [part for part in message.get_payload() if isinstance(part, Message)]
    if _kind(message) == "multipart/alternative":
        parts = [_preferred(parts)] if parts else []
    for part in parts:
        yield from _leaves(part)


def _mended(message: Message) -> Message:
    """A message of parts whose named boundary is not the one between them, read again with that one."""
    inner = message.get_payload()
    if not _kind(message).startswith("multipart/") or not isinstance(inner, str):
        return message
    found = re.search(r"^--(\S{1,70})\s*$", inner, re.MULTILINE)
    if found is None:
        return message
    head = f'Content-Type: {_kind(message)}; boundary="{found[1]}"\n\n'
    return email.message_from_string(head + inner, policy=email.policy.default)


def _preferred(alternatives: list[Message]) -> Message:
    """The plain one, unless it is empty; then the last, which is the richest."""
    plain = (part for part in alternatives if _kind(part) == "text/plain" and _text(part).text.strip())
    return next(plain, alternatives[-1])


def _kind(part: Message) -> str:
    try:
        return part.get_content_type()
    except _BROKEN:
        return "text/plain"


def _is_attachment(part: Message) -> bool:
    try:
        return part.get_content_disposition() == "attachment"
    except _BROKEN:
        return False


def _name(part: Message) -> str:
    """An attachment's file name, or its kind where it has none."""
    try:
        name = part.get_filename()
    except _BROKEN:
        name = None
    return " ".join(str(name).split()) if name else f"one without a name ({_kind(part)})"


def _text(part: Message) -> Decoded:
    """The characters of a part: in the encoding it names if that fits, else in the one that does."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return Decoded("")
    try:
        named = str(part.get_content_charset() or "utf-8").lower()
    except _BROKEN:
        named = "utf-8"
    try:
        return Decoded(_lines(data.decode(_WIDER.get(named, named))))
    except (UnicodeError, LookupError):
        found = decoded_text(data)
    told = (f"It names the encoding {named}, which does not fit.",) if part.get_content_charset() else ()
    if found is None:
        return Decoded(
            _lines(data.decode("latin-1")), (*told, "Its encoding can't be told; some characters are wrong.")
        )
    return Decoded(_lines(found.text), (*told, *found.remarks))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")


def _cut_off(message: Message) -> bool:
    kinds = (CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect)
    return any(isinstance(defect, kinds) for part in message.walk() for defect in part.defects)
