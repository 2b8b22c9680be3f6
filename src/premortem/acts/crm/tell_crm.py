"""Tell the CRM: what we have to say of open deals, into the fields that the user named, and only where it changed.

A dry run says what stands there and what would. Writing goes batch by batch, and each batch is noted in the log before
the next, so that whatever breaks off goes on where it stopped when it is run again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Literal, Protocol

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from premortem.acts.crm.crm_fields import CRMS, Naming, check
from premortem.acts.crm.crm_words import WORDS, DealWords
from premortem.acts.looking.reviewing import Progress
from premortem.records.told_crm import ToldOnce
from premortem.writing_back.crm import Crm, Field, HungUp, Refused, Row, Value
from premortem.writing_back.fitting import Unfit, fitted, same
from premortem.writing_back.patience import AGAIN

Became = Literal["would be told", "told", "same", "refused", "left"]
STAMP = "reviewed_at"
"""Written only beside another change: a day that moves on by itself is no news."""
EXPORT_AGAIN = "Import the CRM's export again, so that the ledger learns of it; or share the record with this user."


class FieldChange(Struct, frozen=True):
    """A field whose value is another than ours."""

    word: str
    field: str
    old: Value
    new: Value


class TellLine(Struct, frozen=True):
    """An open deal: what becomes of it, the fields that differ, and what could not be told of it and why.

    `left` was not reached, and will be when it is run again.
    """

    deal: str
    name: str
    record: str | None
    became: Became
    changes: list[FieldChange] = []
    why: str = ""
    remedy: str = ""


class TellDocument(Struct):
    """What was told to a CRM, or would be. `fields` are ours and theirs, `quoting` those of ours that may name or
    quote somebody. `schema` changes when a field's meaning does."""

    crm: str
    called: str
    written: bool
    fields: dict[str, str]
    quoting: list[str]
    lines: list[TellLine]
    remarks: list[str] = []
    hung_up: str = ""
    schema: str = "premortem.tell-crm/1"

    @property
    def counts(self) -> Counter[str]:
        return Counter(line.became for line in self.lines)


class Log(Protocol):
    """Where it is noted what was written."""

    def add(self, told: Sequence[ToldOnce]) -> None: ...


def tell_crm(
    named: Naming,
    crm: Crm,
    words: Sequence[DealWords],
    log: Log,
    by: str,
    now: datetime,
    write: bool = False,
    progress: Progress | None = None,
) -> TellDocument:
    """Compare what we have to say with what stands in the CRM and, with `write`, write what differs.

    What the CRM refuses of a record is told in its line, and the others go on. Raises Unreadable where a field named is
    not there or not ours to write, and HungUp where the CRM can't be asked at all.
    """
    there = crm.fields(named.fields.values())
    check(named, there)
    ours = [one for one in words if one.sources & named.sources]
    lines = list(_Comparing(named, crm, there).lines(ours))
    document = TellDocument(named.crm, CRMS[named.crm], write, named.fields, named.quoting, lines)
    if others := len(words) - len(ours):
        document.remarks.append(f"{others:,} open deals are from elsewhere, and have no record there.")
    if write:
        document.lines, document.hung_up = _write(crm, there, lines, _Noting(log, named, by, now), progress)
    return document


class _Comparing:
    """What we have to say, beside what stands in the CRM."""

    def __init__(self, named: Naming, crm: Crm, there: Mapping[str, Field]) -> None:
        self._named, self._crm, self._there = named, crm, there

    def lines(self, words: Sequence[DealWords]) -> Iterator[TellLine]:
        records = self._crm.records([one.deal for one in words])
        taken = Counter(records.values())
        wanted = sorted(record for record, deals in taken.items() if deals == 1)
        values = self._crm.values(wanted, [self._there[name] for name in self._named.fields.values()])
        for one in words:
            record = records.get(one.deal)
            line = TellLine(one.deal, one.name, record, "refused")
            if record is None:
                why = f"'{one.deal}' is no id of {CRMS[self._named.crm]}"
                yield replace(line, why=why, remedy="Import the CRM's own export, with its own ids.")
            elif taken[record] > 1:
                why = "two deals of the ledger are this record"
                yield replace(line, why=why, remedy="Undo the import of one of them.")
            elif record not in values:
                yield replace(line, why="the record is deleted, or this user does not see it", remedy=EXPORT_AGAIN)
            else:
                yield self._line(line, one, values[record])

    def _line(self, line: TellLine, one: DealWords, old: Mapping[str, Value]) -> TellLine:
        changes, unfit = [], []
        for word, name in self._named.fields.items():
            field = self._there[name]
            new = fitted(one.said[word], WORDS[word].told, field)
            if isinstance(new, Unfit):
                unfit.append(new)
            elif word == STAMP or not same(old.get(name), new, field):
                changes.append(FieldChange(word, name, old.get(name), new))
        if all(change.word == STAMP and change.old for change in changes):
            changes = []
        became: Became = "would be told" if changes else "refused" if unfit else "same"
        why, remedy = "; ".join(each.why for each in unfit), " ".join(dict.fromkeys(each.remedy for each in unfit))
        return replace(line, became=became, changes=changes, why=why, remedy=remedy)


class _Noting:
    """The log, as this run fills it. Words are not kept: a row says that they were written."""

    def __init__(self, log: Log, named: Naming, by: str, now: datetime) -> None:
        self._log, self._named, self._by, self._now = log, named, by, now

    def note(self, lines: Sequence[TellLine]) -> None:
        self._log.add([self._row(line, change) for line in lines for change in line.changes])

    def _row(self, line: TellLine, change: FieldChange) -> ToldOnce:
        old, new = ("", "") if WORDS[change.word].quotes else (_json(change.old), _json(change.new))
        record = line.record or ""
        return ToldOnce(self._now, self._by, self._named.crm, line.deal, record, change.word, change.field, old, new)


def _json(value: Value) -> str:
    return msgspec.json.encode(value).decode()


def _write(
    crm: Crm, there: Mapping[str, Field], lines: Sequence[TellLine], noting: _Noting, progress: Progress | None
) -> tuple[list[TellLine], str]:
    """The lines as they became, and why the CRM hung up, if it did."""
    waiting = [line for line in lines if line.changes]
    became: dict[str, TellLine] = {}
    hung_up = ""
    for start in range(0, len(waiting), crm.at_once):
        batch = waiting[start : start + crm.at_once]
        rows = [Row(line.record or "", {one.field: one.new for one in line.changes}) for line in batch]
        try:
            refused = {one.record: one for one in crm.write(rows, there)}
        except HungUp as end:
            hung_up = str(end)
            done = [_done(line, None) if line.record in end.written else _left(line, end) for line in waiting[start:]]
        else:
            done = [_done(line, refused.get(line.record or "")) for line in batch]
        noting.note([line for line in done if line.became == "told"])
        became |= {line.deal: line for line in done}
        if hung_up:
            break
        if progress is not None:
            progress("deals", min(start + crm.at_once, len(waiting)), len(waiting))
    return [became.get(line.deal, line) for line in lines], hung_up


def _done(line: TellLine, refused: Refused | None) -> TellLine:
    if refused is None:
        return replace(line, became="told")
    return replace(line, became="refused", why=refused.why, remedy=refused.remedy)


def _left(line: TellLine, end: HungUp) -> TellLine:
    return replace(line, became="left", why=end.why, remedy=AGAIN)
