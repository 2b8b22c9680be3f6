"""Where a way ends: each error page looks like the others, says what happened, and where to go next."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from premortem.web.joining import BACKEND, new_link
from tests.web.conftest import OURS, THEIRS, House


def seen(content: bytes) -> str:
    """The page without the marks that differ each time."""
    return re.sub(r'(value="|X-CSRFToken": ")[^"]+', "", content.decode())


def test_a_deal_of_others_and_one_that_is_not_there_look_the_same(house: House) -> None:
    client = house.client("seller")
    theirs, absent = client.get(f"/deals/{THEIRS}/"), client.get("/deals/never-was/")
    assert theirs.status_code == absent.status_code == 404
    assert seen(theirs.content) == seen(absent.content)
    assert "Nothing here" in seen(theirs.content)
    assert 'href="/"' in seen(theirs.content)


def test_whoever_may_not_do_a_thing_is_told_who_may(house: House) -> None:
    answer = house.client("marketing").post(f"/deals/{OURS}/waive/single_threaded/", {"because": "as agreed"})
    assert answer.status_code == 403
    assert "an admin of your firm" in answer.content.decode()


def test_a_form_that_was_open_too_long_says_to_send_it_again(house: House) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(get_user_model().objects.get(username="seller"), backend=BACKEND)
    answer = client.post("/settings/theme/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "Send it once more" in answer.content.decode()


def test_an_address_for_forms_says_so_when_it_is_opened(house: House) -> None:
    answer = house.client("seller").get("/settings/theme/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "A form belongs here" in answer.content.decode()
    assert house.client("seller").get("/hook/problems/").content == b"", "programs need no page"


def test_what_breaks_says_so_in_our_look(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    client = house.client("seller")
    client.raise_request_exception = False
    monkeypatch.setattr("premortem.web.pages.deal.deal_page", lambda *given: 1 / 0)
    answer = client.get(f"/deals/{OURS}/")
    assert answer.status_code == 500
    assert "Something broke" in answer.content.decode()
    assert "premortem.css" in answer.content.decode()


@pytest.mark.parametrize("way", ["first", "join"])
def test_a_link_that_was_used_says_so_and_whom_to_ask(way: str, house: House) -> None:
    word = new_link(user=get_user_model().objects.get(username="seller"))
    Client().post(f"/first/{word}/")
    used, never = (Client().get(f"/{way}/{one}/") for one in (word, "never"))
    assert used.status_code == never.status_code == 404
    assert "This link is over" in used.content.decode()
    assert "ask an admin" in used.content.decode()
    assert seen(used.content) == seen(never.content)


def sent_without_a_session(referer: str | None) -> str:
    """Where signing in leads on, for a form that was sent when the session was over."""
    headers = {"Referer": referer} if referer else {}
    return (
        Client().post(f"/deals/{OURS}/waive/single_threaded/", {"because": "so"}, headers=headers).headers["Location"]
    )


def test_a_form_sent_when_the_session_is_over_leads_back_to_its_page(house: House) -> None:
    assert sent_without_a_session(f"http://testserver/deals/{OURS}/?as_of=2025-03-05") == (
        f"/account/login/?next=/deals/{OURS}/%3Fas_of%3D2025-03-05"
    )
    for elsewhere in (None, "http://evil.example/deals/", "javascript:alert(1)"):
        assert sent_without_a_session(elsewhere) == "/account/login/?next=/"
    assert Client().get("/deals/?q=1").headers["Location"] == "/account/login/?next=/deals/%3Fq%3D1"


def test_what_a_script_asks_for_without_a_session_is_refused_in_a_word(house: House) -> None:
    answer = Client().get("/deals/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content) == (401, b"Sign in first.")
