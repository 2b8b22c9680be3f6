"""The base rate: which share of ended deals was won, and between which ends the truth of it lies."""

from __future__ import annotations

from typing import NamedTuple

from scipy.special import betaincinv

CONFIDENCE = 0.9
"""What every interval of a forecast is meant to hold, unless it says otherwise."""


class BaseRate(NamedTuple):
    """The share won of `of` ended deals, with the ends of its interval."""

    value: float
    low: float
    high: float
    of: int


def base_rate(won: int, of: int, confidence: float = CONFIDENCE) -> BaseRate:
    """Jeffreys' interval: the middle of the beta distribution left when one starts from half a win, half a loss.

    L. D. Brown, T. T. Cai and A. DasGupta, Interval estimation for a binomial proportion, Stat. Sci. 16 (2001) 101-133.
    As they advise, the end is 0 where none was won and 1 where all were. Raises ValueError where no deal has ended.
    """
    if not 0 <= won <= of or of == 0:
        raise ValueError(f"{won} won of {of} ended deals is no rate")
    tail = (1 - confidence) / 2
    low = 0.0 if won == 0 else float(betaincinv(won + 0.5, of - won + 0.5, tail))
    high = 1.0 if won == of else float(betaincinv(won + 0.5, of - won + 0.5, 1 - tail))
    return BaseRate(won / of, low, high, of)
