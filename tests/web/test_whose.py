"""Whose a deal is: given on its page, handed over with all others, and moved along to another team."""

from __future__ import annotations

from django.contrib.auth import get_user_model

from premortem.records.firm.models import DealHome, Member, Team
from premortem.web.pages.whose import owners
from tests.web.conftest import OURS, THEIRS, House


def member(who: str) -> Member:
    return Member.objects.get(user__username=who)


def whose(deal: str) -> tuple[str | None, str | None]:
    home = DealHome.objects.get(deal=deal)
    return (home.owner.get_username() if home.owner else None, home.team.name if home.team else None)


def test_a_manager_gives_a_deal_within_the_team_and_to_nobody_outside_it(house: House) -> None:
    manager = house.client("manager")
    assert "Give it to somebody else" in manager.get(f"/deals/{OURS}/").content.decode()
    manager.post(f"/deals/{OURS}/owner/", {"owner": member("manager").pk})
    assert whose(OURS) == ("manager", "Hosting")
    answer = manager.post(f"/deals/{OURS}/owner/", {"owner": member("stranger").pk}, follow=True)
    assert "choose one of the list" in answer.content.decode()
    assert whose(OURS) == ("manager", "Hosting")


def test_a_rep_sees_whose_it_is_and_no_form(house: House) -> None:
    shown = house.client("seller").get(f"/deals/{OURS}/").content.decode()
    assert "<dt>Owner</dt><dd>Seller <small>Hosting</small></dd>" in shown
    assert "Give it to somebody else" not in shown


def test_what_an_admin_gives_goes_to_the_owners_team_unless_another_is_chosen(house: House) -> None:
    admin, third = house.client("admin"), Team.objects.get(name="Third")
    admin.post(f"/deals/{THEIRS}/owner/", {"owner": member("seller").pk, "team": ""})
    assert whose(THEIRS) == ("seller", "Hosting")
    admin.post(f"/deals/{THEIRS}/owner/", {"owner": member("seller").pk, "team": third.pk})
    assert whose(THEIRS) == ("seller", "Third")
    admin.post(f"/deals/{THEIRS}/owner/", {"owner": "", "team": ""})
    assert whose(THEIRS) == (None, "Third"), "a deal that nobody owns stays with its team"


def test_all_deals_of_a_member_are_handed_over(house: House) -> None:
    admin, page = house.client("admin"), f"/settings/firm/members/{member('seller').pk}/"
    assert "Hand over all deals of Seller" in admin.get(page).content.decode()
    told = admin.post(f"{page}deals/", {"to": member("stranger").pk}, follow=True).content.decode()
    assert "1 deal went from Seller to Stranger." in told
    assert whose(OURS) == ("stranger", "Other")
    assert house.client("stranger").get(f"/deals/{OURS}/").status_code == 200
    assert house.client("seller").get(f"/deals/{OURS}/").status_code == 404


def test_a_member_who_changes_teams_takes_deals_along_where_the_admin_says_so(house: House) -> None:
    admin, page = house.client("admin"), f"/settings/firm/members/{member('seller').pk}/"
    given = {"role": "rep", "active": "on", "email": "seller@larkspur.example"}
    admin.post(page, {**given, "team": Team.objects.get(name="Other").pk})
    assert whose(OURS) == ("seller", "Hosting")
    admin.post(page, {**given, "team": Team.objects.get(name="Third").pk, "deals_along": "on"})
    assert whose(OURS) == ("seller", "Third")


def test_nobody_gets_a_deal_who_does_not_sell(house: House) -> None:
    get_user_model().objects.filter(username="seller").update(is_active=False)
    assert {one.user.username for one in owners(member("admin"))} == {"admin", "manager", "stranger"}
    assert {one.user.username for one in owners(member("manager"))} == {"manager"}
