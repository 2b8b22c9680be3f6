"""Nothing follows from what a reader was not sure of: a finding stands on words that are rather right than wrong."""

from __future__ import annotations

import random

import pytest
from msgspec.structs import replace

from bench.dealing import made_up
from premortem.checks.review import Review, review
from premortem.ledger.entries import Entry, Fact

SURE = (0.2, 0.35, 0.45, 0.6, 0.9)
MADE_OF_SEVERAL = {"no_coach"}
"""Whose conditions of a coach may be met by several unsure words together."""


def a_deal(seed: int) -> list[Entry]:
    chance = random.Random(seed)
    return [
        replace(one, body=replace(one.body, confidence=chance.choice(SURE))) if isinstance(one.body, Fact) else one
        for one in made_up(f"d-{seed}", 60, chance)
    ]


def told(found: Review) -> dict[str, str]:
    return {one.check: one.says for one in found.findings}


@pytest.mark.parametrize("seed", range(40))
def test_what_is_unsure_raises_nothing_and_changes_no_word(seed: int) -> None:
    entries = a_deal(seed)
    sure = [one for one in entries if not (isinstance(one.body, Fact) and one.body.confidence < 0.5)]
    whole, without = review(entries), review(sure)
    known = {known.quote: known.believed for known in whole.deal.facts}
    assert not [(one.check, quote) for one in whole.findings for quote in one.evidence if not known[quote]]
    for check, says in told(whole).items():
        assert check in MADE_OF_SEVERAL or told(without).get(check) == says
