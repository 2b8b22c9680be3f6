from __future__ import annotations

from importlib.metadata import EntryPoint

import pytest

from premortem.checks import catalogue
from premortem.checks.base import Answer, Clear
from premortem.checks.review import review
from premortem.ledger.deal import Deal
from premortem.ledger.norms import Norms
from tests.telling import told

STORY = "deal: A story\nsellers: Ines\n2026-01-05 call: Ines 40%, Tom 60%\n"


def somebody_elses_check(deal: Deal, norms: Norms) -> Answer:
    return Clear("they looked too")


def added(name: str, value: str) -> EntryPoint:
    return EntryPoint(name, value, catalogue.GROUP)


def test_checks_are_found_by_their_place() -> None:
    assert {"economic_buyer_unmet", "gone_quiet"} <= set(catalogue.checks())
    assert not {"base", "catalogue", "review", "unknowns"} & set(catalogue.checks())


def test_others_add_theirs_as_a_function_or_a_module(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [added("theirs", f"{__name__}:somebody_elses_check"), added("again", "premortem.checks.gone_quiet")]
    monkeypatch.setattr(catalogue, "entry_points", lambda group: points)
    assert ("theirs", "they looked too") in review(told(STORY)).clear
    assert "again" in catalogue.checks()


def test_two_checks_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "entry_points", lambda group: [added("gone_quiet", "theirs:check")])
    with pytest.raises(ValueError, match="two checks are called 'gone_quiet': rename the one that theirs:check adds"):
        catalogue.checks()


@pytest.mark.parametrize(
    ("value", "why"), [("not_installed:check", "could not be loaded"), ("premortem.checks.base", "has no function")]
)
def test_one_that_cannot_be_loaded_is_told_in_the_review(monkeypatch: pytest.MonkeyPatch, value: str, why: str) -> None:
    monkeypatch.setattr(catalogue, "entry_points", lambda group: [added("theirs", value)])
    reviewed = review(told(STORY))
    assert [failure.check for failure in reviewed.failed] == ["theirs"]
    assert why in reviewed.failed[0].error
    assert reviewed.clear
