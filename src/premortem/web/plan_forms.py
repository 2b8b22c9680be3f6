"""Forms of a plan, on our page and in the buyer's room alike: what was typed, and what stands now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, cast

from django.http import Http404, HttpResponse, QueryDict
from django.utils import timezone

from premortem.acts.buying.project_change import Changed, Differs, Field, Value, Wanted
from premortem.acts.buying.room import RoomDocument, lines
from premortem.buying.calendar import as_csv, as_ics
from premortem.buying.readiness import ANSWERS, Answer, noted
from premortem.errors import Unknown

FIELDS: tuple[Field, ...] = ("title", "whose", "owner", "due", "done", "note", "effort", "spent", "dropped")
Typed = dict[str, str]
BUSY_WEEK = "A busy week"
WHOSE_WORDS = {"buyer": "the buyer’s alone", "joint": "joint", "ours": "ours"}


def wanted(given: QueryDict, today: date) -> Wanted:
    """The fields that a form has (it names them in `fields`) as values. Raises Unknown for what is none."""
    here = [field for field in FIELDS if field in given.get("fields", "").split()]
    return {field: _value(field, given.get(field, ""), given, today) for field in here}


def _value(field: Field, typed: str, given: QueryDict, today: date) -> Value:
    if field == "done":
        return _day(given.get("done_was", "")) or today if typed else None
    if field == "dropped":
        return bool(typed)
    if field == "due":
        return _day(typed)
    if field in ("effort", "spent"):
        return _hours(typed)
    return typed or None if field == "owner" else typed


def _day(typed: str) -> date | None:
    if not typed.strip():
        return None
    try:
        return date.fromisoformat(typed.strip())
    except ValueError as mistake:
        raise Unknown(f"“{typed[:40]}” is no day", "Write it as YYYY-MM-DD, or leave it empty.") from mistake


def _hours(typed: str) -> float | None:
    if not typed.strip():
        return None
    try:
        return float(typed.strip().replace(",", "."))
    except ValueError as mistake:
        raise Unknown(f"“{typed[:40]}” is no number of hours", "Write a number, or leave it empty.") from mistake


def ready_note(given: QueryDict) -> str:
    """The note of a question on readiness: the answer that was chosen, and the words beside it."""
    answer: Answer = next((one for one in ANSWERS if one == given.get("answer")), "unknown")
    return noted(answer, given.get("note", ""))


def typed_of(given: QueryDict) -> Typed:
    """What was typed, to be shown again."""
    return {name: str(value) for name, value in given.items() if name != "csrfmiddlewaretoken"}


def what_differs(found: Changed, owner: Callable[[str], str], by: Callable[[str], str]) -> list[str]:
    """What somebody else changed meanwhile, in sentences. `owner` and `by` say people as this reader may see them."""
    return [f"{by(one.by)} changed {one.called}: it is now {_said(one, owner)}." for one in found.clash]


def kept_beside(found: Changed, owner: Callable[[str], str], by: Callable[[str], str]) -> list[str]:
    """What somebody else changed meanwhile and stays beside what was typed."""
    return [
        f"Meanwhile {by(one.by)} changed {one.called} ({_said(one, owner)}); both are kept." for one in found.beside
    ]


def _said(one: Differs, owner: Callable[[str], str]) -> str:
    if one.field == "owner":
        return owner(str(one.now)) if one.now else "nobody"
    if one.field == "dropped":
        return "taken out" if one.now else "back in the plan"
    if one.field == "whose":
        return WHOSE_WORDS[str(one.now)]
    if one.now in (None, ""):
        return "empty"
    words = (
        one.now.isoformat() if isinstance(one.now, date) else f"{one.now:g}" if isinstance(one.now, float) else one.now
    )
    head, _, rest = str(words).partition("\n")
    return f"“{f'{head}: {rest}' if rest and head in ANSWERS else words}”"


def file_of(kind: str, document: RoomDocument, whose: Mapping[str, str], ours: str) -> HttpResponse:
    """The shared plan as a file: pdf, csv or ics. Raises Http404 for any other."""
    now = timezone.now()
    if kind == "pdf":
        from premortem.acts.buying.room_paper import paper  # what makes PDFs is loaded by whoever asks for one

        made = HttpResponse(paper(document, ours, now.date()), content_type="application/pdf")
    elif kind == "csv":  # the mark at its beginning lets spreadsheets read every letter
        made = HttpResponse("\ufeff" + as_csv(lines(document, whose)), content_type="text/csv; charset=utf-8")
    elif kind == "ics":
        days = as_ics(lines(document, whose), "Our plan", now)
        made = HttpResponse(days, content_type="text/calendar; charset=utf-8")
    else:
        raise Http404
    made["Content-Disposition"] = f'attachment; filename="plan.{kind}"'
    return made


def form_of(step: Any, typed: Mapping[str, Typed]) -> dict[str, object]:
    """What a step's form shows: what was typed and not taken, else what stands."""
    stands = {
        "title": step.title,
        "whose": step.whose,
        "owner": step.owner or "",
        "due": step.due.isoformat() if step.due else "",
        "done": "on" if step.done else "",
        "note": step.note,
        "effort": "" if step.hours is None else f"{step.hours:g}",
        "spent": "" if step.taken is None else f"{step.taken:g}",
    }
    was = typed.get(step.id)
    if was is not None:
        stands = {
            name: was.get(name, "") if name in was.get("fields", "").split() else now for name, now in stands.items()
        }
    done_was = step.done.isoformat() if step.done else ""
    return cast(dict[str, object], stands) | {"step": step, "again": was is not None, "done_was": done_was}
