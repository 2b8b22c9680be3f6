"""Our word in a field of theirs: what fits, how it is written, and when it says the same already."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from premortem.writing_back.crm import Field, Kind, Value
from premortem.writing_back.fitting import As, Said, Unfit, fitted, same, unfit

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def field(kind: Kind | None, longest: int | None = None) -> Field:
    return Field("Ours__c", "Ours", kind, longest=longest, choices={"best": "Best Case", "commit": "Commit"})


@pytest.mark.parametrize(
    ("said", "told", "kind", "value"),
    [
        (3, "count", "number", 3),
        (3, "count", "text", "3"),
        (0, "count", "number", 0),
        (0.6349, "share", "number", 0.63),
        (0.6349, "share", "percent", 63),
        (0.6349, "share", "text", "63%"),
        ("best case", "text", "choice", "best"),
        ("commit", "text", "text", "commit"),
        (NOW, "moment", "day", "2026-11-22"),
        (NOW, "moment", "moment", "2026-11-22T09:30:00Z"),
        (None, "share", "percent", None),
        ("", "text", "text", None),
    ],
)
def test_each_word_in_each_kind_of_field(said: Said, told: As, kind: Kind, value: Value) -> None:
    assert unfit(told, field(kind)) is None
    assert fitted(said, told, field(kind)) == value


def test_words_that_are_too_long_are_cut_and_show_it() -> None:
    assert fitted("Who signs this at Harbour?", "text", field("text", 12)) == "Who signs t…"


def test_a_choice_that_is_not_there_is_no_other_one() -> None:
    found = fitted("pipeline", "text", field("choice"))
    assert isinstance(found, Unfit)
    assert "no choice 'pipeline'" in found.why


def test_what_can_never_fit() -> None:
    assert unfit("count", field("percent")) is not None, "3 findings are not 3%"
    assert unfit("text", field("number")) is not None
    assert unfit("text", field(None)) is not None
    never_empty = Field("x_chance", "Chance", "number", blank=False)
    assert "0 would say what nobody knows" in str(unfit("share", never_empty))
    assert unfit("count", never_empty) is None, "a count is always known"


@pytest.mark.parametrize(
    ("old", "new", "kind", "is_same"),
    [
        ("3.0", 3, "number", True),
        (3.0, 3, "number", True),
        ("", None, "text", True),
        (0, None, "number", False),
        (None, 0, "number", False),
        ("three", 3, "number", False),
        ("Who signs?\r\nAnd when? ", "Who signs?\nAnd when?", "text", True),
        ("2026-11-22T09:30:00.000+0000", "2026-11-22T09:30:00Z", "moment", True),
        ("2026-11-21", "2026-11-22", "day", False),
    ],
)
def test_the_same_is_the_same_however_a_crm_writes_it(old: Value, new: Value, kind: Kind, is_same: bool) -> None:
    assert same(old, new, field(kind)) is is_same
