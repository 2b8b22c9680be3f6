from __future__ import annotations

from datetime import date
from typing import Literal

from premortem.checks.base import Answer, Clear, DoesNotApply, Sign
from premortem.checks.plan_mirrors_our_stages import check
from premortem.ledger.entries import Entry, Milestone
from premortem.ledger.fold import deal_as_of
from premortem.ledger.norms import Norms
from tests.telling import told

STORY = (
    "deal: A story\nsellers: Ines\nbuyers: Tom\n2026-01-05 call: Ines 40%, Tom 60%\n"
    "2026-01-12 stage Demo\n2026-01-26 stage Proposal\n2026-02-09 stage Negotiation\n2026-02-10 mail Ines to Tom\n"
)
Whose = Literal["buyer", "joint", "ours"]


def step(name: str, whose: Whose, done: date | None = None, dropped: bool = False) -> Milestone:
    return Milestone(name, "0" * 64, whose, done=done, dropped=dropped)


def put(*steps: Milestone) -> Answer:
    entries = told(STORY)
    last = entries[-1].at
    plan = [Entry(entries[0].deal, last, last, "user:ines", one) for one in steps]
    return check(deal_as_of([*entries, *plan], last), Norms())


def test_a_plan_of_our_own_doings_is_a_sign() -> None:
    seen = put(step("demo", "ours"), step("offer", "ours"), step("terms", "ours"))
    assert isinstance(seen, Sign)
    assert seen.says == "All 3 steps of the plan are our own doings; none is the buyer's."
    assert "on your side" in seen.ask.question


def test_steps_done_on_the_days_our_stage_moved_are_a_sign_whoever_they_belong_to() -> None:
    seen = put(
        step("see it", "joint", date(2026, 1, 12)),
        step("read it", "buyer", date(2026, 1, 26)),
        step("talk terms", "joint", date(2026, 2, 9)),
    )
    assert isinstance(seen, Sign)
    assert "follows our stages" in seen.says


def test_steps_with_days_of_their_own_are_clear() -> None:
    seen = put(
        step("count the losses", "buyer", date(2026, 1, 20)),
        step("see it", "joint", date(2026, 1, 12)),
        step("offer", "ours"),
    )
    assert isinstance(seen, Clear)
    assert seen.because == "2 steps of 3 in the plan are the buyer's or joint"


def test_dropped_steps_do_not_count_and_two_are_no_plan() -> None:
    assert isinstance(put(), DoesNotApply)
    assert isinstance(put(step("a", "ours"), step("b", "ours"), step("c", "ours", dropped=True)), DoesNotApply)
