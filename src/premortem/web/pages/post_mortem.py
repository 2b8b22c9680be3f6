"""The post-mortem's page: four questions for an account, all accounts side by side, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from premortem.acts.afterwards import conclude as concluding
from premortem.acts.afterwards.post_mortem import ENDS, PLACES, QUESTIONS, Account, give_account, our_names
from premortem.acts.afterwards.post_mortem_shown import PostMortemDocument
from premortem.acts.afterwards.post_mortem_shown import post_mortem as post_mortem_of
from premortem.acts.looking.reviewing import review_changed
from premortem.errors import Unknown
from premortem.learning.blame import blaming
from premortem.learning.post_mortem import AT_THE_TABLE, Team
from premortem.ledger.entries import Entry
from premortem.ledger.fold import deal_as_of
from premortem.records.firm.models import Member
from premortem.web import access
from premortem.web.ledger import ledger, rules

NO_DAY = "That is no day. Write it as YYYY-MM-DD."


@require_GET
def post_mortem(request: HttpRequest, deal: str) -> HttpResponse:
    """How the deal ended, by everybody's account, and beside it what could be seen before."""
    member = access.see(request, deal)
    access.note_look(member, deal)
    return _page(request, deal, member, {})


@require_POST
def account(request: HttpRequest, deal: str) -> HttpResponse:
    """Take an account in. What can be read as blame is pointed out, and kept as it was written."""
    given = request.POST
    member, team = takes_part(request, deal, given.get("team"))
    try:
        told = Account(
            team=team,
            status=given.get("status") or None,  # type: ignore[arg-type]  # what is no end is refused by the act
            to=given.get("to"),
            rank=int(given["rank"]) if given.get("rank", "").isdigit() else None,
            reason=given.get("reason"),
            ticked=tuple(given.getlist("ticked")),
            wish=given.get("wish"),
            ended=_day(given.get("ended", "")),
        )
        give_account(ledger(), rules(), deal, told, request.user.get_username(), datetime.now(UTC))
    except (Unknown, ValueError) as mistake:
        messages.error(request, str(mistake) if isinstance(mistake, Unknown) else NO_DAY)
        return _page(request, deal, member, given)
    _told(request, deal, [given.get("wish", ""), given.get("reason", "")])
    return redirect(reverse("post_mortem", args=[deal]) + "#contributed")


@require_POST
def conclude(request: HttpRequest, deal: str) -> HttpResponse:
    """Draw a conclusion: a factor, an action, that it was done, whether it recurred, or that it is taken back."""
    _, team = takes_part(request, deal, request.POST.get("team"))
    given, by, now = request.POST, request.user.get_username(), datetime.now(UTC)
    words, about = given.get("words", ""), given.get("about", "")
    try:
        match given.get("do"):
            case "factor":
                concluding.add_factor(ledger(), deal, words, team, by, now)
            case "action":
                due = _day(given.get("due", ""))
                if due is None:
                    raise ValueError
                concluding.add_action(ledger(), deal, words, given.get("owner", ""), due, by, now, about or None)
            case "done":
                concluding.done(ledger(), deal, about, by, now)
            case "recurred" if given.get("again") in ("yes", "no"):
                concluding.recurred(ledger(), deal, about, given["again"] == "yes", by, now, words)
            case "drop":
                concluding.take_back(ledger(), deal, about, by, now)
            case _:
                messages.error(request, "That is nothing that can be concluded here.")
                return redirect("post_mortem", deal)
    except Unknown as mistake:
        messages.error(request, str(mistake))
    except ValueError:
        messages.error(request, NO_DAY)
    else:
        _told(request, deal, [words])
    return redirect(reverse("post_mortem", args=[deal]) + "#contributed")


@require_POST
def wording(request: HttpRequest, deal: str) -> HttpResponse:
    """While somebody types: which of the words can be read as blame, and what to write instead."""
    access.see(request, deal)
    words = request.POST.get("wish") or request.POST.get("words") or request.POST.get("reason") or ""
    return render(request, "post_mortem/wording.html", {"wording": blaming(words[:5_000], names_in(entries_of(deal)))})


def takes_part(request: HttpRequest, deal: str, chosen: str | None = None) -> tuple[Member, Team]:
    """Who asks, and for which team they speak: whoever works on the deal, and marketing, which may else only look.

    An admin speaks for the team that is `chosen`. Raises PermissionDenied for those who take no part.
    """
    member = access.see(request, deal)
    team = team_of(member, deal)
    if team is None:
        raise PermissionDenied
    return member, next((one for one in AT_THE_TABLE if member.role == "admin" and one == chosen), team)


def team_of(member: Member, deal: str) -> Team | None:
    """The team for which a member speaks in a deal's post-mortem; None for who only looks."""
    if member.role == "marketing":
        return "marketing"
    return "sales" if access.may_change(member, deal) else None


def entries_of(deal: str) -> list[Entry]:
    """Raises Http404 where the ledger has nothing of a deal."""
    entries = ledger().store.read(deal)
    if not entries:
        raise Http404
    return entries


def _page(request: HttpRequest, deal: str, member: Member, given: Mapping[str, str]) -> HttpResponse:
    entries, today = entries_of(deal), datetime.now(UTC).date()
    document = post_mortem_of(entries, ledger().contents, rules(), today, colleagues())
    team = team_of(member, deal)
    return render(
        request,
        "post_mortem/post_mortem.html",
        {
            "document": document,
            "deal": document.deal,
            "given": _filled(document, given, today),
            "ticked": set(given.getlist("ticked")) if hasattr(given, "getlist") else set(),
            "ends": ENDS.items(),
            "places": PLACES.items(),
            "questions": QUESTIONS,
            "team": team,
            "asks_all": team == "sales" or document.outcome is None,
            "may_choose": AT_THE_TABLE if member.role == "admin" else (),
            "today": today.isoformat(),
            "colleagues": colleagues(),
            "took_part": [one.team for one in document.teams],
        },
    )


def _filled(document: PostMortemDocument, given: Mapping[str, str], today: date) -> dict[str, str]:
    """What the form shows: what was just given and not taken, else what was told before."""
    before = {
        "status": document.outcome or "",
        "to": document.to or "",
        "rank": str(document.rank or ""),
        "reason": next(iter(document.reasons[0].said), ""),
        "ended": document.ended_on or today.isoformat(),
        "wish": "",
    }
    return {name: given.get(name, told) for name, told in before.items()}


def _told(request: HttpRequest, deal: str, words: Iterable[str]) -> None:
    """Say that it is kept, and what in it can be read as blame; lists follow."""
    review_changed(ledger(), rules(), datetime.now(UTC).date(), only=[deal])
    messages.success(request, "Kept.")
    names = names_in(entries_of(deal))
    for one in (hit for text in words for hit in blaming(text, names)):
        messages.warning(request, f"Kept as you wrote it. ‘{one.words}’: {one.why} Rather write {one.instead}")


def names_in(entries: list[Entry]) -> list[str]:
    return [*our_names(deal_as_of(entries), ledger().contents), *colleagues()]


def colleagues() -> list[str]:
    """The names of everybody who works here."""
    return sorted({str(one) for one in Member.objects.select_related("user")})


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written.strip() else None
