"""Keep a review of every deal, and make only those anew that no longer hold.

A review is a function of a deal's entries, of the checks and of the norms, and of a deal that goes on as it is seen
today. It holds until one of these changes, or until a waiver in it ends. Where many have to be made, two processes or
more share the work.
"""

from __future__ import annotations

import hashlib
import inspect
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import cache, partial
from pathlib import Path

import msgspec
from msgspec import Struct

from premortem import __version__, checks
from premortem import ledger as ledger_package
from premortem.acts.looking.review import deal_shown
from premortem.acts.many_deals import over
from premortem.acts.playbook import Rules, rules_of
from premortem.checks.base import Check, last_day
from premortem.checks.review import Review, review
from premortem.learning.lessons import showing
from premortem.learning.norms import OwnNorms
from premortem.ledger.deal import Deal
from premortem.ledger.deciding import day_of_their_own
from premortem.ledger.entries import Changed, Entry, Opened, Outcome
from premortem.ledger.fold import deal_as_of
from premortem.ledger.store import Ledger, Reviewed, spaced

Progress = Callable[[str, int, int], None]

DEALS_AT_ONCE = 100
WORTH_A_PROCESS = 600
"""Deals from which on it pays to start processes, which takes each of them a second."""
NOT_KNOWN = ("unknown", "asked", "unsure")
"""States of an unknown in which it still is one; that something is not there is an answer."""


class Yardstick(Struct, frozen=True):
    """By what deals are reviewed."""

    put: dict[str, Check]
    own: OwnNorms
    today: date | None

    @property
    def made_by(self) -> str:
        """One hash over the checks, all that they rest on, and the norms."""
        told = (__version__, _source(), [(name, _written(one)) for name, one in self.put.items()], self.own)
        return hashlib.sha256(msgspec.json.encode(told)).hexdigest()[:16]


def review_changed(
    ledger: Ledger,
    rules: Rules | None = None,
    today: date | None = None,
    only: Collection[str] | None = None,
    progress: Progress | None = None,
) -> int:
    """Review every deal (of `only`, where given) whose kept review no longer holds, and say how many these were.

    They are looked at by `rules`, or by what the ledger alone says. Raises ValueError for an entry that can't be read.
    """
    rules = rules or rules_of(ledger)
    by = Yardstick(rules.put, rules.norms_at(), today)
    made_by = by.made_by
    deals = ledger.reviews.outdated(made_by, today, only)
    done = 0
    work = partial(_reviewed, by.own, today, made_by)
    for made in over(ledger, deals, by.put, rules.playbook.file, work, DEALS_AT_ONCE, WORTH_A_PROCESS):
        ledger.reviews.keep(made)
        done += len(made)
        if progress is not None and made:
            progress(made[-1].deal, done, len(deals))
    return done


def _reviewed(
    own: OwnNorms, today: date | None, made_by: str, ledger: Ledger, put: Mapping[str, Check], deals: Sequence[str]
) -> list[Reviewed]:
    by = Yardstick(dict(put), own, today)
    return [_kept(entries, by, made_by) for _, entries in ledger.store.read_each(deals)]


def _kept(entries: list[Entry], by: Yardstick, made_by: str) -> Reviewed:
    row = [entry for entry in entries if isinstance(entry.body, Opened | Changed | Outcome)]
    whole = deal_as_of(row or entries)
    norms = by.own.of(whole.amount, whole.opened.currency if whole.opened else None)
    found = review(entries, norms=norms, put=by.put, today=by.today)
    counted = Counter(finding.severity for finding in found.findings)
    not_known = [one.what for one in found.unknowns if one.state in NOT_KNOWN]
    shown = showing(found)
    return Reviewed(
        deal=found.deal.id,
        entries=len(entries),
        made_by=made_by,
        until=_until(found, whole),
        as_of=found.deal.as_of,
        high=counted["high"],
        medium=counted["medium"],
        low=counted["low"],
        gravest=found.likely_cause[0] if found.likely_cause else None,
        failed=len(found.failed),
        head=msgspec.json.encode(deal_shown(found.deal, whole)).decode(),
        findings=msgspec.json.encode(found.findings).decode(),
        unknown=len(not_known),
        not_known=msgspec.json.encode(not_known).decode(),
        buyer_day=buyers_day(found.deal),
        raised=spaced(shown.raised),
        said=spaced(shown.said),
    )


def buyers_day(deal: Deal) -> date | None:
    """The day that the buyer set for deciding in the shared plan, else the last day of the newest date that they gave;
    None where none is a day."""
    if (theirs := day_of_their_own(deal)) is not None:
        return theirs
    given = (last_day(known.fact.value) for known in reversed(deal.said("decision_date_stated")))
    return next((day for day in given if day is not None), None)


def _until(found: Review, whole: Deal) -> date | None:
    """The last day on which a review holds: for a deal that goes on, the day from which it is seen, else the day on
    which the first waiver ends that sets a finding aside."""
    if whole.outcome is None:
        return found.deal.as_of.date()
    return min((waiver.until for _, waiver in found.waived if waiver.until is not None), default=None)


@cache
def _source() -> str:
    """One hash over the text of the checks and of the ledger's own logic."""
    told = hashlib.sha256()
    for room in (*checks.__path__, *ledger_package.__path__):
        for file in sorted(Path(room).glob("*.py")):
            told.update(file.read_bytes())
    return told.hexdigest()


@cache
def _written(check: Check) -> str:
    """The text of the file that a check stands in: somebody else's may change while ours stay as they were."""
    try:
        file = inspect.getsourcefile(inspect.unwrap(check))
    except TypeError:
        return ""
    return hashlib.sha256(Path(file).read_bytes()).hexdigest() if file and Path(file).exists() else ""
