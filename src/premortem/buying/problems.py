"""Problems met in an evaluation: which come first, which wait too long, and how many we knew before a buyer did.

The same problem may be met in several deals; `Problem.known` binds them. What comes first is told by three factors,
each shown: how likely an evaluation meets it × the damage to trust × the money exposed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from statistics import median

from msgspec import Struct

from premortem.ledger.entries import Problem

LIKELY_UNTIL_TOLD = 0.5
"""An assumption of this product: how likely an evaluation meets a problem, until somebody says."""
DAMAGE = {True: 1.0, False: 0.25}
"""Assumptions of this product: a problem that breaks trust weighs four times one that can be mended."""
AT_A_DECISION = ("evaluation", "purchase", "renewal", "upgrade", "addition")
"""Moments at which a buyer is making up their mind."""


class Met(Struct, frozen=True):
    """A problem in one deal. `since` is the day on which it was met, else entered; `is_open` whether the deal is."""

    deal: str
    amount: float | None
    currency: str | None
    is_open: bool
    since: date
    problem: Problem

    @property
    def unsolved(self) -> bool:
        return self.problem.state != "closed"


class Exposed(Struct, frozen=True):
    """What is at stake in one currency: of so many open deals the amounts that are known, together."""

    currency: str | None
    deals: int
    amount: float
    without_amount: int


class Factors(Struct, frozen=True):
    """Why a problem stands where it does. `money` is its share of all money exposed, added over the currencies."""

    likelihood: float
    likelihood_told: bool
    damage: float
    money: float

    @property
    def weight(self) -> float:
        return self.likelihood * self.damage * self.money


class Ranked(Struct, frozen=True):
    """A problem in all its deals. `breaks_trust` and the likelihood are the gravest that anybody told of it."""

    id: str
    met: tuple[Met, ...]
    breaks_trust: bool
    exposed: tuple[Exposed, ...]
    factors: Factors

    @property
    def unsolved(self) -> bool:
        return any(one.unsolved for one in self.met)


class Clock(Struct, frozen=True):
    """By when a problem is to be answered, and how many days it took or has taken. `late` by how many too long."""

    due: date
    days: int
    answered: bool
    late: int


class KnownBefore(Struct, frozen=True):
    """How many problems we knew before a buyer met them, and how many a buyer showed us."""

    known: int
    unknown: int


def key_of(problem: Problem) -> str:
    """The one id under which a problem goes in all deals."""
    return problem.known or problem.problem


def ranked(met: Iterable[Met]) -> list[Ranked]:
    """All problems, unsolved ones first, the weightiest first, of equals the oldest."""
    groups: dict[str, list[Met]] = defaultdict(list)
    for one in met:
        groups[key_of(one.problem)].append(one)
    exposed = {key: _exposed(some) for key, some in groups.items()}
    money = _money(exposed)
    found = [_ranked(key, sorted(some, key=_oldest), exposed[key], money[key]) for key, some in groups.items()]
    return sorted(found, key=lambda one: (not one.unsolved, -one.factors.weight, one.met[0].since, one.id))


def clock(one: Met, days: float, today: date) -> Clock:
    """The clock of a problem in one deal: it stops when the buyer has an answer."""
    due = one.since + timedelta(days=int(days))
    answered = one.problem.answered or one.problem.closed
    until = answered or today
    return Clock(due, max(0, (until - one.since).days), answered is not None, max(0, (until - due).days))


def days_to_answer(met: Iterable[Met]) -> float | None:
    """The median of days until an answer, of those answered; None where none was."""
    taken = [(one.problem.answered - one.since).days for one in met if one.problem.answered is not None]
    return median(taken) if taken else None


def days_to_close(met: Iterable[Met]) -> float | None:
    """The median of days until it was closed, of those closed; None where none was."""
    taken = [(one.problem.closed - one.since).days for one in met if one.problem.closed is not None]
    return median(taken) if taken else None


def known_before(problems: Iterable[Ranked]) -> KnownBefore:
    """Who was first, problem by problem: we, who told a buyer of it or noted it unmet, or a buyer who met it."""
    firsts = [_we_were_first(one.met) for one in problems]
    return KnownBefore(sum(firsts), len(firsts) - sum(firsts))


def _we_were_first(met: Sequence[Met]) -> bool:
    by_buyers = min((one.since for one in met if one.problem.met is not None), default=date.max)
    ours = [one.problem.disclosed or one.since for one in met if one.problem.disclosed or one.problem.met is None]
    return min(ours, default=date.max) < by_buyers


def _oldest(one: Met) -> tuple[date, str, str]:
    return one.since, one.deal, one.problem.problem


def _ranked(key: str, met: Sequence[Met], exposed: tuple[Exposed, ...], money: float) -> Ranked:
    breaks = any(one.problem.breaks_trust for one in met)
    told = [one.problem.likelihood for one in met if one.problem.likelihood is not None]
    factors = Factors(max(told, default=LIKELY_UNTIL_TOLD), bool(told), DAMAGE[breaks], money)
    return Ranked(key, tuple(met), breaks, exposed, factors)


def _exposed(met: Iterable[Met]) -> tuple[Exposed, ...]:
    """By currency: the open deals in which it is not closed, each once."""
    deals = {one.deal: one for one in met if one.is_open and one.unsolved}
    by_currency: dict[str | None, list[Met]] = defaultdict(list)
    for one in deals.values():
        by_currency[one.currency].append(one)
    return tuple(
        Exposed(currency, len(some), sum(one.amount or 0.0 for one in some), sum(one.amount is None for one in some))
        for currency, some in sorted(by_currency.items(), key=lambda item: item[0] or "")
    )


def _money(exposed: Mapping[str, tuple[Exposed, ...]]) -> dict[str, float]:
    """Each problem's share of what all of them expose, currency by currency, since money of two kinds has no sum.

    A deal without an amount counts as a typical one of its currency: unknown is not nothing.
    """
    typical = _typical(exposed)
    amounts = {
        key: {one.currency: one.amount + one.without_amount * typical.get(one.currency, 1.0) for one in some}
        for key, some in exposed.items()
    }
    whole: dict[str | None, float] = defaultdict(float)
    for by_currency in amounts.values():
        for currency, amount in by_currency.items():
            whole[currency] += amount
    return {
        key: sum(amount / whole[currency] for currency, amount in some.items() if whole[currency])
        for key, some in amounts.items()
    }


def _typical(exposed: Mapping[str, tuple[Exposed, ...]]) -> dict[str | None, float]:
    means: dict[str | None, list[float]] = defaultdict(list)
    for some in exposed.values():
        for one in some:
            if one.deals > one.without_amount:
                means[one.currency].append(one.amount / (one.deals - one.without_amount))
    return {currency: median(told) for currency, told in means.items()}
