"""Every view's case: how to reach it, who gets what, and the method that it refuses. A new view needs a line here."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tests.web.conftest import House

SEES = {"seller": 200, "manager": 200, "marketing": 200, "executive": 200, "admin": 200, "stranger": 404, "nobody": 302}
"""A deal's page: whoever is not of its team gets the same answer as for a deal that is not there."""
ALL = dict.fromkeys(("seller", "manager", "marketing", "executive", "admin", "stranger"), 200) | {"nobody": 302}
CHANGES = dict.fromkeys(("seller", "manager", "admin"), 302) | dict.fromkeys(("marketing", "executive"), 403)
CHANGES |= {"stranger": 404, "nobody": 302}
"""What changes a deal: who works on it may, who only reads may not."""
ADMINS = dict.fromkeys(ALL, 403) | {"admin": 200, "nobody": 302}


class Case(NamedTuple):
    """`path` may need the house, to know a deal's touches; `expected` is the answer's status for each of the cast."""

    path: str | Callable[[House], str]
    expected: dict[str, int]
    method: str = "get"
    data: dict[str, str] | None = None
    refuses: str | None = "post"
    """A method that is answered with 405; None where all that browsers send are welcome."""


CASES: dict[str, Case] = {
    "today": Case("/", ALL),
}

LET_IN = {"first", "join"}
"""Pages for people who have not signed in: tests/web/test_joining.py has their cases."""
