"""A mailbox in one file (.mbox): mails one after the other, each begun by a line `From address date`."""

from __future__ import annotations

import re

from msgspec.structs import replace

from premortem.ledger.contents import Conversation
from premortem.listening.formats.document import Document
from premortem.listening.formats.email_message import as_mail, begins_as_mail

NAME = "mailbox"
PRECEDENCE = 5
"""Before the single mail, whose headers a mailbox has below its first line."""

_BEGINNING = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]*\r?\n(?=[A-Za-z][A-Za-z0-9-]*:|>From )")
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)


def recognises(document: Document) -> bool:
    """Its first line begins with 'From ', and headers follow."""
    first, _, rest = document.head.partition("\n")
    return first.startswith("From ") and begins_as_mail(rest, document.ends_with(".mbox"))


def read(document: Document) -> list[Conversation]:
    """A mail for each beginning, in the order of the file."""
    return [replace(as_mail(mail), format=NAME) for mail in mails_in(document.data)]


def mails_in(data: bytes) -> list[bytes]:
    """The mails of a mailbox, each as it would lie in a file of its own."""
    starts = list(_BEGINNING.finditer(data))
    ends = [found.start() for found in starts[1:]] + [len(data)]
    return [_ESCAPED.sub(rb"\1", data[start.end() : end]) for start, end in zip(starts, ends, strict=True)]
