"""A mail as RFC 5322 has it (.eml): its new text is one turn, spoken by its sender.

Quoted history and disclaimers are cut off, the signature is kept apart, attachments are named in the remarks. From, To
and Cc are mentioned with name and address. Whatever is broken in a mail is mended as far as it goes, with a remark.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.errors import MessageError
from email.headerregistry import AddressHeader
from email.message import Message
from email.utils import getaddresses
from inspect import signature
from typing import Literal

from premortem.ledger.contents import Conversation, Mention, Turn
from premortem.listening.formats.decoding import decoded_text
from premortem.listening.formats.document import Document
from premortem.listening.formats.mail_body import body_of
from premortem.listening.formats.mail_cut import new_text
from premortem.listening.formats.times import instant_of_mail

NAME = "mail"
PRECEDENCE = 6
"""By its headers, which are bytes: before every format that wants characters."""

_LOOSELY: dict[str, bool] = {"strict": False} if "strict" in signature(getaddresses).parameters else {}
"""The first patch releases of Python 3.11 know nothing else than loosely."""
_BROKEN = (ValueError, TypeError, LookupError, AttributeError, AssertionError, RecursionError, MessageError)
"""What the standard library raises on headers that break the rules in ways it did not foresee."""

_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,60}):(?:[ \t].*)?$")
_SURE = frozenset({"message-id", "received", "mime-version", "return-path", "delivered-to"})
_SENDERS = frozenset({"from", "received", "return-path", "sender"})
_OF_MAIL = _SURE | _SENDERS | {"to", "cc", "date", "subject", "reply-to", "content-type", "in-reply-to", "references"}


def recognises(document: Document) -> bool:
    """It begins with headers, three of them a mail's, or fewer where they or its name leave no doubt."""
    return begins_as_mail(document.head, document.ends_with(".eml"))


def begins_as_mail(head: str, named_so: bool = False) -> bool:
    """Whether a text begins with the headers of a mail."""
    known: set[str] = set()
    for line in head.lstrip("\ufeff\n\xef\xbb\xbf ").split("\n"):
        found = _FIELD.match(line)
        if found is not None:
            known |= {found[1].lower()} & _OF_MAIL
        elif not line.strip() or not line[:1].isspace():
            break
    if named_so or (_SURE & known and len(known) > 1):
        return bool(known)
    return len(known) > 2 and bool(_SENDERS & known)


def read(document: Document) -> list[Conversation]:
    """One mail."""
    return [as_mail(document.data)]


def as_mail(data: bytes) -> Conversation:
    """The mail in bytes that begin with its headers. Raises RecursionError where it is nested too deeply."""
    message = message_of(data)
    body = body_of(message)
    mentions = tuple(_mentions(message))
    date = _header(message, "date")
    at = instant_of_mail(date) if date else None
    sender = next((one for one in mentions if one.how == "from"), Mention(how="from"))
    new = new_text(body.text, sender.name)
    remarks = [*body.remarks, *new.remarks]
    if at is None:
        remarks.append("It has no date that can be read.")
    if not new.text:
        remarks.append("It has no text.")
    return Conversation(
        type="mail",
        format=NAME,
        turns=(Turn(new.text, sender.name or sender.email),),
        at=at,
        subject=_header(message, "subject"),
        mentions=mentions,
        message_id=_identifier(message, "message-id"),
        in_reply_to=_identifier(message, "in-reply-to"),
        signature=new.signature,
        remarks=tuple(remarks),
    )


def message_of(data: bytes) -> Message:
    """The message in bytes that begin with its headers."""
    return email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n "), policy=email.policy.default)


def _header(message: Message, name: str) -> str | None:
    """A header's value on one line, or as it stands where it breaks the rules too badly to be decoded."""
    raw = next(iter(_raw(message, name)), None)
    if raw is None:
        return None
    try:
        return " ".join(str(_read(name, raw)).split()) or None
    except _BROKEN:
        return " ".join(raw.split()) or None


def _raw(message: Message, name: str) -> list[str]:
    return [_characters(str(value)) for key, value in message.raw_items() if key.lower() == name]


def _read(name: str, raw: str) -> object:
    """A header by the rules. May raise what the standard library raises on headers that break them."""
    return email.policy.default.header_factory(name, "".join(raw.splitlines()))


def _characters(header: str) -> str:
    """A header's characters, where it holds bytes that no rule allows: mostly they are UTF-8 or Western European."""
    if not re.search("[\ud800-\udfff]", header):
        return header
    found = decoded_text(header.encode("utf-8", "surrogateescape"))
    return found.text if found is not None else header


def _identifier(message: Message, name: str) -> str | None:
    """The first identifier in a header, without its angle brackets."""
    value = _header(message, name)
    found = re.search(r"<\s*([^<>]+?)\s*>", value) if value else None
    return found[1] if found else value


def _mentions(message: Message) -> Iterator[Mention]:
    for how, headers in _LINES:
        for header in headers:
            for name, address in _addresses(message, header):
                if name or address:
                    yield Mention(how=how, name=name or None, email=address or None)


_LINES: tuple[tuple[Literal["from", "to", "cc"], tuple[str, ...]], ...] = (
    ("from", ("from",)),
    ("to", ("to",)),
    ("cc", ("cc", "bcc")),
)


def _addresses(message: Message, header: str) -> Iterator[tuple[str, str]]:
    """Names and addresses of a header, also of one that breaks the rules. What has no @ is a name."""
    for raw in _raw(message, header):
        try:
            read = _read(header, raw)
            found = (
                [(one.display_name, one.addr_spec) for one in read.addresses] if isinstance(read, AddressHeader) else []
            )
        except _BROKEN:
            found = getaddresses([raw], **_LOOSELY)
        if not any("@" in address.strip("@") for _, address in found):
            found += [("", address) for address in _ADDRESS.findall(raw)]
        for name, address in found:
            spec = address.strip("<> ")
            yield (_name(name), spec) if "@" in spec.strip("@") else (_name(name or spec.strip("@")), "")


def _name(name: str) -> str:
    return " ".join(name.split()).strip("'\"")
