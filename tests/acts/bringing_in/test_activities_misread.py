"""Exports that are easily misread: our mail as theirs, another deal's row, odd headers, a mail that came twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from premortem.acts.bringing_in.bring_in_export import bring_in_export
from premortem.acts.bringing_in.bring_in_mail import bring_in_mail
from premortem.importing.mailbox.opening import letters
from premortem.importing.placing.privacy import Privacy
from premortem.ledger.contents import MemoryLedger
from premortem.ledger.entries import Entry, Person
from premortem.ledger.fold import deal_as_of
from tests.acts.bringing_in.test_activities import DEAL, NOW, TABLES, activities, touches
from tests.importing.letters_told import told

MAIL = (
    "Id,RelatedToId,ActivityId,FromAddress,ToAddress,Subject,TextBody,HtmlBody,MessageDate,Incoming,MessageIdentifier"
)
OURS = "ines@cadence.example,tom@harbour.example,Budget,We have approved the budget of 40000 euros.,"
THEIRS = "tom@harbour.example,ines@cadence.example,Budget,We have no budget for it this year.,"
WHEN = "2026-06-01T10:00:00.000Z"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    (tmp_path / "export").mkdir()
    for table, text in TABLES.items():
        (tmp_path / "export" / f"{table}.csv").write_text(text, encoding="utf-8")
    return tmp_path / "export"


def mails(export: Path, *rows: str) -> None:
    (export / "EmailMessage.csv").write_text("\n".join([MAIL, *rows]) + "\n", encoding="utf-8")


def tasks(export: Path, *rows: str) -> None:
    header = TABLES["Task"].partition("\n")[0]
    (export / "Task.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")


def writers(ledger: MemoryLedger) -> list[str]:
    """The sides of those who wrote the deal's mails."""
    deal = deal_as_of(ledger.store.read(DEAL))
    wrote = [part.person for touch in deal.touches for part in touch.parts if part.how == "wrote"]
    return [deal.people[one].side for one in wrote]


@pytest.mark.parametrize(
    ("user", "incoming", "own"),
    [
        ("ines@cadence.example", "", ()),
        ("ann@cadence.example", "", ()),
        ("ines@elsewhere.example", "0", ()),
        ("ines@elsewhere.example", "", ("cadence.example",)),
    ],
)
def test_our_mail_is_never_the_buyers_word(user: str, incoming: str, own: tuple[str, ...], export: Path) -> None:
    table = TABLES["User"].replace("Cadence,", ",").replace("ines@cadence.example", user)
    (export / "User.csv").write_text(table, encoding="utf-8")
    tasks(export)
    mails(export, f"02s1,{DEAL},,{OURS},{WHEN},{incoming},")
    ledger = MemoryLedger()
    bring_in_export(ledger, export, NOW, privacy=Privacy(own=own))
    assert writers(ledger) == ["seller"]
    deal = deal_as_of(ledger.store.read(DEAL))
    assert "budget_confirmed" not in {known.fact.claim for known in deal.facts}
    again = bring_in_export(ledger, export, NOW + timedelta(days=7), privacy=Privacy(own=own))
    assert again.touched == []


def test_a_side_that_a_person_set_outlasts_the_import(export: Path) -> None:
    ledger = MemoryLedger()
    mails(export, f"02s1,{DEAL},,{OURS},{WHEN},0,")
    bring_in_export(ledger, export, NOW)
    deal = deal_as_of(ledger.store.read(DEAL))
    (ines,) = (one for one, known in deal.people.items() if known.side == "seller")
    ledger.store.append([Entry(DEAL, NOW, NOW, "user:mia", Person(ines, side="outside"))])
    mails(export, f"02s2,{DEAL},,{OURS},2026-06-02T10:00:00.000Z,0,")
    bring_in_export(ledger, export, NOW + timedelta(days=7))
    assert deal_as_of(ledger.store.read(DEAL)).people[ines].side == "outside"


def test_a_row_that_names_a_deal_goes_there_or_nowhere(export: Path) -> None:
    other, unknown = "006M000000qfPyTIAU", "006M000000qfPyUIAU"
    rows = (export / "Opportunity.csv").read_text()
    (export / "Opportunity.csv").write_text(rows + rows.splitlines()[1].replace("qfPyS,", "qfPyT,") + "\n")
    mails(export)
    tasks(export)
    ledger = MemoryLedger()
    bring_in_export(ledger, export, NOW)
    (export / "Opportunity.csv").write_text(rows)
    call = "2026-03-04,Completed,Normal,1,Call,They have no budget this year.,005M000000uuuUU,0"
    tasks(export, *(f"00T{n},003M000000cccCC,{deal},Call,{call}" for n, deal in enumerate((other, unknown, "500M1"))))
    (export / "Event.csv").unlink()
    done = activities(bring_in_export(ledger, export, NOW))
    assert len(deal_as_of(ledger.store.read(other)).touches) == 1
    assert {one.line for one in done.left_out} == {3, 4}
    assert set(done.reasons) == {"what it names is no deal of this export or of the ledger"}
    assert [one.name for one in touches(ledger, deal_as_of(ledger.store.read(DEAL))).values()] == ["event-00U1.txt"]


def test_headers_that_break_the_rules_stop_nothing(export: Path) -> None:
    tasks(export)
    odd = THEIRS.replace("tom@", "jürgen@"), THEIRS.replace("ines@cadence.example", "ines@[cadence"), THEIRS
    mails(export, *(f"02s{n},{DEAL},,{told},2026-06-0{n}T10:00:00.000Z,1,<[{n}]@x>" for n, told in enumerate(odd, 1)))
    ledger = MemoryLedger()
    done = activities(bring_in_export(ledger, export, NOW))
    heard = touches(ledger, deal_as_of(ledger.store.read(DEAL)))
    assert (done.read, sum(one.type == "mail" for one in heard.values())) == (4, 3)
    assert heard["email-02s1.eml"].mentions[0].email == "jürgen@harbour.example"
    assert [one.message_id for one in heard.values() if one.type == "mail"] == ["[1]@x", "[2]@x", "[3]@x"]


@pytest.mark.parametrize("mailbox_first", [True, False])
def test_a_mail_without_an_identifier_is_known_by_sender_minute_and_subject(
    mailbox_first: bool, export: Path, tmp_path: Path
) -> None:
    ledger = MemoryLedger()
    tasks(export)
    mails(export)
    bring_in_export(ledger, export, NOW)
    people, day = ("tom@harbour.example", "ines@cadence.example"), "Mon, 01 Jun 2026 12:00:07 +0200"
    (tmp_path / "1.eml").write_bytes(told(*people, day, "Budget", "We have none.", Message_ID="<m9@harbour.example>"))
    if mailbox_first:
        bring_in_mail(ledger, letters(tmp_path / "1.eml"), NOW)
    later = THEIRS.replace("Budget", "Another")
    mails(export, f"02s1,{DEAL},,{THEIRS},{WHEN},1,", f"02s2,{DEAL},,{later},{WHEN},1,")
    bring_in_export(ledger, export, NOW)
    if not mailbox_first:
        bring_in_mail(ledger, letters(tmp_path / "1.eml"), NOW)
    heard = touches(ledger, deal_as_of(ledger.store.read(DEAL)))
    assert sorted(one.subject or "" for one in heard.values() if one.type == "mail") == ["Another", "Budget"]


def test_a_meeting_keeps_its_time_and_a_day_alone_stands_at_noon(export: Path) -> None:
    header = TABLES["Event"].partition("\n")[0]
    event = f"003M000000cccCC,{DEAL},Visit,%s,A long day.,0,0,005M000000uuuUU,0"
    at = ("2026-06-02T02:00:00.000Z", "2026-11-22T07:00:00.000Z")
    rows = [f"00U{n},{event % when}" for n, when in enumerate(at)]
    (export / "Event.csv").write_text("\n".join([header, *rows]) + "\n")
    mails(export)
    ledger = MemoryLedger()
    bring_in_export(ledger, export, NOW)
    found = [touch.at for touch in deal_as_of(ledger.store.read(DEAL)).touches]
    assert datetime(2026, 3, 4, 12, tzinfo=UTC) in found
    assert found[-2:] == [datetime(2026, 6, 2, 2, tzinfo=UTC), datetime(2026, 11, 22, 7, tzinfo=UTC)]
    assert max(found) < NOW


def test_a_task_is_taken_where_its_mail_has_no_words(export: Path) -> None:
    tasks(export, TABLES["Task"].splitlines()[2].replace("To: Ines", "Body: They have no budget for it."))
    mails(export, f"02s1,{DEAL},00T2,tom@harbour.example,ines@cadence.example,,,,{WHEN},1,")
    ledger = MemoryLedger()
    bring_in_export(ledger, export, NOW)
    assert "task-00T2.txt" in touches(ledger, deal_as_of(ledger.store.read(DEAL)))
