"""What a stated reason is about, so that the seller's, the buyer's and the evidence can stand side by side.

A reason is somebody's own words and stays as it is. Here it is only sorted, by plain words that it holds, into subjects
wide enough that two people who mean the same land in one. What holds none of them is about nothing that we can tell,
and is then compared with nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

PRICE, PEOPLE, PRODUCT = "price and budget", "the people who decide", "the product and its fit"
RIVAL, PRIORITY, WORKING = "a rival", "time and priority", "how we worked with them"

SUBJECT_OF: Mapping[str, str] = {
    "budget_unconfirmed": PRICE,
    "discount_before_decision": PRICE,
    "coach_gone_stale": PEOPLE,
    "conflicting_answers": PEOPLE,
    "decision_never_raised": PEOPLE,
    "decision_process_unknown": PEOPLE,
    "economic_buyer_unknown": PEOPLE,
    "economic_buyer_unmet": PEOPLE,
    "false_coach": PEOPLE,
    "introduction_refused": PEOPLE,
    "no_coach": PEOPLE,
    "opposition": PEOPLE,
    "overruler_stance": PEOPLE,
    "silent_participant": PEOPLE,
    "single_threaded": PEOPLE,
    "stakeholder_unmet": PEOPLE,
    "evaluation_problem": PRODUCT,
    "several_use_cases_shown": PRODUCT,
    "trial_adrift": PRODUCT,
    "trial_unsupported": PRODUCT,
    "trial_without_criteria": PRODUCT,
    "use_case_not_understood": PRODUCT,
    "competitor_ahead": RIVAL,
    "no_rival_known": RIVAL,
    "parallel_effort": RIVAL,
    "rivals_grip": RIVAL,
    "close_date_unbacked": PRIORITY,
    "decision_date_unknown": PRIORITY,
    "gone_quiet": PRIORITY,
    "indecision": PRIORITY,
    "no_impact": PRIORITY,
    "no_next_step": PRIORITY,
    "quarter_end_push": PRIORITY,
    "status_quo_risk": PRIORITY,
    "collateral_too_early": WORKING,
    "content_for_wrong_reader": WORKING,
    "content_overload": WORKING,
    "happy_ears": WORKING,
    "no_question_asked": WORKING,
    "personal_risk_unanswered": WORKING,
    "plan_mirrors_our_stages": WORKING,
    "rapport_missing": WORKING,
    "seller_dominates": WORKING,
    "stage_ahead_of_evidence": WORKING,
}
"""What a check's finding is about; one that is not here is compared with nothing."""

_WORDS: Mapping[str, str] = {
    PRICE: r"pric\w*|cheap\w*|expensive|costs?|costly|budget\w*|money|dear(?:er)?|discount\w*|afford\w*",
    PEOPLE: r"boss\w*|board|cfo|ceo|owner|director|overruled|veto\w*|signs?|signature|approv\w+|committee",
    PRODUCT: r"product|features?|functional\w*|fit(?:s|ted)?|miss(?:ing|ed) \w+|integrat\w+|interface|trial|pilot|"
    r"proof of concept|bugs?|faults? in|performance|technical\w*|requirements?",
    RIVAL: r"rivals?|competitors?|incumbent|larger provider|bigger (?:firm|provider|name)|well[- ]known|better known|"
    r"another (?:firm|provider|vendor|supplier)|other (?:firm|provider|vendor|supplier)",
    PRIORITY: r"priorit\w+|timing|postpon\w*|delay\w*|on hold|frozen|freeze|no decision|later|next year|not now|"
    r"reorgani[sz]ation|stay(?:ed|ing)? (?:as|with)|no need|urgen\w+",
    WORKING: r"trust\w*|relationship|support|service|respons\w+|slow|listen\w*|communicat\w+|knowledge of",
}
_FOUND = {subject: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for subject, words in _WORDS.items()}


def about(reason: str) -> tuple[str, ...]:
    """The subjects that a reason speaks of; none where we can't tell."""
    return tuple(subject for subject, words in _FOUND.items() if words.search(reason))


def about_checks(checks: Iterable[str]) -> tuple[str, ...]:
    """The subjects of these checks' findings, in the order in which they come."""
    return tuple(dict.fromkeys(SUBJECT_OF[check] for check in checks if check in SUBJECT_OF))


def disagreements(reasons: Iterable[tuple[str, tuple[str, ...]]]) -> list[str]:
    """Whose reasons share no subject, a sentence each; `reasons` are pairs of whose it is and its subjects."""
    told = [(whose, subjects) for whose, subjects in reasons if subjects]
    return [
        f"{one[:1].upper()}{one[1:]} speaks of {_listed(mine)}, {other} of {_listed(theirs)}."
        for number, (one, mine) in enumerate(told)
        for other, theirs in told[number + 1 :]
        if not set(mine) & set(theirs)
    ]


def _listed(subjects: tuple[str, ...]) -> str:
    return subjects[0] if len(subjects) == 1 else f"{', '.join(subjects[:-1])} and {subjects[-1]}"
