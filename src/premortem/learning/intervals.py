"""How sure counts are: intervals for a share, for how far it is above another, and for how many times it is another.

All three are made of Wilson's limits, hold for few deals as for many, and never leave what is possible. The last two
always agree: one of them leaves out 'no difference' exactly when the other does. No prior goes into any of them.
"""

from __future__ import annotations

from math import inf, sqrt
from statistics import NormalDist

from msgspec import Struct

CONFIDENCE = 0.95


class Interval(Struct, frozen=True):
    """An estimate, and the two ends between which the truth lies as often as the confidence says."""

    value: float
    low: float
    high: float


def share(some: int, of: int, confidence: float = CONFIDENCE) -> Interval:
    """The interval of Wilson's score for a share.

    E. B. Wilson, Probable inference, the law of succession, and statistical inference, J. Am. Stat. Assoc. 22 (1927)
    209-212; method 3 of R. G. Newcombe, Two-sided confidence intervals for the single proportion: comparison of seven
    methods, Stat. Med. 17 (1998) 857-872. Raises ValueError where there is no whole to take a share of.
    """
    if not 0 <= some <= of or of == 0:
        raise ValueError(f"{some} of {of} is no share")
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    middle, room = some + z * z / 2, z * sqrt(some * (of - some) / of + z * z / 4)
    low = 0.0 if some == 0 else (middle - room) / (of + z * z)
    high = 1.0 if some == of else (middle + room) / (of + z * z)
    return Interval(some / of, low, high)


def difference(one: Interval, other: Interval) -> Interval:
    """By how much one share is above another of other deals: the hybrid score interval.

    Method 10 of R. G. Newcombe, Interval estimation for the difference between independent proportions: comparison of
    eleven methods, Stat. Med. 17 (1998) 873-890.
    """
    value = one.value - other.value
    below = sqrt((one.value - one.low) ** 2 + (other.high - other.value) ** 2)
    above = sqrt((one.high - one.value) ** 2 + (other.value - other.low) ** 2)
    return Interval(value, value - below, value + above)


def ratio(one: Interval, other: Interval) -> Interval:
    """How many times as large one share is as another of other deals; without end where the other may be nothing.

    Method MOVER-R of A. Donner and G. Y. Zou, Closed-form confidence intervals for functions of the normal mean and
    standard deviation, Stat. Methods Med. Res. 21 (2012) 347-359, with Wilson's limits. Raises ZeroDivisionError where
    both shares are nothing.
    """
    if one.value == other.value == 0:
        raise ZeroDivisionError("nothing is no number of times nothing")
    return Interval(
        one.value / other.value if other.value else inf,
        _least_times(one, other) if one.value else 0.0,
        _most_times(one, other) if other.value else inf,
    )


def _least_times(one: Interval, other: Interval) -> float:
    """The lower end, written so that it stands where twice the other share is its upper limit."""
    product, times = one.value * other.value, one.low * (2 * one.value - one.low)
    root = sqrt(max(0.0, product**2 - times * other.high * (2 * other.value - other.high)))
    return times / (product + root)


def _most_times(one: Interval, other: Interval) -> float:
    product, under = one.value * other.value, other.low * (2 * other.value - other.low)
    root = sqrt(max(0.0, product**2 - one.high * (2 * one.value - one.high) * under))
    return (product + root) / under
