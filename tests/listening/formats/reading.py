"""How the tests of formats open a text: by the door that everybody uses."""

from __future__ import annotations

import pytest

from premortem.errors import Unreadable
from premortem.ledger.contents import Conversation
from premortem.listening.formats.opening import open_touches


def opened(text: str | bytes, name: str = "talk.txt") -> Conversation:
    """The only conversation in a text."""
    (conversation,) = open_touches(name, text.encode() if isinstance(text, str) else text)
    return conversation


def said(conversation: Conversation) -> list[tuple[str | None, str]]:
    """Who said what."""
    return [(turn.speaker, turn.text) for turn in conversation.turns]


def refused(text: str | bytes, name: str = "talk.txt") -> Unreadable:
    """Why a text is not read."""
    with pytest.raises(Unreadable) as caught:
        opened(text, name)
    assert caught.value.file == name
    assert caught.value.remedy.endswith(".")
    return caught.value
