"""Whether a contest may be kept and announced: somebody always wins it, everybody can follow it, it can be paid.

objections(contest)         what keeps it from being kept
warnings(contest)           what is allowed, and worth a second thought
needs_approval(contest)     why somebody who has the budget must agree before it is announced
late(contest, today)        why it can't be announced any more
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from premortem.contests.conditions import REMEDY, WHY
from premortem.contests.contest import Contest, key_of, written
from premortem.contests.reading import Objection, in_words

LONGEST_PRIZE = 120
SMALL = 500.0
"""What all prizes may cost, in the contest's currency, without anybody's approval: an assumption of this product."""
SALES = ("sales", "seller", "selling", "account executive", "account manager", "sdr", "bdr")
SHOWN = 3


def objections(contest: Contest) -> list[Objection]:
    """Why a contest can't be kept: a condition in its words, or nobody to compare. Empty where it may."""
    return [
        *in_words({"name": contest.name, "prize": contest.prize, "note": contest.note}),
        *_shape(contest),
        *_people(contest),
        *_money(contest),
    ]


def _shape(contest: Contest) -> list[Objection]:
    wrong = []
    if not contest.prize:
        wrong.append(Objection("prize", WHY["no_prize"], REMEDY["no_prize"]))
    if "\n" in contest.prize or len(contest.prize) > LONGEST_PRIZE:
        remedy = "Shorten it until it can be said in passing."
        wrong.append(Objection("prize", f"it is not one line of at most {LONGEST_PRIZE} characters", remedy))
    if contest.last < contest.first:
        wrong.append(Objection("to", "it lies before the first day", "Let 'to' be the last day that counts."))
    if contest.winners < 1:
        wrong.append(Objection("winners", WHY["way_out"], "Say 1 or more: somebody always wins."))
    who = "teams" if contest.by == "team" else "people"
    if contest.competitors < 2:
        wrong.append(Objection("people", f"there are not two {who} to compare", f"Name two {who} or more."))
    elif contest.winners >= contest.competitors:
        why = f"{contest.winners} of {contest.competitors} {who} would win: everybody, whatever they do"
        wrong.append(Objection("winners", why, f"Say at most {contest.competitors - 1}."))
    return wrong


def _people(contest: Contest) -> list[Objection]:
    wrong = []
    names = Counter(key for one in contest.people for key in {key_of(name) for name in (one.name, *one.also)})
    twice = sorted(name for name, times in names.items() if times > 1)
    if twice:
        why = f"{_some(twice)} {'stands' if len(twice) == 1 else 'stand'} there for more than one person"
        wrong.append(Objection("people", f"{why}, so a deal could count for either", "Name each person once."))
    without = [one.name for one in contest.people if contest.by == "team" and not one.team]
    if without:
        wrong.append(Objection("people", f"{_some(without)} {_has(without)} no team", "Give everybody a team."))
    if contest.metric == "over_quota":
        without = [one.name for one in contest.people if one.quota is None or not 0 < one.quota < float("inf")]
        if without:
            why = f"{_some(without)} {_has(without)} no quota, so nobody can say where they stand"
            wrong.append(Objection("people", why, "Give everybody a quota above 0, or choose another metric."))
    return wrong


def _money(contest: Contest) -> list[Objection]:
    if contest.cost is None:
        return [Objection("cost", "what all prizes cost together is not said", "Add cost = …; 0 for bragging rights.")]
    if contest.cost < 0:
        return [Objection("cost", "it can't be below 0", "Add what all prizes cost together.")]
    return []


def warnings(contest: Contest) -> list[str]:
    """What is worth a second thought: people who don't sell, teams of unlike size, a prize for most."""
    told = []
    others = [one.name for one in contest.people if one.function and not _sells(one.function)]
    unknown = [one.name for one in contest.people if not one.function]
    if others:
        why = "What works among sellers can do harm in other functions"
        told.append(f"{_some(others)} {'does' if len(others) == 1 else 'do'} not work in sales. {why}.")
    if unknown:
        told.append(f"Of {_some(unknown)} the function is not known; a contest is for sales alone.")
    sizes = {team: len(members) for team, members in contest.teams.items()}
    if contest.by == "team" and contest.metric != "over_quota" and len(set(sizes.values())) > 1:
        small, large = min(sizes.values()), max(sizes.values())
        told.append(f"Teams have from {small} to {large} people: the large ones start ahead. 'over_quota' is even.")
    if 2 * contest.winners > contest.competitors:
        told.append(f"{contest.winners} of {contest.competitors} win: that is most of them, and little to be proud of.")
    return told


def _sells(function: str) -> bool:
    return any(word in key_of(function) for word in SALES)


def needs_approval(contest: Contest) -> str | None:
    """Why the budget must be approved before it is announced; None for what is small and makes nobody uneasy."""
    if contest.uneasy:
        return "its cost makes somebody uneasy. A smaller prize works as well"
    if contest.cost is None or contest.cost > SMALL:
        return f"it costs more than {SMALL:,.0f} {contest.currency}, up to which a prize counts as small"
    return None


def late(contest: Contest, today: date) -> str | None:
    """Why it can't be announced on this day: an incentive is known beforehand. None where it can."""
    if today <= contest.first:
        return None
    return f"it began on {written(contest.first)}, and what is told afterwards is a reward, not an incentive"


def _some(names: list[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def _has(names: list[str]) -> str:
    return "has" if len(names) == 1 else "have"
