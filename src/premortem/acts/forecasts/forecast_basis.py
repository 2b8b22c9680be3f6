"""What a forecast of a day rests on: the deals as they stood on it, and what those that had ended by then teach.

Every method, whether today or in a backtest, sees a day through this one door: what happened after it, or was learned
after it, is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from msgspec import Struct

from premortem.acts.playbook import Rules
from premortem.forecasting.base_rate import BaseRate, base_rate
from premortem.forecasting.cadence import cadence_of
from premortem.forecasting.categories import Placed, category
from premortem.forecasting.evidence import evidence_of, weekly, weekly_evidence
from premortem.forecasting.gates import Gates, gates
from premortem.forecasting.learned import Learned
from premortem.forecasting.methods import ENOUGH_CLOSED, SharesWon
from premortem.forecasting.totals import Correlation, correlation
from premortem.forecasting.weeks import WEEK, Life, Pace, ended_on, seen
from premortem.learning.norms import OwnNorms, own_norms
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Entry, Forecast
from premortem.ledger.fold import deal_as_of, end_of
from premortem.ledger.norms import EndedDeal, Norms

NEWEST_CLOSED = 1_000
"""How many of the deals that ended last are learned from: how the firm sells now."""
NormsOf = Callable[[Deal], Norms]

A_MONTH = 4
"""Weeks between two looks at a closed deal's category."""


class Call(NamedTuple):
    """What a deal's own rep last said of it, and who that was."""

    on: date
    who: str
    forecast: Forecast


class Standing(Struct, frozen=True):
    """An open deal as it stood on the day. `age` in whole weeks; `evidence` in the order of FEATURES."""

    deal: Deal
    norms: Norms
    age: int
    evidence: tuple[float, ...]
    gates: Gates
    placed: Placed
    call: Call | None

    @property
    def currency(self) -> str:
        return (self.deal.opened.currency if self.deal.opened else None) or "?"


class Basis(Struct, frozen=True):
    """All that methods know on `day`. `rate`, `pace` are None where no deal had ended; `unclear` counts deals that
    ended nobody knows how, `undated` those that have no creation."""

    day: date
    standing: list[Standing]
    lives: list[Life]
    rate: BaseRate | None
    pace: Pace | None
    by_stage: dict[str, BaseRate]
    by_category: dict[str, BaseRate]
    learned: Learned
    together: Correlation
    unclear: int
    undated: int

    @property
    def closed(self) -> int:
        return self.rate.of if self.rate else 0

    @property
    def enough(self) -> bool:
        """Whether single deals get a number."""
        return self.closed >= ENOUGH_CLOSED


def basis(told: Iterable[tuple[str, Sequence[Entry]]], day: date, rules: Rules) -> Basis:
    """What was known on a day of all these deals."""
    here = [(entries, deal_as_of(entries, end_of(day))) for _, all_ in told if (entries := seen(all_, day))]
    dated = [(entries, deal) for entries, deal in here if deal.created is not None]
    own = _norms(rules, [deal for _, deal in dated])
    cadence_name = rules.playbook.cadence

    def norms_of(deal: Deal) -> Norms:
        return own.of(deal.amount, deal.opened.currency if deal.opened else None)

    over = sorted((pair for pair in dated if ended_on(pair[1])), key=lambda pair: (ended_on(pair[1]), pair[1].id))
    known = [(entries, deal) for entries, deal in over if _how(deal) is not None]
    closed = known[-NEWEST_CLOSED:]
    since = _ended(closed[0][1]).ended.date() if len(known) > len(closed) else None
    going = [(entries, deal) for entries, deal in dated if ended_on(deal) is None]
    learning = len(closed) >= ENOUGH_CLOSED
    lives = [_life(entries, deal, day, norms_of(deal), learning, since) for entries, deal in (*closed, *going)]
    won = sum(_how(deal) == "won" for _, deal in closed)
    categories = _categories(closed, norms_of, cadence_name) if learning else []
    return Basis(
        day=day,
        standing=[_standing(entries, deal, day, norms_of(deal), cadence_name) for entries, deal in going],
        lives=lives,
        rate=base_rate(won, len(closed)) if closed else None,
        pace=Pace().fit(lives) if closed else None,
        by_stage=SharesWon().fit([(_stages(deal), _how(deal) == "won") for _, deal in closed]).share_won_,
        by_category=SharesWon().fit(categories).share_won_,
        learned=Learned().fit(lives),
        together=correlation(_quarters([deal for _, deal in closed])),
        unclear=len(over) - sum(_how(deal) is not None for _, deal in over),
        undated=len(here) - len(dated),
    )


def _how(deal: Deal) -> str | None:
    ended = ended_on(deal)
    return ended[1] if ended else None


def _norms(rules: Rules, deals: Sequence[Deal]) -> OwnNorms:
    """The firm's norms by the deals that had ended, the playbook's thresholds in their place."""
    own = own_norms([_ended(deal) for deal in deals if _how(deal) is not None])
    segments = {name: rules.playbook.over(norms) for name, norms in own.segments.items()}
    return OwnNorms(own.ended, own.won, rules.playbook.over(own.whole), segments, own.ended_in)


def _ended(deal: Deal) -> EndedDeal:
    assert deal.outcome is not None
    currency = deal.opened.currency if deal.opened else None
    return EndedDeal(
        deal=deal.id,
        won=deal.outcome[1].status == "won",
        created=deal.created,
        ended=deal.outcome[0],
        amount=deal.amount,
        currency=currency,
        buyers=len(deal.buyers),
        touches=len(deal.touches),
    )


def _life(entries: Sequence[Entry], deal: Deal, day: date, norms: Norms, with_weeks: bool, since: date | None) -> Life:
    """A deal's life; it counts from `since` on where deals that ended earlier are left out."""
    assert deal.created is not None
    created, ended = deal.created.date(), ended_on(deal)
    until, how = ended or (day + timedelta(days=1), None)
    unseen = max(0, (since - created).days) / WEEK if since else 0.0
    life = Life(deal.id, min(created, until), until, how, since=unseen)
    if not with_weeks:
        return life
    weeks = weekly_evidence(entries, norms, until=day)[: life.lived]
    return Life(deal.id, life.created, until, how, weeks, unseen)


def standing_of(entries: Sequence[Entry], day: date, norms: Norms, cadence: str | None) -> Standing | None:
    """A deal as these entries tell it by the end of a day; None where it is not open then."""
    deal = deal_as_of(entries, end_of(day)) if entries else None
    if deal is None or deal.created is None or deal.outcome is not None:
        return None
    return _standing(entries, deal, day, norms, cadence)


def _standing(entries: Sequence[Entry], deal: Deal, day: date, norms: Norms, cadence: str | None) -> Standing:
    assert deal.created is not None
    found = gates(deal, norms, cadence_of(norms, cadence))
    return Standing(
        deal=deal,
        norms=norms,
        age=max(0, (day - deal.created.date()).days // WEEK),
        evidence=evidence_of(deal, norms),
        gates=found,
        placed=category(found, deal),
        call=newest_call(entries),
    )


def newest_call(entries: Iterable[Entry]) -> Call | None:
    """What the rep said last."""
    calls = [one for one in entries if isinstance(one.body, Forecast) and one.body.method == "rep"]
    if not calls:
        return None
    last = max(calls, key=lambda one: (one.at, one.learned))
    assert isinstance(last.body, Forecast)
    return Call(last.at.date(), last.author.removeprefix("user:"), last.body)


def _stages(deal: Deal) -> list[str]:
    """The stages that a deal passed before the day of its end: the CRM's 'closed won' would tell the end."""
    ended = ended_on(deal)
    return [str(one.value) for one in deal.stages if one.value and ended and one.at.date() < ended[0]]


def _categories(
    closed: Sequence[tuple[Sequence[Entry], Deal]], norms_of: NormsOf, cadence: str | None
) -> Iterator[tuple[set[str], bool]]:
    """The categories in which each closed deal stood, looked at every month of its life, and whether it was won."""
    for entries, deal in closed:
        norms = norms_of(deal)
        asked = [week.deal for week in weekly(entries) if week.number % A_MONTH == 0]
        stood: set[str] = {category(gates(then, norms, cadence_of(norms, cadence)), then).category for then in asked}
        yield stood, _how(deal) == "won"


def _quarters(closed: Sequence[Deal]) -> list[tuple[int, int]]:
    """By quarter of their end: how many were won, of how many."""
    found: dict[tuple[int, int], list[int]] = {}
    for deal in closed:
        ended = ended_on(deal)
        assert ended is not None
        quarter = found.setdefault((ended[0].year, (ended[0].month - 1) // 3), [0, 0])
        quarter[0] += ended[1] == "won"
        quarter[1] += 1
    return [(won, of) for won, of in found.values()]
