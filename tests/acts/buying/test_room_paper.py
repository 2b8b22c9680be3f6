"""The plan on paper: what both sides see and nothing else, in letters that are there, with no product's name."""

from __future__ import annotations

import base64
import re
import zlib
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest

from premortem.acts.buying import paper_fonts
from premortem.acts.buying.paper_fonts import Letters
from premortem.acts.buying.room import (
    CommentInRoom,
    NothingInRoom,
    PersonInRoom,
    RoomDocument,
    SayingInRoom,
    StepInRoom,
)
from premortem.acts.buying.room_paper import paper
from premortem.buying.doing_nothing import Cost

TODAY = date(2026, 11, 22)
CYRILLIC = "\u0414\u0430\u0440\u044c\u044f"
ARABIC = "\u0645\u062d\u0645\u062f \u0639\u0644\u064a"
JAPANESE = "\u7530\u4e2d \u3055\u304f\u3089"
POLISH = "\u0141ukasz"


def words_in(pdf: bytes) -> str:
    """All that a PDF holds, its packed parts unpacked: what western letters say can be read in it."""
    streams = re.findall(rb"stream\r?\n(.*?)~>\s*endstream", pdf, re.DOTALL)
    unpacked = [zlib.decompress(base64.a85decode(one.strip())) for one in streams if one]
    return b"\n".join([pdf, *unpacked]).decode("latin-1").replace(") Tj (", "")


def a_step(title: str = "Ask the board", **more: object) -> StepInRoom:
    told: dict[str, object] = {"id": "m-1", "title": title, "whose": "buyer", "owner": None, "owner_name": "Maxine"}
    told |= {"owner_hidden": False, "due": date(2026, 12, 3), "day_by": "buyer", "done": None, "hours": 2.5}
    told |= {"note": "They sit on Tuesdays.", "late": False, "version": "", "comments": []}
    return StepInRoom(**(told | more))  # type: ignore[arg-type]


def a_plan(*steps: StepInRoom, people: tuple[str, ...] = ("Maxine",), words: str = "Totals are wrong.") -> RoomDocument:
    return RoomDocument(
        sayings=[SayingInRoom("problem", "The problem", "?", words, ""), SayingInRoom("worth", "Whether", "?", "", "")],
        ready=[],
        nothing=NothingInRoom(Cost(4000, "EUR", "month"), 2.5, 0, 0),
        risks=[a_step("Two systems at once", note="Run both for a month")],
        tasks=list(steps),
        busy=[a_step("A busy week", hours=0.0, note="year-end close")],
        people=[PersonInRoom(f"p-{number}", name, "Head of Finance") for number, name in enumerate(people)],
        agreement=[],
        overfull=[],
    )


def test_it_holds_the_plan_its_words_and_who_takes_part() -> None:
    told = words_in(paper(a_plan(a_step()), "Larkspur", TODAY))
    for words in ("Our plan", "Totals are wrong.", "Ask the board", "3 December 2026", "Your side", "2.5"):
        assert words in told, words
    for words in ("48,000 EUR a year", "Two systems at once", "year-end close", "Maxine, Head of Finance"):
        assert words in told, words
    assert "Whether" not in told
    assert "premortem" not in told.casefold()


def test_the_same_plan_is_the_same_paper() -> None:
    assert paper(a_plan(a_step()), "Larkspur", TODAY) == paper(a_plan(a_step()), "Larkspur", TODAY)


def test_what_people_say_to_each_other_stays_in_the_room() -> None:
    spoken = a_step(comments=[CommentInRoom("Maxine", "sousaphone", TODAY)])
    assert "sousaphone" not in words_in(paper(a_plan(spoken), "Larkspur", TODAY))


def test_markup_and_floods_of_words_are_printed_as_words() -> None:
    long = a_step("W" * 2_000, note="\n".join(["<b>not bold</b> &amp;"] * 400))
    told = words_in(paper(a_plan(long, words="\n" * 1_999 + "<font size=99>x"), "Larkspur", TODAY))
    assert "<b>not bold</b> &amp;" in told
    assert "<font size=99>x" in told
    assert told.count("/Type /Page\n") < 20


def test_an_empty_plan_says_so() -> None:
    assert "No step is in the plan yet." in words_in(paper(a_plan(), "Larkspur", TODAY))


def test_letters_of_western_europe_need_no_font_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper_fonts, "_faces", lambda: pytest.fail("no font is looked for"))
    assert Letters(["S\u00f8ren \u20ac"]).set("S\u00f8ren \u20ac") == "S\u00f8ren \u20ac"


def test_what_no_font_has_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper_fonts, "_faces", lambda: ())
    letters = Letters([CYRILLIC])
    assert letters.set(f"{CYRILLIC} Orlov") == "[Cyrillic] Orlov"
    assert letters.honestly() == [
        "Not everything can be printed here: where [Cyrillic] stands, the shared page has the words."
    ]
    told = words_in(paper(a_plan(a_step(owner_name=CYRILLIC)), "Larkspur", TODAY))
    assert "[Cyrillic]" in told
    assert "the shared page has the words" in told


def test_what_runs_from_right_to_left_is_said_in_words_and_never_printed_wrong() -> None:
    letters = Letters([ARABIC])
    assert letters.set(ARABIC) == "[Arabic]"
    assert letters.missing == {"Arabic"}


def test_japanese_is_left_to_the_readers_fonts_and_the_page_says_so() -> None:
    letters = Letters([JAPANESE])
    assert "HeiseiKakuGo-W5" in letters.set(JAPANESE)
    assert "fonts of whatever shows this file" in letters.honestly()[0]


def test_a_font_of_a_folder_that_was_named_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    maker = find_spec("reportlab")
    assert maker is not None
    own = Path(str(maker.origin)).parent / "fonts" / "Vera.ttf"
    (tmp_path / "Own.ttf").write_bytes(own.read_bytes())
    (tmp_path / "Broken.ttf").write_bytes(b"no font")
    monkeypatch.setenv("PREMORTEM_FONTS", str(tmp_path))
    monkeypatch.setattr(paper_fonts, "FOLDERS", ())
    found = paper_fonts._faces.__wrapped__()
    assert [one.name for one in found] == ["of-this-machine-Vera", "of-this-machine-Own"]
    monkeypatch.setattr(paper_fonts, "_faces", lambda: found)
    letters = Letters([POLISH])
    assert letters.set(POLISH) == POLISH
    assert letters.face() == found[0].name


def test_there_is_an_end_to_what_one_paper_holds() -> None:
    told = "An afternoon for the order clerks. " * 50
    said = words_in(paper(a_plan(*(a_step(told) for _ in range(200))), "Cadence", TODAY))
    assert len(said) < 1_000_000, "two hundred steps of two pages each are not set whole"
    assert "An afternoon for the order clerks." in said
