"""What happened in the CRM comes in: whose words they are, which deal they belong to, and why a row is not taken."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from premortem.acts.bringing_in.activities import ActivitiesBrought
from premortem.acts.bringing_in.bring_in_export import ExportBrought, bring_in_export
from premortem.acts.bringing_in.bring_in_mail import bring_in_mail
from premortem.importing.mailbox.opening import letters
from premortem.importing.placing.privacy import Privacy
from premortem.ledger.contents import Conversation, MemoryLedger, conversation
from premortem.ledger.deal import Deal
from premortem.ledger.fold import deal_as_of
from tests.importing.letters_told import told

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
DEAL = "006M000000qfPySIAU"
TABLES = {
    "Opportunity": "Id,Name,AccountId,StageName,CloseDate,IsClosed,IsWon,CreatedDate,OwnerId\n"
    "006M000000qfPyS,Scheduling,001M000000aaaAA,Proposal,2026-12-30,0,0,2026-01-12T09:30:00.000Z,005M000000uuuUU\n",
    "Account": "Id,Name,Website\n001M000000aaaAA,Harbour,harbour.example\n",
    "User": "Id,Username,LastName,FirstName,Name,CompanyName,Email,IsActive,ProfileId\n"
    "005M000000uuuUU,ines@c,Okafor,Ines,Ines Okafor,Cadence,ines@cadence.example,1,00e\n",
    "Contact": "Id,FirstName,LastName,Name,AccountId,Email\n"
    "003M000000cccCC,Tom,Reyes,Tom Reyes,001M000000aaaAA,tom@harbour.example\n",
    "OpportunityContactRole": "Id,OpportunityId,ContactId,Role\n00K1,006M000000qfPyS,003M000000cccCC,\n",
    "EmailMessage": "Id,RelatedToId,ActivityId,FromAddress,FromName,ToAddress,Subject,TextBody,HtmlBody,MessageDate,"
    "Status,Incoming,MessageIdentifier\n"
    f"02s1,{DEAL},00T2,tom@harbour.example,Tom Reyes,ines@cadence.example,The plan,The board decides on 12 May 2026.,,"
    "2026-03-05T10:00:00.000Z,0,1,<m1@harbour.example>\n"
    f"02s2,{DEAL},,ines@cadence.example,,tom@harbour.example,Re: The plan,,<p>Thanks.</p><p>Who else decides?</p>,"
    "2026-03-05T12:00:00.000Z,3,0,\n"
    f"02s3,{DEAL},,ines@cadence.example,,tom@harbour.example,Not sent yet,Some words,,2026-03-05T12:00:00.000Z,5,0,\n",
    "Task": "Id,WhoId,WhatId,Subject,ActivityDate,Status,Priority,IsClosed,TaskSubtype,Description,OwnerId,IsDeleted\n"
    f"00T1,003M000000cccCC,{DEAL},Pricing,2026-03-04,Completed,Normal,1,Call,"
    "Tom says Dana Whitlock signs anything over fifty thousand.,005M000000uuuUU,0\n"
    f"00T2,003M000000cccCC,{DEAL},Email: The plan,2026-03-05,Completed,Normal,1,Email,To: Ines,005M000000uuuUU,0\n"
    f"00T3,003M000000cccCC,{DEAL},Send papers,2026-12-04,Not Started,Normal,0,Task,,005M000000uuuUU,0\n"
    "00T4,003M000000cccCC,,Follow up,2026-03-06,Completed,Normal,1,Call,He has no budget yet.,005M000000uuuUU,0\n"
    "00T5,,,Nobody is named,2026-03-06,Completed,Normal,1,Call,Some words,005M000000uuuUU,0\n"
    f"00T6,003M000000cccCC,{DEAL},By whom?,2026-03-06,Completed,Normal,1,Call,Some words,005M000000zzzZZ,0\n"
    f"00T7,003M000000cccCC,{DEAL},Gone,2026-03-06,Completed,Normal,1,Call,Some words,005M000000uuuUU,1\n",
    "Event": "Id,WhoId,WhatId,Subject,StartDateTime,Description,IsPrivate,IsChild,OwnerId,IsDeleted\n"
    f"00U1,003M000000cccCC,{DEAL},Kick-off,2026-03-10T10:00:00.000Z,A long day.,0,0,005M000000uuuUU,0\n"
    f"00U2,003M000000cccCC,{DEAL},Dentist,2026-03-11T10:00:00.000Z,Teeth,1,0,005M000000uuuUU,0\n"
    f"00U3,003M000000cccCC,{DEAL},Go-live,2027-03-10T10:00:00.000Z,Soon,0,0,005M000000uuuUU,0\n"
    f"00U4,003M000000cccCC,{DEAL},Kick-off,2026-03-10T10:00:00.000Z,A long day.,0,1,005M000000uuuUU,0\n",
}


@pytest.fixture
def export(tmp_path: Path) -> Path:
    (tmp_path / "export").mkdir()
    for table, text in TABLES.items():
        (tmp_path / "export" / f"{table}.csv").write_text(text, encoding="utf-8")
    return tmp_path / "export"


def activities(done: ExportBrought) -> ActivitiesBrought:
    assert done.activities is not None
    return done.activities


def touches(ledger: MemoryLedger, deal: Deal) -> dict[str, Conversation]:
    found = [conversation(ledger.contents, touch.words) for touch in deal.touches]
    return {one.name or "": one for one in found if one is not None}


def test_tasks_events_and_mails_become_touches_of_their_deal(export: Path) -> None:
    ledger = MemoryLedger()
    done = bring_in_export(ledger, export, NOW)
    deal = deal_as_of(ledger.store.read(DEAL))
    heard = touches(ledger, deal)
    assert list(heard) == ["task-00T1.txt", "email-02s1.eml", "email-02s2.eml", "task-00T4.txt", "event-00U1.txt"]
    assert heard["task-00T1.txt"].turns[0].text.startswith("Call with Tom Reyes: Pricing\n\nTom says Dana Whitlock")
    assert heard["email-02s2.eml"].turns[0].text == "Thanks.\n\nWho else decides?"
    assert deal.touches[0].at.date() == date(2026, 3, 4)
    assert done.touched == [DEAL]
    assert (activities(done).read, activities(done).facts > 2) == (5, True)


def test_a_sellers_note_is_never_the_buyers_word(export: Path) -> None:
    ledger = MemoryLedger()
    bring_in_export(ledger, export, NOW)
    deal = deal_as_of(ledger.store.read(DEAL))
    sides = {
        (touch.type, deal.people[known.fact.speaker].side)
        for known in deal.facts
        for touch in deal.touches
        if touch.id == known.fact.touch and known.fact.speaker is not None
    }
    assert ("note", "seller") in sides
    assert ("mail", "buyer") in sides
    assert not {("note", "buyer"), ("note", "unknown")} & sides


def test_each_row_that_is_not_taken_has_its_line_and_reason_and_shows_no_words(export: Path) -> None:
    told_so = activities(bring_in_export(MemoryLedger(), export, NOW))
    assert {(one.file, one.line, one.why) for one in told_so.left_out} == {
        ("EmailMessage.csv", 4, "it has not happened, or not yet"),
        ("Task.csv", 3, "another table tells the same, with its words"),
        ("Task.csv", 4, "it has not happened, or not yet"),
        ("Task.csv", 6, "it names no deal, and nobody in it belongs to one"),
        ("Task.csv", 7, "nothing tells who of us wrote this"),
        ("Task.csv", 8, "it is deleted in the CRM"),
        ("Event.csv", 3, "it is private"),
        ("Event.csv", 4, "it lies ahead"),
        ("Event.csv", 5, "it is the copy that somebody who was invited has"),
    }
    assert told_so.rows == 14 == told_so.placed + len(told_so.left_out)
    assert not any("Teeth" in str(one.cells) for one in told_so.left_out)


def test_next_weeks_export_adds_only_what_changed(export: Path) -> None:
    ledger = MemoryLedger()
    bring_in_export(ledger, export, NOW)
    again = bring_in_export(ledger, export, NOW + timedelta(days=7))
    assert (activities(again).read, activities(again).known, again.touched) == (0, 5, [])
    task = export / "Task.csv"
    task.write_text(task.read_text().replace("He has no budget yet.", "She has a budget now."))
    mended = bring_in_export(ledger, export, NOW + timedelta(days=14))
    assert (activities(mended).read, activities(mended).known) == (1, 4)
    deal = deal_as_of(ledger.store.read(DEAL))
    assert len(deal.touches) == 5
    assert "She has a budget now." in touches(ledger, deal)["task-00T4.txt"].turns[0].text


def test_a_mail_that_came_from_the_mailbox_is_not_told_twice(export: Path, tmp_path: Path) -> None:
    ledger = MemoryLedger()
    hidden = export / "EmailMessage.csv"
    mails = hidden.read_text()
    hidden.unlink()
    bring_in_export(ledger, export, NOW)
    (tmp_path / "1.eml").write_bytes(
        told(
            "tom@harbour.example", "ines@cadence.example", Message_ID="<m1@harbour.example>", body="The board decides."
        )
    )
    bring_in_mail(ledger, letters(tmp_path / "1.eml"), NOW)
    hidden.write_text(mails)
    assert activities(bring_in_export(ledger, export, NOW)).read == 1


def test_a_preview_counts_and_reads_nothing_and_what_is_never_read_stays_out(export: Path) -> None:
    ledger = MemoryLedger()
    would = activities(bring_in_export(ledger, export, NOW, write=False, privacy=Privacy(never=("harbour.example",))))
    assert (would.read, would.reasons["'harbour.example' is never read"]) == (0, 5)
    assert ledger.store.deals() == []


def test_both_forms_of_an_id_are_one_deal(export: Path) -> None:
    ledger = MemoryLedger()
    bring_in_export(ledger, export, NOW)
    rows = export / "Opportunity.csv"
    rows.write_text(rows.read_text().replace("006M000000qfPyS,", f"{DEAL.lower()},"))
    again = bring_in_export(ledger, export, NOW + timedelta(days=7))
    assert (again.new, again.changed, ledger.store.deals()) == (0, 0, [DEAL])


def test_a_deal_that_the_ledger_has_by_its_shorter_id_keeps_it(export: Path) -> None:
    ledger = MemoryLedger()
    before = export.parent / "before.csv"
    before.write_text("Deal ID,Company,Stage,Amount,Created on\n006M000000qfPyS,Harbour,Proposal,5,2026-01-12\n")
    bring_in_export(ledger, before, NOW)
    done = bring_in_export(ledger, export, NOW)
    assert (done.new, ledger.store.deals()) == (0, ["006M000000qfPyS"])
    assert activities(done).read == 5
