"""Gates before numbers: what has to be true of a deal before anybody may count on it, each with the words that show it.

    budget          there is money for it, by the buyer's word
    category        this purchase is in it: the money was named with a sum
    money_when      when the money is there
    champion        somebody in the house fights for us, and decides or reaches who does
    two_sources     each key fact is told by two different people
    fresh           what is known was said this season
    buyers_date     the day is the buyer's own, and lies ahead

A gate is passed, failed, or unknown: what nobody asked is no yes, and no no either. Neither the stage nor any day that
our own side set plays a part.
"""

from __future__ import annotations

from collections.abc import Sequence

from premortem.forecasting.cadence import Cadence
from premortem.forecasting.champion import Champion, champion_of
from premortem.forecasting.gate import Gate as Gate
from premortem.forecasting.gate import Gates as Gates
from premortem.forecasting.gate import State, closest, gate, who_said
from premortem.forecasting.key_facts import TWO, KeyFact, dated, key_facts
from premortem.ledger.deal import Deal
from premortem.ledger.deciding import day_of_their_own
from premortem.ledger.norms import Norms
from premortem.ledger.saying import amount, counted, listed, on, period, refs

SAME_BREATH = 3
"""Turns within which a day belongs to the money that was spoken of."""


def gates(deal: Deal, norms: Norms, cadence: Cadence) -> Gates:
    """Every gate, put to a deal as it is seen from `deal.as_of`."""
    facts = key_facts(deal)
    budget, told = facts["the budget"], list(facts.values())
    return Gates(
        (
            _budget(deal, budget),
            _category(deal, budget),
            _money_when(deal, budget),
            _champion(deal, champion_of(deal), norms),
            _two_sources(deal, told),
            _fresh(deal, told, cadence),
            _buyers_date(deal, facts["the buyer's date"]),
        )
    )


def _asked(fact: KeyFact) -> str:
    return "it was asked, and no answer was heard" if fact.asked_in else "nobody asked"


def _budget(deal: Deal, budget: KeyFact) -> Gate:
    if budget.state == "denied":
        ask = "What does it take to get this into the plan, who decides that, and when is the next round?"
        says = f"there is no money for it: last said on {on(budget.against[-1].at)}"
        return gate("budget", "failed", says, [*budget.words, *budget.against], ask, who_said(deal, budget.against[-1]))
    if not budget.known:
        says = f"nobody said whether there is money for it; {_asked(budget)}"
        return gate("budget", "unknown", says, (), budget.question, closest(deal))
    says = f"there is money for it: said on {on(budget.words[-1].at)}"
    return gate("budget", "passed", says, budget.words)


def _category(deal: Deal, budget: KeyFact) -> Gate:
    if not budget.known:
        says = "no budget is known that it could be in"
        return gate("category", "unknown", says, (), "In whose budget would something like this sit?", closest(deal))
    sums = [known for known in budget.words if known.fact.value is not None]
    if sums and (last := sums[-1].fact.value):
        says = f"the money was named with a sum for it: {amount(last)}"
        return gate("category", "passed", says, sums)
    ask = "Is this kind of purchase a line of its own in that budget, and how much stands on it?"
    says = "there is money, and nobody said that this purchase is in it: no sum was named for it"
    return gate("category", "unknown", says, budget.words, ask, who_said(deal, budget.words[-1]))


def _money_when(deal: Deal, budget: KeyFact) -> Gate:
    """A day that was given in the same breath as the money."""
    ask = "From when is that money there, and until when does it have to be spent?"
    if not budget.known:
        return gate("money_when", "unknown", "no money is known of that could have a day", (), ask, closest(deal))
    days = deal.said("decision_date_stated", "compelling_event", "next_step_agreed")
    days = [known for known in days if period(known.fact.value) is not None]
    for money in reversed(budget.words):
        for day in reversed(days):
            near = abs(day.fact.turn - money.fact.turn) <= SAME_BREATH
            if day.fact.touch == money.fact.touch and near:
                says = f"{_days(day.fact.value)} was named together with the money"
                return gate("money_when", "passed", says, [money, day])
    says = "there is money, and nobody said from when or until when"
    return gate("money_when", "unknown", says, budget.words, ask, who_said(deal, budget.words[-1]))


def _days(value: str | None) -> str:
    told = period(value)
    if told is None:
        return "no day"
    return on(told[0]) if told[0] == told[1] else f"{on(told[0])} to {on(told[1])}"


def _champion(deal: Deal, one: Champion | None, norms: Norms) -> Gate:
    if one is None:
        says = "nobody on their side has shown a reason of their own, said that they want us, or fought for us"
        ask = "If it were yours alone to choose, whom would you take, and what would be better for you once it runs?"
        return gate("champion", "unknown", says, (), ask, closest(deal))
    words = [*one.reason, *one.wants, *one.fights, *one.power]
    who = refs([one.person])
    silent = one.silent_days(deal.as_of)
    if one.against:
        says = f"{who} spoke for us, and since then there is a word of theirs against us"
        ask = "What has changed for you since we last spoke of it?"
        return gate("champion", "failed", says, [*words, *one.against], ask, one.person)
    talking = silent is not None and silent <= norms.silence_days.value
    if one.guides and one.last_heard is not None and not talking:
        says = f"{who} has not been heard for {counted(silent or 0, 'day')}"
        ask = "It has been quiet between us. What has happened on your side since?"
        return gate("champion", "failed", says, words, ask, one.person)
    if one.refused and not one.decides:
        says = f"{who} declined to bring us together with whoever decides"
        ask = "What would you need in your hands first, so that half an hour with them is worth it?"
        return gate("champion", "failed", says, words, ask, one.person)
    missing = _missing(one, talking)
    if missing:
        says = f"{who} comes nearest to a champion; nothing shows that they {listed(what for what, _ in missing)}"
        return gate("champion", "unknown", says, words, missing[0][1], one.person)
    power = "decides" if one.decides else "reaches who decides"
    says = f"{who} has a reason of their own, wants us, fights for us, is still talking to us, and {power}"
    return gate("champion", "passed", says, words)


def _missing(one: Champion, talking: bool) -> list[tuple[str, str]]:
    """What is not shown of them, each with the question that would show it."""
    asked = (
        (one.reason, "gain from it personally", "What would be better for you once this runs?"),
        (one.wants, "want us to win", "If it were yours alone to choose, whom would you take?"),
        (one.fights, "speak up for us inside", "Who else should hear about this from you?"),
        (talking, "are still talking to us", "It has been quiet between us. What has happened on your side since?"),
        (one.has_power, "reach who decides", "Who has the last word on this, and would you bring us together?"),
    )
    return [(what, question) for shown, what, question in asked if not shown]


def _two_sources(deal: Deal, facts: Sequence[KeyFact]) -> Gate:
    words = [known for fact in facts for known in (*fact.words, *fact.against)]
    torn = [fact for fact in facts if fact.torn]
    thin = [fact for fact in facts if len(fact.sources) < TWO or not fact.known]
    told = ", ".join(f"{fact.name} {_by(fact)}" for fact in facts)
    if not (thin or torn):
        return gate("two_sources", "passed", f"two people or more told each: {told}", words)
    weakest = (torn or thin)[0]
    to = closest(deal, but=weakest.sources) or closest(deal)
    if torn:
        names = listed(fact.name for fact in torn)
        return gate("two_sources", "failed", f"their people differ on {names}", words, weakest.question, to)
    return gate("two_sources", "unknown", f"not yet told by two: {told}", words, weakest.question, to)


def _by(fact: KeyFact) -> str:
    if not fact.known:
        return {"denied": "denied", "unsure": "unsure", "asked": "asked, not answered"}.get(fact.state, "not asked")
    return f"by {len(fact.sources)}"


def _fresh(deal: Deal, facts: Sequence[KeyFact], cadence: Cadence) -> Gate:
    """Where some of it is old, nobody knows whether it still holds; where all of it is, this season is silent."""
    newest = {fact.name: fact.words[-1] for fact in facts if fact.known}
    days = counted(int(cadence.fresh_days), "day")
    if not newest:
        says = "nothing of what a sale rests on is known"
        return gate("fresh", "unknown", says, (), facts[0].question, closest(deal))
    stale = {name: known for name, known in newest.items() if (deal.as_of - known.at).days > cadence.fresh_days}
    if not stale:
        says = f"all that is known was said in the last {days}, as a {cadence.name} cadence asks"
        return gate("fresh", "passed", says, newest.values())
    name, oldest = min(stale.items(), key=lambda one: (one[1].at, one[0]))
    says = f"not said again within {days}: " + listed(f"{name} (since {on(known.at)})" for name, known in stale.items())
    ask = f"On {on(oldest.at)} we spoke about {name}: is that still so, and what has changed since?"
    state: State = "failed" if len(stale) == len(newest) else "unknown"
    return gate("fresh", state, says, stale.values(), ask, who_said(deal, oldest))


def _buyers_date(deal: Deal, date: KeyFact) -> Gate:
    theirs = day_of_their_own(deal)
    if theirs is not None and theirs >= deal.as_of.date():
        return gate("buyers_date", "passed", f"the buyer set {on(theirs)} by their own hand in the shared plan")
    if date.state == "unsure":
        says = f"there is no day of theirs any more: a delay was spoken of on {on(date.against[-1].at)}"
        return gate("buyers_date", "failed", says, date.against, date.question, who_said(deal, date.against[-1]))
    if not date.known:
        ours = "; the day in our own row is ours" if deal.planned_close else ""
        return gate(
            "buyers_date", "unknown", f"the buyer gave no day; {_asked(date)}{ours}", (), date.question, closest(deal)
        )
    told = dated(date.words)
    if told is None:
        ask = "You spoke of a time for the decision. Which day is that at the latest, and what sets it?"
        return gate(
            "buyers_date", "unknown", "the buyer spoke of a time that is no day", date.words, ask, closest(deal)
        )
    newest = [known for known in date.words if period(known.fact.value) == told]
    if told[1] < deal.as_of.date():
        says = f"their day has passed: {_days(newest[-1].fact.value)}"
        return gate("buyers_date", "failed", says, newest, date.question, who_said(deal, newest[-1]))
    return gate("buyers_date", "passed", f"the buyer gave {_days(newest[-1].fact.value)}", newest)
