"""A mailbox or a calendar through the browser: each mail finds its deal, is asked about, or stays out."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from django.test import override_settings

from premortem.acts.bringing_in.undo_import import touches_brought
from premortem.records.firm.import_rows import MatchAnswer
from premortem.records.firm.models import DealHome
from premortem.web.ledger import ledger
from premortem.web.mail_upload import question_of
from tests.importing.letters_told import told
from tests.web.conftest import OURS, THEIRS, House
from tests.web.test_import import newest, send, zipped
from tests.web.test_import_export import page_of, post

RUPESH, DESMOND = "rupesh@bellfieldhire.example", "desmond.achebe@larkspur.example"
IN_TIME = "Tue, 08 Apr 2025 09:00:00 +0000"
TOO_LATE = "Wed, 08 Apr 2026 09:00:00 +0000"


@pytest.fixture(autouse=True)
def at_once() -> Iterator[None]:
    with override_settings(TASKS={"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}):
        yield


def mailbox(*mails: bytes) -> bytes:
    """An mbox of these."""
    return b"".join(b"From somebody Tue Apr  8 09:00:00 2025\n" + one.replace(b"\r\n", b"\n") + b"\n" for one in mails)


PLACED = told(RUPESH, DESMOND, IN_TIME, "The order form", "Where do I send it?", Message_ID="<placed@b.example>")
LATE = told(RUPESH, DESMOND, TOO_LATE, "Are you still there", "It is a year.", Message_ID="<late@b.example>")
PRIVATE = told("me@home.example", DESMOND, IN_TIME, "Dinner", "At eight?", Message_ID="<dinner@h.example>")


def test_mails_find_their_deal_and_are_read_once_somebody_says_so(house: House) -> None:
    client = house.client("seller")
    page = send(client, "sales.mbox", mailbox(PLACED, LATE, PRIVATE)).content.decode()
    assert (newest().state, newest().kind) == ("previewed", "mail"), newest().says
    looked = newest().preview
    assert (looked["mails"], looked["placed"], looked["asked_about"], looked["left_out"]) == (3, 1, 1, 1)
    assert "Are you still there" in page
    assert "Dinner" not in page
    assert "Nobody in it belongs to a known account" in page
    done = post(client, "", do="take").decode()
    assert newest().state == "done", newest().says
    assert (newest().preview["read"], newest().preview["asked"]) == (1, [])
    assert "Are you still there" not in done
    taken_at = newest().taken_at
    assert taken_at is not None
    (touch,) = touches_brought(ledger(), OURS, taken_at)
    assert touch.kind == "mail"
    assert b"Taken back: 1 touch." in post(client, "", do="undo", touch=touch.touch)


def test_what_was_answered_is_not_asked_again(house: House) -> None:
    client = house.client("seller")
    send(client, "sales.mbox", mailbox(LATE, PRIVATE))
    asked = question_of("late@b.example")
    assert b"Kept: 1 answer." in post(client, "answers/", shown=asked, **{f"deal-{asked}": OURS})
    assert MatchAnswer.objects.get().answer == OURS
    assert "1 answered" in page_of(client)
    post(client, "answers/", do="again")
    assert (newest().preview["placed"], newest().preview["asked_about"]) == (1, 0)
    post(client, "", do="take")
    assert newest().preview["read"] == 1
    page = send(client, "sales.mbox", mailbox(LATE)).content.decode()
    assert "There is nothing new to read in it" in page


def test_all_that_are_shown_are_answered_at_once(house: House) -> None:
    client = house.client("seller")
    more = told(RUPESH, DESMOND, TOO_LATE, "And another", "x", Message_ID="<more@b.example>")
    send(client, "sales.mbox", mailbox(LATE, more))
    shown = [question_of("late@b.example"), question_of("more@b.example")]
    assert b"Kept: 2 answers." in post(client, "answers/", shown=shown, rest="never")
    post(client, "answers/", do="again")
    assert newest().preview["reasons"] == [["you said that it belongs to no deal", 2]]


def test_a_deal_that_is_not_theirs_is_no_answer_and_no_mail_finds_it(house: House) -> None:
    client = house.client("seller")
    send(client, "sales.mbox", mailbox(LATE))
    asked = question_of("late@b.example")
    assert b"You have no deal" in post(client, "answers/", shown=asked, **{f"other-{asked}": THEIRS})
    assert not MatchAnswer.objects.exists()
    entries = len(ledger().store.read(OURS))
    stranger = house.client("stranger")
    page = send(stranger, "sales.mbox", mailbox(PLACED, LATE)).content
    assert newest().preview["left_out"] == 2
    assert b"Bellfield" not in page
    post(stranger, "", do="take")
    assert len(ledger().store.read(OURS)) == entries


def test_a_zip_of_mails_is_a_mailbox_and_tables_in_it_are_told(house: House) -> None:
    client = house.client("seller")
    send(client, "maildir.zip", zipped({"box/cur/1:2,S".replace(":", "_"): PLACED, "box/cur/2.eml": LATE}))
    assert (newest().kind, newest().preview["mails"]) == ("mail", 2)
    page = send(client, "both.zip", zipped({"1.eml": PLACED, "work.ics": b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"}))
    assert b"1 file of calendars lies among these" in page.content


CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:m-1
DTSTART:20250304T090000{zone}
DTEND:20250304T100000{zone}
SUMMARY:First call
ORGANIZER;CN=Desmond Achebe:mailto:desmond.achebe@larkspur.example
ATTENDEE;PARTSTAT=ACCEPTED;CN=Rupesh Solanki:mailto:rupesh@bellfieldhire.example
ATTENDEE;PARTSTAT=ACCEPTED;CN=Mia Lund:mailto:mia@bellfieldhire.example
END:VEVENT
END:VCALENDAR
"""


def test_a_calendar_tells_who_was_invited_and_silent(house: House) -> None:
    client = house.client("seller")
    page = send(client, "work.ics", CALENDAR.format(zone="Z").replace("\n", "\r\n").encode()).content.decode()
    assert (newest().state, newest().kind) == ("previewed", "calendar"), newest().says
    assert newest().preview["counts"] == {"joined": 1}
    assert 'Mia Lund <small class="soft">silent</small>' in page
    done = post(client, "", do="take").decode()
    assert newest().state == "done", newest().says
    assert (newest().preview["lines"], newest().preview["deals"]) == ([], [OURS])
    assert "Bellfield" in done
    assert send(client, "work.ics", CALENDAR.format(zone="Z").encode()).status_code == 200
    assert newest().preview["counts"] == {"known": 1}


def test_a_calendar_without_zones_is_read_in_the_one_that_is_named(house: House) -> None:
    client = house.client("seller")
    send(client, "work.ics", CALENDAR.format(zone="").encode())
    assert newest().preview["counts"] == {"left_out": 1}
    post(client, "reading/", time_zone="Europe/London")
    assert newest().preview["counts"] == {"joined": 1}


def test_a_call_in_a_folder_is_still_a_call(house: House) -> None:
    client = house.client("seller")
    page = send(client, "2025-04-08-mail.eml", PLACED, deal=OURS)
    assert (newest().kind, newest().state) == ("deals", "previewed"), newest().says
    assert b"mail.eml" in page.content
    row = json.dumps({"id": "x-1", "name": "X", "account": "X", "seller": "Larkspur", "created": "2026-01-12"})
    send(client, "deal.zip", zipped({"x/deal.json": row.encode(), "x/touches/2026-02-01-mail.eml": PLACED}))
    assert newest().kind == "deals"


def test_a_stranger_does_not_hear_of_others_calls(house: House) -> None:
    send(house.client("stranger"), "work.ics", CALENDAR.format(zone="Z").encode())
    assert newest().preview["counts"] == {"left_out": 1}
    assert not DealHome.objects.filter(deal=OURS, owner__username="stranger").exists()
