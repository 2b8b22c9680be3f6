"""A CRM's export made from a ledger, and a large one made up, from a seed; how long the large one takes to bring in.

Writes its figures to build/bench/exporting.json.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import resource
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from premortem.acts.bringing_in.bring_in_export import bring_in_export
from premortem.ledger.contents import Card, cards, text
from premortem.ledger.deal import Deal
from premortem.ledger.store import Contents
from premortem.records.opening import open_ledger

RESULT = Path(__file__).parent.parent / "build" / "bench" / "exporting.json"
CLOSED = {
    "won": "Closed Won",
    "lost": "Closed Lost",
    "no_decision": "Closed - No Decision",
    "other_way": "Closed - Other Solution",
    "unknown": "Closed",
}
HEADERS = {
    "Account": "Id,Name,Website,IsDeleted",
    "Contact": "Id,IsDeleted,AccountId,LastName,FirstName,Name,Title,Email,Phone",
    "User": "Id,Username,LastName,FirstName,Name,CompanyName,Title,Email,IsActive,ProfileId",
    "Opportunity": "Id,IsDeleted,AccountId,Name,StageName,Amount,CloseDate,IsClosed,IsWon,CurrencyIsoCode,OwnerId,"
    "CreatedDate,LastModifiedDate,Loss_Reason__c,Competitor__c",
    "OpportunityContactRole": "Id,OpportunityId,ContactId,Role,IsPrimary,IsDeleted",
    "OpportunityTeamMember": "Id,OpportunityId,UserId,TeamMemberRole,IsDeleted",
    "OpportunityHistory": "Id,OpportunityId,StageName,Amount,CloseDate,CreatedDate,IsDeleted",
}
"""Tables of Salesforce's weekly export and some of their columns, after its Object Reference."""
Row = Sequence[object]


class SalesforceExport:
    """Files as Salesforce's weekly export has them, being written into a folder."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._writers = {}
        for table, header in HEADERS.items():
            file = stack.enter_context((folder / f"{table}.csv").open("w", encoding="utf-8", newline=""))
            self._writers[table] = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
            self._writers[table].writerow(header.split(","))
        self._ids: dict[tuple[str, str], str] = {}

    def add(self, table: str, *cells: object) -> None:
        self._writers[table].writerow(["" if cell is None else cell for cell in cells])

    def id(self, prefix: str, key: str) -> tuple[str, bool]:
        """The id of a record, and whether it is new."""
        known = self._ids.get((prefix, key))
        if known is None:
            known = self._ids[prefix, key] = f"{prefix}{len(self._ids):012}AAA"
        return known, known.endswith(f"{len(self._ids) - 1:012}AAA")


def salesforce_export(folder: Path, deals: Iterable[Deal], contents: Contents) -> None:
    """What Salesforce would export of these deals: rows, contacts, stage history, and how they ended."""
    with ExitStack() as stack:
        export = SalesforceExport(folder, stack)
        for deal in deals:
            _add_deal(export, deal, contents)


def _add_deal(export: SalesforceExport, deal: Deal, contents: Contents) -> None:
    assert deal.opened is not None
    assert deal.created is not None
    account, new = export.id("001", deal.opened.account)
    if new:
        export.add("Account", account, deal.opened.account, "", "false")
    people = [one for one in deal.people.values() if one.in_crm and one.card]
    known = cards(contents, {one.card for one in people if one.card})
    owner = ""
    for one in people:
        card = known[one.card] if one.card else None
        if card is not None and one.side == "seller":
            owner = _add_user(export, deal.id, card, deal.opened.seller, owner)
        elif card is not None:
            _add_contact(export, deal.id, card, account)
    ended = deal.outcome
    stage = CLOSED[ended[1].status] if ended else deal.stage
    closes = ended[0].date().isoformat() if ended else deal.planned_close
    reason = text(contents, ended[1].stated_reason) if ended and ended[1].stated_reason else ""
    rival = ended[1].to if ended else ""
    row = (deal.id, "false", account, deal.name, stage, deal.amount, closes, ended is not None)
    won = ended is not None and ended[1].status == "won"
    last = max([one.at for one in (*deal.stages, *deal.amounts, *deal.planned_closes)] + [deal.created])
    export.add("Opportunity", *row, won, deal.opened.currency, owner, when(deal.created), when(last), reason, rival)
    for number, (at, stood) in enumerate(_stood(deal)):
        export.add("OpportunityHistory", f"008{deal.id}{number}", deal.id, *stood, when(at), "false")


def _add_user(export: SalesforceExport, deal: str, card: Card, firm: str, owner: str) -> str:
    user, new = export.id("005", (card.emails or (card.called,))[0])
    first, _, last = (card.name or "").rpartition(" ")
    email = next(iter(card.emails), "")
    if new:
        export.add("User", user, email, last, first, card.name, firm, card.title, email, "true", "00e1")
    export.add("OpportunityTeamMember", f"00q{deal}{user}", deal, user, "", "false")
    return owner or user


def _add_contact(export: SalesforceExport, deal: str, card: Card, account: str) -> None:
    contact, new = export.id("003", f"{account} {next(iter(card.emails), card.called)}")
    first, _, last = (card.name or "").rpartition(" ")
    if new:
        email, phone = next(iter(card.emails), ""), next(iter(card.phones), "")
        export.add("Contact", contact, "false", account, last, first, card.name, card.title, email, phone)
    export.add("OpportunityContactRole", f"00K{deal}{contact}", deal, contact, "", "false", "false")


def _stood(deal: Deal) -> Iterator[tuple[datetime, Row]]:
    """The row's values at each moment at which one of them changed, and at the end."""
    told = sorted({one.at for one in (*deal.stages, *deal.amounts, *deal.planned_closes)})
    for at in told:
        yield at, [_value_at(changes, at) for changes in (deal.stages, deal.amounts, deal.planned_closes)]
    if deal.outcome is not None:
        at, ended = deal.outcome
        yield at, [CLOSED[ended.status], deal.amount, at.date().isoformat()]


def _value_at(changes: Sequence[Any], at: datetime) -> object:
    held = [one.value for one in changes if one.at <= at]
    return held[-1] if held else None


def when(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


STAGES = ("Prospecting", "Qualification", "Needs Analysis", "Value Proposition", "Proposal/Price Quote", "Negotiation")


def large_export(folder: Path, deals: int, rows_a_deal: int) -> None:
    """A firm's export of many opportunities, each with so many rows of history and a contact; made up."""
    chance = random.Random(20_261_122)
    with ExitStack() as stack:
        export = SalesforceExport(folder, stack)
        for number in range(300):
            name, email = f"Rep{number} Seller{number}", f"rep{number}@cadence.example"
            told = (f"Seller{number}", f"Rep{number}", name, "Cadence", "Account Executive", email, "true", "00e1")
            export.add("User", f"005{number:015}", email, *told)
        for number in range(deals // 10 or 1):
            export.add("Account", f"001{number:015}", f"Harbour {number} Ltd", f"www.harbour{number}.example", "false")
        for number in range(deals):
            _add_made_up(export, number, rows_a_deal, chance, deals // 10 or 1)


def _add_made_up(export: SalesforceExport, number: int, rows: int, chance: random.Random, accounts: int) -> None:
    id, account = f"006{number:015}", f"001{number % accounts:015}"
    begun = datetime(2023, 1, 2, 9, tzinfo=UTC) + timedelta(days=chance.randrange(900), seconds=number % 3600)
    days = sorted(chance.uniform(0.1, 180) for _ in range(rows - 1))
    closing, amount = begun + timedelta(days=120), chance.randrange(5, 400) * 1000
    ends = chance.choice(("Closed Won", "Closed Lost", None))
    stage, closes = STAGES[0], closing.date()
    for row, after in enumerate((0.0, *days)):
        at = begun + timedelta(days=after)
        stage = STAGES[min(row * len(STAGES) // rows, 5)] if row + 1 < rows or not ends else ends
        amount += chance.choice((0, 0, 1000, -500))
        closes += timedelta(days=chance.choice((0, 0, 0, 14)))
        export.add("OpportunityHistory", f"008{number:09}{row:06}", id, stage, amount, closes, when(at), "false")
    last = begun + timedelta(days=days[-1])
    closed = (ends is not None, ends == "Closed Won")
    row_told = (id, "false", account, f"Scheduling {number}", stage, amount, closes, *closed, "EUR")
    reason = (
        chance.choice(("Lost to Competitor", "No Decision / Non-Responsive", "Price")) if ends == "Closed Lost" else ""
    )
    export.add("Opportunity", *row_told, f"005{number % 300:015}", when(begun), when(last), reason, "")
    contact = f"003{number:015}"
    email = f"dana{number}@harbour{number % accounts}.example"
    name = (f"Whitlock{number}", "Dana", f"Dana Whitlock{number}")
    export.add("Contact", contact, "false", account, *name, "Plant Lead", email, "")
    export.add("OpportunityContactRole", f"00K{number:015}", id, contact, "", "true", "false")


def measure(deals: int, rows: int) -> dict[str, Any]:
    """Bring a large export in twice, the second time a week later with nothing new."""
    figures: dict[str, Any] = {"deals": deals, "history_rows": deals * rows}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "export"
        folder.mkdir()
        large_export(folder, deals, rows)
        figures["export_mb"] = round(sum(file.stat().st_size for file in folder.iterdir()) / 1e6, 1)
        ledger = open_ledger(f"sqlite:///{place}/ledger.sqlite3")
        now = datetime(2026, 11, 22, 9, tzinfo=UTC)
        for name, at in (("first", now), ("again", now + timedelta(days=7))):
            wall, cpu = time.perf_counter(), time.process_time()
            done = bring_in_export(ledger, folder, at)
            figures[f"{name}_s"] = round(time.perf_counter() - wall, 1)
            figures[f"{name}_cpu_s"] = round(time.process_time() - cpu, 1)
            figures[f"{name}_entries"] = sum(done.written.values())
            figures["peak_memory_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
        figures["ledger_mb"] = round((Path(place) / "ledger.sqlite3").stat().st_size / 1e6, 1)
        ledger.close()
    return figures


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--deals", type=int, default=100_000)
    options.add_argument("--rows", type=int, default=10)
    wanted = options.parse_args()
    figures = measure(wanted.deals, wanted.rows)
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(figures, indent=2) + "\n")
    print(json.dumps(figures, indent=2))  # noqa: T201  a bench prints what it measured


if __name__ == "__main__":
    main()
