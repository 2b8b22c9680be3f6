"""A fresh token for a mailbox, by a refresh token: what is asked, and each way in which a provider says no."""

from __future__ import annotations

import imaplib
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from msgspec.structs import replace

from premortem.errors import Unknown, Unreadable
from premortem.importing.mailbox import imap
from premortem.importing.mailbox.access_token import access_token
from premortem.importing.placing.privacy import Imap

GOOGLE = b'{"access_token":"ya29.a0","expires_in":3599,"scope":"https://mail.google.com/","token_type":"Bearer"}'
MICROSOFT = b'{"token_type":"bearer","scope":"x","expires_in":3600,"access_token":"eyJ0","refresh_token":"M.new"}'
GONE = b'{"error":"invalid_grant","error_description":"Token has been expired or revoked."}'
"""Answers as these providers document them."""
SECRETS = {"PREMORTEM_IMAP_REFRESH_TOKEN": "1//old", "PREMORTEM_IMAP_CLIENT_SECRET": "s3cret"}
Says = Callable[[int, bytes], Imap]


@pytest.fixture
def provider() -> Iterator[tuple[Says, list[dict[str, list[str]]]]]:
    """A token endpoint that says what it is told to, and remembers what it was asked."""
    asked: list[dict[str, list[str]]] = []
    answer: list[tuple[int, bytes]] = []

    class Endpoint(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))
            status, told = answer[0]
            self.send_response(status)
            self.send_header("Location", "http://elsewhere.example/")
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *_: object) -> None:
            """Nothing is to be printed."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Endpoint) as served:
        threading.Thread(target=served.serve_forever, args=(0.01,), daemon=True).start()
        url = f"http://127.0.0.1:{served.server_address[1]}/token"

        def says(status: int, told: bytes) -> Imap:
            answer[:] = [(status, told)]
            return Imap("imap.example", "ines@cadence.example", login="oauth2", token_url=url, client_id="app-1")

        yield says, asked
        served.shutdown()


Provider = tuple[Says, list[dict[str, list[str]]]]


def test_a_refresh_token_gets_a_fresh_one(provider: Provider) -> None:
    says, asked = provider
    assert access_token(replace(says(200, GOOGLE), scope="mail"), SECRETS) == "ya29.a0"
    told = {"grant_type": ["refresh_token"], "refresh_token": ["1//old"], "client_id": ["app-1"]}
    assert asked == [told | {"client_secret": ["s3cret"], "scope": ["mail"]}]
    public = {"PREMORTEM_IMAP_REFRESH_TOKEN": "1//old"}
    assert access_token(says(200, MICROSOFT), public) == "eyJ0"
    assert asked[1] == told


@pytest.mark.parametrize(
    ("status", "told", "why"),
    [
        (400, GONE, r"invalid_grant Token has been expired or revoked\. Get a new refresh token"),
        (401, b'{"error":"invalid_client"}', "Check client_id in the settings"),
        (400, b'{"error":"odd_thing"}', "odd_thing. See what your provider says"),
        (200, b'{"access_token":"x","token_type":"mac"}', r"no token that a mailbox takes \(mac\)"),
        (200, b"<html>Sign in</html>", "answered 200, and not as a token endpoint does"),
        (302, b"{}", "it refuses: 302"),
        (200, b"[" * 100_000, "not as a token endpoint does"),
    ],
)
def test_each_refusal_is_told_with_what_to_do(provider: Provider, status: int, told: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why) as refused:
        access_token(provider[0](status, told), SECRETS)
    assert "1//old" not in str(refused.value)
    assert "s3cret" not in str(refused.value)


def test_nothing_goes_out_in_the_open_or_without_what_it_needs(provider: Provider) -> None:
    settings = provider[0](200, GOOGLE)
    with pytest.raises(Unknown, match="Set PREMORTEM_IMAP_REFRESH_TOKEN"):
        access_token(settings, {})
    with pytest.raises(Unknown, match="Write it with https"):
        access_token(replace(settings, token_url="http://login.example/token"), SECRETS)
    with pytest.raises(Unknown, match="Write token_url and client_id"):
        access_token(replace(settings, client_id=""), SECRETS)
    assert provider[1] == []


def test_a_provider_that_is_not_there_is_told() -> None:
    settings = Imap("imap.example", "i@c.example", login="oauth2", token_url="http://127.0.0.1:9/", client_id="app-1")
    with pytest.raises(Unreadable, match="it can't be reached"):
        access_token(settings, SECRETS)


def test_the_mailbox_is_opened_with_it(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(imaplib, "IMAP4_SSL", lambda *_, **__: None)
    monkeypatch.setattr(imap, "log_in", lambda client, settings, secret: opened.append(secret))
    imap.connect(provider[0](200, GOOGLE), SECRETS)
    imap.connect(provider[0](200, GOOGLE), {**SECRETS, "PREMORTEM_IMAP_TOKEN": "given"})
    assert opened == ["ya29.a0", "given"]
    assert len(provider[1]) == 1
