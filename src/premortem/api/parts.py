"""Long lists in parts: a cursor names the last row that went out, and the next part begins after it.

What comes in meanwhile shifts nothing: no row goes out twice because another one was added before it. A cursor is
signed, and holds only for the question that it was given for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, NamedTuple, TypeVar

import msgspec
from django.core import signing
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from premortem.api.problems import Refused

Row = TypeVar("Row", bound=Model)
NOT_ASKED = ("cursor", "limit")


class By(NamedTuple):
    """A column by which rows are sorted; what is not known stands last either way."""

    column: str
    down: bool = False


def part(
    request: HttpRequest, rows: QuerySet[Row], order: Sequence[By], limit: int, cursor: str | None
) -> tuple[list[Row], str | None]:
    """The next rows, and the cursor for those after them; None where these are the last.

    `rows` are sorted by `order` already, whose columns together tell any two apart. Raises Refused (422) for a cursor
    that is not of this list.
    """
    if cursor:
        rows = rows.filter(_after(list(zip(order, _opened(request, cursor, len(order)), strict=True))))
    found = list(rows[: limit + 1])
    if len(found) <= limit:
        return found, None
    last = [msgspec.to_builtins(getattr(found[limit - 1], by.column)) for by in order]
    return found[:limit], signing.dumps([_asked(request), last], salt=__name__, compress=True)


def _opened(request: HttpRequest, cursor: str, columns: int) -> list[Any]:
    try:
        asked, last = signing.loads(cursor, salt=__name__)
    except signing.BadSignature:
        asked, last = "", []
    if asked != _asked(request) or len(last) != columns:
        raise Refused(
            422, "This cursor is of another list. Begin without one, and keep the other parameters as they are."
        )
    told: list[Any] = last
    return told


def _asked(request: HttpRequest) -> str:
    """Which list it is: its address, and all that was asked of it."""
    asked = sorted((name, values) for name, values in request.GET.lists() if name not in NOT_ASKED)
    return hashlib.sha256(repr((request.path, asked)).encode()).hexdigest()[:16]


def _after(last: list[tuple[By, Any]]) -> Q:
    """Rows that come after one: later in the first column, or the same there and later in the next."""
    (by, value), *others = last
    if value is None:
        return Q(**{f"{by.column}__isnull": True}) & _after(others) if others else Q(pk__in=[])
    later = Q(**{f"{by.column}__{'lt' if by.down else 'gt'}": value}) | Q(**{f"{by.column}__isnull": True})
    return later | (Q(**{by.column: value}) & _after(others)) if others else later
