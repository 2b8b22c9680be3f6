"""Imports: a file comes in and is looked at; it is written into the ledger once somebody says so, and can be undone."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from msgspec import Struct
from ninja import Router
from pydantic import Field

from premortem.acts.bringing_in.undo_import import TouchBrought, touches_brought
from premortem.api.asked import AT_FIRST, Most
from premortem.api.gate import sent_file
from premortem.api.parts import By, part
from premortem.api.problems import Refused
from premortem.api.shown import Given, Shown
from premortem.records.firm.models import Member, Upload
from premortem.web import access, tasks
from premortem.web.deal_homes import WORKS
from premortem.web.ledger import ledger
from premortem.web.pages.import_export import left_to_undo
from premortem.web.pages.import_upload import (
    again,
    deals_of,
    drop,
    move,
    ready,
    stuck,
    theirs,
    undo_deals,
    undo_touches,
)
from premortem.web.pages.imports import sweep
from premortem.web.receiving import lay_down, safe_parts

router = Router()
Name = Annotated[str, Field(min_length=1, max_length=200, description="The file's name, with its ending.")]
A_FILE = {
    "requestBody": {
        "required": True,
        "description": "The file's bytes: a transcript, a mail, a deal folder or an export as a zip.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
TOO_LATE = "That can't be done any more: somebody was faster, or it is done already. Look at its state."


class ImportShown(Struct, frozen=True):
    """An import. `state`: reading, previewed, importing, done, undoing, failed, dropped; `says` why, where it failed.

    `done` of `of` steps are through; a `stuck` one can be asked for again. `told` is what would be taken in
    (previewed) or was (done), by the `kind` of files: deals, export, mail, calendar.
    """

    id: int
    kind: str
    state: str
    says: str
    deal: str | None
    done: int
    of: int
    stuck: bool
    made_at: datetime
    taken_at: datetime | None
    told: dict[str, Any]


class Imports(Struct, frozen=True):
    """A part of one's own imports, the newest first; what each told stands on its own."""

    imports: list[ImportShown]
    next: str | None


class OfDeal(Struct, frozen=True):
    """The touches that an import brought to a deal."""

    deal: str
    touches: list[TouchBrought]


class Undone(Struct, frozen=True, forbid_unknown_fields=True):
    """What to take back: touches by id; of an export, the deals of which it told."""

    touches: list[str] = []
    deals: list[str] = []


@router.get("imports", response=Shown[Imports])
def imports(request: HttpRequest, limit: Most = AT_FIRST, cursor: str | None = None) -> Imports:
    """What you brought in so far."""
    mine = Upload.objects.filter(user=access.here(request).user).defer("preview").order_by("-pk")
    rows, after = part(request, mine, (By("pk", down=True),), limit, cursor)
    return Imports([_shown(one, {}) for one in rows], after)


@router.post("imports", response={202: Shown[ImportShown]}, openapi_extra=A_FILE)
def import_add(request: HttpRequest, name: Name) -> ImportShown:
    """Bring a file in to be looked at. Nothing is written before you accept it."""
    upload = _received(request, access.here(request), name, state="reading")
    transaction.on_commit(lambda: tasks.read_upload.enqueue(upload.pk))
    return _shown(upload, {})


@router.post("deals/{deal}/touches", response={202: Shown[ImportShown]}, openapi_extra=A_FILE)
def touch_add(request: HttpRequest, deal: str, name: Name) -> ImportShown:
    """Add a call, a mail or a note to a deal: it is read in the background and taken in without a preview."""
    member = access.change(request, deal)
    upload = _received(request, member, name, state="importing", deal=deal, taken_at=timezone.now())
    transaction.on_commit(lambda: tasks.take_in.enqueue(upload.pk))
    return _shown(upload, {})


@router.get("imports/{number}", response=Shown[ImportShown])
def import_one(request: HttpRequest, number: int) -> ImportShown:
    """How far an import is, what it would add, what it added."""
    return shown_now(theirs(request, number)[1])


@router.get("imports/{number}/touches", response=Shown[list[OfDeal]])
def import_touches(request: HttpRequest, number: int) -> list[OfDeal]:
    """The touches that an import brought, of the deals that you may see."""
    member, upload = theirs(request, number)
    if upload.state != "done" or upload.taken_at is None or upload.kind == "export":
        return []
    seen = access.deals_seen_by(member).filter(deal__in=[one["deal"] for one in deals_of(upload)])
    return [OfDeal(row.deal, touches_brought(ledger(), row.deal, upload.taken_at)) for row in seen.order_by("deal")]


@router.post("imports/{number}/accept", response={202: Shown[ImportShown]})
def import_accept(request: HttpRequest, number: int) -> ImportShown:
    """Take in what was previewed."""
    member, upload = theirs(request, number)
    if member.role not in WORKS:
        raise PermissionDenied
    if upload.state == "previewed" and not ready(upload):
        raise Refused(409, "Its deals can't be told yet, or its styles are open. Choose how it is read first.")
    if not move(upload, ("previewed",), "importing", taken_at=timezone.now()):
        raise Refused(409, TOO_LATE)
    tasks.take_in.enqueue(upload.pk)
    return shown_now(upload)


@router.post("imports/{number}/again", response={202: Shown[ImportShown]})
def import_again(request: HttpRequest, number: int) -> ImportShown:
    """Do again what failed, or what stopped."""
    _, upload = theirs(request, number)
    if upload.state != "failed" and not stuck(upload):
        raise Refused(409, TOO_LATE)
    again(upload)
    return shown_now(upload)


@router.delete("imports/{number}", response={204: None})
def import_drop(request: HttpRequest, number: int) -> None:
    """Drop what was previewed or failed: nothing of it is kept. What is half written is asked for again, and undone."""
    if not drop(theirs(request, number)[1]):
        raise Refused(409, TOO_LATE)


@router.post("imports/{number}/undo", response={202: Shown[ImportShown]})
def import_undo(request: HttpRequest, number: int, given: Given[Undone]) -> ImportShown:
    """Take back touches that an import brought; of an export, what it told of these deals."""
    member, upload = theirs(request, number)
    if upload.state != "done" or upload.taken_at is None:
        raise Refused(409, TOO_LATE)
    if upload.kind == "export":
        _undo_deals(upload, member, given.deals)
    else:
        _undo_touches(upload, member, given.touches)
    return shown_now(upload)


def _undo_deals(upload: Upload, member: Member, wanted: list[str]) -> None:
    back = sorted(left_to_undo(upload, member).intersection(wanted))
    if not back:
        raise Refused(422, "None of these deals is left to take back. 'told' lists those of which it told.")
    if not undo_deals(upload, back, member.user.get_username()):
        raise Refused(409, TOO_LATE)


def _undo_touches(upload: Upload, member: Member, wanted: list[str]) -> None:
    if not undo_touches(upload, member, wanted):
        raise Refused(
            422, "None of these touches is left to take back. /touches of this import lists those it brought."
        )
    tasks.review_all.enqueue()


def _received(request: HttpRequest, member: Member, name: str, **given: Any) -> Upload:
    """A new upload with the file that was sent. Raises PermissionDenied for who only reads."""
    if member.role not in WORKS:
        raise PermissionDenied
    sweep()
    file, size = sent_file(request)
    folder = lay_down([UploadedFile(file, safe_parts(name)[-1], size=size)])
    return Upload.objects.create(user=member.user, folder=str(folder), moved_at=timezone.now(), **given)


def shown_now(upload: Upload) -> ImportShown:
    """An import as it stands in the database."""
    upload.refresh_from_db()
    return _shown(upload, upload.preview)


def _shown(one: Upload, told: dict[str, Any]) -> ImportShown:
    state = (one.pk, one.kind, one.state, one.says, one.deal or None, one.done, one.of, stuck(one))
    return ImportShown(*state, one.made_at, one.taken_at, told)
