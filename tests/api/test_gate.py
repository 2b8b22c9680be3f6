"""The gate: keys, limits, done once, and every refusal as problem details."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connections
from django.test import Client
from django.utils import timezone

from premortem.records.firm.models import KeptAnswer, SavedView, Team, Token
from premortem.web.joining import BACKEND
from premortem.web.keys import secret_of
from tests.api.conftest import Program, a_key
from tests.web.conftest import House

SAVED = {"name": "Mine", "query": "whose=mine"}


def once(key: str) -> dict[str, str]:
    return {"Idempotency-Key": key}


def test_a_key_that_ended_or_whose_owner_may_not_sign_in_lets_nobody_in(house: House) -> None:
    program = Program(house)
    Token.objects.filter(secret=secret_of(program.word)).update(ends_at=timezone.now() - timedelta(seconds=1))
    answer = program.get("me")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="premortem"'
    other = Program(house)
    get_user_model().objects.filter(username="seller").update(is_active=False)
    assert other.get("me").status_code == 401


def test_a_session_is_no_key(house: House) -> None:
    client = Client()
    client.force_login(get_user_model().objects.get(username="admin"), backend=BACKEND)
    assert client.get("/api/me").status_code == 401
    told = client.get("/api/me", headers={"Authorization": f"Bearer {a_key('seller')}"})
    assert told.json()["username"] == "seller"


def test_a_strangers_deal_reads_like_one_that_is_not_there(house: House) -> None:
    program = Program(house, "stranger")
    theirs, none = (program.get(f"deals/{one}/review") for one in (house.ours, "no-such-deal"))
    assert theirs.status_code == none.status_code == 404
    assert theirs.content == none.content


def test_when_a_key_was_used_is_kept(house: House) -> None:
    program = Program(house)
    program.get("me")
    used = Token.objects.get(secret=secret_of(program.word)).used_at
    assert used is not None
    assert timezone.now() - used < timedelta(minutes=1)


def test_who_asks_too_often_is_told_when_to_come_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.conf.settings.API_PER_MINUTE", 3)
    program = Program(house)
    left = [program.get("me").headers["RateLimit"].split(";")[1] for _ in range(3)]
    refused = program.get("me")
    if refused.status_code == 200:  # the minute was over meanwhile
        return
    assert left == ["r=2", "r=1", "r=0"]
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert Program(house).get("me").status_code == 200, "each key has its own count"
    Token.objects.filter(secret=secret_of(program.word)).update(minute=timezone.now() - timedelta(minutes=2))
    assert program.get("me").status_code == 200


def test_the_same_key_does_it_once_and_gets_the_first_answer_again(house: House) -> None:
    program = Program(house, "admin")
    first, again = (program.ask("post", "teams", {"name": "North"}, once("k-1")) for _ in range(2))
    assert first.status_code == again.status_code == 201
    assert first.content == again.content
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert program.ask("post", "teams", {"name": "North"}).status_code == 422, "without the key, it is another one"


def test_the_same_key_with_something_else_is_refused(house: House) -> None:
    program = Program(house)
    assert program.ask("post", "views", SAVED, once("k-1")).status_code == 200
    assert program.ask("post", "views", SAVED | {"name": "Other"}, once("k-1")).status_code == 422
    assert Program(house, "admin").ask("post", "views", SAVED, once("k-1")).status_code == 200, "keys are a token's own"


def test_while_the_first_is_being_done_the_second_waits(house: House) -> None:
    program = Program(house)
    program.ask("post", "views", SAVED, once("k-1"))
    KeptAnswer.objects.update(answer=None)
    answer = program.ask("post", "views", SAVED, once("k-1"))
    assert answer.status_code == 409
    assert answer.headers["Retry-After"]


def test_what_broke_may_be_tried_again_with_the_same_key(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    program = Program(house)
    program._client.raise_request_exception = False

    def broken(*given: Any, **named: Any) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(SavedView.objects, "update_or_create", broken)
        answer = program.ask("post", "views", SAVED, once("k-1"))
    assert answer.status_code == 500
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "RuntimeError" not in answer.content.decode()
    assert program.ask("post", "views", SAVED, once("k-1")).status_code == 200
    assert SavedView.objects.count() == 1


def test_kept_answers_can_t_be_read_from_the_database_and_go_after_a_day(house: House) -> None:
    program = Program(house, "admin")
    word = program.ask("post", "members/1/link", None, once("k-1")).json()["link"]
    kept = KeptAnswer.objects.get()
    assert word.rpartition("/first/")[2].rstrip("/").encode() not in bytes(kept.answer or b"")
    KeptAnswer.objects.update(made_at=timezone.now() - timedelta(days=1, seconds=1))
    program.ask("post", "views", SAVED, once("k-2"))
    assert not KeptAnswer.objects.filter(pk=kept.pk).exists()


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"name=Mine", "application/x-www-form-urlencoded", 415),
        (b'{"name": ', "application/json", 400),
        (b'{"name": "\\ud800", "query": ""}', "application/json", 400),
        (b'{"name": "a\\u0000b", "query": ""}', "application/json", 400),
        (b'{"name": "Mine", "query": "", "more": 1}', "application/json", 422),
        (b"", "application/json", 422),
        (b'"' + b"x" * (4 * 1024 * 1024) + b'"', "application/json", 413),
    ],
    ids=["form", "cut off", "half a letter", "nought", "unknown field", "nothing", "too large"],
)
def test_a_body_that_is_none(house: House, body: bytes, kind: str, status: int) -> None:
    headers = {"Authorization": f"Bearer {a_key('seller')}"}
    answer = Client().generic("POST", "/api/views", body, kind, headers=headers)
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_mistake_tells_where_it_is(house: House) -> None:
    program = Program(house)
    told = program.ask("post", "views", {"name": "", "query": "x"}).json()
    assert [one["where"] for one in told["errors"]] == ["body.name"]
    told = program.get("deals?sort=luck").json()
    assert [one["where"] for one in told["errors"]] == ["query.sort"]
    told = program.ask("put", "me", {"first_name": "A", "time_zone": "Moon", "language": "en"}).json()
    assert [one["where"] for one in told["errors"]] == ["body.time_zone"]


def test_where_there_is_nothing_a_problem_says_so(house: House) -> None:
    answer = Program(house).get("nothing/here")
    assert answer.status_code == 404
    assert "openapi.json" in answer.json()["detail"]
    assert Client().get("/api/nothing").status_code == 401
    assert Client().get("/api/openapi.json").json()["openapi"].startswith("3.1")


def test_of_many_at_once_one_is_done(house: House) -> None:
    program, began = Program(house, "admin"), timezone.now().replace(second=0, microsecond=0)

    def add(_: int) -> int:
        try:
            return int(program.ask("post", "teams", {"name": "North"}, once("k-1")).status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as many:
        answered = list(many.map(add, range(6)))
    assert 201 in answered
    assert set(answered) <= {201, 409}
    assert Team.objects.filter(name="North").count() == 1
    token = Token.objects.get(secret=secret_of(program.word))
    assert token.asked == 6 or token.minute != began, "all are counted, in whichever minute"


def test_a_key_can_end_itself(house: House) -> None:
    program = Program(house)
    [mine] = program.get("keys").json()
    assert program.ask("delete", f"keys/{mine['id']}", None, once("k-1")).status_code == 204
    assert program.get("keys").status_code == 401
