"""Work over many deals of a ledger, a batch at a time: here where they are few, else in processes of their own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

from premortem.acts.playbook import rules_of
from premortem.checks.base import Check
from premortem.ledger.store import Ledger

T = TypeVar("T")
Work = Callable[[Ledger, Mapping[str, Check], Sequence[str]], list[T]]
"""What is made of a batch of deals, by these checks. It goes to other processes, so it must not hold a check itself."""

AT_MOST = 4
"""Processes: each takes some 120 MB."""


def over(
    ledger: Ledger,
    deals: Sequence[str],
    put: Mapping[str, Check],
    playbook: Path | None,
    work: Work[T],
    at_once: int,
    worth_a_process: int,
) -> Iterator[list[T]]:
    """What `work` makes of each batch of `at_once` deals, in their order.

    From `worth_a_process` deals on processes share the work, where the ledger can be opened elsewhere; each reads the
    checks of the `playbook` anew, since checks of one's own don't travel.
    """
    some = [deals[start : start + at_once] for start in range(0, len(deals), at_once)]
    elsewhere = ledger.elsewhere() if len(deals) >= worth_a_process else None
    if elsewhere is None:
        for few in some:
            yield work(ledger, put, few)
        return
    workers = min(os.cpu_count() or 1, AT_MOST)
    # A process that forks would share this one's connection to the database: new ones are started instead.
    with ProcessPoolExecutor(workers, get_context("spawn"), _Worker.start, (elsewhere, playbook, work)) as pool:
        yield from pool.map(_Worker.made, some)


class _Worker:
    """What a process that works has open."""

    ledger: Ledger
    put: Mapping[str, Check]
    work: Work[Any]

    @classmethod
    def start(cls, opened: Callable[[], Ledger], playbook: Path | None, work: Work[Any]) -> None:
        cls.ledger, cls.put, cls.work = opened(), rules_of(None, playbook).put, staticmethod(work)

    @classmethod
    def made(cls, deals: Sequence[str]) -> list[Any]:
        return cls.work(cls.ledger, cls.put, deals)
