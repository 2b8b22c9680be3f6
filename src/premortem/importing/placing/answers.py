"""The list of what fits no deal or two: a table that is written for people, who put a deal beside each line.

    key, when, from, subject, why, could be, deal

`deal` is empty until somebody answers: with a deal's id, or with `never` where it belongs to none. The file is the
memory: what was answered in it stays answered, and what is asked newly is added.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from premortem.errors import Unreadable

COLUMNS = ("key", "when", "from", "subject", "why", "could be", "deal")
REMEDY = f"The first line names the columns: {', '.join(COLUMNS)}."


class Question(Struct, frozen=True):
    """One line: what is asked about, and what speaks for which deal."""

    key: str
    when: str
    sender: str
    subject: str
    why: str
    could_be: tuple[str, ...] = ()


def answers_in(file: Path) -> dict[str, str]:
    """What was answered, by key; nothing where there is no file yet. Raises Unreadable where it is no such table."""
    if not file.exists():
        return {}
    return {row["key"]: row["deal"].strip() for row in _rows(file) if row["deal"].strip()}


def write_questions(file: Path, questions: Iterable[Question], answers: Mapping[str, str]) -> None:
    """Write what is asked, below what was answered before, which stays. Raises Unreadable where that can't be."""
    kept = [row for row in _rows(file) if row["deal"].strip()] if file.exists() else []
    asked = [_row(one) for one in questions if one.key not in answers]
    text = io.StringIO()
    table = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    table.writeheader()
    table.writerows([*kept, *asked])
    aside = file.with_name(f"{file.name}.new")
    try:
        aside.write_text(text.getvalue(), encoding="utf-8-sig")
        aside.replace(file)
    except OSError as refused:
        raise Unreadable(str(file), "", f"can't be written: {refused.strerror}", "Name another file.") from refused


def _row(one: Question) -> dict[str, str]:
    told = (one.key, one.when, one.sender, one.subject, one.why, " | ".join(one.could_be), "")
    return dict(zip(COLUMNS, map(_harmless, told), strict=True))


def _harmless(text: str) -> str:
    """A spreadsheet takes what begins like this for a formula; a mail's subject may be anything."""
    text = " ".join(text.split())
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def _rows(file: Path) -> list[dict[str, str]]:
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as refused:
        raise Unreadable(str(file), "", f"can't be opened: {refused.strerror}", "Check the path.") from refused
    except UnicodeDecodeError as error:
        raise Unreadable(str(file), f"byte {error.start}", "is not written in UTF-8", "Save it as UTF-8.") from error
    first = text.partition("\n")[0]
    table = csv.DictReader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")
    if table.fieldnames is None or not {"key", "deal"} <= set(table.fieldnames):
        raise Unreadable(str(file), "line 1", "has no columns 'key' and 'deal'", REMEDY)
    return [{name: _as_written(name, row.get(name) or "") for name in COLUMNS} for row in table]


def _as_written(column: str, cell: str) -> str:
    return cell.removeprefix("'") if column == "key" else cell
