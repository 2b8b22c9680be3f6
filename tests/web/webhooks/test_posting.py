"""One POST against a real server that behaves, and one that does not."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from premortem.web.webhooks.posting import post
from tests.web.webhooks.receiver import Handler, Receiver, says

NEAR = ["127.0.0.1", "localhost"]


def test_it_arrives_as_it_was_given(receiver: Receiver) -> None:
    answer = post(receiver.address, b'{"a":1}', {"webhook-id": "msg_1"}, NEAR)
    assert answer.arrived
    assert answer.status == 204
    assert 0 <= answer.ms < 5_000
    [got] = receiver.got
    assert (got.path, got.body, got.headers["webhook-id"]) == ("/hook?from=premortem", b'{"a":1}', "msg_1")
    assert got.headers["content-type"] == "application/json"
    assert got.headers["host"] == f"127.0.0.1:{receiver.port}"


def test_a_redirect_is_not_followed(receiver: Receiver) -> None:
    receiver.answer = says(302, location=f"http://127.0.0.1:{receiver.port}/elsewhere")
    answer = post(receiver.address, b"{}", {}, NEAR)
    assert answer.status == 302
    assert not answer.arrived
    assert len(receiver.got) == 1


def test_a_thousand_characters_of_an_answer_are_kept(receiver: Receiver) -> None:
    receiver.answer = says(500, "ä".encode() * 5_000, retry_after="120")
    answer = post(receiver.address, b"{}", {}, NEAR)
    assert (answer.status, len(answer.says), answer.wait) == (500, 1_000, 120)


def test_whoever_answers_by_drops_is_hung_up_on(receiver: Receiver) -> None:
    def drips(handler: Handler) -> None:
        for _ in range(200):
            try:
                handler.wfile.write(b"H")
                handler.wfile.flush()
            except OSError:
                return
            time.sleep(0.05)

    receiver.answer, began = drips, time.monotonic()
    answer = post(receiver.address, b"{}", {}, NEAR, in_all=0.4)
    assert answer.status is None
    assert answer.says == "no answer within 0.4 s"
    assert time.monotonic() - began < 3


def test_nobody_there_is_an_answer_too() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    answer = post(f"http://127.0.0.1:{port}/", b"{}", {}, NEAR)
    assert answer.status is None
    assert "refused" in answer.says


def test_a_name_that_leads_near_is_refused_where_it_goes(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    """It looked public when it was added: what counts is where it leads now."""
    leads_to(monkeypatch, "127.0.0.1")
    answer = post(f"https://rebound.example:{receiver.port}/", b"{}", {}, ())
    assert "'rebound.example' leads to 127.0.0.1, which is not in the public network" in answer.says
    assert receiver.got == []


def test_one_near_address_among_public_ones_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    leads_to(monkeypatch, "93.184.216.34", "fe80::1%eth0")
    assert "leads to fe80::1" in post("https://rebound.example/", b"{}", {}, ()).says


def test_the_call_goes_to_the_very_address_that_was_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second look-up could lead elsewhere; there is none."""
    asked = leads_to(monkeypatch, "93.184.216.34")
    called: list[tuple[str, int]] = []

    def refuse(place: tuple[str, int], timeout: float) -> socket.socket:
        called.append(place)
        raise ConnectionRefusedError("refused")

    monkeypatch.setattr(socket, "create_connection", refuse)
    post("https://hooks.firm.example/", b"{}", {}, ())
    assert called == [("93.184.216.34", 443)]
    assert asked == ["hooks.firm.example"]


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    with tls_server(tmp_path) as port:
        answer = post(f"https://localhost:{port}/", b"{}", {}, NEAR)
    assert answer.status is None
    assert "the certificate was not accepted" in answer.says


def test_by_https_it_arrives_where_the_certificate_is_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with tls_server(tmp_path) as port:
        trusted = ssl.create_default_context(cafile=str(tmp_path / "both.pem"))
        monkeypatch.setattr("premortem.web.webhooks.posting._trusted", lambda: trusted)
        answer = post(f"https://localhost:{port}/", b"{}", {}, NEAR)
    assert (answer.status, answer.arrived) == (204, True)


def leads_to(patch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    """Let every name lead to these; the list of names that were asked for."""
    asked: list[str] = []

    def look_up(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in addresses]

    patch.setattr(socket, "getaddrinfo", look_up)
    return asked


@contextmanager
def tls_server(folder: Path) -> Iterator[int]:
    """A server with a certificate of its own making, for one call."""
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")]), datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now - timedelta(1), now + timedelta(1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    both = folder / "both.pem"
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    both.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, form, plain)
        + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_answers, args=(server, context), daemon=True)
        thread.start()
        yield server.getsockname()[1]
        thread.join(5)


def _answers(server: socket.socket, context: ssl.SSLContext) -> None:
    taken, _ = server.accept()
    with taken:
        try:
            with context.wrap_socket(taken, server_side=True) as spoken:
                told = b""
                while not told.endswith(b"{}"):  # what is left unread when it hangs up would cut the answer off
                    told += spoken.recv(4_096) or b"{}"
                assert told.startswith(b"POST / HTTP/1.1")
                spoken.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
        except OSError:
            return  # the caller hung up, as it should
