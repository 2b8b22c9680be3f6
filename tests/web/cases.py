"""Every view's case: how to reach it, who gets what, and the method that it refuses. A new view needs a line here."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.contrib.auth import get_user_model

from premortem.acts.telling.write_playbook import text_hash
from premortem.records.firm.models import Upload
from premortem.records.models import FactRow, PersonRow, TouchRow
from tests.web.conftest import OURS, House
from tests.web.firm_rows import a_buyer_link, a_contest, a_link, a_member, a_release, a_room_link, a_team, a_token
from tests.web.webhooks.rows import a_message, a_webhook

SEES = {"seller": 200, "manager": 200, "marketing": 200, "executive": 200, "admin": 200, "stranger": 404, "nobody": 302}
"""A deal's page: whoever is not of its team gets the same answer as for a deal that is not there."""
ALL = dict.fromkeys(("seller", "manager", "marketing", "executive", "admin", "stranger"), 200) | {"nobody": 302}
CHANGES = dict.fromkeys(("seller", "manager", "admin"), 302) | dict.fromkeys(("marketing", "executive"), 403)
CHANGES |= {"stranger": 404, "nobody": 302}
"""What changes a deal: who works on it may, who only reads may not."""
GIVES = CHANGES | {"seller": 403}
"""Whose a deal is: who leads its team says so, and admins."""
TAKES_PART = CHANGES | {"marketing": 302}
"""A post-mortem: whoever works on the deal takes part, and marketing."""
KEEPS = dict.fromkeys(("manager", "marketing", "admin", "nobody"), 302)
KEEPS |= dict.fromkeys(("seller", "executive", "stranger"), 403)
"""The firm's pieces of content: who keeps them."""
WORKS_ON_DEALS = dict.fromkeys(("seller", "manager", "admin", "stranger", "nobody"), 302)
WORKS_ON_DEALS |= dict.fromkeys(("marketing", "executive"), 403)
MAKES = dict.fromkeys(("seller", "marketing", "executive", "stranger"), 403)
MAKES |= {"manager": 200, "admin": 200, "nobody": 302}
"""Contests: who makes them."""
MAKES_POST = MAKES | {"manager": 302, "admin": 302}
ADMINS = dict.fromkeys(ALL, 403) | {"admin": 200, "nobody": 302}
ADMINS_POST = ADMINS | {"admin": 302}
NO_TEXT = text_hash("")
"""What changes the playbook starts from none."""


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


def a_mail(house: House) -> str:
    """The address of the first mail in OURS."""
    return f"/deals/{OURS}/touches/{TouchRow.objects.filter(deal=OURS, type='mail').order_by('at')[0].touch}/"


def a_fact(house: House) -> str:
    """The address of a fact in OURS."""
    return f"/deals/{OURS}/facts/{FactRow.objects.filter(deal=OURS).order_by('at', 'turn', 'start')[0].fact}/"


THEIRS = dict.fromkeys(ALL, 404) | {"seller": 302, "admin": 302, "nobody": 302}
"""What changes an upload of the seller's."""


def an_uploads(part: str) -> Callable[[House], str]:
    """A part of the seller's upload."""
    return lambda house: f"{an_upload(house)}{part}/"


def rows_to_mend(house: House) -> str:
    """The table of rows that an export of the seller's left out."""
    path = an_upload(house)
    left = {"file": "a.csv", "line": 2, "column": "", "value": "", "why": "odd", "remedy": "Mend it.", "cells": ["1"]}
    told = {"source": "table", "called": "a table", "headers": {"a.csv": ["Id"]}, "left_out": [left]}
    Upload.objects.filter(pk=path.split("/")[2]).update(kind="export", state="previewed", preview={"would": told})
    return f"{path}mend/0/"


def an_upload(house: House) -> str:
    """Files that the seller dropped: theirs alone, besides the admin."""
    user = get_user_model().objects.get(username="seller")
    return f"/import/{Upload.objects.create(user=user, folder=str(house.file), state='dropped').pk}/"


def a_person(house: House) -> str:
    row = PersonRow.objects.filter(deal=house.ours, side="buyer").order_by("person")[0]
    return f"/people/{house.ours}/{row.person}/"


CASES: dict[str, Case] = {
    "today": Case("/", ALL),
    "waiting": Case("/waiting/?whose=all", ALL | {"marketing": 403, "executive": 403}),
    "deals": Case("/deals/", ALL),
    "save_view": Case("/deals/save/", dict.fromkeys(ALL, 302), "post", {"name": "Mine", "query": "whose=mine"}, "get"),
    "deal": Case(f"/deals/{OURS}/", SEES),
    "deal_home": Case(f"/deals/{OURS}/owner/", GIVES, "post", {"owner": ""}, "get"),
    "deal_picture": Case(f"/deals/{OURS}/pictures/map.png", SEES),
    "replay": Case(f"/deals/{OURS}/replay/", SEES),
    "replay_picture": Case(f"/deals/{OURS}/replay/picture.csv", SEES),
    "story": Case(f"/deals/{OURS}/story/", SEES),
    "story_file": Case(f"/deals/{OURS}/story.md", SEES),
    "sheet": Case(f"/deals/{OURS}/sheet/", SEES),
    "waive": Case(f"/deals/{OURS}/waive/single_threaded/", CHANGES, "post", {"because": "as agreed"}, "get"),
    "rules": Case("/rules/", ALL),
    "rule": Case("/rules/gone_quiet/", ALL),
    "rule_switch": Case("/rules/gone_quiet/switch/", ADMINS_POST, "post", {"because": "ours", "hash": NO_TEXT}, "get"),
    "thresholds": Case("/rules/thresholds/", ADMINS_POST, "post", {"norm-silence_days": "9", "hash": NO_TEXT}, "get"),
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
    "hand_over": Case(lambda house: f"{a_member(house)}deals/", ADMINS_POST, "post", None, "get"),
    "member_link": Case(lambda house: f"{a_member(house)}link/", ADMINS, "post", None, "get"),
    "member_factor": Case(lambda house: f"{a_member(house)}factor/", ADMINS_POST, "post", None, "get"),
    "looks": Case("/settings/firm/looks/", ADMINS),
    "webhooks": Case("/settings/firm/webhooks/", ADMINS, refuses="delete"),
    "webhook": Case(a_webhook, ADMINS, refuses="delete"),
    "webhook_do": Case(lambda house: f"{a_webhook(house)}do/", ADMINS_POST, "post", {"do": "off"}, "get"),
    "webhook_message": Case(a_message, ADMINS, refuses="delete"),
    "touch": Case(a_touch, SEES),
    "touch_picture": Case(lambda house: f"{a_touch(house)}strip.svg", SEES),
    "sent": Case(lambda house: f"{a_mail(house)}sent/", SEES),
    "judge": Case(a_fact, CHANGES, "post", {"says": "confirmed"}, "get"),
    "add_fact": Case(
        lambda house: f"{a_touch(house)}facts/",
        CHANGES,
        "post",
        {"turn": "2", "words": "They put the returns in my office", "claim": "pain_stated"},
        "get",
    ),
    "import": Case("/import/", ALL, refuses="delete"),
    "upload_reading": Case(an_uploads("reading"), THEIRS, "post", {"do": "found"}, "get"),
    "upload_apart": Case(an_uploads("apart"), THEIRS, "post", {"all": "1"}, "get"),
    "upload_answers": Case(an_uploads("answers"), THEIRS, "post", {"do": "again"}, "get"),
    "upload_mend": Case(rows_to_mend, dict.fromkeys(ALL, 404) | {"seller": 200, "admin": 200, "nobody": 302}),
    "upload": Case(an_upload, dict.fromkeys(ALL, 404) | {"seller": 200, "admin": 200, "nobody": 302}, refuses="delete"),
    "content": Case(f"/deals/{OURS}/content/", SEES),
    "piece_send": Case(f"/deals/{OURS}/content/sent/", CHANGES, "post", {"piece": "none", "to": "nobody"}, "get"),
    "relations": Case(f"/deals/{OURS}/relations/", SEES),
    "lunch": Case(f"/deals/{OURS}/relations/lunch/", CHANGES, "post", {"do": "held", "on": "2025-03-03"}, "get"),
    "visibility": Case(f"/deals/{OURS}/visibility/", SEES),
    "matter": Case(f"/deals/{OURS}/visibility/matter/", CHANGES, "post", {"do": "ask", "what": "who signs"}, "get"),
    "sample_answer": Case(f"/deals/{OURS}/sample/", CHANGES, "post", {"person": "nobody", "how": "worse"}, "get"),
    "sample": Case("/sample/", ALL),
    "pieces": Case("/content/", ALL),
    "piece_add": Case("/content/add/", KEEPS, "post", {"title": "One page", "pain": "night shift"}, "get"),
    "lessons": Case("/lessons/", ALL),
    "lesson_make": Case(f"/deals/{OURS}/lessons/", TAKES_PART, "post", {"on": "2025-03-03", "title": "Quiet"}, "get"),
    "lesson_drop": Case(f"/deals/{OURS}/lessons/l-none/end/", TAKES_PART, "post", None, "get"),
    "why": Case("/why/", ALL),
    "why_deals": Case("/why/reached/", ALL),
    "why_picture": Case("/why/pictures/questions.csv", ALL),
    "second_place": Case("/second-place/", ALL),
    "contests": Case("/contests/", ALL),
    "contest": Case(a_contest, ALL),
    "contest_new": Case("/contest/new/", MAKES, refuses="delete"),
    "contest_do": Case(lambda house: f"{a_contest(house)}do/", MAKES_POST, "post", {"do": "announce"}, "get"),
    "contest_bookings": Case("/contest/bookings/", MAKES_POST, "post", {}, "get"),
    "comeback": Case(f"/deals/{OURS}/comeback/", SEES),
    "comeback_step": Case(f"/deals/{OURS}/comeback/documents/", CHANGES, "post", {"state": "asked"}, "get"),
    "deal_forecast": Case(f"/deals/{OURS}/forecast/", SEES),
    "deal_forecast_picture": Case(f"/deals/{OURS}/forecast/picture.csv", dict.fromkeys(ALL, 404) | {"nobody": 302}),
    "call": Case(f"/deals/{OURS}/forecast/call/", CHANGES, "post", {"won": "60"}, "get"),
    "forecast": Case("/forecast/", ALL),
    "forecast_picture": Case("/forecast/fan/EUR.csv", dict.fromkeys(ALL, 404) | {"nobody": 302}),
    "forecast_record": Case("/forecast/record/", ALL),
    "start_backtest": Case("/forecast/record/backtest/", dict.fromkeys(ALL, 302), "post", None, "get"),
    "write_forecasts": Case("/forecast/record/write/", ADMINS_POST, "post", None, "get"),
    "calibration_picture": Case("/forecast/record/written/rep.csv", dict.fromkeys(ALL, 404) | {"nobody": 302}),
    "trials": Case("/trials/", ALL),
    "deal_trials": Case(f"/deals/{OURS}/trials/", SEES),
    "trial_tell": Case(f"/deals/{OURS}/trials/tell/", CHANGES, "post", {"do": "plan", "goal": "a foothold"}, "get"),
    "problems": Case("/problems/", ALL),
    "problems_table": Case("/problems/table.csv", ALL),
    "problem_found": Case(
        "/problems/found/", WORKS_ON_DEALS, "post", {"words": "The total is wrong", "deals": OURS}, "get"
    ),
    "problems_import": Case("/problems/import/", dict.fromkeys(ALL, 302), "post", None, "get"),
    "releases": Case("/problems/releases/", ALL, refuses="delete"),
    "release": Case(a_release, ALL, refuses="delete"),
    "deal_problems": Case(f"/deals/{OURS}/problems/", SEES),
    "problem_tell": Case(f"/deals/{OURS}/problems/tell/", CHANGES, "post", {"do": "meet", "words": "slow"}, "get"),
    "people": Case("/people/", ALL),
    "person": Case(a_person, SEES, refuses="delete"),
    "person_erase": Case(lambda house: f"{a_person(house)}erase/", ADMINS | {"stranger": 404}, refuses="delete"),
    "post_mortem": Case(f"/deals/{OURS}/post-mortem/", SEES),
    "account": Case(f"/deals/{OURS}/post-mortem/account/", TAKES_PART, "post", {"wish": "who signs"}, "get"),
    "conclude": Case(
        f"/deals/{OURS}/post-mortem/conclude/", TAKES_PART, "post", {"do": "factor", "words": "who signs"}, "get"
    ),
    "wording": Case(f"/deals/{OURS}/post-mortem/wording/", SEES, "post", {"words": "it was her fault"}, "get"),
    "interview": Case(f"/deals/{OURS}/interview/", SEES),
    "interview_record": Case(f"/deals/{OURS}/interview/record/", CHANGES, "post", {"buyer": "nobody"}, "get"),
    "buyer_link": Case(f"/deals/{OURS}/interview/link/", CHANGES, "post", None, "get"),
    "buyer_link_end": Case(a_buyer_link, CHANGES, "post", None, "get"),
    "project": Case(f"/deals/{OURS}/project/", SEES),
    "project_do": Case(f"/deals/{OURS}/project/do/", CHANGES, "post", {"do": "begin"}, "get"),
    "project_link": Case(f"/deals/{OURS}/project/link/", CHANGES, "post", {"buyer": "nobody"}, "get"),
    "project_link_end": Case(a_room_link, CHANGES, "post", None, "get"),
    "project_file": Case(f"/deals/{OURS}/project/plan.csv", SEES),
}

LET_IN = {"answer", "hook_problems", "room", "room_file", "first", "join", "account_forgotten", "account_logout"}
"""Pages for people who have not signed in: tests/web/test_joining.py has their cases."""
