"""Checks by their plain names."""

from __future__ import annotations

from premortem.checks.called import CALLED, called
from premortem.checks.catalogue import modules


def test_every_check_of_ours_has_a_name_of_its_own_that_a_seller_understands() -> None:
    assert set(CALLED) == set(modules())
    assert len(set(CALLED.values())) == len(CALLED)
    assert not any("_" in name for name in CALLED.values())


def test_a_check_that_a_firm_added_goes_by_its_own_name() -> None:
    assert called("our_own_check") == "our own check"
