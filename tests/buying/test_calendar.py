"""A plan to take along: a calendar that keeps to RFC 5545, and a table in which nothing computes."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from premortem.buying.calendar import OCTETS, Line, as_csv, as_ics

STAMP = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
BOARD = Line(
    "m-1", "Board; the second, if needed", "You", "Dana", date(2026, 2, 28), None, 2.5, "Bring\nthe sheet \\ it"
)


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_a_day_is_an_event_of_the_whole_day() -> None:
    lines = unfolded(as_ics([BOARD], "Our plan", STAMP))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "DTSTART;VALUE=DATE:20260228" in lines
    assert "DTEND;VALUE=DATE:20260301" in lines  # the end is the day after
    assert "DTSTAMP:20260302T093000Z" in lines
    assert "SUMMARY:Board\\; the second\\, if needed" in lines
    assert "DESCRIPTION:You: Dana\\nBring\\nthe sheet \\\\ it" in lines
    assert "UID:m-1@plan.invalid" in lines


def test_what_has_no_day_is_in_no_calendar() -> None:
    assert "BEGIN:VEVENT" not in as_ics([BOARD._replace(due=None)], "Our plan", STAMP)


@given(st.text(max_size=300))
def test_whatever_is_written_keeps_the_form(words: str) -> None:
    text = as_ics([BOARD._replace(title=words, note=words)], words, STAMP)
    for line in text.removesuffix("\r\n").split("\r\n"):
        assert len(line.encode("utf-8", "surrogatepass")) <= OCTETS
    names = [line.partition(":")[0].partition(";")[0] for line in unfolded(text)]
    assert names.count("BEGIN") == names.count("END") == 2
    assert names.count("SUMMARY") == 1


def test_a_table_is_read_back_and_computes_nothing() -> None:
    evil = BOARD._replace(title="=HYPERLINK(1)", owner="@Dana", note="+1")
    rows = list(csv.reader(io.StringIO(as_csv([BOARD, evil]))))
    assert rows[0] == ["Step", "Whose", "Who", "By", "Done", "Hours", "Hours taken", "Note"]
    note = "Bring\nthe sheet \\ it"
    assert rows[1] == ["Board; the second, if needed", "You", "Dana", "2026-02-28", "", "2.5", "", note]
    assert (rows[2][0], rows[2][2], rows[2][7]) == ("'=HYPERLINK(1)", "'@Dana", "'+1")
