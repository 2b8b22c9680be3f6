"""Our word made to fit a field of the CRM, and compared with what stands there."""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime
from typing import Literal, NamedTuple

from premortem.writing_back.crm import Field, Value

Said = str | int | float | datetime | None
As = Literal["count", "share", "text", "moment"]
"""What a word of ours is: a number of things, a share in 0..1, text, a moment."""
CENTS = 2
"""Places after the point that a share keeps."""

TAKES: dict[As, tuple[str, ...]] = {
    "count": ("number", "text", "choice"),
    "share": ("number", "percent", "text"),
    "text": ("text", "choice"),
    "moment": ("day", "moment", "text"),
}


class Unfit(NamedTuple):
    """Why a word can't stand in a field, and what to do."""

    why: str
    remedy: str


def unfit(told: As, field: Field) -> Unfit | None:
    """Why nothing of this sort can ever stand in the field; None where it can."""
    if field.kind in TAKES[told]:
        if told == "share" and not field.blank and field.kind != "text":
            why = f"'{field.name}' can't be left empty, and 0 would say what nobody knows"
            return Unfit(why, "Make it a text field.")
        return None
    kinds = " or ".join(TAKES[told])
    return Unfit(f"'{field.name}' holds another kind of value ({field.kind or 'unknown'})", f"Name a {kinds} field.")


def fitted(said: Said, told: As, field: Field) -> Value | Unfit:
    """The value to write; text that is too long is cut, and shows that it was."""
    if said is None or said == "":
        return None
    if isinstance(said, datetime):
        moment = said.astimezone(UTC)
        return moment.date().isoformat() if field.kind != "moment" else f"{moment:%Y-%m-%dT%H:%M:%SZ}"
    if told == "share" and not isinstance(said, str):
        share = round(float(said), CENTS)
        return f"{share:.0%}" if field.kind == "text" else round(share * 100) if field.kind == "percent" else share
    if field.kind == "number" and not isinstance(said, str):
        return said
    if field.kind == "choice":
        return _chosen(str(said), field)
    words = re.sub(r"\r\n?", "\n", str(said)).strip()
    return words if field.longest is None or len(words) <= field.longest else words[: field.longest - 1].rstrip() + "…"


def _chosen(said: str, field: Field) -> Value | Unfit:
    """The choice that means the same, however it is written."""
    for value, label in field.choices.items():
        if _plain(said) in (_plain(value), _plain(label)):
            return value
    if field.free:
        return said
    return Unfit(f"'{field.name}' has no choice '{said}'", "Add it to the field's choices.")


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def same(old: Value, new: Value, field: Field) -> bool:
    """Whether the field says already what would be written, however the CRM writes it."""
    if old is None or old == "" or new is None or new == "":
        return old in (None, "") and new in (None, "")
    if field.kind in ("number", "percent"):
        number = _number(old)
        return number is not None and math.isclose(number, float(new), abs_tol=1e-6)
    if field.kind in ("day", "moment"):
        return _moment(str(old)) == _moment(str(new))
    return str(old).replace("\r\n", "\n").strip() == str(new)


def _number(value: str | int | float) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None


def _moment(text: str) -> datetime | date | str:
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return text
    return found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC).replace(microsecond=0)
