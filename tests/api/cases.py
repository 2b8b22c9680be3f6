"""Every route's case: how to reach it, what it is given, who is refused. A new route needs a line here.

`PAGES` tells by which route a program does what a page does, `NOT_HERE` why there is none.
"""

from __future__ import annotations

from premortem.acts.telling.write_playbook import text_hash
from premortem.records.firm.models import Member
from tests.api.case import ADMINS, ANYBODY, CHANGES, OWN, READS, SEES, Case
from tests.api.rows import (
    a_fact,
    a_key_wanted,
    a_member,
    a_person,
    a_team,
    a_token_of,
    a_touch,
    a_view_of,
    an_import,
    an_invitation,
    some_words,
)
from tests.api.sales_cases import CASES as SALES_CASES
from tests.api.sales_cases import PAGES as SALES_PAGES
from tests.web.conftest import OURS

A_CALL = b"Sam Seller: Who signs this?\nPriya Buyer: Our managing director does.\n"

CASES: dict[str, Case] = {
    "today": Case("get", "today", ANYBODY),
    "waiting": Case("get", "waiting?whose=all", READS),
    "deals": Case("get", "deals", ANYBODY),
    "deal": Case("get", f"deals/{OURS}", SEES),
    "deal_home": Case("get", f"deals/{OURS}/owner", SEES),
    "deal_home_write": Case(
        "put", f"deals/{OURS}/owner", CHANGES | {"seller": 403}, lambda house: {"owner": a_member()}, by="manager"
    ),
    "review": Case("get", f"deals/{OURS}/review", SEES),
    "call_sheet": Case("get", f"deals/{OURS}/call-sheet", SEES),
    "story": Case("get", f"deals/{OURS}/story", SEES),
    "waive": Case("put", f"deals/{OURS}/waivers/single_threaded", CHANGES, {"because": "as agreed"}, 204),
    "waive_end": Case("delete", f"deals/{OURS}/waivers/single_threaded", CHANGES, None, 422),
    "touches": Case("get", f"deals/{OURS}/touches", SEES),
    "touch": Case("get", lambda house: a_touch(house, "call"), SEES),
    "mail": Case("get", lambda house: f"{a_touch(house, 'mail')}/mail", SEES),
    "judge": Case("post", lambda house: f"{a_fact(house)}/word", CHANGES, {"says": "confirmed"}),
    "add_fact": Case("post", lambda house: f"{a_touch(house, 'call')}/facts", CHANGES, some_words, 201),
    "people": Case("get", "people?q=pri", ANYBODY),
    "person": Case("get", lambda house: a_person(house), SEES),
    "merge": Case("post", lambda house: f"{a_person(house)}/same", CHANGES, {"other": "nobody"}, 422),
    "split": Case("delete", lambda house: f"{a_person(house)}/same", CHANGES, None, 422),
    "side": Case("put", lambda house: f"{a_person(house)}/side", CHANGES, {"side": "outside"}),
    "rules": Case("get", "rules", ANYBODY),
    "rule": Case("get", "rules/gone_quiet", ANYBODY),
    "playbook": Case("get", "playbook", ANYBODY),
    "playbook_write": Case("put", "playbook", ADMINS, {"text": "", "hash": text_hash("")}, by="admin"),
    "me": Case("get", "me", ANYBODY),
    "me_write": Case("put", "me", ANYBODY, {"first_name": "Sam", "time_zone": "UTC", "language": "de"}),
    "keys": Case("get", "keys", ANYBODY),
    "key_make": Case("post", "keys", ADMINS, a_key_wanted, 201, by="admin"),
    "key_end": Case("delete", lambda house: f"keys/{a_token_of('seller')}", {"stranger": 404}, None, 204),
    "views": Case("get", "views", ANYBODY),
    "view_save": Case("post", "views", ANYBODY, {"name": "Mine", "query": "whose=mine&silent=30"}),
    "view_end": Case("delete", lambda house: f"views/{a_view_of('seller')}", {"stranger": 404}, None, 204),
    "firm": Case("get", "firm", ADMINS, by="admin"),
    "firm_write": Case("put", "firm", ADMINS, {"name": "A", "currency": "usd", "reps_see_team": False}, by="admin"),
    "teams": Case("get", "teams", ADMINS, by="admin"),
    "team_add": Case("post", "teams", ADMINS, {"name": "North"}, 201, by="admin"),
    "team_rename": Case("put", lambda house: f"teams/{a_team()}", ADMINS, {"name": "South"}, by="admin"),
    "team_end": Case("delete", lambda house: f"teams/{a_team()}", ADMINS, None, 204, by="admin"),
    "members": Case("get", "members", ADMINS, by="admin"),
    "member": Case("get", lambda house: f"members/{a_member()}", ADMINS, by="admin"),
    "member_write": Case(
        "put", lambda house: f"members/{a_member()}", ADMINS, {"role": "manager", "active": True}, by="admin"
    ),
    "hand_over": Case(
        "post",
        lambda house: f"members/{a_member()}/deals",
        ADMINS,
        lambda house: {"to": Member.objects.get(user__username="manager").pk},
        by="admin",
    ),
    "member_link": Case("post", lambda house: f"members/{a_member()}/link", ADMINS, None, 201, by="admin"),
    "member_factor": Case("delete", lambda house: f"members/{a_member()}/factor", ADMINS, None, 204, by="admin"),
    "invitations": Case("get", "invitations", ADMINS, by="admin"),
    "invite": Case("post", "invitations", ADMINS, {"email": "new@firm.example", "role": "rep"}, 201, by="admin"),
    "invite_end": Case("delete", lambda house: f"invitations/{an_invitation()}", ADMINS, None, 204, by="admin"),
    "looks": Case("get", "looks", ADMINS, by="admin"),
    "imports": Case("get", "imports", ANYBODY),
    "import_add": Case("post", "imports?name=2025-03-03+call.txt", READS, A_CALL, 202),
    "touch_add": Case("post", f"deals/{OURS}/touches?name=2025-03-03+call.txt", CHANGES, A_CALL, 202),
    "import_one": Case("get", lambda house: f"imports/{an_import()}", OWN),
    "import_touches": Case("get", lambda house: f"imports/{an_import('done')}/touches", OWN),
    "import_accept": Case("post", lambda house: f"imports/{an_import()}/accept", OWN, None, 202),
    "import_again": Case("post", lambda house: f"imports/{an_import('failed')}/again", OWN, None, 202),
    "import_drop": Case("delete", lambda house: f"imports/{an_import()}", OWN, None, 204),
    "import_undo": Case("post", lambda house: f"imports/{an_import('done')}/undo", OWN, {"touches": ["t-1"]}, 422),
    "import_choose": Case("put", lambda house: f"imports/{an_import()}/choices", OWN, {"days": "dmy"}, 409),
    "import_choose_end": Case("delete", lambda house: f"imports/{an_import()}/choices", OWN, None, 202),
    "import_mend": Case("get", lambda house: f"imports/{an_import()}/mend", OWN),
    "import_apart": Case("post", lambda house: f"imports/{an_import()}/apart", OWN, {"asked": []}),
    "import_answer": Case("post", lambda house: f"imports/{an_import()}/answers", OWN, {"answers": {}}, 409),
    **SALES_CASES,
}

PAGES: dict[str, tuple[str, ...]] = {
    "today": ("today",),
    "waiting": ("waiting",),
    "deals": ("deals",),
    "save_view": ("views", "view_save", "view_end"),
    "deal": ("deal", "review"),
    "deal_home": ("deal_home", "deal_home_write"),
    "sheet": ("call_sheet",),
    "story": ("story",),
    "story_file": ("story",),
    "waive": ("waive", "waive_end"),
    "touch": ("touches", "touch"),
    "sent": ("mail",),
    "judge": ("judge",),
    "add_fact": ("add_fact",),
    "people": ("people",),
    "person": ("person", "merge", "split", "side"),
    "import": ("imports", "import_add", "touch_add"),
    "upload": ("import_one", "import_touches", "import_accept", "import_again", "import_drop", "import_undo"),
    "upload_reading": ("import_choose", "import_choose_end"),
    "upload_mend": ("import_mend",),
    "upload_apart": ("import_apart",),
    "upload_answers": ("import_answer",),
    "rules": ("rules",),
    "rule": ("rule",),
    "rule_switch": ("playbook_write",),
    "thresholds": ("playbook_write",),
    "playbook": ("playbook", "playbook_write"),
    "settings": ("me", "me_write", "keys"),
    "token": ("key_make",),
    "token_end": ("key_end",),
    "firm": ("firm", "firm_write", "teams", "members", "invitations"),
    "invite": ("invite",),
    "invite_end": ("invite_end",),
    "team_add": ("team_add",),
    "team": ("team_rename", "team_end"),
    "member": ("member", "member_write"),
    "hand_over": ("hand_over",),
    "member_link": ("member_link",),
    "member_factor": ("member_factor",),
    "looks": ("looks",),
    **SALES_PAGES,
}
"""A page's url name → the operations that do the same."""
PICTURE = "A picture of what its page's route tells in numbers."
FOR_A_BROWSER = "It lets a person in by a browser, who has no key."
BY_A_PERSON = "What leaves the firm by itself is switched on by a person, on its page."
NOT_HERE: dict[str, str] = {
    "theme": "How pages look on one device.",
    "deal_picture": PICTURE,
    "touch_picture": PICTURE,
    "replay_picture": PICTURE,
    "why_picture": PICTURE,
    "deal_forecast_picture": PICTURE,
    "forecast_picture": PICTURE,
    "calibration_picture": PICTURE,
    "person_erase": "It can't be undone, so a person does it, who has read what goes.",
    "first": FOR_A_BROWSER,
    "join": FOR_A_BROWSER,
    "account_forgotten": FOR_A_BROWSER,
    "account_logout": FOR_A_BROWSER,
    "answer": FOR_A_BROWSER,
    "room": FOR_A_BROWSER,
    "room_file": FOR_A_BROWSER,
    "webhooks": BY_A_PERSON,
    "webhook": BY_A_PERSON,
    "webhook_do": BY_A_PERSON,
    "webhook_message": BY_A_PERSON,
    "hook_problems": "A door for programs itself, with a key of its own.",
}
"""A page's url name → why a program has no need of it."""
