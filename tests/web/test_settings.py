"""Settings: what a member and an admin set, and that secrets are shown once."""

from __future__ import annotations

import re
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone

from premortem.records.firm.models import Firm, Link, Look, Member, Team, Token
from premortem.web.keys import secret_of
from tests.web.conftest import OURS, House


def test_numbers_and_days_follow_the_member(house: House) -> None:
    client = house.client("seller")
    given = {"first_name": "Sam", "last_name": "", "time_zone": "Europe/Berlin", "language": "de"}
    assert client.post("/settings/", given).status_code == 302
    member = Member.objects.get(user__username="seller")
    assert (member.user.first_name, member.time_zone, member.language) == ("Sam", "Europe/Berlin", "de")
    ends = timezone.now().replace(year=2099, month=3, day=5, hour=23, minute=30)
    Token.objects.create(user=member.user, name="report", secret="0" * 64, ends_at=ends)
    assert "until 6. März 2099" in client.get("/settings/").content.decode()


def test_a_time_zone_that_is_none_is_refused(house: House) -> None:
    given = {"first_name": "Sam", "last_name": "", "time_zone": "Mars/Olympus", "language": "de"}
    assert house.client("seller").post("/settings/", given).status_code == 200
    assert Member.objects.get(user__username="seller").time_zone == "UTC"


def test_a_key_is_shown_once_and_kept_as_its_hash(house: House) -> None:
    client = house.client("seller")
    last_day = timezone.localdate() + timedelta(30)
    shown = client.post("/settings/tokens/", {"name": "report", "scopes": ["read"], "ends_on": last_day.isoformat()})
    word = re.search(r'value="(pm_[\w-]{40,})"', shown.content.decode())
    assert word is not None
    kept = Token.objects.get()
    assert (kept.secret, kept.scopes, kept.user.get_username()) == (secret_of(word[1]), "read", "seller")
    assert word[1] not in client.get("/settings/").content.decode()
    assert "no-store" in shown.headers["Cache-Control"]


def test_a_key_lives_a_year_at_most(house: House) -> None:
    last_day = timezone.localdate() + timedelta(400)
    given = {"name": "report", "scopes": ["read"], "ends_on": last_day.isoformat()}
    assert b"a year at most" in house.client("seller").post("/settings/tokens/", given).content
    assert not Token.objects.exists()


def test_the_theme_is_a_cookie_of_this_device(house: House) -> None:
    client = house.client("seller")
    client.post("/settings/theme/", {"theme": "dark"})
    assert 'data-theme="dark"' in client.get("/settings/").content.decode()
    client.post("/settings/theme/", {"theme": "system"})
    assert "data-theme" not in client.get("/settings/").content.decode()


def test_an_invitation_shows_its_link_once(house: House) -> None:
    client = house.client("admin")
    shown = client.post(
        "/settings/firm/invite/", {"email": "new@firm.example", "role": "rep", "team": ""}
    ).content.decode()
    word = re.search(r"/join/([\w-]+)/", shown)
    assert word is not None
    assert Link.objects.get().secret == secret_of(word[1])
    assert word[1] not in client.get("/settings/firm/").content.decode()


def test_the_firm_keeps_an_admin(house: House) -> None:
    admin = Member.objects.get(user__username="admin")
    answer = house.client("admin").post(f"/settings/firm/members/{admin.pk}/", {"role": "rep", "active": "on"})
    assert b"Somebody has to stay admin" in answer.content
    admin.refresh_from_db()
    assert admin.role == "admin"


def test_whoever_may_not_sign_in_any_more_is_out_at_once(house: House) -> None:
    seller, member = house.client("seller"), Member.objects.get(user__username="seller")
    given = {"role": "rep", "team": str(member.team_id), "email": "seller@larkspur.example"}
    house.client("admin").post(f"/settings/firm/members/{member.pk}/", given)
    assert seller.get("/settings/").status_code == 302


def test_a_team_that_ends_takes_its_deals_from_sight_not_its_people(house: House) -> None:
    team = Team.objects.get(name="Hosting")
    house.client("admin").post(f"/settings/firm/teams/{team.pk}/", {"end": "1"})
    assert Member.objects.get(user__username="manager").team is None
    assert house.client("manager").get(f"/deals/{OURS}/").status_code == 404


def test_the_firms_rules_are_kept_and_a_currency_has_three_letters(house: House) -> None:
    client = house.client("admin")
    assert b"three letters" in client.post("/settings/firm/", {"name": "Larkspur", "currency": "E1"}).content
    client.post("/settings/firm/", {"name": "Larkspur", "currency": "usd"})
    ours = Firm.ours()
    assert (ours.name, ours.currency, ours.reps_see_team) == ("Larkspur", "USD", False)


def test_an_admin_sees_who_looked_at_whose_words(house: House) -> None:
    Look.objects.create(user=get_user_model().objects.get(username="marketing"), deal=OURS)
    shown = house.client("admin").get("/settings/firm/looks/").content.decode()
    assert "Marketing" in shown
    assert f"/deals/{OURS}/" in shown


def test_looks_of_one_person_at_one_deal_on_one_day_stand_together(house: House) -> None:
    marketing = get_user_model().objects.get(username="marketing")
    for touch in ("", "t-1", "t-1", "t-2"):
        Look.objects.create(user=marketing, deal=OURS, touch=touch)
    long_ago = Look.objects.create(user=marketing, deal=OURS)
    Look.objects.filter(pk=long_ago.pk).update(at=timezone.now() - timedelta(9))
    shown = house.client("admin").get("/settings/firm/looks/").content.decode()
    assert shown.count("<tr><td") == 2
    assert '<td class="number" data-label="Looks">4</td>' in shown
    assert "2 touches" in shown


def test_the_menu_leads_an_admin_to_people_and_webhooks_and_says_where_they_are(house: House) -> None:
    def menu(who: str, path: str) -> str:
        return house.client(who).get(path).content.decode().partition("<main")[0]

    of_admin = menu("admin", "/settings/firm/webhooks/")
    assert '<a href="/settings/firm/webhooks/" aria-current="page">Webhooks</a>' in of_admin
    assert '<a href="/settings/firm/">People &amp; teams</a>' in of_admin
    assert '<a href="/sample/" aria-current="page">' in menu("seller", "/sample/")
    assert "People &amp; teams" not in menu("seller", "/")
    assert '<a href="/settings/" aria-current="page">Seller</a>' in menu("seller", "/settings/")


def test_one_mail_address_invites_one_person(house: House) -> None:
    client = house.client("admin")
    for taken in ("Seller@Larkspur.example", "new@firm.example"):
        client.post("/settings/firm/invite/", {"email": "new@firm.example", "role": "rep"})
        shown = client.post("/settings/firm/invite/", {"email": taken.upper(), "role": "admin"}).content.decode()
        assert "mail address already" in shown
    assert Link.objects.count() == 1
    Link.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert (
        b"lets one person join"
        in client.post("/settings/firm/invite/", {"email": "new@firm.example", "role": "rep"}).content
    ), "an invitation that is over keeps no address"


def test_a_member_is_given_no_mail_address_of_anybody_else(house: House) -> None:
    client, seller = house.client("admin"), Member.objects.get(user__username="seller")
    given = {"role": "rep", "team": "", "active": "on"}
    client.post("/settings/firm/invite/", {"email": "new@firm.example", "role": "rep"})
    for taken in ("MANAGER@larkspur.example", "New@firm.example"):
        shown = client.post(f"/settings/firm/members/{seller.pk}/", given | {"email": taken})
        assert b"mail address already" in shown.content
    for free in ("SELLER@larkspur.example", "sam@larkspur.example", ""):
        assert client.post(f"/settings/firm/members/{seller.pk}/", given | {"email": free}).status_code == 302
