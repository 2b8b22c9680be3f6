"""Each known CRM's tables of what happened: mails speak with their senders' voice, the rest with ours."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from premortem.acts.bringing_in.bring_in_export import bring_in_export
from premortem.errors import Unreadable
from premortem.importing.mapped.deal_names import DealNames
from premortem.importing.mapped.mapping import mapping_in
from premortem.importing.mapped.writing import written
from premortem.ledger.contents import MemoryLedger, conversation
from premortem.ledger.fold import deal_as_of
from tests.importing.mapped.test_known_crms import CRMS

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


class Happened(NamedTuple):
    """Tables beside the deals; what deal 1 then heard as (day, type, by whom), and why other rows were left out."""

    tables: dict[str, str]
    heard: list[tuple[str, str, str]]
    left_out: list[str]


HUBSPOT = "Associated Deal IDs,Associated Contact,Activity assigned to"
HIM, HER = "tom@harbour.example", "ines@cadence.example"
TOM = "Tom Reyes (tom@harbour.example),Ines Okafor"
TABLES = {
    "hubspot": Happened(
        {
            "emails": "Record ID,Email subject,Email body,Email direction,Email from address,Email to address,"
            f"Activity date,{HUBSPOT}\n"
            f"11,Plan,Our board decides in May.,INCOMING_EMAIL,{HIM},{HER},2026-03-02 10:00,1,{TOM}\n"
            f"12,Re: Plan,Thank you Tom.,EMAIL,{HER},{HIM},2026-03-02 11:00,1,{TOM}\n",
            "calls": f"Record ID,Call Title,Call notes,Activity date,{HUBSPOT}\n"
            f"21,Pricing,<p>He finds it dear.</p>,2026-03-03 10:00,1,{TOM}\n",
            "meetings": f"Record ID,Meeting name,Meeting description,Meeting start time,Meeting outcome,{HUBSPOT}\n"
            f"31,Kick-off,We looked at shifts.,2026-03-04 10:00,COMPLETED,1,{TOM}\n"
            f"32,Demo,To be shown.,2026-03-05 10:00,NO_SHOW,1,{TOM}\n",
            "notes": f"Record ID,Note body,Activity date,{HUBSPOT}\n"
            f"41,They wait for the audit.,2026-03-06 10:00,1;2,{TOM}\n",
        },
        [
            ("2026-03-02", "mail", HIM),
            ("2026-03-02", "mail", HER),
            ("2026-03-03", "note", "Ines Okafor"),
            ("2026-03-04", "note", "Ines Okafor"),
            ("2026-03-06", "note", "Ines Okafor"),
        ],
        ["it has not happened, or not yet"],
    ),
    "pipedrive": Happened(
        {
            "activities": "Activity - ID,Activity - Type,Activity - Subject,Activity - Due date,Activity - Done,"
            "Activity - Deal,Activity - Contact person,Activity - Note,Activity - Assigned to user\n"
            "5,Call,Pricing,2026-03-03,Done,Scheduling,Tom Reyes,He finds it dear.,Ines Okafor\n"
            "6,Meeting,Demo,2026-12-03,To do,Scheduling,Tom Reyes,,Ines Okafor\n",
            "notes": "ID,Content,Deal,Person,User,Add time\n"
            "5,<div>They wait for the audit.</div>,Scheduling,Tom Reyes,Ines Okafor,2026-03-04 10:00:00\n",
        },
        [("2026-03-03", "note", "Ines Okafor"), ("2026-03-04", "note", "Ines Okafor")],
        ["it has not happened, or not yet"],
    ),
    "odoo": Happened(
        {
            "mail.message": "ID,Date,Type,From,Author,Subject,Contents,Related Document ID,Related Document Model\n"
            '51,2026-03-02 10:00:00,Email,"""Tom Reyes"" <tom@harbour.example>",Tom Reyes,Plan,'
            "<p>Our board decides in May.</p>,1,crm.lead\n"
            "52,2026-03-02 11:00:00,System notification,bot@cadence.example,Bot,,<p>Stage changed</p>,1,crm.lead\n",
            "mail.activity": "ID,Activity Type,Summary,Due Date,Done Date,Note,Assigned to,Document Name\n"
            "61,Call,Pricing,2026-03-03,2026-03-03,<p>He finds it dear.</p>,Ines Okafor,Scheduling\n"
            "62,Call,Again,2026-12-03,,,Ines Okafor,Scheduling\n",
        },
        [("2026-03-02", "mail", "Tom Reyes"), ("2026-03-03", "note", "Ines Okafor")],
        ["it has not happened, or not yet", "the CRM wrote it, and nobody said it"],
    ),
    "espocrm": Happened(
        {
            "Export_Meeting": "ID;Name;Status;Date Start;Date End;Parent;Contacts;Description;Assigned User\n"
            "m1;Kick-off;Held;2026-03-04 10:00;2026-03-04 11:00;Scheduling;Tom Reyes;We looked at shifts.;Ines Okafor\n"
            "m2;Demo;Planned;2026-12-04 10:00;2026-12-04 11:00;Scheduling;Tom Reyes;;Ines Okafor\n",
            "Export_Email": "ID;Subject;From;To;Date Sent;Body Plain;Parent;Status\n"
            f"e1;Plan;{HIM};{HER};2026-03-05 10:00;Our board decides in May.;Scheduling;Archived\n",
        },
        [("2026-03-04", "note", "Ines Okafor"), ("2026-03-05", "mail", HIM)],
        ["it has not happened, or not yet"],
    ),
    "suitecrm": Happened(
        {
            "Calls": '"Subject","ID","Status","Start Date","Related To ID","Contact Name","Description","Assigned to"\n'
            '"Pricing","c1","Held","03/13/2026 10:00am","1","Tom Reyes","He finds it dear.","Ines Okafor"\n'
            '"Again","c2","Not Held","03/14/2026 10:00am","1","Tom Reyes","","Ines Okafor"\n',
        },
        [("2026-03-13", "note", "Ines Okafor")],
        ["it has not happened, or not yet"],
    ),
    "frappe": Happened(
        {
            "FCRM Note": "ID,Title,Content,Reference Doc,Doctype,Created On,Created By\n"
            "n1,Audit,<p>They wait for the audit.</p>,1,CRM Deal,2026-03-03 10:00:00,ines@cadence.example\n",
            "Communication": "ID,Subject,Sender,Recipients,Message,Reference Name,Date\n"
            "k1,Plan,tom@harbour.example,ines@cadence.example,<p>Our board decides.</p>,1,2026-03-04 10:00:00\n",
        },
        [("2026-03-03", "note", HER), ("2026-03-04", "mail", HIM)],
        [],
    ),
}


@pytest.mark.parametrize("source", TABLES)
def test_what_happened_is_heard_in_its_deal(source: str, tmp_path: Path) -> None:
    (tmp_path / CRMS[source].file).write_text(CRMS[source].text, encoding="utf-8")
    wanted = TABLES[source]
    for table, rows in wanted.tables.items():
        (tmp_path / f"{table}.csv").write_text(rows, encoding="utf-8")
    ledger = MemoryLedger()
    done = bring_in_export(ledger, tmp_path, NOW)
    assert (done.source, done.deals, done.left_out) == (source, 2, [])
    assert done.activities is not None
    assert sorted(one.why for one in done.activities.left_out) == sorted(wanted.left_out)
    deal = deal_as_of(ledger.store.read("1"))
    heard = []
    for touch in deal.touches:
        talk = conversation(ledger.contents, touch.words)
        assert talk is not None
        by = talk.turns[0].speaker or ""
        assert "<" not in talk.turns[0].text
        heard.append((touch.at.date().isoformat(), touch.type, by))
    assert heard == wanted.heard


def test_a_name_that_two_deals_have_tells_neither(tmp_path: Path) -> None:
    (tmp_path / "deals.csv").write_text(CRMS["pipedrive"].text.replace("Yard", "Scheduling"), encoding="utf-8")
    (tmp_path / "activities.csv").write_text(TABLES["pipedrive"].tables["activities"], encoding="utf-8")
    done = bring_in_export(MemoryLedger(), tmp_path, NOW)
    assert done.activities is not None
    assert "two deals or more are called 'Scheduling'" in {one.why for one in done.activities.left_out}


def test_a_mapping_of_ones_own_can_have_activities() -> None:
    told = 'source = "ours"\n[deals]\nid = "Nr"\n[[activities]]\ntable = "visits"\nform = "%s"\ndeal = "Nr"\n'
    mapping = mapping_in(told % "meeting", "ours.toml")
    assert mapping_in(written(mapping), "again.toml") == mapping
    with pytest.raises(Unreadable, match="'fax' is no form of an activity"):
        mapping_in(told % "fax", "ours.toml")


ODOO_DEALS = CRMS["odoo"]
TICKET = "7,2026-03-02 10:00:00,Email,eve@other.example,Eve,Ticket,<p>We have no budget this year.</p>,1"


@pytest.mark.parametrize(
    ("header", "cell", "why"),
    [
        (",Related Document Model", ",helpdesk.ticket", "it belongs to a record that is no deal"),
        ("", "", "which kind of record its number means can't be told"),
    ],
)
def test_another_records_message_is_not_that_of_the_lead_with_its_number(
    header: str, cell: str, why: str, tmp_path: Path
) -> None:
    (tmp_path / ODOO_DEALS.file).write_text(ODOO_DEALS.text, encoding="utf-8")
    head = f"ID,Date,Type,From,Author,Subject,Contents,Related Document ID{header}"
    (tmp_path / "mail.message.csv").write_text(f"{head}\n{TICKET}{cell}\n", encoding="utf-8")
    ledger = MemoryLedger()
    told = bring_in_export(ledger, tmp_path, NOW).activities
    assert told is not None
    assert [one.why for one in told.left_out] == [why]
    assert not deal_as_of(ledger.store.read("1")).touches


def test_a_comma_in_a_deals_name_picks_no_other_deal() -> None:
    names = DealNames()
    for id, name in (("1", "Harbour"), ("2", "Quayside"), ("3", "Phase 1, 2")):
        names.add(id, name)
    assert names.find("Phase 1, 2") == ("3",)
    assert names.find("Unknown, 2") == ()
    assert names.find("1; 2; 99") == ("1", "2")


@pytest.mark.parametrize(
    ("source", "table", "side"),
    [
        ("hubspot", f"Record ID,Email subject,Email body,Email direction,Email from address,Activity date,{HUBSPOT}\n"
         f"1,Re: Plan,We approved the budget of 40000 euros.,EMAIL,{HER},2026-03-02 10:00,1,{TOM}\n", "seller"),
        ("hubspot", f"Record ID,Email subject,Email body,Email direction,Email from address,Activity date,{HUBSPOT}\n"
         f"1,Fw: Plan,We approved a budget of 40000 euros.,FORWARDED_EMAIL,{HIM},2026-03-02 10:00,1,{TOM}\n", "buyer"),
        ("odoo", "ID,Date,Type,From,Author,Subject,Contents,Related Document ID,Related Document Model\n"
         f"1,2026-03-02 10:00:00,Email,Ines Okafor <{HER}>,Ines Okafor,Re,"
         "<p>We approved the budget of 40000 euros.</p>,1,crm.lead\n", "seller"),
    ],
)  # fmt: skip
def test_a_mail_of_ours_is_ours_where_the_export_names_no_firm(
    source: str, table: str, side: str, tmp_path: Path
) -> None:
    (tmp_path / CRMS[source].file).write_text(CRMS[source].text, encoding="utf-8")
    (tmp_path / "mails.csv").write_text(table, encoding="utf-8")
    ledger = MemoryLedger()
    bring_in_export(ledger, tmp_path, NOW)
    deal = deal_as_of(ledger.store.read("1"))
    (touch,) = deal.touches
    assert [deal.people[part.person].side for part in touch.parts if part.how == "wrote"] == [side]
