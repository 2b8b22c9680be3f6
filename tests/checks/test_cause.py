"""What would be written in the post-mortem: by how often it was, how grave it is, how long it has stood, with what."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from premortem.checks.cause import likely_causes, rate, weigher, weight
from premortem.checks.cause_record import COUNTED, COUNTED_BY_END, Named
from premortem.checks.review import review
from premortem.ledger.entries import Ask, Finding, Severity
from premortem.ledger.fold import deal_as_of
from tests.telling import told

DEALS = Path(__file__).resolve().parents[2] / "corpus" / "deals"

FIVE_CALLS = """
deal: Mill lighting
sellers: Ines
buyers: Tom
2026-01-05 call: Ines, Tom
2026-01-12 call: Ines, Tom
2026-01-19 call: Ines, Tom
2026-01-26 call: Ines, Tom
2026-02-02 call: Ines, Tom
"""


def found(check: str, severity: Severity = "high", since: str = "2026-01-05-call") -> Finding:
    return Finding(check, severity, f"It is {check}.", Ask("And now?"), first_visible=since)


def ranked(*findings: Finding) -> list[str]:
    return [check for check, _ in likely_causes(deal_as_of(told(FIVE_CALLS)), findings)]


def why(*findings: Finding) -> str:
    return likely_causes(deal_as_of(told(FIVE_CALLS)), findings)[0][1]


def test_what_cost_deals_more_often_stands_first() -> None:
    some = found("close_date_unbacked"), found("economic_buyer_unmet"), found("introduction_refused")
    assert ranked(*some)[0] == "economic_buyer_unmet"


def test_the_graver_one_leads_where_both_cost_as_much() -> None:
    assert ranked(found("a_check_of_ours", "medium"), found("another_of_ours", "high"))[0] == "another_of_ours"


def test_what_has_stood_all_along_leads_over_what_came_up_today() -> None:
    new, old = found("a_check_of_ours", since="2026-02-02-call"), found("b_check_of_ours", since="2026-01-05-call")
    assert ranked(new, old) == ["b_check_of_ours", "a_check_of_ours"]


def test_what_is_mild_is_no_cause() -> None:
    assert ranked(found("no_impact", "low")) == []


def test_a_trial_left_alone_weighs_more_once_something_broke_in_it() -> None:
    alone = rate("trial_unsupported", "high", 1.0, {"trial_unsupported"})
    assert rate("trial_unsupported", "high", 1.0, {"trial_unsupported", "evaluation_problem"}) > alone
    assert "no problem stands open in the trial" in why(found("trial_unsupported"))
    assert "Against it" not in why(found("trial_unsupported"), found("evaluation_problem"))


def test_a_friend_taken_for_a_coach_weighs_more_where_a_rival_leads() -> None:
    assert ranked(found("false_coach"), found("economic_buyer_unmet"))[0] == "economic_buyer_unmet"
    beside = {"false_coach", "competitor_ahead"}
    assert rate("false_coach", "high", 1.0, beside) > rate("false_coach", "high", 1.0, {"false_coach"})


def test_fear_of_the_change_is_less_likely_the_cause_where_they_are_choosing_another() -> None:
    assert rate("indecision", "high", 1.0, {"competitor_ahead"}) < rate("indecision", "high", 1.0, set())


def test_what_nobody_said_proves_little_where_little_was_heard() -> None:
    assert rate("no_impact", "high", 1.0, set(), heard=0.2) < rate("no_impact", "high", 1.0, set())
    assert rate("opposition", "high", 1.0, set(), heard=0.2) == rate("opposition", "high", 1.0, set())


def test_why_is_a_sentence_with_the_record_it_stands_on() -> None:
    told_why = why(found("economic_buyer_unmet", since="2026-01-12-call"))
    assert told_why.startswith("It is economic_buyer_unmet. Grave, seen in 4 of 5 touches")
    assert "of 21 labelled deals that were not won" in told_why
    assert "it was a cause in 18" in told_why


def test_a_check_that_nobody_counted_weighs_like_the_mean_and_says_so() -> None:
    assert weight("a_check_of_ours") == weight("")
    assert "has not been counted" in why(found("a_check_of_ours"))


def test_a_short_record_is_drawn_to_the_mean() -> None:
    weights = weigher({"twice": Named(2, 2, 0), "often": Named(40, 40, 0), "never": Named(58, 0, 0)})
    assert weights["never"] < weights["twice"] < weights["often"]


def test_a_review_names_the_likeliest_first() -> None:
    reviewed = review(told(FIVE_CALLS + '  Tom decision_maker_named Dana "Dana signs"\n'))
    assert reviewed.likely_cause == reviewed.causes[0]
    assert reviewed.likely_cause[0] == "economic_buyer_unmet"
    assert {check for check, _ in reviewed.causes} <= {one.check for one in reviewed.findings}


class Labelled(NamedTuple):
    """A deal that was not won: for each finding the part of its touches it stood in, and the causes given."""

    end: str
    stood: dict[str, float]
    main: str
    further: set[str]


def labelled() -> list[Labelled]:
    lost = []
    for folder in sorted(DEALS.iterdir()):
        truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
        end = json.loads((folder / "deal.json").read_text(encoding="utf-8"))["outcome"]["status"]
        if end != "won":
            touches = sorted(one.name for one in (folder / "touches").iterdir())
            since = {flag["flag"]: touches.index(flag["first_visible"]) for flag in reversed(truth["flags"])}
            stood = {flag: 1 - number / len(touches) for flag, number in since.items()}
            main = truth["cause"]["real"]
            lost.append(Labelled(end, stood, main, set(truth["cause"]["others"]) - {main}))
    return lost


def counted_in(deals: Iterable[Labelled]) -> dict[str, Named]:
    deals = list(deals)
    stood = Counter(check for deal in deals for check in deal.stood)
    main = Counter(deal.main for deal in deals)
    further = Counter(check for deal in deals for check in deal.further)
    return {check: Named(stood[check], main[check], further[check]) for check in sorted(stood)}


def test_the_record_is_that_of_the_labelled_deals() -> None:
    assert counted_in(labelled()) == dict(COUNTED)
    for end, record in COUNTED_BY_END.items():
        assert counted_in(deal for deal in labelled() if deal.end == end) == dict(record)


def test_it_names_the_cause_of_deals_that_it_has_not_counted() -> None:
    deals = labelled()
    named = 0
    for deal in deals:
        weights = weigher(counted_in(other for other in deals if other is not deal))
        first = max(sorted(deal.stood), key=lambda one: rate(one, "high", deal.stood[one], deal.stood, weights=weights))
        named += first == deal.main or first in deal.further
    assert named / len(deals) >= 0.80
