"""What lies ahead of the next meeting: steps and promises that stand open, their dates and ours, what better not to do.

Nothing here goes beyond what was said: each line stands on the words that carry it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from premortem.acts.witness import Cited, Witness
from premortem.checks.base import last_day, on
from premortem.checks.review import Review
from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.entries import Finding, PersonId, TouchId

SET_BY = {"buyer": "the buyer", "rep": "the seller", "manager": "the seller's manager"}
DATES = 3
"""How many of the buyer's dates are shown, the newest first."""


class StepShown(Struct, frozen=True):
    """Something agreed or promised that no later touch is seen to settle. `due` is its last day, where one was said."""

    says: str
    due: str | None
    overdue: bool
    evidence: list[Cited]


class DatesShown(Struct, frozen=True):
    """Our planned close against what the buyer said of time. `theirs` is the newest first; `says` compares the two."""

    ours: str | None
    set_by: str | None
    says: str
    theirs: list[Cited]


class Avoided(Struct, frozen=True):
    """What better not to do in the next meeting, and the words or touches (by name) that tell why."""

    says: str
    evidence: list[Cited]
    touches: list[str]


def steps_open(deal: Deal, witness: Witness) -> list[StepShown]:
    """Open ends, those with a day first, the oldest day leading."""
    today = deal.as_of.date()
    shown = []
    for says, known in _open_ends(deal):
        due = last_day(known.fact.value) if known.fact.claim == "next_step_agreed" else None
        day = due.isoformat() if due else None
        late = due is not None and due < today
        shown.append(StepShown(witness.sentence(says), day, late, [witness.cite(known.quote)]))
    return sorted(shown, key=lambda one: one.due or "9999")


def _open_ends(deal: Deal) -> Iterator[tuple[str, DealFact]]:
    for known in deal.said("next_step_agreed"):
        if known.believed and _step_stands(deal, known):
            yield "a step was agreed", known
    for known in _last_each(deal.said("introduction_asked", "introduction_agreed", "introduction_refused")):
        person = known.fact.person
        if person is None or deal.people[person].met is not None or known.fact.claim == "introduction_refused":
            continue
        who = deal.people[person].ref
        agreed = known.fact.claim == "introduction_agreed"
        yield (f"an introduction to {who} was promised" if agreed else f"we asked to meet {who}; no answer yet"), known
    for asked in deal.said("collateral_requested")[-1:]:
        if asked.believed and not _later(deal, asked, ("content_offered",)) and not _wrote_since(deal, asked):
            yield "they asked for material; nothing is seen to have been sent since", asked
    for offered in deal.said("content_offered")[-1:]:
        spoken = deal.touch(offered.fact.touch).type == "call"
        if offered.believed and spoken and not _wrote_since(deal, offered):
            yield "we offered to send material; no mail of ours is seen since", offered
    for broke in deal.said("product_problem")[-1:]:
        if broke.believed:
            yield "a problem came up in the product; say where it stands", broke


def _step_stands(deal: Deal, known: DealFact) -> bool:
    """Whether no touch took place on its day or later; a step without a day stands until the next touch."""
    due = last_day(known.fact.value)
    later = [touch for touch in deal.touches if touch.at > known.at]
    return not any(due is None or touch.at.date() >= due for touch in later)


def _last_each(facts: Iterable[DealFact]) -> list[DealFact]:
    """The newest of these facts on each person."""
    return list({known.fact.person: known for known in facts if known.believed}.values())


def _later(deal: Deal, known: DealFact, claims: tuple[str, ...]) -> bool:
    return any(one.at > known.at for one in deal.said(*claims))


def _wrote_since(deal: Deal, known: DealFact) -> bool:
    return any(
        touch.type == "mail"
        and touch.at > known.at
        and any(deal.side(one) == "seller" for one in touch.people("wrote"))
        for touch in deal.touches
    )


def dates(deal: Deal, witness: Witness) -> DatesShown:
    """Ours against theirs."""
    said = [known for known in deal.said("decision_date_stated", "delay_stated", "compelling_event") if known.believed]
    set_by = SET_BY.get(deal.planned_closes[-1].set_by) if deal.planned_closes else None
    return DatesShown(
        ours=deal.planned_close.isoformat() if deal.planned_close else None,
        set_by=set_by,
        says=_compared(deal),
        theirs=[witness.cite(known.quote) for known in reversed(said[-DATES:])],
    )


def _compared(deal: Deal) -> str:
    ours, theirs = deal.planned_close, their_first_day(deal)
    if ours is None:
        return "No close is planned." if theirs is None else f"Their time begins on {on(theirs)}; no close is planned."
    if theirs is None:
        return f"We plan to close on {on(ours)}; they have given no day that could be read."
    apart = (theirs - ours).days
    fits = f"their time begins {apart} days later, on {on(theirs)}" if apart > 0 else f"theirs begins on {on(theirs)}"
    return f"We plan to close on {on(ours)}; {fits}."


def their_first_day(deal: Deal) -> date | None:
    """The first day of the time that the buyer last gave for the decision; None where none was given."""
    for known in reversed(deal.said("decision_date_stated")):
        if known.believed and last_day(known.fact.value) is not None:
            return date.fromisoformat((known.fact.value or "").split("/")[0])
    return None


def avoid(found: Review, witness: Witness) -> list[Avoided]:
    """What better not to do, by what was said and found."""
    return [
        Avoided(
            witness.sentence(says),
            list(dict.fromkeys(witness.cite(known.quote) for known in facts[-2:])),
            [witness.touch_name(touch) for touch in touches],
        )
        for says, facts, touches in _better_not(found)
    ]


def _better_not(found: Review) -> Iterator[tuple[str, list[DealFact], tuple[str, ...]]]:
    deal = found.deal
    raised = {one.check: one for one in found.findings}
    pressed = [known for known in deal.said("close_pushed") if known.believed]
    ours, theirs = deal.planned_close, their_first_day(deal)
    if pressed or (ours is not None and (theirs is None or theirs > ours)):
        said = deal.said("decision_date_stated")[-1:]
        yield (
            "Don't push our date: ask what sets theirs.",
            [*pressed[-1:], *said],
            _touches_of(raised, "close_date_unbacked"),
        )
    if cheaper := [known for known in deal.said("discount_offered") if known.believed]:
        yield "Don't go lower before they have decided: a price is not what is open.", cheaper, ()
    for known in _last_each(deal.said("introduction_refused")):
        who = _unmet(deal, known.fact.person)
        if who is not None:
            yield f"Don't go round anybody to reach {who}: ask what would make the talk worth it.", [known], ()
    if afraid := [known for known in deal.said("change_risk") if known.believed]:
        yield "Don't add haste to a worry: make the step smaller and safer.", afraid, ()
    if rivals := [known for known in deal.said("competitor_named") if known.believed]:
        yield "Don't talk a rival down: ask what speaks for them.", rivals, ()
    for check, says in HABITS.items():
        if check in raised:
            yield says, [], _touches_of(raised, check)


HABITS = {
    "seller_dominates": "Don't fill the time: ask, and wait for the answer.",
    "content_overload": "Don't send more before they say what the last of it was good for.",
    "gone_quiet": "Don't send the same mail once more: say that a no is welcome too.",
}
"""What better not to do again, by the check that saw it done."""


def _touches_of(raised: dict[str, Finding], check: str) -> tuple[TouchId, ...]:
    return raised[check].touches if check in raised else ()


def _unmet(deal: Deal, person: PersonId | None) -> str | None:
    known = deal.people.get(person) if person else None
    return known.ref if known is not None and known.met is None else None
