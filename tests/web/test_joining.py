"""How people get in: links work once, invitations make what they say, and nobody joins without one."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from premortem.records.firm.models import Link, Member, Team
from premortem.web.joining import new_link
from tests.web.conftest import House

TELLS = {"username": "ada", "first_name": "Ada", "last_name": "Ellis", "password": "oak river lantern 7"}


def test_a_link_that_signs_in_works_once_and_a_look_uses_nothing_up(house: House) -> None:
    word = new_link(user=get_user_model().objects.get(username="seller"))
    first, second = Client(), Client()
    assert first.get(f"/first/{word}/").status_code == 200
    assert second.post(f"/first/{word}/").headers["Location"] == "/"
    assert second.get("/settings/").status_code == 200
    assert first.post(f"/first/{word}/").status_code == 404
    assert first.get("/settings/").status_code == 302


def test_only_the_hash_of_a_links_word_is_kept(house: House) -> None:
    word = new_link(email="ada@firm.example", role="manager", team=None)
    kept = Link.objects.get()
    assert word not in (kept.secret, kept.email)
    assert len(kept.secret) == 64


def test_an_invitation_makes_a_member_of_that_role_and_team_once(house: House) -> None:
    team = Team.objects.get(name="Hosting")
    word = new_link(email="ada@firm.example", role="manager", team=team)
    assert Client().post(f"/join/{word}/", TELLS).headers["Location"] == "/"
    member = Member.objects.get(user__username="ada")
    assert (member.role, member.team, member.user.email) == ("manager", team, "ada@firm.example")
    assert Client().post(f"/join/{word}/", TELLS | {"username": "eve"}).status_code == 404
    assert not get_user_model().objects.filter(username="eve").exists()


def test_a_weak_password_is_refused_and_leaves_the_link_unused(house: House) -> None:
    word = new_link(email="ada@firm.example", role="rep", team=None)
    answer = Client().post(f"/join/{word}/", TELLS | {"password": "password1234"})
    assert b"too common" in answer.content
    assert Link.objects.get().used_at is None


def test_a_link_whose_time_is_over_is_as_one_that_never_was(house: House) -> None:
    word = new_link(email="ada@firm.example", role="rep", team=None)
    Link.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(f"/join/{word}/").status_code == Client().get("/join/never/").status_code == 404


def test_a_link_of_somebody_who_may_not_sign_in_lets_nobody_in(house: House) -> None:
    seller = get_user_model().objects.get(username="seller")
    word = new_link(user=seller)
    seller.is_active = False
    seller.save()
    client = Client()
    assert client.post(f"/first/{word}/").status_code == 404
    assert client.get("/settings/").status_code == 302


def test_links_do_not_take_each_others_place(house: House) -> None:
    invites = new_link(email="ada@firm.example", role="rep", team=None)
    signs_in = new_link(user=get_user_model().objects.get(username="admin"))
    assert Client().get(f"/first/{invites}/").headers["Location"] == f"/join/{invites}/"
    assert Client().post(f"/join/{signs_in}/", TELLS).headers["Location"] == f"/first/{signs_in}/"
    assert not get_user_model().objects.filter(username="ada").exists()


def test_nobody_signs_up_by_themselves(house: House) -> None:
    given = {
        "email": "eve@x.example",
        "username": "eve",
        "password1": TELLS["password"],
        "password2": TELLS["password"],
    }
    answer = Client().post("/account/signup/", given)
    assert b"By invitation" in answer.content
    assert not get_user_model().objects.filter(username="eve").exists()
