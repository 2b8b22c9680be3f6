from __future__ import annotations

from msgspec.structs import replace

from premortem.checks.coach_conditions import coach_of, conditions, tips
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Verdict
from premortem.ledger.fold import deal_as_of
from premortem.ledger.norms import Norms
from tests.telling import told, who

ILKA = """deal: Cold store doors
sellers: Ode
buyers: Ilka, Rolf
2026-05-04 call: Ode, Ilka
  Ilka personal_stake "I'd sleep through the night again"
  Ilka wants_us "I would have you tomorrow"
  Ilka decision_maker_named Vera "Vera has the last word"
2026-05-11 call: Ode, Ilka
  Ilka will_fight "I told them I won't go on with the old ones"
  Ilka introduction_agreed Rolf "I'll bring Rolf along"
2026-05-18 call: Ode, Ilka, Rolf
  Rolf decision_maker_named Vera "in the end it is Vera"
"""


def deal(story: str) -> Deal:
    return deal_as_of(told(story))


def test_all_five_prove_a_coach() -> None:
    coach = coach_of(deal(ILKA), Norms())
    assert coach is not None
    assert coach.person == who("Ilka")
    assert coach.proved
    assert [one.name for one in coach.conditions] == ["reason", "wants us", "fights for us", "tips", "still talking"]
    assert all(one.quotes for one in coach.conditions[:4])
    assert coach.missing == ()


def test_each_missing_condition_says_so_and_asks() -> None:
    rolf = conditions(deal(ILKA), who("Rolf"), Norms())
    assert [one.met for one in rolf] == [None, None, None, None, True]
    asked = [one.ask for one in rolf if one.ask is not None]
    assert len(asked) == 4
    assert all(one.to == who("Rolf") and one.question.endswith("?") for one in asked)


def test_bringing_others_in_is_fighting_too() -> None:
    story = ILKA.replace('  Ilka will_fight "I told them I won\'t go on with the old ones"\n', "")
    fights = conditions(deal(story), who("Ilka"), Norms())[2]
    assert fights.met
    assert "brought others in" in fights.says


def test_who_is_quiet_for_long_talks_no_more() -> None:
    story = ILKA + "2026-09-01 mail Ode to Ilka\n"
    talking = conditions(deal(story), who("Ilka"), Norms())[4]
    assert talking.met is False
    assert "106 days" in talking.says
    assert talking.ask is not None


def test_a_tip_is_true_once_another_says_the_same() -> None:
    before = deal(ILKA.split("2026-05-18")[0])
    assert [tip.standing for tip in tips(before, who("Ilka"))] == ["open"]
    (tip,) = tips(deal(ILKA), who("Ilka"))
    assert tip.standing == "true"
    assert tip.by is not None
    assert tip.by.fact.speaker == who("Rolf")


def test_a_tip_is_false_once_somebody_contradicts_it() -> None:
    story = ILKA + '  Ilka budget_confirmed "the money is there"\n  Rolf budget_missing "there is none"\n'
    known = deal(story)
    assert [tip.standing for tip in tips(known, who("Ilka"))] == ["true", "false"]
    failed = conditions(known, who("Ilka"), Norms())[3]
    assert failed.met is False
    assert len(failed.quotes) == 2
    coach = coach_of(known, Norms())
    assert coach is not None
    assert not coach.proved


def test_inside_information_stays_open_until_a_user_confirms_it() -> None:
    entries = told(ILKA + '  Ilka inside_information "you came out second on paper"\n')
    inside = [one for one in deal_as_of(entries).facts if one.fact.claim == "inside_information"]
    assert [tip.standing for tip in tips(deal_as_of(entries), who("Ilka"))][-1] == "open"
    spoken = next(one for one in entries if getattr(one.body, "fact", None) == inside[0].fact.fact)
    confirmed = replace(spoken, author="user:Ode", body=Verdict(inside[0].fact.fact, "confirmed"))
    assert [tip.standing for tip in tips(deal_as_of([*entries, confirmed]), who("Ilka"))][-1] == "true"


def test_what_a_user_rejected_is_no_tip_at_all() -> None:
    entries = told(ILKA)
    spoken = next(one for one in entries if getattr(one.body, "claim", None) == "decision_maker_named")
    rejected = replace(spoken, author="user:Ode", body=Verdict(spoken.body.fact, "rejected"))  # type: ignore[union-attr]
    assert tips(deal_as_of([*entries, rejected]), who("Ilka")) == ()


def test_a_friend_who_shows_none_of_the_three_is_no_candidate() -> None:
    assert coach_of(deal("deal: Doors\nsellers: Ode\n2026-05-04 call: Ode, Ilka\n"), Norms()) is None


def test_an_adviser_from_outside_can_be_one() -> None:
    story = "deal: Doors\nsellers: Ode\noutside: Gil\n2026-05-04 call: Ode, Gil\n"
    story += '  Gil wants_us "I would take these"\n  Gil personal_stake "my name is on the plan"\n'
    coach = coach_of(deal(story), Norms())
    assert coach is not None
    assert coach.person == who("Gil")
