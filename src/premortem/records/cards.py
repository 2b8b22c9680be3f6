"""People's cards, many at once, and which of them hold a name that somebody looks for."""

from __future__ import annotations

import time
from collections.abc import Collection

from premortem.ledger.contents import Card, cards
from premortem.ledger.entries import Hash
from premortem.records.contents import DatabaseContents
from premortem.records.models import Content, PersonRow

LOOKS_AGAIN_AFTER = 30.0
"""Seconds after which new cards are looked for, though no count has moved."""


class Cards:
    """The cards in the database that Django knows as `alias`.

    What can be looked for is kept in memory, since it never changes under a hash. A card that was erased meanwhile may
    still be found here; whoever shows it reads it anew, and sees that it is gone.
    """

    def __init__(self, alias: str) -> None:
        self._alias = alias
        self._text: dict[Hash, str] = {}
        self._deal: dict[Hash, str] = {}
        self._counts, self._looked = (0, 0), 0.0

    def read(self, keys: Collection[Hash]) -> dict[Hash, Card | None]:
        """The cards kept under these hashes, None where one was erased."""
        return cards(DatabaseContents(self._alias), keys)

    def matching(self, wanted: str) -> list[Hash]:
        """The cards on which each of these words begins a word."""
        self._bring_up_to_date()
        words = [f" {one}" for one in wanted.casefold().split()]
        return [key for key, text in self._text.items() if all(word in text for word in words)]

    def deal_of(self, key: Hash) -> str:
        """The deal that a card which matched belongs to: two deals never share one, since each has its own nonce."""
        return self._deal[key]

    def _bring_up_to_date(self) -> None:
        people = PersonRow.objects.using(self._alias)
        counts = (people.count(), Content.objects.using(self._alias).count())
        if counts == self._counts and time.monotonic() - self._looked < LOOKS_AGAIN_AFTER:
            return
        rows = people.exclude(card=None).order_by().values_list("card", "deal")
        there = {key: deal for key, deal in rows if key is not None}
        for key, card in self.read(there.keys() - self._text.keys()).items():
            self._text[key] = _text(card)
        for gone in self._text.keys() - there.keys():
            del self._text[gone]
        self._deal = there
        self._counts, self._looked = counts, time.monotonic()


def _text(card: Card | None) -> str:
    """What of a card can be looked for; nothing of an erased one."""
    if card is None:
        return ""
    told = (card.name, card.title, card.organisation, *card.emails, *card.labels)
    return f" {' '.join(one for one in told if one)}".casefold()
