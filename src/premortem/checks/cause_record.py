"""What post-mortems of labelled deals named as causes: each finding's record, by how the deal ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Named(NamedTuple):
    """In how many deals that were not won a finding stood, in how many it was the main cause, in how many a further."""

    stood: int
    main: int
    further: int

    def plus(self, other: Named) -> Named:
        return Named(*(one + more for one, more in zip(self, other, strict=True)))


SOURCE = "36 labelled deals that were not won, of the corpus of this product"

COUNTED_BY_END: Mapping[str, Mapping[str, Named]] = {
    "lost": {
        "budget_unconfirmed": Named(5, 0, 0),
        "close_date_unbacked": Named(13, 0, 0),
        "collateral_too_early": Named(1, 0, 0),
        "competitor_ahead": Named(18, 1, 12),
        "conflicting_answers": Named(10, 0, 1),
        "content_overload": Named(11, 0, 1),
        "decision_process_unknown": Named(2, 0, 0),
        "economic_buyer_unmet": Named(14, 0, 11),
        "evaluation_problem": Named(14, 0, 10),
        "false_coach": Named(9, 5, 3),
        "gone_quiet": Named(1, 0, 0),
        "introduction_refused": Named(18, 0, 2),
        "no_coach": Named(11, 0, 0),
        "no_next_step": Named(4, 0, 0),
        "opposition": Named(16, 0, 3),
        "parallel_effort": Named(16, 2, 2),
        "quarter_end_push": Named(15, 0, 3),
        "seller_dominates": Named(10, 0, 1),
        "silent_participant": Named(4, 0, 0),
        "single_threaded": Named(4, 0, 0),
        "stage_ahead_of_evidence": Named(16, 0, 0),
        "stakeholder_unmet": Named(14, 2, 6),
        "status_quo_risk": Named(3, 0, 0),
        "trial_unsupported": Named(10, 8, 1),
        "trial_without_criteria": Named(10, 0, 8),
        "use_case_not_understood": Named(2, 0, 0),
    },
    "no_decision": {
        "budget_unconfirmed": Named(18, 0, 5),
        "close_date_unbacked": Named(15, 0, 0),
        "collateral_too_early": Named(5, 0, 1),
        "conflicting_answers": Named(9, 0, 2),
        "content_overload": Named(6, 0, 0),
        "decision_date_unknown": Named(13, 0, 0),
        "decision_process_unknown": Named(12, 0, 4),
        "economic_buyer_unknown": Named(8, 3, 5),
        "economic_buyer_unmet": Named(7, 0, 7),
        "evaluation_problem": Named(9, 0, 1),
        "false_coach": Named(4, 0, 1),
        "gone_quiet": Named(10, 0, 7),
        "indecision": Named(13, 5, 2),
        "introduction_refused": Named(18, 0, 2),
        "no_coach": Named(10, 0, 0),
        "no_impact": Named(9, 6, 2),
        "no_next_step": Named(15, 0, 0),
        "opposition": Named(12, 1, 2),
        "parallel_effort": Named(14, 1, 5),
        "quarter_end_push": Named(8, 0, 0),
        "seller_dominates": Named(2, 0, 1),
        "silent_participant": Named(6, 0, 0),
        "single_threaded": Named(2, 0, 1),
        "stage_ahead_of_evidence": Named(14, 0, 0),
        "stakeholder_unmet": Named(16, 0, 3),
        "status_quo_risk": Named(18, 2, 10),
        "trial_unsupported": Named(4, 0, 0),
        "trial_without_criteria": Named(7, 0, 1),
        "use_case_not_understood": Named(1, 0, 1),
    },
}
"""Each finding's record in the deals that ended so; 18 were lost to a rival, 18 came to no decision."""

NEVER = Named(0, 0, 0)
COUNTED: Mapping[str, Named] = {
    check: COUNTED_BY_END["lost"].get(check, NEVER).plus(COUNTED_BY_END["no_decision"].get(check, NEVER))
    for check in sorted(COUNTED_BY_END["lost"].keys() | COUNTED_BY_END["no_decision"].keys())
}
"""Each finding's record in all of them; a check that is not here weighs like the mean of all."""
