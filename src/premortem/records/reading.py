"""Read tables: what lists and lookups need of each deal. They say nothing that the ledger does not."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime
from itertools import chain, groupby, islice
from typing import NamedTuple

import msgspec
from django.db import connections

from premortem.ledger.chain import open_row
from premortem.ledger.deal import Deal
from premortem.ledger.fold import deal_as_of
from premortem.ledger.norms import EndedDeal
from premortem.records.inserting import insert
from premortem.records.locking import whole, writing
from premortem.records.models import READ_TABLES, AlikeRow, DealRow, ReplayRow, ReviewRow
from premortem.records.store import DatabaseStore

DEALS_AT_ONCE = 200
ENDED = ("won", "lost", "other_way", "no_decision")
"""The ends that somebody knows."""


Columns = dict[str, object]
"""A row of a read table, by the names of its columns."""


class DealRows(NamedTuple):
    """All that the read tables hold of a deal, table by table as in `READ_TABLES`."""

    deal: list[Columns]
    touches: list[Columns]
    people: list[Columns]
    facts: list[Columns]


def rows_of(deal: Deal) -> DealRows:
    """A deal as the read tables hold it: a pure function, in an order of its own. A withdrawn deal has no rows."""
    if deal.withdrawn:
        return DealRows([], [], [], [])
    return DealRows([_deal_row(deal)], _touch_rows(deal), _person_rows(deal), _fact_rows(deal))


class ReadTables:
    """The read tables of the ledger in `store`."""

    def __init__(self, alias: str, store: DatabaseStore) -> None:
        self._alias, self._store = alias, store

    def refresh(self, deal: str) -> None:
        """Bring the read tables up to date with the ledger's entries of a deal."""
        with writing(self._alias, deal):
            for table in READ_TABLES:
                table._default_manager.using(self._alias).filter(deal=deal).delete()
            entries = self._store.read(deal)
            if entries:
                view = deal_as_of(entries)
                self._add([rows_of(view)])
                if view.withdrawn:
                    for table in (ReviewRow, AlikeRow, ReplayRow):
                        table._default_manager.using(self._alias).filter(deal=deal).delete()

    def refresh_each(self, deals: Sequence[str]) -> None:
        """As `refresh`, of many deals in one transaction each few hundred."""
        for start in range(0, len(deals), DEALS_AT_ONCE):
            some = sorted(deals[start : start + DEALS_AT_ONCE])
            with ExitStack() as held:
                for deal in some if connections[self._alias].vendor == "postgresql" else some[:1]:
                    held.enter_context(writing(self._alias, deal))
                for table in READ_TABLES:
                    table._default_manager.using(self._alias).filter(deal__in=some).delete()
                self._add([rows_of(deal_as_of(entries)) for _, entries in self._store.read_each(some)])

    def rebuild(self, done: Callable[[str], object] = lambda deal: None) -> int:
        """Make all read tables anew, call `done` with each deal, and say how many there were.

        It is one transaction: whoever reads meanwhile sees the tables as they were. Raises ValueError
        (msgspec.ValidationError is one) for an entry that can't be read; the tables then stay as they were.
        """
        deals = 0
        with whole(self._alias):
            self._keep_others_from_writing()
            for table in READ_TABLES:
                table._default_manager.using(self._alias).all().delete()
            for batch in _batches(self._all_rows()):
                self._add(batch)
                told = [str(row["deal"]) for rows in batch for row in rows.deal]
                deals += len(told)
                for deal in told:
                    done(deal)
        return deals

    def ended(self, before: datetime | None = None, most: int = 1_000) -> list[EndedDeal]:
        """The deals that ended last (before a moment), the newest first."""
        found = DealRow.objects.using(self._alias).filter(status__in=ENDED, ended__isnull=False)
        if before is not None:
            found = found.filter(ended__lt=before)
        columns = ("deal", "status", "created", "ended", "amount", "currency", "buyers", "touches")
        rows = found.order_by("-ended", "deal").values_list(*columns)[:most]
        return [EndedDeal(deal, status == "won", *told) for deal, status, *told in rows]

    def digest(self) -> str:
        """One hash over every value of every read table, the same on every database."""
        whole = hashlib.sha256()
        for table in READ_TABLES:
            fields = [field.attname for field in table._meta.concrete_fields]
            rows = table._default_manager.using(self._alias).order_by("pk").values_list(*fields)
            for row in rows.iterator(chunk_size=2_000):
                whole.update(msgspec.json.encode((table._meta.model_name, row)))
        return whole.hexdigest()

    def _add(self, deals: Sequence[DealRows]) -> None:
        for number, table in enumerate(READ_TABLES):
            insert(self._alias, table, chain.from_iterable(deal[number] for deal in deals))

    def _keep_others_from_writing(self) -> None:
        connection = connections[self._alias]
        if connection.vendor == "postgresql":
            names = ", ".join(connection.ops.quote_name(table._meta.db_table) for table in READ_TABLES)
            with connection.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {names} IN EXCLUSIVE MODE")

    def _all_rows(self) -> Iterator[DealRows]:
        for _, rows in groupby(self._store.rows(), key=lambda row: row.deal):
            yield rows_of(deal_as_of(open_row(row) for row in rows))


def _batches(deals: Iterator[DealRows]) -> Iterator[list[DealRows]]:
    while batch := list(islice(deals, DEALS_AT_ONCE)):
        yield batch


def _deal_row(deal: Deal) -> Columns:
    opened, last_word = deal.opened, deal.last_word_from("buyer")
    seller = deal.owners[-1].value if deal.owners else opened.seller if opened else None
    return {
        "deal": deal.id,
        "name": deal.name,
        "account": opened.account if opened else None,
        "seller": None if seller is None else str(seller),
        "stage": deal.stage,
        "amount": deal.amount,
        "currency": opened.currency if opened else None,
        "planned_close": deal.planned_close,
        "created": deal.created,
        "status": deal.outcome[1].status if deal.outcome else "open",
        "ended": deal.outcome[0] if deal.outcome else None,
        "last_touch_at": deal.touches[-1].at if deal.touches else None,
        "last_buyer_word_at": last_word.at if last_word else None,
        "touches": len(deal.touches),
        "people": len(deal.people),
        "buyers": len(deal.buyers),
        "facts": len(deal.facts),
    }


def _touch_rows(deal: Deal) -> list[Columns]:
    return [
        {
            "deal": deal.id,
            "touch": touch.id,
            "type": touch.type,
            "at": touch.at,
            "learned": touch.learned,
            "raw": touch.raw,
            "words": touch.words,
            "turns": touch.turns,
            "reading": touch.reading,
        }
        for touch in deal.touches
    ]


def _person_rows(deal: Deal) -> list[Columns]:
    return [
        {
            "deal": deal.id,
            "person": person.id,
            "side": person.side,
            "roles": " ".join(sorted(person.roles)),
            "card": person.card,
            "in_crm": person.in_crm,
            "first_named": person.first_named,
            "met": person.met,
        }
        for person in deal.people.values()
    ]


def _fact_rows(deal: Deal) -> list[Columns]:
    return [
        {
            "deal": deal.id,
            "fact": fact.fact,
            "claim": fact.claim,
            "at": known.at,
            "learned": known.learned,
            "touch": fact.touch,
            "turn": fact.turn,
            "start": fact.start,
            "end": fact.end,
            "speaker": fact.speaker,
            "person": fact.person,
            "value": fact.value,
            "reader": fact.reader,
            "confidence": fact.confidence,
            "standing": known.standing,
        }
        for known in deal.facts
        for fact in (known.fact,)
    ]
