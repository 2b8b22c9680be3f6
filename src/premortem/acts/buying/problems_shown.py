"""The problems of all deals as they are shown, in the order in which to mend them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from premortem.buying.problems import (
    DAMAGE,
    LIKELY_UNTIL_TOLD,
    KnownBefore,
    Met,
    Ranked,
    clock,
    days_to_answer,
    days_to_close,
    key_of,
    known_before,
    ranked,
)
from premortem.ledger.contents import text
from premortem.ledger.entries import Entry, Problem
from premortem.ledger.fold import deal_as_of
from premortem.ledger.norms import Norm, Norms
from premortem.ledger.store import Contents
from premortem.records.evaluations import Evaluated


class ClockShown(Struct, frozen=True):
    """By when the buyer is to have an answer; `days` it took, or has taken so far, `late` by how many too long."""

    due: str
    days: int
    answered: bool
    late: int


class InDeal(Struct, frozen=True):
    """A problem in one deal. `met` is null where only we know of it there; names stand on the deal's own page."""

    deal: str
    name: str
    problem: str
    state: str
    moment: str
    met: str | None
    disclosed: str | None
    amount: float | None
    currency: str | None
    clock: ClockShown | None


class ExposedShown(Struct, frozen=True):
    """What is at stake in one currency, in open deals; `without_amount` of them have no amount."""

    currency: str | None
    deals: int
    amount: float
    without_amount: int


class FactorsShown(Struct, frozen=True):
    """likelihood × damage × money = weight; `likelihood_told` says whether somebody told it, or it is assumed."""

    likelihood: float
    likelihood_told: bool
    damage: float
    money: float
    weight: float


class RankedShown(Struct, frozen=True):
    """A problem in all the deals that one may see."""

    id: str
    words: str
    unsolved: bool
    breaks_trust: bool
    area: str | None
    tickets: list[str]
    factors: FactorsShown
    exposed: list[ExposedShown]
    deals: list[InDeal]


class ProblemsDocument(Struct, frozen=True):
    """All problems in the order in which to mend them, and how we do with them. Days are medians, null of none."""

    as_of: str
    problems: list[RankedShown]
    waiting_too_long: int
    breaking_trust: int
    known: int
    unknown: int
    days_to_answer: float | None
    days_to_close: float | None
    clock: Norm
    assumptions: list[str]
    schema: str = "premortem.problems/1"


def met_in(deals: Sequence[Evaluated]) -> list[Met]:
    """Each problem of each of these deals, with the day from which its clock runs."""
    return [
        Met(one.deal, one.amount, one.currency, one.status == "open", since, problem)
        for one in deals
        for problem, since in since_when(one.told)
    ]


def since_when(told: Sequence[Entry]) -> list[tuple[Problem, date]]:
    """The problems of a deal, each with the day on which it was met, else first entered."""
    some = [entry for entry in told if isinstance(entry.body, Problem)]
    if not some:
        return []
    entered: dict[str, date] = {}
    for entry in sorted(some, key=lambda one: one.learned):
        assert isinstance(entry.body, Problem)
        entered.setdefault(entry.body.problem, entry.learned.date())
    return [(one, one.met or entered[one.problem]) for one in deal_as_of(some).problems.values()]


def problems_document(
    deals: Sequence[Evaluated], contents: Contents, today: date, norms: Norms | None = None
) -> ProblemsDocument:
    """The problems of all these deals."""
    norms, met = norms or Norms(), met_in(deals)
    found, names = ranked(met), {one.deal: one.name for one in deals}
    ours: KnownBefore = known_before(found)
    days = norms.problem_answer_days
    by_buyers = [one for one in met if one.problem.met is not None]
    shown = [_ranked(one, names, contents, days.value, today) for one in found]
    return ProblemsDocument(
        as_of=today.isoformat(),
        problems=shown,
        waiting_too_long=sum(
            one.clock is not None and one.clock.late > 0 and not one.clock.answered
            for known in shown
            for one in known.deals
        ),
        breaking_trust=sum(one.unsolved and one.breaks_trust for one in found),
        known=ours.known,
        unknown=ours.unknown,
        days_to_answer=days_to_answer(by_buyers),
        days_to_close=days_to_close(by_buyers),
        clock=days,
        assumptions=assumptions(days),
    )


def assumptions(days: Norm) -> list[str]:
    """What the order rests on besides what was told, each named as what it is."""
    return [
        f"An answer is due within {days.value:g} days: {days.source}.",
        f"Where nobody says how likely an evaluation meets a problem, {LIKELY_UNTIL_TOLD:g} stands for it: assumed.",
        f"A problem that breaks trust weighs {DAMAGE[True] / DAMAGE[False]:g} times one that does not: assumed.",
        "Money is each problem's share of all that is exposed in its currency; a deal without an amount counts as "
        "a typical one.",
    ]


def known_elsewhere(deals: Sequence[Evaluated], deal: str) -> list[Problem]:
    """Problems of other deals that are not closed everywhere and that this one has nothing of, each told once."""
    here = {key_of(one.problem) for one in met_in([one for one in deals if one.deal == deal])}
    found: dict[str, Problem] = {}
    for one in met_in([one for one in deals if one.deal != deal]):
        if one.unsolved and key_of(one.problem) not in here:
            before = found.get(key_of(one.problem))
            found[key_of(one.problem)] = before if before is not None and before.breaks_trust else one.problem
    return list(found.values())


def untold(deals: Sequence[Evaluated], deal: str, contents: Contents) -> list[str]:
    """In words, the open problems that broke trust elsewhere and of which this deal's buyer was told nothing."""
    return [text(contents, one.words) for one in known_elsewhere(deals, deal) if one.breaks_trust]


def _ranked(one: Ranked, names: dict[str, str], contents: Contents, days: float, today: date) -> RankedShown:
    factors = one.factors
    return RankedShown(
        id=one.id,
        words=text(contents, one.met[0].problem.words),
        unsolved=one.unsolved,
        breaks_trust=one.breaks_trust,
        area=next((known.problem.area for known in one.met if known.problem.area), None),
        tickets=sorted({known.problem.ticket for known in one.met if known.problem.ticket}),
        factors=FactorsShown(
            factors.likelihood, factors.likelihood_told, factors.damage, factors.money, factors.weight
        ),
        exposed=[ExposedShown(some.currency, some.deals, some.amount, some.without_amount) for some in one.exposed],
        deals=[_in_deal(known, names, days, today) for known in one.met],
    )


def _in_deal(one: Met, names: dict[str, str], days: float, today: date) -> InDeal:
    problem = one.problem
    return InDeal(
        deal=one.deal,
        name=names[one.deal],
        problem=problem.problem,
        state=problem.state,
        moment=problem.moment,
        met=day_shown(problem.met),
        disclosed=day_shown(problem.disclosed),
        amount=one.amount,
        currency=one.currency,
        clock=clock_shown(one, days, today),
    )


def clock_shown(one: Met, days: float, today: date) -> ClockShown | None:
    """The clock of a problem in one deal; None where no buyer met it: nobody waits for an answer there."""
    if one.problem.met is None:
        return None
    told = clock(one, days, today)
    return ClockShown(told.due.isoformat(), told.days, told.answered, told.late)


def day_shown(day: date | None) -> str | None:
    """A day as documents write it."""
    return day.isoformat() if day else None
