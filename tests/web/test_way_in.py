"""The admins' way back in: nobody who runs the server is ever locked out of it for good."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.test import Client

from premortem.errors import Unknown
from premortem.web.joining import new_link
from premortem.web.serving import let_in, prepare
from tests.web.conftest import House

PASSWORD = "oak river lantern 7"


def the_admin() -> AbstractBaseUser:
    return get_user_model().objects.get(username="admin")


def signed_in(word: str) -> Client:
    client = Client()
    client.post(f"/first/{word}/")
    assert client.get("/settings/").status_code == 200
    return client


def test_an_admin_who_signed_out_without_a_password_gets_a_link_at_the_next_start(house: House) -> None:
    word = prepare()
    assert word is not None
    signed_in(word).post("/account/logout/", {"sure": "1"})
    again = prepare()
    assert again is not None
    signed_in(again)


def test_no_link_is_printed_once_an_admin_has_a_password(house: House) -> None:
    admin = the_admin()
    admin.set_password(PASSWORD)
    admin.save()
    assert prepare() is None
    admin.is_active = False
    admin.save()
    assert prepare() is not None, "one who may not sign in opens no door"


def test_signing_out_asks_first_while_there_is_no_way_back(house: House) -> None:
    client = signed_in(new_link(user=the_admin()))
    asked = client.post("/account/logout/")
    assert "You have no password yet" in asked.content.decode()
    assert client.get("/settings/").status_code == 200
    assert client.post("/account/logout/", {"sure": "1"}).status_code == 302
    assert client.get("/settings/").status_code == 302


def test_signing_out_asks_nothing_of_who_has_a_password(house: House) -> None:
    admin = the_admin()
    admin.set_password(PASSWORD)
    admin.save()
    client = signed_in(new_link(user=admin))
    assert client.post("/account/logout/").status_code == 302
    assert client.get("/settings/").status_code == 302


def test_the_command_makes_a_link_for_an_admin_and_takes_the_lost_factor_off(house: House) -> None:
    said: list[str] = []
    Authenticator.objects.create(user=the_admin(), type="totp", data={"secret": "x"})
    let_in("ADMIN@larkspur.example", "127.0.0.1", 8000, said.append)
    link = re.search(r"http://localhost:8000/first/(\S+)/", said[-1])
    assert link is not None
    assert "second factor" in said[0]
    assert not Authenticator.objects.exists()
    signed_in(link[1])


@pytest.mark.parametrize("called", ["seller", "nobody", " "])
def test_the_command_lets_nobody_in_but_admins_and_says_who_they_are(called: str, house: House) -> None:
    with pytest.raises(Unknown, match=r"no admin is called .*Admins are: admin\."):
        let_in(called, "127.0.0.1", 8000, print)
