"""Every page that somebody can open: those of the contract's cases, and those of signing in."""

from __future__ import annotations

from tests.web.browser.conftest import Served
from tests.web.cases import CASES

ACCOUNT = {
    "account_login": "/account/login/",
    "account_change_password": "/account/password/change/",
    "mfa_index": "/account/2fa/",
}
NAMES = [name for name, case in CASES.items() if case.method == "get" and case.expected["admin"] == 200] + list(ACCOUNT)


def address(served: Served, name: str) -> str:
    return ACCOUNT.get(name) or served.pages[name]


def visitor(name: str) -> str:
    """Whoever signs in is nobody yet."""
    return "nobody" if name == "account_login" else "admin"
