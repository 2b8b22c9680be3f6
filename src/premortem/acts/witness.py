"""Names and words put back: whoever shows something of a deal asks the witness who it was and what was said."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct

from premortem.ledger.contents import ERASED, Card, Conversation, cards, conversation, conversations, fill
from premortem.ledger.deal import Deal, DealFact, DealTouch
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
    day: str | None = None
    """The day alone ('2026-02-03')."""
    start: int | None = None
    """How many seconds into the call, where that is known."""


class Witness:
    """Knows the names and the words of one deal. `kept` are cards that were read already, `heard` such words."""

    def __init__(
        self,
        deal: Deal,
        contents: Contents,
        kept: Mapping[Hash, Card | None] | None = None,
        heard: dict[Hash, Conversation | None] | None = None,
    ) -> None:
        self.deal = deal
        self._contents = contents
        self._heard = {} if heard is None else heard
        self._words = {known.fact.fact: known.words for known in deal.facts}
        if kept is None:
            kept = cards(contents, _cards_of(deal))
        self.cards: dict[PersonId, Card | None] = {
            person.id: kept[person.card] if person.card is not None else None for person in deal.people.values()
        }
        self.names = {one: known.called for one, known in self.cards.items() if known is not None}
        self._in_sentences = {one: self._spoken(known) for one, known in self.cards.items() if known is not None}

    def name(self, person: PersonId | None) -> str | None:
        """How a person is called, '[erased]' where that was erased; None for nobody."""
        return None if person is None else self.names.get(person, ERASED)

    def sentence(self, told: str) -> str:
        """A sentence of a finding with its people's names; whoever has only a title is 'the CFO'."""
        filled = fill(told, self._in_sentences)
        return filled[:1].upper() + filled[1:]

    @staticmethod
    def _spoken(known: Card) -> str:
        return f"the {known.title}" if known.title and not known.name else known.called

    def conversation(self, touch: TouchId) -> Conversation | None:
        """The turns of a touch; None where they were erased. Raises KeyError for a touch that is not in view."""
        return self._read(self.deal.touch(touch).words)

    def hear(self, touches: Iterable[DealTouch]) -> None:
        """Read the words of these touches at once: of many, it is faster than one by one as they are asked for."""
        self._heard.update(conversations(self._contents, {touch.words for touch in touches} - self._heard.keys()))

    def touch_name(self, touch: TouchId) -> str:
        """What a touch's file is called; its kind and day where that was erased."""
        heard = self.conversation(touch)
        if heard is None or heard.name is None:
            known = self.deal.touch(touch)
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

    def words_of(self, quote: Quote) -> Hash:
        """Where the words lie that a quote is cut from: those of the reading that gave its fact."""
        return self._words.get(quote.fact or "") or self.deal.touch(quote.touch).words

    def cite(self, quote: Quote) -> Cited:
        """A quote with the words around it in its turn."""
        touch = self.deal.touch(quote.touch)
        heard = self._read(self.words_of(quote))
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
            day=touch.at.date().isoformat(),
            start=None if turn.start is None else int(turn.start),
        )


class Witnesses:
    """The witnesses of several deals, whose cards are read at once."""

    def __init__(self, deals: Collection[Deal], contents: Contents) -> None:
        self._contents = contents
        self._heard: dict[Hash, Conversation | None] = {}
        kept = cards(contents, {key for deal in deals for key in _cards_of(deal)})
        self._of = {deal.id: Witness(deal, contents, kept, self._heard) for deal in deals}

    def of(self, deal: str) -> Witness:
        return self._of[deal]

    def hear(self, quotes: Iterable[tuple[str, Quote]]) -> None:
        """Read the words of these quotes, each of a deal, at once."""
        wanted = {self._of[deal].words_of(quote) for deal, quote in quotes}
        self._heard.update(conversations(self._contents, wanted - self._heard.keys()))


def _cards_of(deal: Deal) -> set[Hash]:
    return {person.card for person in deal.people.values() if person.card is not None}


def clock(seconds: float) -> str:
    """Seconds from the start of a call as hh:mm:ss."""
    whole = int(seconds)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"
