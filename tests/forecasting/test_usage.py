"""The usage shown in the package's docstring is run, and its public names are there."""

from __future__ import annotations

import doctest

import pytest

import premortem.forecasting


def test_the_docstrings_example_runs_as_shown() -> None:
    failed, tried = doctest.testmod(premortem.forecasting)
    assert tried > 5
    assert failed == 0


def test_each_public_name_is_found_and_a_wrong_one_is_told_what_there_is() -> None:
    for name in premortem.forecasting.__all__:
        assert getattr(premortem.forecasting, name).__doc__
    with pytest.raises(AttributeError, match="it has AalenJohansen"):
        _ = premortem.forecasting.KaplanMeier
