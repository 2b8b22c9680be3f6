"""A calendar joins the calls that were held: who was invited and silent, and who was invited and absent."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from premortem.acts.bringing_in.bring_in import bring_in
from premortem.acts.bringing_in.bring_in_calendar import CalendarDocument, bring_in_calendar
from premortem.acts.witness import Witness
from premortem.importing.calendar.reading import read_calendar
from premortem.ledger.contents import MemoryLedger
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Touch
from premortem.ledger.fold import deal_as_of
from tests.acts.harbour import CALL, harbour

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 9, tzinfo=UTC)
INVITED = """ORGANIZER;CN=Ines Okafor:mailto:ines@cadence.example
ATTENDEE;PARTSTAT=ACCEPTED;CN=Tom Reyes:mailto:tom@harbour.example
ATTENDEE;PARTSTAT=ACCEPTED;CN=Mia Lund:mailto:mia@harbour.example
ATTENDEE;PARTSTAT=DECLINED;CN=Kim Bauer:mailto:kim@harbour.example
ATTENDEE;PARTSTAT=NEEDS-ACTION;CN=Lee Voss:mailto:lee@harbour.example"""


@pytest.fixture
def ledger(tmp_path: Path) -> MemoryLedger:
    held = MemoryLedger()
    bring_in(held, harbour(tmp_path), NOW)
    return held


def another(folder: Path, ledger: MemoryLedger, name: str, text: str) -> None:
    """Bring in one more transcript of the deal."""
    (folder / name).write_text(text, encoding="utf-8")
    bring_in(ledger, folder / name, NOW, "d-1")


def came(done: CalendarDocument) -> dict[str, str]:
    return {one.called: one.came for line in done.meetings for one in line.invited}


def joined(ledger: MemoryLedger, folder: Path, *meetings: str, preview: bool = False) -> CalendarDocument:
    events = "".join(f"BEGIN:VEVENT\nUID:u{at}\n{one}\nEND:VEVENT\n" for at, one in enumerate(meetings))
    file = folder / "a.ics"
    file.write_text(f"BEGIN:VCALENDAR\n{events}END:VCALENDAR\n")
    return bring_in_calendar(ledger, read_calendar(file), LATER, preview=preview)


def meeting(day: str = "20260113", invited: str = INVITED) -> str:
    return f"SUMMARY:Plan\nDTSTART;TZID=Europe/London:{day}T100000\nDTEND;TZID=Europe/London:{day}T110000\n{invited}"


def parts(ledger: MemoryLedger) -> tuple[Deal, dict[str, str]]:
    deal = deal_as_of(ledger.store.read("d-1"))
    names = Witness(deal, ledger.contents).cards
    return deal, {(card.name or ""): one.how for one in deal.touches[0].parts if (card := names.get(one.person))}


def test_a_call_learns_who_was_invited_and_silent_and_who_stayed_away(ledger: MemoryLedger, tmp_path: Path) -> None:
    facts = len(deal_as_of(ledger.store.read("d-1")).facts)
    done = joined(ledger, tmp_path, meeting())
    (line,) = done.meetings
    assert (line.became, line.deal, line.why) == ("joined", "d-1", "it is the call 2026-01-13-call.vtt")
    assert [(one.called, one.came) for one in line.invited] == [
        ("Ines Okafor", "spoke"),
        ("Tom Reyes", "spoke"),
        ("Mia Lund", "silent"),
        ("Kim Bauer", "absent"),
        ("Lee Voss", "unknown"),
    ]
    deal, took_part = parts(ledger)
    assert (took_part["Mia Lund"], took_part["Kim Bauer"]) == ("listed", "named")
    assert "Lee Voss" not in took_part  # nothing tells whether they came
    mia = next(one.person for one in deal.touches[0].parts if one.how == "listed")
    assert deal.side(mia) == "buyer"
    assert deal.touches[0].measures is not None
    assert mia in deal.touches[0].measures.silent
    assert len(deal.facts) == facts


def test_the_same_calendar_twice_adds_nothing_and_a_preview_writes_nothing(
    ledger: MemoryLedger, tmp_path: Path
) -> None:
    before = ledger.store.read("d-1")
    assert joined(ledger, tmp_path, meeting(), preview=True).counts == {"joined": 1}
    assert ledger.store.read("d-1") == before
    joined(ledger, tmp_path, meeting())
    after = ledger.store.read("d-1")
    assert joined(ledger, tmp_path, meeting()).counts == {"known": 1}
    assert ledger.store.read("d-1") == after


def test_two_meetings_for_one_call_are_asked_about(ledger: MemoryLedger, tmp_path: Path) -> None:
    done = joined(ledger, tmp_path, meeting(), meeting())
    assert done.counts == {"asked": 2}
    assert "another meeting fits" in done.meetings[0].why


def test_a_meeting_of_another_day_or_of_strangers_joins_nothing(ledger: MemoryLedger, tmp_path: Path) -> None:
    strangers = "ATTENDEE:mailto:mother@gmail.com"
    ours = "ATTENDEE:mailto:gerrit@cadence.example"
    done = joined(ledger, tmp_path, meeting("20260120"), meeting(invited=strangers), meeting(invited=ours))
    assert [(one.became, one.subject) for one in done.meetings] == [
        ("no_call", "Plan"),
        ("left_out", ""),
        ("left_out", ""),
    ]
    assert done.meetings[1].why == "nobody invited belongs to a known account"


def test_a_voice_that_nobody_is_known_by_may_be_anybody_who_accepted(ledger: MemoryLedger, tmp_path: Path) -> None:
    another(tmp_path, ledger, "2026-01-20-call.vtt", CALL.replace("Tom Reyes>", "Speaker 2>"))
    before = ledger.store.read("d-1")
    done = joined(ledger, tmp_path, meeting("20260120"))
    assert came(done) == {
        "Ines Okafor": "spoke",
        "Tom Reyes": "spoke",  # the deal's only buyer so far, so he was taken for Speaker 2
        "Mia Lund": "unknown",  # but it may as well have been her
        "Kim Bauer": "absent",
        "Lee Voss": "unknown",
    }
    new = [one.body for one in ledger.store.read("d-1")[len(before) :]]
    assert [one.how for body in new if isinstance(body, Touch) for one in body.parts if one.how == "listed"] == []


def test_a_voice_with_another_full_name_takes_nobodys_place(ledger: MemoryLedger, tmp_path: Path) -> None:
    another(tmp_path, ledger, "2026-01-20-call.vtt", CALL.replace("Tom Reyes>", "Bob Jones>"))
    assert came(joined(ledger, tmp_path, meeting("20260120")))["Mia Lund"] == "silent"


def test_people_are_known_however_a_directory_writes_them(ledger: MemoryLedger, tmp_path: Path) -> None:
    another(tmp_path, ledger, "2026-01-20-call.vtt", CALL.replace("Tom Reyes>", "Jörg Müller>"))
    listed = """ATTENDEE;PARTSTAT=ACCEPTED;CN="Mueller, Joerg":mailto:joerg@harbour.example
ATTENDEE;PARTSTAT=ACCEPTED;CN="Lund, Mia":mailto:mia@harbour.example
ATTENDEE;PARTSTAT=ACCEPTED:mailto:jm@harbour.example"""
    assert came(joined(ledger, tmp_path, meeting("20260120", listed))) == {
        "Jörg Müller": "spoke",
        "Mia Lund": "silent",
        "jm@harbour.example": "silent",  # every voice is somebody else's
    }


def test_a_transcript_that_comes_after_its_invitation_is_joined_the_next_time(
    ledger: MemoryLedger, tmp_path: Path
) -> None:
    assert joined(ledger, tmp_path, meeting("20260120")).counts == {"no_call": 1}
    another(tmp_path, ledger, "2026-01-20-call.vtt", CALL.replace("Tom,", "Well,"))
    assert joined(ledger, tmp_path, meeting("20260120")).counts == {"joined": 1}


def test_of_a_series_only_what_was_held_by_now_waits_for_a_call(ledger: MemoryLedger, tmp_path: Path) -> None:
    done = joined(ledger, tmp_path, f"{meeting('20261110')}\nRRULE:FREQ=WEEKLY;COUNT=5")
    assert [one.on for one in done.meetings] == ["2026-11-10", "2026-11-17"]
    assert done.remarks == ["3 meetings are still to come: bring the calendar in again when they were held"]


def test_what_was_called_off_later_or_moved_joins_by_its_newest_state(ledger: MemoryLedger, tmp_path: Path) -> None:
    first = f"SEQUENCE:0\n{meeting('20260112')}".replace("PARTSTAT=ACCEPTED;CN=Mia", "PARTSTAT=DECLINED;CN=Mia")
    file = tmp_path / "mails.ics"
    events = [f"BEGIN:VEVENT\nUID:one\n{one}\nEND:VEVENT\n" for one in (f"SEQUENCE:2\n{meeting()}", first)]
    file.write_text("".join(f"BEGIN:VCALENDAR\n{one}END:VCALENDAR\n" for one in events))
    done = bring_in_calendar(ledger, read_calendar(file), LATER)
    assert (done.counts, came(done)["Mia Lund"]) == ({"joined": 1}, "silent")
    off = f"BEGIN:VEVENT\nUID:one\nSEQUENCE:3\n{meeting()}\nEND:VEVENT\n"
    file.write_text(file.read_text() + f"BEGIN:VCALENDAR\nMETHOD:CANCEL\n{off}END:VCALENDAR\n")
    assert [one.why for one in bring_in_calendar(ledger, read_calendar(file), LATER).meetings] == ["it was called off"]
