"""
## What it looks for
More material was offered or sent than we know a use for: more pieces than anybody sifts, or a second piece while we had
asked only a few questions for each. It stays on record, mild once we have asked more.

## Why it matters
A buyer who gets ten stories does not look for the one that is theirs. They conclude that we have not understood them,
and use what they find in the pile to compare us. In the field some advise one piece cut for each reader, others one
story that the whole group shares, since a committee that each holds another paper agrees on nothing. Both begin with
one problem that was named, and with one piece that answers it.

## Example
After twenty minutes of talk: four slide sets, a study, stories from a ferry line, a law firm and a zoo. The buyer
wanted to know how it prints labels.

## What to ask next
Which one question should the next piece answer, who will read it, and what is it to do for them? Ask before sending
anything more; take back what does not belong.

## When it does not apply
Where we have offered no material.
"""

from __future__ import annotations

from premortem.checks.base import (
    Answer,
    Clear,
    DoesNotApply,
    Raised,
    ask,
    closest_buyer,
    counted,
    on,
    quotes,
)
from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.entries import Severity
from premortem.ledger.norms import Norms

QUESTIONS_A_PIECE = 3
"""Questions asked for each piece offered, below which it can hardly be chosen for anybody."""

BOTH_WAYS = (
    "Some advise a piece for each reader, others one story for the whole group; "
    "both mean one piece that answers one named problem."
)


def check(deal: Deal, norms: Norms) -> Answer:
    pieces = [known for known in deal.said("content_offered") if deal.side(known.fact.speaker) != "buyer"]
    if not pieces:
        return DoesNotApply("we have offered no material")
    asked = _asked_by_touch(deal)
    blind = next((piece for number, piece in enumerate(pieces, 1) if _blind(number, asked[piece.fact.touch])), None)
    too_many = len(pieces) > norms.pieces_of_content.value
    if blind is not None and not too_many and _each_answers(deal, len(pieces)):
        return Clear(f"{counted(len(pieces), 'piece')} offered, and each that went out answers something named")
    if blind is None and not too_many:
        return Clear(
            f"{counted(len(pieces), 'piece')} offered, after {counted(asked[pieces[0].fact.touch], 'question')}"
        )
    return Raised(
        severity=_severity(too_many, _blind(len(pieces), asked[deal.touches[-1].id])),
        says=_says(pieces, blind, asked),
        ask=ask(
            "Of all that we sent, was anything of use to you? Which one question should the next page answer, "
            "and who will read it?",
            closest_buyer(deal),
        ),
        evidence=quotes(*pieces),
    )


def _each_answers(deal: Deal, pieces: int) -> bool:
    """Whether somebody entered what was sent, no less than was offered in talk, and all of it answers a word of theirs.

    Then it was chosen for them, however few of our questions were heard.
    """
    gone = {(one.piece, one.to): one.answers for _, one in deal.sent}
    return len(gone) >= pieces and None not in gone.values()


def _blind(pieces: int, questions: int) -> bool:
    return pieces > 1 and questions <= pieces * QUESTIONS_A_PIECE


def _asked_by_touch(deal: Deal) -> dict[str, int]:
    """How many questions into the deal we had asked by the end of each touch."""
    here: dict[str, int] = dict.fromkeys((touch.id for touch in deal.touches), 0)
    for known in deal.said("discovery_question"):
        here[known.fact.touch] += 1
    total = 0
    for touch in here:
        total += here[touch]
        here[touch] = total
    return here


def _severity(too_many: bool, still_blind: bool) -> Severity:
    if still_blind:
        return "high" if too_many else "medium"
    return "medium" if too_many else "low"


def _says(pieces: list[DealFact], blind: DealFact | None, asked: dict[str, int]) -> str:
    said = f"We offered or sent material {counted(len(pieces), 'time')}"
    if blind is not None:
        questions = counted(asked[blind.fact.touch], "question")
        said += f"; by {on(blind.at)} it went out twice or more, after {questions} on our side"
    return f"{said}. {BOTH_WAYS}"
