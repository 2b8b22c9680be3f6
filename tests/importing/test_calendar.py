"""Calendars' files (RFC 5545): folded lines, zones by any name, series with exceptions, and who answered what."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from premortem.errors import Unreadable
from premortem.importing.calendar.reading import Meeting, read_calendar

BERLIN = "DTSTART;TZID=Europe/Berlin:20260414T100000"


def calendar(tmp_path: Path, *events: str, head: str = "", zone: str | None = None) -> list[Meeting]:
    body = "".join(f"BEGIN:VEVENT\r\nUID:u{at}\r\n{one}\r\nEND:VEVENT\r\n" for at, one in enumerate(events))
    file = tmp_path / "a.ics"
    file.write_bytes(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{head}{body}END:VCALENDAR\r\n".encode())
    return read_calendar(file, zone)


def starts(meetings: list[Meeting]) -> list[str]:
    return [f"{one.start:%m-%d %H:%M}" for one in meetings if one.start is not None]


def test_a_meeting_tells_when_it_was_and_who_answered_what(tmp_path: Path) -> None:
    (one,) = calendar(
        tmp_path,
        f"{BERLIN}\r\nDURATION:PT45M\r\nSUMMARY:Plan\\, and\\nprices\r\n"
        "ORGANIZER;CN=Ines Okafor:mailto:ines@cadence.example\r\n"
        'ATTENDEE;CN="Reyes; Tom";PARTSTAT=ACC\r\n EPTED;ROLE=REQ-PARTICIPANT:MAILTO:Tom@Harbour.example\r\n'
        "ATTENDEE;PARTSTAT=DECLINED:mailto:dana@harbour.example\r\n"
        "ATTENDEE;CN=al@law.example:mailto:al@law.example\r\n"
        "ATTENDEE;CUTYPE=ROOM:mailto:room1@cadence.example",
    )
    assert one.start == datetime(2026, 4, 14, 8, tzinfo=UTC)
    assert one.end == datetime(2026, 4, 14, 8, 45, tzinfo=UTC)
    assert one.subject == "Plan, and prices"
    assert [(who.name, who.email, who.answer) for who in one.invitees] == [
        ("Ines Okafor", "ines@cadence.example", "accepted"),
        ("Reyes; Tom", "tom@harbour.example", "accepted"),
        (None, "dana@harbour.example", "declined"),
        (None, "al@law.example", "none"),
    ]


@pytest.mark.parametrize(
    ("start", "head", "zone", "hour"),
    [
        ("DTSTART:20260414T100000Z", "", None, 10),
        ("DTSTART;TZID=W. Europe Standard Time:20260414T100000", "", None, 8),
        ("DTSTART;TZID=/mozilla.org/20050126_1/Europe/Berlin:20260414T100000", "", None, 8),
        ("DTSTART:20260414T100000", "X-WR-TIMEZONE:America/New_York\r\n", None, 14),
        ("DTSTART:20260414T100000", "", "Asia/Tokyo", 1),
    ],
)
def test_zones_are_known_by_any_of_their_names(
    tmp_path: Path, start: str, head: str, zone: str | None, hour: int
) -> None:
    (one,) = calendar(tmp_path, start, head=head, zone=zone)
    assert one.start == datetime(2026, 4, 14, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("DTSTART:20260414T100000", "its time names no zone: say which, --zone Europe/Amsterdam"),
        ("DTSTART;TZID=Our Time:20260414T100000", "nobody here knows the time zone 'Our Time'"),
        ("DTSTART;VALUE=DATE:20260414", "it takes whole days"),
        ("SUMMARY:x", "nothing tells when it was"),
        (f"{BERLIN}\r\nSTATUS:CANCELLED", "it was called off"),
        (f"{BERLIN}\r\nCLASS:PRIVATE", "it is marked as private"),
    ],
)
def test_what_no_call_can_belong_to_is_said(tmp_path: Path, lines: str, why: str) -> None:
    (one,) = calendar(tmp_path, lines)
    assert one.aside == why


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("FREQ=WEEKLY;COUNT=3", ["04-14 08:00", "04-21 08:00", "04-28 08:00"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;UNTIL=20260429T235959Z", ["04-14 08:00", "04-16 08:00", "04-28 08:00"]),
        ("FREQ=DAILY;INTERVAL=10;COUNT=2", ["04-14 08:00", "04-24 08:00"]),
        ("FREQ=MONTHLY;BYDAY=2TU;COUNT=3", ["04-14 08:00", "05-12 08:00", "06-09 08:00"]),
        ("FREQ=MONTHLY;INTERVAL=8;COUNT=2", ["04-14 08:00", "12-14 09:00"]),
    ],
)  # fmt: skip
def test_a_series_takes_place_at_the_same_hour_of_the_clock(tmp_path: Path, rule: str, found: list[str]) -> None:
    assert starts(calendar(tmp_path, f"{BERLIN}\r\nRRULE:{rule}")) == found


def test_a_series_leaves_out_what_was_dropped_and_tells_what_was_moved(tmp_path: Path) -> None:
    file = tmp_path / "series.ics"
    file.write_text(
        f"""BEGIN:VCALENDAR
BEGIN:VEVENT
UID:s
{BERLIN}
RRULE:FREQ=WEEKLY;COUNT=4
EXDATE;TZID=Europe/Berlin:20260428T100000
END:VEVENT
BEGIN:VEVENT
UID:s
RECURRENCE-ID;TZID=Europe/Berlin:20260421T100000
DTSTART;TZID=Europe/Berlin:20260422T150000
END:VEVENT
END:VCALENDAR
"""
    )
    assert sorted(starts(read_calendar(file))) == ["04-14 08:00", "04-22 13:00", "05-05 08:00"]


def test_of_a_rule_that_nobody_understands_only_the_first_is_taken_and_that_is_said(tmp_path: Path) -> None:
    for rule in ("DAILY;INTERVAL=99999999999999999999", "WEEKLY;INTERVAL=999999999", "DAILY;COUNT=-1"):
        assert len(calendar(tmp_path, f"{BERLIN}\r\nRRULE:FREQ={rule}")) == 1
    (one,) = calendar(tmp_path, f"{BERLIN}\r\nRRULE:FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1")
    assert one.remark is not None
    assert "only its first meeting is taken" in one.remark


def test_a_file_that_breaks_off_says_so_and_one_without_a_calendar_is_refused(tmp_path: Path) -> None:
    cut = tmp_path / "cut.ics"
    cut.write_text(f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:u\n{BERLIN}\nATTEND")
    (one,) = read_calendar(cut)
    assert one.aside == "the file breaks off in it"
    cut.write_text("BEGIN:VCARD\nEND:VCARD\n")
    with pytest.raises(Unreadable, match="it holds no calendar"):
        read_calendar(cut)
    with pytest.raises(Unreadable, match="there is no time zone 'Mars'"):
        read_calendar(cut, "Mars")


OUTLOOK = """BEGIN:VTIMEZONE
TZID:Customized Time Zone
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
""".replace("\n", "\r\n")
OWN = "DTSTART;TZID=Customized Time Zone:20261020T100000\r\nRRULE:FREQ=WEEKLY;COUNT=3"


def test_a_zone_that_the_calendar_defines_itself_is_understood(tmp_path: Path) -> None:
    assert starts(calendar(tmp_path, OWN, head=OUTLOOK)) == ["10-20 08:00", "10-27 09:00", "11-03 09:00"]
    fixed = OUTLOOK.replace("RRULE:", "X-RULE:")
    assert starts(calendar(tmp_path, OWN, head=fixed)) == ["10-20 09:00", "10-27 09:00", "11-03 09:00"]


@pytest.mark.parametrize(
    ("told", "odd"),
    [("BYDAY=-1SU", "BYDAY=SU"), ("FREQ=YEARLY", "FREQ=MONTHLY"), ("+0200", "+9900"), ("16010101", "16011301")],
)
def test_a_zone_that_is_understood_in_part_is_not_understood(tmp_path: Path, told: str, odd: str) -> None:
    (one,) = calendar(tmp_path, OWN, head=OUTLOOK.replace(told, odd))
    assert one.aside == "nobody here knows the time zone 'Customized Time Zone'"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_names_survive_the_encodings_of_older_programs(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "a.ics"
    event = f"BEGIN:VEVENT\nUID:u\n{BERLIN}\nATTENDEE;CN=Jörg Müller:mailto:j@harbour.example\nEND:VEVENT"
    file.write_bytes(f"BEGIN:VCALENDAR\n{event}\nEND:VCALENDAR\n".encode(encoding))
    assert [one.name for one in read_calendar(file)[0].invitees] == ["Jörg Müller"]
