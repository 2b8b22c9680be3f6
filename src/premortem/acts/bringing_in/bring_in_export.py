"""Bring in an export of the CRM: deals with their history, people and ends, many at once.

What the export tells with a moment counts from that moment. Of what it tells without one, a deal that ended had it by
its end, and one that is open by the last change of its record, or else by this import: never from its beginning.
What the ledger knows already adds nothing, so next week's export adds only what is new.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path

from msgspec import Struct

from premortem.acts.bringing_in.activities import ActivitiesBrought, ActivityImport
from premortem.acts.bringing_in.bring_in import Progress
from premortem.acts.bringing_in.crm_news import News, Told, known_cards
from premortem.acts.bringing_in.known_deal import held_from
from premortem.acts.bringing_in.propose_mapping import mapping_for
from premortem.errors import Unknown
from premortem.importing.mapped.activities import ActivityRows
from premortem.importing.mapped.deal_names import DealNames
from premortem.importing.mapped.deals import DealsTold
from premortem.importing.mapped.mapping import Mapping
from premortem.importing.mapped.survey import StyleFound
from premortem.importing.placing.privacy import Privacy
from premortem.importing.tables.crm import CrmActivity, CrmDeal
from premortem.importing.tables.folder import Export, open_export
from premortem.importing.tables.misspelled import misspelled
from premortem.importing.tables.sheet import NotTaken
from premortem.ledger.case_safe import short
from premortem.ledger.entries import Entry
from premortem.ledger.store import Ledger, MovedOn

DEALS_AT_ONCE = 400
MOST_LISTED = 5_000
"""Rows and cells not taken that are kept to be listed; all of them are counted."""


class Taken(Struct, frozen=True):
    """A value of the export and what it was taken for, with how many deals have it."""

    value: str
    taken_for: str
    deals: int


class ExportBrought(Struct):
    """What an import of an export did, or would do. `schema` changes when a meaning does.

    `deals` are all that the export tells, `new` those that the ledger did not have, `changed` those of which it learned
    something. `outcomes` counts all of them by how they ended. `written` counts entries by their kind.
    `asked` are questions that only somebody who knows can answer: who may be the same.
    """

    source: str
    called: str
    deals: int = 0
    new: int = 0
    changed: int = 0
    people: int = 0
    unsure: int = 0
    history_rows: int = 0
    outcomes: dict[str, int] = {}
    written: dict[str, int] = {}
    files: list[str] = []
    styles: list[StyleFound] = []
    currencies: dict[str, int] = {}
    stages: list[Taken] = []
    reasons: list[Taken] = []
    remarks: list[str] = []
    asked: list[str] = []
    misspelled: list[str] = []
    left_out: list[NotTaken] = []
    headers: dict[str, list[str]] = {}
    rows_left_out: int = 0
    cells_left_out: int = 0
    activities: ActivitiesBrought | None = None
    """Mails, calls, meetings and notes; None where the export has no table of them."""
    touched: list[str] = []
    """The deals of which the ledger learned something."""
    schema: str = "premortem.import-export/1"


def bring_in_export(
    ledger: Ledger,
    path: Path,
    now: datetime,
    mapping: Mapping | None = None,
    progress: Progress | None = None,
    write: bool = True,
    privacy: Privacy | None = None,
) -> ExportBrought:
    """Import an export; with `write` false only say what an import would do.

    Activities that `privacy` forbids to read are left out.
    Without a `mapping` the export is known by its headers, or a mapping is proposed for it.

    Raises Unreadable where nothing at the path is a table of deals or a column's style is open, and Unknown where the
    tables are of no CRM that is known and too little can be told of them.
    """
    export = open_export(path)
    mapping = mapping or mapping_for(export)
    return _ExportImport(ledger, export, mapping, now, progress, write, privacy or Privacy()).all()


class _ExportImport:
    """One export being brought in, some deals at a time."""

    def __init__(
        self,
        ledger: Ledger,
        export: Export,
        mapping: Mapping,
        now: datetime,
        progress: Progress | None,
        write: bool,
        privacy: Privacy,
    ) -> None:
        self._ledger, self._export, self._mapping = ledger, export, mapping
        self._activities = ActivityImport(ledger, now, privacy, progress, write)
        self._names = DealNames(held_from(ledger, mapping))
        self._touched: set[str] = set()
        self._now, self._progress, self._write = now, progress, write
        self._done = ExportBrought(mapping.source, mapping.called or mapping.source)
        self._kinds: Counter[str] = Counter()
        self._outcomes: Counter[str] = Counter()
        self._currencies: Counter[str] = Counter()
        self._undated = 0
        self._told = DealsTold(export, mapping, self._leave_out)
        self._lines = sum(sheet.lines for sheet in export.tables if mapping.deals.fits(sheet))

    def all(self) -> ExportBrought:
        self._open_files()
        deals = self._told.deals(self._progress, settled=self._write)
        while some := list(islice(deals, DEALS_AT_ONCE)):
            self._take(some)
            if self._progress is not None:
                self._progress("deals", self._done.deals, max(self._lines, self._done.deals))
        if self._told.activities:
            self._done.activities = self._activities.all(self._happened())
        return self._whole()

    def _happened(self) -> Iterator[CrmActivity]:
        rows = ActivityRows(self._names, self._told, self._activities.leave_out, self._now)
        for columns, part in self._told.activities:
            yield from rows.read(columns, part)

    def _leave_out(self, what: NotTaken) -> None:
        self._done.rows_left_out += what.whole
        self._done.cells_left_out += not what.whole
        if len(self._done.left_out) < MOST_LISTED:
            self._done.left_out.append(what)

    def _open_files(self) -> None:
        done = self._done
        for sheet in self._export.tables:
            columns = f"parted by {sheet.separator}, {len(sheet.header)} columns"
            done.files.append(f"{sheet.file}: {sheet.encoding}, {columns}")
            done.remarks += sheet.remarks
            done.headers[sheet.file] = sheet.header
        for error in self._export.unread:
            self._leave_out(NotTaken(error.file, 0, "", "", error.why, error.remedy))

    def _take(self, deals: list[CrmDeal]) -> None:
        self._as_the_ledger_has_them(deals)
        while True:
            try:
                told = self._news(deals)
                if self._write:
                    self._append(told)
                break
            except MovedOn:
                continue  # another process wrote meanwhile: think again with what the ledger holds now
        for one in told:
            self._count(one)

    def _as_the_ledger_has_them(self, deals: list[CrmDeal]) -> None:
        """A deal that the ledger has under Salesforce's shorter form of its id keeps that one."""
        shorter = {short(deal.id): deal.id for deal in deals} if self._mapping.ids == "salesforce" else {}
        known = [one for one, longer in shorter.items() if one != longer]
        held = {id for id, _ in self._ledger.store.read_each(known)} if known else set()
        held -= {short(id) for id, _ in self._ledger.store.read_each([shorter[one] for one in held])} if held else set()
        for deal in deals:
            told = deal.id
            if short(told) in held:
                deal.id = short(told)
            self._names.add(deal.id, deal.name, told, str(deal.present.get("owner") or ""))

    def _news(self, deals: Sequence[CrmDeal]) -> list[Told]:
        held = dict(self._ledger.store.read_each([deal.id for deal in deals]))
        cards = known_cards(self._ledger.contents, held.values())
        return [
            News(deal, held.get(deal.id, []), cards, self._ledger.contents, self._mapping.source, self._now).told()
            for deal in deals
        ]

    def _append(self, told: Sequence[Told]) -> None:
        fresh = [one for one in told if one.entries]
        self._ledger.contents.keep_each([data for one in fresh for data in one.kept])
        self._ledger.store.append_each([(one.entries, one.after) for one in fresh])
        self._ledger.reading.refresh_each([one.deal.id for one in fresh])

    def _count(self, told: Told) -> None:
        done, deal = self._done, told.deal
        done.deals += 1
        opens = any(entry.kind == "opened" for entry in told.entries)
        done.new += opens
        done.changed += not opens and bool(told.entries)
        if told.entries:
            self._touched.add(deal.id)
        self._undated += told.undated
        self._outcomes[deal.outcome.status if deal.outcome else "open"] += 1
        self._currencies[deal.currency or "not told"] += 1
        self._count_entries(told.entries)
        for odd in told.odd:
            self._leave_out(odd)

    def _count_entries(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            self._kinds[entry.kind] += 1
            if entry.kind == "person":
                self._done.people += 1
                self._done.unsure += bool(getattr(entry.body, "unsure", ()))

    def _whole(self) -> ExportBrought:
        done, told = self._done, self._told
        done.outcomes, done.written = dict(sorted(self._outcomes.items())), dict(sorted(self._kinds.items()))
        done.currencies = dict(self._currencies.most_common())
        done.styles, done.history_rows = told.survey.found, told.histories.rows
        done.stages = [Taken(*pair, deals) for pair, deals in sorted(told.endings.met.items())]
        done.reasons = [Taken(*pair, deals) for pair, deals in sorted(told.endings.reasons_met.items())]
        done.remarks += told.remarks
        done.asked = list(told.accounts.alike())
        done.touched = sorted(self._touched | self._activities.touched)
        done.misspelled = list(misspelled(self._export.tables, self._mapping.spelling))
        if self._undated:
            done.remarks.append(f"{self._undated:,} deals have no day of their beginning: they count from this import.")
        if done.unsure:
            done.asked.append(
                f"{done.unsure:,} people may be somebody whom the deal has already: see `premortem people`."
            )
        if not done.deals and not done.left_out:
            raise Unknown("the export's tables of deals hold no row", "Export them again, with records.")
        return done
