"""`--reader llm`: off unless asked for, and one line says where words go before any do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from premortem.listening.language_model.endpoint import address
from tests.listening.language_model.endpoint_here import Reply, endpoint, facts

CALL = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Ines Okafor>Tom, who signs an order of this size at your place?

00:00:05.000 --> 00:00:09.000
<v Tom Reyes>Dana Whitlock signs it off. I would get my Sundays back.
"""
OFFLINE = """
import socket, sys
def refuse(*_, **__):
    raise AssertionError("something connects")
socket.socket.connect = socket.socket.connect_ex = socket.create_connection = socket.getaddrinfo = refuse
from premortem.cli.main import run
try:
    run()
finally:
    assert not {"openai", "httpx2"} & set(sys.modules), "the client is loaded"
"""
DOUBT = {"claim": "fit_doubt", "turn": 1, "quote": "Dana Whitlock signs it off"}
"""Not what the words say, so that no other reader hears it too."""


@pytest.fixture
def call(tmp_path: Path) -> Path:
    file = tmp_path / "2026-01-13-call.vtt"
    file.write_text(CALL, encoding="utf-8")
    return file


def premortem(
    *words: object, code: str = "from premortem.cli.main import run; run()", **environ: str
) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PREMORTEM_LLM")}
    command = [sys.executable, "-c", code, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={**clean, **environ})


def test_with_no_option_nothing_connects_even_where_an_endpoint_is_set_up(call: Path, tmp_path: Path) -> None:
    with endpoint(facts(DOUBT)) as here:
        environ = {"PREMORTEM_LLM_URL": here.url, "PREMORTEM_LLM_MODEL": "small", "PREMORTEM_LLM_KEY": "k"}
        for words in (("read", call), ("read", call, "--json")):
            done = premortem(*words, code=OFFLINE, **environ)
            assert (done.returncode, done.stderr) == (0, "")
            assert "Dana Whitlock" in done.stdout
    assert here.asked == []


def test_before_words_are_sent_one_line_says_where(call: Path) -> None:
    with endpoint(facts(DOUBT)) as here:
        environ = {"PREMORTEM_LLM_URL": here.url, "PREMORTEM_LLM_MODEL": "small"}
        done = premortem("read", call, "--reader", "llm", "--json", **environ)
    line = f"What was said is sent to {here.host}, without encryption, to the language model small.\n"
    assert (done.returncode, done.stderr) == (0, line)
    told = {fact["claim"]: fact["reader"] for fact in json.loads(done.stdout)["facts"]}
    assert told["fit_doubt"] == "llm:small"


def test_what_failed_is_shown_beside_the_facts_of_the_others(call: Path) -> None:
    with endpoint(Reply(b"", 401)) as here:
        done = premortem("read", call, "--reader", "llm", "--llm-url", here.url, "--llm-model", "small")
    assert done.returncode == 0
    assert "Dana Whitlock" in done.stdout
    assert "Note: the language model small did not read it: it refuses the key" in " ".join(done.stdout.split())


def test_an_import_takes_the_same_option(call: Path, tmp_path: Path) -> None:
    deal = tmp_path / "deal"
    (deal / "touches").mkdir(parents=True)
    call.rename(deal / "touches" / call.name)
    row = {"id": "d-1", "name": "n", "account": "Harbour", "seller": "Cadence", "created": "2026-01-12"}
    (deal / "deal.json").write_text(json.dumps(row), encoding="utf-8")
    words = ("import", deal, "--ledger", tmp_path / "l.sqlite3", "--reader", "llm", "--llm-model", "small")
    with endpoint(Reply(b"", 404), facts(DOUBT)) as here:
        first, second = (premortem(*words, "--llm-url", here.url) for _ in range(2))
    assert "it knows no model 'small'" in " ".join(first.stdout.split())
    assert "Note:" not in second.stdout
    assert len(here.asked) == 2


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--reader", "llm"), "nothing tells where the language model is. Set PREMORTEM_LLM_URL"),
        (("--reader", "llm", "--llm-url", "http://localhost:1/v1"), "Set PREMORTEM_LLM_MODEL"),
        (("--reader", "llm", "--llm-url", "localhost", "--llm-model", "m"), "can't be used"),
        (("--reader", "tea leaves"), "there is no reader 'tea leaves' to add"),
        (("--llm-model", "small"), "no language model was asked for"),
    ],
)
def test_what_is_missing_is_one_line_and_nothing_is_read(call: Path, words: tuple[str, ...], says: str) -> None:
    done = premortem("read", call, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert says in done.stderr


def test_an_encrypted_address_is_told_by_its_host_alone() -> None:
    found = address({"PREMORTEM_LLM_KEY": "k"}, "https://models.example/v1", "small")
    assert (found.host, found.encrypted) == ("models.example", True)
