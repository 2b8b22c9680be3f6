"""How likely it is that a buyer who chose otherwise comes back, and how much effort that is worth.

Three things speak for it or against it: whether they have bought such a thing often, whether they have long worked with
one rival's product and built their ways round it, and where we finished. Each says on which words it rests, or that
nobody knows. There is no number in it: until a firm has counted its own returns, any number would be invented.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.entries import Quote
from premortem.ledger.saying import counted

Speaks = Literal["for", "against", "neither", "unknown"]
Likely = Literal["rather likely", "open", "rather unlikely", "unknown"]

FAR_BEHIND = 4
"""From this place on few buyers think of us first; it is still worth a call a year."""
EFFORT: dict[Likely, tuple[float, str]] = {
    "rather likely": (1, "every check-in, all wishes, and advocates kept warm"),
    "open": (1, "every check-in and all wishes: most of the work is done already"),
    "unknown": (1, "the wishes first: their answers tell how much more it is worth"),
    "rather unlikely": (2, "the wishes once, then half as often: a call now and then, no campaign"),
}
"""What it is worth in comparison: how many times the usual days may lie between two touches, and what to do."""


class Reason(Struct, frozen=True):
    """One thing that bears on it. `ask` would settle it where nobody knows."""

    about: Literal["experience", "routines", "rank"]
    speaks: Speaks
    says: str
    quotes: tuple[Quote, ...] = ()
    ask: str | None = None


class Chance(Struct, frozen=True):
    """How likely a return is, why, and what it is worth. `slower` stretches the days between two touches."""

    likely: Likely
    reasons: tuple[Reason, ...]
    slower: float
    effort: str
    spent: str


def chance(deal: Deal) -> Chance:
    """By what was said in the deal and the rank in which it ended."""
    reasons = (_experience(deal), _routines(deal), _rank(deal))
    likely = _weighed([one.speaks for one in reasons])
    slower, effort = EFFORT[likely]
    met = sum(one.met is not None for one in deal.buyers)
    spent = f"{counted(len(deal.touches), 'touch')} and {met} of their people met so far; this adds a few calls a year"
    return Chance(likely, reasons, slower, effort, spent)


def _weighed(speaks: list[Speaks]) -> Likely:
    told = [one for one in speaks if one in ("for", "against")]
    if not told:
        return "unknown"
    balance = told.count("for") - told.count("against")
    return "rather likely" if balance > 0 else "rather unlikely" if balance < 0 else "open"


def _experience(deal: Deal) -> Reason:
    """A first purchase of its kind goes wrong more often than one by people who know how it is done."""
    new, known = deal.said("decision_process_unknown"), deal.said("decision_process_described")
    buyers = [one for one in deal.with_role("procurement") if one.met is not None]
    if new and len(new) >= len(known):
        says = "they said that they don't know how such a thing is bought here: a first purchase is often regretted"
        return Reason("experience", "for", says, _quotes(new))
    if known and buyers:
        who = ", ".join(one.ref for one in buyers)
        says = f"they buy such things by a set process, with {who} of purchasing in it: such a choice rarely turns soon"
        return Reason("experience", "against", says, _quotes(known))
    ask = "How often have you bought something of this kind before, and how did it go?"
    return Reason("experience", "unknown", "nobody asked whether they have bought such a thing before", (), ask)


def _routines(deal: Deal) -> Reason:
    """Whoever speaks of the winner and of how they work in one breath works with it already."""
    winner = deal.outcome[1].to if deal.outcome else None
    named = [one for one in deal.said("competitor_named") if winner is None or one.fact.value == winner]
    breaths = {(one.fact.touch, one.fact.turn) for one in deal.said("use_case_described", "status_quo_option")}
    used = [
        one for one in named if (one.fact.touch, one.fact.turn) in breaths and deal.side(one.fact.speaker) == "buyer"
    ]
    called = winner or "a rival"
    if used:
        says = f"they work with {called} already and spoke of their ways round it: those outlast a disappointment"
        return Reason("routines", "against", says, _quotes(used))
    ask = f"How long have you worked with {called}, and what hangs on it by now?"
    return Reason("routines", "unknown", f"nothing tells how long they have worked with {called}", _quotes(named), ask)


def _rank(deal: Deal) -> Reason:
    outcome = deal.outcome[1] if deal.outcome else None
    if outcome is None or outcome.status in ("no_decision", "other_way"):
        says = "nobody came first: what hurt them still hurts"
        return Reason("rank", "for", says, _quotes(deal.said("pain_stated", "impact_quantified")))
    if outcome.rank is None:
        ask = "Where did we finish, and what would have put us one place further up?"
        return Reason("rank", "unknown", "the place in which we finished was not entered", (), ask)
    if outcome.rank >= FAR_BEHIND:
        return Reason("rank", "against", f"we finished in place {outcome.rank}: others are called before us")
    called = "next to the winner" if outcome.rank == 2 else f"in place {outcome.rank}"
    return Reason("rank", "for", f"we finished {called}: there are few to call before us")


def _quotes(told: list[DealFact]) -> tuple[Quote, ...]:
    return tuple(dict.fromkeys(one.quote for one in told))[-2:]
