"""What a reader gets to read, and what it proposes.

A scene is a touch whose speakers are known people. A reader looks at it and proposes readings: this stretch of words
carries that claim. It never creates people and never writes entries; `listen.py` does both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol

from msgspec import Struct

from premortem.ledger.claims import Claim
from premortem.ledger.contents import Conversation, Turn
from premortem.ledger.entries import PersonId, Role, Side


class Someone(Struct, frozen=True):
    """A person as a reader sees them: by name, since readers read names. `aliases` are other ways they are called."""

    id: PersonId
    side: Side
    name: str | None = None
    title: str | None = None
    aliases: tuple[str, ...] = ()
    roles: frozenset[Role] = frozenset()


class Scene(Struct, frozen=True):
    """A touch with its people. `speakers` has one entry a turn: who speaks it, None where nobody can tell.

    `present` are those who take part in this touch in any way; `people` everybody whom the deal knows so far.
    """

    conversation: Conversation
    speakers: tuple[PersonId | None, ...]
    people: Mapping[PersonId, Someone]
    present: frozenset[PersonId]
    day: date
    account: str = ""
    seller: str = ""
    rivals: tuple[str, ...] = ()
    """Rivals that this deal, or the firm, has met before, by name."""

    @property
    def in_note(self) -> bool:
        return self.conversation.type == "note"

    @property
    def turns(self) -> tuple[Turn, ...]:
        return self.conversation.turns

    def side(self, turn: int) -> str:
        """Which side speaks a turn: 'buyer', 'seller', 'outside' or 'unknown'."""
        speaker = self.speakers[turn]
        known = self.people.get(speaker) if speaker is not None else None
        return known.side if known is not None else "unknown"


class Named(Struct, frozen=True):
    """Somebody spoken of whom the deal may not know yet: by name, by title, or both, as said."""

    name: str | None = None
    title: str | None = None


class Reading(Struct, frozen=True):
    """A proposal: characters `start` to `end` of a turn carry a claim, with `confidence` in 0..1.

    `person` is whom the claim is about where the deal knows them, `named` where it may not. `value` is normalised
    (a topic, a rival's name, '11000 USD', '2026-05-09' or '2026-05-09/2026-05-30'), `value_at` its span as said.
    """

    claim: Claim
    turn: int
    start: int
    end: int
    confidence: float
    person: PersonId | None = None
    named: Named | None = None
    value: str | None = None
    value_at: tuple[int, int] | None = None
    reader: str = ""
    """Whose proposal it is; filled in for the reader."""


class Reader(Protocol):
    """One module of `readers/`: it declares what it gives and what it needs read before it."""

    GIVES: frozenset[Claim]
    NEEDS: frozenset[Claim]
    VERSION: str

    def read(self, scene: Scene, before: Iterable[Reading]) -> Iterable[Reading]:
        """Readings of this scene; `before` holds what the readers of its NEEDS found."""
