"""A file → the conversations it holds, whatever its format.

Formats are found by their place: every module beside this one that has `NAME`, `PRECEDENCE`, `recognises` and `read`.
Others add theirs by an entry point in the group `premortem.formats` that names such a module. They are asked in the
order of their precedence, then of their names, and the first that recognises the file reads it.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Protocol, cast

from msgspec.structs import replace

from premortem.errors import Unreadable
from premortem.ledger.contents import Conversation, Mention, Turn
from premortem.listening import formats
from premortem.listening.formats.document import Document
from premortem.listening.formats.foreign import refuse_foreign
from premortem.listening.formats.times import day_in_name

LIMIT = 50 * 1024 * 1024
"""Bytes that a file may have: ten times the longest day of talk in any format read here."""

GROUP = "premortem.formats"

_HALF = re.compile("[\ud800-\udfff]")


class Format(Protocol):
    """A module that reads one format. Lower PRECEDENCE is asked first: 5 to 40 know a file by what only they have,
    50 to 60 by the shape of its lines, 90 takes what is left."""

    NAME: str
    PRECEDENCE: int

    def recognises(self, document: Document) -> bool:
        """Whether this format reads the file: by its content; its name only breaks a tie."""

    def read(self, document: Document) -> list[Conversation]:
        """Its conversations. Raises Unreadable with place and remedy."""


@cache
def known_formats() -> tuple[Format, ...]:
    """All formats, in the order in which they are asked."""
    beside = [
        importlib.import_module(f"{formats.__name__}.{one.name}") for one in pkgutil.iter_modules(formats.__path__)
    ]
    added = [point.load() for point in entry_points(group=GROUP)]
    found = [cast(Format, module) for module in (*beside, *added) if hasattr(module, "PRECEDENCE")]
    return tuple(sorted(found, key=lambda one: (one.PRECEDENCE, one.NAME)))


def open_file(path: Path) -> list[Conversation]:
    """The conversations of a file on disk. Raises Unreadable where no format can read it or the disk can't give it."""
    return open_touches(path.name, bytes_of(path))


def bytes_of(path: Path) -> bytes:
    """A file's bytes, read only if it is not over the limit. Raises Unreadable where it is, or can't be read."""
    try:
        size = path.stat().st_size
        if size > LIMIT:
            raise _too_large(path.name, size)
        return path.read_bytes()
    except OSError as fault:
        why = (fault.strerror or str(fault)).lower()
        raise Unreadable(path.name, "", f"it can't be read from disk: {why}", "Check that it is there.") from fault


def open_touches(name: str, data: bytes) -> list[Conversation]:
    """The conversations in a file's bytes, at least one; `name` is its own name, without folders.

    Raises Unreadable with place and remedy where no format can read it.
    """
    if len(data) > LIMIT:
        raise _too_large(name, len(data))
    refuse_foreign(name, data)
    document = Document(name, data)
    try:
        chosen = next((one for one in known_formats() if one.recognises(document)), None)
        conversations = chosen.read(document) if chosen is not None else []
    except RecursionError as fault:
        raise Unreadable(name, "", "it is nested too deeply", "Export it again, or as plain text.") from fault
    if not conversations:
        raise Unreadable(
            name,
            "",
            "no format that is known reads it",
            "Export it as WebVTT, SRT, text with 'Name: text' lines, or .eml.",
        )
    return [_dated(_whole(one), name) for one in conversations]


def _too_large(name: str, size: int) -> Unreadable:
    megabytes = f"{size / 1024 / 1024:.0f} MB, over the limit of {LIMIT // 1024 // 1024} MB"
    return Unreadable(name, "", f"it has {megabytes}", "Split it, or export the text alone without attachments.")


def _dated(conversation: Conversation, name: str) -> Conversation:
    """Where the file says no time, the day with which its name begins counts."""
    if conversation.at is not None or (day := day_in_name(name)) is None:
        return conversation
    return replace(conversation, at=day, day_only=True)


def _whole(conversation: Conversation) -> Conversation:
    """No half characters, which JSON and headers of mails can hold and UTF-8 can't: U+FFFD instead, with a remark."""
    mended = replace(
        conversation,
        turns=tuple(_mended_turn(turn) for turn in conversation.turns),
        mentions=tuple(_mended_mention(mention) for mention in conversation.mentions),
        **{
            field: _mend(getattr(conversation, field))
            for field in ("subject", "message_id", "in_reply_to", "signature")
        },
        remarks=tuple(_mend(remark) or "" for remark in conversation.remarks),
    )
    if mended == conversation:
        return conversation
    return replace(mended, remarks=(*mended.remarks, "Some characters were broken; each shows as \ufffd."))


def _mended_turn(turn: Turn) -> Turn:
    return replace(turn, text=_mend(turn.text) or "", speaker=_mend(turn.speaker))


def _mended_mention(mention: Mention) -> Mention:
    return replace(
        mention, name=_mend(mention.name), email=_mend(mention.email), organisation=_mend(mention.organisation)
    )


def _mend(text: str | None) -> str | None:
    return None if text is None else _HALF.sub("\ufffd", text)
