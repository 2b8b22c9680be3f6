"""What is usual, so that a check can tell what is not. Every figure carries its source.

These are what others published, named as such, or this product's own assumptions, named as those. `learning.norms` puts
the firm's own in their place once enough of its deals have ended.
"""

from __future__ import annotations

from datetime import datetime

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
    cycle_days: Norm = Norm(274, "an assumption of this product: nine months, until the firm's own cycle is known")
    fresh_days: Norm = Norm(60, "an assumption of this product: evidence holds for a quarter's two months")
    pieces_of_content: Norm = Norm(4, "an assumption of this product: more than a reader will sift")
    cycle_days_low: Norm = Norm(183, "an assumption of this product: six months, the short end around its nine")
    cycle_days_high: Norm = Norm(365, "an assumption of this product: twelve months, the long end around its nine")
    buyers_in_a_won_deal: Norm = Norm(
        5, "published, other firms: Bonoma, Harvard Business Review, 5 people for services, 7 for capital goods"
    )
    seller_share: Norm = Norm(
        0.43, "published, other firms: Gong, talk-to-listen ratio, 25,537 calls of 17 firms (2016)"
    )
    days_to_turn: Norm = Norm(42, "an assumption of this product: six weeks from acting on a finding to settling it")
    touches_a_month: Norm = Norm(2, "an assumption of this product: one a fortnight, until the firm's own is known")
    asking_days_after_the_end: Norm = Norm(14, "an assumption of this product: a wish is granted while the no is fresh")
    winner_fades_days: Norm = Norm(
        90, "an assumption of this product: a quarter after the signing the winner's people are with the next sale"
    )
    comeback_touch_days: Norm = Norm(45, "an assumption of this product: two touches a quarter, after a loss")
    problem_answer_days: Norm = Norm(2, "an assumption of this product: an evaluation does not wait a third day")


class EndedDeal(Struct, frozen=True):
    """What a deal that has ended tells of the usual. `buyers` are the people known on the buyer's side."""

    deal: str
    won: bool
    created: datetime | None
    ended: datetime
    amount: float | None
    currency: str | None
    buyers: int
    touches: int


class Published(Struct, frozen=True):
    """What others measured in their own customers' calls: which figure of a call, what they found, and who they are.

    `measure` is the name that `learning.usual.MEASURES` gives the figure. They are correlations, none of them a cause.
    """

    measure: str
    says: str
    source: str


PUBLISHED = (
    Published(
        "our_share",
        "the calls that led on best had the seller talking 43% of the time",
        "published, other firms: Gong, talk-to-listen ratio, 25,537 calls of 17 firms (2016)",
    ),
    Published(
        "our_share",
        "above 65% of the talk fewer calls led on",
        "published, other firms: Gong, talk-to-listen ratio (2025)",
    ),
    Published(
        "questions",
        "11 to 14 questions in a discovery call went with the most success",
        "published, other firms: Gong, questions in discovery calls",
    ),
    Published(
        "our_longest_seconds",
        "talk about the seller's own company was best kept under 2 min",
        "published, other firms: Gong, 257,967 calls",
    ),
    Published(
        "their_longest_seconds",
        "buyers who spoke for 4 min at a stretch went with better calls, 50 s at most with worse ones",
        "published, other firms: Gong, 257,967 calls",
    ),
)
"""Named as other firms' wherever they are shown, and only until our own ended calls say more."""
