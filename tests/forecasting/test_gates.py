"""Gates: what a buyer said passes them, what nobody asked leaves them open, what our own side says does nothing."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from premortem.forecasting.cadence import cadence_of
from premortem.forecasting.gate import Name
from premortem.forecasting.gates import gates
from premortem.ledger.entries import Changed, Entry, Forecast
from premortem.ledger.fold import deal_as_of, end_of, noon
from premortem.ledger.norms import Norm, Norms
from tests.forecasting.harbour import ALL_OF_IT, at_gates, gate, seen, without
from tests.telling import told, who

ALL: tuple[Name, ...] = ("budget", "category", "money_when", "champion", "two_sources", "fresh", "buyers_date")


def test_a_deal_in_which_all_is_said_passes_every_gate_with_its_quotes() -> None:
    deal = seen()
    facts = {known.fact.fact for known in deal.facts}
    found = at_gates(deal)
    assert [(one.name, one.state) for one in found] == [(name, "passed") for name in ALL]
    for one in found:
        assert one.evidence
        assert set(one.facts) == {quote.fact for quote in one.evidence} <= facts
        assert one.ask is None
    assert set(found.facts) <= facts


def test_a_deal_in_which_nothing_is_said_is_unknown_everywhere_and_each_gate_asks() -> None:
    found = at_gates(seen("deal: Quiet\nbuyers: Tom\nsellers: Ines\n2026-01-05 call: Ines, Tom\n"))
    for one in found:
        assert (one.state, one.evidence, one.facts) == ("unknown", (), ())
        assert one.ask is not None
        assert one.ask.endswith("?")
        assert one.to == who("Tom")


def test_money_that_is_denied_fails_and_money_found_later_passes() -> None:
    denied = without("budget_confirmed") + '  Dana budget_missing "there is no line for this anywhere"\n'
    one = gate("budget", denied)
    assert one.state == "failed"
    assert one.to == who("Dana")
    assert len(one.evidence) == 1
    assert one.ask is not None
    assert "into the plan" in one.ask
    found = denied + '2026-01-15 mail Dana to Ines\n  Dana budget_confirmed =60000 "they gave us sixty after all"\n'
    assert gate("budget", found).state == "passed"


def test_how_far_a_yes_goes_is_no_no() -> None:
    assert gate("budget", ALL_OF_IT + '  Dana budget_missing "and nothing beyond it"\n').state == "passed"


def test_money_without_a_sum_or_a_day_leaves_open_whether_this_is_in_it_and_when_it_is_there() -> None:
    story = (
        without("budget", "decision_date") + '2026-01-15 mail Dana to Ines\n  Dana budget_confirmed "we have money"\n'
    )
    assert gate("budget", story).state == "passed"
    for name in ("category", "money_when"):
        one = gate(name, story)
        assert (one.state, one.to) == ("unknown", who("Dana"))
        assert len(one.evidence) == 1


@pytest.mark.parametrize(
    ("gone", "missing"),
    [
        ("personal_stake", "gain from it personally"),
        ("wants_us", "want us to win"),
        ("will_fight", "speak up for us inside"),
    ],
)
def test_a_champion_lacks_what_nobody_heard_from_them(gone: str, missing: str) -> None:
    one = gate("champion", without(gone))
    assert one.state == "unknown"
    assert missing in one.says
    assert one.to == who("Tom")


def test_a_friend_without_power_is_no_champion() -> None:
    """Tom was never in one room with Dana, and promised nobody."""
    story = without("Dana ").replace("Tom 30%, Dana 40% 2 questions", "Tom 70%")
    story += '  Tom will_fight "I told them"\n'
    one = gate("champion", story)
    assert one.state == "unknown"
    assert "reach who decides" in one.says
    assert gate("champion", story + '  Tom introduction_agreed Dana "I will bring her along"\n').state == "passed"
    refused = gate("champion", story + '  Tom introduction_refused Dana "leave her to me"\n')
    assert (refused.state, refused.to) == ("failed", who("Tom"))


def test_a_champion_who_fell_silent_or_turned_fails() -> None:
    assert gate("champion", on="2026-02-02").state == "passed"
    silent = gate("champion", on="2026-02-03")
    assert (silent.state, "22 days" in silent.says) == ("failed", True)
    turned = ALL_OF_IT + '2026-01-18 mail Dana to Ines\n  Dana opposition_stated Tom "Tom has gone off it"\n'
    assert gate("champion", turned).state == "failed"


def test_one_voice_twice_is_one_source() -> None:
    twice = without("  Dana budget") + '2026-01-14 mail Tom to Ines\n  Tom budget_confirmed =60000 "sixty, as I said"\n'
    one = gate("two_sources", twice)
    assert one.state == "unknown"
    assert "the budget by 1" in one.says
    assert one.to == who("Dana")


def test_a_note_that_reports_on_two_people_is_one_word() -> None:
    note = without("  Dana budget", "  Tom budget")
    note += '2026-01-14 note by Ines, met Tom, Dana\n  Ines budget_confirmed =60000 "sixty is there"\n'
    assert "the budget by 1" in gate("two_sources", note).says


def test_two_people_who_say_different_things_are_no_two_sources() -> None:
    story = without("  Dana authority", "  Dana decision_date")
    story += '  Dana decision_maker_named Olaf "Olaf has the last word"\n'
    story += '  Dana decision_date_stated =2026-09-30 "not before autumn"\n'
    one = gate("two_sources", story)
    assert one.state == "failed"
    assert "who decides and the buyer's date" in one.says


def test_money_that_one_confirms_and_another_denies_is_torn() -> None:
    story = without("  Dana budget").replace(
        "2026-01-12", '2026-01-04 mail Dana to Ines\n  Dana budget_missing "no line for it"\n2026-01-12', 1
    )
    one = gate("two_sources", story)
    assert gate("budget", story).state == "passed"
    assert (one.state, "the budget" in one.says) == ("failed", True)


def test_evidence_goes_stale_with_the_season() -> None:
    states = {name: at_gates(seen(), name).of("fresh").state for name in ("yearly", "quarterly", "monthly", "weekly")}
    assert states == {"yearly": "passed", "quarterly": "passed", "monthly": "passed", "weekly": "failed"}
    assert "not said again within 5 days" in at_gates(seen(), "weekly").of("fresh").says
    longer = replace(Norms(), fresh_days=Norm(9, "set in premortem.toml"))
    assert gates(seen(), longer, cadence_of(longer, "weekly")).of("fresh").state == "passed"  # a threshold outranks it
    assert gate("fresh", on="2026-03-13").state == "passed"
    assert gate("fresh", on="2026-03-14").state == "failed"


def test_where_some_of_it_is_old_nobody_knows_whether_it_still_holds() -> None:
    again = ALL_OF_IT + '2026-03-20 mail Dana to Ines\n  Dana budget_confirmed =60000 "the sixty stands"\n'
    one = gate("fresh", again, on="2026-03-21")
    assert one.state == "unknown"
    assert "the budget" not in one.says
    assert len(one.evidence) == 3


def test_one_who_names_two_deciders_does_not_differ_from_themselves() -> None:
    story = without("Dana ") + '  Tom decision_maker_named Olaf "or Olaf, if she is away"\n'
    assert gate("two_sources", story).state == "unknown"


def test_a_friend_who_was_never_a_champion_and_falls_silent_is_still_unknown() -> None:
    one = gate("champion", without("personal_stake"), on="2026-03-01")
    assert one.state == "unknown"
    assert "are still talking to us" in one.says


def test_a_day_that_passed_or_was_taken_back_is_no_day() -> None:
    assert gate("buyers_date", on="2026-03-31").state == "passed"
    assert gate("buyers_date", on="2026-04-01").state == "failed"
    delayed = ALL_OF_IT + '2026-01-15 mail Dana to Ines\n  Dana delay_stated "everything is frozen"\n'
    assert gate("buyers_date", delayed).state == "failed"
    again = delayed + '2026-01-18 mail Dana to Ines\n  Dana decision_date_stated =2026-05-31 "May it is"\n'
    assert gate("buyers_date", again).state == "passed"


def test_our_own_day_our_stage_and_our_own_words_open_no_gate() -> None:
    story = without("decision_date", "budget")
    story += '2026-01-15 mail Ines to Tom\n  Ines close_pushed "could you sign by Friday?"\n'
    entries = told(story)
    when = noon(date(2026, 1, 16))
    ours = [
        Entry("d-story", when, when, "import:crm", Changed("planned_close", "2026-01-31", "buyer")),
        Entry("d-story", when, when, "import:crm", Changed("stage", "Contract")),
        Entry("d-story", when, when, "user:rep", Forecast("rep", when.date(), "commit", won=0.99)),
    ]
    day = end_of(when.date())
    with_ours, before = at_gates(deal_as_of([*entries, *ours], day)), at_gates(deal_as_of(entries, day))
    assert [one.state for one in with_ours] == [one.state for one in before]
    assert with_ours.of("buyers_date").state == "unknown"
    assert "ours" in with_ours.of("buyers_date").says
