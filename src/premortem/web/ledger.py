"""The ledger that the pages show: the one that the settings' database holds."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from pathlib import Path
from time import monotonic

from premortem.acts.playbook import Rules, rules_of
from premortem.learning.norms import OwnNorms
from premortem.ledger.deal import Deal
from premortem.ledger.norms import Norms
from premortem.playbook.reading import NAME
from premortem.records.opening import Ledger, open_ledger

A_WHILE = 300
"""Seconds for which what is usual is kept: it rests on hundreds of ended deals."""


class PageRules(Rules, frozen=True):
    """The rules of pages: what is usual for the one deal that is looked at is kept for a while, by the month."""

    def norms_of(self, deal: Deal) -> Norms:
        currency = deal.opened.currency if deal.opened else None
        return usual(deal.as_of.date()).of(deal.amount, currency)


@cache
def ledger() -> Ledger:
    """Opened once a process; threads share it."""
    return open_ledger()


def rules() -> Rules:
    """By which rules deals are looked at: the playbook named in the environment, else the one beside the ledger."""
    return _rules(ledger().place, *_playbook())


def playbook_place() -> Path | None:
    """The file that PREMORTEM_PLAYBOOK names, else the one beside the ledger's. It need not be there yet; None where
    the ledger is no file and nothing is named."""
    if named := os.environ.get("PREMORTEM_PLAYBOOK"):
        return Path(named).expanduser()
    beside = Path(ledger().place)
    return beside.parent / NAME if beside.is_file() else None


def _playbook() -> tuple[Path | None, int]:
    """The playbook's file, and when it was written last. One that is named and missing is an error of its reader's."""
    file = playbook_place()
    if file is not None and file.is_file():
        return file, file.stat().st_mtime_ns
    return (file if os.environ.get("PREMORTEM_PLAYBOOK") else None), 0


@lru_cache(maxsize=8)
def _rules(place: str, file: Path | None, written: int) -> Rules:
    """Read anew where the file was written since; `place` and `written` only tell one state from another."""
    return PageRules(rules_of(ledger(), file).playbook, ledger())


def usual(before: date | None = None) -> OwnNorms:
    """What is usual in this firm now; or by what had ended before the month of a day, so that the past can't peek."""
    since = datetime(before.year, before.month, 1, tzinfo=UTC) if before else None
    return _usual(ledger().place, _playbook(), since, int(monotonic() // A_WHILE))


@lru_cache(maxsize=128)
def _usual(place: str, book: tuple[Path | None, int], before: datetime | None, while_: int) -> OwnNorms:
    """All but `before` only tell one state of the ledger and the playbook from another."""
    return rules().norms_at(before)
