"""
## What it looks for
Somebody is warm (they praise us, want us, would fight for us) and nobody with authority has been heard: who signs is
unknown, or was never met. It says which of the four are told (money, need, urgency, authority), since none stands for
another, and whether our stage moved on the warmth.

## Why it matters
Praise is given freely by those who will not sign. The warmer the talk, the easier it is to stop asking who decides, and
to put the feeling into the plan.

## Example
"Honestly the best demo we've had." The stage moves on the same evening. The one who said so can't buy a chair.

## What to ask next
Could you choose a supplier like us on your own, and if not, who would want to be asked? 'I'm not sure' is a good
answer: it comes better now than later.

## When it does not apply
Where nobody has been warm towards us.
"""

from __future__ import annotations

from collections.abc import Sequence

from premortem.checks.base import Answer, Clear, DoesNotApply, Sign, ask, quotes, refs
from premortem.checks.conflicts import DECIDER, conflicts
from premortem.ledger.deal import Deal
from premortem.ledger.entries import PersonId
from premortem.ledger.norms import Norms

WARM = ("wants_us", "will_fight")
FOUR = {
    "money": ("budget_confirmed",),
    "need": ("pain_stated", "impact_quantified"),
    "urgency": ("decision_date_stated", "compelling_event"),
}
"""What besides authority makes a buyer; each is a fact of its own."""


def check(deal: Deal, norms: Norms) -> Answer:
    told = deal.said(*WARM)
    warm = list(dict.fromkeys(one for known in told if (one := known.fact.person or known.fact.speaker) is not None))
    warm = [one for one in warm if deal.side(one) != "seller"]
    if not warm:
        return DoesNotApply("nobody has been warm towards us")
    confirmed = _with_authority(deal)
    if confirmed:
        return Clear(f"{refs(confirmed)} decides, and we have met")
    moved = [stage for stage in deal.stages if stage.at >= told[0].at]
    return Sign(
        says=f"{refs(warm)} {'is' if len(warm) == 1 else 'are'} warm towards us; {authority(deal, warm)}. "
        f"{_apart(deal)}{' Our stage moved on since.' if moved else ''}",
        ask=ask("Could you choose a supplier like us on your own? And if not, who would want to be asked?", warm[0]),
        evidence=quotes(*told),
    )


def _with_authority(deal: Deal) -> list[PersonId]:
    """Whom we have met of those who decide: by their own word that nobody contradicts, or by what shows it."""
    own_word = {known.fact.person or known.fact.speaker for known in deal.said("authority_claimed")}
    if own_word:
        disputed = [one for one in conflicts(deal) if one.about == DECIDER and one.settled is None]
        own_word -= {one.first.fact.person or one.first.fact.speaker for one in disputed}
    return [
        one.id
        for one in deal.buyers
        if one.met is not None
        and (one.id in own_word or ("economic_buyer" in one.roles and "economic_buyer" in one.proven))
    ]


def authority(deal: Deal, people: Sequence[PersonId]) -> str:
    """How their authority stands, as a clause: denied, unsure, asked in vain, or never asked."""
    named = [known for known in deal.said("decision_maker_named") if known.fact.speaker in people and known.fact.person]
    if named:
        return f"they named {refs(dict.fromkeys(str(known.fact.person) for known in named))} as deciding"
    unsure = [known for known in deal.said("decision_process_unknown") if known.fact.speaker in people]
    if unsure:
        return "they are not sure themselves who decides"
    asked = [known for known in deal.said("discovery_question") if known.fact.value == "authority"]
    return "asked who decides, they gave no answer" if asked else "nobody asked whether they decide"


def _apart(deal: Deal) -> str:
    """Which of the other three are told: none of them is authority."""
    there = [what for what, claims in FOUR.items() if deal.said(*claims)]
    if not there:
        return "Money, need and urgency are not told either."
    return f"We know of {' and '.join(there)}; none of that is authority."
