"""What to ask a buyer after the end: a few neutral questions, chosen by what this deal left open.

Each question is written once, here, and holds nothing of the deal: no name, no quote, no finding. So whoever reads them
learns what we would like to know, and nothing of what we think. The deal only decides which of them are asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from premortem.checks import conflicts as told_twice
from premortem.checks.called import called
from premortem.checks.unknowns import unknowns
from premortem.ledger.deal import Deal

AT_MOST = 7
WHAT_DECIDED, WHAT_WE_MISSED = "what_decided", "what_we_missed"


class Asked(NamedTuple):
    """A question, and what an answer to it is on, as a note would say it."""

    question: str
    on: str


QUESTIONS: Mapping[str, Asked] = {
    WHAT_DECIDED: Asked("Looking back, what decided it in the end?", "what decided it"),
    "who_decided": Asked("Who took part in the decision, and who had the last word on it?", "who had the last word"),
    "how_decided": Asked("How did you get from the first idea to the decision, step by step?", "how it was decided"),
    "when_decided": Asked("What set the time at which it was settled?", "what set the time"),
    "budget": Asked("How was the money for it found, and what would have made that easier?", "the money"),
    "need": Asked("What was it that you wanted to change, and how does it stand today?", "the need"),
    "worth": Asked("How did you work out what it would be worth to you?", "what it was worth"),
    "others": Asked("What else did you weigh, leaving things as they were included?", "what else was weighed"),
    "criteria": Asked("What did you compare, and what weighed most?", "what was compared"),
    "trial": Asked("How was trying it out for you: what went well, and what was missing?", "trying it out"),
    "fit": Asked("How well did what you saw fit the way you work?", "how it fitted"),
    "voices": Asked("Whose concerns were heard last, and what were they?", "whose concerns were heard"),
    "inside": Asked("What did you have to do inside your house to move it forward?", "the way inside the house"),
    "material": Asked("Which of the things that we sent or showed helped, and which did not?", "what was sent"),
    "talks": Asked("In our talks, did you get to say what mattered to you?", "the talks"),
    "pace": Asked("Was our pace right for you, or where was it too fast or too slow?", "the pace"),
    WHAT_WE_MISSED: Asked("What should we have asked or done earlier?", "what should have come earlier"),
}
"""Every question there is, by a key."""

OF_A_MATTER = {
    "who signs": "who_decided",
    "how it gets decided": "how_decided",
    "by when": "when_decided",
    "the budget": "budget",
    "the need": "need",
    "what the problem costs": "worth",
    "who else is looking": "others",
}
OF_A_CONFLICT = {
    told_twice.MONEY: "budget",
    told_twice.DECIDER: "who_decided",
    told_twice.US: "voices",
    told_twice.DAY: "when_decided",
}
OF_A_CAUSE = {
    "budget_unconfirmed": "budget",
    "close_date_unbacked": "when_decided",
    "coach_gone_stale": "inside",
    "collateral_too_early": "material",
    "competitor_ahead": "criteria",
    "conflicting_answers": "how_decided",
    "content_for_wrong_reader": "material",
    "content_overload": "material",
    "decision_date_unknown": "when_decided",
    "decision_never_raised": "how_decided",
    "decision_process_unknown": "how_decided",
    "discount_before_decision": "worth",
    "economic_buyer_unknown": "who_decided",
    "economic_buyer_unmet": "who_decided",
    "evaluation_problem": "trial",
    "false_coach": "inside",
    "gone_quiet": "pace",
    "happy_ears": "voices",
    "indecision": "inside",
    "introduction_refused": "who_decided",
    "no_coach": "inside",
    "no_impact": "worth",
    "no_next_step": "pace",
    "no_question_asked": "talks",
    "no_rival_known": "others",
    "one_source": "voices",
    "opposition": "voices",
    "overruler_stance": "voices",
    "parallel_effort": "others",
    "personal_risk_unanswered": "inside",
    "quarter_end_push": "pace",
    "rapport_missing": "talks",
    "rivals_grip": "criteria",
    "seller_dominates": "talks",
    "several_use_cases_shown": "fit",
    "silent_participant": "voices",
    "single_threaded": "voices",
    "stakeholder_unmet": "voices",
    "status_quo_risk": "others",
    "trial_adrift": "trial",
    "trial_unsupported": "trial",
    "trial_without_criteria": "criteria",
    "use_case_not_understood": "fit",
}
"""Which question a finding becomes; one that is not here is not asked about."""

OPEN = ("unknown", "unsure", "asked")
STILL_OPEN = {
    "unknown": "nobody asked, and nobody said",
    "unsure": "the buyer was not sure of it",
    "asked": "we asked, and heard no answer",
}


class GuideQuestion(Struct, frozen=True):
    """A question by its key, and `why` this deal asks it: for our side alone."""

    key: str
    why: tuple[str, ...]

    @property
    def question(self) -> str:
        return QUESTIONS[self.key].question


def guide(deal: Deal, causes: Sequence[str]) -> tuple[GuideQuestion, ...]:
    """At most seven: what decided it first, what we missed last, between them what answers differed on, what the likely
    `causes` (checks, the likeliest first) leave to ask, and what stayed open."""
    why: dict[str, list[str]] = {}
    for key, reason in _wanted(deal, causes):
        why.setdefault(key, []).append(reason)
    between = [GuideQuestion(key, tuple(dict.fromkeys(reasons))) for key, reasons in why.items()][: AT_MOST - 2]
    first = GuideQuestion(WHAT_DECIDED, ("the buyer’s own reason stands beside ours",))
    last = GuideQuestion(WHAT_WE_MISSED, ("nobody else can tell us",))
    return (first, *between, last)


def _wanted(deal: Deal, causes: Sequence[str]) -> Iterator[tuple[str, str]]:
    for conflict in told_twice.conflicts(deal):
        if conflict.settled is None and conflict.about in OF_A_CONFLICT:
            yield OF_A_CONFLICT[conflict.about], f"two answers on {conflict.about} can’t both be true"
    for check in causes[:3]:
        if check in OF_A_CAUSE:
            yield OF_A_CAUSE[check], f"perhaps a cause: {called(check)}"
    for one in unknowns(deal):
        if one.state in OPEN and one.what in OF_A_MATTER:
            yield OF_A_MATTER[one.what], f"{one.what}: {STILL_OPEN[one.state]}"


def known_keys(keys: Iterable[str]) -> tuple[str, ...]:
    """Those of these keys that are questions, in their order, none twice."""
    return tuple(dict.fromkeys(key for key in keys if key in QUESTIONS))
