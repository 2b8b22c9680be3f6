"""Every page to look at: those of the contract's cases, a deal at work, signing in, and an upload in each state."""

from __future__ import annotations

from tests.web.browser.at_work import PAGES
from tests.web.browser.conftest import Served
from tests.web.browser.uploads import UPLOADS
from tests.web.cases import CASES

ACCOUNT = {
    "account_login": "/account/login/",
    "account_change_password": "/account/password/change/",
    "mfa_index": "/account/2fa/",
}
FILES = (
    "deal_picture",
    "touch_picture",
    "project_file",
    "story_file",
    "replay_picture",
    "why_picture",
    "problems_table",
    "upload_mend",
)
"""What is a file to keep, and no page."""
NAMES = [
    name for name, case in CASES.items() if case.method == "get" and case.expected["admin"] == 200 and name not in FILES
]
NAMES += [*ACCOUNT, *UPLOADS, *(name for name in PAGES if name not in CASES)]


def address(served: Served, name: str) -> str:
    return ACCOUNT.get(name) or served.pages[name]


def visitor(name: str) -> str:
    """Whoever signs in is nobody yet."""
    return "nobody" if name == "account_login" else "admin"
