"""How each check is spoken of where it stands as a headline: in plain words, in one place for every page."""

from __future__ import annotations

from collections.abc import Mapping

CALLED: Mapping[str, str] = {
    "budget_unconfirmed": "nobody has confirmed the money",
    "close_date_unbacked": "our close date rests on nothing the buyer said",
    "coach_gone_stale": "our coach has gone quiet",
    "collateral_too_early": "material asked for before the need was told",
    "competitor_ahead": "a competitor is ahead",
    "conflicting_answers": "answers that contradict each other",
    "content_for_wrong_reader": "material that missed whoever decides",
    "content_overload": "more material than anybody reads",
    "decision_date_unknown": "no day for the decision",
    "decision_never_raised": "the decision was never talked about",
    "decision_process_unknown": "how it gets decided is unknown",
    "discount_before_decision": "a discount before the decision",
    "economic_buyer_unknown": "who signs is unknown",
    "economic_buyer_unmet": "nobody has met whoever signs",
    "evaluation_problem": "a problem in the evaluation",
    "evidence_stale": "what the sale rests on was said long ago",
    "false_coach": "a coach whose word does not carry",
    "gone_quiet": "the buyer has gone quiet",
    "happy_ears": "warm words, and nobody with authority heard",
    "indecision": "the buyer fears the change",
    "introduction_refused": "an introduction was refused",
    "no_coach": "nobody inside helps us",
    "no_impact": "what the problem costs is unknown",
    "no_next_step": "no next step is agreed",
    "no_question_asked": "we asked nothing",
    "no_rival_known": "no competitor is known",
    "one_source": "all that we know comes from one person",
    "opposition": "somebody is against us",
    "overruler_stance": "who can overrule the others is not won over",
    "parallel_effort": "a parallel effort on their side",
    "personal_risk_unanswered": "a personal worry without an answer",
    "plan_mirrors_our_stages": "the plan is ours, not the buyer’s",
    "quarter_end_push": "we push for our own deadline",
    "rapport_missing": "one kind of standing with them is missing",
    "rests_on_one_word": "a late stage that rests on one word",
    "rivals_grip": "a competitor holds the account",
    "seller_dominates": "we talk too much",
    "several_use_cases_shown": "too many uses were shown",
    "silent_participant": "somebody in the room stays silent",
    "single_threaded": "one person carries the whole deal",
    "stage_ahead_of_evidence": "the stage says more than the buyer has shown",
    "stakeholder_unmet": "somebody who matters was not met",
    "status_quo_risk": "doing nothing is a real choice",
    "trial_adrift": "a trial that still lacks something",
    "trial_unsupported": "a trial left to itself",
    "trial_without_criteria": "a trial without an agreed measure",
    "use_case_not_understood": "how they would use it is unknown",
}


def called(check: str) -> str:
    """A check in plain words; one that a firm added goes by its own name."""
    return CALLED.get(check) or check.replace("_", " ")
