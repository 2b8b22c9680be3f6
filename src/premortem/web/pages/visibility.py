"""What we see of a customer, what is open and whose that is; and the month's sample of contacts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from time import monotonic

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from premortem.acts.buying import visibility as acts
from premortem.acts.buying.sample import Draw, SampleDocument, answered, draw
from premortem.acts.buying.sample import sample as sample_document
from premortem.buying.visibility import ANSWERS
from premortem.errors import Unknown
from premortem.records.firm.models import Member
from premortem.records.pieces import Contacts
from premortem.web import access
from premortem.web.ledger import A_WHILE, ledger


@require_GET
def visibility(request: HttpRequest, deal: str) -> HttpResponse:
    """What is known of a deal's customer and from whom, and what is open."""
    member = access.see(request, deal)
    try:
        told = acts.visibility(ledger(), deal, timezone.localdate())
    except Unknown as missing:
        raise Http404 from missing
    access.note_look(member, deal)
    return render(request, "visibility/deal.html", {"told": told, "may_change": access.may_change(member, deal)})


@require_POST
def matter(request: HttpRequest, deal: str) -> HttpResponse:
    """Enter a matter: `do` is ask, assume, settle or drop."""
    access.change(request, deal)
    given, by, now = request.POST, request.user.get_username(), datetime.now(UTC)
    what, owner, name = given.get("what", ""), given.get("owner", "") or by, given.get("matter", "")
    try:
        due = date.fromisoformat(given["due"]) if given.get("due", "").strip() else None
        match given.get("do"):
            case "ask":
                acts.ask_for(ledger(), deal, what, owner, given.get("way", ""), due, by, now, name or None)
            case "assume":
                acts.assume(ledger(), deal, what, owner, due, by, now, given.get("way", ""))
            case "settle":
                acts.settle(ledger(), deal, name, what, by, now)
            case "drop":
                acts.drop(ledger(), deal, name, by, now)
            case _:
                raise Unknown("nobody knows what to enter", "Ask, assume, settle or drop.")
        messages.success(request, "Entered.")
    except Unknown as mistake:
        messages.error(request, str(mistake))
    except ValueError:
        messages.error(request, "That is no day. Write it as YYYY-MM-DD.")
    return redirect("visibility", deal)


@require_GET
def sample(request: HttpRequest) -> HttpResponse:
    """Whom to ask this month, drawn by lot from the open deals that the member sees."""
    member = access.here(request)
    told = sample_of(member)
    access.note_looks(member, {one.deal for one in told.asked if one.how})
    enters = member.role in ("rep", "manager", "admin")
    return render(request, "visibility/sample.html", {"told": told, "answers": ANSWERS, "enters": enters})


@require_POST
def sample_answer(request: HttpRequest, deal: str) -> HttpResponse:
    """Enter what a contact who was drawn said."""
    member = access.change(request, deal)
    given, by = request.POST, request.user.get_username()
    contacts = Contacts(seen=access.deals_seen_by(member))
    try:
        person, how, words = given.get("person", ""), given.get("how", ""), given.get("words", "")
        answered(ledger(), contacts, deal, person, how, words, by, datetime.now(UTC))
        messages.success(request, "Entered.")
    except Unknown as mistake:
        messages.error(request, str(mistake))
    return redirect("sample")


def sample_of(member: Member) -> SampleDocument:
    """The month's sample of the deals that a member sees. Of all deals it is drawn from tens of thousands of contacts,
    and the lot is kept a while."""
    today, contacts = timezone.localdate(), Contacts(seen=access.deals_seen_by(member))
    if member.role not in access.READ_ALL:
        return sample_document(ledger(), contacts, today)
    return sample_document(ledger(), contacts, today, _of_all(ledger().place, today, int(monotonic() // A_WHILE)))


@lru_cache(maxsize=8)
def _of_all(place: str, today: date, while_: int) -> Draw:
    """`place` and `while_` only tell one state of the ledger from another."""
    return draw(Contacts(), today)
