from __future__ import annotations

from premortem.checks.conflicting_answers import check
from premortem.checks.conflicts import conflicts
from premortem.checks.review import review
from premortem.ledger.fold import deal_as_of
from tests.checks.asking import clear, does_not_apply, raised, sign
from tests.telling import told, who

MONEY = """
sellers: Ode
buyers: Pia, Rolf
2026-05-04 call: Ode 40%, Pia 60%
  Pia budget_confirmed =40000 "it is in this year's plan"
2026-06-08 call: Ode 30%, Pia 30%, Rolf 40%
  Rolf budget_missing "nothing has been put aside for that"
"""


def test_money_that_one_has_and_another_has_not_is_grave() -> None:
    found = raised(check, MONEY)
    assert found.severity == "high"
    assert found.says.startswith("Two answers on the money")
    assert who("Pia") in found.says
    assert who("Rolf") in found.says
    assert len(found.evidence) == 2


def test_it_is_dated_to_the_second_answer() -> None:
    dated = next(one for one in review(told("deal: Ovens\n" + MONEY)).findings if one.check == "conflicting_answers")
    assert dated.first_visible == "2026-06-08-call"


def test_money_released_later_settles_it_and_it_stays_on_record() -> None:
    story = MONEY + '2026-07-01 mail Rolf to Ode\n  Rolf budget_confirmed "I found it, go ahead"\n'
    found = raised(check, story)
    assert found.severity == "low"
    assert "settled" in found.says
    assert found.ask.to == who("Rolf")


def test_money_first_missing_and_then_found_is_progress() -> None:
    story = """
    sellers: Ode
    2026-05-04 call: Ode, Pia
      Pia budget_missing "nothing yet"
    2026-06-08 call: Ode, Rolf
      Rolf budget_confirmed "approved"
    """
    assert "fits together" in clear(check, flush(story))


def test_one_breath_that_puts_itself_right_is_no_conflict() -> None:
    story = MONEY.split("2026-06-08")[0] + '  Pia budget_missing "well, part of it, the rest is not there"\n'
    assert "fits together" in clear(check, story)


def test_one_person_at_two_times() -> None:
    story = MONEY.split("2026-06-08")[0] + '2026-06-08 mail Pia to Ode\n  Pia budget_missing "they took it back"\n'
    assert "one thing on 4 May 2026 and another on 8 June 2026" in raised(check, story).says


ALONE = """
sellers: Ode
buyers: Pia, Rolf
2026-05-04 call: Ode, Pia
  Pia authority_claimed "that's my signature, nobody else's"
2026-06-08 call: Ode, Pia, Rolf
  Rolf decision_maker_named Vera "it is Vera who signs that"
"""


def test_signing_alone_until_another_is_named() -> None:
    assert "who decides" in raised(check, ALONE).says


def test_a_limit_that_they_named_themselves_is_no_conflict() -> None:
    told_before = '  Pia decision_maker_named Vera "above ten thousand it is Vera"\n2026-06-08'
    assert "fits together" in clear(check, ALONE.replace("2026-06-08", told_before, 1))


def test_who_decides_is_settled_once_they_say_so_in_person() -> None:
    story = ALONE + '2026-06-20 call: Ode, Vera\n  Vera authority_claimed "I sign this"\n'
    assert raised(check, story).severity == "high", "Vera says so too, and Pia never took it back"
    settled = [one.settled is not None for one in conflicts(deal_as_of(told("deal: Ovens\n" + story)))]
    assert any(settled)


def test_two_who_name_different_people() -> None:
    story = """
    sellers: Ode
    2026-05-04 call: Ode, Pia
      Pia decision_maker_named Vera "Vera decides"
    2026-06-08 call: Ode, Rolf
      Rolf decision_maker_named Umar "it is Umar, always was"
    """
    assert "who decides" in raised(check, flush(story)).says
    agreed = flush(story) + '  Rolf decision_maker_named Vera "and Vera"\n'
    assert len(raised(check, agreed).evidence) == 2
    first = flush(story).replace('  Rolf decision_maker_named Umar "it is Umar, always was"\n', "")
    clear(check, first + '  Rolf decision_maker_named Vera "Vera"\n  Rolf decision_maker_named Umar "and Umar"\n')


def test_coming_round_is_no_conflict_and_turning_away_is() -> None:
    for_us, against = '  Rolf wants_us "I would take you"\n', '  Pia opposition_stated Rolf "Rolf is against it now"\n'
    first, second = "sellers: Ode\n2026-05-04 call: Ode, Pia, Rolf\n", "2026-06-08 call: Ode, Pia, Rolf\n"
    assert "whether they want us" in raised(check, first + for_us + second + against).says
    clear(check, first + against + second + for_us)


def test_days_weeks_apart_are_a_sign_only() -> None:
    story = """
    sellers: Ode
    2026-05-04 call: Ode, Pia, Rolf
      Pia decision_date_stated =2026-07-01 "the first of July"
      Rolf decision_date_stated =2026-10-15 "the middle of October"
    """
    found = sign(check, flush(story))
    assert "1 July 2026 and 15 October 2026" in found.says
    clear(check, flush(story).replace("2026-10-15", "2026-07-10"))


def test_it_does_not_apply_before_anybody_spoke_of_such_things() -> None:
    does_not_apply(check, "sellers: Ode\n2026-05-04 call: Ode, Pia\n")


def flush(story: str) -> str:
    return "".join(line[4:] + "\n" for line in story.splitlines() if line.strip())
