"""Take back what an import told of a deal: what it set goes back to what stood before, and the ledger keeps both.

Nothing is deleted. The people stay, and so does a deal that the import opened, as a row without stage, amount or end.
A person's word outranks the CRM's: what was taken back comes in again only where the CRM tells something new.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from premortem.ledger.entries import Body, Changed, Entry, Opened, Outcome
from premortem.ledger.fold import deal_as_of
from premortem.ledger.store import Ledger


def undo_export(ledger: Ledger, deal: str, learned: datetime, by: str, now: datetime) -> int:
    """Take back the values and ends that the import of that moment told of a deal; how many there were.

    What was changed since is left as it is. Raises MovedOn where another process wrote of the deal meanwhile.
    """
    entries = ledger.store.read(deal)
    told = list(_corrections(entries, learned)) if entries else []
    if not told:
        return 0
    ledger.store.append([Entry(deal, at, now, f"user:{by}", body) for at, body in told], after=len(entries))
    ledger.reading.refresh(deal)
    return len(told)


def opened_by(entries: list[Entry], learned: datetime) -> bool:
    """Whether the import of that moment opened the deal."""
    return any(isinstance(one.body, Opened) and one.learned == learned for one in entries)


def _corrections(entries: list[Entry], learned: datetime) -> Iterator[tuple[datetime, Body]]:
    brought = [one for one in entries if one.learned == learned and not one.by_a_person]
    rest = [one for one in entries if one.learned != learned or one.by_a_person]
    yield from _values(brought, rest)
    ends = [one for one in brought if isinstance(one.body, Outcome)]
    later = any(isinstance(one.body, Outcome) and one.learned > learned for one in rest)
    if ends and not later:
        before = deal_as_of(rest).outcome if rest else None
        yield before if before is not None else (ends[-1].at, Outcome("open"))


def _values(brought: list[Entry], rest: list[Entry]) -> Iterator[tuple[datetime, Body]]:
    """What stood before at each moment at which the import set a field, where nobody has said so yet."""
    others = sorted((one for one in rest if isinstance(one.body, Changed)), key=lambda one: (one.at, one.learned))
    for one in brought:
        if not isinstance(one.body, Changed):
            continue
        same = [other for other in others if isinstance(other.body, Changed) and other.body.field == one.body.field]
        if any(other.at == one.at and other.by_a_person for other in same):
            continue
        held = [other.body.value for other in same if other.at <= one.at and isinstance(other.body, Changed)]
        yield one.at, Changed(one.body.field, held[-1] if held else None)
