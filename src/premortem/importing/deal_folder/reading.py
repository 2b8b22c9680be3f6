"""A deal folder: `deal.json`, the CRM's row, and `touches/`, one file a call, mail or note.

Fields that a firm lacks may be left out, empty or null. What CRMs write otherwise and is sure all the same is taken:
numbers as ids, a moment where a day is wanted, '5,000.00' for an amount.
For the rest an error says which field is wrong.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from premortem.errors import Unreadable
from premortem.ledger.entries import Body, Changed, Opened, Outcome, Side
from premortem.ledger.fold import noon


class StageRow(Struct, frozen=True):
    at: date
    stage: str


class PersonRow(Struct, frozen=True):
    name: str | None = None
    title: str | None = None
    email: str | None = None
    phone: str | None = None


class OutcomeRow(Struct, frozen=True):
    status: str
    at: date
    to: str | None = None
    stated_reason: str | None = None


class DealRow(Struct, frozen=True):
    """The CRM's view of a deal, as `deal.json` has it."""

    id: str
    name: str = ""
    account: str = ""
    seller: str = ""
    amount: float | None = None
    currency: str | None = None
    created: date | None = None
    stages: list[StageRow] = []
    planned_close: date | None = None
    sellers: list[PersonRow] = []
    contacts: list[PersonRow] = []
    outcome: OutcomeRow | None = None


class DealFolder(Struct, frozen=True):
    """A deal as it lies on disk: its row and the files of its touches, in the order of their names."""

    path: Path
    row: DealRow
    touches: tuple[Path, ...]


STATUSES = ("won", "lost", "other_way", "no_decision", "unknown")


def is_deal_folder(path: Path) -> bool:
    return (path / "deal.json").is_file()


def deal_folders(path: Path) -> list[Path]:
    """The deal folders at or below a path, in the order of their names."""
    return [path] if is_deal_folder(path) else sorted(found.parent for found in path.rglob("deal.json"))


def read_deal_folder(path: Path) -> DealFolder:
    """Raises Unreadable where deal.json is not what it should be; files of touches are not opened yet."""
    file = path / "deal.json"
    row = _row(file)
    _sound(file, row)
    folder = path / "touches"
    found = sorted(one for one in folder.rglob("*") if one.is_file()) if folder.is_dir() else []
    return DealFolder(path, row, tuple(one for one in found if not one.name.startswith(".")))


def _row(file: Path) -> DealRow:
    try:
        told = msgspec.json.decode(file.read_bytes().removeprefix(b"\xef\xbb\xbf"))
        return msgspec.convert(_plainly(told), type=DealRow)
    except msgspec.ValidationError as error:
        place, why = _place(str(error))
        remedy = "Days are written YYYY-MM-DD, amounts as plain numbers; what is not known is left out."
        raise Unreadable(str(file), place, why, remedy) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        why = f"it is no JSON ({str(error).rstrip('.')})"
        raise Unreadable(str(file), "", why, "Export the deal's row again as UTF-8.") from error


def _place(error: str) -> tuple[str, str]:
    """msgspec says 'Expected `date`, got `int` - at `$.stages[...].at`': the place is behind the dash."""
    why, _, place = error.partition(" - at ")
    return place.strip("`").removeprefix("$").removeprefix("."), why[0].lower() + why[1:].rstrip(".")


DAYS = ("at", "created", "planned_close")


def _plainly(told: Any, field: str = "") -> Any:
    """What a CRM wrote, as plainly as it is sure; what is empty or null is left out."""
    if isinstance(told, dict):
        plain = {key: _plainly(value, key) for key, value in told.items()}
        kept = {key: value for key, value in plain.items() if value is not None}
        return None if field == "outcome" and not kept else kept
    if isinstance(told, list):
        return [one for one in (_plainly(value) for value in told) if one is not None]
    if isinstance(told, str):
        return _text(told.strip(), field)
    a_number = isinstance(told, int) and not isinstance(told, bool)
    return str(told) if a_number and field not in (*DAYS, "amount") else told


def _text(told: str, field: str) -> str | float | None:
    if field == "id":
        return told
    if field in DAYS:
        return _day_in(told) or None
    if field == "amount":
        return _amount(told)
    return (told.lower() if field == "status" else told) or None


def _day_in(told: str) -> str:
    """The day of '2026-03-04T10:00:00Z', as its writer's clock had it; anything else as it is."""
    if not re.match(r"\d{4}-\d\d-\d\d[T ]", told):
        return told
    try:
        return datetime.fromisoformat(told).date().isoformat()
    except ValueError:
        return told


_GROUPED = re.compile(r"-?(?:\d+|\d{1,3}(?:[, '’\u00a0\u202f]\d{3})+)(?:\.\d{1,2})?")
_COMMA_CENTS = re.compile(r"-?(?:\d+|\d{1,3}(?:[. \u00a0\u202f]\d{3})+),\d{1,2}")


def _amount(told: str) -> str | float | None:
    """'5,000', '5 000.00' and '5.000,00' are sure; '5.000' may be five or five thousand, and stays as it is."""
    if _GROUPED.fullmatch(told):
        return float(re.sub(r"[^\d.-]", "", told))
    if _COMMA_CENTS.fullmatch(told):
        return float(re.sub(r"[^\d,-]", "", told).replace(",", "."))
    return told or None


EARLIEST, LATEST = date(1970, 1, 1), date(2200, 12, 31)
"""Days that a deal can have; others are a slip of the pen, or what a spreadsheet writes for nothing."""


def _sound(file: Path, row: DealRow) -> None:
    """Raises Unreadable where a field has the right kind and can't be meant."""
    if not row.id or any(unicodedata.category(letter) == "Cc" for letter in row.id):
        why = "it holds control characters" if row.id else "it is empty"
        raise Unreadable(str(file), "id", why, "Write the CRM's own number or a short name of letters and digits.")
    days = {"created": row.created, "planned_close": row.planned_close}
    days |= {f"stages[{number}].at": stage.at for number, stage in enumerate(row.stages)}
    if row.outcome is not None:
        days["outcome.at"] = row.outcome.at
        if row.outcome.status not in STATUSES:
            remedy = f"Write one of {', '.join(STATUSES)}, or leave the outcome out while the deal is open."
            raise Unreadable(str(file), "outcome.status", f"'{row.outcome.status}' is no outcome", remedy)
    for place, day in days.items():
        if day is not None and not EARLIEST <= day <= LATEST:
            remedy = "Write the day it really was, YYYY-MM-DD, or leave it out."
            raise Unreadable(str(file), place, f"{day.isoformat()} is not between 1970 and 2200", remedy)


def created_at(folder: DealFolder) -> datetime:
    """When the deal appeared: the CRM's day, else that of its first stage, else of its first touch.

    Raises Unreadable where nothing in the folder tells a day.
    """
    days = [folder.row.created, *(stage.at for stage in folder.row.stages[:1]), *map(_day_of, folder.touches[:1])]
    for day in days:
        if day is not None:
            return noon(day)
    remedy = "Write the day the deal was created, YYYY-MM-DD."
    raise Unreadable(str(folder.path / "deal.json"), "created", "no day says when this deal began", remedy)


def _day_of(touch: Path) -> date | None:
    try:
        return date.fromisoformat(touch.name[:10])
    except ValueError:
        return None


def crm_entries(folder: DealFolder) -> list[tuple[datetime, Body]]:
    """What the CRM's row says, each with the moment it happened; the outcome's reason is left to `stated_reason`."""
    row, created = folder.row, created_at(folder)
    told: list[tuple[datetime, Body]] = [
        (created, Opened(row.name or row.id, row.account, row.seller, row.currency)),
        *((noon(stage.at), Changed("stage", stage.stage)) for stage in row.stages),
    ]
    if row.amount is not None:
        told.append((created, Changed("amount", row.amount)))
    if row.planned_close is not None:
        told.append((created, Changed("planned_close", row.planned_close.isoformat())))
    return told


def outcome_entry(folder: DealFolder, reason: str | None) -> tuple[datetime, Outcome] | None:
    """How the deal ended, with the hash under which its stated reason is kept; None while it is open."""
    ended = folder.row.outcome
    if ended is None:
        return None
    return noon(ended.at), Outcome(ended.status, ended.to, reason)  # type: ignore[arg-type]  # checked on reading


def listed_people(row: DealRow) -> list[tuple[PersonRow, Side]]:
    """The people whom the CRM knows, each with its side; rows without a name and an address say nothing."""
    both: list[tuple[PersonRow, Side]] = [(one, "seller") for one in row.sellers]
    both += [(one, "buyer") for one in row.contacts]
    return [(one, side) for one, side in both if one.name or one.email]
