"""The deal: what to ask, what was found, who is who, what is known, and its days, as of any of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from premortem.acts.afterwards.lessons_shown import of_deal
from premortem.acts.looking.deal_page import DealPage, deal_page
from premortem.acts.looking.prepare import prepare
from premortem.acts.looking.reviewing import review_changed
from premortem.acts.telling import waive as waiving
from premortem.checks.called import called
from premortem.errors import Unknown
from premortem.ledger.entries import Entry
from premortem.records.firm.models import Member
from premortem.web import access
from premortem.web.ledger import ledger, rules, usual
from premortem.web.manner import touch_called
from premortem.web.pages import whose
from premortem.web.pages.lessons import of as looking
from premortem.web.pictures.stakeholder_map import LEGEND as MAP_LEGEND
from premortem.web.pictures.stakeholder_map import stakeholder_map, took_part
from premortem.web.pictures.timeline import LEGEND as TIMELINE_LEGEND
from premortem.web.pictures.timeline import timeline, visible_on


@require_GET
def deal(request: HttpRequest, deal: str) -> HttpResponse:
    """The page, or for HTMX the part of it that changes with the day from which we look."""
    member = access.see(request, deal)
    page, asked, wrong = seen(request, deal)
    access.note_look(member, deal)
    part = bool(getattr(request, "htmx", False))
    told = _shown(page, member, asked, wrong, part) | {"slid": "day" in request.GET}
    answer = render(request, "deal/as_of.html" if part else "deal/deal.html", told)
    if part:
        answer["HX-Push-Url"] = reverse("deal", args=[deal]) + (f"?as_of={page.review.as_of}" if asked else "")
    return answer


def seen(request: HttpRequest, deal: str) -> tuple[DealPage, date | None, str]:
    """The deal as of the day that is asked for, that day, and what was written where that is no day.

    Raises Http404 where the ledger has nothing of the deal.
    """
    asked, wrong = _day_asked(request)
    return deal_page(_entries(deal), ledger().contents, asked, rules(), _today(), usual(asked)), asked, wrong


@require_GET
def sheet(request: HttpRequest, deal: str) -> HttpResponse:
    """What the next meeting needs, to print."""
    member = access.see(request, deal)
    entries = _entries(deal)
    access.note_look(member, deal)
    asked, _ = _day_asked(request)
    document = prepare(entries, ledger().contents, asked, rules=rules(), today=_today(), usual=usual(asked))
    return render(request, "deal/sheet.html", {"sheet": document, "deal": document.deal, "asked": asked})


@require_POST
def waive(request: HttpRequest, deal: str, check: str) -> HttpResponse:
    """Set a check aside in this deal, with a reason; or, with `undo`, let it speak again."""
    access.change(request, deal)
    by, now = request.user.get_username(), datetime.now(UTC)
    try:
        if "undo" in request.POST:
            waiving.take_back(ledger(), rules(), deal, check, by, now)
            messages.success(request, f"‘{_plain(check)}’ speaks again.")
        else:
            until = _day(request.POST.get("until", ""))
            waiving.waive(ledger(), rules(), deal, check, request.POST.get("because", ""), by, now, until)
            messages.success(request, f"‘{_plain(check)}’ is set aside. You can undo it under ‘Set aside’.")
        review_changed(ledger(), rules(), now.date(), only=[deal])
    except Unknown as mistake:
        messages.error(request, _in_words(mistake))
    except ValueError:
        messages.error(request, "That is no day. Write it as YYYY-MM-DD, or leave it empty.")
    return redirect(reverse("deal", args=[deal]) + "#findings")


def _entries(deal: str) -> list[Entry]:
    """Raises Http404 where the ledger has nothing of a deal."""
    entries = ledger().store.read(deal)
    if not entries:
        raise Http404
    return entries


def _today() -> date:
    return datetime.now(UTC).date()


def _days_since(day: str | None) -> int | None:
    """Up to today where the member is, as the table of deals counts them; None without a day or before it."""
    days = (timezone.localdate() - date.fromisoformat(day)).days if day else -1
    return days if days >= 0 else None


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written.strip() else None


def _day_asked(request: HttpRequest) -> tuple[date | None, str]:
    """The day from which to look, and what was written where that is no day.

    The slider tells days since `from`, which it sends along: without a script a browser can send nothing better.
    """
    written, start, slid = (request.GET.get(name, "") for name in ("as_of", "from", "day"))
    try:
        if slid and start:
            return date.fromisoformat(start) + timedelta(days=int(slid)), ""
        return _day(written), ""
    except (ValueError, OverflowError):
        return None, written or slid


def _plain(check: str) -> str:
    return called(check)


def _in_words(mistake: Unknown) -> str:
    """A sentence of the command line's, without the option that it names there."""
    told = str(mistake)
    return "Say why, in a few words: nothing is set aside without a reason." if "without a reason" in told else told


def _shown(page: DealPage, member: Member, asked: date | None, wrong: str, part: bool) -> dict[str, object]:
    deal = page.review.deal.id
    first, now = date.fromisoformat(page.first_day), date.fromisoformat(page.review.as_of)
    quiet = None if asked or page.review.deal.outcome else _days_since(page.review.deal.last_word_from_the_buyer)
    return {
        "page": page,
        "review": page.review,
        "deal": page.review.deal,
        "asked": asked,
        "wrong": wrong,
        "part": part,
        "silent_days": quiet,
        "seen_today": now >= timezone.localdate(),
        "places": {touch.name: reverse("touch", args=[deal, touch.id]) for touch in page.touches},
        "titles": {one.name: touch_called(one.kind, date.fromisoformat(one.on)) for one in page.touches},
        "names": {one.id: one.name for one in page.people},
        "map": stakeholder_map(page.people, page.ties, took_part(page)),
        "there": took_part(page),
        "map_legend": MAP_LEGEND,
        "timeline": timeline(page),
        "timeline_legend": TIMELINE_LEGEND,
        "visible": visible_on(page),
        "known": [one for one in page.review.unknowns if one.state == "known"],
        "open": [one for one in page.review.unknowns if one.state != "known"],
        "days": (date.fromisoformat(page.last_day) - first).days,
        "day_now": max((now - first).days, 0),
        "may_change": asked is None and access.may_change(member, deal),
        **whose.shown(member, deal),
        "looks_like": [] if asked or page.review.deal.outcome else of_deal(ledger(), looking(member), deal),
    }
