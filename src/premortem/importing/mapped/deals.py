"""An export and its mapping → its deals, one after the other, each with its history, people and end."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime

from msgspec.structs import replace

from premortem.importing.mapped.columns import Columns, columns_of
from premortem.importing.mapped.endings import Endings
from premortem.importing.mapped.histories import Histories, but_the_end
from premortem.importing.mapped.lookups import Accounts, Belonging, Directory, written_out
from premortem.importing.mapped.mapping import Activities, Mapping, listed
from premortem.importing.mapped.sources import no_deals
from premortem.importing.mapped.survey import Survey
from premortem.importing.tables.crm import CrmDeal, CrmOutcome, CrmPerson, Field, Value
from premortem.importing.tables.folder import Export
from premortem.importing.tables.mended import is_mended, mended_first
from premortem.importing.tables.sheet import NotTaken, Told, bare
from premortem.importing.tables.styles import currency_in

Progress = Callable[[str, int, int], None]
ROUNDED = re.compile(r"\d[.,]\d+E\+\d+$", re.IGNORECASE)
Seen = tuple[int, int, bool]
"""The line of a deal's row, the hash of its cells, and whether it was given back mended."""
CONTROL = re.compile(r"[\x00-\x1f]")


class DealsTold:
    """The deals of an export. `endings` and `accounts` say, once all are read, what was taken for what."""

    def __init__(self, export: Export, mapping: Mapping, told: Told) -> None:
        """Finds the styles of all columns. Raises Unreadable where no table holds deals, or its id is not there."""
        self._mapping, self._told = mapping, told
        self._tables = mended_first(export.tables)
        self.survey = Survey(mapping)
        self.endings = Endings(mapping.outcomes, mapping.reasons)
        self.accounts, self.contacts, self.users = Accounts(), Directory(), Directory()
        self.histories, self._belonging = Histories(), Belonging()
        self.remarks: list[str] = []
        self.counts: Counter[str] = Counter()
        self.activities: list[tuple[Columns, Activities]] = [
            (columns, part)
            for part in mapping.activities
            for columns in columns_of(self._tables, part, self.survey, told)
        ]
        """Tables of what happened, and how each is read."""
        others = {columns.sheet.file for columns, _ in self.activities}
        tables = [sheet for sheet in self._tables if sheet.file not in others]
        self._deals = columns_of(tables, mapping.deals, self.survey, told)
        if not self._deals or not any(one.has("id") for one in self._deals):
            raise no_deals(export, mapping)
        self._histories = [
            (columns, part) for part in mapping.history for columns in columns_of(self._tables, part, self.survey, told)
        ]
        for columns in self._deals:
            for header in filter(None, (self._stage_of(header) for header in columns.sheet.header)):
                place = columns.sheet.header.index(header[1])
                self.survey.look(columns.sheet, [place], [])

    def deals(self, progress: Progress | None = None, settled: bool = True) -> Iterator[CrmDeal]:
        """Each deal once. Raises Unreadable where a column's style is open, before the first of them; with `settled`
        false what is not sure in such a column is told, and left out."""
        if settled:
            self.survey.settle()
        self._read_lookups()
        for columns, part in self._histories:
            for rows in self.histories.read(columns, part):
                if progress is not None:
                    progress(f"the history in {columns.sheet.file}", rows, 0)
        seen: dict[str, Seen] = {}
        for columns in self._deals:
            for line, cells in columns.sheet.rows(self._told):
                deal = self._deal(columns, line, cells, seen)
                if deal is not None:
                    self.counts["deals"] += 1
                    yield deal
        self._say_what_is_left()

    def _read_lookups(self) -> None:
        mapping, tables = self._mapping, self._tables
        if mapping.accounts is not None:
            for columns in columns_of(tables, mapping.accounts, self.survey, self._told):
                self.accounts.read(columns)
        for part, directory, ours in ((mapping.contacts, self.contacts, False), (mapping.users, self.users, True)):
            if part is not None:
                for columns in columns_of(tables, part, self.survey, self._told):
                    directory.read(columns, None if ours else self.accounts, ours)
        for link in mapping.links:
            for columns in columns_of(tables, link, self.survey, self._told):
                self._belonging.read(columns, link, mapping.roles)

    def _deal(self, columns: Columns, line: int, cells: list[str], seen: dict[str, Seen]) -> CrmDeal | None:
        id = columns.text(line, cells, "id")
        if not self._takes(columns, line, cells, id, seen):
            return None
        created, modified = columns.moment(line, cells, "created"), columns.moment(line, cells, "modified")
        began = created.at if created else None
        changes = self.histories.of(id, began)
        changes += self._stage_days(columns, line, cells)
        deal = CrmDeal(
            id,
            columns.text(line, cells, "name") or id,
            self._account(columns, line, cells),
            seller=self._mapping.seller or next((name for name, _ in self.users.companies.most_common(1)), ""),
            currency=self._currency(columns, line, cells),
            created=began,
            changes=sorted(changes, key=lambda one: one[0]),
            file=columns.sheet.file,
            line=line,
            cells=tuple(cells),
        )
        deal.outcome = self._outcome(columns, line, cells, deal)
        deal.changes = but_the_end(deal.changes, deal.outcome.at if deal.outcome else None)
        deal.present = self._present(columns, line, cells, deal)
        ended = deal.outcome.at if deal.outcome else None
        deal.present_at = ended or (modified.at if modified else None)
        deal.people = list(self._people(columns, line, cells, id))
        return deal

    def _takes(self, columns: Columns, line: int, cells: list[str], id: str, seen: dict[str, Seen]) -> bool:
        if not id:
            columns.refuse(line, cells, "id", "the deal's id is missing", "Write the CRM's own number or id.")
            return False
        if columns.truth(line, cells, "deleted"):
            self.counts["deleted"] += 1
            return False
        if ROUNDED.fullmatch(id):
            why = "the id was rounded by a spreadsheet, so nobody can tell which deal this is"
            columns.refuse(
                line, cells, "id", why, "Export again, and import the file without opening it in a spreadsheet."
            )
            return False
        if CONTROL.search(id):
            columns.refuse(line, cells, "id", "the id holds control characters", "Write the CRM's own number or id.")
            return False
        before, same, mended = seen.get(id), hash(tuple(cells)), is_mended(columns.sheet)
        if before is not None:
            if before[2] and not mended:
                self.counts["mended"] += 1
            elif before[1] != same:
                why = f"this id stands on line {before[0]} too, with other values: that row was taken"
                columns.refuse(line, cells, "id", why, "Keep the row that is right, and take the other one out.")
            return False
        seen[id] = (line, same, mended)
        return True

    def _account(self, columns: Columns, line: int, cells: list[str]) -> str:
        told = columns.text(line, cells, "account")
        if not told:
            return ""
        if not len(self.accounts):
            by_id = bare(columns.sheet.header[columns.at["account"]]).endswith("id")
            self.counts["accounts by id alone"] += by_id
            return "" if by_id else told
        found = self.accounts.find(told)
        if found is None and self.accounts.by_id:
            why = "no account of the export has this id"
            remedy = "Export the accounts too, or write the account's name."
            columns.odd(line, cells, columns.at["account"], why, remedy)
            return ""
        return found or told

    def _currency(self, columns: Columns, line: int, cells: list[str]) -> str | None:
        told = columns.text(line, cells, "currency").upper()
        amount = columns.text(line, cells, "amount") or columns.text(line, cells, "end_amount")
        found = told if re.fullmatch(r"[A-Z]{3}", told) else currency_in(amount) or self._mapping.currency
        return sys.intern(found) if found else None

    def _stage_of(self, header: str) -> tuple[str, str] | None:
        """The stage of which a column tells since when it held, and the column."""
        for stage, names in self._mapping.stage_days.items():
            if header in listed(names):
                return stage, header
        found = re.fullmatch(self._mapping.stage_day, header) if self._mapping.stage_day else None
        return (found[1], header) if found else None

    def _stage_days(self, columns: Columns, line: int, cells: list[str]) -> Iterator[tuple[datetime, Field, Value]]:
        for place, header in enumerate(columns.sheet.header):
            stage = self._stage_of(header)
            if stage is None:
                continue
            value = columns.cell(line, cells, place)
            moment = self.survey.days(columns.sheet, place).read(value) if value else None
            if value and moment is None:
                columns.odd(line, cells, place, "this is no day", "Write it as YYYY-MM-DD.")
            if moment is not None:
                yield moment.at, "stage", stage[0]

    def _outcome(self, columns: Columns, line: int, cells: list[str], deal: CrmDeal) -> CrmOutcome | None:
        stage = columns.text(line, cells, "outcome") or columns.text(line, cells, "stage")
        closed, won = columns.truth(line, cells, "is_closed"), columns.truth(line, cells, "is_won")
        reason = columns.text(line, cells, "reason")
        status = self.endings.told(stage, closed, won, reason)
        if status is None:
            return None
        ended = columns.moment(line, cells, "ended")
        into = [at for at, field, value in deal.changes if field == "stage" and value == stage]
        planned = None if ended or into else columns.moment(line, cells, "planned_close")
        at = ended.at if ended else into[-1] if into else planned.at if planned else None
        return CrmOutcome(status, at, columns.text(line, cells, "rival") or None, reason or None)

    def _present(self, columns: Columns, line: int, cells: list[str], deal: CrmDeal) -> dict[Field, Value]:
        """The values of today. The day on which a deal ended is no plan, and what it came to no estimate."""
        told: dict[Field, Value] = {}
        if stage := columns.text(line, cells, "stage"):
            told["stage"] = sys.intern(stage)
        amount = columns.number(line, cells, "amount")
        if amount is None and deal.outcome is not None:
            amount = columns.number(line, cells, "end_amount")
        micros = columns.number(line, cells, "micros")
        if amount is not None or micros is not None:
            told["amount"] = amount if amount is not None else (micros or 0) / 1_000_000
        planned = columns.moment(line, cells, "planned_close")
        ended = deal.outcome.at if deal.outcome else None
        if planned is not None and (ended is None or planned.at.date() != ended.date()):
            told["planned_close"] = planned.at.date().isoformat()
        if owner := columns.text(line, cells, "owner"):
            known = self.users.find(owner)
            told["owner"] = sys.intern((known.name or known.email or owner) if known else owner)
        return told

    def _people(self, columns: Columns, line: int, cells: list[str], id: str) -> Iterator[CrmPerson]:
        for told, ours, roles in self._belonging.of(id):
            known = (self.users if ours else self.contacts).find(told)
            if known is None:
                self.counts["links to nobody"] += 1
            else:
                yield replace(known, roles=roles) if roles else known
        for told in filter(None, re.split(r"[;,](?=\s*\S)", columns.text(line, cells, "contacts"))):
            known = self.contacts.find(told.strip())
            yield from [known] if known else (one for one in written_out(told) if not (one.name or "").isdigit())
        name, email = columns.text(line, cells, "contact_name"), columns.text(line, cells, "contact_email").lower()
        if name or email:
            title, phone = columns.text(line, cells, "contact_title"), columns.text(line, cells, "contact_phone")
            known = self.contacts.find(email or name)
            yield known or CrmPerson(name or None, title or None, email or None, phone or None)

    def _say_what_is_left(self) -> None:
        left = self.histories.left()
        for deal in left[:100]:
            why = "a history is told of this deal, and no row of deals has it"
            self._told(NotTaken("history", 0, "", deal, why, "Export the deal itself too.", False))
        if len(left) > 100:
            self.remarks.append(f"Of {len(left) - 100:,} further deals there is a history, and no row.")
        if mended := self.counts["mended"]:
            self.remarks.append(f"{mended:,} rows stand in a table of mended rows too: that one was taken.")
        if deleted := self.counts["deleted"]:
            self.remarks.append(f"{deleted:,} rows are deleted in the CRM, and were passed over.")
        if lost := self.counts["links to nobody"]:
            self.remarks.append(f"{lost:,} links of people to deals name somebody whom the export does not have.")
        if alone := self.counts["accounts by id alone"]:
            self.remarks.append(f"{alone:,} deals tell their account by an id alone: export the table of accounts too.")
        for (told, taken), rows in sorted(self.accounts.matched.items()):
            self.remarks.append(f"The account '{told}' ({rows:,} deals) was taken for '{taken}': the same name.")
