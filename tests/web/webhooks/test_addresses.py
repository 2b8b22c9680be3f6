"""Where webhooks may go, and where not."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from premortem.errors import Unknown
from premortem.web.webhooks.addresses import is_public, place_of


@pytest.mark.parametrize("one", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946"])
def test_an_address_of_the_public_network_is_public(one: str) -> None:
    assert is_public(ip_address(one))


@pytest.mark.parametrize(
    "one",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1"),
        *("::1", "::", "fe80::1", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe"),
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    ],
)
def test_what_is_near_is_not_public_in_whatever_form_it_is_written(one: str) -> None:
    assert not is_public(ip_address(one))


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://hooks.firm.example/", "everybody on the way can read"),
        ("ftp://hooks.firm.example/", "no web address"),
        ("https://", "no web address"),
        ("https://hooks.firm.example/a b", "no web address"),
        ("https://hooks.firm.example/a\r\nhost: other", "no web address"),
        ("https://hooks.firm.example:99999/", "no address"),
        ("https://[::1", "no address"),
        ("https://user:word@hooks.firm.example/", "password"),
        ("https://localhost/", "not in the public network"),
        ("https://metadata.google.internal/", "not in the public network"),
        ("https://169.254.169.254/latest", "not in the public network"),
        ("https://[::ffff:127.0.0.1]/", "not in the public network"),
        ("https://hooks.firm.example/" + "a" * 2_000, "characters at most"),
    ],
)
def test_what_may_not_be_sent_to_says_why(address: str, why: str) -> None:
    with pytest.raises(Unknown, match=why):
        place_of(address, ())


def test_a_named_host_may_be_near_and_go_without_https() -> None:
    place = place_of("http://relay.local:8080/in?a=b", ["relay.local:8080"])
    assert place == (False, "relay.local", 8080, "/in?a=b", True)
    with pytest.raises(Unknown):
        place_of("http://relay.local:8081/in", ["relay.local:8080"])


def test_a_public_place_is_taken_apart() -> None:
    assert place_of("https://hooks.firm.example", ()) == (True, "hooks.firm.example", 443, "/", False)
