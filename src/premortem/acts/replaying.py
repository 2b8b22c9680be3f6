"""Keep what the replay of every deal that ended tells, and make only those anew that no longer hold.

It rests on the deal's entries, on the checks, and on what is usual now; where one of these changes, it is made anew.
Where many have to be made, two processes or more share the work, as with reviews.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from premortem import learning
from premortem.acts.playbook import Rules, rules_of
from premortem.acts.post_mortem import our_names
from premortem.acts.reviewing import AT_MOST, WORTH_A_PROCESS, Progress, Yardstick
from premortem.checks.review import review
from premortem.learning.factors import factors
from premortem.learning.norms import OwnNorms, segment
from premortem.learning.replay import replay
from premortem.learning.why import Answer, answers
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Entry
from premortem.ledger.fold import deal_as_of
from premortem.ledger.replayed import Replayed
from premortem.ledger.store import Contents, Ledger

if TYPE_CHECKING:  # a process that starts to work has no database open yet
    from premortem.records.replays import Replays

DEALS_AT_ONCE = 25
"""A replay takes as long as many reviews."""
LIKELIEST = 3
LETTER = {"yes": "y", "no": "n", "unknown": "u"}


class Why(Struct, frozen=True):
    """Why an answer is what it is, as it is kept."""

    answers: tuple[Answer, ...]


def replay_changed(ledger: Ledger, kept: Replays, rules: Rules | None = None, progress: Progress | None = None) -> int:
    """Replay every deal that ended and whose kept replay no longer holds, and say how many these were.

    Raises ValueError for an entry that can't be read.
    """
    rules = rules or rules_of(ledger)
    by = Yardstick(rules.put, rules.norms_at(), None)
    made_by = hashlib.sha256(f"{by.made_by} {_source()}".encode()).hexdigest()[:16]
    deals = kept.outdated(made_by)
    done = 0
    for made in _made(ledger, deals, by, made_by, rules.playbook.file):
        kept.keep(made)
        done += len(made)
        if progress is not None and made:
            progress(made[-1].deal, done, len(deals))
    return done


def _made(
    ledger: Ledger, deals: Sequence[str], by: Yardstick, made_by: str, playbook: Path | None
) -> Iterator[list[Replayed]]:
    some = [deals[start : start + DEALS_AT_ONCE] for start in range(0, len(deals), DEALS_AT_ONCE)]
    elsewhere = ledger.elsewhere() if len(deals) >= WORTH_A_PROCESS // 4 else None
    if elsewhere is None:
        for few in some:
            yield _replayed(ledger, few, by, made_by)
        return
    set_up = (elsewhere, playbook, by.own, made_by)
    # New processes instead of forks: those would share this one's connection to the database.
    workers = min(os.cpu_count() or 1, AT_MOST)
    with ProcessPoolExecutor(workers, get_context("spawn"), _Worker.start, set_up) as pool:
        yield from pool.map(_Worker.work, some)


class _Worker:
    """What a process that replays has open."""

    ledger: Ledger
    by: Yardstick
    made_by: str

    @classmethod
    def start(cls, opened: Callable[[], Ledger], playbook: Path | None, own: OwnNorms, made_by: str) -> None:
        cls.ledger, cls.made_by = opened(), made_by
        cls.by = Yardstick(rules_of(None, playbook).put, own, None)

    @classmethod
    def work(cls, deals: Sequence[str]) -> list[Replayed]:
        return _replayed(cls.ledger, deals, cls.by, cls.made_by)


def _replayed(ledger: Ledger, deals: Sequence[str], by: Yardstick, made_by: str) -> list[Replayed]:
    each = ledger.store.read_each(deals)
    return [one for _, entries in each if (one := _one(entries, ledger.contents, by, made_by)) is not None]


def _one(entries: list[Entry], contents: Contents, by: Yardstick, made_by: str) -> Replayed | None:
    """None where the deal goes on after all."""
    whole = deal_as_of(entries)
    if whole.outcome is None:
        return None
    ended, outcome = whole.outcome
    currency = whole.opened.currency if whole.opened else None
    norms = by.own.of(whole.amount, currency)
    found = review(entries, norms=norms, put=by.put, dated=False)
    lived = replay(entries, norms, by.put)
    likeliest = factors(lived, found.findings, outcome.status)[:LIKELIEST] if outcome.status != "won" else ()
    said = answers(found.deal, norms)
    return Replayed(
        deal=whole.id,
        entries=len(entries),
        made_by=made_by,
        status=outcome.status,
        ended=ended,
        segment=segment(whole.amount, currency) or "",
        seller=_seller(whole, contents),
        answers="".join(LETTER[one.said] for one in said),
        factors=" ".join(one.check for one in likeliest),
        blind=msgspec.json.encode({life.check: life.days_blind for life in lived.lives}).decode(),
        told=msgspec.json.encode(Why(said)).decode(),
    )


def _seller(deal: Deal, contents: Contents) -> str:
    """The firm or the unit that sold, as the CRM's row names it; nothing where it names one of our people."""
    seller = deal.opened.seller if deal.opened else ""
    return "" if seller in our_names(deal, contents) else seller


@cache
def _source() -> str:
    """One hash over the text of what a replay rests on besides the checks and the ledger's logic."""
    told = hashlib.sha256(Path(__file__).read_bytes())
    for room in learning.__path__:
        for file in sorted(Path(room).glob("*.py")):
            told.update(file.read_bytes())
    return told.hexdigest()
