"""What a query may ask for, as types: a value beyond these is refused before anything looks at it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, TypeVar

from django.http import HttpRequest
from django.utils import timezone
from pydantic import AfterValidator, Field

from premortem.api.problems import Refused

Told = TypeVar("Told", bound=date | None)
FIRST, LAST = date(1970, 1, 1), date(2199, 12, 31)


def _within(day: date) -> date:
    if not FIRST <= day <= LAST:
        raise ValueError(f"take a day from {FIRST} to {LAST}")
    return day


def told_day(day: Told) -> Told:
    """A day that came in a body. Raises Refused (422) for one that no deal can have."""
    if day is not None and not FIRST <= day <= LAST:
        raise Refused(422, f"{day} is no day of any deal. Take one from {FIRST} to {LAST}.")
    return day


Day = Annotated[date, AfterValidator(_within)]
Most = Annotated[int, Field(ge=1, le=200, description="How many at most.")]
Words = Annotated[str, Field(max_length=200)]
Page = Annotated[int, Field(ge=1, le=100_000, description="Which page of the list, from 1.")]
AT_FIRST = 50
"""How many of a list go out where nobody says how many."""


def today() -> date:
    """The day from which deals are looked at, as on pages."""
    return datetime.now(UTC).date()


def by(request: HttpRequest) -> tuple[str, datetime]:
    """Who tells something, and now: what an act wants to know of whoever writes."""
    return request.user.get_username(), timezone.now()
