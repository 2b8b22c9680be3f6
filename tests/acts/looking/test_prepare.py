"""The sheet for the next meeting: made of what was said, each line with its words, and safe to open and print."""

from __future__ import annotations

import re
from datetime import date

import pytest

from premortem.acts.looking.prepare import PrepareDocument, prepare
from premortem.cli.call_sheet_page import LINES, call_sheet_page
from premortem.ledger.contents import MemoryLedger
from premortem.ledger.entries import Changed, Entry
from premortem.ledger.fold import noon
from tests.conversations import firm

MILL = """
    deal: Mill lighting
    sellers: Ines Falk
    buyers: Tom Reed, Mara Finch, Vera Lund
    2026-01-05 call; Mara listed
      Ines: How do you light the hall today? #use_case
      Tom: Forty tubes, and six of them flicker all day. !use_case_described !pain_stated
      Tom: We settle it after Easter. !decision_date_stated
      Ines: I'll send you the story of a mill like yours. !content_offered
    2026-01-12 call; Mara listed
      Ines: Would you sign by Friday? It would help my quarter. !close_pushed
      Tom: Vera is afraid that the night shift stands in the dark. !change_risk
      Tom: Then shall we walk the hall on Monday? !next_step_agreed
"""


def sheet_of(story: str, ledger: MemoryLedger | None = None) -> PrepareDocument:
    held = ledger or firm(story)
    (deal,) = held.store.deals()
    return prepare(held.store.read(deal), held.contents)


@pytest.fixture
def mill() -> PrepareDocument:
    return sheet_of(MILL)


def test_it_says_whom_we_met_and_whom_we_never_did(mill: PrepareDocument) -> None:
    met = {one.name: one.met for one in mill.people}
    assert met["Tom Reed"] is not None
    assert met["Mara Finch"] is None
    assert met["Vera Lund"] is None


def test_it_says_who_was_silent_last_time(mill: PrepareDocument) -> None:
    assert mill.silent_last_time == ["Mara Finch"]
    assert [one.name for one in mill.people if one.silent_last_time] == ["Mara Finch"]


def test_what_we_know_is_told_in_their_words(mill: PrepareDocument) -> None:
    known = {one.what: [cited.quote for cited in one.evidence] for one in mill.known}
    assert known["how they work"] == ["Forty tubes, and six of them flicker all day."]
    assert "who signs" not in known
    assert all(one.evidence for one in mill.known)


def test_what_we_do_not_know_stands_apart(mill: PrepareDocument) -> None:
    assert {"who signs", "the budget"} <= {one.what for one in mill.unknown}
    assert all(one.state != "known" for one in mill.unknown)


def test_it_asks_five_questions_at_most(mill: PrepareDocument) -> None:
    assert 1 <= len(mill.questions) <= 5
    assert all(one.question and one.settles for one in mill.questions)


def test_what_was_promised_and_not_seen_since_is_open(mill: PrepareDocument) -> None:
    says = [one.says for one in mill.steps]
    assert "A step was agreed" in says
    assert any(one.startswith("We offered to send material") for one in says)
    assert all(one.evidence for one in mill.steps)


def test_what_a_mail_of_ours_carried_is_no_longer_open() -> None:
    sent = sheet_of(MILL + "    2026-01-13 mail\n      Ines: Here is the story of the mill.\n")
    assert not any(one.says.startswith("We offered") for one in sent.steps)


def test_their_time_stands_beside_ours() -> None:
    ledger = firm(MILL)
    (deal,) = ledger.store.deals()
    day = noon(date(2026, 1, 5))
    ledger.store.append([Entry(deal, day, day, "import:story", Changed("planned_close", "2026-01-31", "manager"))])
    dates = sheet_of("", ledger).dates
    assert (dates.ours, dates.set_by) == ("2026-01-31", "the seller's manager")
    assert dates.says == "We plan to close on 31 January 2026; they have given no day that could be read."
    assert [cited.quote for cited in dates.theirs] == ["We settle it after Easter."]


def test_what_better_not_to_do_stands_on_what_was_said(mill: PrepareDocument) -> None:
    by_line = {one.says: [cited.quote for cited in one.evidence] for one in mill.avoid}
    pushed = by_line["Don't push our date: ask what sets theirs."]
    assert "Would you sign by Friday? It would help my quarter." in pushed
    assert by_line["Don't add haste to a worry: make the step smaller and safer."] == [
        "Vera is afraid that the night shift stands in the dark."
    ]
    assert not any("rival" in says for says in by_line)
    assert all(one.evidence or one.touches for one in mill.avoid)


def test_nobody_who_shows_it_is_shown_as_a_coach(mill: PrepareDocument) -> None:
    assert mill.coach is None


def test_who_comes_nearest_to_a_coach_is_shown_with_what_is_missing() -> None:
    coach = sheet_of(MILL + "    2026-01-20 call\n      Tom: I want you to get this. !wants_us\n").coach
    assert coach is not None
    assert (coach.name, coach.proved) == ("Tom Reed", False)
    met = {one.name: one.met for one in coach.conditions}
    assert met["wants us"] is True
    assert all(one.ask is not None for one in coach.conditions if not one.met)


def test_a_deal_without_a_touch_makes_a_sheet_all_the_same() -> None:
    sheet = sheet_of("    deal: New\n    sellers: Ines Falk\n    buyers: Tom Reed\n")
    assert sheet.known == []
    assert "Tom Reed" in call_sheet_page(sheet)


def test_the_page_is_one_file_in_which_nothing_runs(mill: PrepareDocument) -> None:
    page = call_sheet_page(mill)
    assert page.startswith("<!doctype html>")
    assert "size: A4" in page
    assert not re.search(r"<script|javascript:|\bon\w+=|src=|href=|@import|url\(", page)
    assert "Forty tubes" in page


def test_what_was_said_is_escaped() -> None:
    evil = '<img src=x onerror="alert(1)"> & more'
    page = call_sheet_page(sheet_of(MILL.replace("Forty tubes", evil)))
    assert "<img" not in page
    assert "&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; more" in page


def test_the_page_leaves_out_what_would_make_it_two_and_says_so() -> None:
    crowd = ", ".join(f"Guest{number} Reed" for number in range(9))
    page = call_sheet_page(sheet_of(MILL.replace("Vera Lund", f"Vera Lund, {crowd}")))
    assert "and 6 more" in page
    assert LINES < 6


def test_an_erased_word_stays_erased() -> None:
    ledger = firm(MILL)
    (deal,) = ledger.store.deals()
    first = next(entry.body for entry in ledger.store.read(deal) if entry.kind == "touch")
    ledger.contents.erase(first.words)  # type: ignore[union-attr, arg-type]
    page = call_sheet_page(sheet_of("", ledger))
    assert "Forty tubes" not in page
    assert "[erased]" in page
