"""Any other plain text is a note whose author the file does not name."""

from __future__ import annotations

import re

from premortem.ledger.contents import Conversation
from premortem.listening.formats.document import Document
from premortem.listening.formats.note import as_note

NAME = "plain text"
PRECEDENCE = 90
"""Last: it takes whatever text no other format knows."""

_MARKUP = re.compile(r"\s*(?:<[a-z!?/]|\{\s*[\"}]|\[\s*[\[{\"])", re.IGNORECASE)


def recognises(document: Document) -> bool:
    """Text that is neither markup nor data, with words in it."""
    return not _MARKUP.match(document.text) and re.search(r"[^\W\d_]{2}", document.text) is not None


def read(document: Document) -> list[Conversation]:
    """One note without an author."""
    return [as_note(document)]
