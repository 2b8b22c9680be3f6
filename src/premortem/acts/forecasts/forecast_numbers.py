"""Every method's word on every open deal by one day, from one basis: what is shown, recorded, and held against the end.

numbers(basis, by)     each open deal with what each method says of it
period_end(day)        the day that a forecast is made for, where nobody names one
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from premortem.acts.forecasts.forecast_basis import Basis, Standing
from premortem.errors import Unknown
from premortem.forecasting.methods import Chance, by_gates, by_stage
from premortem.forecasting.outlook import Outlook
from premortem.forecasting.weeks import weeks_until

NEAR = timedelta(days=28)


class Numbers(Struct, frozen=True):
    """What the methods say of one open deal, each under its name."""

    one: Standing
    chances: dict[str, Chance]

    @property
    def stands(self) -> Chance:
        """The word that counts: what was learned where that tells anything, else the base rate."""
        learned = self.chances["learned"]
        return learned if learned.won is not None else self.chances["base_rate"]


def period_end(day: date) -> date:
    """The end of the quarter, or of the next one where this one is over within four weeks."""
    ahead = day + NEAR
    month = (ahead.month - 1) // 3 * 3 + 4
    return date(ahead.year + month // 13, (month - 1) % 12 + 1, 1) - timedelta(days=1)


def outlook(basis: Basis, by: date, standing: Sequence[Standing] | None = None, always: bool = False) -> Outlook | None:
    """How these open deals (or all) will end by a day; None where no deal has ended yet."""
    if by <= basis.day:
        raise Unknown(f"{by} is not after {basis.day}, from which we look", "Name a later day: --by YYYY-MM-DD.")
    if basis.pace is None:
        return None
    these = basis.standing if standing is None else standing
    return Outlook(
        basis.pace,
        basis.learned,
        [one.age for one in these],
        [one.evidence for one in these],
        weeks_until(basis.day, by),
        basis.enough or always,
    )


def numbers(basis: Basis, by: date, standing: Sequence[Standing] | None = None, always: bool = False) -> list[Numbers]:
    """Each open deal (or those of `standing`) with what each method says of it by the end of a day.

    `always`: the base rate gives a number though few deals have ended; only to measure the others by.
    Raises Unknown for a day that is not to come.
    """
    these = basis.standing if standing is None else standing
    ahead = outlook(basis, by, these, always)
    if ahead is None:
        base = [Chance("base_rate", "no deal has ended yet")] * len(these)
        learned = [Chance("learned", basis.learned.why_)] * len(these)
    else:
        base, learned = ahead.base(), ahead.learned()
    return [
        Numbers(one, {each.method: each for each in (rate, *_others(basis, one, by), taught)})
        for one, rate, taught in zip(these, base, learned, strict=True)
    ]


def _others(basis: Basis, one: Standing, by: date) -> tuple[Chance, Chance, Chance]:
    placed = one.placed
    return (
        by_stage(one.deal.stage, basis.by_stage),
        _by_rep(one, basis.day, by),
        by_gates(placed.category, placed.because, basis.by_category, basis.closed),
    )


def _by_rep(one: Standing, day: date, by: date) -> Chance:
    """The rep's own call; one for a later day, or a day that has passed, is no call for this one."""
    call = one.call
    if call is None:
        return Chance("rep", "no call was made")
    told = call.forecast
    says = f"{call.who} on {call.on}, by {told.by}"
    if told.by < day:
        return Chance("rep", f"{says}: that day has passed")
    if told.by > by:
        return Chance("rep", f"{says}: later than {by}", category=told.category)
    return Chance("rep", says, told.won, told.lost, told.no_decision, told.interval, told.category)
