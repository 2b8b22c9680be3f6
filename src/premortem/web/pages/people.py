"""People: those of the deals that one may see, and one person's page in a deal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, get_args

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from premortem.acts.looking.people import merge_people, set_side, split_person
from premortem.acts.looking.people_page import PersonPage, Place, people_in, person_page
from premortem.acts.looking.reviewing import review_changed
from premortem.acts.telling.erase import erase_person
from premortem.errors import Unknown
from premortem.ledger.entries import Hash, Side
from premortem.records.cards import Cards
from premortem.records.firm.models import Member
from premortem.records.models import DealRow, PersonRow
from premortem.web import access
from premortem.web.ledger import ledger, rules

SIDES: tuple[str, ...] = get_args(Side)
DEALS_A_PAGE = 10
MOST_FOUND = 100
MOST_ELSEWHERE = 20
LEAST_LETTERS = 2
SAID_FIRST = 5
"""Of what somebody said, and of their touches, how many stand there before one asks for the rest."""
LAST_MOVED = F("last_touch_at").desc(nulls_last=True)


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """The people of the deals that moved last, or those whom somebody looks for by name, title or address."""
    member = access.here(request)
    wanted = request.GET.get("q", "").strip()[:100]
    side = request.GET.get("side", "any" if wanted else "buyer")
    of_side = side if side in SIDES else None
    deals = access.deals_seen_by(member).order_by(LAST_MOVED, "deal")
    shown: dict[str, object] = {"q": wanted, "side": side, "sides": SIDES}
    if len(wanted) >= LEAST_LETTERS:
        found = cards_found(wanted, deals, of_side)
        some = dict(found[:MOST_FOUND])
        humans = people_in(ledger(), sorted(set(some.values())), of_side, set(some), _cards().read)
        shown |= {"people": humans, "more": len(found) > MOST_FOUND, "most": MOST_FOUND}
    else:
        page = Paginator(deals.values_list("deal", flat=True), DEALS_A_PAGE).get_page(request.GET.get("page"))
        humans = people_in(ledger(), list(page), of_side, read=_cards().read)
        shown |= {"people": humans, "page": page, "rest": urlencode({"side": side}), "short": bool(wanted)}
    return render(request, f"people/{'list' if request.htmx else 'people'}.html", shown)  # type: ignore[attr-defined]


def cards_found(wanted: str, deals: QuerySet[DealRow], side: str | None) -> list[tuple[Hash, str]]:
    """The cards on which the words stand, with their deals, of all deals in this order; just over MOST_FOUND at most.

    All cards are looked through. Only those of deals that the member may see count, and no others push them out.
    """
    by_deal = defaultdict[str, list[Hash]](list)
    for key in _cards().matching(wanted):
        by_deal[_cards().deal_of(key)].append(key)
    found: list[tuple[Hash, str]] = []
    for some in batched([deal for deal in deals.values_list("deal", flat=True) if deal in by_deal]):
        rows = PersonRow.objects.filter(deal__in=some, card__in=[key for deal in some for key in by_deal[deal]])
        rows = rows.filter(side=side) if side else rows
        found += [(key, deal) for key, deal in rows.order_by().values_list("card", "deal") if key is not None]
        if len(found) > MOST_FOUND:
            break
    return found


def batched(deals: list[str]) -> Iterator[list[str]]:
    """A hundred at a time: what one question to the database holds with ease."""
    return (deals[start : start + MOST_FOUND] for start in range(0, len(deals), MOST_FOUND))


@cache
def _cards() -> Cards:
    return Cards(ledger().alias)


@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, deal: str, person: str) -> HttpResponse:
    """One person in a deal: words, roles with what shows them, touches; for who may, merging, parting, their side."""
    member = access.see(request, deal)
    try:
        page = person_page(ledger(), deal, person)
    except Unknown:
        raise Http404 from None
    if request.method == "POST":
        access.change(request, deal)
        return redirect("person", deal, _change(request, member, page))
    access.note_look(member, deal)
    elsewhere = _elsewhere(member, page)
    may = access.may_change(member, deal)
    shown = {"person": page, "may": may, "sides": SIDES, "elsewhere": elsewhere, "parts": _parts(page)}
    shown["may_erase"] = member.role == "admin"
    return render(request, "people/person.html", shown)


@never_cache
@require_http_methods(["GET", "POST"])
def person_erase(request: HttpRequest, deal: str, person: str) -> HttpResponse:
    """For admins: what goes for good if a person is erased from a deal, and the button that does it."""
    member = access.see(request, deal)
    access.manage(request)
    try:
        page = person_page(ledger(), deal, person)
    except Unknown:
        raise Http404 from None
    if request.method == "GET":
        return render(request, "people/erase.html", {"person": page, "elsewhere": _elsewhere(member, page)})
    now = timezone.now()
    erase_person(ledger(), deal, page.id, member.user.get_username(), now)
    review_changed(ledger(), rules(), now.date(), only=[deal])
    messages.success(request, "Erased: their name and their words are gone from this deal.")
    return redirect("deal", deal)


def _parts(page: PersonPage) -> dict[str, Any]:
    """What is long, in what stands there at once and the rest."""
    long: dict[str, Sequence[Any]] = {"said": page.said, "touches": page.touches}
    return {name: (some[:SAID_FIRST], some[SAID_FIRST:]) for name, some in long.items()}


def _change(request: HttpRequest, member: Member, page: PersonPage) -> str:
    """Do what a button asks for; the id under which the person goes from then on."""
    by, now, id = member.user.get_username(), timezone.now(), page.id
    known = {one.id for one in page.others}
    try:
        match request.POST.get("do"):
            case "merge" if request.POST.get("with") in known:
                id = merge_people(ledger(), page.deal, page.id, request.POST["with"], by, now)
                messages.success(request, "They are one person now. You can part them again below.")
            case "split":
                split_person(ledger(), page.deal, page.id, by, now)
                messages.success(request, "They are apart again.")
            case "side" if request.POST.get("side") in SIDES:
                set_side(ledger(), page.deal, page.id, request.POST["side"], by, now)  # type: ignore[arg-type]  # one of SIDES
                messages.success(request, "Their side is set.")
            case _:
                messages.error(request, "Choose whom or what first.")
                return id
    except Unknown as refused:
        messages.error(request, str(refused))
        return id
    review_changed(ledger(), rules(), now.date(), only=[page.deal])
    return id


def _elsewhere(member: Member, page: PersonPage) -> list[Place]:
    """The other deals, among those that the member may see, in which somebody has the same address: those that moved
    last."""
    if not page.emails:
        return []
    address = page.emails[0].casefold()
    cards = _cards().read(_cards().matching(address)[:MOST_FOUND])
    same = {key for key, card in cards.items() if card and address in map(str.casefold, card.emails)}
    deals = access.deals_seen_by(member).exclude(deal=page.deal).order_by(LAST_MOVED, "deal")
    places = deals.filter(deal__in={_cards().deal_of(key) for key in same}).values_list("deal", flat=True)
    humans = people_in(ledger(), list(places[:MOST_ELSEWHERE]), None, same, _cards().read)
    return [place for human in humans for place in human.places]
