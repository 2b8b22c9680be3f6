"""An endpoint on this machine that speaks the chat-completions protocol, and answers as the test wishes.

A real model can't be had in tests: none is small enough to ship, and none would be talked into the same mistake twice.
So what a model would say is written in the test, the worst of it too; everything else, from the client to the socket,
is what a user has.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple


class Reply(NamedTuple):
    """What goes back: `body` as it is, after `wait` seconds, drop by drop where `drip` gives the seconds between."""

    body: bytes
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    wait: float = 0.0
    drip: float = 0.0


def says(content: str | None, finish: str = "stop") -> Reply:
    """The protocol's envelope around what a model says."""
    message = {"role": "assistant", "content": content}
    choices = [{"index": 0, "message": message, "finish_reason": finish}]
    whole = {"id": "x", "object": "chat.completion", "created": 0, "model": "m", "choices": choices}
    return Reply(json.dumps(whole).encode())


def facts(*told: dict[str, Any]) -> Reply:
    return says(json.dumps({"facts": told}))


class Asked(NamedTuple):
    """A request as the endpoint got it."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def guide(self) -> str:
        return str(self.body["messages"][0]["content"])

    @property
    def data(self) -> str:
        return str(self.body["messages"][1]["content"])

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The objects between the two fences."""
        fence, *lines = self.data.split("\n")
        return [json.loads(line) for line in lines[: lines.index(fence)]]

    @property
    def turns(self) -> dict[int, str]:
        return {line["turn"]: line["text"] for line in self.lines if "turn" in line}


class Here(NamedTuple):
    url: str
    host: str
    asked: list[Asked]


Script = Callable[[Asked], Reply]


@contextmanager
def endpoint(*replies: Reply | Script) -> Iterator[Here]:
    """A server that gives these replies in turn, and the last of them for ever."""
    asked: list[Asked] = []
    closing = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            asked.append(Asked(self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            reply = replies[min(len(asked), len(replies)) - 1]
            self._send(reply if isinstance(reply, Reply) else reply(asked[-1]))

        def _send(self, reply: Reply) -> None:
            closing.wait(reply.wait)
            self.send_response(reply.status)
            for name, value in (("content-type", "application/json"), *reply.headers):
                self.send_header(name, value)
            self.send_header("content-length", str(len(reply.body)))
            self.end_headers()
            try:
                for drop in [reply.body] if not reply.drip else [bytes([one]) for one in reply.body]:
                    closing.wait(reply.drip)
                    self.wfile.write(drop)
                    self.wfile.flush()
            except OSError:
                self.close_connection = True  # whoever asked has hung up

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        host = f"127.0.0.1:{server.server_port}"
        yield Here(f"http://{host}/v1", host, asked)
    finally:
        closing.set()
        server.shutdown()
        server.server_close()
        thread.join()
