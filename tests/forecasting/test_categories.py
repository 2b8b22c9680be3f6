"""Categories follow from the gates alone; an entry names its amount, its window and every assumption in it."""

from __future__ import annotations

from datetime import date

import pytest

from premortem.forecasting.cadence import ask_owner_on, cadence_of
from premortem.forecasting.categories import category, entry, forecast
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Body, Changed, Entry, Forecast, Opened, Outcome
from premortem.ledger.fold import deal_as_of, end_of, noon
from premortem.ledger.norms import Norms
from tests.forecasting.harbour import ALL_OF_IT, at_gates, seen, without
from tests.telling import told

JUST_ONE_WORD = """
deal: One word
sellers: Ines
buyers: Tom
2026-01-05 call: Ines, Tom
"""


def with_row(amount: float, story: str = ALL_OF_IT) -> Deal:
    """The same deal with an amount in its row."""
    when = noon(date(2026, 1, 5))
    row: list[Body] = [Opened("Harbour", "Harbour", "Ines", "EUR"), Changed("amount", amount)]
    told_of_it = [*told(story), *(Entry("d-story", when, when, "import:crm", body) for body in row)]
    return deal_as_of(told_of_it, end_of(date(2026, 1, 20)))


def placed(deal: Deal) -> tuple[str, str]:
    found = category(at_gates(deal), deal)
    return found.category, found.because


def test_all_gates_passed_is_commit() -> None:
    assert placed(seen()) == ("commit", "all 7 gates are passed")


def test_what_is_unknown_makes_it_best_case_and_what_failed_pipeline() -> None:
    best, because = placed(seen(without("will_fight")))
    assert (best, because) == ("best_case", "the money and their date are there; not known: a champion with power")
    stood, because = placed(seen(on="2026-04-02"))
    assert stood == "pipeline"
    assert because.startswith("it fails on a champion with power, evidence of this season and the buyer's own date")
    assert placed(seen(without("budget")))[0] == "pipeline"


def test_what_is_not_budgeted_is_not_on_the_forecast_and_its_task_is_the_budget() -> None:
    deal = seen(without("budget_confirmed") + '  Dana budget_missing "there is no line for this"\n')
    found = category(at_gates(deal), deal)
    assert found == ("not_on_forecast", "it is not budgeted", "get into the budget")


def test_a_deal_without_a_buyers_voice_or_with_an_end_is_not_on_the_forecast() -> None:
    assert (
        placed(seen("deal: Nobody\nsellers: Ines\nbuyers: Tom\n2026-01-05 mail Ines to Tom\n"))[0] == "not_on_forecast"
    )
    assert placed(seen(ALL_OF_IT + "2026-01-19 won\n")) == ("not_on_forecast", "it has ended: won")


@pytest.mark.parametrize(
    "word",
    [
        '  Tom wants_us "you are the ones"',
        '  Tom authority_claimed "I sign it myself"',
        '  Tom budget_confirmed =60000 "sixty is there"',
        '  Tom decision_date_stated =2026-03-31 "by the end of March"',
    ],
)
def test_one_word_is_never_commit_whatever_the_row_says(word: str) -> None:
    story = JUST_ONE_WORD + word + "\n2026-01-06 stage Contract signed\n2026-01-06 close 2026-01-31 by buyer\n"
    assert placed(seen(story))[0] == "pipeline"


def test_everything_by_one_voice_is_never_commit() -> None:
    assert placed(seen(ALL_OF_IT.replace("  Dana", "  Tom")))[0] != "commit"


def test_the_stage_moves_no_category() -> None:
    for story in (ALL_OF_IT, without("budget"), without("will_fight"), JUST_ONE_WORD):
        assert placed(seen(story)) == placed(seen(story + "2026-01-15 stage Closing, 90%\n"))


def test_the_window_is_the_buyers_own_and_a_sum_of_theirs_carries_the_amount() -> None:
    deal = with_row(60_000)
    found = entry(at_gates(deal), deal, Norms())
    assert (found.amount, found.currency) == (60_000, "EUR")
    assert found.window == (date(2026, 3, 31), date(2026, 3, 31))
    assert (found.by_the_buyer, found.assumptions) == (True, ())
    assert set(found.evidence) == set(at_gates(deal).facts)


def test_an_amount_that_the_buyer_never_named_is_an_assumption() -> None:
    deal = with_row(80_000)
    assert entry(at_gates(deal), deal, Norms()).assumptions == (
        "the amount of 80,000 is our own row's; the buyer spoke of 60,000",
    )


def test_without_a_day_of_theirs_the_window_is_wide_and_named_an_assumption() -> None:
    deal = seen(without("decision_date"))
    found = entry(at_gates(deal), deal, Norms())
    assert found.window == (date(2026, 7, 7), date(2027, 1, 5))  # 183 to 365 days after it began
    assert not found.by_the_buyer
    assert "from the length of a cycle (an assumption of this product" in found.assumptions[0]
    assert any(one.startswith("the buyer's own date: ") for one in found.assumptions)


def test_a_day_of_theirs_that_has_passed_is_told_and_no_window() -> None:
    deal = seen(ALL_OF_IT, on="2026-04-02")
    found = entry(at_gates(deal), deal, Norms())
    assert not found.by_the_buyer
    assert found.theirs_passed == date(2026, 3, 31), "they named a day, though it is behind us"
    assert entry(at_gates(seen(ALL_OF_IT)), seen(ALL_OF_IT), Norms()).theirs_passed is None


def test_older_than_any_cycle_it_still_has_a_window_ahead() -> None:
    deal = seen(without("decision_date"), on="2027-06-01")
    found = entry(at_gates(deal), deal, Norms())
    assert found.window == (date(2027, 6, 1), date(2028, 3, 1))
    assert "older than the long end of a cycle" in found.assumptions[0]


def test_the_ledgers_entry_has_no_probability() -> None:
    deal = with_row(60_000)
    kept = forecast(at_gates(deal), deal, Norms())
    assert (kept.method, kept.by, kept.category, kept.amount) == ("gates", date(2026, 3, 31), "commit", 60_000)
    assert (kept.won, kept.lost, kept.no_decision, kept.interval) == (None, None, None, None)


def test_each_owner_is_asked_once_a_season() -> None:
    deal = seen()
    quarterly, weekly = cadence_of(Norms()), cadence_of(Norms(), "weekly")
    assert (quarterly.name, quarterly.fresh_days, quarterly.asked_every_days) == ("quarterly", 60, 91)
    assert ask_owner_on(deal, weekly) == date(2026, 1, 20)
    said = noon(date(2026, 1, 18))
    rep = Entry("d-story", said, said, "user:ines", Forecast("rep", date(2026, 3, 31), "commit"))
    asked = deal_as_of([*told(ALL_OF_IT), rep], end_of(date(2026, 1, 20)))
    assert ask_owner_on(asked, weekly) == date(2026, 1, 25)
    assert ask_owner_on(asked, quarterly) == date(2026, 4, 19)


def test_an_end_that_was_taken_back_goes_on() -> None:
    later = noon(date(2026, 1, 19))
    again = Entry("d-story", later, later, "user:ines", Outcome("open"))
    entries = [*told(ALL_OF_IT + "2026-01-18 lost to Brightline\n"), again]
    assert placed(deal_as_of(entries, end_of(date(2026, 1, 20))))[0] == "commit"
