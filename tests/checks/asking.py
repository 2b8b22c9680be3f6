"""How the tests of checks put one to a deal that they tell as text."""

from __future__ import annotations

from datetime import date

from premortem.checks.base import Answer, Check, Clear, DoesNotApply, Raised, Sign
from premortem.checks.review import moment_of
from premortem.ledger.fold import deal_as_of, end_of
from premortem.ledger.norms import Norms
from tests.telling import told


def raised(check: Check, story: str, on: str | None = None) -> Raised:
    """What a check raises on a story, seen from the day of its last touch or from another."""
    answer = put(check, story, on)
    assert isinstance(answer, Raised), answer
    assert answer.evidence or answer.touches
    return answer


def clear(check: Check, story: str, on: str | None = None) -> str:
    answer = put(check, story, on)
    assert isinstance(answer, Clear), answer
    return answer.because


def sign(check: Check, story: str, on: str | None = None) -> Sign:
    answer = put(check, story, on)
    assert isinstance(answer, Sign), answer
    return answer


def does_not_apply(check: Check, story: str, on: str | None = None) -> str:
    answer = put(check, story, on)
    assert isinstance(answer, DoesNotApply), answer
    return answer.reason


def put(check: Check, story: str, on: str | None = None) -> Answer:
    entries = told("deal: A story\n" + story)
    return check(deal_as_of(entries, end_of(date.fromisoformat(on)) if on else moment_of(entries)), Norms())
