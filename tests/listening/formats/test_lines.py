"""Transcripts in plain text: named lines, stamped lines, minutes; and notes, which they must not swallow."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from premortem.ledger.contents import Mention
from premortem.listening.formats.labels import names_somebody
from premortem.listening.formats.times import day_written
from tests.listening.formats.reading import opened, said


@pytest.mark.parametrize(
    "label",
    ["Dana Whitlock", "Ludo van der Berg", "Karim T. (matkt)", "Luca | Vero", "Speaker 2", "+1 614-555-0148", "M Foo",
     "dana@harbour.example", "Menon, Anjali", "Jean-Luc O'Neill", "Gwen A (Tennick Vale)", "李 明", "THS Front Office"],
)  # fmt: skip
def test_people_are_speakers(label: str) -> None:
    assert names_somebody(label)


@pytest.mark.parametrize(
    "label",
    ["Note", "http", "Next steps", "the thing is", "Economic Buyer", "Well, I said", "So what?", "He said. then"],
)
def test_prose_and_headings_are_no_speakers(label: str) -> None:
    assert not names_somebody(label)


def test_named_lines_go_on_until_the_next_name() -> None:
    call = opened(
        "Harbour, second call\n\nDana Whitlock: Who signs?\nTom Reyes: I do.\nNote: up to fifty.\nSee http://a.example\n"
        "Dana Whitlock: Thanks.\n"
    )
    assert call.format == "named lines"
    assert call.subject == "Harbour, second call"
    assert said(call) == [
        ("Dana Whitlock", "Who signs?"),
        ("Tom Reyes", "I do.\nNote: up to fifty.\nSee http://a.example"),
        ("Dana Whitlock", "Thanks."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Budget: 40k\nChampion: Dana\nNext step: call on Friday\n",
        "Rang Tom.\nNote: he was in a van.\nNote: call back.\n",
        "Ask for it: today.\nSay it: tomorrow.\n",
        "Tom Reyes: see his card.",
    ],
)
def test_notes_with_colons_stay_notes(text: str) -> None:
    note = opened(text)
    assert note.type == "note"
    assert note.turns[0].text == text.strip()


def test_stamps_before_the_name() -> None:
    call = opened(
        "[00:00:07] Carla Benvenuti: You're in the warehouse?\n[00:00:10] Emre: In the freezer.\nNext to it.\n"
    )
    assert call.format == "stamped lines"
    assert said(call) == [("Carla Benvenuti", "You're in the warehouse?"), ("Emre", "In the freezer.\nNext to it.")]
    assert [turn.start for turn in call.turns] == [7, 10]


def test_stamps_with_the_name_alone_and_the_text_below() -> None:
    call = opened("[00:12:03] Carla Benvenuti\nSo, who decides?\n\n[00:12:09] Emre Tuncel\nMy father.\n")
    assert said(call) == [("Carla Benvenuti", "So, who decides?"), ("Emre Tuncel", "My father.")]
    assert call.turns[0].start == 723


def test_stamps_after_the_name_as_otter_writes_them() -> None:
    call = opened(
        "Weekly\n3 March 2026\n\nCarla Benvenuti  0:04\nSo, who decides?\n\nUnknown Speaker  1:02:03\nMy father.\n"
    )
    assert said(call) == [("Carla Benvenuti", "So, who decides?"), ("Unknown Speaker", "My father.")]
    assert call.turns[1].start == 3723
    assert call.at == datetime(2026, 3, 3, 12, tzinfo=UTC)


def test_stamps_on_lines_of_their_own_as_meet_writes_them() -> None:
    call = opened("Harbour (2026-03-03)\n\n00:00:00\n\nDana Whitlock: Hi.\nTom Reyes: Hi!\n\n00:05:00\n\nStill here.\n")
    assert said(call) == [("Dana Whitlock", "Hi."), ("Tom Reyes", "Hi!"), (None, "Still here.")]
    assert [turn.start for turn in call.turns] == [0, None, 300]


def test_a_signed_note_has_author_day_and_the_rest_verbatim() -> None:
    note = opened("Note by Gemma Stott, 27 May 2025\n\nTom Reyes: keen.\nDana Whitlock: not.\nTom Reyes: will try.\n")
    assert note.type == "note"
    assert note.mentions == (Mention(how="author", name="Gemma Stott"),)
    assert (note.at, note.day_only) == (datetime(2025, 5, 27, 12, tzinfo=UTC), True)
    assert said(note) == [("Gemma Stott", "Tom Reyes: keen.\nDana Whitlock: not.\nTom Reyes: will try.")]


def test_an_unsigned_note_has_no_author() -> None:
    note = opened("Rang Tom, 5 min.\nHe is keen.", "2026-02-01-note.txt")
    assert said(note) == [(None, "Rang Tom, 5 min.\nHe is keen.")]
    assert note.mentions == ()
    assert note.at == datetime(2026, 2, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "day"),
    [("2026-01-29", 29), ("29 January 2026", 29), ("Jan 29 2026", 29), ("January 29th, 2026", 29), ("29.01.2026", 29),
     ("29/1/2026", 29), ("1/29/2026", 29), ("8th January 2026", 8)],
)  # fmt: skip
def test_days_are_read_as_people_write_them(written: str, day: int) -> None:
    assert day_written(f"Note by X, {written}") == datetime(2026, 1, day, 12, tzinfo=UTC)


@pytest.mark.parametrize("written", ["03/04/2026", "31 February 2026", "2026-13-01", "soon"])
def test_a_day_that_cannot_be_told_is_none(written: str) -> None:
    assert day_written(written) is None


MINUTES = """# Committee | 8th October 2024

**Attendees:**

| Name         | Abbreviation | Organization |
|--------------|--------------|--------------|
| Ana Bell     | ABL          | Harbour      |
| Tom Reyes    | TR           |              |
| Silent Sue   | ?            | Quay         |

## Budget

Presenter: Ana Bell (ABL)

- [slides](https://a.example)

ABL: It is there.

We only have to ask.

TR (on queue): Who signs?
XYZ: The board: on Friday.
???: Ok.

### Summary

- It is there.
"""


def test_minutes_name_their_speakers_by_the_table() -> None:
    call = opened(MINUTES, "day.md")
    assert call.format == "minutes"
    assert said(call) == [
        ("Ana Bell", "It is there.\n\nWe only have to ask."),
        ("Tom Reyes", "Who signs?"),
        ("XYZ", "The board: on Friday."),
        (None, "Ok."),
    ]
    assert call.mentions == (
        Mention(how="listed", name="Ana Bell", organisation="Harbour"),
        Mention(how="listed", name="Tom Reyes"),
        Mention(how="listed", name="Silent Sue", organisation="Quay"),
    )
    assert call.at == datetime(2024, 10, 8, 12, tzinfo=UTC)
    assert "left out" in call.remarks[0]
