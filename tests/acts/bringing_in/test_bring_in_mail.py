"""A mailbox comes in: once, twice, as a preview, killed half-way, and with answers to what was asked."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from premortem.acts.bringing_in.bring_in_mail import bring_in_mail
from premortem.errors import Unreadable
from premortem.importing.mailbox.opening import letters
from premortem.importing.placing.answers import Question, answers_in, write_questions
from premortem.importing.placing.privacy import Privacy, read_privacy
from premortem.ledger.contents import Card, MemoryLedger, digest, keep_card
from premortem.ledger.entries import Body, Entry, Opened, Person
from premortem.ledger.fold import ALWAYS, deal_as_of
from tests.importing.letters_told import told

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TOM, INES = "Tom Reyes <tom@harbour.example>", "Ines Okafor <ines@cadence.example>"


@pytest.fixture
def ledger() -> MemoryLedger:
    """Two deals: Harbour, where Tom is, and Quay, where Jo is and a lawyer who is in Harbour too."""
    held = MemoryLedger()
    people = {"d-harbour": ("Tom Reyes", "tom@harbour.example"), "d-quay": ("Jo Amsel", "jo@quay.example")}
    for deal, (name, email) in people.items():
        account = name_of_account(email)
        both = (
            ("Ines Okafor", "ines@cadence.example", "seller"),
            (name, email, "buyer"),
            ("Al Law", "al@law.example", "outside"),
        )
        bodies: list[tuple[datetime, Body]] = [
            (datetime(2026, 1, 12, 12, tzinfo=UTC), Opened(f"{account}: scheduling", account, "Cadence"))
        ]
        for called, address, side in both:
            card = keep_card(held.contents, Card(called, emails=(address,)))
            bodies.append((ALWAYS, Person(f"p-{digest(f'{deal} {called}'.encode())[:10]}", card, side)))  # type: ignore[arg-type]
        held.store.append([Entry(deal, at, NOW, "import:deal-folder", body) for at, body in bodies])
    return held


def name_of_account(email: str) -> str:
    return email.partition("@")[2].partition(".")[0].title()


@pytest.fixture
def box(tmp_path: Path) -> Path:
    folder = tmp_path / "mails"
    folder.mkdir()
    written = {
        "1.eml": told(TOM, INES, Message_ID="<1@x>", body="Dana Whitlock signs anything over fifty thousand."),
        "2.eml": told(INES, TOM, Message_ID="<2@x>", In_Reply_To="<1@x>", body="Thank you, Tom."),
        "3.eml": told("al@law.example", INES, Message_ID="<3@x>", subject="=Terms"),
        "4.eml": told("mother@gmail.com", INES, Message_ID="<4@x>", subject="Sunday"),
        "5.png": b"\x89PNG....",
    }
    for name, data in written.items():
        (folder / name).write_bytes(data)
    return folder


def test_mails_are_placed_and_read_and_their_facts_stand_in_the_deal(ledger: MemoryLedger, box: Path) -> None:
    done = bring_in_mail(ledger, letters(box), NOW)
    assert done.counts == {"placed": 2, "asked": 1, "left_out": 2}
    assert (done.read, done.deals) == (2, {"d-harbour": 2})
    deal = deal_as_of(ledger.store.read("d-harbour"))
    assert [touch.type for touch in deal.touches] == ["mail", "mail"]
    assert "decision_maker_named" in {known.fact.claim for known in deal.facts}


def test_what_is_left_out_shows_neither_sender_nor_subject(ledger: MemoryLedger, box: Path) -> None:
    done = bring_in_mail(ledger, letters(box), NOW)
    private = next(one for one in done.mails if one.place == "4.eml")
    assert (private.sender, private.subject, private.why) == ("", "", "nobody in it belongs to a known account")
    assert done.reasons["it holds no mail"] == 1


def test_the_same_mailbox_twice_adds_nothing(ledger: MemoryLedger, box: Path) -> None:
    bring_in_mail(ledger, letters(box), NOW)
    before = ledger.store.read("d-harbour")
    again = bring_in_mail(ledger, letters(box), NOW)
    assert (again.read, again.known, again.counts["placed"]) == (0, 2, 2)
    assert ledger.store.read("d-harbour") == before


def test_a_preview_writes_nothing(ledger: MemoryLedger, box: Path) -> None:
    before = ledger.store.read("d-harbour")
    told_ahead = bring_in_mail(ledger, letters(box), NOW, preview=True)
    assert told_ahead.counts == {"placed": 2, "asked": 1, "left_out": 2}
    assert ledger.store.read("d-harbour") == before


def test_an_import_that_breaks_off_goes_on_where_it_stopped(ledger: MemoryLedger, box: Path) -> None:
    def pulled_out(what: str, done: int, of: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring_in_mail(ledger, letters(box), NOW, progress=pulled_out)
    assert len(deal_as_of(ledger.store.read("d-harbour")).touches) == 1
    rest = bring_in_mail(ledger, letters(box), NOW)
    assert (rest.read, rest.known) == (1, 1)


def test_a_mail_that_is_gone_when_it_is_to_be_read_is_told(ledger: MemoryLedger, box: Path) -> None:
    def thrown_away(what: str, done: int, of: int) -> None:
        raise AssertionError("nothing is left to be read")

    found = list(letters(box))
    (box / "1.eml").unlink()
    (box / "2.eml").unlink()
    done = bring_in_mail(ledger, found, NOW, progress=thrown_away)
    assert done.counts == {"asked": 1, "left_out": 4}
    assert "it can't be read: no such file or directory" in done.reasons


def test_what_is_asked_is_answered_in_a_table(ledger: MemoryLedger, box: Path, tmp_path: Path) -> None:
    table = tmp_path / "asked.csv"
    first = bring_in_mail(ledger, letters(box), NOW)
    write_questions(table, (one.question for one in first.of("asked")), {})
    text = table.read_text(encoding="utf-8-sig")
    assert "'=Terms" in text  # a spreadsheet would run it
    assert "d-harbour (al@law.example takes part in it) | d-quay" in text
    table.write_text(text.rstrip("\n").rstrip(",") + ",d-quay\n", encoding="utf-8-sig")
    answers = answers_in(table)
    assert answers == {"3@x": "d-quay"}
    second = bring_in_mail(ledger, letters(box), NOW, answers=answers)
    assert (second.read, second.deals["d-quay"], second.counts["asked"]) == (1, 1, 0)
    write_questions(table, (), answers)
    assert answers_in(table) == {"3@x": "d-quay"}


def test_a_table_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "asked.csv").write_text("a;b\n1;2\n")
    with pytest.raises(Unreadable, match="no columns 'key' and 'deal'"):
        write_questions(tmp_path / "asked.csv", [Question("k", "", "", "", "")], {})


def test_the_settings_of_a_firm_hold(tmp_path: Path) -> None:
    file = tmp_path / "mail.toml"
    file.write_text('own = ["cadence.example"]\nnever = ["hr@cadence.example"]\n[accounts]\nQuay = ["quay.ch"]\n')
    assert read_privacy(file) == Privacy(
        own=("cadence.example",), never=("hr@cadence.example",), accounts={"Quay": ("quay.ch",)}
    )


def test_where_the_settings_are_wrong_no_mail_is_read(tmp_path: Path) -> None:
    file = tmp_path / "mail.toml"
    file.write_text('nevver = ["hr@cadence.example"]\n')
    with pytest.raises(Unreadable, match=r"unknown field `nevver`.*There are: own, never"):
        read_privacy(file)
    file.write_text("never = [")
    with pytest.raises(Unreadable, match="until then no mail is read"):
        read_privacy(file)
