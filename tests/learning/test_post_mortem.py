"""A post-mortem by its entries alone: who took part, when it is joint, what follows from what."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from premortem.learning.interview import AT_MOST, WHAT_DECIDED, WHAT_WE_MISSED, guide
from premortem.learning.post_mortem import Standing, standing
from premortem.ledger.entries import Body, Conclusion, Entry, Opened, Outcome
from premortem.ledger.fold import deal_as_of
from tests.telling import told

DAY = datetime(2026, 3, 1, 12, tzinfo=UTC)
WORDS = "0" * 64
REASON, OTHER = "1" * 64, "2" * 64


def stands(*said: tuple[str, Body]) -> Standing:
    """The post-mortem of a deal that was lost, with these said by these people, a minute apart."""
    ended: list[tuple[str, Body]] = [
        ("import:crm", Opened("Bay Street", "a buyer", "a seller")),
        ("import:crm", Outcome("lost", "Ferrum")),
    ]
    told = [
        Entry("d-1", DAY + timedelta(minutes=number), DAY + timedelta(minutes=number), author, body)
        for number, (author, body) in enumerate([*ended, *said])
    ]
    return standing(told)


def factor(name: str, team: str, check: str | None = None, dropped: bool = False) -> Conclusion:
    return Conclusion(name, "factor", WORDS, check, team=team, dropped=dropped)  # type: ignore[arg-type]


def test_it_is_joint_once_sales_and_marketing_took_part() -> None:
    sales, marketing = ("user:ines", factor("c-1", "sales")), ("user:mara", factor("c-2", "marketing"))
    assert stands().missing == ("sales", "marketing")
    assert stands(sales).missing == ("marketing",)
    assert not stands(sales).joint
    assert stands(sales, marketing).joint
    assert stands(sales, marketing).took_part == {"marketing": ("mara",), "sales": ("ines",)}


def test_one_person_speaking_for_both_teams_is_no_joint_act() -> None:
    alone = stands(("user:ines", factor("c-1", "sales")), ("user:ines", factor("c-2", "marketing")))
    assert not alone.joint
    assert alone.missing == ("marketing",)


def test_whoever_names_nothing_has_taken_part() -> None:
    nothing = stands(("user:ines", factor("c-1", "sales", dropped=True)), ("user:mara", factor("c-2", "marketing")))
    assert nothing.joint
    assert len(nothing.factors) == 1


def test_a_factor_of_the_same_check_is_one_by_both_teams_and_nobody_stands_beside_it() -> None:
    both = stands(
        ("user:mara", factor("c-2", "marketing", "no_coach")), ("user:ines", factor("c-1", "sales", "no_coach"))
    )
    (found,) = both.factors
    assert (found.check, found.teams, found.ids) == ("no_coach", ("marketing", "sales"), ("c-2", "c-1"))
    assert "ines" not in str(found)


def test_an_action_is_asked_about_once_its_day_came_until_somebody_says() -> None:
    due = date(2026, 4, 1)
    action = Conclusion("c-9", "action", WORDS, owner="Ines", due=due, about="c-1")
    begun = ("user:ines", factor("c-1", "sales")), ("user:ines", action)
    (found,) = stands(*begun).factors[0].actions
    assert not found.asks_whether_it_recurred(due - timedelta(days=1))
    assert found.asks_whether_it_recurred(due)
    again = ("user:mara", Conclusion("c-10", "recurred", WORDS, about="c-9", again=True))
    (found,) = stands(*begun, again).factors[0].actions
    assert [one.again for one in found.recurred] == [True]
    assert not found.asks_whether_it_recurred(due)


def test_an_action_outlives_the_factor_that_was_taken_back() -> None:
    action = ("user:ines", Conclusion("c-9", "action", WORDS, owner="Ines", due=date(2026, 4, 1), about="c-1"))
    left = stands(("user:ines", factor("c-1", "sales")), action, ("user:ines", factor("c-1", "sales", dropped=True)))
    assert left.factors == ()
    assert [one.id for one in left.actions] == ["c-9"]


def test_the_sellers_and_the_buyers_reason_stand_side_by_side() -> None:
    both = stands(
        ("user:ines", Outcome("lost", "Ferrum", REASON, "seller", 2)),
        ("user:ines", Outcome("lost", "Ferrum", OTHER, "buyer", 2)),
    )
    assert both.sellers_reason is not None
    assert both.buyers_reason is not None
    assert (both.sellers_reason.words, both.buyers_reason.words) == (REASON, OTHER)
    assert both.outcome is not None
    assert both.outcome.rank == 2


def test_an_end_that_was_taken_back_is_forgotten() -> None:
    again = stands(("user:ines", Outcome("lost", "Ferrum", REASON)), ("import:crm", Outcome("open")))
    assert (again.ended, again.sellers_reason, again.ends_told, again.joint) == (None, None, (), False)


def test_ends_that_were_told_differently_are_kept_apart() -> None:
    assert stands(("user:ines", Outcome("no_decision"))).ends_told == ("lost", "no_decision")


STORY = """
deal: Harbour depot
sellers: Ines
buyers: Tom, Mara
2026-01-05 call: Ines 70%, Tom 30%
  Tom budget_confirmed "we have sixty set aside"
2026-01-19 call: Ines 40%, Mara 60%
  Mara budget_missing "nothing is left this year"
2026-03-01 lost to Brightline
"""


def test_the_guide_asks_first_what_decided_it_and_last_what_we_missed() -> None:
    asked = guide(deal_as_of(told(STORY)), ["trial_unsupported", "no_coach", "opposition", "gone_quiet"])
    keys = [one.key for one in asked]
    assert (keys[0], keys[-1]) == (WHAT_DECIDED, WHAT_WE_MISSED)
    assert keys[1] == "budget"  # two answers that can't both be true come before all else
    assert keys[2:5] == ["trial", "inside", "voices"]
    assert len(keys) == len(set(keys)) == AT_MOST
    assert "pace" not in keys  # the fourth cause is none of the likely ones


def test_the_guides_questions_hold_nothing_of_the_deal() -> None:
    asked = guide(deal_as_of(told(STORY)), ["opposition"])
    for one in asked:
        assert not any(word in one.question for word in ("Tom", "Mara", "Ines", "Brightline", "Harbour", "{", "sixty"))
