"""Which addresses may be sent to: public ones by https, and hosts that whoever runs the server named.

An address is looked at when it is added, and again where each message goes, since a name may lead elsewhere by then.
"""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from premortem.errors import Unknown

LONGEST = 2_000
NAT64 = IPv6Network("64:ff9b::/96")
"""Addresses of IPv4 written as such of IPv6 (RFC 6052)."""


class Place(NamedTuple):
    """Where a message goes. `near` says that its host was named: it may be private, and without https."""

    https: bool
    host: str
    port: int
    target: str
    near: bool


def place_of(address: str, named: Collection[str]) -> Place:
    """Raises Unknown for an address to which nothing may be sent, as far as it tells by itself."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError as wrong:
        raise Unknown(f"this is no address: {wrong}", "Write it like https://hooks.firm.example/premortem.") from wrong
    near = host in named or f"{host}:{port}" in named
    if parts.scheme not in ("https", "http") or not host or not address.isascii() or _blank(address):
        raise Unknown("this is no web address", "Write it like https://hooks.firm.example/premortem.")
    if len(address) > LONGEST:
        raise Unknown(f"an address has {LONGEST:,} characters at most", "Take a shorter one.")
    if parts.scheme == "http" and not near:
        raise Unknown("what is sent by http everybody on the way can read", "Take an address with https://.")
    if parts.username is not None or parts.password is not None:
        raise Unknown("an address with a password in it is shown to every admin", "Check the signature instead.")
    if not near and (host == "localhost" or host.endswith((".localhost", ".local", ".internal"))):
        raise Unknown(f"'{host}' is not in the public network", ALLOW)
    if not near and (literal := _literal(host)) is not None and not is_public(literal):
        raise Unknown(f"{host} is not in the public network", ALLOW)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Place(parts.scheme == "https", host, port or (443 if parts.scheme == "https" else 80), target, near)


ALLOW = "Take a public one, or name its host in PREMORTEM_WEBHOOK_HOSTS where premortem is started."


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is reached from everywhere: not this machine, its network, or a cloud's own services."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address in NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address.is_site_local or address.teredo is not None:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _literal(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _blank(address: str) -> bool:
    return any(one <= " " or one == "\x7f" for one in address)
