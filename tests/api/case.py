"""What a route's case is, and who is refused where."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from tests.web.conftest import House

ANYBODY: dict[str, int] = {}
SEES = {"stranger": 404}
"""Of a deal: whoever is not of its team gets the same answer as for a deal that is not there."""
READS = dict.fromkeys(("marketing", "executive"), 403)
CHANGES = SEES | READS
TAKES_PART = SEES | {"executive": 403}
"""In a post-mortem: marketing too."""
ADMINS = dict.fromkeys(("seller", "manager", "marketing", "executive", "stranger"), 403)
OWN = dict.fromkeys(("stranger", "manager", "marketing"), 404)
"""What somebody brought in: theirs alone, besides the admins'."""


class Case(NamedTuple):
    """`path` (after /api/) and `given` may need the house. `by` gets `status`, each of `refused` what stands there."""

    method: str
    path: str | Callable[[House], str]
    refused: dict[str, int]
    given: Any = None
    """A body as JSON; bytes as they are; a function of the house."""
    status: int = 200
    by: str = "seller"
