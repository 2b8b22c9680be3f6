"""The form of thresholds on the rules page: each norm with a field for our own number, empty where none is set."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.http import QueryDict

from premortem.acts.looking.norms import NormShown, norm_shown
from premortem.acts.playbook import Rules

FIELD = "norm-"
"""What a field's name begins with, before the norm's."""
_NUMBER = re.compile(r"\d{1,6}(\.\d{1,4})?")
_SET = "set in "
"""What the source of a norm begins with that a playbook sets."""


class Line(NamedTuple):
    """A norm that holds, what its field says, and what is wrong there. `due` says that our own figure is not known
    again yet."""

    norm: NormShown
    field: str
    typed: str
    wrong: str
    due: bool


def lines_of(
    norms: Sequence[NormShown],
    by: Rules,
    stand: Mapping[str, float],
    typed: QueryDict | None = None,
    wrong: Mapping[str, str] | None = None,
) -> list[Line]:
    """A line for each norm. `stand` are the thresholds that the playbook's text sets; what was typed outranks them."""
    return [_line(norm, by, stand, typed, wrong or {}) for norm in norms]


def _line(
    norm: NormShown, by: Rules, stand: Mapping[str, float], typed: QueryDict | None, wrong: Mapping[str, str]
) -> Line:
    name, set_now = norm.name, by.playbook.thresholds.get(norm.name)
    shown = norm_shown(name, set_now) if set_now is not None else norm
    says = _written(stand[name], norm.unit) if name in stand else ""
    if typed is not None:
        says = typed.get(FIELD + name, says)
    return Line(shown, FIELD + name, says, wrong.get(name, ""), set_now is None and norm.source.startswith(_SET))


def _written(value: float, unit: str | None) -> str:
    """As a field has it: a share in percent."""
    told = Decimal(str(value)) * (100 if unit == "share" else 1)
    return f"{told.normalize():f}"


def numbers(typed: QueryDict, norms: Sequence[NormShown]) -> tuple[dict[str, str | None], dict[str, str]]:
    """The numbers typed by their norms, as the playbook has them, and what is wrong by the norm's name."""
    given, wrong = dict[str, str | None](), dict[str, str]()
    for norm in norms:
        said = typed.get(FIELD + norm.name)
        if said is None:
            continue
        said = said.strip()
        if not said:
            given[norm.name] = None
        elif not _NUMBER.fullmatch(said) or not Decimal(said):
            wrong[norm.name] = "Write a number above 0, such as 14 or 2.5."
        elif norm.unit == "share" and Decimal(said) > 100:
            wrong[norm.name] = "A share is at most 100%."
        else:
            value = Decimal(said) / (100 if norm.unit == "share" else 1)
            given[norm.name] = f"{value.normalize():f}"
    return given, wrong
