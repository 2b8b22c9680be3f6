"""What every check is made of: a question put to a deal, and the four answers it can give."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from datetime import date

from msgspec import Struct

from premortem.ledger.deal import Deal, DealFact, DealTouch
from premortem.ledger.entries import Ask, PersonId, Quote, Severity, TouchId
from premortem.ledger.matters import denials as denials
from premortem.ledger.matters import likely as likely
from premortem.ledger.norms import Norms
from premortem.ledger.saying import counted as counted
from premortem.ledger.saying import last_day as last_day
from premortem.ledger.saying import on as on
from premortem.ledger.saying import refs as refs


class Raised(Struct, frozen=True):
    """The blind spot is there. People stand in `says` and in the question as `{person-id}` (`DealPerson.ref`)."""

    severity: Severity
    says: str
    ask: Ask
    evidence: tuple[Quote, ...] = ()
    touches: tuple[TouchId, ...] = ()


class Sign(Struct, frozen=True):
    """Something that makes what we believe less sure, but by itself loses no deal. Else as `Raised`."""

    says: str
    ask: Ask
    evidence: tuple[Quote, ...] = ()
    touches: tuple[TouchId, ...] = ()


class Clear(Struct, frozen=True):
    """The check looked and found nothing amiss; `because` says what it saw."""

    because: str


class DoesNotApply(Struct, frozen=True):
    """The question can't be put to this deal yet, or not at all, and why."""

    reason: str


VOICES = ("spoke", "wrote", "reported")
"""The ways of taking part in which somebody was heard."""

_PROPOSAL = re.compile(r"\b(propos|quot(e|ation)|offer|negotiat|contract|commit|verbal|closing)", re.IGNORECASE)

_SETTLED = re.compile(
    r"\b(won|signed|order(ed)?|onboarding|implement\w*|deliver\w*|roll-?out|kick-?off|live)\b", re.IGNORECASE
)
_NOT_YET = re.compile(r"\b(to be|not|un|pre|awaiting|before|ready)\b", re.IGNORECASE)

Answer = Raised | Sign | Clear | DoesNotApply
Check = Callable[[Deal, Norms], Answer]


def ask(question: str, to: PersonId | None = None) -> Ask:
    return Ask(question, to)


def quotes(*facts: DealFact) -> tuple[Quote, ...]:
    """The words that carry these facts, each once, in the order of time."""
    return tuple(dict.fromkeys(fact.quote for fact in sorted(facts, key=lambda known: known.at)))


def ids(*touches: DealTouch) -> tuple[TouchId, ...]:
    return tuple(touch.id for touch in touches)


PERHAPS = "it may have been said: something like it was heard, too unsurely to count"
"""Why an absence is not raised where a reader heard a hint."""


def hinted(deal: Deal, *claims: str) -> bool:
    """Whether one of these claims was heard at all, however unsurely: what was hinted at can't be called unsaid."""
    return any(known.fact.claim in claims for known in deal.facts)


def lateness(deal: Deal, norms: Norms) -> float:
    """How much of its time a deal has used: 1.0 at the end of the firm's cycle, or on the buyer's own day if sooner.

    0.0 where nothing tells when it began.
    """
    began = deal.created or (deal.touches[0].at if deal.touches else None)
    if began is None:
        return 0.0
    age = (deal.as_of - began).days
    spans = [norms.cycle_days.value]
    days = [last_day(known.fact.value) for known in deal.said("decision_date_stated")]
    spans += [float((day - began.date()).days) for day in days[-1:] if day is not None and day > began.date()]
    return max(0.0, age / min(spans))


def by_age(deal: Deal, norms: Norms, early: Severity, late: Severity, from_: float = 0.5) -> Severity:
    """`late` once a deal has used this part of its time, `early` before."""
    return late if lateness(deal, norms) >= from_ else early


def too_early(deal: Deal, norms: Norms) -> DoesNotApply | None:
    """Why an absence can't be held against this deal yet; None from the third touch or the proposal on."""
    enough = int(norms.touches_before_absence_counts.value)
    seen = len(deal.touches)
    if seen and (seen >= enough or proposal_reached(deal)):
        return None
    return DoesNotApply(f"{counted(seen, 'touch')} so far and no proposal: too early to miss anything")


def proposal_reached(deal: Deal) -> bool:
    """Whether the CRM ever put this deal at a proposal or beyond, as far as the stage's name tells."""
    return any(_PROPOSAL.search(str(stage.value)) for stage in deal.stages)


def settled(deal: Deal) -> bool:
    """Whether it is signed or being delivered: it was won, or the CRM's stage says so and the buyer gave a day for it.

    The stage alone settles nothing: it is the seller's word.
    """
    if deal.outcome is not None and deal.outcome[1].status == "won":
        return True
    stage = (deal.stage or "") if deal.said("decision_date_stated") else ""
    return _SETTLED.search(stage) is not None and _NOT_YET.search(stage) is None


A_WEEK = 7


def agreed_day(value: str | None) -> date | None:
    """The last day of a day or of a week at most; 'in May' is a hope, and None."""
    last = last_day(value)
    if last is None or value is None:
        return None
    first = date.fromisoformat(value.split("/")[0])
    return last if (last - first).days < A_WEEK else None


def heard(deal: Deal, side: str = "buyer") -> list[DealTouch]:
    """The touches in which somebody of this side spoke, wrote, or was met by a note's word."""
    return deal.heard(side)


def closest_buyer(deal: Deal, but: Collection[PersonId] = ()) -> PersonId | None:
    """The buyer whom we have heard most often, of equals the one heard last; None where we heard nobody."""
    return next((one for one in deal.closest_buyers if one not in but), None)


def who_said(deal: Deal, facts: Iterable[DealFact]) -> PersonId | None:
    """The buyer who said the last of these facts, else the one we hear most: whom a question about them goes to."""
    buyers = [known.fact.speaker for known in facts if deal.side(known.fact.speaker) == "buyer"]
    return buyers[-1] if buyers else closest_buyer(deal)


KEY_FACTS: dict[str, tuple[str, ...]] = {
    "who signs": ("decision_maker_named", "authority_claimed"),
    "how it gets decided": ("decision_process_described",),
    "by when": ("decision_date_stated",),
    "the budget": ("budget_confirmed",),
    "what the problem costs": ("impact_quantified",),
}
"""What a sale rests on, each a fact of its own: none stands in for another."""

_LATE = re.compile(r"\b(negotiat|contract|commit|verbal|closing)", re.IGNORECASE)


def late_stage(stage: str | None) -> bool:
    """Whether a stage's name says that only the signature is missing: negotiation, contract, verbal, commit."""
    return stage is not None and _LATE.search(stage) is not None


def proposal_stage(stage: str | None) -> bool:
    """Whether a stage's name says proposal, offer, or more."""
    return stage is not None and _PROPOSAL.search(stage) is not None


def told_by(deal: Deal, known: DealFact) -> str:
    """Whose word a fact is, as a sentence says it: a buyer's, else that of a note which reports it."""
    speaker = known.fact.speaker
    return "{" + speaker + "}" if speaker is not None and deal.side(speaker) == "buyer" else "a note of ours"


def touches_since(deal: Deal, day: date) -> tuple[TouchId, ...]:
    """The touches from a day on, else the last one: nothing in them tells otherwise."""
    return tuple(touch.id for touch in deal.touches if touch.at.date() >= day) or tuple(
        touch.id for touch in deal.touches[-1:]
    )
