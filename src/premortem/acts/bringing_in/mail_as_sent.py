"""A mail as it was sent: all of it, with what was quoted and signed, and its HTML where it came as HTML."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import pairwise

from msgspec import Struct

from premortem.acts.looking.people import deal_in
from premortem.acts.witness import Witness
from premortem.errors import Unknown
from premortem.ledger.contents import Conversation, Mention
from premortem.ledger.entries import TouchId
from premortem.ledger.store import Ledger
from premortem.listening.formats.email_message import as_mail, message_of
from premortem.listening.formats.mail_body import as_sent
from premortem.listening.formats.mailbox import NAME as MAILBOX
from premortem.listening.formats.mailbox import mails_in

FORMATS = ("mail", MAILBOX)
"""The formats of whole mails; what a CRM exported as a mail's text was never one."""
BROKEN_FROM = 60
"""Letters from which on a line of a mail ends where its program broke it; they break at 72 or 76."""


class MailAsSent(Struct, frozen=True):
    """A mail's addresses, its plain text and its HTML. `markup` is what somebody outside wrote: nobody may show it
    before it was made harmless. `remarks` tell what was left out of its reading."""

    deal: str
    deal_name: str
    touch: TouchId
    name: str
    subject: str | None
    at: datetime
    addresses: list[tuple[str, str]]
    text: str
    markup: str
    remarks: list[str]


def mail_as_sent(ledger: Ledger, deal: str, touch: TouchId) -> MailAsSent:
    """Raises Unknown where there is no such mail, or where its words were erased."""
    view = deal_in(ledger, deal)
    known = next((one for one in view.touches if one.id == touch), None)
    if known is None:
        raise Unknown(f"there is no touch '{touch}' in {deal}", "Open it from the deal's page.")
    witness = Witness(view, ledger.contents)
    heard, file = witness.conversation(touch), ledger.contents.get(known.raw)
    if heard is None or file is None:
        raise Unknown(f"the words of '{touch}' were erased", "What was counted in them stays.")
    if heard.format not in FORMATS:
        raise Unknown(f"'{touch}' is no mail", "Open it from the deal's page.")
    text, markup = as_sent(message_of(_mail_in(file, heard)))
    return MailAsSent(
        deal=deal,
        deal_name=view.name,
        touch=touch,
        name=witness.touch_name(touch),
        subject=heard.subject,
        at=known.at,
        addresses=[(one.how, _address(one)) for one in heard.mentions],
        text=text,
        markup=markup,
        remarks=list(heard.remarks),
    )


def flowing(text: str) -> str:
    """A mail whose program broke its lines, in paragraphs again, character by character as long as it was: a break
    after a long line is a blank; after a short one, and before what looks like an item or a quote, it stands."""
    lines = text.split("\n")
    shown = lines[0]
    for line, after in pairwise(lines):
        shown += (" " if len(line) >= BROKEN_FROM and _goes_on(after) else "\n") + after
    return shown


def _goes_on(line: str) -> bool:
    return re.match(r"[\w(\"'“‘]", line) is not None and re.match(r"\d+[.)]\s", line) is None


def _mail_in(file: bytes, heard: Conversation) -> bytes:
    """The mail in its file; of a mailbox the one that reads as this did. Raises Unknown where none does any more."""
    if heard.format != MAILBOX:
        return file
    for mail in mails_in(file):
        read = as_mail(mail)
        if (read.message_id, read.at, read.turns[0].text) == (heard.message_id, heard.at, heard.turns[0].text):
            return mail
    raise Unknown("this mail is read otherwise by now", "Import its mailbox again.")


def _address(one: Mention) -> str:
    return f"{one.name} <{one.email}>" if one.name and one.email else one.name or one.email or ""
