"""A coach is proved, not declared: the five conditions, each with the words that show it or with what to ask for it.

A coach has a reason of their own, says that they want us, fights for us, tells us things that come true, and goes on
talking to us. The first three are what somebody shows; the last two have to be watched. What they tell is kept as tips:
a tip stays open until what others say bears it out or contradicts it, or a user confirms it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Literal

from msgspec import Struct

from premortem.checks.base import VOICES, ask, counted, likely, on, quotes
from premortem.checks.conflicts import Conflict, conflicts
from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.entries import Ask, PersonId, Quote, Role, TouchId
from premortem.ledger.norms import Norms
from premortem.ledger.people import DealPerson

Name = Literal["reason", "wants us", "fights for us", "tips", "still talking"]

REASON, WANTS, FIGHTS = "personal_stake", "wants_us", "will_fight"
FIRST_HAND = frozenset({REASON, WANTS, FIGHTS})
DEEDS = frozenset({"introduction_agreed"})
"""What somebody does for us, besides speaking for us."""

TELLING = frozenset(
    {
        "inside_information",
        "decision_maker_named",
        "budget_confirmed",
        "opposition_stated",
        "parallel_effort",
        "authority_claimed",
    }
)
"""What a buyer can tell of their own house that time then proves right or wrong."""


class Condition(Struct, frozen=True):
    """One of the five. `met` is None where nothing speaks for it or against it; then `ask` is how to find out."""

    name: Name
    met: bool | None
    says: str
    quotes: tuple[Quote, ...] = ()
    ask: Ask | None = None


class Tip(Struct, frozen=True):
    """Something told of the house, and how it turned out: `by` are the words that bear it out or contradict it."""

    said: DealFact
    standing: Literal["open", "true", "false"]
    by: DealFact | None = None


class Coach(Struct, frozen=True):
    """The buyer who meets most of the conditions, and how far."""

    person: PersonId
    conditions: tuple[Condition, ...]
    tips: tuple[Tip, ...]

    @property
    def proved(self) -> bool:
        """Whether all five are met; one who lacks some is a candidate."""
        return all(one.met for one in self.conditions)

    @property
    def missing(self) -> tuple[Condition, ...]:
        return tuple(one for one in self.conditions if not one.met)


def coach_of(deal: Deal, norms: Norms) -> Coach | None:
    """The one who comes nearest to a coach, by conditions met and then by last word; None where nobody shows any of the
    first three."""
    shown = showing(deal)
    if not shown:
        return None
    weighed = [(one, conditions(deal, one, norms)) for one in shown]
    best, met = max(
        weighed, key=lambda told: (_rank(told[1]), last_heard(deal, told[0]) or deal.touches[0].at, told[0])
    )
    return Coach(best, met, tips(deal, best))


def _rank(told: Iterable[Condition]) -> tuple[int, int]:
    met = [one.name for one in told if one.met]
    return sum(one in ("reason", "wants us", "fights for us") for one in met), len(met)


def showing(deal: Deal) -> dict[PersonId, set[str]]:
    """Who of the buyers and their advisers has, rather surely, said which of the first three."""
    told: dict[PersonId, dict[str, list[DealFact]]] = {}
    for known in deal.facts:
        claim = known.fact.claim
        if claim in FIRST_HAND:
            one = known.fact.person or known.fact.speaker
            if one is not None and deal.side(one) != "seller":
                told.setdefault(one, {}).setdefault(claim, []).append(known)
    sure = {one: {claim for claim, facts in said.items() if likely(facts)} for one, said in told.items()}
    return {one: claims for one, claims in sure.items() if claims}


def guides(claims: set[str]) -> bool:
    """Whether they have a reason of their own and speak up for us: the least that makes somebody a coach."""
    return REASON in claims and bool(claims & {WANTS, FIGHTS})


def parts_said(deal: Deal, person: DealPerson, norms: Norms) -> list[str]:
    """The roles that somebody is shown in, as pages and sheets say them: a coach is 'perhaps a coach' until proved."""
    return [part_said(role, deal, person.id, norms) for role in sorted(person.proven)]


def part_said(role: Role, deal: Deal, person: PersonId, norms: Norms) -> str:
    """One role in words."""
    if role == "coach" and not all(one.met for one in conditions(deal, person, norms)):
        return "perhaps a coach"
    return role.replace("_", " ")


def conditions(deal: Deal, person: PersonId, norms: Norms) -> tuple[Condition, ...]:
    """The five conditions for one person, in the order in which they are proved."""
    own: dict[str, list[DealFact]] = defaultdict(list)
    for known in deal.facts:
        fact = known.fact
        who = (fact.person or fact.speaker) if fact.claim in FIRST_HAND else fact.speaker
        if who == person and (fact.claim in FIRST_HAND or fact.claim in DEEDS):
            own[fact.claim].append(known)
    return (
        _said(
            person, "reason", own[REASON], "gains from it personally", "What would be better for you once this runs?"
        ),
        _said(
            person, "wants us", own[WANTS], "wants us to win", "If it were yours alone to choose, whom would you take?"
        ),
        _fights(person, own),
        _tips_true(deal, person),
        _talking(deal, person, norms),
    )


def _said(person: PersonId, name: Name, told: Sequence[DealFact], what: str, question: str) -> Condition:
    who = "{" + person + "}"
    if likely(told):
        return Condition(name, True, f"{who} {what}, by their own words", quotes(*told))
    return Condition(name, None, f"nothing shows that {who} {what}", quotes(*told), ask(question, person))


def _fights(person: PersonId, own: Mapping[str, list[DealFact]]) -> Condition:
    who = "{" + person + "}"
    words, deeds = own[FIGHTS], [known for claim in DEEDS for known in own[claim]]
    if likely(words) or likely(deeds):
        how = " and ".join(
            part for part, told in (("speaks up for us inside", words), ("brought others in", deeds)) if told
        )
        return Condition("fights for us", True, f"{who} {how}", quotes(*words, *deeds))
    question = "Who else should hear about this from you, and would you bring us together?"
    return Condition("fights for us", None, f"{who} has not yet put in a word for us", (), ask(question, person))


def tips(deal: Deal, person: PersonId) -> tuple[Tip, ...]:
    """What they told us of their house, each with how it turned out."""
    told = [known for known in deal.facts if known.fact.speaker == person and known.fact.claim in TELLING]
    if not told:
        return ()
    wrong = {one.first.fact.fact: one.against for one in contradicted(deal, person)}
    others = [known for known in deal.facts if known.fact.claim in TELLING and known.fact.speaker != person]
    plain = [_tip(known, wrong, others) for known in told]
    in_turn: dict[tuple[TouchId, int], list[Tip]] = defaultdict(list)
    for tip in plain:
        in_turn[tip.said.fact.touch, tip.said.fact.turn].append(tip)
    return tuple(_with_its_turn(tip, in_turn[tip.said.fact.touch, tip.said.fact.turn]) for tip in plain)


def contradicted(deal: Deal, person: PersonId) -> list[Conflict]:
    """What this person said first, and others or they themselves contradicted, as far as it still stands."""
    return [one for one in conflicts(deal) if one.settled is None and one.first.fact.speaker == person]


def _tip(known: DealFact, wrong: Mapping[str, DealFact], others: Iterable[DealFact]) -> Tip:
    if known.fact.fact in wrong:
        return Tip(known, "false", wrong[known.fact.fact])
    if known.standing == "confirmed":
        return Tip(known, "true")
    by = next((other for other in others if other.at >= known.at and _bears_out(other, known)), None)
    return Tip(known, "open" if by is None else "true", by)


def _bears_out(other: DealFact, tip: DealFact) -> bool:
    """Whether somebody else says the same, or the one who was named says it of themselves."""
    claim, about = tip.fact.claim, tip.fact.person
    if not other.believed:
        return False
    if claim in ("decision_maker_named", "opposition_stated"):
        same = other.fact.claim == claim or (
            claim == "decision_maker_named" and other.fact.claim == "authority_claimed"
        )
        return same and about is not None and other.fact.person == about
    return claim in ("budget_confirmed", "parallel_effort") and other.fact.claim == claim


def _with_its_turn(tip: Tip, turn: Sequence[Tip]) -> Tip:
    """Inside information has no form of its own: it stands or falls with what else was told in the same breath."""
    if tip.said.fact.claim != "inside_information" or tip.standing != "open":
        return tip
    proved = [one for one in turn if one.standing != "open"]
    decisive = next((one for one in proved if one.standing == "false"), proved[0] if proved else None)
    return tip if decisive is None else Tip(tip.said, decisive.standing, decisive.by)


def _tips_true(deal: Deal, person: PersonId) -> Condition:
    told = tips(deal, person)
    who = "{" + person + "}"
    false = [tip for tip in told if tip.standing == "false"]
    true = [tip for tip in told if tip.standing == "true"]
    shown = quotes(*(fact for tip in false or true or told for fact in (tip.said, tip.by) if fact is not None))
    if false:
        question = "We heard something different from what you told me. Has it changed, or did I get it wrong?"
        says = f"{counted(len(false), 'thing')} that {who} told us proved wrong"
        return Condition("tips", False, says, shown, ask(question, person))
    if true:
        return Condition("tips", True, f"{counted(len(true), 'thing')} that {who} told us came true", shown)
    question = "What have the others said about us since we last spoke?"
    says = f"nothing that {who} told us has been borne out yet" if told else f"{who} has told us nothing of the house"
    return Condition("tips", None, says, shown, ask(question, person))


def last_heard(deal: Deal, person: PersonId) -> datetime | None:
    """When this person last spoke, wrote, or was reached by a note's word."""
    for touch in reversed(deal.touches):
        if any(part.person == person and part.how in VOICES for part in touch.parts):
            return touch.at
    return None


def _talking(deal: Deal, person: PersonId, norms: Norms) -> Condition:
    last, who = last_heard(deal, person), "{" + person + "}"
    question = ask("It has been quiet between us. What has happened on your side since?", person)
    if last is None:
        return Condition("still talking", None, f"{who} was never heard", (), question)
    days = (deal.as_of - last).days
    talking = days <= norms.silence_days.value
    says = f"{who} was last heard on {on(last)}, {counted(days, 'day')} ago"
    return Condition("still talking", talking, says, (), None if talking else question)
