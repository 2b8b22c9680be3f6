"""The problems of one deal as they are shown, with who met each, its clock, and what to ask."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from premortem.acts.buying.entering import read_deal
from premortem.acts.buying.problems_shown import ClockShown, clock_shown, day_shown, since_when
from premortem.acts.witness import Witness
from premortem.buying.problems import Met
from premortem.ledger.contents import text
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Problem
from premortem.ledger.norms import Norm, Norms
from premortem.ledger.store import Contents, Ledger

WHO_ELSE = "Who else are you looking at since this came up?"
"""A failing evaluation sends a customer to look around the same day: asked, it can still be answered."""


class ProblemShown(Struct, frozen=True):
    """A problem of one deal, with who met it."""

    id: str
    words: str
    state: str
    met_by: str | None
    met: str | None
    moment: str
    breaks_trust: bool
    likelihood: float | None
    area: str | None
    known: str | None
    ticket: str | None
    answered: str | None
    disclosed: str | None
    closed: str | None
    closed_by: str | None
    clock: ClockShown | None
    ask: str | None


class DealProblems(Struct, frozen=True):
    """The problems of a deal, unsolved ones first."""

    deal: str
    name: str
    as_of: str
    problems: list[ProblemShown]
    clock: Norm
    schema: str = "premortem.deal-problems/1"


def deal_problems(ledger: Ledger, deal: str, today: date, norms: Norms | None = None) -> DealProblems:
    """The problems of a deal. Raises Unknown for one that is not there."""
    entries, view = read_deal(ledger, deal)
    days, witness = (norms or Norms()).problem_answer_days, Witness(view, ledger.contents)
    some = sorted(since_when(entries), key=lambda one: (one[0].state == "closed", one[1], one[0].problem))
    shown = [_shown(one, since, view, witness, ledger.contents, days.value, today) for one, since in some]
    return DealProblems(deal, view.name, today.isoformat(), shown, days)


def _shown(
    one: Problem, since: date, view: Deal, witness: Witness, contents: Contents, days: float, today: date
) -> ProblemShown:
    return ProblemShown(
        id=one.problem,
        words=text(contents, one.words),
        state=one.state,
        met_by=witness.name(one.met_by),
        met=day_shown(one.met),
        moment=one.moment,
        breaks_trust=one.breaks_trust,
        likelihood=one.likelihood,
        area=one.area,
        known=one.known,
        ticket=one.ticket,
        answered=day_shown(one.answered),
        disclosed=day_shown(one.disclosed),
        closed=day_shown(one.closed),
        closed_by=one.closed_by,
        clock=clock_shown(Met(view.id, None, None, True, since, one), days, today),
        ask=WHO_ELSE if one.met is not None and one.state == "open" and view.outcome is None else None,
    )
