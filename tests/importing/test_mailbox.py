"""Mailboxes as they lie on disk: mbox, Maildir, folders of mails, and what headers tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from premortem.errors import Unreadable
from premortem.importing.mailbox.letter import head_of
from premortem.importing.mailbox.opening import letters
from premortem.listening.formats.mailbox import mails_in
from tests.importing.letters_told import told
from tests.material import material

TOM, INES = "Tom Reyes <Tom@Harbour.example>", "ines@cadence.example"


def as_mbox(*mails: bytes) -> bytes:
    return b"".join(b"From tom Mon Jan  6 08:00:00 2026\n" + one.replace(b"\r\n", b"\n") + b"\n" for one in mails)


def test_an_mbox_gives_its_mails_one_by_one(tmp_path: Path) -> None:
    box = tmp_path / "team.mbox"
    box.write_bytes(as_mbox(told(TOM, INES, body="one\n\n>From here on"), told(INES, TOM, body="From: no beginning")))
    found = list(letters(box))
    assert [one.place for one in found] == ["team.mbox#1", "team.mbox#2"]
    assert found[0].whole() == mails_in(box.read_bytes())[0]
    assert b"\n\nFrom here on" in found[0].whole()
    assert head_of(found[1].head).sender == INES


def test_a_line_from_in_the_middle_of_words_begins_no_mail(tmp_path: Path) -> None:
    box = tmp_path / "sent"
    box.write_bytes(as_mbox(told(TOM, INES, body="Hello\n\nFrom what I hear, yes.\nTom")))
    assert len(list(letters(box))) == 1


def test_a_line_of_many_megabytes_is_one_mail(tmp_path: Path) -> None:
    box = tmp_path / "big.mbox"
    box.write_bytes(as_mbox(told(TOM, INES, body="x" * 5_000_000), told(TOM, INES)))
    assert len(list(letters(box))) == 2


def test_a_maildir_tells_drafts_and_what_was_thrown_away(tmp_path: Path) -> None:
    for name in ("cur/1.host:2,S", "cur/2.host:2,ST", "cur/3.host:2,D", ".Sent/new/4.host", "tmp/5.host"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(told(TOM, INES))
    found = {one.place: (one.aside, one.folder) for one in letters(tmp_path)}
    assert found["cur/1.host:2,S"] == (None, "")
    assert found["cur/2.host:2,ST"] == ("it was thrown away", "")
    assert found["cur/3.host:2,D"] == ("it is a draft", "")
    assert found[".Sent/new/4.host"] == (None, "Sent")
    assert "never delivered" in (found["tmp/5.host"][0] or "")


def test_every_file_of_a_folder_comes_out_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(told(TOM, INES))
    (tmp_path / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n....")
    (tmp_path / "c.eml").write_bytes(b"")
    (tmp_path / "d.eml").write_bytes(told(TOM, INES, X_Mozilla_Status="0009"))
    asides = {one.place: one.aside for one in letters(tmp_path)}
    assert asides == {
        "a.eml": None,
        "b.png": "it holds no mail",
        "c.eml": "it is empty",
        "d.eml": "it was thrown away",
    }


def test_a_single_file_that_is_no_mailbox_is_refused(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("a,b\n1,2\n")
    with pytest.raises(Unreadable, match="it holds no mail"):
        list(letters(tmp_path / "list.csv"))


def test_headers_tell_people_thread_and_time() -> None:
    head = head_of(
        told(
            '=?utf-8?q?J=C3=BCrgen?= "x@y.example" <J@Werk.example>',
            'ines@cadence.example, "Reyes, Tom" <tom@harbour.example>',
            Message_ID="<a@b>",
            In_Reply_To="<p@q>",
            References="<r@s>\r\n <p@q>",
            Cc="Law <law@counsel.example>",
        )
    )
    assert (head.id, head.answers) == ("a@b", ("r@s", "p@q"))
    assert head.sender == "j@werk.example"
    assert head.addresses == ("j@werk.example", "ines@cadence.example", "tom@harbour.example", "law@counsel.example")
    assert head.at is not None
    assert head.at.isoformat() == "2026-04-14T09:00:00+00:00"


def test_without_a_date_the_last_server_tells_it() -> None:
    head = head_of(told("a@b.example", "c@d.example", day="", Received="from x by y; Tue, 14 Apr 2026 11:00:00 +0200"))
    assert head.at is not None
    assert head.at.hour == 9


def test_machines_and_lists_are_told() -> None:
    assert "machine" in (head_of(told("a@b.c", "d@e.f", Auto_Submitted="auto-replied")).automatic or "")
    assert "list" in (head_of(told("a@b.c", "d@e.f", List_Id="<x.y>")).automatic or "")
    assert head_of(told("a@b.c", "d@e.f", Auto_Submitted="no")).automatic is None


def test_odd_mails_by_others_are_read_as_far_as_they_go() -> None:
    found = list(letters(material("data/mail")))
    heads = [head_of(one.head) for one in found if one.aside is None]
    assert len(heads) > 30
    assert all("@" in address for head in heads for address in head.addresses)
    assert sum(bool(head.sender) for head in heads) >= len(heads) - 4
