"""What speaks for which role, weighed: each test is a small deal."""

from __future__ import annotations

from premortem.ledger.claims import Claim
from premortem.ledger.entries import Fact
from premortem.ledger.roles import SIGNS, RoleShown, Standing, roles_shown

DANA, TOM, OLA = "p-dana", "p-tom", "p-ola"


def said(number: int, claim: Claim, person: str | None = None, speaker: str | None = TOM) -> Fact:
    return Fact(f"f-{number}", "t-1", number, 0, 5, claim, speaker, "test", 0.9, person=person)


def roles(shown: tuple[RoleShown, ...]) -> set[str]:
    return {one.role for one in shown}


def test_whoever_is_named_as_deciding_is_the_economic_buyer_and_the_fact_shows_it() -> None:
    shown = roles_shown([said(1, "decision_maker_named", DANA)], {DANA: Standing(seen=True)})
    [role] = shown[DANA]
    assert (role.role, role.facts, role.guessed) == ("economic_buyer", ("f-1",), False)


def test_who_can_only_veto_does_not_sign() -> None:
    ola = Standing(trades=frozenset({"technical"}), seen=True)
    shown = roles_shown([said(1, "decision_maker_named", OLA)], {OLA: ola})
    assert roles(shown[OLA]) == {"technical_buyer"}
    declared = roles_shown([said(1, "decision_maker_named", OLA)], {OLA: Standing(declared=frozenset({"legal"}))})
    assert "economic_buyer" not in roles(declared[OLA])


def test_of_two_who_are_named_the_more_often_named_signs() -> None:
    facts = [said(n, "decision_maker_named", DANA) for n in range(3)] + [said(9, "decision_maker_named", OLA)]
    shown = roles_shown(facts, {DANA: Standing(seen=True), OLA: Standing(seen=True)})
    assert "economic_buyer" in roles(shown[DANA])
    assert "economic_buyer" not in roles(shown[OLA])


def test_a_planner_uses_it_and_the_title_shows_it() -> None:
    shown = roles_shown([], {TOM: Standing(trades=frozenset({"works"}), met=True, seen=True)})
    [role] = shown[TOM]
    assert (role.role, role.by_title, role.facts) == ("user_buyer", True, ())


def test_a_contact_who_wants_us_fights_and_gains_is_a_coach() -> None:
    facts = [said(1, "wants_us", TOM), said(2, "will_fight", TOM), said(3, "personal_stake", TOM)]
    contact = Standing(in_crm=True, met=True, seen=True)
    [coach] = [one for one in roles_shown(facts, {TOM: contact})[TOM] if one.role == "coach"]
    assert set(coach.facts) == {"f-1", "f-2", "f-3"}
    assert "coach" not in roles(roles_shown(facts[:1], {TOM: contact})[TOM])


def test_opposition_makes_a_blocker_and_a_title_alone_does_not() -> None:
    ola = Standing(trades=frozenset({"technical"}), seen=True)
    assert "blocker" not in roles(roles_shown([], {OLA: ola})[OLA])
    assert "blocker" in roles(roles_shown([said(1, "opposition_stated", OLA)], {OLA: ola})[OLA])


def test_somebody_merely_spoken_of_is_a_guess_that_no_check_leans_on() -> None:
    shown = roles_shown([said(1, "person_named", OLA)], {OLA: Standing(seen=True)})
    [role] = shown[OLA]
    assert (role.role, role.guessed, role.facts) == ("influencer", True, ("f-1",))
    declared = roles_shown([said(1, "person_named", OLA)], {OLA: Standing(declared=frozenset({"coach"}), seen=True)})
    assert declared[OLA] == ()


def test_nobody_has_a_role_without_a_sign() -> None:
    assert roles_shown([], {OLA: Standing()}) == {OLA: ()}


def test_what_is_said_a_hundred_times_counts_three_times() -> None:
    often = [said(n, "opposition_stated", OLA) for n in range(100)]
    [blocker] = [one for one in roles_shown(often, {OLA: Standing()})[OLA] if one.role == "blocker"]
    assert blocker.points == 3 * SIGNS["blocker"].said["opposition_stated"]
    assert len(blocker.facts) == 3
