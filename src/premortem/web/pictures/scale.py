"""Amounts along an axis: round marks, and figures that promise no more than is known."""

from __future__ import annotations

from math import ceil, floor, log10

from premortem.web.manner import written

MARKS = 5
STEPS = (1, 2, 2.5, 5, 10)


def ticks(most: float) -> list[float]:
    """Round amounts from nothing to `most` or just beyond."""
    rough = most / MARKS
    power = 10.0 ** floor(log10(rough)) if rough > 0 else 1.0
    step = next(one * power for one in STEPS if one * power >= rough * 0.999)
    return [step * number for number in range(ceil(most / step - 1e-9) + 1)]


def about(amount: float) -> str:
    """An amount that nobody knows to the penny: two digits tell all there is."""
    if not amount:
        return "0"
    step = 10 ** max(0, floor(log10(abs(amount))) - 1)
    return written(round(amount / step) * step)
