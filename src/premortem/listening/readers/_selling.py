"""Whether a call sells anything: not every recording that lies in a folder does."""

from __future__ import annotations

from msgspec.structs import replace

from premortem.ledger.claims import Claim
from premortem.listening.claim_model import judge
from premortem.listening.scene import Scene
from premortem.listening.windows import windows

MOVES: tuple[Claim, ...] = (
    "discovery_question",
    "introduction_asked",
    "content_offered",
    "discount_offered",
    "close_pushed",
)
SURE = 0.6
MOVES_IN_A_CALL = 4.0
"""A seller's moves in a thousand words, if all were sellers: engineers' meetings have up to 3, sales calls 5 to 20."""


def nobody_sells(scene: Scene) -> bool:
    """Of a call in which no speaker is known to be on either side: whether it has too few of a seller's moves for one.

    Where somebody is known to be ours or the buyer's, it is their deal that is talked about, whoever asks.
    """
    if scene.conversation.type != "call" or any(
        scene.side(number) in ("seller", "buyer") for number in range(len(scene.turns))
    ):
        return False
    as_sellers = tuple(replace(one, mark="seller") for one in windows(scene))
    moves = sum(max(judged.of(claim) for claim in MOVES) >= SURE for judged in judge(as_sellers))
    words = sum(len(one.text.split()) for one in as_sellers)
    return 1000 * moves < MOVES_IN_A_CALL * words
