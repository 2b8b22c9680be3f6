"""Begin a buyer's project: from what our own won deals went through, else from what every such project needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from premortem.acts.buying.project_change import Hand
from premortem.acts.telling.judge import entries_of
from premortem.buying.project import plan_of
from premortem.buying.templates import Past, Step, due_on, template
from premortem.errors import Unknown
from premortem.ledger.contents import ERASED, keep_text, text
from premortem.ledger.entries import Entry, Milestone
from premortem.ledger.fold import deal_as_of
from premortem.ledger.store import Ledger, MovedOn

YOUNGEST = 200
"""Ended deals that are looked through for plans, the newest first."""
TOO_FAR = timedelta(days=3 * 366)
"""How far from today a project may begin."""


class Begun(NamedTuple):
    """What a plan began with, and of how many own won deals that is; 0 where it is the guess."""

    steps: tuple[Step, ...]
    of: int


def template_of(ledger: Ledger, but: str = "") -> Begun:
    """What a plan would begin with now; `but` is the deal that it is for."""
    return Begun(*template(_past(ledger, but)))


def begin(ledger: Ledger, deal: str, by: str, start: date, now: datetime) -> Begun:
    """Lay out the steps of the template from a day on, shared. Raises Unknown where the deal has tasks already."""
    entries = entries_of(ledger, deal)
    if plan_of(deal_as_of(entries).milestones).tasks:
        raise Unknown(f"the plan of '{deal}' has tasks already", "Change these: what a buyer has touched is theirs.")
    if abs(start - now.date()) > TOO_FAR:
        raise Unknown(f"{start.isoformat()} lies too far away", "Begin within three years of today.")
    begun = template_of(ledger, deal)
    told = [Entry(deal, now, now, Hand.ours(by).author, one) for one in _laid_out(ledger, begun.steps, start)]
    try:
        ledger.store.append(told, after=len(entries))
    except MovedOn as moved:
        raise Unknown("somebody else writes to this deal at this very moment", "Look at it, and try again.") from moved
    ledger.reading.refresh(deal)
    return begun


def _laid_out(ledger: Ledger, steps: Sequence[Step], start: date) -> Iterator[Milestone]:
    for step in steps:
        yield Milestone(
            f"m-{ledger.contents.nonce()}",
            keep_text(ledger.contents, step.title),
            step.whose,
            due=due_on(step, start),
            element=step.element,
            effort=step.hours,
            due_set_by="rep",
            shared=True,
        )


def _past(ledger: Ledger, but: str) -> Iterator[Past]:
    won = [one.deal for one in ledger.reading.ended(most=YOUNGEST) if one.won and one.deal != but]
    for _, entries in ledger.store.read_each(won):
        if any(isinstance(entry.body, Milestone) for entry in entries):
            view = deal_as_of(entries)
            titles = {name: text(ledger.contents, one.title) for name, one in view.milestones.items()}
            account = view.opened.account if view.opened else view.id
            yield Past(view, account, {name: told for name, told in titles.items() if told != ERASED})
