"""One POST to an address of an admin's, and what came back. The only code of webhooks that connects.

Names are looked up here, once, and the connection goes to the very address that was looked at: a name that leads to a
public machine when it is checked and into this network a moment later gains nothing. Redirects are not followed, no
proxy is asked, and whoever answers slowly is hung up on.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from ipaddress import ip_address
from threading import Timer

from msgspec import Struct

from premortem import __version__
from premortem.errors import Unknown
from premortem.web.webhooks.addresses import ALLOW, Place, is_public, place_of

TO_CONNECT = 5.0
IN_ALL = 15.0
"""Seconds for connecting, and for everything from then to the answer's end."""
MOST_TRIED = 3
KEPT = 1_000
"""Characters of an answer that are kept."""


class Answer(Struct, frozen=True):
    """`status` is None where nobody answered; `says` is then what went wrong. `wait` is what Retry-After asks for."""

    status: int | None
    ms: int
    says: str
    wait: int = 0

    @property
    def arrived(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def post(
    address: str,
    body: bytes,
    headers: Mapping[str, str],
    named: Collection[str],
    in_all: float = IN_ALL,
) -> Answer:
    """Send it; whatever goes wrong on the way is part of the answer. `named` are hosts that may be private."""
    began = time.monotonic()
    try:
        status, says, wait = _post(place_of(address, named), body, headers, in_all)
    except (OSError, http.client.HTTPException, UnicodeError, Unknown) as failed:
        late = time.monotonic() - began >= in_all
        status, says, wait = None, f"no answer within {in_all:g} s" if late else _plain(failed), 0
    return Answer(status, round((time.monotonic() - began) * 1000), says[:KEPT], wait)


def _post(place: Place, body: bytes, headers: Mapping[str, str], in_all: float) -> tuple[int, str, int]:
    with _connected(place, in_all) as connection:
        told = {"content-type": "application/json", "user-agent": f"premortem/{__version__}", "connection": "close"}
        connection.request("POST", place.target, body, {**told, **headers})
        answer = connection.getresponse()
        said = answer.read(4 * KEPT).decode("utf-8", "replace").replace("\0", "")
        asked = answer.getheader("retry-after", "")
        return answer.status, said, int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0


@contextmanager
def _connected(place: Place, in_all: float) -> Iterator[http.client.HTTPConnection]:
    """A connection to the place; after `in_all` seconds it is cut, however busily the other side keeps it alive."""
    bare = _called(_reached(place), place.port)
    bare.settimeout(in_all)
    twin = bare.dup()  # stays the bare connection while TLS takes the other
    limit = Timer(in_all, _cut, [twin])
    limit.daemon = True
    limit.start()
    try:
        if place.https:
            connection: http.client.HTTPConnection = http.client.HTTPSConnection(
                place.host, place.port, timeout=in_all, context=_trusted()
            )
            spoken: socket.socket = _trusted().wrap_socket(bare, server_hostname=place.host)
        else:
            connection, spoken = http.client.HTTPConnection(place.host, place.port, timeout=in_all), bare
        connection.sock = spoken
        try:
            yield connection
        finally:
            connection.close()
    finally:
        limit.cancel()
        bare.close()
        twin.close()


@cache
def _trusted() -> ssl.SSLContext:
    """Whose certificates count: those that this machine trusts, read once."""
    return ssl.create_default_context()


def _cut(twin: socket.socket) -> None:
    try:
        twin.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # the other side was quicker


def _called(reached: list[str], port: int) -> socket.socket:
    """A connection to the first of these addresses that answers."""
    for one in reached[:-1]:
        try:
            return socket.create_connection((one, port), timeout=TO_CONNECT)
        except OSError:
            continue  # the next may be there: many hosts have an address of IPv6 that leads nowhere from here
    return socket.create_connection((reached[-1], port), timeout=TO_CONNECT)


def _reached(place: Place) -> list[str]:
    """The numeric addresses that a host has now. Raises Unknown where any of them is not public."""
    found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    numeric = [str(one[4][0]) for one in found]
    for one in numeric:
        if not place.near and not is_public(ip_address(one.partition("%")[0])):
            raise Unknown(f"'{place.host}' leads to {one}, which is not in the public network", ALLOW)
    return list(dict.fromkeys(numeric))[:MOST_TRIED]


def _plain(failed: Exception) -> str:
    """What went wrong, for somebody who reads the log."""
    if isinstance(failed, ssl.SSLCertVerificationError):
        return f"the certificate was not accepted: {failed.verify_message}"
    if isinstance(failed, socket.gaierror):
        return "there is no host of this name"
    if isinstance(failed, TimeoutError):
        return f"nobody answered the call within {TO_CONNECT:g} s"
    return f"{failed}" or type(failed).__name__
