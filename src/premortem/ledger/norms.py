"""What is usual, so that a check can tell what is not. Every figure carries its source.

These are what others published, named as such, or this product's own assumptions, named as those.
"""

from __future__ import annotations

from msgspec import Struct


class Norm(Struct, frozen=True):
    """A yardstick, its unit in its name, and where it comes from."""

    value: float
    source: str


class Norms(Struct, frozen=True):
    """The yardsticks that checks measure against."""

    seller_share_caution: Norm = Norm(0.50, "published, other firms: Gong, talk-to-listen ratio, end of the hint band")
    seller_share_warning: Norm = Norm(0.65, "published, other firms: Gong, lower conversion above 65% talk (2025)")
    questions_per_first_call: Norm = Norm(11, "published, other firms: Gong, 11 to 14 questions in a discovery call")
    silence_days: Norm = Norm(21, "an assumption of this product: three working weeks")
    touches_before_absence_counts: Norm = Norm(3, "an assumption of this product: the third touch, or the proposal")
