"""What an import that waits asks of you: how it is read, the rows to mend, which accounts are two, whose mails are."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest
from msgspec import Struct
from ninja import Router

from premortem.acts.bringing_in.bring_in_export import ExportBrought
from premortem.acts.bringing_in.mending import to_mend
from premortem.acts.bringing_in.reading_choices import FIELDS, Choices, chosen
from premortem.api.problems import NOT_FITTING, Mistake, Refused
from premortem.api.routes.imports import TOO_LATE, ImportShown, shown_now
from premortem.api.shown import Given, Shown
from premortem.importing.mapped.mapping import mapping_in
from premortem.importing.placing.mails import NEVER
from premortem.records.firm.import_rows import KeptChoices, MatchAnswer
from premortem.records.firm.models import Upload
from premortem.web.export_upload import ExportRead
from premortem.web.mail_upload import MailsLooked, in_view, question_of
from premortem.web.pages.import_export import keep_preview
from premortem.web.pages.import_upload import read_again, theirs

router = Router()


class ToMend(Struct, frozen=True):
    """A table's rows that were not taken, under its header; the last columns tell where each stood and what to do."""

    table: str
    rows: list[list[str]]


class Apart(Struct, frozen=True, forbid_unknown_fields=True):
    """Questions of `told.would.asked`, word for word, whose accounts are two."""

    asked: list[str]


class Answers(Struct, frozen=True, forbid_unknown_fields=True):
    """Whose mails are, by the `key` of each in `told.asked`: the id of a deal, or 'never' for a private one."""

    answers: dict[str, str]


@router.put("imports/{number}/choices", response={202: Shown[ImportShown]})
def import_choose(request: HttpRequest, number: int, given: Given[Choices]) -> ImportShown:
    """Choose how an export or a calendar is read; it is looked at again. What is empty is read as it was found."""
    _, upload = theirs(request, number)
    if upload.state != "previewed" or upload.kind not in ("export", "calendar"):
        raise Refused(409, TOO_LATE)
    if odd := sorted(given.columns.keys() - set(FIELDS)):
        raise Refused(422, NOT_FITTING, errors=[Mistake(f"body.columns.{one}", "no column tells this") for one in odd])
    if upload.kind == "export":
        chosen(mapping_in(msgspec.convert(upload.preview, ExportRead).mapping, "The mapping"), given)
    return _again(upload, given)


@router.delete("imports/{number}/choices", response={202: Shown[ImportShown]})
def import_choose_end(request: HttpRequest, number: int) -> ImportShown:
    """Forget what was chosen for exports of this shape: it is read as it was found."""
    _, upload = theirs(request, number)
    if upload.state != "previewed":
        raise Refused(409, TOO_LATE)
    KeptChoices.objects.filter(shape=upload.preview.get("shape", "")).delete()
    return _again(upload, Choices())


@router.get("imports/{number}/mend", response=Shown[list[ToMend]])
def import_mend(request: HttpRequest, number: int) -> list[ToMend]:
    """The rows of an export that were not taken, to be mended and imported again."""
    _, upload = theirs(request, number)
    told = upload.preview.get("would") or upload.preview.get("told")
    if upload.kind != "export" or not told:
        return []
    brought = msgspec.convert(told, ExportBrought)
    return [ToMend(table, rows) for table, rows in to_mend(brought.left_out, brought.headers).items()]


@router.post("imports/{number}/apart", response=Shown[ImportShown])
def import_apart(request: HttpRequest, number: int, given: Given[Apart]) -> ImportShown:
    """Say of accounts that may be one that they are two. It is not asked again."""
    _, upload = theirs(request, number)
    would = upload.preview.get("would") or upload.preview.get("told") or {}
    asked = would.get("asked", [])
    if odd := [one for one in given.asked if one not in asked]:
        raise Refused(422, f"'{odd[0]}' is not asked. Take the questions as they stand in told.would.asked.")
    for one in given.asked:
        _keep(upload, one, "apart")
    would["asked"] = [one for one in asked if one not in given.asked]
    keep_preview(upload)
    return shown_now(upload)


@router.post("imports/{number}/answers", response={202: Shown[ImportShown]})
def import_answer(request: HttpRequest, number: int, given: Given[Answers]) -> ImportShown:
    """Say whose mails are that fit no deal or two; the mailbox is looked at again. It is not asked again."""
    _, upload = theirs(request, number)
    if upload.state != "previewed" or upload.kind != "mail":
        raise Refused(409, TOO_LATE)
    asked = {one.key for one in msgspec.convert(upload.preview, MailsLooked).asked}
    there = {NEVER, *in_view(upload).store.deals()}
    wrong = [Mistake(f"body.answers.{key}", "no mail asks this") for key in given.answers if key not in asked]
    wrong += [
        Mistake("body.answers", f"there is no deal '{one}'") for one in given.answers.values() if one not in there
    ]
    if wrong:
        raise Refused(422, NOT_FITTING, errors=wrong)
    for key, answer in given.answers.items():
        _keep(upload, key, answer)
    return _looked_again(upload)


def _keep(upload: Upload, key: str, answer: str) -> None:
    kept = {"key": key, "answer": answer}
    MatchAnswer.objects.update_or_create(user=upload.user, question=question_of(key), defaults=kept)


def _again(upload: Upload, choices: Choices) -> ImportShown:
    return _looked_again(upload, choices=msgspec.to_builtins(choices) if choices.made else {})


def _looked_again(upload: Upload, **given: object) -> ImportShown:
    if not read_again(upload, **given):
        raise Refused(409, TOO_LATE)
    return shown_now(upload)
