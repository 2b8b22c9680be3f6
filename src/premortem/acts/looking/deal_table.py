"""The table of deals: for each what is open in it, what is not known, and how its dates stand to each other."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date

import msgspec
from msgspec import Struct

from premortem.importing.tables.cells import defused
from premortem.records.deal_lists import A_PAGE, DealLists, Wanted, reviews_of
from premortem.records.models import DealRow, ReviewRow

AT_ONCE = 5_000
"""Reviews that are asked for at once when the whole table is written."""
HEADINGS = {
    "id": "deal",
    "name": "name",
    "account": "account",
    "seller": "seller",
    "stage": "stage",
    "status": "status",
    "amount": "amount",
    "currency": "currency",
    "high": "high findings",
    "medium": "medium findings",
    "low": "low findings",
    "unknown": "unknowns",
    "not_known": "not known",
    "last_word": "last word from the buyer",
    "silent_days": "days since",
    "buyer_day": "the buyer's date",
    "planned_close": "our close",
    "cause": "likely cause",
    "owner": "owner",
}


class DealLine(Struct, frozen=True):
    """A deal in the table. What its review would tell is None where it was not reviewed yet.

    `owner` is the member whose deal it is; `seller` whom the CRM names, or else our firm. `early_days` is by how many
    days our close comes before the buyer's own day; below nought it comes after it.
    """

    id: str
    name: str
    account: str | None
    seller: str | None
    stage: str | None
    status: str
    amount: float | None
    currency: str | None
    last_word: date | None
    silent_days: int | None
    planned_close: date | None
    reviewed: bool = False
    high: int | None = None
    medium: int | None = None
    low: int | None = None
    unknown: int | None = None
    not_known: tuple[str, ...] = ()
    buyer_day: date | None = None
    early_days: int | None = None
    cause: str | None = None
    owner: str | None = None

    @property
    def late_days(self) -> int:
        """By how many days our close comes after the buyer's own day."""
        return max(0, -(self.early_days or 0))


class DealTable(Struct, frozen=True):
    """One page of the table; `total` deals fit the filters, `stages` are those that there are to filter by."""

    lines: list[DealLine]
    total: int
    page: int
    pages: int
    stages: list[str]


def deal_table(lists: DealLists, wanted: Wanted, today: date, page: int = 1) -> DealTable:
    """A page of the table; of a page that is not there, the nearest."""
    total = lists.count(wanted, today)
    pages = max(1, -(-total // A_PAGE))
    page = min(max(1, page), pages)
    rows = lists.rows(wanted, today, (page - 1) * A_PAGE)
    return DealTable(_lines(lists, rows, today), total, page, pages, lists.stages(wanted.whose))


def table_csv(lists: DealLists, wanted: Wanted, today: date) -> str:
    """All deals that fit the filters, in their order, for a spreadsheet; no cell of it is taken for a formula."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(HEADINGS.values())
    rows = lists.rows(wanted, today, most=None)
    for start in range(0, len(rows), AT_ONCE):
        for line in _lines(lists, rows[start : start + AT_ONCE], today):
            writer.writerow(_cells(line))
    return written.getvalue()


def _cells(line: DealLine) -> Iterator[object]:
    for field in HEADINGS:
        value = getattr(line, field)
        told = "; ".join(value) if isinstance(value, tuple) else value
        yield defused(told) if isinstance(told, str) else told


def _lines(lists: DealLists, rows: list[DealRow], today: date) -> list[DealLine]:
    reviews = reviews_of([row.deal for row in rows])
    owners = lists.owners([row.deal for row in rows])
    return [deal_line(row, reviews.get(row.deal), today, owners.get(row.deal)) for row in rows]


def deal_line(row: DealRow, review: ReviewRow | None, today: date, owner: str | None = None) -> DealLine:
    """A deal's line, from its row and its review."""
    word = row.last_buyer_word_at.date() if row.last_buyer_word_at else None
    line = DealLine(
        id=row.deal,
        name=row.name,
        account=row.account,
        seller=row.seller,
        stage=row.stage,
        status=row.status,
        amount=row.amount,
        currency=row.currency,
        last_word=word,
        silent_days=(today - word).days if word else None,
        planned_close=row.planned_close,
        owner=owner,
    )
    if review is None:
        return line
    day, ours = review.buyer_day, row.planned_close
    return msgspec.structs.replace(
        line,
        reviewed=True,
        high=review.high,
        medium=review.medium,
        low=review.low,
        unknown=review.unknown,
        not_known=msgspec.json.decode(review.not_known, type=tuple[str, ...]),
        buyer_day=day,
        early_days=(day - ours).days if day and ours else None,
        cause=review.gravest,
    )
