"""What to ask next: of all the questions that would settle something in a deal, the few worth the next conversation.

Every finding, sign and unknown brings its own question. Those that open the same subject are one question. It ranks by
what its answer would change: by how often what it settles has cost a deal, and by whether the person to ask can be
reached, and was not asked the same in the last touch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from premortem.checks.base import Sign, closest_buyer, counted, last_day
from premortem.checks.cause import weight
from premortem.checks.unknowns import Unknown
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Ask, Finding, PersonId, Quote, Severity
from premortem.ledger.matters import MATTERS

AT_MOST = 5

SUBJECTS: Mapping[str, str] = {matter.what: matter.topic for matter in MATTERS} | {
    "economic_buyer_unknown": "authority",
    "decision_process_unknown": "process",
    "decision_date_unknown": "timing",
    "close_date_unbacked": "timing",
    "quarter_end_push": "timing",
    "budget_unconfirmed": "budget",
    "no_impact": "impact",
    "use_case_not_understood": "use_case",
    "parallel_effort": "competition",
    "competitor_ahead": "competition",
    "trial_without_criteria": "criteria",
    "no_coach": "stakes",
    "false_coach": "stakes",
}
"""What a question opens where several checks ask about the same: a topic of `discovery_question` where there is one."""

MEETS = frozenset({"economic_buyer_unmet", "stakeholder_unmet", "introduction_refused"})
"""These ask about somebody whom we have not met: the same person, the same question."""

GRAVE: Mapping[Severity, float] = {"high": 1.0, "medium": 0.7, "low": 0.3}
SIGN = 0.02
NOT_KNOWN = {"unknown": 0.08, "unsure": 0.07, "denied": 0.07, "asked": 0.05}
"""What closing an unknown is worth beside settling a finding, whose weights are the shares of deals that it cost."""

OUT_OF_REACH = 0.5
ASKED_JUST_NOW = 0.3
SILENCE = "gone_quiet"
BEFORE_ALL_ELSE = 3.0
"""Nothing else is answered before a silence ends."""

SOON = 30
"""Days before the close or the buyer's own day in which the sentence on why now names it."""

_PERSON = re.compile(r"\{p-[0-9a-f]+\}")
_WORDS = re.compile(r"\{p-[0-9a-f]+\}|[a-z]{4,}")
ALIKE = 0.5


class Settled(Struct, frozen=True):
    """What an answer would settle: a finding, a sign (both by their check), or an unknown, and how grave it is."""

    kind: Literal["finding", "sign", "unknown"]
    what: str
    severity: Severity | None = None


class NextQuestion(Struct, frozen=True):
    """A question worth asking next.

    `why` says why now, and `evidence` are the words it stands on. `through` is who could carry the question, where
    nobody of ours has met the person yet.
    """

    ask: Ask
    why: str
    settles: tuple[Settled, ...]
    evidence: tuple[Quote, ...] = ()
    through: PersonId | None = None
    worth: float = 0.0


def next_questions(
    deal: Deal, findings: Sequence[Finding], signs: Sequence[tuple[str, Sign]], unknowns: Sequence[Unknown]
) -> tuple[NextQuestion, ...]:
    """Five at most, what would change most first; none where nothing is open."""
    merged: list[NextQuestion] = []
    opens: list[tuple[set[str], set[str]]] = []
    for one in _all(findings, unknowns, signs):
        mine = (_subjects(one), _words(one.ask.question))
        twin = next((number for number, theirs in enumerate(opens) if _same(mine, theirs)), None)
        if twin is None:
            merged.append(one)
            opens.append(mine)
        else:
            merged[twin] = _joined(merged[twin], one)
            opens[twin][0].update(mine[0])
    closest = closest_buyer(deal)
    lately = _asked_lately(deal)
    reached = [_reached(deal, one, closest, lately) for one in merged]
    ranked = sorted(reached, key=lambda one: (-one.worth, one.settles[0].what))[:AT_MOST]
    return tuple(_soon(deal, ranked))


def _all(
    findings: Iterable[Finding], unknowns: Iterable[Unknown], signs: Iterable[tuple[str, Sign]]
) -> Iterator[NextQuestion]:
    """Findings first, the weightiest leading: their questions know more of the deal than an unknown's."""
    for found in sorted(findings, key=_worth, reverse=True):
        settled = (Settled("finding", found.check, found.severity),)
        yield NextQuestion(found.ask, found.says, settled, found.evidence, worth=_worth(found))
    for unknown in unknowns:
        if unknown.state in NOT_KNOWN:
            settled = (Settled("unknown", unknown.what),)
            yield NextQuestion(unknown.ask, _open(unknown), settled, unknown.evidence, worth=NOT_KNOWN[unknown.state])
    for name, sign in signs:
        yield NextQuestion(sign.ask, sign.says, (Settled("sign", name),), sign.evidence, worth=SIGN)


def _worth(found: Finding) -> float:
    """Half by the deals that it cost, half like any other: what was never a cause may still hide one."""
    half = (weight(found.check) + weight("")) / 2 * GRAVE[found.severity]
    return half * (BEFORE_ALL_ELSE if found.check == SILENCE and found.severity != "low" else 1.0)


def _open(unknown: Unknown) -> str:
    stands = {
        "unknown": "nobody has asked yet",
        "unsure": "the buyer's last word on it leaves it open",
        "denied": "the buyer says there is none",
        "asked": "it was asked, and no answer was heard",
    }
    return f"{unknown.what[:1].upper()}{unknown.what[1:]}: {stands[unknown.state]}."


def _same(one: tuple[set[str], set[str]], other: tuple[set[str], set[str]]) -> bool:
    """Whether two questions, each as its subjects and its words, open the same."""
    (subjects, mine), (theirs_too, theirs) = one, other
    if subjects & theirs_too:
        return True
    shared = len(mine & theirs)
    if not shared or shared < ALIKE * (len(mine) + len(theirs) - shared):
        return False
    return not any(word.startswith("{") for word in mine ^ theirs)  # else the same words about somebody else


def _subjects(one: NextQuestion) -> set[str]:
    found = {SUBJECTS[settled.what] for settled in one.settles if settled.what in SUBJECTS}
    if any(settled.what in MEETS for settled in one.settles):
        found.update(_PERSON.findall(one.ask.question))
    return found


def _words(question: str) -> set[str]:
    return set(_WORDS.findall(question.lower()))


def _joined(kept: NextQuestion, other: NextQuestion) -> NextQuestion:
    return replace(kept, settles=kept.settles + other.settles, worth=kept.worth + other.worth)


def _asked_lately(deal: Deal) -> set[str]:
    """The subjects that our side opened in the last touch."""
    if not deal.touches:
        return set()
    last = deal.touches[-1]
    put = {one.topic for one in last.questions if one.topic and deal.side(one.person) == "seller"}
    said = deal.said("discovery_question")
    return put | {known.fact.value for known in said if known.fact.touch == last.id and known.fact.value}


def _reached(deal: Deal, one: NextQuestion, closest: PersonId | None, lately: set[str]) -> NextQuestion:
    """The same question to somebody whom it can reach, its worth by how well it does."""
    to = one.ask.to or closest
    met = to is not None and (to == closest or (to in deal.people and deal.people[to].met is not None))
    worth = one.worth * (1.0 if met else OUT_OF_REACH)
    if _subjects(one) & lately:
        worth *= ASKED_JUST_NOW
    return replace(one, ask=Ask(one.ask.question, to), through=None if met else closest, worth=worth)


def _soon(deal: Deal, ranked: Sequence[NextQuestion]) -> Iterator[NextQuestion]:
    """The questions, the first of them with the day that is near, if one is."""
    today = deal.as_of.date()
    given = [last_day(known.fact.value) for known in deal.said("decision_date_stated")[-1:]]
    days: list[tuple[date, str]] = [(day, "the buyer's day") for day in given if day is not None]
    days += [(deal.planned_close, "the planned close")] if deal.planned_close else []
    near = [((day - today).days, what) for day, what in days if 0 <= (day - today).days <= SOON]
    for number, one in enumerate(ranked):
        why = one.why
        if near and number == 0:
            left, what = min(near)
            why += f" {what[:1].upper()}{what[1:]} is {counted(left, 'day')} off." if left else f" Today is {what}."
        yield replace(one, why=why)
