"""What somebody chooses for an export that waits: how it is read, which accounts are two, the rows to mend."""

from __future__ import annotations

import csv
import io
from pathlib import PurePosixPath
from typing import Any

import msgspec
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from premortem.acts.bringing_in.bring_in_export import ExportBrought
from premortem.acts.bringing_in.mending import to_mend
from premortem.acts.bringing_in.reading_choices import FIELDS, Choices, chosen
from premortem.errors import Unreadable
from premortem.importing.mapped.mapping import Mapping, mapping_in
from premortem.importing.tables.crm import STATUSES
from premortem.records.firm.import_rows import KeptChoices, MatchAnswer
from premortem.records.firm.models import Upload
from premortem.web.export_upload import ExportRead
from premortem.web.mail_upload import question_of
from premortem.web.manner import zones
from premortem.web.pages.import_export import columns_of, keep_preview
from premortem.web.pages.import_upload import read_again, theirs

LAID = ("time_zone", "days", "decimals", "currency", "seller")


@require_POST
def upload_reading(request: HttpRequest, number: int) -> HttpResponse:
    """Change how an export or a calendar is read, and look at it again."""
    _, upload = theirs(request, number)
    again = redirect("upload", number)
    if upload.state != "previewed" or upload.kind not in ("export", "calendar"):
        messages.error(request, "That can't be changed any more.")
        return again
    if request.POST.get("do") == "found":
        KeptChoices.objects.filter(shape=upload.preview.get("shape", "")).delete()
        read_again(upload, choices={})
        return again
    try:
        choices = _chosen(request, upload)
    except Unreadable as odd:
        messages.error(request, str(odd))
        return again
    if not read_again(upload, choices=msgspec.to_builtins(choices) if choices.made else {}):
        messages.error(request, "That can't be changed any more.")
    return again


def _chosen(request: HttpRequest, upload: Upload) -> Choices:
    """What the form says, over what was chosen before. Raises Unreadable for what is no choice."""
    told = request.POST
    if upload.kind == "calendar":
        return Choices(time_zone=told.get("time_zone", "") if told.get("time_zone", "") in zones() else "")
    read = msgspec.convert(upload.preview, ExportRead)
    before = msgspec.convert(upload.choices or _kept(read), Choices)
    if told.get("do") == "whole":
        choices = Choices(whole=told.get("whole", "").replace("\r\n", "\n"))
        chosen(mapping_in(read.mapping, "The mapping"), choices)
        return choices
    mapping = mapping_in(read.mapping, "The mapping")
    if before.whole:
        before = Choices()
    laid = {one: _laid(told.get(one, "").strip(), getattr(mapping, one) or "", getattr(before, one)) for one in LAID}
    table = told.get("table", "")
    moved = bool(table) and table != mapping.deals.table and not read.known
    choices = Choices(
        **laid,
        outcomes=before.outcomes | _values(told, "stage", read.would.stages if read.would else []),
        reasons=before.reasons | _values(told, "reason", read.would.reasons if read.would else []),
        table=table if moved else before.table,
        columns=_none() if moved else before.columns | _columns_chosen(told, read, mapping),
    )
    chosen(mapping, choices)
    return choices


def _laid(now: str, shown: str, before: str) -> str:
    return before if now == shown else now


def _none() -> dict[str, str]:
    """No column tells anything: those of another table were chosen."""
    return dict.fromkeys(FIELDS, "")


def _values(told: Any, name: str, shown: list[Any]) -> dict[str, str]:
    """What was chosen for values, where it differs from what they were taken for."""
    found = {}
    for number, one in enumerate(shown):
        value, status = told.get(f"{name}-{number}-value"), told.get(f"{name}-{number}")
        if value == one.value and status is not None and status != one.taken_for and status in ("", *STATUSES):
            found[one.value] = status
    return found


def _columns_chosen(told: Any, read: ExportRead, mapping: Mapping) -> dict[str, str]:
    if read.known:
        return {}
    shown = {field: column for field, _, column in columns_of(read, mapping)}
    return {
        field: told[f"column-{field}"]
        for field, column in shown.items()
        if f"column-{field}" in told and told[f"column-{field}"] != column
    }


def _kept(read: ExportRead) -> dict[str, Any]:
    found = KeptChoices.objects.filter(shape=read.shape).first() if read.kept else None
    return found.choices if found is not None else {}


@require_GET
def upload_mend(request: HttpRequest, number: int, table: int) -> HttpResponse:
    """The rows of a table that were not taken, as CSV, to be mended and imported again."""
    _, upload = theirs(request, number)
    told = upload.preview.get("would") or upload.preview.get("told")
    if upload.kind != "export" or not told:
        raise Http404
    brought = msgspec.convert(told, ExportBrought)
    files = list(to_mend(brought.left_out, brought.headers).items())
    if table >= len(files):
        raise Http404
    name, rows = files[table]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    stem = "".join(one if one.isalnum() and one.isascii() else "-" for one in PurePosixPath(name).stem)
    answer = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{stem}-to-mend.csv"'
    return answer


@require_POST
def upload_apart(request: HttpRequest, number: int) -> HttpResponse:
    """Say of accounts that may be one that they are two, each its own: this is not asked again."""
    _, upload = theirs(request, number)
    would = upload.preview.get("would") or upload.preview.get("told") or {}
    asked = would.get("asked", [])
    said = [one for one in asked if request.POST.get("all") or one in request.POST.getlist("asked")]
    for one in said:
        MatchAnswer.objects.update_or_create(
            user=upload.user, question=question_of(one), defaults={"key": one, "answer": "apart"}
        )
    if said:
        would["asked"] = [one for one in asked if one not in said]
        keep_preview(upload)
        messages.success(request, "Kept: they are accounts of their own, and this is not asked again.")
    return redirect("upload", number)
