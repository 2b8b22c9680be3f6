"""Names and words put back: whoever shows something of a deal asks the witness who it was and what was said."""

from __future__ import annotations

from msgspec import Struct

from premortem.ledger.contents import ERASED, Card, Conversation, cards, conversation, fill
from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.entries import Hash, PersonId, Quote, TouchId
from premortem.ledger.store import Contents


class Cited(Struct, frozen=True):
    """A quote in its place: `touch` is the name of its file, `before` and `after` are the words around it in its turn.
    `turn` is None in a mail or a note."""

    touch: str
    turn: int | None
    speaker: str | None
    quote: str
    before: str = ""
    after: str = ""
    at: str | None = None
    """When it was said: the day, and in a call how far into it ('2026-02-03, 00:12:03 in')."""


class Witness:
    """Knows the names and the words of one deal."""

    def __init__(self, deal: Deal, contents: Contents) -> None:
        self._deal = deal
        self._contents = contents
        self._heard: dict[Hash, Conversation | None] = {}
        self._words = {known.fact.fact: known.words for known in deal.facts}
        kept = cards(contents, {person.card for person in deal.people.values() if person.card is not None})
        self.cards: dict[PersonId, Card | None] = {
            person.id: kept[person.card] if person.card is not None else None for person in deal.people.values()
        }
        self.names = {one: known.called for one, known in self.cards.items() if known is not None}

    def name(self, person: PersonId | None) -> str | None:
        """How a person is called, '[erased]' where that was erased; None for nobody."""
        return None if person is None else self.names.get(person, ERASED)

    def sentence(self, told: str) -> str:
        """A sentence of a finding with its people's names; whoever has only a title is 'the CFO'."""
        spoken = {one: self._spoken(known) for one, known in self.cards.items() if known is not None}
        filled = fill(told, spoken)
        return filled[:1].upper() + filled[1:]

    @staticmethod
    def _spoken(known: Card) -> str:
        return f"the {known.title}" if known.title and not known.name else known.called

    def conversation(self, touch: TouchId) -> Conversation | None:
        """The turns of a touch; None where they were erased. Raises KeyError for a touch that is not in view."""
        return self._read(self._deal.touch(touch).words)

    def touch_name(self, touch: TouchId) -> str:
        """What a touch's file is called; its kind and day where that was erased."""
        heard = self.conversation(touch)
        if heard is None or heard.name is None:
            known = self._deal.touch(touch)
            return f"{known.type} of {known.at.date().isoformat()}"
        return heard.name

    def said(self, known: DealFact, start: int, end: int) -> str:
        """Characters of the turn that a fact quotes, in the words as they were read then."""
        heard = self._read(known.words)
        return ERASED if heard is None else heard.turns[known.fact.turn].text[start:end]

    def _read(self, words: Hash) -> Conversation | None:
        if words not in self._heard:
            self._heard[words] = conversation(self._contents, words)
        return self._heard[words]

    def cite(self, quote: Quote) -> Cited:
        """A quote with the words around it in its turn."""
        touch = self._deal.touch(quote.touch)
        heard = self._read(self._words.get(quote.fact or "", touch.words))
        speaker = touch.speakers[quote.turn] if quote.turn < len(touch.speakers) else None
        if heard is None:
            return Cited(self.touch_name(touch.id), None, self.name(speaker), ERASED)
        turn = heard.turns[quote.turn]
        when = touch.at.date().isoformat()
        if turn.start is not None:
            when += f", {clock(turn.start)} in"
        return Cited(
            touch=self.touch_name(touch.id),
            turn=quote.turn if touch.type == "call" else None,
            speaker=self.name(speaker) or turn.speaker,
            quote=turn.text[quote.start : quote.end],
            before=turn.text[: quote.start],
            after=turn.text[quote.end :],
            at=when,
        )


def clock(seconds: float) -> str:
    """Seconds from the start of a call as hh:mm:ss."""
    whole = int(seconds)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"
