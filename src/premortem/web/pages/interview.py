"""The buyer's interview: what to ask, the answers taken down, and a link by which a buyer answers without an account.

Whoever opens such a link sees the questions that were chosen for it and the name of our firm. Questions are written
once for all deals, so nothing of this one can stand in them.
"""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime, timedelta

from django.contrib import messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from premortem.acts.afterwards.interview import Answered, InterviewDocument, note_of, state_reason
from premortem.acts.afterwards.interview import interview as interview_of
from premortem.errors import Unknown
from premortem.learning.interview import QUESTIONS, known_keys
from premortem.ledger.fold import deal_as_of
from premortem.records.firm.models import BuyerLink, Firm, Member, Upload
from premortem.web import access, tasks
from premortem.web.joining import too_often
from premortem.web.keys import secret_of
from premortem.web.ledger import ledger, rules
from premortem.web.pages.post_mortem import entries_of
from premortem.web.receiving import lay_down

LIVES = timedelta(days=14)
LONGEST = 2_000
"""Characters of an answer."""
NOT_NAMED = str(Firm._meta.get_field("name").default)


@require_GET
def interview(request: HttpRequest, deal: str) -> HttpResponse:
    """What to ask the buyer of this deal, a form for what they say, and the links that were made."""
    member = access.see(request, deal)
    document = interview_of(entries_of(deal), ledger().contents, rules())
    return render(request, "post_mortem/interview.html", _shown(document, member, deal))


@require_POST
def record(request: HttpRequest, deal: str) -> HttpResponse:
    """Take down what a buyer said: it becomes a note of the deal."""
    member = access.change(request, deal)
    given = request.POST
    try:
        on = date.fromisoformat(given.get("on") or timezone.now().date().isoformat())
        take_down(member, deal, _answers(request), given.get("buyer", ""), on)
    except (Unknown, ValueError) as mistake:
        told = str(mistake) if isinstance(mistake, Unknown) else "That is no day. Write it as YYYY-MM-DD."
        messages.error(request, told)
        return redirect("interview", deal)
    messages.success(request, "Taken down. It is read now, and is a note of the deal in a moment.")
    return redirect("post_mortem", deal)


def take_down(member: Member, deal: str, answers: dict[str, str], buyer: str, on: date) -> None:
    """Take an interview in, held on a day. Raises Unknown for a day to come, and as `note_of`."""
    if on > timezone.now().date():
        raise Unknown(f"{on.isoformat()} is still to come", "Name the day on which you spoke.")
    _take_in(note_of(ledger(), deal, answers, buyer, str(member), on), deal, member, answers)


@require_POST
def buyer_link(request: HttpRequest, deal: str) -> HttpResponse:
    """Make a link by which one buyer answers; it is shown this once."""
    member = access.change(request, deal)
    try:
        word, who = new_link(member, deal, request.POST.get("buyer", ""), request.POST.getlist("question"))
    except Unknown as mistake:
        messages.error(request, str(mistake))
        return redirect("interview", deal)
    link = request.build_absolute_uri(reverse("answer", args=[word]))
    return render(request, "post_mortem/link.html", {"link": link, "who": who, "days": LIVES.days, "deal": deal})


def new_link(member: Member, deal: str, buyer: str, asked: list[str]) -> tuple[str, str]:
    """A link's word, for one buyer with these questions, and the buyer's name; the word is kept as its hash alone."""
    keys = known_keys(asked)
    document = interview_of(entries_of(deal), ledger().contents, rules())
    person = next((one for one in document.buyers if one.id == buyer), None)
    if person is None or not keys:
        raise Unknown("a link is for one buyer, with a question", "Choose whom it is for, and at least one question.")
    word = secrets.token_urlsafe(32)
    BuyerLink.objects.create(
        secret=secret_of(word),
        deal=deal,
        person=person.id,
        questions=list(keys),
        made_by=member.user,
        ends_at=timezone.now() + LIVES,
    )
    return word, person.name


@require_POST
def buyer_link_end(request: HttpRequest, deal: str, number: int) -> HttpResponse:
    """Revoke a link: from now on it opens nothing."""
    access.change(request, deal)
    link = get_object_or_404(BuyerLink, pk=number, deal=deal)
    BuyerLink.objects.filter(pk=link.pk, ended_at=None).update(ended_at=timezone.now())
    messages.success(request, "The link opens nothing any more.")
    return redirect(reverse("interview", args=[deal]) + "#links")


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, word: str) -> HttpResponse:
    """What a buyer sees who was sent a link: a few questions, and later a word of thanks."""
    if too_often(request):
        return _for_buyer(request, "429.html", {}, 429)
    link = _valid(word)
    firm = our_name(link.deal)
    if link.answered_at is not None:
        return _for_buyer(request, "post_mortem/thanks.html", {"firm": firm})
    asked = [(key, QUESTIONS[key].question) for key in known_keys(link.questions)]
    if request.method == "POST":
        answers = {key: request.POST.get(key, "")[:LONGEST] for key, _ in asked}
        if any(words.strip() for words in answers.values()) and _taken(link, answers):
            return redirect("answer", word)
    shown = {"firm": firm, "asked": asked, "most": LONGEST, "empty": request.method == "POST", "ends": link.ends_at}
    return _for_buyer(request, "post_mortem/answer.html", shown)


def _valid(word: str) -> BuyerLink:
    """Raises Http404 where there is no such link, it was revoked, or its time is over."""
    stands = BuyerLink.objects.filter(ended_at=None, ends_at__gt=timezone.now(), made_by__is_active=True)
    link = stands.filter(secret=secret_of(word)).first()
    if link is None:
        raise Http404
    return link


def our_name(deal: str) -> str:
    """How the buyer knows us: the firm's name, or before anybody set one, the seller's in this deal."""
    firm = Firm.ours().name
    opened = deal_as_of(entries_of(deal)).opened
    return (opened.seller if opened else "") or firm if firm == NOT_NAMED else firm


def _for_buyer(request: HttpRequest, page: str, shown: dict[str, object], status: int = 200) -> HttpResponse:
    """A page that nobody keeps and no search engine lists."""
    made = render(request, page, shown, status=status)
    made["Cache-Control"] = "no-store"
    made["X-Robots-Tag"] = "noindex, nofollow"
    return made


def _taken(link: BuyerLink, answers: dict[str, str]) -> bool:
    """Take answers in as whoever made the link would have; of two who send at once, one is taken."""
    member = Member.objects.select_related("user").filter(user_id=link.made_by_id, user__is_active=True).first()
    if member is None or not access.may_change(member, link.deal):
        raise Http404  # whoever asked does not work on the deal any more
    try:
        day = datetime.now(UTC).date()
        answered = note_of(ledger(), link.deal, answers, link.person, str(member), day, in_writing=True)
    except Unknown as gone:
        raise Http404 from gone  # the buyer was erased, or the deal is gone
    if BuyerLink.objects.filter(pk=link.pk, answered_at=None).update(answered_at=timezone.now()) == 1:
        _take_in(answered, link.deal, member, answers)
    return True


def _take_in(answered: Answered, deal: str, member: Member, answers: dict[str, str]) -> None:
    """Hand the note to the import, which reads it beside the pages, and enter the buyer's reason at once."""
    folder = lay_down([SimpleUploadedFile(answered.name, answered.text.encode())])
    now = timezone.now()
    upload = Upload.objects.create(
        user=member.user, folder=str(folder), deal=deal, state="importing", taken_at=now, moved_at=now
    )
    transaction.on_commit(lambda: tasks.take_in.enqueue(upload.pk))
    state_reason(ledger(), deal, answers, member.user.get_username(), now)


def _answers(request: HttpRequest) -> dict[str, str]:
    return {key: request.POST[key][:LONGEST] for key in QUESTIONS if key in request.POST}


def _shown(document: InterviewDocument, member: Member, deal: str) -> dict[str, object]:
    names = {one.id: one.name for one in document.buyers}
    links = BuyerLink.objects.filter(deal=deal).order_by("-pk")
    return {
        "document": document,
        "deal": document.deal,
        "may_change": access.may_change(member, deal),
        "links": [(one, names.get(one.person, "[erased]"), state_of(one)) for one in links],
        "today": timezone.now().date().isoformat(),
        "most": LONGEST,
        "days": LIVES.days,
    }


def state_of(link: BuyerLink) -> str:
    if link.answered_at is not None:
        return "answered"
    if link.ended_at is not None:
        return "revoked"
    return "open" if link.ends_at > timezone.now() else "over"
