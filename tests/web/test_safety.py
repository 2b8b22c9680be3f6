"""What keeps strangers out and answers safe."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client

from premortem.web.single_sign_on import form_hosts, providers
from tests.web.conftest import House

RIGHT, WRONG = "oak river lantern 7", "oak river lantern 8"


@pytest.fixture(autouse=True)
def _nothing_counted_yet() -> None:
    cache.clear()


def _with_password(who: str = "seller") -> None:
    user = get_user_model().objects.get(username=who)
    user.set_password(RIGHT)
    user.save()


def _try(client: Client, password: str, name: str = "seller") -> int:
    return client.post("/account/login/", {"login": name, "password": password}).status_code


def test_the_deployment_check_finds_nothing(tmp_path: Path) -> None:
    told = os.environ | {
        "DJANGO_SETTINGS_MODULE": "premortem.web.settings",
        "PREMORTEM_LEDGER": str(tmp_path / "ledger.sqlite3"),
        "PREMORTEM_HTTPS": "1",
        "PREMORTEM_HOSTS": "premortem.firm.example",
    }
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "INFO"]
    done = subprocess.run(command, env=told, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_eight_failures_lock_a_name_even_for_the_right_password(house: House) -> None:
    _with_password()
    client = Client()
    assert [_try(client, WRONG) for _ in range(7)] == [200] * 7
    assert _try(client, WRONG) == 429
    assert _try(client, RIGHT) == 429
    assert "Wait a little" in client.post("/account/login/", {"login": "seller", "password": RIGHT}).content.decode()
    assert client.get("/settings/").status_code == 302


def test_success_wipes_the_count_of_failures(house: House) -> None:
    _with_password()
    for _ in range(7):
        _try(Client(), WRONG)
    assert _try(Client(), RIGHT) == 302
    assert _try(Client(), WRONG) == 200


def test_a_mail_address_is_counted_too(house: House) -> None:
    _with_password()
    statuses = [_try(Client(), WRONG, "seller@larkspur.example") for _ in range(8)]
    assert statuses[-1] == 429


def test_a_form_without_its_mark_is_refused(house: House) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(
        get_user_model().objects.get(username="admin"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    for path in ("/settings/", "/settings/theme/", "/settings/tokens/", "/settings/firm/invite/", "/rules/playbook/"):
        assert client.post(path, {}).status_code == 403, path
    assert Client(enforce_csrf_checks=True).post("/account/login/", {}).status_code == 403


def test_every_form_that_posts_carries_its_mark() -> None:
    pages = (Path(__file__).parents[2] / "src/premortem/web/templates").rglob("*.html")
    for page in pages:
        for form in page.read_text(encoding="utf-8").split("<form")[1:]:
            if 'method="post"' in form.partition(">")[0]:
                assert "{% csrf_token %}" in form.partition("</form>")[0], page


def test_answers_carry_what_keeps_browsers_safe(house: House) -> None:
    answer = house.client("seller").get("/settings/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_no_script_reads_the_cookies(house: House) -> None:
    _with_password()
    client = Client()
    _try(client, RIGHT)
    client.get("/settings/")
    for name in ("sessionid", "csrftoken"):
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] == "Lax"


def test_a_new_password_ends_every_other_session(house: House) -> None:
    _with_password()
    here, elsewhere = Client(), Client()
    assert (_try(here, RIGHT), _try(elsewhere, RIGHT)) == (302, 302)
    new = {"oldpassword": RIGHT, "password1": "elm harbour candle 9", "password2": "elm harbour candle 9"}
    assert here.post("/account/password/change/", new).status_code == 302
    assert here.get("/settings/").status_code == 200
    assert elsewhere.get("/settings/").status_code == 302


def test_links_cannot_be_tried_without_end(house: House) -> None:
    statuses = [Client().get(f"/join/{number}/").status_code for number in range(40)]
    assert statuses[0] == 404
    assert statuses[-1] == 429


def test_mail_addresses_and_forgotten_passwords_are_left_to_admins(house: House) -> None:
    assert house.client("seller").get("/account/email/").status_code == 404
    answer = Client().get("/account/password/reset/")
    assert answer.status_code == 200
    assert b"An admin of your firm can make you a link" in answer.content
    assert Client().post("/account/password/reset/", {"email": "seller@larkspur.example"}).status_code == 405


def test_a_second_factor_is_set_up_only_by_who_shows_that_it_is_them(house: House) -> None:
    _with_password()
    client = house.client("seller")
    asked = client.get("/account/2fa/totp/activate/", follow=True)
    assert b"Is it you?" in asked.content
    client.post("/account/reauthenticate/", {"password": RIGHT})
    assert b"Scan the square" in client.get("/account/2fa/totp/activate/").content
    assert b"Add a key" in client.get("/account/2fa/webauthn/add/").content


def test_single_sign_on_is_off_until_it_is_set() -> None:
    assert providers({}) == {}
    assert form_hosts({}) == []


def test_single_sign_on_as_the_environment_sets_it() -> None:
    told = {"PREMORTEM_OIDC_ISSUER": "https://login.firm.example/realms/a", "PREMORTEM_OIDC_CLIENT": "premortem"}
    found = providers(told)["openid_connect"]
    assert found["OAUTH_PKCE_ENABLED"]
    assert found["APPS"][0]["settings"] == {"server_url": "https://login.firm.example/realms/a"}
    assert form_hosts(told) == ["https://login.firm.example"]
