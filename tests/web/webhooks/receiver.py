"""A receiver of webhooks: a real server on this machine, which checks signatures with code of its own."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

Handler = BaseHTTPRequestHandler


class Got(NamedTuple):
    """A request as it came in; `headers` by their names in small letters."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def message(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.body)
        return told

    def is_signed_with(self, secret: str) -> bool:
        """As the receiver of a Standard Webhook checks it."""
        key = base64.b64decode(secret.split("_", 1)[1])
        content = f"{self.headers['webhook-id']}.{self.headers['webhook-timestamp']}.{self.body.decode()}"
        expected = base64.b64encode(hmac.new(key, content.encode(), hashlib.sha256).digest()).decode()
        versions = [one.split(",", 1) for one in self.headers["webhook-signature"].split(" ")]
        return any(version == "v1" and hmac.compare_digest(given, expected) for version, given in versions)


class Receiver:
    """Answers each request by `answer`, which may be changed between two of them."""

    def __init__(self, port: int) -> None:
        self.port, self.got = port, list[Got]()
        self.answer: Callable[[Handler], None] = says(204)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?from=premortem"


def says(status: int, body: bytes = b"", **headers: str) -> Callable[[Handler], None]:
    """An answer of this status; the names of headers with _ for -."""

    def answer(handler: Handler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("content-length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


@contextmanager
def receiving() -> Iterator[Receiver]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Receives)
    server.daemon_threads = True
    server.receiver = Receiver(server.server_address[1])  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server.receiver  # type: ignore[attr-defined]
    finally:
        server.shutdown()
        server.server_close()


class _Receives(Handler):
    def do_POST(self) -> None:
        receiver: Receiver = self.server.receiver  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers["content-length"]))
        receiver.got.append(Got(self.path, {name.lower(): value for name, value in self.headers.items()}, body))
        receiver.answer(self)

    def do_GET(self) -> None:
        receiver: Receiver = self.server.receiver  # type: ignore[attr-defined]
        receiver.got.append(Got(self.path, {}, b""))
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *given: object) -> None:
        """Nothing is printed."""
