"""The call, against an endpoint on this machine: each way to fail is a sentence, and words go nowhere but there."""

from __future__ import annotations

import socket
import sys

import pytest

from premortem.errors import Unknown
from premortem.listening.language_model.endpoint import LARGEST, TRIES, Address, Endpoint, NoAnswer, address
from premortem.listening.language_model.prompt import Asked
from tests.listening.language_model.endpoint_here import Reply, endpoint, says

QUESTION = Asked("the guide", "the data")


def test_an_answer_comes_back_as_it_is_said() -> None:
    with endpoint(says("hello")) as here:
        assert Endpoint(Address(here.url, "small", "secret")).answer(QUESTION) == "hello"
    (asked,) = here.asked
    assert (asked.path, asked.guide, asked.data) == ("/v1/chat/completions", "the guide", "the data")
    assert set(asked.body) == {"model", "messages", "temperature"}
    assert asked.headers["authorization"] == "Bearer secret"


def test_nothing_but_the_request_is_sent_whatever_the_environment_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_ADMIN_KEY"):
        monkeypatch.setenv(name, "not-yours")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Secret: not-yours")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with endpoint(says("hello")) as here:
        Endpoint(Address(here.url, "small")).answer(QUESTION)
    headers = here.asked[0].headers
    assert "not-yours" not in str(headers)
    assert set(headers) <= {
        *("host", "accept", "connection", "content-type", "content-length", "user-agent", "authorization"),
        "x-stainless-raw-response",
    }
    assert headers["user-agent"] == "premortem"


def test_an_endpoint_that_is_busy_is_asked_again_and_waits_are_kept() -> None:
    waits: list[float] = []
    busy = Reply(b"", 429, (("retry-after", "7"),))
    with endpoint(busy, Reply(b"", 503), says("at last")) as here:
        assert Endpoint(Address(here.url, "small"), waits.append).answer(QUESTION) == "at last"
    assert (len(here.asked), waits) == (3, [7.0, 2.0])


def test_tries_and_waits_have_a_bound() -> None:
    waits: list[float] = []
    busy = Reply(b"", 429, (("retry-after", "86400"),))
    with endpoint(busy) as here, pytest.raises(NoAnswer, match="it is asked too often, 4 times") as told:
        Endpoint(Address(here.url, "small"), waits.append).answer(QUESTION)
    assert not told.value.over
    assert (len(here.asked), waits) == (TRIES, [30.0, 30.0, 30.0])


def test_a_model_that_takes_no_temperature_is_asked_without() -> None:
    with endpoint(Reply(b"", 400), says("hello")) as here:
        assert Endpoint(Address(here.url, "small")).answer(QUESTION) == "hello"
    assert ["temperature" in one.body for one in here.asked] == [True, False]


@pytest.mark.parametrize(
    ("reply", "says_why", "over"),
    [
        (Reply(b"secret words", 401), "it refuses the key: see PREMORTEM_LLM_KEY", True),
        (Reply(b"secret words", 404), "it knows no model 'small'", True),
        (Reply(b"", 307, (("location", "http://127.0.0.1:9/v1"),)), "sends on to another address", True),
        (Reply(b"secret words", 400), r"it refuses the question \(400\)", False),
        (Reply(b"<html>", 200), "does not speak the chat-completions protocol", False),
        (Reply(b"[" * 100_000, 200), "does not speak the chat-completions protocol", False),
        (Reply(b'{"choices": []}', 200), "its answer is empty", False),
        (says(None), "its answer is empty", False),
        (says('{"facts": [', "length"), "its answer is cut off", False),
        (says("no", "content_filter"), "its answer was withheld", False),
        (Reply(b" " * (LARGEST + 1)), "its answer is longer than any could be", False),
        (Reply(b"", 200, (("content-encoding", "gzip"), ("x", "y"))), "chat-completions|client failed", False),
    ],
)
def test_what_goes_wrong_is_one_sentence_and_never_the_endpoints(reply: Reply, says_why: str, over: bool) -> None:
    with endpoint(reply) as here, pytest.raises(NoAnswer, match=says_why) as told:
        Endpoint(Address(here.url, "small"), lambda seconds: None).answer(QUESTION)
    assert told.value.over is over
    assert "secret" not in str(told.value)


def test_an_answer_that_takes_too_long_is_not_waited_for() -> None:
    with (
        endpoint(says("late")._replace(wait=5)) as here,
        pytest.raises(NoAnswer, match=r"no answer within 0\.2 seconds"),
    ):
        Endpoint(Address(here.url, "small", seconds=0.2)).answer(QUESTION)


def test_an_answer_that_comes_drop_by_drop_is_not_waited_for_either() -> None:
    with (
        endpoint(says("late")._replace(drip=0.05)) as here,
        pytest.raises(NoAnswer, match=r"no whole answer within 0\.3"),
    ):
        Endpoint(Address(here.url, "small", seconds=0.3)).answer(QUESTION)


def test_an_answer_that_breaks_off_is_none() -> None:
    broken = says("late")._replace(headers=(("content-length", "99999"),))
    with endpoint(broken) as here, pytest.raises(NoAnswer):
        Endpoint(Address(here.url, "small", seconds=0.3)).answer(QUESTION)


def test_a_dead_endpoint_can_not_be_reached() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound but not listening: nobody answers there
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        with pytest.raises(NoAnswer, match="it can't be reached") as told:
            Endpoint(Address(url, "small")).answer(QUESTION)
    assert told.value.over


def test_the_address_comes_from_options_before_the_environment_and_the_key_from_the_environment_alone() -> None:
    environ = {"PREMORTEM_LLM_URL": "https://a.example/v1", "PREMORTEM_LLM_MODEL": "small", "PREMORTEM_LLM_KEY": "k"}
    assert address(environ) == Address("https://a.example/v1", "small", "k")
    assert address(environ, "http://b.example:8080/v1", "large").host == "b.example:8080"
    assert address({**environ, "PREMORTEM_LLM_TIMEOUT": "7.5"}).seconds == 7.5


@pytest.mark.parametrize(
    ("url", "model", "seconds", "says_why"),
    [
        ("", "small", "", "Set PREMORTEM_LLM_URL"),
        ("https://a.example", "", "", "Set PREMORTEM_LLM_MODEL"),
        ("a.example/v1", "small", "", "can't be used"),
        ("file:///etc/passwd", "small", "", "can't be used"),
        ("https://me:secret@a.example/v1", "small", "", "can't be used"),
        ("https://a.example/v1?key=secret", "small", "", "can't be used"),
        ("https://a.example:port/v1", "small", "", "can't be used"),
        ("https://a.example/v1", "small", "soon", "PREMORTEM_LLM_TIMEOUT is 'soon'"),
        ("https://a.example/v1", "small", "nan", "PREMORTEM_LLM_TIMEOUT is 'nan'"),
    ],
)
def test_an_address_that_can_not_be_used_is_told_with_its_remedy(
    url: str, model: str, seconds: str, says_why: str
) -> None:
    environ = {"PREMORTEM_LLM_URL": url, "PREMORTEM_LLM_MODEL": model, "PREMORTEM_LLM_TIMEOUT": seconds}
    with pytest.raises(Unknown, match=says_why) as told:
        address(environ)
    assert "secret" not in str(told.value)


def test_without_the_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openai", None)
    with pytest.raises(Unknown, match=r"pip install 'premortem\[llm\]'"):
        Endpoint(Address("https://a.example/v1", "small"))
