"""Whose the mails are that fit no deal or two: answered one by one, or all that are shown, and never asked again."""

from __future__ import annotations

import msgspec
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from premortem.acts.bringing_in.bring_in_mail import MailLine
from premortem.importing.placing.mails import NEVER
from premortem.records.firm.import_rows import MatchAnswer
from premortem.web.mail_upload import MailsLooked, in_view, question_of
from premortem.web.pages.import_upload import read_again, theirs

LIKELIEST = "likeliest"


@require_POST
def upload_answers(request: HttpRequest, number: int) -> HttpResponse:
    """Say of mails that fit no deal or two whose they are: one by one, or all that are shown. Kept for good."""
    _, upload = theirs(request, number)
    if upload.state != "previewed" or upload.kind != "mail":
        messages.error(request, "That can't be answered any more: bring the mailbox in again.")
        return redirect("upload", number)
    if request.POST.get("do") == "again":
        read_again(upload)
        return redirect("upload", number)
    looked = msgspec.convert(upload.preview, MailsLooked)
    shown = set(request.POST.getlist("shown"))
    there = set(in_view(upload).store.deals())
    kept, unknown = 0, []
    for one in (mail for mail in looked.asked if question_of(mail.key) in shown):
        deal = _answer(request, one)
        if deal and deal != NEVER and deal not in there:
            unknown.append(deal)
        elif deal:
            MatchAnswer.objects.update_or_create(
                user=upload.user, question=question_of(one.key), defaults={"key": one.key, "answer": deal}
            )
            kept += 1
    if unknown:
        messages.error(
            request, f"You have no deal '{unknown[0]}'. The list of deals shows each one's id in its address."
        )
    if kept:
        messages.success(request, f"Kept: {kept} answer{'s' if kept > 1 else ''}. They count when you take it in.")
    return redirect("upload", number)


def _answer(request: HttpRequest, mail: MailLine) -> str:
    """The deal that a mail is said to be of, `never`, or '' where it stays asked."""
    hashed = question_of(mail.key)
    told = request.POST.get(f"other-{hashed}", "").strip() or request.POST.get(f"deal-{hashed}", "")
    if told:
        return told
    rest = request.POST.get("rest", "")
    if rest == LIKELIEST:
        return mail.candidates[0].deal if mail.candidates else ""
    return NEVER if rest == NEVER else ""
