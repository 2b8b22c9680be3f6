"""The cadence follows the climate: how fresh evidence must be, and how often each deal's owner is asked.

In quiet times a year's evidence holds, in hard ones a week's. What is fresh is two thirds of a season, so that
something is asked again before the season that it was true in is over; the owner is asked once a season.
"""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from premortem.ledger.deal import Deal
from premortem.ledger.norms import Norm, Norms

SEASON_DAYS = {"yearly": 365, "quarterly": 91, "monthly": 30, "weekly": 7}
"""From one season to the next, by the name of the cadence."""
FRESH_DAYS = {"yearly": 243, "quarterly": 60, "monthly": 20, "weekly": 5}
"""Days for which evidence is fresh: two thirds of the time from one season to the next."""
USUAL = "quarterly"
OWNERS_CALL = "rep"
"""The method of a Forecast entry that is the owner's own word."""


class Cadence(Struct, frozen=True):
    """How often things change for our buyers. Evidence is fresh for `fresh_days`; each owner is asked every
    `asked_every_days`."""

    name: str
    asked_every_days: int
    fresh: Norm

    @property
    def fresh_days(self) -> float:
        return self.fresh.value


def cadence_of(norms: Norms, name: str | None = None) -> Cadence:
    """The cadence by its name, quarterly where none is set; a threshold set on `fresh_days` in `norms` outranks it.

    Raises KeyError for a name that is no cadence.
    """
    season = name or USUAL
    unset = norms.fresh_days == Norms().fresh_days
    fresh = Norm(FRESH_DAYS[season], f"a {season} cadence") if unset and name is not None else norms.fresh_days
    return Cadence(season, SEASON_DAYS[season], fresh)


def ask_owner_on(deal: Deal, cadence: Cadence) -> date:
    """On which day the owner is to be asked next: a season after their last word, at once where there is none."""
    words = [at for at, forecast in deal.forecasts if forecast.method == OWNERS_CALL]
    if not words:
        return deal.as_of.date()
    return max(deal.as_of.date(), words[-1].date() + timedelta(days=cadence.asked_every_days))
