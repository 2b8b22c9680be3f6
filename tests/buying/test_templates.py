"""Where a plan begins: with a guess, until enough won deals of the firm's own went through one."""

from __future__ import annotations

from datetime import UTC, date, datetime

from premortem.buying.templates import SANE, Past, Step, due_on, template
from premortem.ledger.entries import Entry, Milestone, Opened
from premortem.ledger.fold import deal_as_of


def won(account: str, *steps: tuple[str, str, date | None, date | None]) -> Past:
    """A won deal that began on 1 January 2026: each step's title, element, day and when it was done."""
    begun = datetime(2026, 1, 1, 12, tzinfo=UTC)
    entries = [Entry("d-1", begun, begun, "import:crm", Opened("A deal", account, "Ines"))]
    titles = {}
    for number, (title, element, due, done) in enumerate(steps):
        titles[f"m-{number}"] = title
        body = Milestone(f"m-{number}", "0" * 64, "buyer", due=due, done=done, element=element or None)
        entries.append(Entry("d-1", begun, begun, "user:ines", body))
    return Past(deal_as_of(entries), account, titles)


def day(month: int, day: int) -> date:
    return date(2026, month, day)


def test_without_own_deals_it_is_a_guess_and_says_so() -> None:
    assert template([]) == (SANE, 0)
    one = won("Northmoor", ("Ask the board", "", day(2, 1), day(2, 1)))
    assert template([one, one]) == (SANE, 0)
    assert {"decision", "signature", "go_live", "first_value"} <= {step.element for step in SANE}
    assert [step.days for step in SANE] == sorted(step.days for step in SANE)


def test_own_deals_give_steps_days_and_where_they_got_stuck() -> None:
    past = [
        won(
            "Northmoor",
            ("Ask the works council", "", day(2, 1), day(2, 11)),
            ("Signed", "signature", day(4, 1), day(4, 1)),
        ),
        won(
            "Harbour", ("Ask the works council", "", day(2, 1), day(2, 21)), ("Done", "signature", day(4, 3), day(4, 3))
        ),
        won("Bellfield", ("ask the works  council", "", day(2, 1), day(1, 31)), ("x", "signature", day(4, 5), None)),
    ]
    steps, of = template(past)
    council = next(step for step in steps if step.title == "Ask the works council")
    assert of == 3
    assert council == Step("Ask the works council", "buyer", None, 41, None, had=3, of=3, stuck=2, late_by=15)
    signature = next(step for step in steps if step.element == "signature")
    assert (signature.title, signature.days, signature.stuck) == ("The signature", 92, 1)
    assert {"decision", "go_live", "first_value"} <= {step.element for step in steps}  # what own plans never had


def test_one_buyers_words_never_stand_in_anothers_plan() -> None:
    past = [won("Northmoor", ("Get Dana off our back", "", day(2, 1), None))] * 3
    assert template(past) == (SANE, 0)  # three deals, and all of them of one account


def test_a_day_at_the_weekend_moves_to_monday() -> None:
    assert due_on(Step("x", "ours", None, 1, None), date(2026, 3, 6)) == date(2026, 3, 9)
    assert due_on(Step("x", "ours", None, 0, None), date(2026, 3, 6)) == date(2026, 3, 6)
