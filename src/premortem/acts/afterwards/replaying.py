"""Keep what the replay of every deal that ended tells, and make only those anew that no longer hold.

It rests on the deal's entries, on the checks, and on what is usual now; where one of these changes, it is made anew.
Where many have to be made, two processes or more share the work, as with reviews.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from premortem import learning
from premortem.acts.afterwards.post_mortem import our_names
from premortem.acts.looking.reviewing import WORTH_A_PROCESS, Progress, Yardstick
from premortem.acts.many_deals import over
from premortem.acts.playbook import Rules, rules_of
from premortem.checks.base import Check
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
    work = partial(_replayed, by.own, made_by)
    for made in over(ledger, deals, by.put, rules.playbook.file, work, DEALS_AT_ONCE, WORTH_A_PROCESS // 4):
        kept.keep(made)
        done += len(made)
        if progress is not None and made:
            progress(made[-1].deal, done, len(deals))
    return done


def _replayed(
    own: OwnNorms, made_by: str, ledger: Ledger, put: Mapping[str, Check], deals: Sequence[str]
) -> list[Replayed]:
    by, each = Yardstick(dict(put), own, None), ledger.store.read_each(deals)
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
