"""Who may see what. A stranger gets the same answer for a deal that is not there as for one that is not theirs."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme

from premortem.records.firm.models import DealHome, Firm, Look, Member
from premortem.records.models import DealRow

READ_ALL = ("admin", "executive", "marketing")
OPEN_TO_ALL = ("account_", "answer", "hook_", "mfa_", "openid_connect_", "socialaccount_", "first", "join", "room")
"""Names of pages that need no signing in begin with one of these."""

User = AbstractBaseUser | AnonymousUser


def member_of(user: User) -> Member | None:
    """The member that a user is; None for a stranger."""
    if not user.is_authenticated:
        return None
    return Member.objects.select_related("team", "user").filter(user_id=user.pk).first()


def deals_seen_by(member: Member) -> QuerySet[DealRow]:
    """The deals that this member may look at."""
    every = DealRow.objects.all()
    if member.role in READ_ALL:
        return every
    homes = DealHome.objects.filter(owner=member.user)
    if member.team is not None and (member.role == "manager" or Firm.ours().reps_see_team):
        homes = homes | DealHome.objects.filter(team=member.team)
    return every.filter(deal__in=homes.values("deal"))


def may_see(member: Member, deal: str) -> bool:
    return deals_seen_by(member).filter(deal=deal).exists()


def may_change(member: Member, deal: str) -> bool:
    """Whether a member may confirm facts, waive findings, add touches: whoever works on the deal, and admins."""
    return member.role == "admin" or (member.role in ("rep", "manager") and may_see(member, deal))


def of_its_team(member: Member, deal: str) -> bool:
    home = DealHome.objects.filter(deal=deal).first()
    return home is not None and _is_home(member, home)


def _is_home(member: Member, home: DealHome) -> bool:
    return home.owner_id == member.user_id or (home.team_id is not None and home.team_id == member.team_id)


def see(request: HttpRequest, deal: str) -> Member:
    """The member who asks, if the deal is theirs to see. Raises Http404 where it is not, as where there is none."""
    member = here(request)
    if not may_see(member, deal):
        raise Http404
    return member


def change(request: HttpRequest, deal: str) -> Member:
    """As `see`, and raises PermissionDenied where they may look and not change."""
    member = see(request, deal)
    if not may_change(member, deal):
        raise PermissionDenied
    return member


def asking(request: HttpRequest) -> Member | None:
    """The member who asks, looked up once a request; None for a stranger."""
    if not hasattr(request, "member"):
        request.member = member_of(request.user)  # type: ignore[attr-defined]
    found: Member | None = request.member  # type: ignore[attr-defined]
    return found


def here(request: HttpRequest) -> Member:
    """The member who asks. Raises Http404 for a user who is no member."""
    member = asking(request)
    if member is None:
        raise Http404
    return member


def manage(request: HttpRequest) -> Member:
    """The admin who asks. Raises PermissionDenied for any other member."""
    member = here(request)
    if member.role != "admin":
        raise PermissionDenied
    return member


def note_look(member: Member, deal: str, touch: str = "") -> None:
    """Log that somebody who is not of the deal's team looked at people's words."""
    if not of_its_team(member, deal):
        Look.objects.create(user=member.user, deal=deal, touch=touch)


def note_looks(member: Member, deals: Collection[str]) -> None:
    """The same of several deals at once."""
    homes = DealHome.objects.in_bulk(list(deals))
    others = [deal for deal in deals if deal not in homes or not _is_home(member, homes[deal])]
    if others:
        Look.objects.bulk_create([Look(user=member.user, deal=deal) for deal in others])


class SignedIn:
    """Middleware: whoever has not signed in is asked to, on every page but those that let people in.

    What a script asks for is refused in a word, since a page for signing in has no place within another.
    Programs don't sign in: the API has a gate of its own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._answer(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        found = request.resolver_match
        if found is not None and found.app_name == "api":
            return None
        name = found.url_name or "" if found else ""
        if request.user.is_authenticated or name.startswith(OPEN_TO_ALL):
            return None
        if request.headers.get("HX-Request") == "true":
            return HttpResponse("Sign in first.", status=401, content_type="text/plain")
        return redirect_to_login(_on_to(request), reverse(settings.LOGIN_URL))


def _on_to(request: HttpRequest) -> str:
    """Where to go once signed in: what was asked for; for a form, which can't be asked for again, its page."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    came = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came, {request.get_host()}, request.is_secure()):
        return reverse("today")
    page = urlsplit(came)
    return page.path + (f"?{page.query}" if page.query else "")


MENUS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("", (("Today", "today"), ("Deals", "deals"), ("Forecast", "forecast"))),
    ("Evaluations", (("Trials", "trials"), ("Problems", "problems"), ("Content", "pieces"))),
    ("After the end", (("Why we lost", "why"), ("Lessons", "lessons"), ("Second place", "second_place"))),
    ("", (("People", "people"), ("Import", "import"))),
    ("The firm", (("Rules", "rules"), ("Contests", "contests"), ("This month’s sample", "sample"))),
)
"""The pages as the bar on top of each shows them: side by side, or together under a word."""
FOR_BUYERS = ("/plan/", "/answer/")
"""Where pages begin that are no members': they show nothing of ours, and nobody signs in there."""
FOR_ADMINS = (("People & teams", "firm"), ("Webhooks", "webhooks"))
"""What stands besides under the last word for those who may see it."""


def whole_page(request: HttpRequest) -> dict[str, object]:
    """What every page shows: the way to the others."""
    member = asking(request) if hasattr(request, "user") else None
    if member is None:
        return {"menus": [], "for_buyers": request.path.startswith(FOR_BUYERS)}
    sections = [*MENUS]
    if member.role == "admin":
        called, pages = sections[-1]
        sections[-1] = (called, (*pages, *FOR_ADMINS))
    urls = {at: reverse(at) for _, pages in sections for _, at in pages} | {"settings": reverse("settings")}
    around = [url for url in urls.values() if _is_within(request.path, url)]
    open_one = max(around, key=len, default="")
    menus = []
    for called, pages in sections:
        links = [{"name": name, "url": urls[at], "here": urls[at] == open_one} for name, at in pages]
        menus.append({"called": called, "links": links, "here": any(one["here"] for one in links)})
    return {"menus": menus, "in_settings": open_one == urls["settings"], "names": SimpleLazyObject(_names)}


def _names() -> dict[str, str]:
    """What our people are called, by the user names under which the ledger has them."""
    users = Member.objects.values_list("user__username", "user__first_name", "user__last_name")
    return {user: f"{first} {last}".strip() or user for user, first, last in users}


def _is_within(path: str, page: str) -> bool:
    return path == page or (page != "/" and path.startswith(page))
