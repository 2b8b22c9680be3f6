"""Deals that ended otherwise than won, and what was entered of the way back, read at once without telling each."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.db.models import F, QuerySet

from premortem.ledger.chain import Row, open_row
from premortem.ledger.entries import Entry as LedgerEntry
from premortem.records.models import DealRow, Entry

LOST = ("lost", "other_way", "no_decision")
KINDS = ("comeback", "outcome")
NEWEST = 500
"""How many of the deals that ended last are looked at: the way back is a matter of years, not of decades."""


class LostDeal(NamedTuple):
    """A deal as a list of lost ones needs it."""

    deal: str
    name: str
    account: str | None
    status: str
    ended: datetime
    amount: float | None
    currency: str | None
    last_word: datetime | None


class LostDeals:
    """The lost deals among those in `seen`, or all of the database that Django knows as `alias`."""

    def __init__(self, alias: str = "default", seen: QuerySet[DealRow] | None = None) -> None:
        self._alias = alias
        self._seen = DealRow.objects.using(alias) if seen is None else seen.using(alias)

    def newest(self, most: int = NEWEST) -> list[LostDeal]:
        """The deals that were lost last, the newest first."""
        found = self._seen.filter(status__in=LOST, ended__isnull=False).order_by(F("ended").desc(), "deal")
        columns = ("deal", "name", "account", "status", "ended", "amount", "currency", "last_buyer_word_at")
        return [LostDeal(*row) for row in found.values_list(*columns)[:most]]

    def steps_and_ends(self, deals: Collection[str]) -> dict[str, list[LedgerEntry]]:
        """Of these deals, the entries that tell of their end and of the way back, in the order they were appended."""
        found: dict[str, list[LedgerEntry]] = {}
        for one in (
            Entry.objects.using(self._alias).filter(deal__in=list(deals), kind__in=KINDS).order_by("deal", "seq")
        ):
            row = Row(one.deal, one.seq, one.kind, one.at, one.learned, one.author, one.body, one.hash)
            found.setdefault(one.deal, []).append(open_row(row))
        return found

    def of_accounts(self, accounts: Collection[str]) -> list[tuple[str, str, datetime]]:
        """The deals of these accounts, ended or not: account, deal, and when it was created."""
        rows = self._seen.filter(account__in=list(accounts), created__isnull=False).order_by("created", "deal")
        told = rows.values_list("account", "deal", "created")
        return [(one, deal, created) for one, deal, created in told if one is not None and created is not None]
