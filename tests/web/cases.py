"""Every view's case: how to reach it, who gets what, and the method that it refuses. A new view needs a line here."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.contrib.auth import get_user_model

from premortem.records.firm.models import Upload
from premortem.records.models import FactRow, PersonRow, TouchRow
from tests.web.conftest import OURS, House
from tests.web.firm_rows import a_link, a_member, a_team, a_token

SEES = {"seller": 200, "manager": 200, "marketing": 200, "executive": 200, "admin": 200, "stranger": 404, "nobody": 302}
"""A deal's page: whoever is not of its team gets the same answer as for a deal that is not there."""
ALL = dict.fromkeys(("seller", "manager", "marketing", "executive", "admin", "stranger"), 200) | {"nobody": 302}
CHANGES = dict.fromkeys(("seller", "manager", "admin"), 302) | dict.fromkeys(("marketing", "executive"), 403)
CHANGES |= {"stranger": 404, "nobody": 302}
"""What changes a deal: who works on it may, who only reads may not."""
ADMINS = dict.fromkeys(ALL, 403) | {"admin": 200, "nobody": 302}
ADMINS_POST = ADMINS | {"admin": 302}


class Case(NamedTuple):
    """`path` may need the house, to know a deal's touches; `expected` is the answer's status for each of the cast."""

    path: str | Callable[[House], str]
    expected: dict[str, int]
    method: str = "get"
    data: dict[str, str] | None = None
    refuses: str | None = "post"
    """A method that is answered with 405; None where all that browsers send are welcome."""


def a_touch(house: House) -> str:
    """The address of the first call in OURS."""
    return f"/deals/{OURS}/touches/{TouchRow.objects.filter(deal=OURS, type='call').order_by('at')[0].touch}/"


def a_fact(house: House) -> str:
    """The address of a fact in OURS."""
    return f"/deals/{OURS}/facts/{FactRow.objects.filter(deal=OURS).order_by('at', 'turn', 'start')[0].fact}/"


def an_upload(house: House) -> str:
    """Files that the seller dropped: theirs alone, besides the admin."""
    user = get_user_model().objects.get(username="seller")
    return f"/import/{Upload.objects.create(user=user, folder=str(house.file), state='dropped').pk}/"


def a_person(house: House) -> str:
    row = PersonRow.objects.filter(deal=house.ours, side="buyer").order_by("person")[0]
    return f"/people/{house.ours}/{row.person}/"


CASES: dict[str, Case] = {
    "today": Case("/", ALL),
    "deals": Case("/deals/", ALL),
    "save_view": Case("/deals/save/", dict.fromkeys(ALL, 302), "post", {"name": "Mine", "query": "whose=mine"}, "get"),
    "deal": Case(f"/deals/{OURS}/", SEES),
    "sheet": Case(f"/deals/{OURS}/sheet/", SEES),
    "waive": Case(f"/deals/{OURS}/waive/single_threaded/", CHANGES, "post", {"because": "as agreed"}, "get"),
    "rules": Case("/rules/", ALL),
    "rule": Case("/rules/gone_quiet/", ALL),
    "playbook": Case("/rules/playbook/", ALL, refuses="delete"),
    "settings": Case("/settings/", ALL, refuses="delete"),
    "theme": Case("/settings/theme/", dict.fromkeys(ALL, 302), "post", {"theme": "dark"}, "get"),
    "token": Case("/settings/tokens/", ALL, "post", {"name": "report", "scopes": "read"}, "get"),
    "token_end": Case(a_token, dict.fromkeys(ALL, 404) | {"admin": 302, "nobody": 302}, "post", None, "get"),
    "firm": Case("/settings/firm/", ADMINS, refuses="delete"),
    "invite": Case("/settings/firm/invite/", ADMINS, "post", {"email": "new@firm.example", "role": "rep"}, "get"),
    "invite_end": Case(a_link, ADMINS_POST, "post", None, "get"),
    "team_add": Case("/settings/firm/teams/", ADMINS_POST, "post", {"name": "North"}, "get"),
    "team": Case(a_team, ADMINS, refuses="delete"),
    "member": Case(a_member, ADMINS, refuses="delete"),
    "member_link": Case(lambda house: f"{a_member(house)}link/", ADMINS, "post", None, "get"),
    "member_factor": Case(lambda house: f"{a_member(house)}factor/", ADMINS_POST, "post", None, "get"),
    "looks": Case("/settings/firm/looks/", ADMINS),
    "touch": Case(a_touch, SEES),
    "judge": Case(a_fact, CHANGES, "post", {"says": "confirmed"}, "get"),
    "add_fact": Case(
        lambda house: f"{a_touch(house)}facts/",
        CHANGES,
        "post",
        {"turn": "2", "words": "sousaphone", "claim": "pain_stated"},
        "get",
    ),
    "import": Case("/import/", ALL, refuses="delete"),
    "upload": Case(an_upload, dict.fromkeys(ALL, 404) | {"seller": 200, "admin": 200, "nobody": 302}, refuses="delete"),
    "people": Case("/people/", ALL),
    "person": Case(a_person, SEES, refuses="delete"),
}

LET_IN = {"first", "join", "account_forgotten"}
"""Pages for people who have not signed in: tests/web/test_joining.py has their cases."""
