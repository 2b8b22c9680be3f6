"""A story with what a user entered besides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.entries import Body, Entry
from premortem.ledger.fold import deal_as_of, noon
from tests.telling import told


def with_entered(story: str, *entered: tuple[str, Body]) -> Deal:
    """The deal of a story, and on which day somebody entered what."""
    days = [(noon(date.fromisoformat(day)), body) for day, body in entered]
    return deal_as_of([*told(story), *(Entry("d-story", at, at, "user:ola", body) for at, body in days)])


def saying(**words: str) -> Callable[[DealFact], str]:
    """The words of a fact by its claim: a story keeps none."""
    return lambda known: words.get(known.fact.claim, "")
